"""What an outsider can still work out from published sums: for every small count, the least and the most it can be."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Interval = tuple[int, int]


@dataclass(frozen=True)
class Statement:
    """A published number: the counts of `members` add up to `total`."""

    members: frozenset[Hashable]
    total: int


@dataclass(frozen=True)
class Audit:
    """How many small counts a set of statements covers, and the fewest values that any of them may have to an outsider."""

    small: int = 0
    minimum: int | None = None

    def exposes(self, threshold: int) -> bool:
        """Whether a small count is pinned down to fewer than `threshold` values."""
        return self.minimum is not None and self.minimum < threshold

    def __add__(self, other: "Audit") -> "Audit":
        known = [one.minimum for one in (self, other) if one.minimum is not None]
        return Audit(self.small + other.small, min(known, default=None))


def audit(counts: Mapping[Hashable, int], statements: Sequence[Statement], threshold: int) -> Audit:
    """The audit of the small counts (1 … threshold - 1) among `counts`.

    Where another category stands in the same statements throughout, the two can be exchanged, and no program is needed.
    """
    alike: dict[tuple[bool, ...], list[int]] = {}
    small = {}
    for name, count in counts.items():
        stands = tuple(name in one.members for one in statements)
        alike.setdefault(stands, []).append(count)
        if 0 < count < threshold:
            small[name] = stands
    possible = [_possible(name, counts[name], alike[stands], statements, threshold) for name, stands in small.items()]
    return Audit(len(possible), min(possible, default=None))


def _possible(name: Hashable, count: int, alike: Sequence[int], statements: Sequence[Statement], threshold: int) -> int:
    """How many values a count may have to an outsider; at least so many where that is enough. `alike`: the counts that stand
    in the same statements, this one among them."""
    others = list(alike)
    others.remove(count)
    exchanged = 1 + (count + max(others) if others else 0)
    if exchanged >= threshold:
        return exchanged
    minimum, maximum = feasible_interval(name, statements)
    return maximum - minimum + 1


def feasible_interval(name: Hashable, statements: Sequence[Statement]) -> Interval:
    """The least and the most that one count can be to an outsider, all counts being whole and none negative.

    Integer programming over the statements (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4: audit).

    Parameters
    ----------
    name
        Whose count.
    statements
        What is published: sums of counts.

    Returns
    -------
    tuple of int
        Minimum and maximum. Of a count of which nothing is told the largest total stands in for the maximum.

    >>> feasible_interval("a", [Statement(frozenset("ab"), 5), Statement(frozenset("bc"), 2), Statement(frozenset("c"), 1)])
    (4, 4)
    """
    import numpy as np
    from scipy.optimize import LinearConstraint, milp

    names = sorted({member for one in statements for member in one.members} | {name}, key=str)
    ceiling = max((one.total for one in statements), default=0)
    wanted = np.array([float(member == name) for member in names])
    rows = np.array([[float(member in one.members) for member in names] for one in statements]).reshape(-1, len(names))
    totals = np.array([one.total for one in statements], dtype=float)
    settings = {
        "constraints": [LinearConstraint(rows, totals, totals), LinearConstraint(np.eye(len(names)), 0, ceiling)],
        "integrality": np.ones(len(names)),
    }
    minimum, maximum = milp(wanted, **settings), milp(-wanted, **settings)
    return round(minimum.fun), round(-maximum.fun)
