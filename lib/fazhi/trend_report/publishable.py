"""Which findings may be told in public, and where on a chart they stand."""

from collections.abc import Sequence

import pandas as pd

from fazhi.disclosure.published_series import Published
from fazhi.trend_report.selection import View
from fazhi.trends.finding import Finding


def may_be_told(finding: Finding, view: View, published: Published) -> bool:
    """Whether a finding shows no small count: neither of what it is about, nor of the time before a step or outside a season;
    and of a village and type together nothing that the table of both hides."""
    rows, least = view.records.rows, view.threshold
    named = {"town": finding.town, "village": finding.village, "category": finding.category, "source": finding.source}
    named = {key: value for key, value in named.items() if value}
    if len(named) > 1:
        whole = (finding.period or "").split("/") == [
            str(year) for year in sorted({published.years[0], published.years[-1]})
        ]
        known = whole and set(named) == {view.place, "category"}
        if least > 1 and not (known and published.crossed.tells(str(named[view.place]), str(named["category"]))):
            return False
    inside = _within(rows, finding)
    about = pd.Series(True, index=rows.index)
    for key, value in named.items():
        about &= rows[key] == value
    counts = [int((about & inside).sum())]
    if finding.kind in ("step", "season"):
        counts.append(int((about & ~inside).sum()))
    return finding.public and all(count == 0 or count >= least for count in counts)


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
