"""Change against last year, or all years before: exact for small counts, over the months that the years have in common.

Two counts: given their sum, the later one is binomial (Przyborowski & Wilenski, Biometrika 31, 1940), so the limits of
Clopper & Pearson (Biometrika 26, 1934) give an exact interval of their ratio. Counts that scatter more than Poisson are
divided by their dispersion first (quasi-likelihood, McCullagh & Nelder, Generalized Linear Models, 1989, ch. 4.5).
Several comparisons: Holm's correction (Scand. J. Statist. 6, 1979) over all parts looked at: each false claim costs an office
a search, so no single one may be invented. Success rates: Fisher's exact test; Newcombe's interval of a difference (Statist. Med. 17, 1998, method 10). Days and sums: Mann & Whitney
(1947).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, gammaincc, ndtr

from fazhi.trends.chances import fisher, two_sided, wilson
from fazhi.trends.monthly_counts import Array, Grid

USUAL_DRIFT = 0.05  # of a town's rows from year to year
UNLIKE = 0.005  # chance under which earlier years are taken to differ among themselves


@dataclass(frozen=True)
class Change:
    """`before` and `after` with their ratio, its 95 % interval, and the chance that luck alone gives as large a one."""

    before: float
    after: float
    ratio: float | None
    interval: tuple[float | None, float | None]
    p_value: float


def counts_changed(before: float, after: float, exposure: float = 1.0, dispersion: float = 1.0) -> Change:
    """The change from one Poisson count to another, exact also where they are small.

    Parameters
    ----------
    before, after
        The counts.
    exposure
        The later one's over the earlier one's: days, rows.
    dispersion
        How much such counts scatter against Poisson, from 1 (`dispersion`); both are divided by it first.

    Returns
    -------
    Change
        The ratio of the rates (None from 0), its 95 % interval (None where it has no end), and the two-sided p-value.

    >>> change = counts_changed(10, 20)
    >>> change.ratio, round(change.interval[0], 2), round(change.interval[1], 2), round(change.p_value, 3)
    (2.0, 0.89, 4.78, 0.099)
    """
    low, high = ratio_interval(before, after, 0.95, exposure, dispersion)
    even = exposure / (1 + exposure)
    a, b = after / dispersion, before / dispersion
    tails = (betainc(a, b + 1, even) if a else 1.0, 1 - betainc(a + 1, b, even) if b else 1.0)
    ratio = after / before / exposure if before else None
    return Change(before, after, ratio, (low, high), float(min(1.0, 2 * min(tails))))


def ratio_interval(
    before: float, after: float, level: float = 0.95, exposure: float = 1.0, dispersion: float = 1.0
) -> tuple[float | None, float | None]:
    """The exact interval of the ratio of two Poisson rates; None where it has no end."""
    a, b, tail = after / dispersion, before / dispersion, (1 - level) / 2
    low = float(betaincinv(a, b + 1, tail)) if a else 0.0
    high = float(betaincinv(a + 1, b, 1 - tail)) if b else 1.0
    return low / (1 - low) / exposure, (high / (1 - high) / exposure if high < 1 else None)


def dispersion(grid: Grid) -> float:
    """How much the town's months scatter about year × calendar month, against Poisson; never below 1.

    Pearson's statistic over its degrees of freedom; 1 where there are too few years to say.
    """
    if grid.full_years < 2:
        return 1.0
    years = [year for year in np.unique(grid.years) if grid.seen[grid.years == year].all()]
    table = np.array([grid.total[grid.years == year] for year in years])
    if len(years) < 2 or not table.sum():
        return 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    terms = np.divide((table - expected) ** 2, expected, out=np.zeros_like(table), where=expected > 0)
    return float(max(1.0, terms.sum() / ((len(years) - 1) * 11)))


def comparable(grid: Grid, years: Sequence[int] = ()) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks over the grid's months: those of earlier `years` (last year, if none are named) and of this year that all of them have."""
    this = int(grid.years.max())
    before = list(years) or [this - 1]
    shared = {
        m for m in range(1, 13) if all(grid.seen[(grid.years == y) & (grid.months == m)].any() for y in (*before, this))
    }
    is_shared = np.isin(grid.months, sorted(shared))
    return np.isin(grid.years, before) & is_shared, np.asarray((grid.years == this) & is_shared)


