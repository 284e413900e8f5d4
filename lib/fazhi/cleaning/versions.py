"""Tables of one ledger compared as wholes: sent twice, cumulative months, a newer version of the same table.

Every record of a table has a fingerprint: its values in the columns that all tables of the ledger have. Two tables are
compared only where they hold a record in common and stand next to each other among those that do, so that the work grows
with the number of records, not with the square of the number of files. Exact matching of whole records, then of
what names them, is the deterministic record linkage of official statistics (Herzog, Scheuren & Winkler, Data Quality and
Record Linkage Techniques, 2007, ch. 8).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from fazhi.cleaning.added_up import add_up
from fazhi.cleaning.decided import BOTH, Decisions
from fazhi.cleaning.masked_copies import masked_copies
from fazhi.cleaning.monthly_sums import monthly_sums
from fazhi.cleaning.probable_versions import probable_versions
from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.replaced import MAJORITY, MANY, Counts, Replaced
from fazhi.cleaning.reporters import Places
from fazhi.cleaning.shared_records import in_common
from fazhi.cleaning.version_names import (
    is_aside,
    later,
    named_as_versions,
    named_in_series,
    names_months_up_to,
    one_renamed,
    says_to_replace,
)
from fazhi.dictionary.models import Ledger


@dataclass(frozen=True)
class _Prints:
    """The records of a table, each by a number that equal records share, in step with its fates; and how often it has each."""

    keys: Sequence[int]
    counts: Counts


def compare_tables(ledger: Ledger, parts: Sequence[CleanTable], decisions: Decisions, places: Places) -> list[Replaced]:
    """The tables that another one replaces, each once; and, with that answer, those said to count beside another.

    A table wholly contained in another is replaced by it (cumulative months, the same file sent twice). Of two tables that
    share most of their records the one whose name says so, else the later one, is the newer version. What an analyst has
    decided goes before either.
    """
    prints = _fingerprints(ledger, parts)
    judged = _judge_all(parts, prints, _neighbours(prints, parts, decisions))
    judged += probable_versions(ledger, parts, judged, places)
    done = {known.table for known in judged}
    judged += [known for known in add_up(parts, [own.counts for own in prints]) if known.table not in done]
    done = {known.table for known in judged}
    judged += [
        known for known in (*monthly_sums(ledger, parts), *masked_copies(ledger, parts)) if known.table not in done
    ]
    decided = [_decided(parts, _doubted(parts, replaced, places), decisions) for replaced in judged]
    found: dict[int, Replaced] = {}
    for replaced in sorted(decided, key=lambda one: (not one.said.answer, one.relation == "overlap")):
        if replaced.said.answer != BOTH and _last(found, replaced).by != replaced.table:
            found.setdefault(replaced.table, replaced)
    beside = [one for one in decided if one.said.answer == BOTH]
    _keep_apart(found, beside, [len(part.fates) for part in parts])
    return beside + [_last(found, replaced) for replaced in found.values()]


def _judge_all(parts: Sequence[CleanTable], prints: Sequence[_Prints], pairs: set[tuple[int, int]]) -> list[Replaced]:
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


def _doubted(parts: Sequence[CleanTable], replaced: Replaced, places: Places) -> Replaced:
    """The same, not certain of tables of two villages: one may have copied the other's, or both have had the same days."""
    two = places.are_two_villages(parts[replaced.table], parts[replaced.by])
    return replace(replaced, is_certain=False) if two else replaced


def _decided(parts: Sequence[CleanTable], replaced: Replaced, decisions: Decisions) -> Replaced:
    """The same with what an analyst has said of it: perhaps the other one counts."""
    said = decisions.of_tables(parts[replaced.table], parts[replaced.by])
    if not said.answer or said.answer == BOTH or said.drops_older:
        return replace(replaced, said=said)
    return replace(replaced, said=said, table=replaced.by, by=replaced.table)


def _last(found: dict[int, Replaced], replaced: Replaced) -> Replaced:
    """The same, naming the table that counts in the end: 1月 is contained in 2月, of which 3月 is a newer version.

    What it is to that one, the links between say: a version where one of them is, and no longer contained for certain.
    """
    by, relation, seen = replaced.by, replaced.relation, {replaced.table}
    while relation != "overlap" and by in found and by not in seen and found[by].relation != "overlap":
        seen.add(by)
        if _is_settled(found[by]) and found[by].relation == "version":
            relation = "version"
        by = found[by].by
    return replace(replaced, by=by, relation=relation)


def _is_settled(replaced: Replaced) -> bool:
    return replaced.is_certain or bool(replaced.said.answer)


def _fingerprints(ledger: Ledger, parts: Sequence[CleanTable]) -> list[_Prints]:
    """Of every table, what each record says in the columns that all tables have.

    Where the tables have too few columns in common, only those with the same columns are comparable.
    """
    layouts = [tuple(name for name in ledger.columns if name in part.table.columns) for part in parts]
    shared = tuple(name for name in ledger.columns if all(name in layout for layout in layouts))
    few = len(shared) < max(2, MAJORITY * max(map(len, layouts)))
    numbers: dict[Hashable, int] = {}
    made = []
    for part, layout in zip(parts, layouts, strict=True):
        said = part.keys(layout if few else shared)
        keys = [numbers.setdefault(key, len(numbers)) for key in (((layout, one) for one in said) if few else said)]
        made.append(_Prints(keys, Counter(keys)))
    return made


