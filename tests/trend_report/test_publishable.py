"""Which findings may be told: none that would show a small count, by what it says or by what is left."""

import pytest

from fazhi.trend_report.publishable import may_be_published, steps_of
from fazhi.trends.finding import Finding
from made.explorer_views import cases, view_of

TWO_YEARS = [*cases(2024, (20, "龙井村", "邻里纠纷"), (9, "青木村", "合同纠纷"), (7, "桂花村", "物业纠纷")),
             *cases(2025, (24, "龙井村", "邻里纠纷"), (12, "青木村", "合同纠纷"), (1, "桂花村", "物业纠纷"))]  # fmt: skip


def told_of(one, view):
    return may_be_published(one, view, view.published())


def finding(**about):
    return Finding("hotspot", "某句。", "firm", **about)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"village": "龙井村"}, True),
        ({"village": "桂花村", "period": "2024"}, True),
        ({"village": "桂花村", "period": "2025"}, False),  # one case
        ({"village": "龙井村", "period": "2025-01"}, False),  # two cases
        ({"village": "龙井村", "category": "邻里纠纷", "period": "2024"}, False),  # not of all years
        ({"village": "青木村", "period": "2024-01/2024-12"}, True),
        ({"public": False}, False),
    ],
)
def test_a_finding_that_would_show_a_small_count_is_not_told(settings, about, told):
    assert told_of(finding(**about), view_of(settings, TWO_YEARS)) is told


def test_a_finding_whose_rest_is_small_is_not_told(settings):
    """Eleven of the village's twelve are of one type: the one left would be known."""
    view = view_of(
        settings, cases(2025, (11, "龙井村", "邻里纠纷"), (1, "龙井村", "合同纠纷"), (20, "青木村", "合同纠纷"))
    )
    assert not told_of(finding(village="龙井村", category="邻里纠纷"), view)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"kind": "step", "period": "2025-01", "village": "龙井村"}, True),
        ({"kind": "step", "period": "2025-12", "village": "青木村"}, False),  # one case from then on
        ({"kind": "season", "period": "11/02", "village": "龙井村"}, True),
        ({"kind": "season", "period": "02/05", "village": "桂花村"}, True),  # none in it
        ({"kind": "season", "period": "01/01", "village": "桂花村"}, False),
    ],
)
def test_a_step_and_a_season_tell_what_lies_outside_them_too(settings, about, told):
    about = {"sentence": "某句。", "confidence": "firm", **about}
    assert told_of(Finding(**about), view_of(settings, TWO_YEARS)) is told


def test_steps_of_the_whole_town_are_found_among_the_months():
    steps = [
        Finding("step", "", "firm", period="2025-02"),
        Finding("step", "", "firm", village="龙井村", period="2025-01"),
    ]
    assert steps_of(steps, ["2025-01", "2025-02", "2025-03"]) == [1]
