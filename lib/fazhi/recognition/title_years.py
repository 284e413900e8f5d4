"""Which years the title above a table, its sheet's name, its file's name and folders speak of."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from fazhi.recognition.headers import Table, texts_above
from fazhi.values.normalise import normalise

_LONGEST_TITLE = 60  # a longer text above a table explains something and may name any year
_YEARS_BACK = 10  # 2000 in a title is no year of a ledger
_DRAWN_UP = re.compile(r"填报|填表|制表|报送|打印|日期|时间|截[止至]")
_REFERS = re.compile(r"根据|依据|按照|参照|修订|修正|施行|印发|自20\d\d")  # to a rule or a plan, whose year is its own
_FORM = re.compile(r"20\d\d年?(?:\d{1,2}月)?(?:新?版|印?制(?!表)|监制|启用|起|式)")  # the form's own year: 2023版
_NUMBERED = re.compile(r"[〔\[(【]?20\d\d[〕\])】]?第?\d+号")  # 〔2024〕3号 is the number of a paper
_DAY = re.compile(r"(20\d\d)(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?")
_STAMP = re.compile(r"(?<!\d)(20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:(?=0[1-9](?!\d)|1[0-2](?!\d))|(?!\d))(?!元|万|件|人|户|份|张|家|个|号|余)")
_SHORT = re.compile(r"(?<![\d近满第过])([1-4]\d)年(?![来多后前内间期以])")
_IN_WORDS = re.compile(r"二[〇零○Oo]([〇零○一二三四五六七八九]{2})年?")
_WORDS = {word: str(digit) for digit, words in enumerate(("〇零○", *"一二三四五六七八九")) for word in words}


def years_named(path: str, table: Table, year: int) -> dict[str, set[int]]:
    """What names a year (标题, 工作表名, 文件名, 文件夹名) -> the years it names; a span names all between its ends."""
    found: dict[str, set[int]] = {}
    for what, text in _named(path, table):
        if years := titled_years(text, year):
            found.setdefault(what, set()).update(range(min(years), max(years) + 1))
    return found


def other_years(path: str, table: Table, year: int) -> dict[str, set[int]]:
    """The same, where this year is not among them. A plan is next year's."""
    ours = {year, year + 1} if table.ledger == "plan_targets" else {year}
    return {what: years for what, years in years_named(path, table, year).items() if not years & ours}


def dates_year(table: Table, beside: Sequence[Table], year: int) -> int:
    """The year of a table's dates that show none: this one; but of a sheet named for another, beside one of the same workbook
    that is named for this, that other."""
    named = set().union(*other_years("", table, year).values())
    if len(named) != 1:
        return year
    ours = any(year in years for other in beside for years in years_named("", other, year).values())
    return named.pop() if ours else year


@lru_cache(maxsize=1024)  # of the names of files and sheets
def titled_years(text: str, year: int) -> frozenset[int]:
    """The years that a title speaks of. The day or month on which it was drawn up counts only where it is no later than `year`."""
    text = _FORM.sub("", _NUMBERED.sub("", normalise(text)))
    if len(text) > _LONGEST_TITLE or _REFERS.search(text):
        return frozenset()
    days = {int(day[1]) for form in (_DAY, _STAMP) for day in form.finditer(text)}
    rest = _STAMP.sub(" ", _DAY.sub(" ", text))
    rest = re.sub(rf"{year + 1}(?:年|[-./])?0?[1-3]月?(?!\d)", " ", rest)  # drawn up once the year was over
    years = {int(found[1]) for found in _YEAR.finditer(rest)}
    years |= {2000 + int(found[1]) for found in _SHORT.finditer(rest)}
    years |= {2000 + int("".join(map(_WORDS.__getitem__, found[1]))) for found in _IN_WORDS.finditer(rest)}
    drawn_up = bool(_DRAWN_UP.search(text)) or not years
    latest = year if drawn_up else year + 1
    return frozenset(one for one in years or days if year - _YEARS_BACK <= one <= latest)


def _named(path: str, table: Table) -> Iterator[tuple[str, str]]:
    """The texts that may name the year, with what each is; an office's folder is none."""
    yield from (("标题", text) for text in texts_above(table.sheet, table.header) if text)
    yield "工作表名", table.sheet.name
    place = PurePosixPath(path)
    yield "文件名", place.stem
    yield from (("文件夹名", part) for part in place.parts[1:-1])
