"""One event reported more than once: whole tables that another replaces, and records that name the same event but differ."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from fazhi.cleaning.decided import BOTH, Decisions, QuestionAnswer
from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.version_names import is_aside, later, named_as_versions
from fazhi.cleaning.versions import MANY, Replaced, row_span
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue

COUNTED = ("kept", "quarantined")  # fates of records that count or may come to count
_CONSIDERED = (*COUNTED, "cancelled")  # and those that say of an event that it is void
MAXIMUM_TABLES = 24  # of those that hold one event, so many are compared with each other
ASK = "请核对，用 fazhi accept 认定"
OVERLAP = 0.2  # of the smaller of two tables: so many events in common are no chance

Compared = tuple["Place", tuple[Record, Record], QuestionAnswer]
Place = tuple[int, int]  # of a record: the table's place among the tables, its own in the table


def supersede_tables(
    ledger: Ledger, parts: Sequence[CleanTable], compared: Sequence[Replaced], decisions: Decisions
) -> Iterator[Issue]:
    """Leave out the tables that another one replaces; what is certain is told in a sentence, the rest is asked.

    Records that are named are told apart one by one (`supersede_records`); of them only those are left out here that a
    newer version, certainly one, does not hold any more.
    """
    for replaced in compared:
        part, by, answer = parts[replaced.table], parts[replaced.by], replaced.said.answer
        named = _are_named(ledger, part) and _are_named(ledger, by)
        gone = _gone(ledger, part, by) if named else replaced.unmatched
        if named and not replaced.is_certain and not gone and not answer:
            continue
        if answer != BOTH and (answer or not named or (replaced.relation == "version" and replaced.is_certain)):
            _supersede(ledger, part, by, named=named)
        certain = bool(answer) or (replaced.is_certain and not decisions.miss_tables)
        kind = "table_contained" if replaced.relation == "contained" else "table_version"
        counted = f"其中 {gone} 行后者没有，照常计入" if named and not replaced.is_certain else "以后者为准"
        yield Issue.of(
            kind, part.file, part.sheet, severity="info" if certain else "warning", ledger=ledger.id,
            rows="".join(row_span(part)), by=f"{named_place(by)}{''.join(row_span(by))}",
            outcome=f"已认定：{answer}" if answer else counted, question=replaced.said.question,
        )  # fmt: skip


def _supersede(ledger: Ledger, part: CleanTable, by: CleanTable, *, named: bool) -> None:
    """Leave out a table's records; those that are named and that the other holds as they are, are duplicates of its own."""
    shared = [name for name in ledger.columns if name in part.table.columns and name in by.table.columns]
    held = frozenset(by.keys(shared)) if named else frozenset()
    for at, key in enumerate(part.keys(shared)):
        if part.fates[at] != "cancelled" and key not in held:
            Record(part, at).settle("superseded", f"以 {named_place(by)} 为准")


def _gone(ledger: Ledger, part: CleanTable, by: CleanTable) -> int:
    """How many events of a table another does not have, as they are named."""
    held = [set(way) - {None} for way in by.names(ledger.identity)]
    mine = zip(*part.names(ledger.identity), strict=True)
    return sum(not any(key in names for key, names in zip(keys, held, strict=True)) for keys in mine)


def _are_named(ledger: Ledger, part: CleanTable) -> bool:
    """Whether nine in ten of a table's records are named."""
    named = sum(any(key is not None for key in keys) for keys in zip(*part.names(ledger.identity), strict=True))
    return named >= 0.9 * len(part.fates) if ledger.identity else False


