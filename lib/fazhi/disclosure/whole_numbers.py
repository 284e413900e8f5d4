"""Whether whole numbers, none negative, can meet inequalities: the question that the audit of a publication asks.

One solution is known, the true numbers. A walk from there in small steps finds another where there is one, nearly always;
where there is none, weights of the inequalities show it (Farkas), or halving the ranges of a few unknowns does. What none of
these settles goes to HiGHS, which is exact but takes longer to be loaded than all else together.
"""

from collections.abc import Sequence
from math import floor, inf
from typing import Any, NamedTuple

import numpy as np

MOVES = 25  # of a walk
DIVIDED = 60  # ranges that a search divides
ROUNDS = 20  # of propagation: bounds of rates may creep
LARGEST = 80  # unknowns of a walk: it looks at every pair
_SLACK = 1e-6  # of sums of floating-point weights


class Line(NamedTuple):
    """An inequality: unknowns with their weights, the least and the most of the sum."""

    terms: list[tuple[int, float]]
    low: float
    high: float


class Program:
    """Inequalities of whole numbers from 0 to `ceiling`; the sum of some unknowns is asked about.

    Parameters
    ----------
    table, low, high
        A row an inequality: weights of the unknowns, the least and the most of the sum.
    asked
        Which unknowns are asked about.
    truth
        Numbers that meet all of it.
    """

    def __init__(self, table: Any, low: Any, high: Any, asked: Any, truth: Any, ceiling: int) -> None:
        self._table, self._low, self._high, self._asked = table, low, high, asked
        self._truth, self._ceiling = np.asarray(truth, dtype=int), ceiling

    @property
    def key(self) -> bytes:
        """Equal for programs that have the same solutions."""
        return b"|".join(one.tobytes() for one in (self._table, self._low, self._high, self._asked))

    def allows(self, least: float, most: float) -> bool:
        """Whether the sum that is asked about can lie between these two."""
        table = np.vstack([self._table, self._asked])
        low, high = np.append(self._low, least), np.append(self._high, most)
        if len(self._truth) <= LARGEST and _walks(table, low, high, self._truth):
            return True
        if _is_refuted(table, low, high, self._ceiling):
            return False
        found = self._divides(table, low, high)
        return self._solved(table, low, high) if found is None else found

    def _divides(self, table: Any, low: Any, high: Any) -> bool | None:
        """Whether there is a solution, as far as it is known soon. Inequalities that tell the unknowns asked about apart are
        left out, and unknowns that the others do not tell apart are one."""
        alike = (table[:, self._asked] == table[:, self._asked][:, :1]).all(axis=1)
        merged, size = np.unique(table[alike], axis=1, return_counts=True)
        found = _divided(merged, low[alike], high[alike], (size * self._ceiling).tolist())
        return found if found is False or alike.all() else None

    def _solved(self, table: Any, low: Any, high: Any) -> bool:
        from scipy.optimize import Bounds, LinearConstraint, milp

        size = table.shape[1]
        found = milp(
            np.zeros(size), constraints=LinearConstraint(table, low, high),
            integrality=np.ones(size), bounds=Bounds(0, self._ceiling),
        )  # fmt: skip
        return bool(found.success)


def _walks(table: Any, low: Any, high: Any, truth: Any) -> bool:
    """Whether a walk from the truth meets all inequalities: each time the step that leaves them least unmet, and leads to
    numbers that it has not been at. A step moves one from one unknown to another, or one unknown by one."""
    table, low, high = _scaled(table, low, high)
    steps = _steps(len(truth))
    effects, numbers, been = table @ steps, truth, {truth.tobytes()}
    for _ in range(MOVES):
        sums = table @ numbers
        if max((low - sums).max(), (sums - high).max()) < _SLACK:
            return True
        after = sums[:, None] + effects
        unmet = (np.maximum(low[:, None] - after, 0) + np.maximum(after - high[:, None], 0)).sum(axis=0)
        unmet[(steps < -numbers[:, None]).any(axis=0)] = inf
        for choice in np.argsort(unmet, kind="stable")[: 2 * MOVES]:
            there = numbers + steps[:, choice]
            if unmet[choice] < inf and there.tobytes() not in been:
                break
        else:
            return False
        numbers = there
        been.add(there.tobytes())
    return False


def _steps(size: int) -> Any:
    """A column a step."""
    one = np.eye(size, dtype=int)
    pairs = (one[:, :, None] - one[:, None, :]).reshape(size, -1)
    return np.hstack([pairs[:, pairs.any(axis=0)], one, -one])


def _scaled(table: Any, low: Any, high: Any) -> tuple[Any, Any, Any]:
    """The same inequalities, each with 1 as its largest weight."""
    scale = 1 / np.maximum(np.abs(table).max(axis=1), _SLACK)
    return table * scale[:, None], low * scale, high * scale


