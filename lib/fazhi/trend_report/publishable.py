"""Which findings may be told in public, and where on a chart they stand."""

from collections.abc import Sequence

import pandas as pd

from fazhi.disclosure.published_series import ALL, Published
from fazhi.trend_report.selection import View
from fazhi.trends.finding import Finding


def may_be_published(finding: Finding, view: View, published: Published) -> bool:
    """Whether a finding shows no small count: neither of what it is about, nor of the time before a step or outside a season;
    and of a village and type together nothing that the table of both hides."""
    rows, least = view.records.rows, view.threshold
    named = about(finding)
    if len(named) > 1:
        whole = (finding.period or "").split("/") == [
            str(year) for year in sorted({published.years[0], published.years[-1]})
        ]
        known = whole and set(named) == {view.place, "category"}
        if least > 1 and not (known and published.crossed.tells(str(named[view.place]), str(named["category"]))):
            return False
    inside = _within(rows, finding)
    mine = _of(rows, named)
    counts = [int((mine & inside).sum())]
    if finding.kind in ("step", "season"):
        counts.append(int((mine & ~inside).sum()))
    return finding.public and all(count == 0 or count >= least for count in counts)


def about(finding: Finding) -> dict[str, str]:
    """Which town, village, type and source a finding names."""
    named = {"town": finding.town, "village": finding.village, "category": finding.category, "source": finding.source}
    return {key: value for key, value in named.items() if value}


def splits_few(finding: Finding, view: View, published: Published) -> bool:
    """Whether a finding about some months leaves few cases in a part of a period whose number is published: a quarter less
    the months of it that the finding counts. What is not published by itself is told by no finding of months either."""
    named, inside = about(finding), inside_months(finding, view)
    if len(named) > 1 or all(len(months) in (0, 12) for months in inside.values()):
        return False
    dimension, name = next(iter(named.items()), (ALL, ""))
    line = next((one for one in published.of(dimension) if dimension == ALL or one.name == name), None)
    if line is None:
        return published.threshold > 1
    rows = view.records.rows[_of(view.records.rows, named)]
    for year, months in inside.items():
        mine = rows.loc[rows["year"] == year, "month"]
        for first in range(1, 13, line.step):
            period = range(first, first + line.step)
            parts = [set(period) & months, set(period) - months]
            if all(parts) and any(0 < int(mine.isin(part).sum()) < published.threshold for part in parts):
                return True
    return False


def inside_months(finding: Finding, view: View) -> dict[int, frozenset[int]]:
    """The months of each year that lie in a finding's period."""
    grid = pd.DataFrame(
        [(year, month) for year in view.records.years for month in range(1, 13)], columns=["year", "month"]
    )
    met = grid[_within(grid, finding)]
    return {year: frozenset(met.loc[met["year"] == year, "month"].tolist()) for year in view.records.years}


def _of(rows: pd.DataFrame, named: dict[str, str]) -> pd.Series:
    """Whether a row is of what is named."""
    met = pd.Series(True, index=rows.index)
    for key, value in named.items():
        met &= rows[key] == value
    return met


def _within(rows: pd.DataFrame, finding: Finding) -> pd.Series:
    """The rows in a finding's period: `2025`, `2025-03`, `2024-07/2025-02`, a step's from its month on, a season's `03/05`."""
    if not finding.period:
        return pd.Series(True, index=rows.index)
    first, _, last = finding.period.partition("/")
    last = "9999" if finding.kind == "step" else last or first
    if finding.kind == "season":
        months = rows["month"].astype(str).str.zfill(2)
        return (months >= first) & (months <= last) if first <= last else (months >= first) | (months <= last)
    months = rows["year"].astype(str) + "-" + rows["month"].astype(str).str.zfill(2)
    return (months >= first) & (months.str[: len(last)] <= last)


def steps_of(found: Sequence[Finding], names: Sequence[str]) -> list[int]:
    """Positions among months (`2024-07` …) from which the findings see a new level of the whole town."""
    starts = {
        finding.period for finding in found if finding.kind == "step" and not (finding.village or finding.category)
    }
    return [place for place in range(len(names)) if names[place] in starts]
