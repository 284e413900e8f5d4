"""Seasons: months in which a type, or the whole town, has more every year.

Scan over runs of up to six calendar months, also over New Year, for a larger share (Wallenstein & Naus's circular scan): what a
group has in them among all that it has, a binomial whose counts are divided by the scatter that is left once the season is
taken out. The chance of the best run is that of one comparison times how many of them the runs amount to, by Holm over the groups.
A single busy month makes the scatter large; and what does not recur in nearly all years is no season.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.trends.chances import upper_tail
from fazhi.trends.change_tests import holm
from fazhi.trends.monthly_counts import Array, Grid
from fazhi.trends.scatter import month_spread

LONGEST = 6
MINIMUM_YEARS = 2
RUNS = 35  # independent comparisons to which the 72 runs of months amount, by simulation
_WINDOWS = [(start, length) for length in range(1, LONGEST + 1) for start in range(12)]
_INSIDE = np.array([[(month - start) % 12 < length for month in range(12)] for start, length in _WINDOWS])


@dataclass(frozen=True)
class Season:
    """`group` has more in `length` months from `start` (1–12). `inside` of its `events`, `expected` were they even."""

    group: str
    start: int
    length: int
    events: int
    inside: int
    expected: float
    p_value: float

    @property
    def months(self) -> list[int]:
        return [(self.start - 1 + i) % 12 + 1 for i in range(self.length)]


def group_seasons(grid: Grid) -> list[Season]:
    """The best season of each group against the town's own; surest first."""
    return _seasons(list(grid.groups), grid.counts, grid.total, grid, shares=True)


def total_season(grid: Grid) -> list[Season]:
    """The town's season against an even spread over the days of each year."""
    rates = [grid.total[grid.years == year].sum() / max(grid.days[grid.years == year].sum(), 1) for year in grid.years]
    return _seasons(["合计"], grid.total[None], grid.days * np.array(rates), grid, shares=False)


def _seasons(groups: list[str], counts: Array, base: Array, grid: Grid, shares: bool) -> list[Season]:
    if grid.full_years < MINIMUM_YEARS or not groups or not base.sum():
        return []
    sums = counts.sum(axis=1, keepdims=True)
    own = np.maximum(1 - sums / base.sum(), 1e-3) if shares else np.ones_like(sums)
    first = scan(counts, base, own, grid.months).argmin(axis=1)
    chances = scan(counts, base, _scatter(counts, base, own, first, grid, shares), grid.months)
    found = []
    for i, chance in enumerate(holm(np.minimum(chances.min(axis=1) * RUNS, 1.0))):
        start, length = _WINDOWS[int(chances[i].argmin())]
        inside = _inside(int(chances[i].argmin()), grid)
        if recurs(counts[i], base, inside, grid):
            expected = counts[i].sum() * base[inside].sum() / base.sum()
            counted = (int(counts[i].sum()), int(counts[i][inside].sum()), float(expected))
            found.append(Season(groups[i], start + 1, length, *counted, p_value=chance))
    return sorted(found, key=lambda one: (one.p_value, one.group))


def _scatter(counts: Array, base: Array, own: Array, windows: NDArray[np.int64], grid: Grid, shares: bool) -> Array:
    """How much more than by chance a group's months vary once its season (`windows`) is taken out; `own`: what chance does."""
    inside = np.array([_inside(int(window), grid) for window in windows])
    usual = counts.sum(axis=1, keepdims=True) * base / base.sum()

    def level(part: NDArray[np.bool_]) -> Array:
        whole = np.maximum((usual * part).sum(axis=1, keepdims=True), 1e-9)
        return (counts * part).sum(axis=1, keepdims=True) / whole

    fitted = usual * np.where(inside, level(inside), level(~inside))
    month = month_spread(counts, fitted, base if shares else None, np.full(len(counts), 2.0))
    return own + month[:, None] * (fitted**2).sum(axis=1, keepdims=True) / np.maximum(
        counts.sum(axis=1, keepdims=True), 1.0
    )


def _inside(window: int, grid: Grid) -> NDArray[np.bool_]:
    return np.asarray(_INSIDE[window][grid.months - 1])


def scan(counts: Array, base: Array, scatter: Array, months: NDArray[np.int64]) -> Array:
    """The chance of so many in each run of months, by group (rows) and run (columns)."""
    windows = (np.eye(12)[months - 1] @ _INSIDE.T).astype(float)
    share = np.clip((base @ windows) / base.sum(), 1e-9, 1 - 1e-9)
    return upper_tail((counts @ windows) / scatter, counts.sum(axis=1, keepdims=True) / scatter, share)


def recurs(events: Array, base: Array, inside: NDArray[np.bool_], grid: Grid) -> bool:
    """Whether the share is larger in the season in every year, one year of four or more excepted."""
    larger = []
    for year in np.unique(grid.years[grid.seen]):
        of_year = grid.years == year
        within, without = of_year & inside, of_year & ~inside
        if base[within].sum() and base[without].sum() and events[of_year].sum():
            larger.append(events[within].sum() * base[without].sum() > events[without].sum() * base[within].sum())
    return len(larger) >= MINIMUM_YEARS and larger.count(False) <= (1 if len(larger) > 3 else 0)
