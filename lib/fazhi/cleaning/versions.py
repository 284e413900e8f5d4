"""Tables of one ledger compared as wholes: sent twice, cumulative months, a newer version of the same table.

Every record of a table has a fingerprint: its values in the columns that all tables of the ledger have. Two tables are
compared only where they hold a record in common and stand next to each other among those that do, so that the work grows
with the number of records, not with the square of the number of files. Exact matching of whole records, then of
what names them, is the deterministic record linkage of official statistics (Herzog, Scheuren & Winkler, Data Quality and
Record Linkage Techniques, 2007, ch. 8).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from fazhi.cleaning.decided import BOTH, OPEN, Decisions, QuestionAnswer
from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.version_names import (
    is_aside,
    later,
    named_as_versions,
    named_in_series,
    names_months_up_to,
    one_renamed,
)
from fazhi.dictionary.models import Ledger

MANY = 3  # so many different records in common are no chance
MAJORITY = 0.6  # of both tables: then one is a newer version of the other
Relation = Literal["contained", "version"]


@dataclass(frozen=True)
class Replaced:
    """A table none of whose records count, since `by` holds them. `is_certain`: the names or the contents leave no doubt."""

    table: int  # places among the tables compared
    by: int
    relation: Relation
    is_certain: bool
    unmatched: int = 0  # records of the table that `by` does not hold as they are
    said: QuestionAnswer = OPEN  # what an analyst has decided of the two


def compare_tables(ledger: Ledger, parts: Sequence[CleanTable], decisions: Decisions) -> list[Replaced]:
    """The tables that another one replaces, each once; and, with that answer, those said to count beside another.

    A table wholly contained in another is replaced by it (cumulative months, the same file sent twice). Of two tables that
    share most of their records the one whose name says so, else the later one, is the newer version. What an analyst has
    decided goes before either.
    """
    prints = _fingerprints(ledger, parts)
    judged = _judge_all(parts, prints, _neighbours(prints, parts, decisions))
    judged += _probable_versions(ledger, parts, judged)
    done = {known.table for known in judged}
    judged += [known for known in _add_up(parts, prints) if known.table not in done]
    decided = [_decided(parts, replaced, decisions) for replaced in judged]
    found: dict[int, Replaced] = {}
    for replaced in sorted(decided, key=lambda one: not one.said.answer):
        if replaced.said.answer != BOTH and _last(found, replaced).by != replaced.table:
            found.setdefault(replaced.table, replaced)
    beside = [one for one in decided if one.said.answer == BOTH]
    _keep_apart(found, beside, [len(keys) for keys in prints])
    return beside + [_last(found, replaced) for replaced in found.values()]


def _judge_all(
    parts: Sequence[CleanTable], prints: Sequence[Sequence[Hashable]], pairs: set[tuple[int, int]]
) -> list[Replaced]:
    """What each of these pairs is to each other; of two that replace the same table, which replaces which."""
    judged: list[Replaced] = []
    seen: set[tuple[int, int]] = set()
    while new := sorted(pairs - seen):
        seen.update(new)
        judged += [known for one, other in new if (known := _judge(parts, prints, one, other)) is not None]
        replacing: dict[int, set[int]] = {}
        for known in judged:
            replacing.setdefault(known.table, set()).add(known.by)
        pairs = {pair for several in replacing.values() for pair in pairwise(sorted(several))}
    return judged


def _probable_versions(ledger: Ledger, parts: Sequence[CleanTable], judged: Sequence[Replaced]) -> list[Replaced]:
    """Of a ledger that names no record, tables most of whose rows are probably those of another with other numbers: never certain.

    Where not even that is told by columns, as of an office's days of work, the files must be called versions of one.
    """
    if ledger.identity:
        return []
    kinds = {"date", "vocabulary", "office", "village"}
    way = next(iter(ledger.probable_identity), None) or [n for n, c in ledger.columns.items() if c.kind in kinds]
    names = [[key for key in part.names([way])[0] if key] for part in parts]
    known = {frozenset((one.table, one.by)) for one in judged}
    replaced = {one.table for one in judged}
    found = []
    for one, other in sorted(_adjacent(names)):
        if (
            frozenset((one, other)) in known
            or {one, other} & replaced
            or is_aside(parts[one]) != is_aside(parts[other])
        ):
            continue
        older, newer = (other, one) if later(parts[one], parts[other]) else (one, other)
        common = Counter(names[older]) & Counter(names[newer])
        sizes = [len(parts[number].fates) for number in (older, newer)]
        if len(common) >= MANY and common.total() >= MAJORITY * max(sizes):
            found.append(Replaced(older, newer, "version", False, sizes[0] - common.total()))
    return found


def _adjacent(keys: Sequence[Sequence[Hashable]]) -> set[tuple[int, int]]:
    """Pairs of tables that follow each other among all that hold a key."""
    holders: dict[Hashable, list[int]] = {}
    for number, held in enumerate(keys):
        for key in set(held):
            holders.setdefault(key, []).append(number)
    return {pair for held in holders.values() for pair in pairwise(held)}


def _keep_apart(found: dict[int, Replaced], beside: Sequence[Replaced], sizes: Sequence[int]) -> None:
    """Of two tables that both count, a third that holds both replaces one only: it is the one or the other sent again.

    Where they are not of one size it is not certain which, and the analyst is asked.
    """
    for pair in beside:
        both = sorted((pair.table, pair.by), key=lambda number: (number not in found, sizes[number]))
        ends = {_last(found, found[number]).by if number in found else number for number in both}
        if len(ends) == 1:
            del found[both[0]]
            if both[1] in found:
                sure = sizes[both[0]] == sizes[both[1]] and found[both[1]].is_certain
                found[both[1]] = replace(found[both[1]], is_certain=sure)


def _decided(parts: Sequence[CleanTable], replaced: Replaced, decisions: Decisions) -> Replaced:
    """The same with what an analyst has said of it: perhaps the other one counts."""
    said = decisions.of_tables(parts[replaced.table], parts[replaced.by])
    if not said.answer or said.answer == BOTH or said.drops_older:
        return replace(replaced, said=said)
    return replace(replaced, said=said, table=replaced.by, by=replaced.table)


def _last(found: dict[int, Replaced], replaced: Replaced) -> Replaced:
    """The same, naming the table that counts in the end: 1月 is contained in 2月, which 3月 contains."""
    by, seen = replaced.by, {replaced.table}
    while by in found and by not in seen:
        seen.add(by)
        by = found[by].by
    return replace(replaced, by=by)


def _fingerprints(ledger: Ledger, parts: Sequence[CleanTable]) -> list[list[Hashable]]:
    """Of every table, what each record says in the columns that all tables have.

    Where the tables have too few columns in common, only those with the same columns are comparable.
    """
    layouts = [tuple(name for name in ledger.columns if name in part.table.columns) for part in parts]
    shared = [name for name in ledger.columns if all(name in layout for layout in layouts)]
    if len(shared) < max(2, MAJORITY * max(map(len, layouts))):
        return [_records(part, layout, layout) for part, layout in zip(parts, layouts, strict=True)]
    return [_records(part, shared, ()) for part in parts]


def _records(part: CleanTable, columns: Sequence[str], tag: Hashable) -> list[Hashable]:
    return [(tag, key) for key in part.keys(columns)]


def _neighbours(
    prints: Sequence[Sequence[Hashable]], parts: Sequence[CleanTable], decisions: Decisions
) -> set[tuple[int, int]]:
    """Pairs of tables with a record in common that follow each other among all tables that hold it.

    One that is said to count beside its neighbour is compared with the others too: it may have been sent again.
    """
    apart = {number for number, part in enumerate(parts) if decisions.stand_apart(part)}
    holders: dict[Hashable, list[int]] = {}
    for number, keys in enumerate(prints):
        for key in set(keys):
            holders.setdefault(key, []).append(number)
    found = {pair for held in holders.values() for pair in pairwise(held)}
    beside = (
        (min(one, other), max(one, other))
        for held in (holders.values() if apart else ())
        for one in apart.intersection(held)
        for other in held
        if one != other
    )
    return found.union(beside)


Prints = Counter[Hashable]


def _judge(parts: Sequence[CleanTable], prints: Sequence[Sequence[Hashable]], one: int, other: int) -> Replaced | None:
    """What one table is to another that has a record of it; None where both count, as far as the two alone can tell."""
    first, second = Counter(prints[one]), Counter(prints[other])
    common = first & second
    if len(common) < MANY and not _may_be_few(parts[one], parts[other], first, second, common):
        return None
    older, newer = (other, one) if later(parts[one], parts[other]) else (one, other)
    asides = [is_aside(parts[number]) for number in (one, other)]
    for inner, outer, held, holding in ((one, other, first, second), (other, one, second, first)):
        if common.total() != held.total() or asides[outer != one]:
            continue
        if inner == older or (held != holding and not _shortened(parts, inner, outer, held, holding)):
            voids = [_voids(parts[number], prints[number]) & held for number in (one, other)]
            certain = voids[0] == voids[1] or named_as_versions(parts[one], parts[other])
            return Replaced(inner, outer, "contained", certain)
    if all(asides) or not _is_version(parts[one], parts[other], first, second, common):
        return None
    gone, come = ((Counter(prints[a]) - Counter(prints[b])).total() for a, b in ((older, newer), (newer, older)))
    named = named_as_versions(parts[one], parts[other]) and len(common) >= MANY and _most(common, first, second, min)
    return Replaced(older, newer, "version", named and gone <= come and not is_aside(parts[older]), gone)


def _may_be_few(one: CleanTable, other: CleanTable, first: Prints, second: Prints, common: Prints) -> bool:
    """Whether one or two records in common say something: the names are those of versions, or of months that add up."""
    if not common or one.file == other.file:
        return False
    smaller, larger = (one, other) if first.total() <= second.total() else (other, one)
    whole = common.total() == min(first.total(), second.total())
    months = 0 < names_months_up_to(smaller) < names_months_up_to(larger)
    return one_renamed(one, other) or (whole and first != second and (months or named_in_series(one, other)))


def _is_version(one: CleanTable, other: CleanTable, first: Prints, second: Prints, common: Prints) -> bool:
    """Whether two tables are versions of one: they share most records, or are called so and share some."""
    sizes = sorted((first.total(), second.total()))
    if one_renamed(one, other) and named_as_versions(one, other) and sizes[0] >= MAJORITY * sizes[1]:
        return True
    most = _most(common, first, second, max)
    return most or (_most(common, first, second, min) and named_as_versions(one, other))


def _most(common: Prints, first: Prints, second: Prints, of: Callable[[int, int], int]) -> bool:
    return common.total() >= MAJORITY * of(first.total(), second.total())


def _shortened(parts: Sequence[CleanTable], inner: int, outer: int, held: Prints, holding: Prints) -> bool:
    """Whether the smaller of two is called the newer and holds most of the other: rows were taken out, not added."""
    newer = named_as_versions(parts[inner], parts[outer]) and later(parts[inner], parts[outer])
    return newer and held.total() >= MAJORITY * holding.total()


def _voids(part: CleanTable, prints: Sequence[Hashable]) -> Prints:
    return Counter(key for key, fate in zip(prints, part.fates, strict=True) if fate == "cancelled")


def _add_up(parts: Sequence[CleanTable], prints: Sequence[Sequence[Hashable]]) -> list[Replaced]:
    """The tables, too small to tell by themselves, whose records a larger one holds together: months and their year to date.

    Each record is given to the largest table that has it, so that the work grows with the records. Those that are held as
    they are, are contained for certain where the larger table is called the sum or mostly consists of them.
    """
    counts = {number: Counter(keys) for number, keys in enumerate(prints) if not is_aside(parts[number])}
    owners: dict[Hashable, int] = {}
    for number in sorted(counts, key=lambda one: (len(prints[one]), one)):
        owners |= dict.fromkeys(counts[number], number)
    shared: dict[int, dict[int, int]] = {}
    for number, keys in counts.items():
        for key, count in keys.items():
            if (owner := owners[key]) != number:
                held = shared.setdefault(owner, {})
                held[number] = held.get(number, 0) + min(count, counts[owner][key])
    return [found for owner, held in shared.items() for found in _members(parts, prints, owner, held)]


def _members(
    parts: Sequence[CleanTable], prints: Sequence[Sequence[Hashable]], owner: int, held: dict[int, int]
) -> Iterator[Replaced]:
    """The tables that are parts of `owner`; `held`: how many of each one's records it has."""
    size = len(prints[owner])
    members = {
        number: count
        for number, count in held.items()
        if 2 * count >= len(prints[number]) and len(prints[number]) < MAJORITY * size
    }
    rows = sum(len(prints[number]) for number in members)
    common = sum(members.values())
    if len(members) < 2 or common < MANY or common < MAJORITY * rows:
        return
    largest = max(names_months_up_to(parts[number]) for number in members)
    sums = common >= MAJORITY * size or names_months_up_to(parts[owner]) >= max(1, largest)
    for number, count in members.items():
        if count == len(prints[number]):
            yield Replaced(number, owner, "contained", sums)
        else:
            yield Replaced(number, owner, "version", False, len(prints[number]) - count)


def row_span(part: CleanTable) -> Iterator[str]:
    """The rows of a table's records in words: 第 3—14 行."""
    numbers = part.entries.numbers
    if numbers:
        yield f"第 {numbers[0]}—{numbers[-1]} 行" if len(numbers) > 1 else f"第 {numbers[0]} 行"
