"""What a table says of its records elsewhere than in a column: a village or type as a heading row, a sheet named by a village or a month."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePosixPath

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell, RawFile
from fazhi.issues import Issue
from fazhi.recognition.headers import Table, text_at, texts_above
from fazhi.recognition.rows import entries
from fazhi.town_year import TownSettings
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.normalise import compact, normalise
from fazhi.values.numerals import read_numeral
from fazhi.values.titles import title_core

_NUMBERED = re.compile(r"^[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)\]][、.]?|[、.])")
_IN_BRACKETS = re.compile(r"^[(\[]([^()\[\]]+)[)\]][:]?$")
_COUNTED = re.compile(r"[(\[]?(?:共|计|合计|小计)?\d+[件起宗次户条][)\]]?[:]?$|[:]$")
_TABLE_WORDS = re.compile(
    r"(?:20\d\d年?度?|登记|统计|汇总|台账|台帐|明细|情况|一览|表|册|数据|sheet\d*|[\s_()\[\]-])+", re.I
)
_REPORTED_BY = re.compile(r"^(?:填报|报送|上报|制表)?单位[:]")
_PLACE = re.compile(r"^.{1,12}?(?:村|社区|居委会)")
_MONTH = re.compile(r"^(?:(20\d\d)年)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)月份?$")
_DAY = re.compile(r"^(3[01]|[12]?\d|0[1-9])[日号]?$")


@dataclass(frozen=True)
class _Heading:
    row: int  # 1-based
    text: str


def with_what_is_said(file: RawFile, table: Table, settings: TownSettings) -> tuple[Table, list[Issue]]:
    """The table with the columns that it lacks but whose values are certainly said otherwise, and a line on each."""
    ledger = settings.specs.ledgers[table.ledger]
    lacking = {name: known for name, known in settings.vocabularies[table.ledger].items() if _lacks(table, name)}
    days = _has_days_only(table)
    if not lacking and not days:
        return table, []
    below = entries(table)
    headings = [
        _Heading(row, text)
        for row, kind in below.others.items()
        if kind == "title" and (text := _only_text(table, row)) and len(text) <= 20
    ]
    issues = []
    for name, known in lacking.items():
        said, where = _values(file, table, ledger, known, headings, below.numbers, [*lacking.values()])
        if said:
            table = _with_column(table, name, ledger.columns[name].label, said)
            issues.append(_note(file, table, ledger.columns[name].label, where, ledger.id))
    if days:
        months, where = _months(file, table, headings, below.numbers)
        if months:
            table = _with_months(table, months)
            issues.append(_note(file, table, "月份", where, ledger.id))
    return table, issues


def _note(file: RawFile, table: Table, label: str, where: str, ledger: str) -> Issue:
    row = table.header.last_row + 1
    return Issue.of("column_elsewhere", file.path, table.sheet.name, row=row, ledger=ledger, label=label, where=where)


def _lacks(table: Table, name: str) -> bool:
    """Whether a column is not there, or there with nothing in it."""
    place = table.columns.get(name)
    below = table.sheet.rows[table.first_data_row :]
    return place is None or not any(place < len(row) and row[place] not in (None, "") for row in below)


def _only_text(table: Table, row: int) -> str:
    texts = [
        text for column in range(len(table.sheet.rows[row - 1])) if (text := text_at(table.sheet, row - 1, column))
    ]
    words = [text for text in texts if not text.isdecimal()]
    return words[0] if len(words) == 1 else ""


# --- values of closed lists ----------------------------------------------------------------------------------------


def _values(
    file: RawFile,
    table: Table,
    ledger: Ledger,
    known: Vocabulary | Villages,
    headings: Sequence[_Heading],
    numbers: Sequence[int],
    lists: Sequence[Vocabulary | Villages],
) -> tuple[dict[int, str], str]:
    """Row of a record -> what is said of it, and where that stands; nothing where it is not certain."""
    marks = [_Heading(one.row, _heading_text(one.text)) for one in headings]
    mine = [one for one in marks if _certain(one.text, known, lists)]
    others = [one for one in marks if one not in mine and not _MONTH.match(one.text)]
    if mine and len(mine) > len(others) and numbers and min(one.row for one in mine) < numbers[0]:
        return _below(sorted([*mine, *others], key=lambda one: one.row), numbers), "标题行"
    for texts, where in _names(file, table, ledger):
        if said := _agreed(texts, ledger, known, lists):
            return dict.fromkeys(numbers, said), where
    return {}, ""


def _heading_text(text: str) -> str:
    plain = _IN_BRACKETS.sub(r"\1", _NUMBERED.sub("", compact(text)))
    return _COUNTED.sub("", plain) or plain


def _certain(text: str, known: Vocabulary | Villages, lists: Sequence[Vocabulary | Villages]) -> str | None:
    """What a text certainly means in one list that the table lacks, and in no other."""
    value = known.certain(text) if text else None
    return value if value and not any(one.certain(text) for one in lists if one is not known) else None


def _names(file: RawFile, table: Table, ledger: Ledger) -> Iterator[tuple[list[str], str]]:
    """What a sheet is called by, the nearest name first: its own, the lines above the table, the file's."""
    yield [table.sheet.name], "工作表名"
    yield [text for text in texts_above(table.sheet, table.header) if text], "表上方的标题"
    yield [PurePosixPath(file.path).stem], "文件名"


