"""The fates of a table's records and what is to be asked about them.

The fates and their order are those of docs/reference/rules.md: other_town, cancelled, other_ledger, quarantined, out_of_year,
duplicate, kept.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fazhi.cleaning.cells import EXPECTED
from fazhi.cleaning.decided import LEAVE, Decisions
from fazhi.cleaning.records import CleanTable, Record
from fazhi.dictionary.models import Column, Ledger
from fazhi.intake import YearlessDate
from fazhi.issues import Issue, Severity
from fazhi.recognition.rows import says_dropped, void_in_passing, voided
from fazhi.values.normalise import is_blank, normalise

QUARANTINING = frozenset({"date", "money", "count"})  # kinds whose unreadable cells send the row back to its office

_YEARS_BACK = 10  # an event longer ago is a slip of the pen: 2005 for 2025


def leave_out(part: CleanTable, ledger: Ledger, year: int) -> list[Issue]:
    """Set the fates that hang on the record itself: void, to be verified, of another year; say what is doubtful of it."""
    issues = [*_leave_to_other_towns(part, ledger), *_cancel(part, ledger)]
    _leave_to_other_ledgers(part)
    _quarantine(part, ledger)
    return issues + list(_leave_out_other_years(part, ledger, year))


def set_aside(ledger: Ledger, parts: Sequence[CleanTable], decisions: Decisions) -> Iterator[Issue]:
    """Let the records of hidden sheets, and of those called old or deleted, wait for a decision, unless another table holds them."""
    for part in parts:
        waiting = [at for at, fate in enumerate(part.fates) if fate == "kept"] if part.table.set_aside else []
        if not waiting:
            continue
        said = decisions.of_sheet(part)
        outcome = f"已认定{said.answer}" if said.answer else "暂不计入"
        for at in waiting:
            if said.answer == LEAVE:
                Record(part, at).settle("cancelled", f"{part.table.set_aside}，{outcome}")
            elif not said.answer:
                Record(part, at).settle("quarantined", f"{part.table.set_aside}，待认定")
        yield Issue.of(
            "sheet_set_aside", part.file, part.sheet, ledger=ledger.id, why=part.table.set_aside, count=len(waiting),
            severity="info" if said.answer else None, title=ledger.title, outcome=outcome, question=said.question,
        )  # fmt: skip


def _leave_to_other_towns(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """Leave out a district's records that are another town's; one line tells how many are whose."""
    places = part.table.elsewhere
    others = Counter(places.values())
    for row, place in places.items():
        at = bisect_left(part.entries.numbers, row)
        if at < len(part.fates) and part.entries.numbers[at] == row:
            Record(part, at).settle("other_town", f"属{place}")
    if others:
        listed, count = "、".join(f"{place} {count}" for place, count in others.most_common()), others.total()
        own = len(part.fates) - count
        yield Issue.of("rows_elsewhere", part.file, part.sheet, ledger=ledger.id, own=own, count=count, places=listed)


def _cancel(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """Leave out the records that are struck out or void; what is doubtful about it is asked."""
    below = part.entries
    for number in sorted(below.remarks.keys() | below.struck | below.partly_struck):
        record = Record(part, bisect_left(below.numbers, number))
        if record.fate != "kept":
            continue
        yield from _about_striking(record, ledger)
        if number in below.struck:
            record.settle("cancelled", "整行划去")
        elif voided(record.remark):
            record.settle("cancelled", "备注作废")
        elif (word := _dropped(record, ledger, certain=True)) is not None:
            record.settle("cancelled", f"备注{word}")


def _leave_to_other_ledgers(part: CleanTable) -> None:
    """Leave out the records of other ledgers, as the sheet's form tells them; those it cannot tell are to be verified."""
    for number, reason in part.table.other_ledger.items():
        if record := _kept(part, number):
            record.settle("other_ledger", reason)
    for number, reason in part.table.unplaced.items():
        if record := _kept(part, number):
            record.settle("quarantined", reason)


def _kept(part: CleanTable, number: int) -> Record | None:
    """The record in a row, where there is one that counts so far."""
    at = bisect_left(part.entries.numbers, number)
    there = at < len(part.fates) and part.entries.numbers[at] == number and part.fates[at] == "kept"
    return Record(part, at) if there else None


def _quarantine(part: CleanTable, ledger: Ledger) -> None:
    for at, wrong in part.faults.items():
        grave = [f"{ledger.columns[n].label}：{fault}" for n, fault in wrong if _quarantines(ledger.columns[n])]
        if grave and part.fates[at] == "kept":
            Record(part, at).settle("quarantined", "；".join(grave))


