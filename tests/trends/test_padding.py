"""Village shares, counted by hand."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from fazhi.trends import padding


def shares(**years):
    return pd.DataFrame(
        {int(year[1:]): counts for year, counts in years.items()}, index=["甲村", "乙村", "丙村", "丁村", "戊村"]
    )


CALM = [20, 22, 25, 18, 15]


def test_the_published_case_of_271_in_479():
    table = shares(y2024=CALM, y2025=[271, 60, 55, 50, 43])
    (found,) = padding.paddings(table)
    assert (found.village, found.years, found.count, found.whole, found.others) == ("甲村", (2025,), 271, 479, 52.5)
    assert found.before == pytest.approx(0.2) and found.sure
    assert found.interval == pytest.approx(proportion_confint(271, 479, method="wilson"))


def test_it_stands_out_in_a_single_year_too():
    assert [found.village for found in padding.paddings(shares(y2025=[271, 50, 55, 50, 53]))] == ["甲村"]


def test_a_padded_year_before_the_last_is_told_with_its_year():
    table = shares(y2023=CALM, y2024=[120, 22, 25, 18, 15], y2025=CALM)
    assert [(found.village, found.years) for found in padding.paddings(table)] == [("甲村", (2024,))]


def test_two_padded_years_are_one_question():
    padded = [120, 22, 25, 18, 15]
    (found,) = padding.paddings(shares(y2022=CALM, y2023=CALM, y2024=padded, y2025=padded))
    assert (found.years, found.count, found.whole, found.before) == ((2024, 2025), 240, 400, pytest.approx(0.2))


def test_three_times_as_many_is_growth():
    assert padding.paddings(shares(y2023=CALM, y2024=CALM, y2025=[60, 22, 25, 18, 15])) == []


def test_a_smaller_jump_counts_with_other_signs():
    table = shares(y2023=CALM, y2024=CALM, y2025=[60, 22, 25, 18, 15])
    assert [found.village for found in padding.paddings(table, frozenset({("甲村", 2025)}))] == ["甲村"]
    assert padding.paddings(table, frozenset({("甲村", 2024), ("乙村", 2025)})) == []


def test_a_big_community_and_a_town_of_three_villages_are_no_padding():
    big = [80, 22, 25, 18, 15]
    assert padding.paddings(shares(y2023=big, y2024=big, y2025=big)) == []
    assert padding.paddings(shares(y2025=[271, 30, 25, 20, 15]).head(3)) == []


def test_the_jump_is_held_against_the_calmer_half_of_the_other_years():
    odds, low = padding.jump(
        shares(y2022=CALM, y2023=CALM, y2024=[120, 22, 25, 18, 15], y2025=[120, 22, 25, 18, 15]), "甲村", 2025
    )
    assert odds == pytest.approx((120.5 / 80.5) / (40.5 / 160.5)) and 1 < low < odds


def test_a_smaller_jump_counts_where_it_keeps_to_the_years_ledger():
    table = shares(y2023=CALM, y2024=CALM, y2025=[70, 22, 25, 18, 15]) * 2
    assert padding.paddings(table) == []
    assert [found.village for found in padding.paddings(table, in_ledger=frozenset({("甲村", 2025)}))] == ["甲村"]
    assert padding.paddings(table, in_ledger=frozenset({("甲村", 2024)})) == []
    twice = shares(y2023=CALM, y2024=CALM, y2025=[45, 22, 25, 18, 15]) * 2
    assert padding.paddings(twice, in_ledger=frozenset({("甲村", 2025)})) == []
