"""From what a sheet stores to what a person reads in it: the last step of reading, after both readings were compared."""

import datetime
from collections.abc import Mapping

from fazhi.intake.model import Cell, Finding, Position, Rows, column_letters
from fazhi.intake.number_formats import shown

_DAYS = 2_958_466  # of Excel's calendar; a number beyond is shown as ####, and is read as a number


def apply_looks(
    sheet: str, rows: Rows, formats: Mapping[Position, str], read: Mapping[Position, Cell] | None = None
) -> list[Finding]:
    """Make `rows` what is read: by number format, or by runs of text where a cell is in `read` (1-based places).

    Returns a warning for each column with numbers that their format hides.
    """
    hidden: dict[int, list[int]] = {}
    for (row, column), code in formats.items():
        if row > len(rows) or column > len(rows[row - 1]):
            continue
        cell = rows[row - 1][column - 1]
        rows[row - 1][column - 1] = seen = shown(cell, code)
        if seen is None and cell:
            hidden.setdefault(column, []).append(row)
    for (row, column), said in (read or {}).items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = None if isinstance(said, str) and not said.strip() else said
    return [_hidden(sheet, column, sorted(places)) for column, places in sorted(hidden.items())]


def _hidden(sheet: str, column: int, rows: list[int]) -> Finding:
    found = f"有 {len(rows)} 个单元格存有数值，但格式使它不显示，按空白处理"
    advice = "如数值有用，请把单元格格式改为“常规”；如无用，请删去"
    return Finding("warning", sheet, rows[0], column_letters(column - 1), found, "存的和看到的一致", advice)


def differing_dates(rows: Rows, numbers: Mapping[Position, bool]) -> list[Position]:
    """Places of numbers that one reading takes for a date and the other (True: a date) does not."""
    places = []
    for (row, column), is_date in numbers.items():
        cell = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        if is_date and isinstance(cell, int | float):
            differs = not isinstance(cell, bool) and 0 <= cell < _DAYS
        else:
            differs = not is_date and isinstance(cell, datetime.date | datetime.time | datetime.timedelta)
        if differs:
            places.append((row, column))
    return sorted(places)