def supersede_records(
    ledger: Ledger, parts: Sequence[CleanTable], compared: Sequence[Replaced], decisions: Decisions
) -> Iterator[Issue]:
    """Of records that name the same event but differ: show both, mark the figures, and let one count where that is sure.

    One counts where an analyst says so, where a later stage follows (调解中, then 调解成功), or where two tables have so many
    events in common that one reports the other's: the later file's. A single pair beside others may be two events: both
    count until decided.
    """
    ways = [part.names(ledger.identity) for part in parts]
    related = {frozenset((one.table, one.by)) for one in compared}
    done: set[Place] = set()
    for number in range(len(ledger.identity)):
        groups = alike([way[number] for way in ways], parts)
        named = _Named(ledger, parts, decisions, _in_common(groups, parts), related)
        for group in groups:
            live = [one for one in group if parts[one[0]].fates[one[1]] in _CONSIDERED and one not in done]
            done.update(live)
            if any(parts[place].fates[at] in COUNTED for place, at in live):
                yield from named.judge_group(live)


@dataclass(frozen=True)
class Alike:
    """How records of a ledger that are alike are told of: each against those before it that count."""

    ledger: Ledger
    parts: Sequence[CleanTable]
    decisions: Decisions

    probable: ClassVar[bool] = False  # that they are one event is only probable: both count until decided

    def may_be_one(self, older: Record, newer: Record) -> bool:
        """Whether two records that are alike may be one event."""
        return _may_be_one(self.ledger, older, newer)

    def overlap(self, one: int, other: int) -> bool:
        """Whether one of two tables reports the other's events."""
        raise NotImplementedError

    def judge_group(self, live: Sequence[Place]) -> Iterator[Issue]:
        """Hold each record against those before it that count: by what is decided of them, else against the last."""
        counted: list[Place] = []
        for one in live:
            record = Record(self.parts[one[0]], one[1])
            beside = []
            for other in reversed(counted[-(MAXIMUM_TABLES if self.probable or self.decisions.once else 1) :]):
                before = Record(self.parts[other[0]], other[1])
                pair = (record, before) if _is_later(self.ledger, before, record) else (before, record)
                if self.may_be_one(*pair):
                    beside.append((other, pair, self.decisions.of_records(*pair)))
            for other, pair, said in _worth_telling(beside):
                yield _settle(self.ledger, *pair, said, overlap=self.overlap(other[0], one[0]), probable=self.probable)
                if self.parts[other[0]].fates[other[1]] == "superseded":
                    counted.remove(other)
            if record.fate != "superseded":
                counted.append(one)


@dataclass(frozen=True)
class _Named(Alike):
    """Records that are named alike, and what is known of their tables: events in common, and tables that replace each other."""

    common: "Counter[tuple[int, int]]"
    related: Collection[frozenset[int]]

    def overlap(self, one: int, other: int) -> bool:
        """Whether one of two tables reports the other's events."""
        if one == other:
            return False
        common, smaller = self.common[one, other], min(len(self.parts[place].fates) for place in (one, other))
        aside = is_aside(self.parts[one]) != is_aside(self.parts[other])
        return aside or frozenset((one, other)) in self.related or (common >= MANY and common >= OVERLAP * smaller)


def _may_be_one(ledger: Ledger, older: Record, newer: Record) -> bool:
    """Whether two records that are named alike may be one event.

    A void one says something of another table's only: in its own table the event was entered anew. In one table two that differ
    in most of what does not name them are two events, unless a later stage follows.
    """
    if "cancelled" in (older.fate, newer.fate):
        return older.part is not newer.part and older.fate != newer.fate
    if older.part is not newer.part or _changes_stage(ledger, older, newer):
        return True
    others = [name for name in older.part.table.columns if name not in ledger.naming_columns]
    alike = sum(older.value(name).key == newer.value(name).key for name in others)
    return 2 * alike >= len(others)


def _worth_telling(beside: Sequence[Compared]) -> Sequence[Compared]:
    """Those of which it is decided that both count; then the one that leaves out either, or else the last that is open."""
    both = [one for one in beside if one[2].answer == BOTH]
    decided = [one for one in beside if one[2].answer not in ("", BOTH)]
    return [*both, *(decided or [one for one in beside if not one[2].answer])[:1]]


