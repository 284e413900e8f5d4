"""The part of a year that a text names."""

import pytest

from fazhi.checking.binding.periods import is_dated_after, months_of, named_months


@pytest.mark.parametrize(
    ("period", "months"),
    [("上半年", (1, 6)), ("前三季度", (1, 9)), ("四季度", (10, 12)), ("2—5月", (2, 5)), ("十一月", (11, 11)), ("11月—2月", None), ("宣传周", None)],
)  # fmt: skip
def test_months_of_a_part_of_the_year(period, months):
    assert months_of(period) == months


@pytest.mark.parametrize(
    ("since", "named"),
    [
        ("第二季度调解", ("第二季度", (4, 6))),
        ("2025年1至11月，全镇调解", ("1至11月", (1, 11))),
        ("1—12月调解", ("", None)),
        ("较一季度增加", ("", None)),
        ("上半年不多，全年调解", ("", None)),
        ("上半年和三季度调解", ("", None)),
        ("6月调解", ("", None)),
    ],
)
def test_one_part_of_the_year_before_a_number(since, named):
    assert named_months(since) == named


def test_a_text_is_dated_at_its_head():
    assert is_dated_after("喜报\n日期：2026-01-16\n", 2025)
    assert not is_dated_after("2025年12月30日\n2026年计划调解100件", 2025)