def _agreed(
    texts: Sequence[str], ledger: Ledger, known: Vocabulary | Villages, lists: Sequence[Vocabulary | Villages]
) -> str | None:
    """The one value that the texts name once the words of a table's title are taken away."""
    forms = {form for text in texts for form in _without_title(normalise(text), ledger, isinstance(known, Villages))}
    found = {value for form in forms if (value := _certain(form, known, lists))}
    return found.pop() if len(found) == 1 else None


def _without_title(text: str, ledger: Ledger, of_villages: bool) -> Iterator[str]:
    for title in (ledger.title, *ledger.also_titled):
        text = text.replace(title_core(title), "")
    text = _TABLE_WORDS.sub("", _REPORTED_BY.sub("", text))
    yield text
    if of_villages and (place := _PLACE.match(text)):
        yield place[0]


def _below(marks: Sequence[_Heading], numbers: Sequence[int]) -> dict[int, str]:
    """For each record the heading that it stands under."""
    said, current, at = {}, "", 0
    for number in numbers:
        while at < len(marks) and marks[at].row < number:
            current, at = marks[at].text, at + 1
        said[number] = current
    return said


def _with_column(table: Table, name: str, label: str, said: Mapping[int, str]) -> Table:
    """The table with one more column, in which records say what was said of them elsewhere."""
    place = max(len(table.header.titles), *map(len, table.sheet.rows))
    rows = list(table.sheet.rows)
    for number, value in said.items():
        cells: list[Cell] = [*rows[number - 1]]
        rows[number - 1] = [*cells, *[None] * (place - len(cells)), value]
    titles = (*table.header.titles, *[()] * (place - len(table.header.titles)), (label,))
    return replace(
        table,
        sheet=replace(table.sheet, rows=rows),
        header=replace(table.header, titles=titles),
        columns={**table.columns, name: place},
        missing=tuple(one for one in table.missing if one != name),
    )


# --- months of days ------------------------------------------------------------------------------------------------


def _has_days_only(table: Table) -> bool:
    """Whether the table's dates are days without a month: 5, 12日."""
    place = table.columns.get(table.date_column or "")
    if place is None:
        return False
    first = (text_at(table.sheet, row, place) for row in range(table.first_data_row, table.first_data_row + 60))
    dates = (text for text in first if re.search(r"\d", text) and not _month(text))
    texts = list(islice(dates, 20))
    return bool(texts) and sum(bool(_DAY.match(text)) for text in texts) * 10 >= 8 * len(texts)


def _months(
    file: RawFile, table: Table, headings: Sequence[_Heading], numbers: Sequence[int]
) -> tuple[dict[int, str], str]:
    """Row of a record -> its month, and where that is said."""
    marks = [one for one in headings if _month(one.text)]
    if marks and numbers and marks[0].row < numbers[0]:
        return _below([_Heading(one.row, _month(one.text)) for one in marks], numbers), "标题行"
    for name, where in ((table.sheet.name, "工作表名"), (PurePosixPath(file.path).stem, "文件名")):
        if month := _month(name):
            return dict.fromkeys(numbers, month), where
    return {}, ""


def _month(text: str) -> str:
    """The month that a name says, with its year where it says that: 3月, 2025年3月; "" for none."""
    plain = _heading_text(normalise(text))
    found = _MONTH.match(plain) or _MONTH.match(re.sub(r"(?<=月)份?.*$", "", plain))
    if not found:
        return ""
    month = "1" if found[2] == "元" else str(read_numeral(found[2], alone=True))
    return (f"{found[1]}年" if found[1] else "") + f"{month}月"


def _with_months(table: Table, months: Mapping[int, str]) -> Table:
    place = table.columns[table.date_column or ""]
    rows = list(table.sheet.rows)
    for number, month in months.items():
        if day := _DAY.match(text_at(table.sheet, number - 1, place)):
            cells = [*rows[number - 1]]
            cells[place] = f"{month}{int(day[1])}日"
            rows[number - 1] = cells
    return replace(table, sheet=replace(table.sheet, rows=rows))
