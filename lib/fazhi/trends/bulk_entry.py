"""Rows entered in bulk: far more on one day, or in one month of one village, than the time around lets expect.

Each day (village and month) against the mean of the days (months) around it, by a negative binomial with the dispersion
of the days (months), times the number of days (villages and months) looked at (Bonferroni).
"""

from dataclasses import dataclass

import pandas as pd

from fazhi.trends.chances import at_least
from fazhi.trends.missing_months import scatter
from fazhi.trends.monthly_counts import Grid

DAYS_AROUND, MONTHS_AROUND = 45, 6
MINIMUM_A_DAY, MINIMUM_A_MONTH = 6, 8
DAY_TIMES, MONTH_TIMES = 5, 4  # and so many times the mean around: fewer is no burst, however sure
BATCH_TIMES = 2  # and so many times the day that 98 in 100 days with rows do not exceed: where batches are the habit
MAXIMUM_SPREAD = 1.5  # of days; habits beyond are met by the line before
MINIMUM_SPREAD = {"day": 1.1, "month": 1.5}  # batches of two or three rows are how offices work


@dataclass(frozen=True)
class Burst:
    """`count` rows on `period` (a day or a month), in `village` where nearly all are of one; `usual` is the mean around."""

    period: str
    village: str | None
    count: int
    usual: float
    p_value: float
    rows: tuple[int, ...]


def day_bursts(rows: pd.DataFrame) -> list[Burst]:
    """Days with far too many rows in the town or in one village; by date."""
    if rows.empty:
        return []
    days = pd.date_range(f"{rows['accepted_on'].min().year}-01-01", rows["accepted_on"].max())
    found = {}
    for village in [None, *sorted(rows["village"].unique())]:
        some = rows if village is None else rows[rows["village"] == village]
        by_day = some.groupby("accepted_on").size().reindex(days, fill_value=0).astype(float)
        places = len(days) * (1 if village is None else rows["village"].nunique())
        for day in by_day.index[by_day >= MINIMUM_A_DAY]:
            burst = _day(some, by_day, day, places)
            if burst and (burst.period not in found or village):
                found[burst.period] = burst
    return [found[period] for period in sorted(found)]


def _day(rows: pd.DataFrame, by_day: pd.Series, day: pd.Timestamp, places: int) -> Burst | None:
    count = int(by_day[day])
    near = by_day[day - pd.Timedelta(days=DAYS_AROUND) : day + pd.Timedelta(days=DAYS_AROUND)].drop(day)
    usual = float(near.mean())
    others = by_day[by_day > 0].drop(day)
    if count < max(DAY_TIMES * usual, BATCH_TIMES * float(others.quantile(0.98)) if len(others) else 0.0):
        return None
    spread = min(max(scatter(by_day.drop(day).to_numpy()), MINIMUM_SPREAD["day"]), MAXIMUM_SPREAD)
    p_value = min(1.0, float(at_least(count, usual, spread)) * places)
    of_day = rows[rows["accepted_on"] == day]
    return Burst(f"{day:%Y-%m-%d}", leading(of_day["village"]), count, usual, p_value, tuple(of_day.index))


def month_bursts(grid: Grid, rows: pd.DataFrame) -> list[Burst]:
    """Months in which one village has far more than in the months around; by date."""
    names = rows["accepted_on"].dt.strftime("%Y-%m")
    found = []
    for village, row in zip(grid.groups, grid.counts, strict=True):
        for t in (t for t in range(len(row)) if row[t] >= MINIMUM_A_MONTH):
            around = range(max(0, t - MONTHS_AROUND), min(len(row), t + MONTHS_AROUND + 1))
            near = [u for u in around if u != t and grid.seen[u]]
            usual = float(row[near].mean()) if near else 0.0
            if len(near) < MONTHS_AROUND or row[t] < MONTH_TIMES * max(usual, row[near].max() / 2):
                continue
            spread = max(scatter(row[near]), MINIMUM_SPREAD["month"])
            p_value = min(1.0, float(at_least(int(row[t]), usual, spread)) * grid.counts.size)
            of_month = rows.index[(names == grid.names[t]) & (rows["village"] == village)]
            found.append(Burst(grid.names[t], village, int(row[t]), usual, p_value, tuple(of_month)))
    return sorted(found, key=lambda burst: (burst.period, burst.village or ""))


def leading(villages: pd.Series) -> str | None:
    """The village that four in five of the rows are of."""
    counts = villages.value_counts()
    return str(counts.index[0]) if len(counts) and counts.iloc[0] >= 0.8 * len(villages) else None
