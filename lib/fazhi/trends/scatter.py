"""What a group's months should hold were nothing to happen in it, and how much they scatter about that.

Expected is the town's month times the group's share, with the season of its own as far as its rows bear one out (empirical Bayes,
gamma prior by moments; Carlin & Louis, Bayesian Methods for Data Analysis, 3rd ed., 2009, ch. 5). Scatter beyond chance is that of a
beta-binomial or negative binomial: its coefficients of variation, of months and of whole years, are estimated by moments over
all groups together (McCullagh & Nelder, Generalized Linear Models, 1989, ch. 4.5): a few rows of one village tell little of it.
"""

import numpy as np
from numpy.typing import NDArray

from fazhi.trends.monthly_counts import Array, Grid


def expected(counts: Array, base: Array, grid: Grid) -> tuple[Array, Array]:
    """What each group's months should hold, their sums those of `counts`, and how many months' freedom its season took.

    Parameters
    ----------
    counts
        A row a group, a column a month.
    base
        What the months are held against: the town's rows, or days.
    grid
        Whose months and years these are. With one year there is no season to know.

    Returns
    -------
    pair of Array
        The expectations, in the shape of `counts`, and the degrees of freedom by group.
    """
    sums = counts.sum(axis=1, keepdims=True)
    even = sums * base / max(base.sum(), 1e-9)
    if grid.full_years < 2:
        return even, np.zeros(len(counts))
    by_month = np.eye(12)[grid.months - 1]
    seen, usual = counts @ by_month, even @ by_month
    excess = ((seen - usual) ** 2 / np.maximum(usual, 1e-9)).sum(axis=1, keepdims=True) - 11
    varies = np.maximum(excess, 0.0) / np.maximum(sums, 1.0)
    season = (seen * varies + 1) / (usual * varies + 1)
    shaped = even * (season @ by_month.T)
    freedom = (usual * varies / (usual * varies + 1)).sum(axis=1) * 11 / 12
    return shaped * sums / np.maximum(shaped.sum(axis=1, keepdims=True), 1e-9), freedom


def month_spread(counts: Array, fitted: Array, base: Array | None, freedom: Array) -> Array:
    """Each group's squared coefficient of variation of a month: half its own, half that of all groups, and never less than the latter.

    `base` holds the wholes of which the counts are parts; None where they are not. `freedom`: fitted parameters a group.
    """
    chance = fitted * (1 - fitted / np.maximum(base, 1.0)) if base is not None else fitted
    left = 1 - freedom / max(int((fitted.sum(axis=0) > 0).sum()), 1)
    beyond = ((counts - fitted) ** 2).sum(axis=1) - chance.sum(axis=1) * left
    squares = (fitted**2).sum(axis=1)
    pooled = max(float(beyond.sum() / max(squares.sum(), 1e-9)), 0.0)
    own = np.maximum(beyond, 0.0) / np.maximum(squares, 1e-9)
    return np.maximum(pooled, (own + pooled) / 2)


def year_spread(counts: Array, fitted: Array, month: Array, grid: Grid, plain: NDArray[np.bool_]) -> float:
    """The squared coefficient of variation of a year of a group, from the `plain` ones, in which no change stands out."""
    years = np.unique(grid.years[grid.seen])
    if len(years) < 3 or plain.sum() < 3:
        return 0.0
    by_year = (grid.years[:, None] == years).astype(float)
    seen, usual = counts[plain] @ by_year, fitted[plain] @ by_year
    chance = (usual + month[plain, None] * (fitted[plain] ** 2 @ by_year)) * (1 - 1 / len(years))
    return max(float((((seen - usual) ** 2) - chance).sum() / max((usual**2).sum(), 1e-9)), 0.0)
