"""Tables of a ledger that names no record, most of whose rows are those of another table with other numbers."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.replaced import MAJORITY, MANY, Replaced
from fazhi.cleaning.version_names import is_aside, later
from fazhi.dictionary.models import Ledger


def probable_versions(ledger: Ledger, parts: Sequence[CleanTable], judged: Sequence[Replaced]) -> list[Replaced]:
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
