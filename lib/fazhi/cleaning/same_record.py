"""Records that name the same event but differ: both are shown, and one counts where that is sure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fazhi.cleaning.alike_names import MAXIMUM_TABLES, Place, alike, events_in_common
from fazhi.cleaning.decided import BOTH, Decisions, QuestionAnswer
from fazhi.cleaning.pairs import Pair
from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.replaced import MANY, Replaced
from fazhi.cleaning.version_names import is_aside, later, named_as_versions
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue

COUNTED = ("kept", "quarantined")  # fates of records that count or may come to count
_CONSIDERED = (*COUNTED, "cancelled")  # and those that say of an event that it is void
ASK = "请核对，用 fazhi accept 认定"
OVERLAP = 0.2  # of the smaller of two tables: so many events in common are no chance

Compared = tuple[Place, tuple[Record, Record], QuestionAnswer]


def supersede_records(
    ledger: Ledger, parts: Sequence[CleanTable], compared: Sequence[Replaced], decisions: Decisions
) -> Iterator[Pair]:
    """Of records that name the same event but differ: show both, mark the figures, and let one count where that is sure.

    One counts where an analyst says so, where a later stage follows (调解中, then 调解成功), or where two tables have so many
    events in common that one reports the other's: the later file's. A single pair beside others may be two events: both
    count until decided.
    """
    ways = [part.names(ledger.identity) for part in parts]
    related = _versions_of(compared)
    done: set[Place] = set()
    for number in range(len(ledger.identity)):
        names = [way[number] for way in ways]
        groups = alike(names, parts, _CONSIDERED)
        common = events_in_common(names, parts, (*COUNTED, "duplicate")) if groups else Counter()
        named = _Named(ledger, parts, decisions, common, related)
        for group in groups:
            live = [one for one in group if parts[one[0]].fates[one[1]] in _CONSIDERED and one not in done]
            done.update(live)
            if len(live) > 1 and any(parts[place].fates[at] in COUNTED for place, at in live):
                yield from named.judge_group(live)


def _versions_of(compared: Sequence[Replaced]) -> Mapping[int, frozenset[int]]:
    """Of each table, the tables that are told to count in its place or beside it: those of two versions of one have one in common."""
    found: dict[int, set[int]] = {}
    for one in compared:
        found.setdefault(one.table, {one.table}).add(one.by)
        found.setdefault(one.by, {one.by})
    return {number: frozenset(tables) for number, tables in found.items()}


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

    def are_versions(self, one: int, other: int) -> bool:
        """Whether two tables are known as versions of one, or one as a part of the other."""
        return False

    def judge_group(self, live: Sequence[Place]) -> Iterator[Pair]:
        """Hold each record against those before it that count: by what is decided of them, else against the last."""
        counted: list[Place] = []
        for one in live:
            record = Record(self.parts[one[0]], one[1])
            beside = []
            for other in reversed(counted[-(MAXIMUM_TABLES if self.probable or self.decisions.once else 1) :]):
                before = Record(self.parts[other[0]], other[1])
                versions = self.are_versions(other[0], one[0])
                pair = (record, before) if _is_later(self.ledger, before, record, versions) else (before, record)
                if self.may_be_one(*pair):
                    beside.append((other, pair, self.decisions.of_records(*pair)))
            for other, pair, said in _worth_telling(beside):
                yield settle_pair(
                    self.ledger, *pair, said, overlap=self.overlap(other[0], one[0]), probable=self.probable
                )
                if self.parts[other[0]].fates[other[1]] == "superseded":
                    counted.remove(other)
            if record.fate != "superseded":
                counted.append(one)


@dataclass(frozen=True)
class _Named(Alike):
    """Records that are named alike, and what is known of their tables: events in common, and tables that replace each other."""

    common: "Counter[tuple[int, int]]"
    related: Mapping[int, frozenset[int]]

    def are_versions(self, one: int, other: int) -> bool:
        return not self.related.get(one, frozenset()).isdisjoint(self.related.get(other, ()))

    def overlap(self, one: int, other: int) -> bool:
        """Whether one of two tables reports the other's events."""
        if one == other:
            return False
        common, smaller = self.common[one, other], min(len(self.parts[place].fates) for place in (one, other))
        aside = is_aside(self.parts[one]) != is_aside(self.parts[other])
        return aside or self.are_versions(one, other) or (common >= MANY and common >= OVERLAP * smaller)


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


def settle_pair(
    ledger: Ledger, older: Record, newer: Record, said: QuestionAnswer, *, overlap: bool, probable: bool
) -> Pair:
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
    differing = "；".join(differences) or "各列相同"
    issue = Issue.of(
        "record_alike" if both else "record_amended", older.part.file, older.part.sheet, row=older.row,
        severity="info" if certain else None, ledger=ledger.id, other=_place(newer), differing=differing,
        outcome="两行都照各自的计" if both else "本行不计，以那一行为准",
        question=said.question, decide=f"已认定：{said.answer}" if said.answer else ASK,
    )  # fmt: skip
    return Pair(issue, older, newer, said, differing)


def _changes_stage(ledger: Ledger, older: Record, newer: Record) -> bool:
    return any(
        _said(older, name) in earlier and _said(newer, name) not in earlier for name, earlier in ledger.stages.items()
    )


def _is_later(ledger: Ledger, first: Record, second: Record, versions: bool) -> bool:
    """Whether the first of two records of one event is the later one; never that of a hidden sheet or one called old."""
    if is_aside(first.part) != is_aside(second.part):
        return is_aside(second.part)
    for name, earlier in ledger.stages.items():
        stages = [_said(record, name) in earlier for record in (first, second)]
        if stages[0] != stages[1]:
            return stages[1]
    return first.part is not second.part and later(first.part, second.part, of_versions=versions)


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


def _place(record: Record) -> str:
    return f"{record.part.place}第 {record.row} 行"
