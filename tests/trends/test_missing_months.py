"""Months without a row, counted by hand."""

import numpy as np
import pytest

from fazhi.trends import missing_months
from fazhi.trends.monthly_counts import grid
from made.trends_towns import disputes, rows


def without(*names, village=None):
    frame = rows()
    gone = frame["accepted_on"].dt.strftime("%Y-%m").isin(names)
    return disputes(frame[~(gone & (frame["village"] == village if village else True))])


def test_runs_of_zeros():
    assert missing_months.empty_runs(np.array([0.0, 0, 3, 0, np.nan, 0, 1, 0])) == [(0, 1), (3, 5), (7, 7)]
    assert missing_months.empty_runs(np.array([1.0, 2])) == []


def test_a_month_missing_in_the_town():
    (found,) = missing_months.town_gaps(grid(without("2024-05"), "village"))
    assert (found.village, found.first, found.last) == (None, 28, 28)
    assert found.expected == pytest.approx(10.0)
    assert found.p_value == pytest.approx(48 * np.exp(-10.0))


def test_the_least_expectation_of_year_and_calendar_month_holds():
    quiet = [f"{year}-02" for year in (2022, 2023, 2025)]
    frame = rows()
    thin = frame["accepted_on"].dt.strftime("%Y-%m").isin(quiet) & (frame.index % 10 > 0)
    gone = frame["accepted_on"].dt.strftime("%Y-%m") == "2024-02"
    (found,) = missing_months.town_gaps(grid(disputes(frame[~thin & ~gone]), "village"))
    assert found.expected == 1.0 and found.p_value > 0.5


def test_one_village_falls_silent():
    names = [f"2024-{month:02}" for month in range(3, 13)]
    first = missing_months.village_gaps(grid(without(*names, village="丙村"), "village"))[0]
    assert (first.village, first.first, first.last) == ("丙村", 26, 35)
    assert first.p_value < 0.001


def test_a_village_that_begins_later_was_not_silent_before():
    names = [f"2022-{month:02}" for month in range(1, 13)]
    assert missing_months.village_gaps(grid(without(*names, village="丙村"), "village")) == []


def test_scatter():
    assert missing_months.scatter(np.array([4.0, 4, 4])) == 1.0
    assert missing_months.scatter(np.array([0.0, 4, 8])) == pytest.approx(4.0)
