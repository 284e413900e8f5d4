"""The first reading: values by calamine, made plain."""

import io

from python_calamine import CalamineSheet, CalamineWorkbook

from fazhi.intake.model import Cell, Rows, trimmed

# Above this a float no longer names one whole number, and an identity number has lost digits.
_EXACT = 1e15


def open_values(data: bytes) -> CalamineWorkbook:
    """The workbook in `data` (xlsx, xls or ods, told apart by content)."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


def sheet_values(sheet: CalamineSheet) -> Rows:
    """The sheet's rows from row 1, column A; blanks are None, whole numbers int."""
    if sheet.start is None:
        return []
    top, left = sheet.start
    rows: Rows = [[] for _ in range(top)]
    blank: list[Cell] = [None] * left
    for row in sheet.to_python(skip_empty_area=True):
        rows.append(blank + [_plain(value) for value in row])
    return trimmed(rows)


def _plain(value: Cell) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer() and -_EXACT < value < _EXACT:
        return int(value)
    return value