def drift(grid: Grid, years: Sequence[int], scatter: float) -> float:
    """The squared coefficient of variation by which whole years of a town differ without a cause: never less than `USUAL_DRIFT`
    squared, more where the earlier `years` did."""
    totals = np.array([grid.total[grid.years == year].sum() for year in years])
    if len(totals) < 3 or not totals.all():
        return USUAL_DRIFT**2
    return max(USUAL_DRIFT**2, float(totals.var(ddof=1) / totals.mean() ** 2 - scatter / totals.mean()))


def holm(p_values: Sequence[float] | Array) -> list[float]:
    """Holm's adjusted p-values, which keep the chance of any false claim among all of them.

    Parameters
    ----------
    p_values
        One test's each, 0–1.

    Returns
    -------
    list of float
        In the order given.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    if not len(p_values):
        return []
    order = np.argsort(p_values, kind="stable")
    scaled = np.asarray(p_values)[order] * (len(p_values) - np.arange(len(p_values)))
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return [float(value) for value in adjusted]


def rates_changed(before: Sequence[tuple[int, int]], after: tuple[int, int]) -> Change:
    """The change from one share to another.

    Parameters
    ----------
    before, after
        Part and whole of each year, in rows; no whole is 0. Earlier years are taken together; where they differ among themselves
        the chance is that of shares that scatter so much.

    Returns
    -------
    Change
        Its `ratio` is the difference of the shares (-1 … 1), with Newcombe's 95 % interval and Fisher's two-sided p-value.
    """
    (a, n), (b, m) = (sum(part for part, _ in before), sum(whole for _, whole in before)), after
    low, high = _newcombe((a, n), (b, m))
    scatter = _unlikeness(before)
    chance = fisher(a, n, b, m) if scatter == 1 else float(
        two_sided(np.array(b / scatter), np.array((a + b) / scatter), np.array(m / (n + m)))
    )  # fmt: skip
    return Change(a / n, b / m, b / m - a / n, (low, high), chance)


def _unlikeness(shares: Sequence[tuple[int, int]]) -> float:
    """Pearson's statistic of some shares over its degrees of freedom; 1 where they may well be one and the same."""
    parts, wholes = np.array(shares, float).T
    mean = parts.sum() / wholes.sum()
    if len(shares) < 2 or mean in (0.0, 1.0):
        return 1.0
    statistic = float(((parts - wholes * mean) ** 2 / (wholes * mean * (1 - mean))).sum())
    differ = gammaincc((len(shares) - 1) / 2, statistic / 2) < UNLIKE
    return statistic / (len(shares) - 1) if differ else 1.0


def _newcombe(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Newcombe's interval of a difference of shares, from Wilson's of each."""
    (p, low, high), (q, least, most) = wilson(*before), wilson(*after)
    return q - p - float(np.hypot(q - least, high - p)), q - p + float(np.hypot(most - q, p - low))


def values_changed(before: Array, after: Array) -> Change:
    """Two samples: medians, the shift between them (Hodges & Lehmann, 1963) with its rank interval, and Mann and Whitney's p-value."""
    shifts = np.sort((after[:, None] - before[None, :]).ravel())
    spread = 1.96 * np.sqrt(len(before) * len(after) * (len(before) + len(after) + 1) / 12)
    first = int(max(0, np.floor(len(shifts) / 2 - spread)))
    interval = float(shifts[first]), float(shifts[len(shifts) - 1 - first])
    return Change(
        float(np.median(before)),
        float(np.median(after)),
        float(np.median(shifts)),
        interval,
        mann_whitney(before, after),
    )


def mann_whitney(before: Array, after: Array) -> float:
    """The two-sided chance that one sample lies so much higher than the other; by the normal distribution, ties and steps allowed for."""
    _, ranks, counts = np.unique(np.concatenate([before, after]), return_inverse=True, return_counts=True)
    rank = (counts.cumsum() - (counts - 1) / 2)[ranks]
    n, m = len(before), len(after)
    above = abs(rank[n:].sum() - m * (m + 1) / 2 - n * m / 2)
    ties = (counts**3 - counts).sum() / ((n + m) * (n + m - 1))
    variance = n * m / 12 * ((n + m + 1) - ties)
    return float(min(1.0, 2 * ndtr(-max(above - 0.5, 0.0) / np.sqrt(variance)))) if variance else 1.0
