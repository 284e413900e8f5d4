"""Figures as offices report them, in words that say their unit."""

from decimal import Decimal

import pytest

from fazhi.values.reported_numbers import ReportedNumber, months_of, reported_number


@pytest.mark.parametrize(
    ("text", "unit", "value", "precision"),
    [
        ("479件次", "件次", "479", "1"),
        ("１，２００", "件", "1200", "1"),
        ("64宗", "件", "64", "1"),
        ("2.95万元", "元", "29500", "100"),
        ("29500", "元", "29500", "1"),
        ("3.5万", "人次", "35000", "1000"),
        ("95%", "%", "0.95", "0.01"),
        ("95.5％", "%", "0.955", "0.001"),
    ],
)
def test_a_number_is_read_in_its_indicators_unit(text: str, unit: str, value: str, precision: str) -> None:
    assert reported_number(text, unit) == ReportedNumber(Decimal(value), Decimal(precision))


def test_a_share_may_be_written_as_its_parts() -> None:
    found = reported_number("19/20", "%")
    assert isinstance(found, ReportedNumber)
    assert (found.value, found.parts) == (Decimal("0.95"), (19, 20))


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("约479件次", "件次", "不是一个确定的数"),
        ("479余件次", "件次", "写的单位是“余件次”"),
        ("479件次", "件", "这个指标的单位是“件”"),
        ("-3", "件", "不是一个确定的数"),
        ("1.5", "件", "不是整数"),
        ("2.95", "%", "应写成百分数"),
        ("0.95", "%", "应写成百分数"),
        ("120%", "%", "超过 100%"),
        ("21/20", "%", "部分比全部"),
        ("1/0", "%", "部分比全部"),
        ("2.95万美元", "元", "写的单位是“美元”"),
        ("", "件", "不是一个确定的数"),
        ("=1+1", "件", "不是一个确定的数"),
    ],
)
def test_what_is_no_certain_number_says_why(text: str, unit: str, said: str) -> None:
    found = reported_number(text, unit)
    assert isinstance(found, str)
    assert said in found


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("", range(1, 13)), ("全年", range(1, 13)), ("2025年3月份", [3]), ("12月", [12]), ("第一季度", [1, 2, 3]), ("4季度", [10, 11, 12]),
        ("上半年", range(1, 7)), ("下半年", range(7, 13)), ("1—6月", range(1, 7)), ("11月至12月", [11, 12]),
    ],
)  # fmt: skip
def test_a_period_is_months(text: str, months: object) -> None:
    assert months_of(text) == frozenset(months)  # type: ignore[call-overload]


@pytest.mark.parametrize("text", ["13月", "0月", "某时", "6-3月", "5季度"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert months_of(text) is None
