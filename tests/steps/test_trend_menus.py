"""Menus where someone is there to use them, and charts that follow what is chosen."""

from types import SimpleNamespace

import IPython
import pytest

from fazhi.steps import trend_menus
from made.explorer_views import cases, view_of

ROWS = [*cases(2024, (6, "龙井村", "邻里纠纷")), *cases(2025, (6, "龙井村", "合同纠纷"), (2, "青木村", "邻里纠纷"))]


def shell(metadata):
    return SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda _: {"metadata": metadata}))


@pytest.mark.parametrize(
    ("asked_by", "there"),
    [(shell({"cellId": "a"}), True), (shell({}), False), (SimpleNamespace(), False), (None, False)],
    ids=["JupyterLab", "papermill", "warm engine", "plain Python"],
)
def test_menus_are_shown_to_people_only(settings, monkeypatch, asked_by, there):
    monkeypatch.setattr(IPython, "get_ipython", lambda: asked_by)
    assert trend_menus.is_live() is there
    assert (getattr(trend_menus.show_menus(view_of(settings, ROWS)), "text", "") == trend_menus.HINT) is not there


def test_charts_follow_the_menus(settings):
    box = trend_menus.menus(view_of(settings, ROWS))
    (village, category, source, outcome), years, shown = box.children[0].children, box.children[1], box.children[2]
    assert [option[0] for option in village.options] == ["全部", "青木村", "龙井村"]
    assert "青木村" in shown.value
    assert box.children[0].layout.flex_flow == "row wrap"  # the menus of a narrow screen stand below one another
    village.value = "龙井村"
    assert "青木村" not in shown.value
    category.value = "邻里纠纷"
    assert "全部6件都是邻里纠纷" not in shown.value  # of 2025, the last year, there is none
    years.value = (2024, 2024)
    assert "2024年全部6件都是龙井村" in shown.value
    assert source.value == outcome.value == ""
    assert 'download="counts.csv"' in shown.value and 'download="trends-village.png"' in shown.value


def test_a_choice_without_cases_says_so(settings):
    part = trend_menus.narrowed(view_of(settings, ROWS), (2024, 2024), {"village": "青木村"})
    assert part.records.years == (2024,)
    assert "没有计入的矛盾纠纷" in trend_menus.charts(part).text


def test_what_is_shown_can_be_taken_along_and_no_text_of_it_is_a_formula(settings):
    view = view_of(settings, [*ROWS, *cases(2025, (1, "龙井村", "=1+1"))])
    lines = trend_menus.counts(view).astype(str).agg("|".join, axis=1).tolist()
    assert "纠纷类型|邻里纠纷|2024|6" in lines and "纠纷类型|'=1+1|2025|1" in lines
