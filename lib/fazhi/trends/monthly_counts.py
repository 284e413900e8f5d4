"""Counts by group, year and calendar month, and the reshuffling of months that tells what chance alone would do.

A month is the unit that is reshuffled, with all its groups: so what the groups of a month share (a busy month, a batch of
rows entered together) stays together, and no distribution of the counts is assumed (Good, Permutation, Parametric and
Bootstrap Tests of Hypotheses, 3rd ed., 2005, ch. 3). Over all groups the largest statistic of a shuffle counts, which keeps
the chance of any invented finding in the family (Westfall & Young, Resampling-Based Multiple Testing, 1993, ch. 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import xlogy

from fazhi.trends.records import UNKNOWN, Records

DRAWS = 1999
SEED = 20250101  # any number would do; a fixed one makes the same data give the same answer

Array = NDArray[np.float64]
Months = frozenset[str]  # `2024-07` …


@dataclass(frozen=True)
class Grid:
    """`counts[group, t]`, `total[t]` and `days[t]` for the months t in order; months not `seen` hold 0 everywhere."""

    groups: tuple[str, ...]
    names: tuple[str, ...]
    counts: Array
    total: Array
    days: Array
    seen: NDArray[np.bool_]
    years: NDArray[np.int64]
    months: NDArray[np.int64]

    @property
    def full_years(self) -> int:
        """Years with at least nine months seen."""
        return sum(int(self.seen[self.years == year].sum()) >= 9 for year in np.unique(self.years))


def grid(records: Records, column: str, blank: Months = frozenset()) -> Grid:
    """Records counted by group and month.

    Parameters
    ----------
    records
        The rows of all years.
    column
        Whose values are the groups.
    blank
        Months (`2024-07`) in which nothing was entered; they are not seen, nor are those after the last record.

    Returns
    -------
    Grid
        Counts of shape (groups, 12 × years), every year in full.
    """
    names = [f"{year}-{month:02}" for year in records.years for month in range(1, 13)]
    last = f"{records.years[-1]}-{records.months:02}"
    seen = np.array([name <= last and name not in blank for name in names])
    rows = records.rows
    month = rows["year"].astype(str) + "-" + rows["month"].astype(str).str.zfill(2)
    table = pd.crosstab(rows[column], month).reindex(columns=names, fill_value=0)
    counts = np.where(seen, table.to_numpy(float), 0.0)
    groups = tuple(str(name) for name in table.index)
    known = [i for i, name in enumerate(groups) if name != UNKNOWN]
    days = np.array([pd.Period(name).days_in_month for name in names], float)
    return Grid(
        tuple(groups[i] for i in known), tuple(names), counts[known], counts.sum(axis=0), np.where(seen, days, 0.0), seen,
        np.array([int(name[:4]) for name in names]), np.array([int(name[5:]) for name in names]),
    )  # fmt: skip


def shuffles(
    strata: Sequence[int] | NDArray[np.int64], seen: NDArray[np.bool_], draws: int = DRAWS
) -> NDArray[np.int64]:
    """`draws` orders of the months, months changing places within their stratum only; unseen ones stay. The first row is
    the order as it is."""
    fixed = np.where(seen, np.asarray(strata), 10_000 + np.arange(len(seen)))
    places = np.argsort(fixed, kind="stable")
    keys = fixed + np.random.default_rng(SEED).random((draws, len(fixed)))
    orders = np.empty((draws + 1, len(fixed)), dtype=np.int64)
    orders[0] = np.arange(len(fixed))
    orders[1:, places] = np.argsort(keys, axis=1, kind="stable")
    return orders


def likelihood(part: Array, whole: Array) -> Array:
    """Greatest log-likelihood of `part` events among `whole` (binomial, whole numbers), up to a constant."""
    part, whole = part.astype(np.int32), whole.astype(np.int32)
    numbers = np.arange(int(whole.max(initial=0)) + 1, dtype=float)
    table = xlogy(numbers, numbers)  # looked up: ten times as fast as the logarithm of every cell
    return table[part] + table[whole - part] - table[whole]


def intensity(events: Array, exposure: Array) -> Array:
    """Greatest log-likelihood of `events` over `exposure` (Poisson), up to a constant."""
    return xlogy(events, events) - xlogy(events, np.maximum(exposure, 1e-12))


def p_values(statistics: Array) -> Array:
    """Chance, for each group, that among all groups luck alone gives as much. `statistics[group, draw]`, draw 0 as observed."""
    largest = statistics.max(axis=0)
    return (largest[None, :] >= statistics[:, :1] - 1e-9).mean(axis=1)
