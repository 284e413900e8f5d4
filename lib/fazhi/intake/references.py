"""Cell references such as `AB12`, and Excel's serial numbers of dates."""

import datetime
import re
from functools import lru_cache

from fazhi.intake.model import Position, Range

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """1-based column of its letters: A → 1, AB → 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def position(reference: str) -> Position | None:
    """1-based row and column of a reference; None when it is none."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), column_number(match[1])) if match else None


def cell_range(reference: str) -> Range | None:
    """0-based first row, first column, last row, last column of `A1:B2`."""
    first, _, last = reference.partition(":")
    start, end = position(first), position(last or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]) - 1, min(start[1], end[1]) - 1, max(start[0], end[0]) - 1, max(start[1], end[1]) - 1


def serial_of(value: datetime.date | datetime.time | datetime.timedelta, is_1904: bool) -> float:
    """Excel's serial number of a date, time or span (days; before 1900-03-01 the 1900 system is one less)."""
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(days=1)
    if isinstance(value, datetime.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86_400
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
    days = (moment - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
    if is_1904:
        return days - 1462
    return days if days >= 61 else days - 1


def moment_of(serial: float, is_1904: bool) -> datetime.date | float:
    """The date, or date and time to the millisecond, of Excel's serial number; the number itself where it is of no day."""
    days = serial + 1462 * is_1904
    if not 1 <= days < 2_958_466:
        return serial
    days += not is_1904 and days < 60
    moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(milliseconds=round(days * 86_400_000))
    return moment if moment.time() != datetime.time() else moment.date()
