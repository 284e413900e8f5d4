"""Rows of two tables that are probably one record, though nothing names them or they are named differently: asked about."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import ClassVar

from fazhi.cleaning.alike_names import MAXIMUM_TABLES, Names, Place, alike
from fazhi.cleaning.decided import BOTH, Decisions
from fazhi.cleaning.pairs import Pair
from fazhi.cleaning.probable_versions import weak_way
from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.replaced import MAJORITY, Replaced
from fazhi.cleaning.reporters import Places
from fazhi.cleaning.same_record import Alike
from fazhi.cleaning.version_names import is_aside
from fazhi.dictionary.models import Ledger


def ask_of_probable(
    ledger: Ledger, parts: Sequence[CleanTable], compared: Sequence[Replaced], decisions: Decisions, places: Places
) -> Iterator[Pair]:
    """A question for each two rows of different tables that agree in what makes it probable that they are one event
    (`probable_identity`), as a drill of two offices with different numbers; of a ledger with neither names nor that, for rows of
    a day and kind that most of a table shares with another. Both count until it is decided. A row sent back is asked about once
    it is mended."""
    if len(parts) < 2:
        return
    both = {frozenset((id(parts[one.table]), id(parts[one.by]))) for one in compared if one.said.answer == BOTH}
    keys = cache(lambda place, columns: parts[place].keys(columns))
    weak = () if ledger.identity or ledger.probable_identity else (weak_way(ledger),)
    for way in (*ledger.probable_identity, *weak):
        names = [_counting(part, way) for part in parts]
        groups = [group for group in alike(names, parts, ("kept",)) if len({place for place, _ in group}) > 1]
        apart = both | _unlike(names, parts, groups, places) if weak else both
        probable = _Probable(ledger, parts, decisions, frozenset(apart))
        for group in groups:
            live = [(place, at) for place, at in group if parts[place].fates[at] == "kept"]
            yield from probable.judge_group(_without_equals(ledger, parts, live, keys))


def _unlike(
    names: Sequence[Names], parts: Sequence[CleanTable], groups: Sequence[Sequence[Place]], places: Places
) -> set[frozenset[int]]:
    """Pairs of tables that share single days by chance, are two villages', or two offices' that both tell of ends of months."""
    if not groups:
        return set()
    shared = Counter(
        pair for group in groups for pair in combinations(sorted({place for place, _ in group})[-MAXIMUM_TABLES:], 2)
    )
    regular = Counter(
        pair
        for group in groups
        if _is_end_of_month(names[group[0][0]][group[0][1]])
        for pair in combinations(sorted({place for place, _ in group})[-MAXIMUM_TABLES:], 2)
    )
    apart = set()
    for pair, count in shared.items():
        one, other = (parts[place] for place in pair)
        few = count < MAJORITY * min(one.fates.count("kept"), other.fates.count("kept"))
        ends = regular[pair] == count and places.differ(one, other)
        if few or ends or places.are_two_villages(one, other):
            apart.add(frozenset((id(one), id(other))))
    return apart


def _is_end_of_month(key: object) -> bool:
    days = [value for value in key if isinstance(value, date)] if isinstance(key, tuple) else []
    return any((day + timedelta(days=1)).day == 1 for day in days)


def _counting(part: CleanTable, way: Sequence[str]) -> Names:
    """What the records of a table are probably named by; nothing where none of them can count yet."""
    return [None] * len(part.fates) if is_aside(part) else part.names([way])[0]


def _without_equals(
    ledger: Ledger,
    parts: Sequence[CleanTable],
    group: Sequence[Place],
    keys: Callable[[int, tuple[str, ...]], Sequence[object]],
) -> list[Place]:
    """Those that no other table holds as they are: of such it has been asked already. `keys`: what a table's records say."""
    places = {place for place, _ in group}
    shared = tuple(name for name in ledger.columns if all(name in parts[place].values for place in places))
    said = {(place, at): keys(place, shared)[at] for place, at in group}
    holders: dict[object, set[int]] = {}
    for (place, _), key in said.items():
        holders.setdefault(key, set()).add(place)
    return [one for one in group if len(holders[said[one]]) == 1]


@dataclass(frozen=True)
class _Probable(Alike):
    """Records that are probably one event."""

    apart: frozenset[frozenset[int]]  # tables of which no two rows are asked about
    asked: set[frozenset[tuple[int, int]]] = field(default_factory=set)

    probable: ClassVar[bool] = True

    def may_be_one(self, older: Record, newer: Record) -> bool:
        """Whether two records of different tables are to be asked about, which they are once.

        Records that are equal, or named alike, have been asked about or left out already; those of which a closed list
        that names a record (the field of an inspection) says different things are two.
        """
        pair = frozenset((id(record.part), record.at) for record in (older, newer))
        tables = frozenset((id(older.part), id(newer.part)))
        if len(tables) < 2 or tables in self.apart or pair in self.asked or _are_distinct(self.ledger, older, newer):
            return False
        self.asked.add(pair)
        return True

    def overlap(self, one: int, other: int) -> bool:
        return False


def _are_distinct(ledger: Ledger, older: Record, newer: Record) -> bool:
    """Whether two records are equal or named alike, or certainly two."""
    shared = [name for name in older.part.values if name in newer.part.values]
    keys = {name: (older.value(name).key, newer.value(name).key) for name in shared}
    if all(first == second for first, second in keys.values()):
        return True
    if any(
        all(name in keys and keys[name][0] and keys[name][0] == keys[name][1] for name in way)
        for way in ledger.identity
    ):
        return True
    closed = (name for name in ledger.naming_columns if ledger.columns[name].is_closed and name in keys)
    return any(first and second and first != second for first, second in map(keys.__getitem__, closed))
