"""Small counts are not published, nor what would give them away.

Rather than stars that a total undoes, small categories are drawn together: the group has at least two members and at
least the threshold, so that neither it nor the printed total tells a member (aggregation as primary and secondary
suppression in one: Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
"""

from typing import Any

import pandas as pd

REST = "其余类型"


def shown_apart(counts: pd.DataFrame, threshold: int) -> list[Any] | None:
    """The categories (index) that may be shown by themselves, largest first; the others belong in one group.

    `counts` has a column a year or a measure. Small is 1 … threshold - 1 in any column. The smallest others join the group
    until it has two members and no small sum itself. None where nothing would be left beside it. Zeros throughout tell
    nothing and are left out.
    """
    ordered = counts[(counts > 0).any(axis=1)]
    ordered = ordered.loc[ordered.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    small = ((ordered > 0) & (ordered < threshold)).any(axis=1)
    if not small.any():
        return list(ordered.index)
    apart = list(ordered.index[~small])
    while apart and (len(ordered) - len(apart) < 2 or _small_sum(ordered.drop(index=apart), threshold)):
        apart.pop()
    return apart or None


def _small_sum(group: pd.DataFrame, threshold: int) -> bool:
    total = group.sum()
    return bool(((total > 0) & (total < threshold)).any())


def merged(counts: pd.Series, threshold: int, rest: str = REST) -> pd.Series | None:
    """Counts by category, largest first, with the small ones in one group at the end; None where nothing is left to show."""
    ordered = counts[counts > 0].sort_values(ascending=False, kind="stable")
    apart = shown_apart(ordered.to_frame(), threshold)
    if apart is None:
        return None
    others = ordered.drop(index=apart)
    shown = ordered.loc[apart]
    return shown if others.empty else pd.concat([shown, pd.Series({rest: others.sum()}, dtype=shown.dtype)])


def periods(months: pd.DataFrame, threshold: int) -> pd.DataFrame | None:
    """Counts by month (index 1–12, a column a year), or by quarter where a month is small, or None where a quarter is.

    A period is small with 1 … threshold - 1 in any year. The index says which: 1月 … or 第一季度 ….
    """
    if not _any_small(months, threshold):
        return months.rename(index=lambda month: f"{month}月")
    quarters = months.groupby((months.index - 1) // 3).sum()
    if _any_small(quarters, threshold):
        return None
    return quarters.rename(index=lambda quarter: f"第{'一二三四'[quarter]}季度")


def _any_small(counts: pd.DataFrame, threshold: int) -> bool:
    return bool(((counts > 0) & (counts < threshold)).any(axis=None))
