"""Tables of a ledger that names no record, most of whose rows are those of another table with other numbers."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.replaced import MAJORITY, MANY, Replaced
from fazhi.cleaning.reporters import Places
from fazhi.cleaning.version_names import is_aside, later, one_renamed
from fazhi.dictionary.models import Ledger


def probable_versions(
    ledger: Ledger, parts: Sequence[CleanTable], judged: Sequence[Replaced], places: Places
) -> list[Replaced]:
    """Of a ledger that names no record, tables most of whose rows are probably those of another with other numbers: never certain.

    One or two rows say so where they are all there is and the files are called versions of one. Tables of two villages or two
    offices are no versions.
    """
    if ledger.identity:
        return []
    names = [[key for key in part.names([weak_way(ledger)])[0] if key] for part in parts]
    known = {frozenset((one.table, one.by)) for one in judged}
    replaced = {one.table for one in judged}
    found = []
    for one, other in sorted(_adjacent(names)):
        first, second = parts[one], parts[other]
        apart = is_aside(first) != is_aside(second) or places.differ(first, second)
        if apart or frozenset((one, other)) in known or {one, other} & replaced:
            continue
        older, newer = (other, one) if later(first, second, of_versions=True) else (one, other)
        common = Counter(names[older]) & Counter(names[newer])
        sizes = [len(parts[number].fates) for number in (older, newer)]
        few = common.total() == max(sizes) and one_renamed(first, second)
        if few or (len(common) >= MANY and common.total() >= MAJORITY * max(sizes)):
            found.append(Replaced(older, newer, "version", False, sizes[0] - common.total()))
    return found


def weak_way(ledger: Ledger) -> Sequence[str]:
    """The columns by which a row of a ledger that names no record is known again: what makes it probable, else its day and kinds."""
    kinds = {"date", "vocabulary", "office", "village"}
    return next(iter(ledger.probable_identity), None) or [n for n, c in ledger.columns.items() if c.kind in kinds]


def _adjacent(keys: Sequence[Sequence[Hashable]]) -> set[tuple[int, int]]:
    """Pairs of tables that follow each other among all that hold a key."""
    holders: dict[Hashable, list[int]] = {}
    for number, held in enumerate(keys):
        for key in set(held):
            holders.setdefault(key, []).append(number)
    return {pair for held in holders.values() for pair in pairwise(held)}