def _neighbours(prints: Sequence[_Prints], parts: Sequence[CleanTable], decisions: Decisions) -> set[tuple[int, int]]:
    """Pairs of tables with a record in common that follow each other in time among all tables that hold it.

    One that is said to count beside its neighbour is compared with the others too: it may have been sent again.
    """
    apart = {number for number, part in enumerate(parts) if decisions.stand_apart(part)}
    holders: dict[int, list[int]] = {}
    for number in sorted(range(len(parts)), key=lambda one: (parts[one].until or date.min, one)):
        for key in prints[number].counts:
            holders.setdefault(key, []).append(number)
    found = {(min(pair), max(pair)) for held in holders.values() for pair in pairwise(held)}
    beside = (
        (min(one, other), max(one, other))
        for held in (holders.values() if apart else ())
        for one in apart.intersection(held)
        for other in held
        if one != other
    )
    return found.union(beside)


def _judge(parts: Sequence[CleanTable], prints: Sequence[_Prints], one: int, other: int) -> Replaced | None:
    """What one table is to another that has a record of it; None where both count, as far as the two alone can tell."""
    first, second = prints[one].counts, prints[other].counts
    common = in_common(first, second)
    if len(common) < MANY and not _may_be_few(parts[one], parts[other], first, second, common):
        return None
    older, newer = (other, one) if later(parts[one], parts[other], of_versions=True) else (one, other)
    asides = [is_aside(parts[number]) for number in (one, other)]
    for inner, outer, held, holding in ((one, other, first, second), (other, one, second, first)):
        if common.total() != held.total() or asides[outer != one]:
            continue
        if inner == older or (held != holding and not _shortened(parts, inner, outer, held, holding)):
            voids = [in_common(_voids(parts[number], prints[number]), held) for number in (one, other)]
            certain = voids[0] == voids[1] or named_as_versions(parts[one], parts[other])
            return Replaced(inner, outer, "contained", certain)
    if all(asides) or not _is_version(parts[one], parts[other], first, second, common):
        return None
    if not any(asides) and _follows(parts[newer], prints[newer].keys, parts[older], prints[older].keys):
        return Replaced(older, newer, "overlap", True)
    gone, come = (prints[number].counts.total() - common.total() for number in (older, newer))
    named = named_as_versions(parts[one], parts[other]) and len(common) >= MANY and _most(common, first, second, min)
    return Replaced(older, newer, "version", named and gone <= come and not is_aside(parts[older]), gone)


def _follows(newer: CleanTable, held: Sequence[int], older: CleanTable, holding: Sequence[int]) -> bool:
    """Whether one table goes on where another ends, with some days in common: what each has alone lies before or after all
    of the other, as in files of the last three months. Not where the names say that one is to replace the other."""
    if says_to_replace(newer, older) or not newer.days or None in (*newer.days, *older.days):
        return False
    both = {*held} & {*holding}
    before = [day for day, key in zip(older.days, holding, strict=True) if key not in both]
    after = [day for day, key in zip(newer.days, held, strict=True) if key not in both]
    return bool(before and after) and _before(before, newer.days) and _before(older.days, after)


def _before(some: Sequence[date | None], others: Sequence[date | None]) -> bool:
    """Whether all days of the first lie before all of the others."""
    return max(filter(None, some), default=date.max) < min(filter(None, others), default=date.min)


def _may_be_few(one: CleanTable, other: CleanTable, first: Counts, second: Counts, common: Counts) -> bool:
    """Whether one or two records in common say something: the names are those of versions, or of months that add up."""
    if not common or one.file == other.file:
        return False
    smaller, larger = (one, other) if first.total() <= second.total() else (other, one)
    whole = common.total() == min(first.total(), second.total())
    months = 0 < names_months_up_to(smaller) < names_months_up_to(larger)
    return one_renamed(one, other) or (whole and first != second and (months or named_in_series(one, other)))


def _is_version(one: CleanTable, other: CleanTable, first: Counts, second: Counts, common: Counts) -> bool:
    """Whether two tables are versions of one: they share most records, or are called so and share some."""
    sizes = sorted((first.total(), second.total()))
    if one_renamed(one, other) and named_as_versions(one, other) and sizes[0] >= MAJORITY * sizes[1]:
        return True
    most = _most(common, first, second, max)
    return most or (_most(common, first, second, min) and named_as_versions(one, other))


def _most(common: Counts, first: Counts, second: Counts, of: Callable[[int, int], int]) -> bool:
    return common.total() >= MAJORITY * of(first.total(), second.total())


def _shortened(parts: Sequence[CleanTable], inner: int, outer: int, held: Counts, holding: Counts) -> bool:
    """Whether the smaller of two is called the newer and holds most of the other: rows were taken out, not added."""
    newer = named_as_versions(parts[inner], parts[outer]) and later(parts[inner], parts[outer], of_versions=True)
    return newer and held.total() >= MAJORITY * holding.total()


def _voids(part: CleanTable, prints: _Prints) -> Counts:
    if "cancelled" not in part.fates:
        return Counter()
    return Counter(key for key, fate in zip(prints.keys, part.fates, strict=True) if fate == "cancelled")