# --- weights ---------------------------------------------------------------------------------------------------------


def _is_refuted(table: Any, low: Any, high: Any, ceiling: int) -> bool:
    """Whether weights of the inequalities show that no numbers meet them, not even broken ones (Farkas).

    They are what the nearest numbers leave unmet; that they do show it is looked at, so that it matters little how exact
    they are.
    """
    table, low, high = _scaled(table, low, high)
    equal = low == high
    above, below = ~equal & (low > -inf), ~equal & (high < inf)
    rows = np.vstack([table[equal], table[above], -table[below]])
    ends = np.concatenate([low[equal], low[above], -high[below]])
    spare = np.eye(len(rows))[:, equal.sum() :]
    weights = _unmet_by_nearest(np.hstack([rows, -spare]), ends)
    weights[equal.sum() :] = np.maximum(weights[equal.sum() :], 0)
    return bool(weights @ ends - ceiling * np.maximum(weights @ rows, 0).sum() > _SLACK)


def _unmet_by_nearest(table: Any, ends: Any) -> Any:
    """What numbers that are not negative leave unmet where they come nearest (least squares: Lawson and Hanson, 1974, ch. 23)."""
    size = table.shape[1]
    used, numbers, left = np.zeros(size, dtype=bool), np.zeros(size), ends
    for _ in range(3 * size):
        gain = np.where(used, -inf, left @ table)
        if gain.max() < _SLACK / 100:
            break
        used[gain.argmax()] = True
        for _ in range(size):
            free = np.zeros(size)
            free[used] = np.linalg.lstsq(table[:, used], ends, rcond=None)[0]
            short = used & (free <= 0)
            if not short.any():
                break
            part = (numbers[short] / np.maximum(numbers[short] - free[short], _SLACK**2)).min()
            numbers = numbers + part * (free - numbers)
            used &= numbers > _SLACK / 1000
            numbers[~used] = 0
        numbers = free
        left = ends - table @ numbers
    return left


# --- bounds ----------------------------------------------------------------------------------------------------------


def _divided(table: Any, low: Any, high: Any, ceilings: list[int]) -> bool | None:
    """Whether there is a solution, by halving the narrowest range again and again; None where that is not known soon."""
    lines = [
        Line([(place, float(row[place])) for place in row.nonzero()[0].tolist()], least, most)
        for row, least, most in zip(table.astype(float), low.tolist(), high.tolist(), strict=True)
    ]
    waiting = [([0] * len(ceilings), ceilings)]
    for _ in range(DIVIDED):
        if not waiting:
            return False
        lows, highs = waiting.pop()
        if not _propagates(lines, lows, highs):
            continue
        width, place = min(
            (
                (most - least, place)
                for place, (least, most) in enumerate(zip(lows, highs, strict=True))
                if most > least
            ),
            default=(0, 0),
        )
        if not width and _propagates(lines, lows, highs):  # once more: the last bound may have moved at the very end
            return True
        if not width:
            continue
        middle = lows[place] + width // 2
        waiting.append(([*lows[:place], middle + 1, *lows[place + 1 :]], highs.copy()))
        waiting.append((lows, [*highs[:place], middle, *highs[place + 1 :]]))
    return None


def _propagates(lines: Sequence[Line], lows: list[int], highs: list[int]) -> bool:
    """Narrow the bounds to what the inequalities leave; False where they leave nothing."""
    for _ in range(ROUNDS):
        moved = False
        for line in lines:
            narrowed = _narrow(line, lows, highs)
            if narrowed is None:
                return False
            moved |= narrowed
        if not moved:
            break
    return True


def _narrow(line: Line, lows: list[int], highs: list[int]) -> bool | None:
    """Whether an inequality narrowed a bound; None where it cannot be met."""
    least = sum(weight * (lows if weight > 0 else highs)[place] for place, weight in line.terms)
    most = sum(weight * (highs if weight > 0 else lows)[place] for place, weight in line.terms)
    above, below = line.high - least, most - line.low  # how far the sum may rise from its least, and fall from its most
    if above < -_SLACK or below < -_SLACK:
        return None
    moved = False
    for place, weight in line.terms:
        width, size = highs[place] - lows[place], abs(weight)
        rise = width if above == inf else min(width, floor((above + _SLACK) / size))
        fall = width if below == inf else min(width, floor((below + _SLACK) / size))
        if rise < width or fall < width:
            up, down = (rise, fall) if weight > 0 else (fall, rise)
            lows[place], highs[place] = highs[place] - down, lows[place] + up
            moved = True
        if lows[place] > highs[place]:
            return None
    return moved
