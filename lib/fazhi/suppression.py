"""Small counts are not published, nor what would give them away.

Rather than stars that a total undoes, small categories are drawn together: the group has at least two members and at
least the threshold, so that neither it nor the printed total tells a member (aggregation as primary and secondary
suppression in one: Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
"""

import pandas as pd

REST = "其余类型"


def merged(counts: pd.Series, threshold: int, rest: str = REST) -> pd.Series | None:
    """Counts by category, largest first, with the small ones (1 … threshold - 1) in one group at the end.

    The smallest others join them until the group has two members and reaches the threshold. None where nothing is left
    to show beside the group. Zeros tell nothing and are left out.
    """
    ordered = counts[counts > 0].sort_values(ascending=False, kind="stable")
    small = int((ordered < threshold).sum())
    if not small:
        return ordered
    taken = small
    while taken < len(ordered) and (taken < 2 or ordered.iloc[-taken:].sum() < threshold):
        taken += 1
    if taken >= len(ordered):
        return None
    shown = ordered.iloc[:-taken]
    return pd.concat([shown, pd.Series({rest: ordered.iloc[-taken:].sum()}, dtype=shown.dtype)])


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
