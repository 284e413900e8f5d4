"""What notebook 04 shows of disputes, of none, and of a part of them."""

import pytest

from fazhi.documents.model import Document
from fazhi.documents.notebook_output import display
from fazhi.steps import trend_tables, trends
from fazhi.workspace.files import write_bytes
from made.explorer_views import cases, view_of

SHOWN = [
    trends.show_population,
    trends.show_months,
    lambda view: trends.show_by(view, "place"),
    lambda view: trends.show_by(view, "category"),
    lambda view: trends.show_crossing(view, []),
    trends.show_closing,
    trends.show_repeats,
]


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize(
    "rows", [[], cases(2025, (1, "龙井村", "邻里纠纷")), cases(2025, (5, "", "邻里纠纷"))], ids=len
)
def test_every_view_holds_for_few_rows_and_for_none(settings, shown, rows):
    said = shown(view_of(settings, rows))
    assert said.html.startswith("<")
    assert "nan" not in said.text.lower()


def test_the_analyst_sees_small_counts(settings):
    told = trends.show_by(view_of(settings, cases(2025, (5, "龙井村", "邻里纠纷"), (1, "青木村", "合同纠纷"))), "place")
    assert "青木村：2025年1件" in told.text


def test_findings_are_written_for_the_whole_of_a_town_only(settings, workspace):
    view = view_of(settings, cases(2025, (30, "龙井村", "邻里纠纷")), workspace)
    trends.write_findings(view, trends.find(view))
    path = workspace.processed(2025) / "trends.json"
    path.unlink()
    part = view_of(settings, cases(2025, (30, "龙井村", "邻里纠纷")), workspace)
    part = type(part)(part.records.only(village="龙井村"), part.towns, part.year)
    trends.write_findings(part, [])
    assert not path.exists()


def test_a_part_is_not_made_a_public_document(settings):
    view = view_of(settings, cases(2025, (30, "龙井村", "邻里纠纷")))
    assert isinstance(trends.show_document(view, []), display)
    part = type(view)(view.records.only(village="龙井村"), view.towns, view.year)
    assert "不生成公开的文件" in trends.show_document(part, []).text
    assert isinstance(trends.show_document(view, []).document, Document)


def test_some_of_the_years_are_a_part_too(settings, workspace):
    view = view_of(settings, cases(2025, (30, "龙井村", "邻里纠纷")), workspace)
    assert view.narrowed == []
    workspace.raw(2024).mkdir()
    write_bytes(workspace.processed(2024) / "clean" / "disputes.parquet", b"there")
    assert view.narrowed == ["2025年"]
    assert trends.show_document(view, []).text == "只看2025年时不生成公开的文件。"
    trends.write_findings(view, [])
    assert not (workspace.processed(2025) / "trends.json").exists()


def test_two_years_stand_side_by_side(settings):
    rows = [*cases(2024, (4, "龙井村", "邻里纠纷")), *cases(2025, (6, "龙井村", "邻里纠纷"), (1, "青木村", "合同纠纷"))]
    told = trend_tables.show_two_years(view_of(settings, rows)).text.splitlines()
    assert any(line.split() == ["村（居）", "龙井村", "4", "6", "2", "1.5倍"] for line in told)
    assert any(line.split() == ["纠纷类型", "合同纠纷", "0", "1", "1"] for line in told)
    assert "没有两年可比" in trend_tables.show_two_years(view_of(settings, cases(2025, (6, "龙井村", "邻里纠纷")))).text


def test_who_deals_with_rows_is_a_pseudonym_for_the_analyst_alone(settings):
    view = view_of(settings, cases(2025, (30, "龙井村", "邻里纠纷")))
    rows = view.records.rows.assign(handler=["Pa23456789ab", "Pb23456789ab", "Pb23456789ab"] * 10)
    view = type(view)(type(view.records)(rows, view.records.years, view.records.ledger), view.towns, view.year)
    assert trend_tables.show_handlers(view).text.splitlines()[1].split()[:3] == ["Pb23456789ab", "20", "20"]
    assert "Pb23456789ab" not in str(trends.show_document(view, []).document.to_json())
