"""The first reading: values by calamine, made plain."""

import io
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

from fazhi.intake.model import Cell, Rows, Texts, trimmed

# Above this a float no longer names one whole number, and an identity number has lost digits.
_EXACT = 1e15


def open_values(data: bytes) -> CalamineWorkbook:
    """The workbook in `data` (xlsx, xls or ods, told apart by content)."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def sheet_values(sheet: CalamineSheet) -> Rows:
    """The sheet's rows from row 1, column A; blanks and mere space are None, whole numbers int."""
    if sheet.start is None:
        return []
    blank: list[Cell] = [None] * sheet.start[1]
    texts = Texts()
    return trimmed([blank + _plain(row, texts) for row in sheet.iter_rows()])


def _plain(row: list[Any], texts: Texts) -> list[Cell]:
    if row[-1] == "" and row.count("") == len(row):
        return []
    # Exact classes and no call per cell: a large ledger has millions of them.
    return [
        texts[value]
        if value.__class__ is str
        else int(value)
        if value.__class__ is float and value.is_integer() and -_EXACT < value < _EXACT
        else value
        for value in row
    ]
