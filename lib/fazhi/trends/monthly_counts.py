"""Counts by group, year and calendar month, and the likelihoods that they are held against."""

from calendar import monthrange
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from fazhi.trends.records import UNKNOWN, Records

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
    groups = [name for name in sorted(set(rows[column].tolist()), key=str) if name != UNKNOWN]
    month = (rows["year"].to_numpy() - records.years[0]) * 12 + rows["month"].to_numpy() - 1
    every = np.zeros((len(groups) + 1, 12 * (records.years[-1] - records.years[0] + 1)))
    place = {name: i for i, name in enumerate(groups)}
    np.add.at(every, ([place.get(name, len(groups)) for name in rows[column]], month.astype(int)), 1)
    kept = [(year - records.years[0]) * 12 + m for year in records.years for m in range(12)]
    counts = np.where(seen, every[:, kept], 0.0)
    return Grid(
        tuple(map(str, groups)), tuple(names), counts[:-1], counts.sum(axis=0), np.where(seen, _days(records), 0.0), seen,
        np.repeat(records.years, 12), np.tile(np.arange(1, 13), len(records.years)),
    )  # fmt: skip


def _days(records: Records) -> Array:
    """The days of each month, of the last one as many as there are rows for."""
    days = np.array([monthrange(year, month)[1] for year in records.years for month in range(1, 13)], float)
    if records.last_day:
        days[12 * (len(records.years) - 1) + records.months - 1] = records.last_day
    return days


def likelihood(part: Array, whole: Array) -> Array:
    """Greatest log-likelihood of `part` events among `whole` (binomial, whole numbers), up to a constant."""
    return xlogy(part, part) + xlogy(whole - part, whole - part) - xlogy(whole, whole)


def intensity(events: Array, exposure: Array) -> Array:
    """Greatest log-likelihood of `events` over `exposure` (Poisson), up to a constant."""
    return xlogy(events, events) - xlogy(events, np.maximum(exposure, 1e-12))
