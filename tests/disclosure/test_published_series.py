"""No small count is published, nor one that can be worked out from what is."""

import dataclasses
import random

import pytest

from made.explorer_views import cases, view_of


def lines(view):
    return {(line.dimension, line.name): line for line in view.published().lines}


def test_counts_that_are_large_enough_are_shown_as_they_are(settings):
    shown = lines(view_of(settings, cases(2025, (24, "龙井村", "邻里纠纷"), (24, "青木村", "合同纠纷"))))
    assert shown["all", "合计"].step == 1
    assert shown["all", "合计"].values == {2025: [4] * 12}
    assert shown["village", "龙井村"].step == 3  # two a month are small, six a quarter are not
    assert shown["village", "龙井村"].values == {2025: [6] * 4}


def test_small_ones_are_drawn_together_with_one_that_is_not(settings):
    shown = lines(
        view_of(settings, cases(2025, (20, "龙井村", "邻里纠纷"), (9, "青木村", "邻里纠纷"), (2, "桂花村", "邻里纠纷")))
    )
    assert {key for key in shown if key[0] == "village"} == {("village", "龙井村"), ("village", "其余")}
    assert shown["village", "其余"].values == {2025: [11]}


def test_what_is_small_in_one_year_is_drawn_together_in_all(settings):
    both = [*cases(2024, (9, "龙井村", "邻里纠纷"), (9, "青木村", "邻里纠纷"), (9, "桂花村", "邻里纠纷")),
            *cases(2025, (9, "龙井村", "邻里纠纷"), (9, "青木村", "邻里纠纷"), (1, "桂花村", "邻里纠纷"))]  # fmt: skip
    assert ("village", "桂花村") not in lines(view_of(settings, both))


def test_a_year_of_two_cases_is_left_out(settings):
    both = [*cases(2024, (30, "龙井村", "邻里纠纷")), *cases(2025, (2, "龙井村", "邻里纠纷"))]
    published = view_of(settings, both).published()
    assert (published.years, published.withheld) == ((2024,), (2025,))
    assert all(set(line.values) == {2024} for line in published.lines)


def test_nothing_is_published_of_nothing(settings):
    assert view_of(settings, []).published().lines[0].values == {2025: [0] * 12}
    assert view_of(settings, cases(2025, (2, "龙井村", "邻里纠纷"))).published().lines == ()


def test_without_a_threshold_everything_is_shown(settings):
    open_unit = settings.unit.model_copy(update={"suppress_below": 0})
    view = view_of(
        dataclasses.replace(settings, unit=open_unit), cases(2025, (3, "龙井村", "邻里纠纷"), (1, "青木村", "合同纠纷"))
    )
    assert {line.step for line in view.published().lines} == {1}


@pytest.mark.parametrize("seed", range(12))
def test_no_line_and_no_rest_is_small_at_any_period(settings, seed):
    """Random towns: for each column, at every period, what is shown and what is left over is none or at least the threshold."""
    draw = random.Random(seed)
    villages, kinds = settings.unit.villages, ["邻里纠纷", "合同纠纷", "物业纠纷", "消费纠纷"]
    weights = [draw.random() ** 3 for _ in villages]
    made = [
        (
            f"{draw.choice([2023, 2024, 2025])}-{draw.randint(1, 12):02}-01",
            draw.choices(villages, weights)[0],
            draw.choice(kinds),
            "群众来访",
        )
        for _ in range(draw.choice([20, 80, 400]))
    ]
    check_what_is_left(view_of(settings, made))


def test_what_is_shown_by_month_and_by_half_year_together_tells_no_third(settings):
    """邻里 has few cases in a month though many in half a year; 合同 never has few; of 物业 there are 2 and 3 by half-year."""
    by_month = {
        "邻里纠纷": [12, 0, 0, 0, 1, 1, 15, 1, 0, 15, 1, 0],
        "合同纠纷": [4, 4, 4, 3, 3, 3, 3, 3, 3, 5, 5, 5],
        "物业纠纷": [0, 0, 0, 2, 0, 0, 1, 0, 0, 2, 0, 0],
    }
    made = [
        (f"2025-{month:02}-01", "龙井村", kind, "群众来访")
        for kind, counts in by_month.items()
        for month, count in enumerate(counts, 1)
        for _ in range(count)
    ]
    check_what_is_left(view_of(settings, made))


def check_what_is_left(view):
    published = view.published()
    rows = view.records.rows[view.records.rows["year"].isin(published.years)]
    for dimension in ("village", "category", "source"):
        told = published.of(dimension)
        for step in (1, 3, 6, 12):
            fine = [line.name for line in told if line.step <= step and line.name != "其余"]
            for year in published.years:
                for part in range(12 // step):
                    period = rows[(rows["year"] == year) & ((rows["month"] - 1) // step == part)]
                    counts = period[dimension].value_counts()
                    left = counts.drop(index=[name for name in fine if name in counts])
                    shown = [int(counts.get(name, 0)) for name in fine]
                    assert all(n == 0 or n >= 3 for n in shown), (dimension, step)
                    if fine:
                        assert left.sum() == 0 or left.sum() >= 3, (dimension, step)
    for line in published.lines:
        for year, counts in line.values.items():
            if line.name not in ("其余", "合计"):
                assert sum(counts) == ((rows["year"] == year) & (rows[line.dimension] == line.name)).sum()
