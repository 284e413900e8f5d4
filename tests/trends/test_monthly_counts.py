"""The months of a town."""

import numpy as np
import pytest

from fazhi.trends.monthly_counts import grid, intensity, likelihood
from made.trends_towns import disputes, rows


def test_unseen_months_hold_nothing():
    table = grid(disputes(rows(months=9)), "village", frozenset({"2023-02"}))
    assert table.total.reshape(4, 12)[3].tolist() == [10.0] * 9 + [0.0] * 3
    assert table.total[13] == table.days[13] == 0 and not table.seen[13]
    assert table.full_years == 4 and table.groups == ("丁村", "丙村", "乙村", "戊村", "甲村")


def test_likelihoods_by_hand():
    found = likelihood(np.array([3.0, 0.0]), np.array([10.0, 10.0]))
    assert found == pytest.approx([3 * np.log(0.3) + 7 * np.log(0.7), 0.0])
    assert intensity(np.array([6.0]), np.array([3.0])) == pytest.approx(6 * np.log(2))


def test_a_year_cut_off_within_a_month_has_the_days_that_it_has():
    frame = rows()
    frame = frame[frame["accepted_on"] <= "2025-09-12"]
    table = disputes(frame)
    assert (table.months, table.last_day) == (9, 7)
    assert grid(table, "village").days[[32, 44]].tolist() == [30, 7]
    assert table.same_days().rows.groupby("year").size().tolist() == [
        int(((frame["accepted_on"].dt.year == year) & ~((frame["accepted_on"].dt.month == 9) & (frame["accepted_on"].dt.day > 7))).sum())
        for year in (2022, 2023, 2024, 2025)
    ]  # fmt: skip


def test_a_few_days_without_a_row_at_the_end_are_chance():
    assert disputes(rows()).last_day is None
