"""Seasons: months in which a type, or the whole town, has more every year.

Scan over runs of up to six calendar months, also over New Year, for a larger share (Wallenstein & Naus's circular scan; Hewitt
et al., Am. J. Epidemiol. 94, 1971, for ranks), its chance by reshuffling the months within each year: a single busy month
is in every shuffle, so only what recurs can stand out. What does not recur in nearly all years is no season.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.trends.monthly_counts import Array, Grid, intensity, likelihood, p_values, shuffles

LONGEST = 6
MINIMUM_YEARS = 2
_WINDOWS = [(start, length) for length in range(1, LONGEST + 1) for start in range(12)]
_INSIDE = np.array([[(month - start) % 12 < length for month in range(12)] for start, length in _WINDOWS], dtype=float)


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
    if grid.full_years < MINIMUM_YEARS or not groups:
        return []
    orders = shuffles(grid.years, grid.seen)
    gains = np.stack([scan(row[orders], base[orders], shares, grid.months) for row in counts])
    p_value = p_values(gains.max(axis=2))
    found = []
    for i, group in enumerate(groups):
        start, length = _WINDOWS[int(gains[i, 0].argmax())]
        inside = np.isin(grid.months, [(start + k) % 12 + 1 for k in range(length)])
        if recurs(counts[i], base, inside, grid):
            expected = counts[i].sum() * base[inside].sum() / base.sum()
            counted = (int(counts[i].sum()), int(counts[i][inside].sum()), float(expected))
            found.append(Season(group, start + 1, length, *counted, p_value=float(p_value[i])))
    return sorted(found, key=lambda one: (one.p_value, one.group))


def scan(events: Array, base: Array, shares: bool, months: NDArray[np.int64]) -> Array:
    """Gain in log-likelihood of a larger share in each window, for each row (draw); 0 where the share is smaller."""
    measure = likelihood if shares else intensity
    windows = np.eye(12)[months - 1] @ _INSIDE.T
    inside, base_inside = events @ windows, base @ windows
    all_events, all_base = events.sum(axis=1, keepdims=True), base.sum(axis=1, keepdims=True)
    gain = measure(inside, base_inside) + measure(all_events - inside, all_base - base_inside)
    gain = gain - measure(all_events, all_base)
    return np.where(inside * all_base > all_events * base_inside, np.maximum(gain, 0.0), 0.0)


def recurs(events: Array, base: Array, inside: NDArray[np.bool_], grid: Grid) -> bool:
    """Whether the share is larger in the season in every year, one year of four or more excepted."""
    larger = []
    for year in np.unique(grid.years[grid.seen]):
        of_year = grid.years == year
        within, without = of_year & inside, of_year & ~inside
        if base[within].sum() and base[without].sum() and events[of_year].sum():
            larger.append(events[within].sum() * base[without].sum() > events[without].sum() * base[within].sum())
    return len(larger) >= MINIMUM_YEARS and larger.count(False) <= (1 if len(larger) > 3 else 0)
