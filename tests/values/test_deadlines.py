"""Deadlines of a plan of tasks: the end of what they name, or standing; what may mean two days is left to be asked."""

from datetime import date

import pytest

from fazhi.values.deadlines import is_standing, last_day


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("6月底前", 6, 30), ("2025年12月", 12, 31), ("2025年2月底", 2, 28), ("12月底前完成", 12, 31), 
        ("二季度", 6, 30), ("2025年第4季度末", 12, 31), ("上半年", 6, 30), ("年底前", 12, 31), 
        ("全年", 12, 31), ("本年度内", 12, 31), (" 9 月 底 ", 9, 30),
    ],
)  # fmt: skip
def test_the_last_day_of_what_a_deadline_names(text, month, day):
    assert last_day(text, 2025) == date(2025, month, day)
    assert not is_standing(text)


def test_a_year_that_is_written_counts():
    assert last_day("2026年3月底", 2025) == date(2026, 3, 31)


@pytest.mark.parametrize(
    "text", ["长期坚持", "每季度", "长期", "持续推进", "常态化", "按月报送", "每季度一次", "每月底前"]
)
def test_a_standing_deadline_is_filled_in_but_names_no_day(text):
    assert is_standing(text) and last_day(text, 2025) is None


@pytest.mark.parametrize(
    "text",
    [
        "6月前",
        "三季度前",
        "2025年前",
        "次年1月底",
        "3月",
        "2025年3月上旬",
        "2025年",
        "2025.12",
        "立即",
        "年",
        "",
        "尽快",
        "2025",
        "13月",
    ],
)
def test_what_may_mean_two_days_or_none_is_no_deadline(text):
    assert last_day(text, 2025) is None and not is_standing(text)
