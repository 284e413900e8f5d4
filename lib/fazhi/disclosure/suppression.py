"""Small counts are not published, nor what would give them away.

Rather than stars that a total undoes, small categories are merged: the group has at least two members and at
least the threshold, so that neither it nor the printed total tells a member (aggregation as primary and secondary
suppression in one: Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from fazhi.disclosure.audit import Audit, Statement, audit


def rest(noun: str = "") -> str:
    """The name of the small groups that are published together: 其余, 其余类型, 其余各镇."""
    return f"其余{noun}"


REST, REST_TYPES = rest(), rest("类型")


def shown_apart(counts: pd.DataFrame, threshold: int) -> list[Any] | None:
    """The categories that may be shown by themselves; the others belong in one group.

    Parameters
    ----------
    counts
        Index category, a column a year or a measure; whole numbers from 0.
    threshold
        Small is 1 … threshold - 1, in any column.

    Returns
    -------
    list or None
        The largest first. The smallest others join the group until it has two members and no small sum itself. None where
        nothing would be left beside it. Categories of zeros throughout tell nothing and are left out.

    >>> counts = pd.DataFrame({2025: [9, 7, 4, 1]}, index=["邻里", "婚姻", "土地", "其他"])
    >>> shown_apart(counts, 3), shown_apart(counts, 1)
    (['邻里', '婚姻'], ['邻里', '婚姻', '土地', '其他'])
    """
    found = _apart(counts.to_numpy(), threshold)
    return None if found is None else [counts.index[place] for place in found]


def _apart(table: Any, threshold: int) -> list[int] | None:
    """The same by place."""
    met = np.flatnonzero((table > 0).any(axis=1))
    ordered = met[np.argsort(-table[met].sum(axis=1), kind="stable")]
    small = ((table > 0) & (table < threshold)).any(axis=1)
    apart, rest = [place for place in ordered if not small[place]], table[met[small[met]]].sum(axis=0)
    if not small[met].any():
        return apart
    while apart and (len(ordered) - len(apart) < 2 or ((rest > 0) & (rest < threshold)).any()):
        rest = rest + table[apart.pop()]
    return apart or None


def apart_by_year(series: Sequence[pd.DataFrame], threshold: int) -> dict[Any, list[Any] | None]:
    """What each year's release may show by itself: its counts beside those of the year before.

    `series` are tables of counts (index category, a column a year, in order), one for each set of rows that a release counts
    by category: all of them share the categories shown. Two releases that merge different categories can tell a member
    between them. So each release is audited together with the releases before it, and merges more until no small count can be
    worked out.
    """
    years = list(series[0].columns)
    pairs = {year: years[max(0, place - 1) : place + 1] for place, year in enumerate(years)}
    if threshold < 2:  # no count is small
        return {year: shown_apart(series[0][pair], threshold) for year, pair in pairs.items()}
    published = {year: [[_whole(counts[year])] for counts in series] for year in years}
    found: dict[Any, list[Any] | None] = {}
    for year, pair in pairs.items():
        apart = shown_apart(pd.concat([counts[pair] for counts in series], axis=1), threshold)
        while apart and any(
            audit(counts[one].to_dict(), [*earlier, *statements(counts[one], apart)], threshold).exposes(threshold)
            for one in pair
            for counts, earlier in zip(series, published[one], strict=True)
        ):
            apart = apart[:-1] or None
        for one in pair if apart else ():
            for counts, earlier in zip(series, published[one], strict=True):
                earlier += statements(counts[one], apart or ())
        found[year] = apart
    return found


def audit_releases(
    yearly: pd.DataFrame, releases: Mapping[Any, list[Any] | None], years: Sequence[Any], threshold: int
) -> Audit:
    """The audit of some years' small counts over all releases (`apart_by_year`): a release shows its year and the one before."""
    order = list(yearly.columns)
    found = Audit()
    for year in years if threshold > 1 else ():
        showing = [one for one in order[order.index(year) :][:2] if releases.get(one)]
        releases_said = [
            _whole(yearly[year]),
            *(said for one in showing for said in statements(yearly[year], releases[one] or ())),
        ]
        found += audit(yearly[year].to_dict(), releases_said, threshold)
    return found


def audit_periods(months: pd.DataFrame, step: int, threshold: int) -> Audit:
    """The audit of the small counts by month, published by periods of `step` months."""
    found = Audit()
    for year in months.columns:
        parts = months[year].groupby((months.index - 1) // step)
        periods_said = [Statement(frozenset(part.index), int(part.sum())) for _, part in parts]
        found += audit(months[year].to_dict(), periods_said, threshold)
    return found


def statements(counts: pd.Series, apart: Sequence[Any]) -> list[Statement]:
    """What a table says that shows these categories by themselves and the others together."""
    rest = counts.to_dict()
    alone = [Statement(frozenset([name]), int(rest.pop(name))) for name in apart]
    return [*alone, Statement(frozenset(rest), int(sum(rest.values())))] if rest else alone


def _whole(counts: pd.Series) -> Statement:
    return Statement(frozenset(counts.index), int(counts.sum()))


def periods(months: pd.DataFrame, threshold: int) -> pd.DataFrame | None:
    """Counts by month, by quarter where a month is small, or nothing where a quarter is.

    Parameters
    ----------
    months
        Index 1–12, a column a year; whole numbers from 0.
    threshold
        Small is 1 … threshold - 1, in any year.

    Returns
    -------
    DataFrame or None
        The same columns; the index says which period: 1月 … or 第一季度 ….
    """
    if not any_small(months, threshold):
        return months.rename(index=lambda month: f"{month}月")
    quarters = months.groupby((months.index - 1) // 3).sum()
    if any_small(quarters, threshold):
        return None
    return quarters.rename(index=lambda quarter: f"第{'一二三四'[quarter]}季度")


def any_small(counts: pd.DataFrame, threshold: int) -> bool:
    """Whether a count is 1 … threshold - 1."""
    return bool(((counts > 0) & (counts < threshold)).any(axis=None))
