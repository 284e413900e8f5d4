"""Numbers that Excel has already damaged: identity and account numbers kept as floating point."""

import re
from collections import Counter
from itertools import chain

from fazhi.intake.model import Cell, Finding, RawSheet, column_letters

# A double holds 15 digits for certain; an identity number has 18, so its last three are gone.
_LARGEST_EXACT = 1e15
_SCIENTIFIC = re.compile(r"\s*\d(\.\d+)?[Ee]\+?1[5-9]\s*")


def damaged_numbers(sheets: list[RawSheet]) -> list[Finding]:
    """One warning for each column that holds numbers of more than 15 digits or such as 1.1E+17."""
    return [finding for sheet in sheets for finding in _of_sheet(sheet)]


def _of_sheet(sheet: RawSheet) -> list[Finding]:
    counts: Counter[int] = Counter()
    first: dict[int, int] = {}
    damaged = {cell for cell in set(chain.from_iterable(sheet.rows)) if _is_damaged(cell)}
    for number, row in enumerate(sheet.rows, start=1) if damaged else ():
        for column, cell in enumerate(row):
            if cell in damaged:
                counts[column] += 1
                first.setdefault(column, number)
    return [_finding(sheet.name, first[column], column, counts[column]) for column in sorted(counts)]


def _is_damaged(cell: Cell) -> bool:
    if isinstance(cell, str):
        return "+1" in cell and len(cell) < 32 and _SCIENTIFIC.fullmatch(cell) is not None
    return isinstance(cell, float) and abs(cell) >= _LARGEST_EXACT


def _finding(sheet: str, row: int, column: int, count: int) -> Finding:
    return Finding(
        "warning",
        sheet,
        row,
        column_letters(column),
        f"有 {count} 个超过 15 位的数字存成了数值，末几位已丢失",
        "证件号码、账号等长数字应存为文本",
        "请把该列设为文本格式，按原件重新填写",
    )
