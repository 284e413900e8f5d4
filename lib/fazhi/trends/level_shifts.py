"""Steps: a month from which a village, a type or the whole town keeps another level.

Scan over all months for one change (Worsley, Biometrika 70, 1983, for binomial and Poisson counts): what a group has after it,
among all that it has, against what its season and the town's months let expect, its counts divided by the scatter that is left
once the step is taken out (quasi-likelihood). The chance of the best month is that of one comparison times how many of them the
months amount to (`comparisons`), by Holm over the groups. A village and a type are measured against the rest of the town, so
that what moves everything is not found in each.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.trends.chances import two_sided
from fazhi.trends.change_tests import USUAL_DRIFT, holm
from fazhi.trends.monthly_counts import Array, Grid, intensity, likelihood
from fazhi.trends.scatter import expected, month_spread, year_spread

SHORTEST = 3  # months on either side
LARGE_STEP = 1.5
ALIGNED = 2.0  # log-likelihood; a year that fits so nearly as well as the best month is taken for the ledger's own
PLAIN = 0.02  # a group with a surer step than this says nothing of how much years differ by themselves


@dataclass(frozen=True)
class Break:
    """From month `at` (an index of the grid) on, `group` is at another level; `p_value` among all groups and months."""

    group: str
    at: int
    p_value: float


@dataclass(frozen=True)
class Splits:
    """Every month as the first after a step: what lies before and after, by group and month. `share`: of what is expected, after."""

    counts: Array
    usual: Array
    before: Array
    after: Array
    share: Array
    years: tuple[Array, Array]  # before, after
    allowed: NDArray[np.bool_]

    @classmethod
    def of(cls, counts: Array, usual: Array, base: Array) -> "Splits":
        seen = base > 0
        months = seen.cumsum() - seen
        left = seen.sum() - months
        before, after = _before(counts), _after(counts)
        sums = np.maximum(usual.sum(axis=1, keepdims=True), 1e-9)
        return cls(
            counts, usual, before, after, np.clip(_after(usual) / sums, 1e-9, 1 - 1e-9),
            (np.maximum(months / 12, 1), np.maximum(left / 12, 1)), seen & (months >= SHORTEST) & (left >= SHORTEST),
        )  # fmt: skip

    def p_values(self, scatter: Array) -> Array:
        """The chance of each split by itself; 1 where it may not lie."""
        chance = two_sided(self.after / scatter, (self.before + self.after) / scatter, self.share)
        return np.where(self.allowed, chance, 1.0)

    def fitted(self, at: NDArray[np.int64]) -> Array:
        """The expectations, each group's at its own level before its month and after."""
        is_after = np.arange(self.counts.shape[1]) >= at[:, None]
        return self.usual * np.where(is_after, self._level(is_after), self._level(~is_after))

    def _level(self, part: NDArray[np.bool_]) -> Array:
        whole = np.maximum((self.usual * part).sum(axis=1, keepdims=True), 1e-9)
        return (self.counts * part).sum(axis=1, keepdims=True) / whole

    def scatter(self, own: Array, month: Array, year: float) -> Array:
        """How much more than by chance the difference of the two sides varies, by group and split; `own`: what chance does."""
        sides = [np.maximum(part(self.usual), 1e-9) for part in (_before, _after)]
        squares = [part(self.usual**2) for part in (_before, _after)]
        parts = [
            (own + month[:, None] * square / side) / side + year / years
            for side, square, years in zip(sides, squares, self.years, strict=True)
        ]
        return (parts[0] + parts[1]) / (1 / sides[0] + 1 / sides[1])


def group_breaks(grid: Grid) -> list[Break]:
    """The best break of each group's share, surest first."""
    return _ranked(grid.groups, _chances(grid.counts, grid.total, grid, shares=True), grid.counts, grid)


def last_year_breaks(grid: Grid) -> list[tuple[str, float]]:
    """Each group's chance that its share of the last year differs so much from that of all years before; uncorrected."""
    chances = _chances(grid.counts, grid.total, grid, shares=True)
    return list(zip(grid.groups, chances[:, -12].tolist(), strict=True))


