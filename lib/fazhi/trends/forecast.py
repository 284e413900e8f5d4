"""Next year by month, and whether the forecast deserves to be shown.

Poisson regression on one yearly wave and the level of each year's weight (McCullagh & Nelder, 1989, ch. 6), with
negative binomial intervals of the dispersion found. It is made once without the last year and held against it, beside two naive
forecasts: the same month of the year before, and the mean month (Hyndman & Athanasopoulos, Forecasting, 3rd ed., ch. 5.2).
Where it does not beat both it is withheld.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import nbdtrik

from fazhi.trends.monthly_counts import Array, Grid

LEVEL = 0.8  # of the intervals
FADING = 0.6  # weight of a year against the one after it
MINIMUM_YEARS = 3
STEPS = 50  # of the regression; it needs five or six
BETTER, MINIMUM_COVERED = 0.98, 0.6  # a smaller error by chance alone is no merit


@dataclass(frozen=True)
class Forecast:
    """Twelve months of `year`: mean and interval; `errors` of the last year: mean absolute and root mean square, by method."""

    year: int
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    errors: dict[str, tuple[float, float]]
    covered: int  # months of the last year inside the interval made without it
    tested: int

    @property
    def shown(self) -> bool:
        """Whether it beat both naive forecasts on both errors, and its interval held most of the months."""
        own = self.errors["模型"]
        naive = [error for name, error in self.errors.items() if name != "模型"]
        beaten = all(own[i] < BETTER * error[i] for error in naive for i in (0, 1))
        return beaten and self.covered >= MINIMUM_COVERED * self.tested


def forecast(grid: Grid) -> Forecast | None:
    """The forecast of the year after the last.

    Parameters
    ----------
    grid
        Counts by month; three whole years in a row, the last one complete, are the least.

    Returns
    -------
    Forecast or None
        Records a month with their 80 % interval, and the errors of the same method on the last year. None with fewer years, or
        where one of them is empty.
    """
    years = [int(year) for year in np.unique(grid.years)]
    complete = [year for year in years if grid.seen[grid.years == year].all()]
    if (
        len(complete) < MINIMUM_YEARS
        or complete[-1] != years[-1]
        or complete != list(range(complete[0], years[-1] + 1))
    ):
        return None
    table = np.array([grid.total[grid.years == year] for year in complete])
    if (table.sum(axis=1) == 0).any() or not table[:-1].std():  # nothing to learn from
        return None
    past, truth = table[:-1], table[-1]
    guess, low, high = predict(past)
    guesses = {"模型": guess, "上年同月": past[-1], "月均": np.full(12, past[-1].mean())}
    errors = {
        name: (float(np.abs(g - truth).mean()), float(np.sqrt(((g - truth) ** 2).mean())))
        for name, g in guesses.items()
    }
    covered = int(((truth >= low) & (truth <= high)).sum())
    mean, lower, upper = (tuple(part.tolist()) for part in predict(table))
    return Forecast(years[-1] + 1, mean, lower, upper, errors, covered, 12)


def predict(table: Array) -> tuple[Array, Array, Array]:
    """Mean, lower and upper limit for the twelve months after the years of `table` (a row a year)."""
    wave = 2 * np.pi * np.arange(12) / 12
    design = np.column_stack([np.ones(12), np.sin(wave), np.cos(wave)])
    weights = np.repeat(FADING ** np.arange(len(table))[::-1], 12)
    mean = np.exp(design @ regressed(table.ravel(), np.tile(design, (len(table), 1)), weights))
    of_years = np.outer(table.sum(axis=1) / table.sum() * len(table), mean) * table.mean() / mean.mean()
    scatter = max(1.05, float((((table - of_years) ** 2) / of_years).sum() / (table.size - 2 - len(table))))
    level = np.log(table.sum(axis=1))
    drift = float(np.diff(level).std(ddof=1)) if len(table) > 2 else 0.1  # how much whole years differ
    variance = mean * scatter + (mean * drift) ** 2
    size = mean**2 / (variance - mean)
    tail = (1 - LEVEL) / 2
    low, high = (np.maximum(np.ceil(nbdtrik(q, size, mean / variance) - 1e-9), 0.0) for q in (tail, 1 - tail))
    return mean, np.nan_to_num(low), high


def regressed(counts: Array, design: Array, weights: Array) -> Array:
    """Coefficients of the weighted Poisson regression with the logarithm as link, by iteratively reweighted least squares."""
    found = np.zeros(design.shape[1])
    found[0] = np.log(counts.mean())
    for _ in range(STEPS):
        mean = np.exp(design @ found)
        sides = design.T * (weights * mean)
        step = np.linalg.solve(sides @ design, sides @ ((counts - mean) / mean))
        found = found + step
        if np.abs(step).max() < 1e-10:
            break
    return found
