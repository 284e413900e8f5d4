"""Cells that carry what a person sees: dates without a year, numbers shrunk by their format, percentages, 1904."""

import datetime
from datetime import date

import pytest

from fazhi.intake import ShrunkNumber
from fazhi.values.counts import parse_count, parse_number
from fazhi.values.dates import parse_date
from fazhi.values.money import parse_money


@pytest.mark.parametrize(
    "cell",
    [
        datetime.datetime(2025, 3, 4, 23, 59, 17),
        datetime.datetime(2025, 3, 4, 23, 59, 16, 999000),
        "2025-03-04 23:59:17",
    ],
)
def test_43_seconds_before_midnight_is_the_next_day(cell: object) -> None:
    assert parse_date(cell, year=2025).value == date(2025, 3, 5)
    assert parse_date(datetime.datetime(2025, 3, 4, 23, 59), year=2025).value == date(2025, 3, 4)
    assert parse_date("2025-12-31T23:59:17", year=2025).value == date(2026, 1, 1)


def test_serials_of_1904() -> None:
    assert parse_date(44259, year=2025, is_1904=True).value == date(2025, 3, 5)
    assert parse_date("44259", year=2025, is_1904=True).problem or parse_date("44259", year=2025).value
    assert parse_date(45721, year=2025, is_1904=True).problem == "本工作簿的日期从1904年算起，这个数字可能差4年"
    assert parse_date(20250305, year=2025, is_1904=True).value == date(2025, 3, 5)


def test_a_shrunk_number_needs_a_unit() -> None:
    assert parse_money(ShrunkNumber(3.5), unit="万元").value == 35000
    for told in (parse_money(ShrunkNumber(3.5)), parse_count(ShrunkNumber(3)), parse_number(ShrunkNumber(3))):
        assert told.problem == "单元格格式把数缩小了显示，没有写单位"


@pytest.mark.parametrize(("cell", "value"), [("50%", 50), ("120％", 120), (0.5, 0.5), ("-5%", -5)])
def test_a_percentage_beside_its_unit_is_what_it_shows(cell: object, value: float) -> None:
    assert float(parse_number(cell, beside_unit=True).value or 0) == value
    assert isinstance(cell, float) or parse_number(cell).problem


@pytest.mark.parametrize("read", [parse_count, parse_number, parse_money])
def test_a_number_that_is_shown_backwards_is_not_read(read) -> None:
    assert read("\u202e06").problem == "含有使文字倒着显示的字符"
    assert read("\u200e60").value == 60
