"""Numerals: what one hand writes is read, what leaves a doubt has no reading."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.values.numerals import read_numeral, unify
from made.chinese_numbers import FINANCIAL, LOWER, in_words


def test_the_writer_of_these_tests():
    assert [in_words(n) for n in (10, 105, 1020, 30500, 233300, 100000005)] == [
        "一十",
        "一百零五",
        "一千零二十",
        "三万零五百",
        "二十三万三千三百",
        "一亿零五",
    ]


@given(st.integers(0, 99_999_999_999))
def test_full_forms_read_back(number):
    for letters in (LOWER, FINANCIAL):
        assert read_numeral(in_words(number, letters), alone=False) == number
    assert read_numeral(f"{number:,}", alone=False) == number
    assert read_numeral(str(number), alone=False) == number


@given(st.integers(1, 9), st.sampled_from([("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)]), st.integers(1, 9))
def test_last_place_may_be_unsaid_only_where_no_unit_follows(first, scale, second):
    name, value = scale
    for text in (f"{first}{name}{second}", f"{LOWER[first]}{name}{LOWER[second]}"):
        assert read_numeral(text, alone=True) == first * value + second * value // 10
        assert read_numeral(text, alone=False) is None


@given(
    st.decimals("0.01", "9999", places=2), st.sampled_from([("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)])
)
def test_decimals_before_a_scale(number, scale):
    assert read_numeral(f"{number}{scale[0]}", alone=False) == number * scale[1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("廿五", 25),
        ("卅", 30),
        ("两百五十", 250),
        ("两万", 20000),
        ("十万", 100000),
        ("一百十", 110),
        ("三万五百", 30500),
        ("叁萬伍仟", 35000),
        ("贰拾叁万叁仟叁佰", 233300),
        ("三点五万", 35000),
        ("三五〇〇〇", 35000),
        ("六〇", 60),
        ("3万5千6百", 35600),
        ("3万5000", 35000),
        ("3万500", 30500),
        ("3万零5百", 30500),
        ("1亿2千万", 120000000),
        ("3.5w", 35000),
        ("35k", 35000),
        (".5万", 5000),
        ("1,234,567.89", Decimal("1234567.89")),
    ],
)
def test_read(text, number):
    assert read_numeral(text, alone=False) == number


@pytest.mark.parametrize(
    "text",
    [
        "三五",
        "七八",
        "十三四",
        "三四百",
        "三四五十",
        "三五万",
        "百",
        "百万",
        "千",
        "万",
        "二廿",
        "二十百",
        "一百零",
        "三万零五千",
        "1.5万5千",
        "3万50",
        "3千50",
        "1亿2000",
        "35千5百",
        "3,50",
        "35,0000",
        "0,350",
        "1,234,56",
        "1.2.3",
        "1..2",
        "点五",
        "三点",
        "三点两",
        "零点",
        "-3",
        "+3",
        "1e5",
        "3½",
        "٣",
        "𝟛x",
        "ⅲ",
        "两十",
        "半",
        "几",
        "个",
        "三万五千三四",
        " ",
        "",
    ],
)
def test_no_reading(text):
    assert read_numeral(text, alone=True) is None


@given(st.text("零一二两三五九十百千万亿〇壹拾佰廿0123579.,点wk ", max_size=12), st.booleans())
def test_any_mixture_is_a_number_or_none(text, alone):
    value = read_numeral(text, alone=alone)
    assert value is None or (value.is_finite() and value >= 0)


def test_unify():
    assert unify("贰〇萬仟卅 3.5w 35k kg") == "二零万千三十 3.5万 35千 kg"