def _leave_out_other_years(part: CleanTable, ledger: Ledger, year: int) -> Iterator[Issue]:
    """Leave out the records of other years; a year that is not shown, or that no event can have, is asked about."""
    if not (ledger.event_date and ledger.date_column):
        return
    reason = f"{ledger.columns[ledger.date_column].label}不在{year}年"
    days = part.values.get(ledger.date_column, ())
    old_habit = (
        f"写的是 {year - 1} 年 1 月，同表有 {year} 年的行" if _is_old_habit([day.value for day in days], year) else None
    )
    for at, day in enumerate(days):
        if day.value is not None and day.value.year != year and part.fates[at] == "kept":
            Record(part, at).settle("out_of_year", reason)
            doubt = doubtful_year(Record(part, at), ledger, year) or (old_habit if day.value.year == year - 1 else None)
            if doubt is not None:
                column = ledger.columns[ledger.date_column].label
                yield issue_of(Record(part, at), ledger, "year_unlikely", column=column, said=doubt, year=year)


def _is_old_habit(days: Sequence[date | None], year: int) -> bool:
    """Whether a table's rows of last year all lie in January, among rows of this year: the hand still writes the old year."""
    months = {day.month for day in days if day is not None and day.year == year - 1}
    return months == {1} and any(day is not None and day.year == year for day in days)


def doubtful_year(record: Record, ledger: Ledger, year: int) -> str | None:
    """Why the year of a record's date is doubtful, in words: none is shown, or it can be none of an event. None where it is not."""
    stored = record.value(ledger.date_column or "").value.year
    if isinstance(record.cell(ledger.date_column or ""), YearlessDate) and stored != year:
        return f"单元格只显示月日，存的年份是 {stored} 年"
    return None if year - _YEARS_BACK <= stored <= year + 1 else f"年份是 {stored} 年"


def about_faults(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """What is wrong in the records that count or would count."""
    told: dict[object, Issue] = {}  # of a cell's fault in a column, wherever it stands
    for at, wrong in part.faults.items():
        record = Record(part, at)
        for name, fault in wrong if record.fate in ("kept", "quarantined") else ():
            if name in part.table.columns:
                cell = record.cell(name)
                key = name, fault, record.fate, type(cell), cell, record.value(name).nearest
                if key not in told:
                    told[key] = _fault_issue(record, ledger, name, fault)
                yield replace(told[key], row=record.row).without(_private_texts(record, ledger))


def _quarantines(column: Column) -> bool:
    return column.kind in QUARANTINING and not (column.kind == "date" and column.optional)


def _fault_issue(record: Record, ledger: Ledger, name: str, fault: str) -> Issue:
    column = ledger.columns[name]
    closed = column.is_closed
    nearest = record.value(name).nearest
    kind = "row_quarantined" if _quarantines(column) else "value_unknown" if closed else "value_unreadable"
    severity: Severity | None = "warning" if record.fate == "quarantined" and kind != "row_quarantined" else None
    cell = "" if column.names_people else _shown(record.cell(name))
    return Issue.of(
        kind, record.part.file, record.part.sheet, ledger=ledger.id, severity=severity, column=column.label,
        found=None if cell else fault, cell=cell, fault=fault, readable=EXPECTED.get(column.kind, "可以读出的内容"), near=f"相近的有：{'、'.join(nearest)}。" if nearest else "",
    )  # fmt: skip


def _about_striking(record: Record, ledger: Ledger) -> Iterator[Issue]:
    """Doubts about whether a row is struck out or void."""
    if record.row in record.part.entries.partly_struck:
        yield issue_of(record, ledger, "cell_struck")
    if record.row not in record.part.entries.struck and void_in_passing(record.remark):
        outcome = "按作废处理，不计入" if voided(record.remark) else "照常计入"
        yield issue_of(record, ledger, "row_cancelled_by_remark", column="备注", outcome=outcome)
    elif not _dropped(record, ledger, certain=True) and (word := _dropped(record, ledger, certain=False)):
        found = f"备注提到{word}"
        yield issue_of(record, ledger, "row_cancelled_by_remark", column="备注", found=found, outcome="照常计入")


def _dropped(record: Record, ledger: Ledger, *, certain: bool) -> str | None:
    """The word by which a record's remark says, for certain or perhaps, that the case came to nothing the ledger counts."""
    words = (word for word, sure in ledger.dropped.items() if sure == certain)
    return next((word for word in words if says_dropped(record.remark, word)), None)


def _shown(cell: object) -> str:
    """A cell's text for a message, short."""
    if is_blank(cell):
        return ""
    text = normalise(cell) if isinstance(cell, str | int | float) or hasattr(cell, "isoformat") else "错误值"
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”"


def issue_of(record: Record, ledger: Ledger, kind: str, **details: Any) -> Issue:
    """An issue about a record, with nothing private in it."""
    part = record.part
    issue = Issue.of(kind, part.file, part.sheet, row=record.row, ledger=ledger.id, **details)
    return issue.without(_private_texts(record, ledger))


def _private_texts(record: Record, ledger: Ledger) -> list[str]:
    """What stands in the row's private and unknown columns: never to be repeated in a message."""
    table = record.part.table
    private = [position for name, position in table.columns.items() if ledger.columns[name].names_people]
    row = table.sheet.rows[record.row - 1]
    cells = (row[place] for place in (*private, *table.unknown) if place < len(row))
    texts = (normalise(cell) for cell in cells if isinstance(cell, str | int | float))
    return [text for text in texts if len(text) >= 2]
