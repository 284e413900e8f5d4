"""A ledger's tables to clean rows, the fate of every raw row, and what is to be asked. The same code for every ledger.

The fates and their order are those of `the README’s rules`: cancelled, quarantined, out_of_year, duplicate, kept; a row
below a header that holds no record is not_data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, repeat
from typing import Any, NamedTuple

from fazhi.cells import EXPECTED, Value, must_be_there, names_its_year, readers
from fazhi.duplicates import Duplicates
from fazhi.intake import Cell, RawFile
from fazhi.issues import Issue
from fazhi.layout import Table
from fazhi.recognition import Recogniser
from fazhi.rows import Entries, column_cells, entries, is_blank, void_in_passing, voided
from fazhi.specs import Column, Ledger
from fazhi.values import normalise

QUARANTINING = frozenset({"date", "money", "count"})  # kinds whose unreadable cells send the row back to its office
_NO_COLUMN = Value(fault="本表没有这一列")


@dataclass(frozen=True)
class SheetFates:
    """What became of a sheet's rows, from the first to the last: a fate and a reason each."""

    file: str
    sheet: str
    ledger: str
    fates: Sequence[str]
    reasons: Sequence[str]


@dataclass(frozen=True)
class CleanTable:
    """One table's records cleaned: columns of values, fates and reasons, all in step with `entries.numbers`."""

    file: str
    table: Table
    entries: Entries
    values: Mapping[str, Sequence[Value]]
    fates: list[str]
    reasons: list[str]

    @property
    def sheet(self) -> str:
        return self.table.sheet.name

    @property
    def is_kept(self) -> list[bool]:
        return [fate == "kept" for fate in self.fates]


class Record(NamedTuple):
    """One record of a table, by its place `at` among them."""

    part: CleanTable
    at: int

    @property
    def row(self) -> int:
        """Its row in the sheet, 1-based."""
        return self.part.entries.numbers[self.at]

    @property
    def fate(self) -> str:
        return self.part.fates[self.at]

    @property
    def reason(self) -> str:
        return self.part.reasons[self.at]

    @property
    def remark(self) -> str:
        return self.part.entries.remarks.get(self.row, "")

    def value(self, name: str) -> Value:
        return self.part.values[name][self.at]

    def cell(self, name: str) -> Cell:
        return self.part.entries.columns[name][self.at]


@dataclass(frozen=True)
class Cleaned:
    """One ledger, cleaned: its tables with all their records, whatever their fates, and the issues."""

    ledger: Ledger
    parts: Sequence[CleanTable]
    issues: Sequence[Issue]

    @property
    def fates(self) -> list[SheetFates]:
        """The fate of every row of its sheets."""
        return [_sheet_fates(part, self.ledger) for part in self.parts]

    @property
    def kept(self) -> int:
        return sum(part.fates.count("kept") for part in self.parts)

    def kept_values(self, name: str) -> list[Any]:
        """A column's values in the records that count; None where a table has no such column."""
        nothing = repeat(Value())
        kept = (compress(part.values.get(name, nothing), part.is_kept) for part in self.parts)
        return [value.value for value in chain.from_iterable(kept)]


def clean(ledger: Ledger, sources: Iterable[tuple[RawFile, Table]], known: Recogniser, year: int) -> Cleaned:
    """All tables of one ledger, in the order of their files, sheets and rows."""
    tables = [(file.path, table) for file, table in sources]
    duplicates = Duplicates(ledger, [table for _, table in tables])
    parts: list[CleanTable] = []
    issues: list[Issue] = []
    for path, table in tables:
        part = _read(path, table, ledger, known, year)
        issues += _judge(part, ledger, year, duplicates)
        parts.append(part)
    return Cleaned(ledger, parts, issues)


def _read(path: str, table: Table, ledger: Ledger, known: Recogniser, year: int) -> CleanTable:
    """The table's cells read column by column; year-less dates after the ledger's first date fall on or after it."""
    below, read = entries(table), readers(table, known, year)
    values: dict[str, Sequence[Value]] = {}
    firsts: Iterable[Any] = repeat(None)
    for name, column in ledger.columns.items():
        cells = below.columns.get(name, ())
        if name not in read:
            if must_be_there(column):
                values[name] = [_NO_COLUMN] * len(below.numbers)
            continue
        after = firsts if column.kind == "date" else repeat(None)
        leaning = (None if names_its_year(cell) else first for cell, first in zip(cells, after, strict=False))
        values[name] = list(map(read[name], cells, leaning))
        if name == ledger.date_column:
            firsts = [value.value for value in values[name]]
    return CleanTable(path, table, below, values, ["kept"] * len(below.numbers), [""] * len(below.numbers))


def _sheet_fates(part: CleanTable, ledger: Ledger) -> SheetFates:
    """The fates of all rows of a table's sheet, those above and below its records too."""
    table = part.table
    above = table.header.first_row
    reasons = ["title"] * above + ["header"] * (table.first_data_row - above)
    fates = ["not_data"] * len(table.sheet.rows)
    reasons += [""] * (len(fates) - len(reasons))
    for number, kind in part.entries.others.items():
        reasons[number - 1] = kind
    for number, fate, reason in zip(part.entries.numbers, part.fates, part.reasons, strict=True):
        fates[number - 1], reasons[number - 1] = fate, reason
    return SheetFates(part.file, part.sheet, ledger.id, fates, reasons)


