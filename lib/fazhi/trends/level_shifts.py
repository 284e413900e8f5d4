"""Steps: a month from which a village, a type or the whole town keeps another level.

Likelihood-ratio scan over all months for one change (Hawkins, Testing a sequence of observations for a shift in location,
JASA 72, 1977; for Poisson and binomial counts Worsley, Biometrika 70, 1983), its chance by reshuffling the years within
each calendar month: what recurs every year is in every shuffle, so a season is never taken for a step. A village and a
type are measured against the rest of the town, so that what moves everything is not found in each.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.trends.monthly_counts import Array, Grid, intensity, likelihood, p_values, shuffles

SHORTEST = 3  # months on either side
LARGE_STEP = 1.5
ALIGNED = 2.0  # log-likelihood; a year that fits so nearly as well as the best month is taken for the ledger's own
YEARS_BY_MONTH = (
    3  # from so many years on, months change places with the same month of other years; below, within quarters
)


@dataclass(frozen=True)
class Break:
    """From month `at` (an index of the grid) on, `group` is at another level; `gain` in log-likelihood."""

    group: str
    at: int
    gain: float
    p_value: float


def strata(grid: Grid) -> NDArray[np.int64]:
    """Which months may change places. A single year cannot tell season from step: there all of them."""
    years = len(np.unique(grid.years[grid.seen]))
    if years >= YEARS_BY_MONTH:
        return grid.months
    return (grid.months - 1) // 3 if years > 1 else np.zeros_like(grid.months)


def group_breaks(grid: Grid) -> list[Break]:
    """The best break of each group's share, surest first."""
    if not grid.groups:
        return []
    orders = shuffles(strata(grid), grid.seen)
    whole = grid.total[orders]
    gains = np.stack([scan(row[orders], whole, shares=True) for row in grid.counts])
    return _ranked(list(grid.groups), gains, grid)


def ledger_years(grid: Grid) -> frozenset[tuple[str, int]]:
    """Groups and years where a share leaps up just with the year's ledger: the year explains the months about as well as the
    best step at any month does. Records seldom keep to the calendar year; what is entered in a ledger does."""
    found = []
    every = np.unique(grid.years[grid.seen])
    for group, row in zip(grid.groups, grid.counts, strict=True):
        best = float(scan(row[None], grid.total[None], shares=True).max())
        for year in every if len(every) > 1 else []:
            own = grid.years == year
            parts, wholes = (np.array([v[own].sum(), v[~own].sum(), v.sum()]) for v in (row, grid.total))
            gain = float(likelihood(parts, wholes) @ [1, 1, -1])
            if parts[0] * wholes[2] > parts[2] * wholes[0] and gain >= best - ALIGNED:
                found.append((group, int(year)))
    return frozenset(found)


def total_break(grid: Grid) -> list[Break]:
    """The best break of the town's rate per day, if it is better placed than any New Year.

    A change at New Year is a change against last year, and told as one. Levels of years drift in every town, so only a
    large step (`LARGE_STEP` times) counts.
    """
    orders = shuffles(strata(grid), grid.seen)
    gains = scan(grid.total[orders], grid.days[orders], shares=False)[None]
    best = _ranked(["合计"], gains, grid)
    januaries = gains[0, 0][np.isin(np.arange(gains.shape[2]), np.flatnonzero(grid.months == 1))]
    return [one for one in best if one.gain - januaries.max(initial=0.0) > 5.0 and _large(grid, one.at)]


def _large(grid: Grid, at: int) -> bool:
    before, after = (grid.total[part].sum() / grid.days[part].sum() for part in (slice(0, at), slice(at, None)))
    return bool(max(before, after) >= LARGE_STEP * min(before, after))


def scan(events: Array, base: Array, shares: bool) -> Array:
    """Gain in log-likelihood of a change before month t, for each row and t; 0 where a side is too short.

    `events` and `base` hold a row a draw and a column a month; `shares`: events are part of the base, else base is exposure.
    """
    measure = likelihood if shares else intensity
    before, base_before = _before(events), _before(base)
    all_events, all_base = events.sum(axis=1, keepdims=True), base.sum(axis=1, keepdims=True)
    gain = measure(before, base_before) + measure(all_events - before, all_base - base_before)
    gain = gain - measure(all_events, all_base)
    months = (base[:1] > 0).cumsum(axis=1) - (base[:1] > 0)  # months with anything in them before t
    long_enough = (months >= SHORTEST) & (months[:, -1:] + 1 - months >= SHORTEST)
    return np.where(long_enough, np.maximum(gain, 0.0), 0.0)


def _before(values: Array) -> Array:
    return values.cumsum(axis=1) - values


def _ranked(groups: list[str], gains: Array, grid: Grid) -> list[Break]:
    p_value = p_values(gains.max(axis=2))
    found = [
        Break(group, int(gains[i, 0].argmax()), float(gains[i, 0].max()), float(p_value[i]))
        for i, group in enumerate(groups)
    ]
    return sorted(found, key=lambda one: (-one.gain, one.group))
