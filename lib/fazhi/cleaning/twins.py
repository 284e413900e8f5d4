"""Equal records: of those that are named the first counts; where nothing names them, two may be two events."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby

from fazhi.cleaning.decided import BOTH, ONCE, Decisions
from fazhi.cleaning.duplicates import Duplicates, place_of
from fazhi.cleaning.fates import issue_of
from fazhi.cleaning.masked_copies import named_by_masks
from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.replaced import Replaced
from fazhi.cleaning.version_names import is_aside
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue

ENOUGH = 3  # columns filled in and equal, in two tables, are hardly chance
MAXIMUM_ROWS = 8  # named in one question


def leave_out_twins(
    ledger: Ledger, parts: Sequence[CleanTable], compared: Sequence[Replaced], decisions: Decisions
) -> Iterator[Issue]:
    """Of equal records that are named only the first counts, and none of a hidden sheet or one called old before others.

    Where nothing names them all count; those that stand in another table too are asked about, as another office may have
    reported the same.
    """
    duplicates, unnamed = Duplicates(ledger, [part.table for part in parts]), list[Record]()
    elsewhere: dict[tuple[str, str, str], list[Record]] = {}
    beside = {frozenset((id(parts[one.table]), id(parts[one.by]))) for one in compared if one.said.answer == BOTH}
    for part in sorted(parts, key=is_aside):
        earlier, named = duplicates.of(part), cache(partial(_named, part, ledger))
        again: dict[int, Record] = {}
        veiled: list[Record] = []
        for at, fate in enumerate(part.fates):
            if fate != "kept" or (first := earlier(at)) is None:
                continue
            record = Record(part, at)
            if named()[at]:
                record.settle("duplicate", f"与{place_of(first)}相同")
                if first.part is part and named_by_masks(record, ledger):
                    veiled.append(record)
            elif is_aside(part):
                continue
            elif ledger.names_record:
                unnamed.append(record)
            elif frozenset((id(first.part), id(part))) in beside:
                continue
            elif first.part is not part and _says_enough(record, ledger):
                elsewhere.setdefault((part.file, part.sheet, table_of(first)), []).append(record)
            else:
                again[at] = first
        if veiled:
            yield _about_veiled(ledger, veiled)
        pasted = _pasted(part, again)
        if pasted:
            rows = f"{pasted[0].part.place}第 {again[pasted[0].at].row}—{again[pasted[-1].at].row} 行"
            yield _about_elsewhere(ledger, rows, pasted, decisions)
        alone = again.keys() - {record.at for record in pasted}
        yield from (
            issue_of(Record(part, at), ledger, "row_duplicate_event", place=place_of(again[at])) for at in sorted(alone)
        )
    if unnamed:
        yield _about_unnamed(ledger, parts, unnamed, decisions)
    for (_, _, other), records in elsewhere.items():
        yield _about_elsewhere(ledger, other, records, decisions)


def _pasted(part: CleanTable, again: Mapping[int, Record]) -> list[Record]:
    """Of a table's records that repeat an earlier one of it, those that stand in one order with it: rows pasted twice."""
    ahead = {at: at - first.at for at, first in again.items() if first.part is part}
    runs = groupby(enumerate(sorted(ahead)), key=lambda told: (ahead[told[1]], told[1] - told[0]))
    several = [[at for _, at in run] for _, run in runs]
    return [Record(part, at) for run in several if len(run) >= ENOUGH for at in run]


def table_of(record: Record) -> str:
    """Its file and sheet."""
    return place_of(record).rpartition("第 ")[0]


def _says_enough(record: Record, ledger: Ledger) -> bool:
    """Whether an equal record of another table is hardly chance: by what is filled in, or by what makes it probably one."""
    there = record.part.table.columns
    if any(all(name in there and record.value(name).key for name in way) for way in ledger.probable_identity):
        return True
    return sum(bool(values[record.at].key) for values in record.part.values.values()) >= ENOUGH


def _about_elsewhere(ledger: Ledger, other: str, records: Sequence[Record], decisions: Decisions) -> Issue:
    """The question about records that another table has as they are, though most of the two tables differs."""
    said = decisions.of_equals(records)
    for record in records if said.answer == ONCE else ():
        record.settle("duplicate", f"{other}有相同的一行，已认定：{ONCE}")
    rows = "、".join(str(record.row) for record in records[:MAXIMUM_ROWS]) + (
        " 等" if len(records) > MAXIMUM_ROWS else ""
    )
    outcome = f"已认定：{said.answer}" if said.answer else "两处都计入"
    return issue_of(
        records[0], ledger, "rows_repeated", severity="info" if said.answer else None, rows=rows, other=other,
        outcome=outcome, question=said.question,
    )  # fmt: skip


def _about_unnamed(
    ledger: Ledger, parts: Sequence[CleanTable], unnamed: Sequence[Record], decisions: Decisions
) -> Issue:
    """The one question about a ledger's equal records that nothing names; they count unless an analyst says otherwise."""
    said = decisions.of_equals(unnamed)
    for record in unnamed if said.answer == ONCE else ():
        record.settle("duplicate", f"与另一行相同，已认定：{ONCE}")
    labels = "、".join(ledger.columns[name].label for name in _unfilled(ledger, parts))
    outcome = f"已认定：{said.answer}" if said.answer else "相同的行照常计入，没有当作重复"
    return Issue.of(
        "identity_missing", parts[0].file, parts[0].sheet, severity="info" if said.answer else None, ledger=ledger.id,
        rows=len(unnamed), labels=labels, outcome=outcome, question=said.question,
    )  # fmt: skip


def _about_veiled(ledger: Ledger, veiled: Sequence[Record]) -> Issue:
    """The question about a table's equal records whose names are not written in full: they count once, but may be several events."""
    labels = "、".join(ledger.columns[name].label for name in ledger.naming_columns)
    return issue_of(
        veiled[0], ledger, "identity_missing", rows=len(veiled), labels=labels, outcome="",
        found=f"姓名没有写全（某、*），其中 {len(veiled)} 行与别的行完全相同",
        advice="相同的行只计了一次。请填报单位核对：确是几件的，写全姓名或写明区别。",
    )  # fmt: skip


def _named(part: CleanTable, ledger: Ledger) -> list[bool]:
    """Which of a table's records are named, in any of the ledger's ways."""
    return [any(name is not None for name in names) for names in zip(*part.names(ledger.identity), strict=True)] or [
        False
    ] * len(part.fates)


def _unfilled(ledger: Ledger, parts: Sequence[CleanTable]) -> list[str]:
    """The naming columns that some table lacks or leaves empty; all of them where none does."""
    empty = [
        name
        for name in ledger.naming_columns
        if any(name not in part.table.columns or not any(value.value for value in part.values[name]) for part in parts)
    ]
    return empty or list(ledger.naming_columns)
