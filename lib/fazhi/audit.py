"""What an outsider can still work out from published sums: for every small count, the least and the most it can be."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Statement:
    """A published number: the counts of `members` add up to `total`."""

    members: frozenset[Hashable]
    total: int


def exposed(counts: Mapping[Hashable, int], told: Sequence[Statement], threshold: int) -> dict[Hashable, Bounds]:
    """The small counts (1 … threshold - 1) that the statements pin down to fewer than `threshold` values."""
    small = [
        name for name, count in counts.items() if 0 < count < threshold and not _hides(name, counts, told, threshold)
    ]
    found = {name: bounds(name, told) for name in small}
    return {name: (least, most) for name, (least, most) in found.items() if most - least + 1 < threshold}


def _hides(name: Hashable, counts: Mapping[Hashable, int], told: Sequence[Statement], threshold: int) -> bool:
    """Whether another category stands in the same statements throughout: the two can be exchanged, so no sum tells them apart."""
    mine = [name in one.members for one in told]
    others = (other for other in counts if other != name and [other in one.members for one in told] == mine)
    return any(counts[name] + counts[other] >= threshold - 1 for other in others)


def bounds(name: Hashable, told: Sequence[Statement]) -> Bounds:
    """The least and the most that one count can be, all counts being whole and none negative.

    Integer programming over the statements (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4: audit). A count
    of which nothing is told has no upper bound: the largest total stands in for it.
    """
    import numpy as np
    from scipy.optimize import LinearConstraint, milp

    names = sorted({member for one in told for member in one.members} | {name}, key=str)
    ceiling = max((one.total for one in told), default=0)
    wanted = np.array([float(member == name) for member in names])
    rows = np.array([[float(member in one.members) for member in names] for one in told]).reshape(-1, len(names))
    totals = np.array([one.total for one in told], dtype=float)
    settings = {
        "constraints": [LinearConstraint(rows, totals, totals), LinearConstraint(np.eye(len(names)), 0, ceiling)],
        "integrality": np.ones(len(names)),
    }
    least, most = milp(wanted, **settings), milp(-wanted, **settings)
    return round(least.fun), round(-most.fun)
