"""Months without a row, in the town or in one village, where rows were to be expected.

The chance of no row in a run of months, by a negative binomial with the dispersion of the other months (1 = Poisson),
times the number of places where such a run could stand (Bonferroni).
"""

from dataclasses import dataclass

import numpy as np

from fazhi.trends.chances import at_least
from fazhi.trends.monthly_counts import Array, Grid

NEAR = 6  # months before and after a village's run that must show it is usually there


@dataclass(frozen=True)
class Gap:
    """No row in the months `first` … `last` (positions in the grid), of `village` or the whole town; `expected` rows."""

    village: str | None
    first: int
    last: int
    expected: float
    p_value: float


def town_gaps(grid: Grid) -> list[Gap]:
    """Runs of months in which the whole town has no row, to the end of the last year; by date.

    A month's expectation is the least that its year, its calendar month in other years, or all months let expect.
    """
    expected = np.array([_expected(grid, t) for t in range(len(grid.total))])
    spread = town_scatter(grid)
    return [_gap(None, run, expected, spread, len(grid.total)) for run in empty_runs(grid.total)]


def _expected(grid: Grid, t: int) -> float:
    full = grid.total > 0
    of_year, of_month = full & (grid.years == grid.years[t]), full & (grid.months == grid.months[t])
    means = [float(grid.total[which].mean()) for which in (of_year, of_month, full) if which.any()]
    return min(means, default=0.0)


def town_scatter(grid: Grid) -> float:
    """How the months with rows scatter about their year and calendar month (Pearson over degrees of freedom), at least 1."""
    full, years = grid.total > 0, np.unique(grid.years)
    if len(years) < 2 or full.sum() < 12 + len(years):
        return scatter(grid.total[full])
    mean = grid.total[full].mean()
    of_year = np.array([grid.total[full & (grid.years == year)].mean() for year in grid.years[full]])
    of_month = np.array([grid.total[full & (grid.months == month)].mean() for month in grid.months[full]])
    expected = of_year * of_month / mean
    return max(1.0, float(((grid.total[full] - expected) ** 2 / expected).sum() / (full.sum() - 11 - len(years))))


def village_gaps(grid: Grid) -> list[Gap]:
    """Each village's longest run of months without a row while the town has some. A run at the very start is none: the
    village may have begun then."""
    found = []
    for village, row in zip(grid.groups, grid.counts, strict=True):
        runs = [run for run in empty_runs(np.where(grid.total > 0, row, np.nan)) if run[0] > 0]
        if runs:
            first, last = max(runs, key=lambda run: run[1] - run[0])
            expected = _share(row, grid.total, first, last) * grid.total
            spread = max(scatter(row[(grid.total > 0) & (np.arange(len(row)) < first)]), 1.1)
            found.append(_gap(village, (first, last), expected, spread, len(row) * len(grid.groups)))
    return sorted(found, key=lambda gap: (gap.p_value, gap.village or ""))


def _share(row: Array, total: Array, first: int, last: int) -> float:
    """The village's share before the run or after it, whichever is smaller; before it where too little follows."""
    sides = [slice(0, first), slice(last + 1, None)]
    shares = [float(row[side].sum() / total[side].sum()) for side in sides if (total[side] > 0).sum() >= NEAR]
    return min(shares, default=0.0)


def empty_runs(values: Array) -> list[tuple[int, int]]:
    """First and last position of each run of zeros; a NaN neither breaks a run nor makes one."""
    runs: list[tuple[int, int]] = []
    first = last = -1
    for t, value in enumerate([*values, 1.0]):
        if value == 0:
            first, last = (t if first < 0 else first), t
        elif value > 0 and first >= 0:
            runs.append((first, last))
            first = -1
    return runs


def scatter(values: Array) -> float:
    """Variance over mean, never below 1."""
    return max(1.0, float(values.var(ddof=1) / values.mean())) if len(values) > 2 and values.mean() else 1.0


def _gap(village: str | None, run: tuple[int, int], expected: Array, spread: float, places: int) -> Gap:
    awaited = expected[run[0] : run[1] + 1]
    none = np.prod(1 - at_least(1, awaited, spread))
    return Gap(village, run[0], run[1], float(awaited.sum()), min(1.0, float(none * places)))
