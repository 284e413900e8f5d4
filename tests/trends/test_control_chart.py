"""Each rule of the XmR chart by a series that meets it alone."""

import pytest

from fazhi.trends import control_chart

CALM = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]


def rules(values, **more):
    return [(signal.rule, signal.first, signal.last) for signal in control_chart.chart(values, **more).signals]


def test_limits_are_266_mean_moving_ranges_about_the_mean():
    made = control_chart.chart([10, 14, 12, 8])  # ranges 4, 2, 4
    assert made.center == (11.0,) * 4
    assert made.upper[0] == pytest.approx(11 + 2.66 * 10 / 3) and made.lower[0] == pytest.approx(11 - 2.66 * 10 / 3)
    assert made.provisional and not control_chart.chart(CALM).provisional


def test_a_calm_series_has_no_signal():
    assert rules(CALM) == []


def test_one_point_outside():
    assert rules([*CALM, 30, *CALM]) == [("outside", 12, 12)]


def test_seven_on_one_side_but_not_six():
    seven = [12, 11.5, 12.2, 11.4, 12.1, 11.6, 12.3]
    assert rules([*CALM, 9, *seven, 9, *CALM]) == [("shift", 13, 19)]
    assert rules([*CALM, 9, *seven[:6], 9, *CALM]) == []


def test_seven_rising():
    values = [*CALM[:-1], 8.6, 9.1, 9.7, 10.2, 10.8, 11.3, 11.9, *CALM]
    assert ("trend", 11, 17) in rules(values)


def test_two_of_three_near_a_limit():
    assert rules([*CALM * 4, 15, 10.5, 15, *CALM * 4]) == [("near", 48, 50)]


def test_limits_anew_after_a_step():
    made = control_chart.chart([*CALM, *(value + 20 for value in CALM)], steps=[12])
    assert made.center[11] == 10.5 and made.center[12] == 30.5 and made.signals == ()
    assert control_chart.chart([*CALM, 30, 31, 29], steps=[12]).provisional


def test_nothing_equal_and_single_points():
    assert control_chart.chart([]).signals == ()
    assert control_chart.chart([3]).upper == (3.0,)
    assert rules([5] * 20) == []