def _chances(counts: Array, base: Array, grid: Grid, shares: bool) -> Array:
    """The chance of each split by itself, by group and month."""
    if not len(counts):
        return np.ones_like(counts)
    usual, freedom = expected(counts, base, grid)
    splits = Splits.of(counts, usual, base)
    sums = counts.sum(axis=1, keepdims=True)
    own = np.maximum(1 - sums / max(base.sum(), 1e-9), 1e-3) if shares else np.ones_like(sums)
    best = splits.p_values(np.broadcast_to(own, counts.shape)).argmin(axis=1)
    month = month_spread(counts, splits.fitted(best), base if shares else None, 2 + freedom)
    chances = splits.p_values(splits.scatter(own, month, 0.0))
    plain = chances.min(axis=1) * comparisons(sums[:, 0], int((base > 0).sum())) > PLAIN
    year = year_spread(counts, usual, month, grid, plain) if shares else USUAL_DRIFT**2
    return splits.p_values(splits.scatter(own, month, year)) if year else chances


def comparisons(events: Array, months: int) -> Array:
    """How many independent comparisons a scan amounts to: neighbouring months share nearly all of their rows.

    Found by simulation for 24–72 months and 15–600 events (within a fifth at the chances that matter; more than needed for few).
    """
    return (0.75 + months / 32) * np.log(np.maximum(events, math.e))


def _ranked(groups: tuple[str, ...], chances: Array, counts: Array, grid: Grid) -> list[Break]:
    many = comparisons(counts.sum(axis=1), int((grid.total > 0).sum()))
    chance = holm(np.minimum(chances.min(axis=1, initial=1.0) * many, 1.0))
    found = [Break(*one) for one in zip(groups, chances.argmin(axis=1).tolist(), chance, strict=True)]
    return sorted(found, key=lambda one: (one.p_value, one.group))


def total_break(grid: Grid) -> list[Break]:
    """The best break of the town's rate per day, if it is better placed than any New Year.

    A change at New Year is a change against last year, and told as one. Levels of years drift in every town, so only a
    large step (`LARGE_STEP` times) counts.
    """
    total = grid.total[None]
    best = _ranked(("合计",), _chances(total, grid.days, grid, shares=False), total, grid)
    gains = scan(total, grid.days[None], shares=False)[0]
    januaries = gains[grid.months == 1].max(initial=0.0)
    return [one for one in best if gains[one.at] - januaries > 5.0 and _large(grid, one.at)]


def _large(grid: Grid, at: int) -> bool:
    before, after = (grid.total[part].sum() / grid.days[part].sum() for part in (slice(0, at), slice(at, None)))
    return bool(max(before, after) >= LARGE_STEP * min(before, after))


def ledger_years(grid: Grid) -> frozenset[tuple[str, int]]:
    """Groups and years where a share leaps up just with the year's ledger, and back after it: the year explains the months
    about as well as the best step at any month does. Records seldom keep to the calendar year; what is entered in a ledger
    does. Of the last year it cannot be known: what begins in January may stay."""
    found = []
    every = np.unique(grid.years[grid.seen])
    for group, row in zip(grid.groups, grid.counts, strict=True):
        best = float(scan(row[None], grid.total[None], shares=True).max())
        for year in every[:-1]:
            own = grid.years == year
            parts, wholes = (np.array([v[own].sum(), v[~own].sum(), v.sum()]) for v in (row, grid.total))
            gain = float(likelihood(parts, wholes) @ [1, 1, -1])
            if parts[0] * wholes[2] > parts[2] * wholes[0] and gain >= best - ALIGNED:
                found.append((group, int(year)))
    return frozenset(found)


def scan(events: Array, base: Array, shares: bool) -> Array:
    """Gain in log-likelihood of a change before month t, for each row and t; 0 where a side is too short.

    `events` and `base` hold a row a series and a column a month; `shares`: events are part of the base, else base is exposure.
    """
    measure = likelihood if shares else intensity
    before, base_before = _before(events), _before(base)
    gain = measure(before, base_before) + measure(_after(events), _after(base))
    gain = gain - measure(events.sum(axis=1, keepdims=True), base.sum(axis=1, keepdims=True))
    months = (base[:1] > 0).cumsum(axis=1) - (base[:1] > 0)  # months with anything in them before t
    long_enough = (months >= SHORTEST) & (months[:, -1:] + 1 - months >= SHORTEST)
    return np.where(long_enough, np.maximum(gain, 0.0), 0.0)


def _before(values: Array) -> Array:
    return values.cumsum(axis=1) - values


def _after(values: Array) -> Array:
    return values.sum(axis=1, keepdims=True) - _before(values)