def _judge(part: CleanTable, ledger: Ledger, year: int, duplicates: Duplicates) -> list[Issue]:
    """Set the fates by the order of the rules, and say what is to be asked."""
    issues: list[Issue] = []
    faults, strangers = _faults(part), _out_of_year(part, ledger, year)
    doubtful = part.entries.remarks.keys() | part.entries.struck | part.entries.partly_struck
    earlier = duplicates.of(part)
    for at, number in enumerate(part.entries.numbers):
        record, wrong = Record(part, at), faults.get(at, ())
        if number in doubtful:
            issues += _about_striking(record, ledger)
            if reason := _cancelled(record):
                part.fates[at], part.reasons[at] = "cancelled", reason
                continue
        if grave := [(name, fault) for name, fault in wrong if _quarantines(ledger.columns[name])]:
            told = [f"{ledger.columns[name].label}：{fault}" for name, fault in grave]
            part.fates[at], part.reasons[at] = "quarantined", "；".join(told)
        elif at in strangers:
            part.fates[at], part.reasons[at] = "out_of_year", strangers[at]
            continue
        elif (place := earlier(at)) is not None:
            if ledger.names_record:
                part.fates[at], part.reasons[at] = "duplicate", f"与{place}相同"
                continue
            issues.append(_twice(record, ledger, place))
        issues += [
            _fault_issue(record, ledger, name, fault, bool(grave))
            for name, fault in wrong
            if name in part.table.columns
        ]
    return issues


def _faults(part: CleanTable) -> dict[int, list[tuple[str, str]]]:
    """The records with cells that could not be read: place -> column and fault, in the order of the columns."""
    found: dict[int, list[tuple[str, str]]] = {}
    for name, values in part.values.items():
        for at, value in enumerate(values):
            if value.fault:
                found.setdefault(at, []).append((name, value.fault))
    return found


def _out_of_year(part: CleanTable, ledger: Ledger, year: int) -> dict[int, str]:
    """The records of another year: place -> what to say of them."""
    if not (ledger.event_date and ledger.date_column):
        return {}
    told = f"{ledger.columns[ledger.date_column].label}不在{year}年"
    dates = part.values.get(ledger.date_column, ())
    return {at: told for at, day in enumerate(dates) if day.value is not None and day.value.year != year}


def _cancelled(record: Record) -> str:
    """Why a record is void, or nothing."""
    if record.row in record.part.entries.struck:
        return "整行划去"
    return "备注作废" if voided(record.remark) else ""


def _twice(record: Record, ledger: Ledger, place: str) -> Issue:
    """Of a ledger whose rows name no record: two equal rows may be two events."""
    told = {"found": f"与{place}完全相同", "advice": "按两件事计入；如系重复登记，请删去一行。"}
    return _issue(record, ledger, "row_duplicate_event", **told)


def _quarantines(column: Column) -> bool:
    return column.kind in QUARANTINING and not (column.kind == "date" and column.optional)


def _fault_issue(record: Record, ledger: Ledger, name: str, fault: str, quarantined: bool) -> Issue:
    column = ledger.columns[name]
    closed = column.kind in ("vocabulary", "village", "office")
    expected = EXPECTED.get(column.kind, "可以读出的内容")
    nearest = record.value(name).nearest
    if closed:
        near = f"相近的有：{'、'.join(nearest)}。" if nearest else ""
        advice = f"{near}如确有所指，请用 fazhi accept 写明；本行计入，但此项不归入任何一类。"
    elif _quarantines(column):
        advice = "本行暂不计入。请填报单位核对原件后更正。"
    else:
        advice = "此项按空缺处理，本行照常计入。请核对原件。"
    kind = "row_quarantined" if _quarantines(column) else "value_unknown" if closed else "value_unreadable"
    severity = "warning" if quarantined and kind != "row_quarantined" else None
    found = "" if column.private or column.pseudonym else _shown(record.cell(name))
    return _issue(
        record,
        ledger,
        kind,
        severity=severity,
        column=column.label,
        found=f"{found}（{fault}）" if found else fault,
        expected=expected,
        advice=advice,
    )


def _about_striking(record: Record, ledger: Ledger) -> Iterator[Issue]:
    """Doubts about whether a row is struck out or void."""
    if record.row in record.part.entries.partly_struck:
        advice = "只划去个别单元格的行照常计入；如整条作废，请在备注写“作废”。"
        yield _issue(record, ledger, "cell_struck", found="个别单元格有删除线", advice=advice)
    if record.row not in record.part.entries.struck and void_in_passing(record.remark):
        outcome = "按作废处理，不计入" if voided(record.remark) else "照常计入"
        told = {"column": "备注", "found": "备注提到作废或撤销", "advice": f"本行{outcome}；如不对，请改写备注。"}
        yield _issue(record, ledger, "row_cancelled_by_remark", **told)


def _shown(cell: object) -> str:
    """A cell's text for a message, short."""
    if is_blank(cell):
        return ""
    text = normalise(cell) if isinstance(cell, str | int | float) or hasattr(cell, "isoformat") else "错误值"
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”"


def _issue(record: Record, ledger: Ledger, kind: str, **told: str | None) -> Issue:
    """An issue about a record, with nothing private in it."""
    part = record.part
    issue = Issue.of(kind, part.file, part.sheet, row=record.row, ledger=ledger.id, **told)  # type: ignore[arg-type]
    return issue.without(_private_texts(record, ledger))


def _private_texts(record: Record, ledger: Ledger) -> list[str]:
    """What stands in the row's private and unknown columns: never to be repeated in a message."""
    table = record.part.table
    private = [
        position
        for name, position in table.columns.items()
        if ledger.columns[name].private or ledger.columns[name].pseudonym
    ]
    cells = (column_cells(table, [record.row], place)[0] for place in (*private, *table.unknown))
    texts = (normalise(cell) for cell in cells if cell is not None and isinstance(cell, str | int | float))
    return [text for text in texts if len(text) >= 2]
