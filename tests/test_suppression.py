"""No small count is shown, and none follows from what is."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.suppression import REST, merged, periods


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"甲": 9, "乙": 5, "丙": 3}, {"甲": 9, "乙": 5, "丙": 3}),
        ({"甲": 9, "乙": 5, "丙": 2, "丁": 1}, {"甲": 9, "乙": 5, REST: 3}),
        ({"甲": 9, "乙": 5, "丙": 2}, {"甲": 9, REST: 7}),
        ({"甲": 9, "乙": 5, "丙": 1, "丁": 1}, {"甲": 9, REST: 7}),
        ({"甲": 9, "乙": 5, "丙": 0}, {"甲": 9, "乙": 5}),
        ({"甲": 9, "乙": 1}, None),
        ({"甲": 2}, None),
    ],
)
def test_small_categories_are_drawn_together_with_a_larger_one_where_one_alone_would_show(counts, shown):
    found = merged(pd.Series(counts), 3)
    assert (None if found is None else found.to_dict()) == shown


@given(counts=st.lists(st.integers(0, 30), min_size=1, max_size=12), threshold=st.integers(1, 6))
def test_whatever_the_counts_nothing_small_is_shown_or_follows_from_the_total(counts, threshold):
    series = pd.Series(counts, index=[f"类{n}" for n in range(len(counts))])
    shown = merged(series, threshold)
    if shown is None:
        return
    assert shown.sum() == series.sum()
    assert not ((shown > 0) & (shown < threshold)).any()
    hidden = [name for name in series.index if series[name] and name not in shown.index]
    assert len(hidden) != 1
    assert all(shown[name] == series[name] for name in shown.index if name != REST)


def _months(**changed):
    frame = pd.DataFrame({2024: 5, 2025: 6}, index=range(1, 13))
    for month, count in changed.items():
        frame.loc[int(month[1:]), 2025] = count
    return frame


def test_months_are_shown_where_none_is_small_and_quarters_where_one_is():
    assert list(periods(_months(m2=0), 3).index)[:2] == ["1月", "2月"]
    quarters = periods(_months(m2=1), 3)
    assert list(quarters.index) == ["第一季度", "第二季度", "第三季度", "第四季度"]
    assert quarters[2025].tolist() == [13, 18, 18, 18]
    assert periods(_months(m1=1, m2=0, m3=1), 3) is None
