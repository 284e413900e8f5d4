"""How figures are written: every branch, and what must hold of every number."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi import number_words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0人次"),
        (13, "13人次"),
        (97, "97人次"),
        (100, "100人次"),
        (163, "160余人次"),
        (199, "190余人次"),
        (214, "200余人次"),
        (700, "700人次"),
        (1005, "1000余人次"),
        (1236, "1200余人次"),
        (1300, "1300人次"),
        (1327, "1300余人次"),
        (6042, "6000余人次"),
        (9999, "9900余人次"),
        (10000, "1万人次"),
        (13270, "1.3万余人次"),
        (1234567, "123.4万余人次"),
    ],
)
def test_a_floor_keeps_round_and_small_numbers_exact(value: int, shown: str) -> None:
    assert number_words.floor(value, "人次") == shown


def _read(text: str) -> Decimal:
    found = re.fullmatch(r"(?:近|超)?([0-9.]+)(万?)余?", text)
    assert found, text
    return Decimal(found[1]) * (number_words.WAN if found[2] else 1)


@given(st.integers(1, 10**8))
def test_a_floor_is_never_above_its_value_and_loses_less_than_a_tenth(value: int) -> None:
    shown = number_words.floor(value)
    assert value * Decimal("0.9") < _read(shown) <= value
    assert ("余" in shown) == (_read(shown) != value)
    assert str(int(_read(shown)))[0] == str(value)[0] and len(str(int(_read(shown)))) == len(str(value))


@given(st.integers(1, 10**8))
def test_over_and_near_bound_the_value_from_their_side(value: int) -> None:
    over, near = number_words.over(value), number_words.near(value)
    assert _read(over) < value if over.startswith("超") else _read(over) == value
    assert _read(near) > value if near.startswith("近") else _read(near) == value
    assert "余" not in over + near


def test_over_and_near() -> None:
    assert (number_words.over(3042, "人次"), number_words.near(2960, "人次")) == ("超3000人次", "近3000人次")
    assert (number_words.over(3000, "人次"), number_words.near(3000, "人次")) == ("3000人次", "3000人次")


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (6393300, "639.33万元"),
        (29500, "2.95万元"),
        (30000, "3万元"),
        (30100, "3.01万元"),
        (Decimal("30050.00"), "3.01万元"),
        (30049.99, "3万元"),
        (10000, "1万元"),
        (9999.99, "9999.99元"),
        (200, "200元"),  # not 0.02万元
        (99.5, "99.5元"),
        (30, "30元"),
    ],
)
def test_money_in_wan_with_two_decimals_half_up(yuan: number_words.Number, shown: str) -> None:
    assert number_words.money(yuan) == shown


@given(st.integers(10_000, 10**10))
def test_money_is_within_half_a_unit_of_the_last_digit(yuan: int) -> None:
    shown = number_words.money(yuan).removesuffix("万元")
    assert abs(Decimal(shown) * number_words.WAN - yuan) <= 50
    assert not re.search(r"\.\d*0$", shown)


@pytest.mark.parametrize(
    ("value", "shown"), [(13270, "1.3万人次"), (20000, "2万人次"), (9999, "9999人次"), (15500, "1.6万人次")]
)
def test_large_counts_in_wan(value: int, shown: str) -> None:
    assert number_words.wan(value, "人次") == shown


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [
        (1, 1, "100%"),
        (0.944, 1, "94.4%"),
        (0.956897, 1, "95.7%"),
        (0.9445, 1, "94.5%"),
        (0.94449, 2, "94.45%"),
        (0.5, 1, "50%"),
        (0, 1, "0%"),
        (0.99996, 1, "99.996%"),
        (0.0002, 1, "0.02%"),
        (1.02, 1, "102%"),
    ],
)
def test_percentages(share: float, decimals: int, shown: str) -> None:
    assert number_words.percent(share, decimals) == shown


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_only_all_reads_as_all_and_only_none_as_none(part: int, more: int) -> None:
    whole = part + more
    assert number_words.percent(part / whole) != "100%"
    assert (number_words.percent(part / whole) == "0%") == (part == 0)


@pytest.mark.parametrize(
    ("value", "previous", "phrase"),
    [
        (136, 111, "较2024年增长23%"),
        (111, 136, "较2024年下降18%"),
        (7, 7, "与2024年持平"),
        (0, 0, "与2024年持平"),
        (1001, 1000, "与2024年基本持平"),
        (999, 1000, "与2024年基本持平"),
        (1005, 1000, "较2024年增长1%"),
        (300, 100, "较2024年增长200%"),
        (0, 5, "较2024年下降100%"),
        (1, 1000, "较2024年下降99.9%"),
        (5, 0, "2024年为零，不作比较"),
        (5, None, "上年无数据，不作比较"),
    ],
)
def test_growth_fall_level_and_no_base_are_different_sentences(value: int, previous: int | None, phrase: str) -> None:
    assert number_words.compared(value, previous, 2024) == phrase


@given(st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_the_direction_is_that_of_the_numbers(value: int, previous: int | None) -> None:
    phrase = number_words.compared(value, previous, 2024)
    assert ("增长" in phrase) <= (previous is not None and value > previous)
    assert ("下降" in phrase) <= (previous is not None and value < previous)
    assert ("持平" in phrase) <= (previous is not None and abs(value - previous) * 200 < max(previous, 1))
    assert "倍" not in phrase and "长0%" not in phrase and "降0%" not in phrase


@pytest.mark.parametrize(
    ("share", "previous", "phrase"),
    [
        (0.944, 0.956897, "较2024年下降1.3个百分点"),
        (1.0, 0.9, "较2024年提高10个百分点"),
        (0.5, 0.5, "与2024年持平"),
        (0.5002, 0.5, "与2024年基本持平"),
        (0.5, None, "上年无数据，不作比较"),
        (0.5, 0.0, "较2024年提高50个百分点"),
    ],
)
def test_rates_differ_in_percentage_points(share: float, previous: float | None, phrase: str) -> None:
    assert number_words.compared_rate(share, previous, 2024) == phrase


def test_counts_spans_dates_and_lists() -> None:
    assert number_words.count(136, "件次") == "136件次"
    assert number_words.count(12345678, "件") == "12345678件"
    assert number_words.span(15, 30, "%") == "15%~30%"
    assert number_words.day(date(2026, 1, 9)) == "2026年1月9日"
    assert [number_words.listing(items) for items in ([], ["甲"], ["甲", "乙"], ["甲", "乙", "丙"])] == [
        "",
        "甲",
        "甲和乙",
        "甲、乙和丙",
    ]


def test_ordinals_are_distinct_and_read_as_chinese_counts() -> None:
    assert [number_words.ordinal(n) for n in (1, 9, 10, 11, 20, 21, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
    ]
    assert len({number_words.ordinal(n) for n in range(1, 100)}) == 99


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("创建3个村(社区),其中1个", "创建3个村（社区），其中1个"),
        ("说明:共1,234件;12:30开会", "说明：共1,234件；12:30开会"),
        ('推行"三项制度"和"枫桥式"调解', "推行“三项制度”和“枫桥式”调解"),
        ("第(1)项!", "第（1）项！"),
        ('单个"引号', '单个"引号'),
    ],
)
def test_punctuation_becomes_full_width_one_for_one(text: str, shown: str) -> None:
    assert number_words.full_width(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_never_printed(value: number_words.Number) -> None:
    with pytest.raises(ValueError, match="不是数"):
        number_words.count(value, "件")


def test_tables_round_half_up_as_the_text_does() -> None:
    assert [number_words.rate(share) for share in (0.00125, 0.5, 0.0625, 0.94449)] == ["0.1%", "50.0%", "6.3%", "94.4%"]
    assert [number_words.signed(change, "个百分点") for change in (0.00125, -0.0625, 0, -0.00001)] == [
        "+0.1个百分点",
        "-6.3个百分点",
        "持平",
        "-0.0个百分点",
    ]
    assert [number_words.amount(value) for value in (1234, 0.125, 1000.0, 2.675, 0)] == [
        "1,234",
        "0.13",
        "1,000",
        "2.68",
        "0",
    ]


def test_points_are_of_the_fractions_themselves() -> None:
    """103/309 - 47/240 is 13.75 points exactly; as floats it is a little less."""
    assert number_words.points(103 / 309, 47 / 240) == "提高13.8个百分点"
    assert number_words.signed(103 / 309 - 47 / 240, "个百分点") == "+13.8个百分点"