def alike(names: Sequence[Sequence[object]], parts: Sequence[CleanTable]) -> list[list[Place]]:
    """Records that are named alike, in the order of the tables; those of other years left out."""
    counts = Counter(chain.from_iterable(names))
    del counts[None]
    several = {key for key, count in counts.items() if count > 1}
    groups: dict[object, list[Place]] = {}
    for place, keys in enumerate(names) if several else ():
        for at, key in enumerate(keys):
            if key in several and parts[place].fates[at] in (*_CONSIDERED, "duplicate"):
                groups.setdefault(key, []).append((place, at))
    return [group for group in groups.values() if len(group) > 1]


def _in_common(groups: Sequence[Sequence[Place]], parts: Sequence[CleanTable]) -> "Counter[tuple[int, int]]":
    """How many events that are not void two tables have in common, counted between each table and all before it in a group."""
    common: Counter[tuple[int, int]] = Counter()
    for group in groups:
        held = list(dict.fromkeys(place for place, at in group if parts[place].fates[at] != "cancelled"))[
            -MAXIMUM_TABLES:
        ]
        common.update((one, other) for number, other in enumerate(held) for one in held[:number])
    return common


def _settle(
    ledger: Ledger, older: Record, newer: Record, said: QuestionAnswer, *, overlap: bool, probable: bool
) -> Issue:
    """Let one of two records of one event count, or both, and say so; `said` is what an analyst has decided of them."""
    if said.answer not in ("", BOTH) and not said.drops_older:
        older, newer = newer, older
    if newer.fate == "cancelled":
        overlap = overlap and named_as_versions(older.part, newer.part)
    both = said.answer == BOTH if said.answer else probable or not (overlap or _changes_stage(ledger, older, newer))
    differences = _differing(ledger, older, newer)
    differences += ["那一行作废"] if newer.fate == "cancelled" else ["本行作废"] if older.fate == "cancelled" else []
    if not both and older.fate != "cancelled":
        older.settle("superseded", f"与{_place(newer)}是同一件，以后者为准")
    certain = said.answer or (not both and is_aside(older.part) and not is_aside(newer.part))
    return Issue.of(
        "record_alike" if both else "record_amended", older.part.file, older.part.sheet, row=older.row,
        severity="info" if certain else None, ledger=ledger.id, other=_place(newer),
        differing="；".join(differences) or "各列相同", outcome="两行都照各自的计" if both else "本行不计，以那一行为准",
        question=said.question, decide=f"已认定：{said.answer}" if said.answer else ASK,
    )  # fmt: skip


def _changes_stage(ledger: Ledger, older: Record, newer: Record) -> bool:
    return any(
        _said(older, name) in earlier and _said(newer, name) not in earlier for name, earlier in ledger.stages.items()
    )


def _is_later(ledger: Ledger, first: Record, second: Record) -> bool:
    """Whether the first of two records of one event is the later one; never that of a hidden sheet or one called old."""
    if is_aside(first.part) != is_aside(second.part):
        return is_aside(second.part)
    for name, earlier in ledger.stages.items():
        stages = [_said(record, name) in earlier for record in (first, second)]
        if stages[0] != stages[1]:
            return stages[1]
    return first.part is not second.part and later(first.part, second.part)


def _differing(ledger: Ledger, older: Record, newer: Record) -> list[str]:
    """The columns in which two records differ, with both values where they may be seen."""
    differences = []
    for name, column in ledger.columns.items():
        if name in older.part.values and name in newer.part.values:
            was, is_ = older.value(name), newer.value(name)
            if was.key != is_.key:
                seen = column.is_closed or column.kind in ("date", "money", "count", "number", "boolean")
                differences.append(f"{column.label}{was.value}改为{is_.value}" if seen else f"{column.label}不同")
    return differences


def _said(record: Record, name: str) -> object:
    return record.value(name).value if name in record.part.values else None


def named_place(part: CleanTable) -> str:
    """A table's file and sheet."""
    return f"{part.file}「{part.sheet}」" if part.sheet else part.file


def _place(record: Record) -> str:
    return f"{named_place(record.part)}第 {record.row} 行"
