"""A ledger's tables to clean rows, the fate of every raw row, and what is to be asked. The same code for every ledger.

The fates and their order are those of `the README’s rules`: cancelled, quarantined, out_of_year, duplicate, kept; a row
below a header that holds no record is not_data.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fazhi.cells import EXPECTED, Value, must_be_there, readers
from fazhi.duplicates import Duplicates
from fazhi.intake import RawFile
from fazhi.issues import Issue
from fazhi.layout import Table
from fazhi.recognition import Recogniser
from fazhi.rows import DataRow, is_blank, void_in_passing, voided, walk
from fazhi.specs import Column, Ledger
from fazhi.values import normalise

QUARANTINING = frozenset({"date", "money", "count"})  # kinds whose unreadable cells send the row back to its office


@dataclass(frozen=True)
class Fate:
    """What became of one raw row."""

    file: str
    sheet: str
    row: int
    ledger: str
    fate: str
    reason: str = ""


@dataclass
class Record:
    """A data row with its cleaned cells and its fate."""

    file: str
    table: Table
    row: DataRow
    values: dict[str, Value]
    fate: str = "kept"
    reasons: list[str] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        return self.table.sheet.name


@dataclass(frozen=True)
class Cleaned:
    """One ledger, cleaned: its records (all fates), the fate of every row of its sheets, and the issues."""

    ledger: Ledger
    records: Sequence[Record]
    fates: Sequence[Fate]
    issues: Sequence[Issue]
    totals: Sequence[tuple[str, Table, DataRow]] = ()  # the totals the office wrote, and repeated headers between them

    @property
    def kept(self) -> list[Record]:
        return [record for record in self.records if record.fate == "kept"]


def clean(ledger: Ledger, sources: Iterable[tuple[RawFile, Table]], known: Recogniser, year: int) -> Cleaned:
    """All tables of one ledger, in the order of their files, sheets and rows."""
    tables = [(file.path, table) for file, table in sources]
    duplicates = Duplicates(ledger, [table for _, table in tables])
    records: list[Record] = []
    fates: list[Fate] = []
    issues: list[Issue] = []
    totals: list[tuple[str, Table, DataRow]] = []
    for path, table in tables:
        found = readers(table, known, year)
        read = {
            name: found.get(name, _no_column)
            for name, column in ledger.columns.items()
            if name in found or must_be_there(column)
        }
        fates += [
            Fate(path, table.sheet.name, row, ledger.id, "not_data", _above(table, row))
            for row in range(1, table.first_data_row + 1)
        ]
        for row in walk(table):
            if row.kind != "data":
                fates.append(Fate(path, table.sheet.name, row.number, ledger.id, "not_data", row.kind))
                if row.kind in ("total", "header"):
                    totals.append((path, table, row))
                continue
            record = Record(path, table, row, _values(row, ledger.date_column, read))
            issues += _judge(record, ledger, year, duplicates)
            fates.append(Fate(path, table.sheet.name, row.number, ledger.id, record.fate, "；".join(record.reasons)))
            records.append(record)
    return Cleaned(ledger, records, fates, issues, totals)


def _above(table: Table, row: int) -> str:
    return "header" if row > table.header.first_row else "title"


def _no_column(cell: object, first: date | None) -> Value:
    return Value(fault="本表没有这一列")


def _values(
    row: DataRow, date_column: str | None, read: Mapping[str, Callable[[object, date | None], Value]]
) -> dict[str, Value]:
    """The row's cells read; year-less dates after the ledger's first date fall on or after it."""
    values: dict[str, Value] = {}
    first = None
    for name, meaning in read.items():
        values[name] = meaning(row.cells.get(name), first)
        if name == date_column:
            first = values[name].value
    return values


def _judge(record: Record, ledger: Ledger, year: int, duplicates: Duplicates) -> list[Issue]:
    """Set the record's fate by the order of the rules, and say what is to be asked."""
    row = record.row
    issues = _about_striking(record, ledger)
    if row.struck or (row.remark and voided(row.remark)):
        record.fate, record.reasons = "cancelled", ["整行划去" if row.struck else "备注作废"]
        return issues
    faults = [(name, value.fault) for name, value in record.values.items() if value.fault]
    grave = [(name, fault) for name, fault in faults if _quarantines(ledger.columns[name])]
    if grave:
        record.fate, record.reasons = "quarantined", [f"{ledger.columns[n].label}：{f}" for n, f in grave]
    elif ledger.event_date and ledger.date_column and record.values[ledger.date_column].value.year != year:
        record.fate, record.reasons = "out_of_year", [f"{ledger.columns[ledger.date_column].label}不在{year}年"]
        return issues
    else:
        earlier = duplicates.earlier(record)
        if earlier is not None and ledger.names_record:
            record.fate, record.reasons = "duplicate", [f"与{earlier}相同"]
            return issues
        if earlier is not None:
            issues.append(
                _issue(
                    record,
                    ledger,
                    "row_duplicate_event",
                    found=f"与{earlier}完全相同",
                    advice="按两件事计入；如系重复登记，请删去一行。",
                )
            )
        duplicates.add(record)
    return issues + [
        _fault_issue(record, ledger, name, fault, bool(grave)) for name, fault in faults if name in record.table.columns
    ]


