"""Change against last year: exact for small counts, over the months that both years have.

Two counts: given their sum, the later one is binomial (Przyborowski & Wilenski, Biometrika 31, 1940), so the limits of
Clopper & Pearson (Biometrika 26, 1934) give an exact interval of their ratio. Counts that scatter more than Poisson are
divided by their dispersion first (quasi-likelihood, McCullagh & Nelder, Generalized Linear Models, 1989, ch. 4.5).
Parts of a town: Fisher's exact test of the part against the rest, by Holm's correction (Scand. J. Statist. 6, 1979) over all
parts looked at: each false claim costs an office a search, so no single one may be invented.
Success rates: Newcombe's interval of a difference (Statist. Med. 17, 1998, method 10). Days and sums: Mann & Whitney (1947).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from fazhi.trends.monthly_counts import Array, Grid


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
    tails = (stats.beta.cdf(even, a, b + 1) if a else 1.0, stats.beta.sf(even, a + 1, b) if b else 1.0)
    ratio = after / before / exposure if before else None
    return Change(before, after, ratio, (low, high), float(min(1.0, 2 * min(tails))))


def ratio_interval(
    before: float, after: float, level: float = 0.95, exposure: float = 1.0, dispersion: float = 1.0
) -> tuple[float | None, float | None]:
    """The exact interval of the ratio of two Poisson rates; None where it has no end."""
    a, b, tail = after / dispersion, before / dispersion, (1 - level) / 2
    low = float(stats.beta.ppf(tail, a, b + 1)) if a else 0.0
    high = float(stats.beta.ppf(1 - tail, a + 1, b)) if b else 1.0
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


def comparable(grid: Grid) -> tuple[Array, Array]:
    """Masks over the grid's months: those of last year and of this year that both years have."""
    this = int(grid.years.max())
    both = {
        m
        for m in range(1, 13)
        if all(grid.seen[(grid.years == y) & (grid.months == m)].any() for y in (this - 1, this))
    }
    shared = np.isin(grid.months, sorted(both))
    return (grid.years == this - 1) & shared, (grid.years == this) & shared


def parts_changed(grid: Grid) -> list[tuple[str, Change]]:
    """Each group of the grid against the rest of the town, last year to this: `p_value` is the single test's, uncorrected."""
    last, this = comparable(grid)
    found = []
    for group, row in zip(grid.groups, grid.counts, strict=True):
        a, b = row[last].sum(), row[this].sum()
        rest = grid.total[last].sum() - a, grid.total[this].sum() - b
        p_value = stats.fisher_exact([[a, b], [rest[0], rest[1]]]).pvalue
        low, high = ratio_interval(a, b)
        found.append((group, Change(a, b, b / a if a else None, (low, high), float(p_value))))
    return found


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


def rates_changed(before: tuple[int, int], after: tuple[int, int]) -> Change:
    """The change from one share to another.

    Parameters
    ----------
    before, after
        Part and whole of each, in rows; no whole is 0.

    Returns
    -------
    Change
        Its `ratio` is the difference of the shares (-1 … 1), with Newcombe's 95 % interval and Fisher's two-sided p-value.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    (a, n), (b, m) = before, after
    low, high = confint_proportions_2indep(b, m, a, n, method="newcomb", compare="diff")
    p_value = stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue
    return Change(a / n, b / m, b / m - a / n, (float(low), float(high)), float(p_value))


def values_changed(before: Array, after: Array) -> Change:
    """Two samples: medians, the shift between them (Hodges & Lehmann, 1963) with its rank interval, and Mann and Whitney's p-value."""
    p_value = stats.mannwhitneyu(after, before).pvalue
    shifts = np.sort((after[:, None] - before[None, :]).ravel())
    spread = 1.96 * np.sqrt(len(before) * len(after) * (len(before) + len(after) + 1) / 12)
    first = int(max(0, np.floor(len(shifts) / 2 - spread)))
    interval = float(shifts[first]), float(shifts[len(shifts) - 1 - first])
    return Change(float(np.median(before)), float(np.median(after)), float(np.median(shifts)), interval, float(p_value))
