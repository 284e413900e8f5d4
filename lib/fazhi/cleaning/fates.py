"""The fates of a table's records and what is to be asked about them.

The fates and their order are those of docs/rules.zh-CN.md: cancelled, quarantined, out_of_year, duplicate, kept.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fazhi.cleaning.cells import EXPECTED
from fazhi.cleaning.duplicates import Duplicates
from fazhi.cleaning.records import CleanTable, Record
from fazhi.dictionary.models import Column, Ledger
from fazhi.issues import Issue
from fazhi.recognition.rows import is_blank, void_in_passing, voided
from fazhi.values.normalise import normalise

QUARANTINING = frozenset({"date", "money", "count"})  # kinds whose unreadable cells send the row back to its office

Faults = Mapping[int, Sequence[tuple[str, str]]]  # place of a record -> column and fault, in the order of the columns


def judge(part: CleanTable, ledger: Ledger, year: int, duplicates: Duplicates) -> list[Issue]:
    """Set the fates by the order of the rules, and say what is to be asked."""
    faults = _faults(part)
    issues = list(_cancel(part, ledger))
    _quarantine(part, ledger, faults)
    _leave_out_other_years(part, ledger, year)
    issues += _leave_out_twins(part, ledger, duplicates)
    return issues + list(_about_faults(part, ledger, faults))


def _faults(part: CleanTable) -> Faults:
    """The cells that could not be read."""
    found: dict[int, list[tuple[str, str]]] = {}
    for name, values in part.values.items():
        for at in [at for at, value in enumerate(values) if value.fault]:
            found.setdefault(at, []).append((name, values[at].fault))
    return dict(sorted(found.items()))


def _cancel(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """Leave out the records that are struck out or void; what is doubtful about it is asked."""
    below = part.entries
    for number in sorted(below.remarks.keys() | below.struck | below.partly_struck):
        record = Record(part, bisect_left(below.numbers, number))
        yield from _about_striking(record, ledger)
        if number in below.struck:
            record.settle("cancelled", "整行划去")
        elif voided(record.remark):
            record.settle("cancelled", "备注作废")


def _quarantine(part: CleanTable, ledger: Ledger, faults: Faults) -> None:
    for at, wrong in faults.items():
        grave = [f"{ledger.columns[n].label}：{fault}" for n, fault in wrong if _quarantines(ledger.columns[n])]
        if grave and part.fates[at] == "kept":
            Record(part, at).settle("quarantined", "；".join(grave))


def _leave_out_other_years(part: CleanTable, ledger: Ledger, year: int) -> None:
    if not (ledger.event_date and ledger.date_column):
        return
    reason = f"{ledger.columns[ledger.date_column].label}不在{year}年"
    for at, day in enumerate(part.values.get(ledger.date_column, ())):
        if day.value is not None and day.value.year != year and part.fates[at] == "kept":
            Record(part, at).settle("out_of_year", reason)


def _leave_out_twins(part: CleanTable, ledger: Ledger, duplicates: Duplicates) -> Iterator[Issue]:
    """Of equal records only the first counts; where rows name no record, two equal ones may be two events."""
    earlier = duplicates.of(part)
    for at, fate in enumerate(part.fates):
        if fate == "kept" and (place := earlier(at)) is not None:
            if ledger.names_record:
                Record(part, at).settle("duplicate", f"与{place}相同")
            else:
                yield _issue(Record(part, at), ledger, "row_duplicate_event", place=place)


def _about_faults(part: CleanTable, ledger: Ledger, faults: Faults) -> Iterator[Issue]:
    """What is wrong in the records that count or would count."""
    for at, wrong in faults.items():
        if part.fates[at] in ("kept", "quarantined"):
            for name, fault in wrong:
                if name in part.table.columns:
                    yield _fault_issue(Record(part, at), ledger, name, fault)


def _quarantines(column: Column) -> bool:
    return column.kind in QUARANTINING and not (column.kind == "date" and column.optional)


def _fault_issue(record: Record, ledger: Ledger, name: str, fault: str) -> Issue:
    column = ledger.columns[name]
    closed = column.is_closed
    nearest = record.value(name).nearest
    kind = "row_quarantined" if _quarantines(column) else "value_unknown" if closed else "value_unreadable"
    severity = "warning" if record.fate == "quarantined" and kind != "row_quarantined" else None
    cell = "" if column.names_people else _shown(record.cell(name))
    return _issue(
        record, ledger, kind, severity=severity, column=column.label, found=None if cell else fault, cell=cell, fault=fault,
        readable=EXPECTED.get(column.kind, "可以读出的内容"), near=f"相近的有：{'、'.join(nearest)}。" if nearest else "",
    )  # fmt: skip


def _about_striking(record: Record, ledger: Ledger) -> Iterator[Issue]:
    """Doubts about whether a row is struck out or void."""
    if record.row in record.part.entries.partly_struck:
        yield _issue(record, ledger, "cell_struck")
    if record.row not in record.part.entries.struck and void_in_passing(record.remark):
        outcome = "按作废处理，不计入" if voided(record.remark) else "照常计入"
        yield _issue(record, ledger, "row_cancelled_by_remark", column="备注", outcome=outcome)


def _shown(cell: object) -> str:
    """A cell's text for a message, short."""
    if is_blank(cell):
        return ""
    text = normalise(cell) if isinstance(cell, str | int | float) or hasattr(cell, "isoformat") else "错误值"
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”"


def _issue(record: Record, ledger: Ledger, kind: str, **told: Any) -> Issue:
    """An issue about a record, with nothing private in it."""
    part = record.part
    issue = Issue.of(kind, part.file, part.sheet, row=record.row, ledger=ledger.id, **told)
    return issue.without(_private_texts(record, ledger))


def _private_texts(record: Record, ledger: Ledger) -> list[str]:
    """What stands in the row's private and unknown columns: never to be repeated in a message."""
    table = record.part.table
    private = [position for name, position in table.columns.items() if ledger.columns[name].names_people]
    row = table.sheet.rows[record.row - 1]
    cells = (row[place] for place in (*private, *table.unknown) if place < len(row))
    texts = (normalise(cell) for cell in cells if isinstance(cell, str | int | float))
    return [text for text in texts if len(text) >= 2]