def _quarantines(column: Column) -> bool:
    return column.kind in QUARANTINING and not (column.kind == "date" and column.optional)


def _fault_issue(record: Record, ledger: Ledger, name: str, fault: str, quarantined: bool) -> Issue:
    column = ledger.columns[name]
    closed = column.kind in ("vocabulary", "village", "office")
    expected = EXPECTED.get(column.kind, "可以读出的内容")
    nearest = record.values[name].nearest if name in record.values else ()
    if closed:
        near = f"相近的有：{'、'.join(nearest)}。" if nearest else ""
        advice = f"{near}如确有所指，请用 fazhi accept 写明；本行计入，但此项不归入任何一类。"
    elif _quarantines(column):
        advice = "本行暂不计入。请填报单位核对原件后更正。"
    else:
        advice = "此项按空缺处理，本行照常计入。请核对原件。"
    kind = "row_quarantined" if _quarantines(column) else "value_unknown" if closed else "value_unreadable"
    severity = "warning" if quarantined and kind != "row_quarantined" else None
    found = "" if column.private or column.pseudonym else _shown(record.row.cells.get(name))
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


def _about_striking(record: Record, ledger: Ledger) -> list[Issue]:
    """Doubts about whether a row is struck out or void."""
    issues: list[Issue] = []
    if not record.row.remark and not record.row.partly_struck:
        return issues
    if record.row.partly_struck:
        advice = "只划去个别单元格的行照常计入；如整条作废，请在备注写“作废”。"
        issues.append(_issue(record, ledger, "cell_struck", found="个别单元格有删除线", advice=advice))
    if not record.row.struck and void_in_passing(record.row.remark):
        outcome = "按作废处理，不计入" if voided(record.row.remark) else "照常计入"
        advice = f"本行{outcome}；如不对，请改写备注。"
        issues.append(
            _issue(record, ledger, "row_cancelled_by_remark", column="备注", found="备注提到作废或撤销", advice=advice)
        )
    return issues


def _shown(cell: object) -> str:
    """A cell's text for a message, short."""
    if is_blank(cell):
        return ""
    text = normalise(cell) if isinstance(cell, str | int | float) or hasattr(cell, "isoformat") else "错误值"
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”"


def _issue(record: Record, ledger: Ledger, kind: str, **told: str | None) -> Issue:
    """An issue about a record, with nothing private in it."""
    issue = Issue.of(kind, record.file, record.sheet, row=record.row.number, ledger=ledger.id, **told)  # type: ignore[arg-type]
    return issue.without(_private_texts(record, ledger))


def _private_texts(record: Record, ledger: Ledger) -> list[str]:
    """What stands in the row's private and unknown columns: never to be repeated in a message."""
    table = record.table
    private = [
        position
        for name, position in table.columns.items()
        if ledger.columns[name].private or ledger.columns[name].pseudonym
    ]
    texts = (
        normalise(cell)
        for i in (*private, *table.unknown)
        if (cell := _at(record, i)) is not None and isinstance(cell, str | int | float)
    )
    return [text for text in texts if len(text) >= 2]


def _at(record: Record, position: int) -> object:
    cells = record.table.sheet.rows[record.row.number - 1]
    return cells[position] if position < len(cells) else None
