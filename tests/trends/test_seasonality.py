"""Seasons: against brute force, planted, and what is none."""

import numpy as np
import pytest
from scipy import stats

from fazhi.trends import seasonality
from fazhi.trends.monthly_counts import grid
from made.trends_towns import disputes, more, rows


def spring(years=(2022, 2023, 2024, 2025)):
    frame = rows()
    for year in years:
        for month in (3, 4):
            frame = more(frame, 7, category="山林土地纠纷", accepted_on=f"{year}-{month:02}-11")
    return disputes(frame)


def test_the_scan_is_the_binomial_chance_of_each_run():
    events, base = np.array([[5.0, 1, 0, 0, 1, 0, 2, 0, 0, 1, 0, 6]]), np.full(12, 10.0)
    chances = seasonality.scan(events, base, np.ones((1, 1)), np.arange(1, 13))
    start, length = seasonality._WINDOWS[int(chances.argmin())]
    assert (start, length) == (11, 2)  # December and January
    assert chances.min() == pytest.approx(stats.binom.sf(10, 16, 2 / 12))


def test_a_type_that_comes_every_spring_is_found_and_no_other():
    found = [one for one in seasonality.group_seasons(grid(spring(), "category")) if one.p_value < 0.01]
    assert [(one.group, one.months) for one in found] == [("山林土地纠纷", [3, 4])]
    assert (found[0].events, found[0].inside) == (215, 83)


def test_what_came_in_one_spring_only_is_none():
    assert all(one.p_value > 0.05 for one in seasonality.group_seasons(grid(spring((2024,)), "category")))


def test_one_year_has_no_season():
    frame = rows((2025,))
    assert seasonality.group_seasons(grid(disputes(frame, (2025,)), "category")) == []


def test_the_town_has_a_season_of_its_own():
    frame = rows()
    for year in (2022, 2023, 2024, 2025):
        for month in (12, 1):
            frame = more(frame, 9, accepted_on=f"{year}-{month:02}-09")
    (found,) = seasonality.total_season(grid(disputes(frame), "village"))
    assert found.months == [12, 1] and found.p_value < 0.01
