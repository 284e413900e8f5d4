"""What the texts around a table say for all its rows: a village, a kind, a date in the title, in the sheet's or the file's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from fazhi.dictionary.form import Place
from fazhi.intake import RawFile
from fazhi.recognition.form_cells import name_within
from fazhi.recognition.headers import Table, titles_above
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.normalise import compact, normalise

_DATE = re.compile(r"(?P<y>20\d\d)(?:年|[-./])(?:(?P<m>1[0-2]|0?[1-9])(?:月份?|[-./]|$)(?:(?P<d>[0-3]?\d)日?(?!\d))?)?")
_UNTIL = re.compile(r"[至到~—-](?P<m>1[0-2]|0?[1-9])月(?:(?P<d>[0-3]?\d)日)?")  # in the year before it
_FILLED_IN = re.compile(r"(?:填[表报]|制表|打印|报送|上报|统计|导出|更新)(?:日期|时间)[:：]?\S{0,11}")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月")


@dataclass(frozen=True)
class Found:
    """A value, and the text in which it stands."""

    value: str
    text: str


def found_above(
    file: RawFile, table: Table, places: Sequence[Place], known: Villages | Vocabulary | None
) -> Found | None:
    """The value that the first of these places names, and only that one; `known` is the column's closed list, None for a date."""
    texts = {
        "title": [text for text in titles_above(table.sheet, table.header) if text],
        "sheet": [normalise(table.sheet.name)],
        "file": [normalise(PurePosixPath(file.path).stem)],
    }
    years = {int(found["y"]) for group in texts.values() for text in group for found in _DATE.finditer(compact(text))}
    year = years.pop() if len(years) == 1 else None
    for place in places:
        found = _dates(texts[place], year) if known is None else _names(texts[place], known)
        if len(found) == 1:
            return Found(*found.popitem())
    return None


def _names(texts: Sequence[str], known: Villages | Vocabulary) -> dict[str, str]:
    """Known name -> the text in which it stands alone."""
    return {name: text for text in texts if (name := name_within(text, known))}


def _dates(texts: Sequence[str], year: int | None) -> dict[str, str]:
    """Date -> the text that names it; of days, months and years only the most exact."""
    found = [(said, text) for text in texts if (said := _said_in(text, year)) is not None]
    exact = max((sum(part > 0 for part in said) for said, _ in found), default=0)
    dates = ((_last_day(*said), text) for said, text in found if sum(part > 0 for part in said) == exact)
    return {day: text for day, text in dates if day}


def _said_in(text: str, year: int | None) -> tuple[int, int, int] | None:
    """Year, month and day that a text names, 0 for what it does not; the end of a span; not when the form was filled in."""
    text = _FILLED_IN.sub("", compact(text))
    said = [(int(found["y"]), int(found["m"] or 0), int(found["d"] or 0)) for found in _DATE.finditer(text)]
    if said and (until := _UNTIL.search(text)):
        said.append((said[-1][0], int(until["m"]), int(until["d"] or 0)))
    if not said and year and (months := _MONTH.findall(text)):
        said = [(year, int(months[-1]), 0)]
    return said[-1] if said else None


def _last_day(year: int, month: int, day: int) -> str | None:
    """The day, the last one of the month or of the year where none is named; None where there is no such day."""
    try:
        if day:
            return date(year, month, day).isoformat()
    except ValueError:
        return None
    following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()
