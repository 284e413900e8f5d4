"""Plan and result: whether a target is met tells nothing beyond the printed result."""

import pytest

from fazhi.disclosure.published_indicators import PublishedEntry, shown_result
from fazhi.indicators.plan_targets import COMPARABLE, STATES, compare
from made.figures import entry, plan_target

ABOVE, BELOW = {"bound": "以上", "value": None}, {"bound": "不足", "value": None}


def told(target: float, exact: float, measure: str = "share", open_rows: int = 0, persons: bool = True, **printed):
    """The state that is published of a target beside a result that is exactly so much, and printed so."""
    unit = "%" if measure == "share" else "件"
    known = entry(exact, measure=measure, unit=unit, persons=persons, open_rows=open_rows)
    planned = plan_target("调解成功率", target * 100 if measure == "share" else target, unit)
    (row,) = compare([planned], {"x": known}, {"调解成功率": "x"}, {})
    assert row.state in (*COMPARABLE, "open")
    return shown_result(row, {"x": PublishedEntry(**{**vars(known), **printed})}).state


@pytest.mark.parametrize(
    ("target", "exact", "printed", "state"),
    [
        (0.95, 0.985, {**ABOVE, "bound_value": 0.96}, "met"),
        (0.96, 0.985, {**ABOVE, "bound_value": 0.96}, "met"),
        (0.98, 0.985, {**ABOVE, "bound_value": 0.96}, "withheld"),  # 完成 would leave at most four of two hundred
        (0.99, 0.985, {**ABOVE, "bound_value": 0.96}, "withheld"),  # 未完成 would leave three or more
        (0.5, 0.2, {**BELOW, "bound_value": 0.5}, "short"),
        (0.1, 0.2, {**BELOW, "bound_value": 0.5}, "withheld"),
        (0.9, 0.985, {"withheld": True, "value": None}, "withheld"),
        (0.97, 0.986, {"value": 0.99, "digits": 0}, "met"),
        (0.987, 0.986, {"value": 0.99, "digits": 0}, "withheld"),
        (0.95, 0.9496, {"value": 0.95}, "withheld"),  # 95.0%, which is not quite 95%
        (0.94, 0.9496, {"value": 0.95}, "met"),
        (0.96, 0.9496, {"value": 0.95}, "short"),
        (1.0, 1.0, {}, "met"),
    ],
)
def test_of_a_rate_only_what_its_printed_form_tells(target, exact, printed, state):
    assert told(target, exact, **printed) == state


@pytest.mark.parametrize(("target", "state"), [(200, "met"), (201, "short")])
def test_a_count_that_is_printed_is_compared_exactly(target, state):
    assert told(target, 200, "count") == state


def test_a_small_count_is_compared_with_what_it_is_below():
    printed = {**BELOW, "bound_value": 3}
    assert told(3, 2, "count", **printed) == "short"
    assert told(2, 2, "count", **printed) == "withheld"
    assert told(1, 2, "count", **printed) == "withheld"


def test_open_rows_stay_told_where_the_side_is():
    assert told(0.96, 0.9, open_rows=2, value=0.9) == "open"
    assert told(0.901, 0.9009, open_rows=2, value=0.901) == "withheld"


def test_what_is_about_no_person_stays_and_the_state_has_words():
    assert told(0.99, 0.985, persons=False) == "short"
    assert "不公布" in STATES["withheld"] and "withheld" not in COMPARABLE
