"""No small count is shown, and none follows from what is."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.disclosure.audit import feasible_interval
from fazhi.disclosure.suppression import REST_TYPES, apart_by_year, periods, statements


def merged(counts, threshold):
    """One paper's table: what it shows apart, and the rest."""
    counts = counts[counts > 0]
    apart = apart_by_year([counts.to_frame(2025)], threshold)[2025]
    if apart is None:
        return None
    shown = counts[apart]
    rest = counts.drop(index=apart)
    return shown if rest.empty else pd.concat([shown, pd.Series({REST_TYPES: rest.sum()})])


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"甲": 9, "乙": 5, "丙": 3}, {"甲": 9, "乙": 5, "丙": 3}),
        ({"甲": 9, "乙": 5, "丙": 2, "丁": 1}, {"甲": 9, "乙": 5, REST_TYPES: 3}),
        ({"甲": 9, "乙": 5, "丙": 2}, {"甲": 9, REST_TYPES: 7}),
        ({"甲": 9, "乙": 5, "丙": 1, "丁": 1}, {"甲": 9, REST_TYPES: 7}),
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
    assert all(shown[name] == series[name] for name in shown.index if name != REST_TYPES)


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


YEARLY = pd.DataFrame({2024: [9, 6, 4, 1], 2025: [9, 0, 6, 2]}, index=["邻里", "合同", "劳动", "消费"])


def test_a_paper_does_not_show_what_the_last_one_needs_to_hide_a_small_count():
    """2024 drew 劳动 and 消费 together; 2025 beside 2024 would show 劳动 of 2024, and so tell 消费."""
    found = apart_by_year([YEARLY], 3)
    assert found[2024] == ["邻里", "合同"]
    assert found[2025] == ["邻里"]


@st.composite
def histories(draw):
    size = draw(st.integers(2, 7))
    years = draw(st.integers(1, 4))
    counts = draw(st.lists(st.lists(st.integers(0, 9), min_size=size, max_size=size), min_size=years, max_size=years))
    return pd.DataFrame(dict(enumerate(counts, 2022)), index=[f"类{n}" for n in range(size)])


@given(yearly=histories(), threshold=st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_whatever_the_years_no_small_count_follows_from_all_papers_together(yearly, threshold):
    papers = apart_by_year([yearly], threshold)
    for year in yearly.columns:
        if 0 < yearly[year].sum() < threshold:
            continue  # the year's whole count is small, and withheld as an indicator
        counts = yearly[year]
        told = [
            statement for one in (year, year + 1) if papers.get(one) for statement in statements(counts, papers[one])
        ]
        for name in counts.index[(counts > 0) & (counts < threshold)] if told else ():
            minimum, maximum = feasible_interval(name, told)
            assert maximum - minimum + 1 >= threshold, (name, year, papers)
