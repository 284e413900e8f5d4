"""A reported total stands where there is no ledger, marked as such everywhere; where there is one it is held against it."""

import json

import pytest
import yaml

from fazhi import town_year
from fazhi.cli.trace import trace_text, traced
from fazhi.dictionary.loading import load_specs
from fazhi.disclosure.offers import decide
from fazhi.disclosure.publication_audit import Auditor
from fazhi.disclosure.published_indicators import cases_of, disclosed, offers_of
from fazhi.disclosure.row_book import RowBook
from fazhi.issues import Issue
from fazhi.steps import clean
from fazhi.steps.appendix import indicators_sheet
from fazhi.steps.evidence_sheet import sources_sheet
from fazhi.steps.report import composed
from fazhi.steps.statistics import write_statistics
from fazhi.steps.survey import survey_inputs, survey_year
from fazhi.town_year import TownYear
from fazhi.workspace.files import read_json
from fazhi.workspace.reported_figures import MARK
from fazhi.workspace.year_statistics import Statistics
from made.sheets import TOWN, write_workbook

HEAD = "indicator,value,period,file,sheet,cell,who,when"
FILE = "司法所/年报.xlsx"
DRILL = ["2025-03-05", "消防", "龙井村", 60]


def published(told):
    """What may be printed of a year in which all figures about people were reported without a ledger."""
    specs, forms = load_specs().indicators, {}
    for name, entry in told.indicators.items():
        offers = offers_of(name, entry, specs[name], 3, cases=cases_of(told, entry)) if entry.persons else []
        forms |= decide(offers, [], Auditor(RowBook({}), 3, {}, {}), lambda _: False, lambda _: False).forms
    return disclosed(told, specs, 3, forms)


def count(workspace, *lines: str, without: tuple[str, ...] = ()) -> tuple[TownYear, Statistics]:
    if not (workspace.raw(2025) / FILE).exists():
        write_workbook(workspace.raw(2025) / FILE, ["年报"], *[[n] for n in range(1, 101)], sheet="汇总")
    unit = yaml.safe_dump({**TOWN, "without": list(without)}, allow_unicode=True)
    workspace.unit_file.write_text(unit, encoding="utf-8")
    workspace.figures_file(2025).write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    town = town_year.open_year(2025, workspace.root)
    found = survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger, found)
    return town, write_statistics(town)


def line(indicator: str, number: int, text: str = "", period: str = "") -> str:
    return f"{indicator},{text or number},{period},{FILE},汇总,A{number + 1},王某,2025-12-31"


def issues(town: TownYear, kind: str) -> list[Issue]:
    return [issue for issue in town.results.issues() if issue.kind == kind]


def test_a_total_stands_for_the_ledger_and_says_so_everywhere(workspace):
    town, told = count(workspace, line("contracts.reviewed", 64, "64件次"))
    entry = told.indicators["contracts.reviewed"]
    assert (entry.value, entry.status, entry.open_rows, entry.definition) == (64, "complete", 0, "科室报送的数")
    written = read_json(town.processed / "statistics.json")["indicators"]
    assert [one["cell"] for one in written["contracts.reviewed"]["reported"]] == ["A65"]
    assert "reported" not in written["contracts.major"]
    assert f"{MARK}：{FILE}「汇总」 A65，所写为 64件次（figures.csv 第 2 行" in trace_text(
        "x", traced(town, "contracts.reviewed")
    )
    public = published(told)
    draft = json.dumps(composed(town, public), ensure_ascii=False)
    assert "64件次" in draft
    assert (
        f"{MARK}，不能逐条核对：合同合法性审查６４件次" in draft
        or f"{MARK}，不能逐条核对：合同合法性审查64件次" in draft
    )
    assert f"{MARK}（摘自 {FILE}「汇总」 A65）" in draft
    labels = [row[0] for row in indicators_sheet(public).rows]
    assert f"合同合法性审查（{MARK}）" in labels
    assert any(MARK in str(row[3]) for row in sources_sheet(town, public).rows)
    assert [row.severity for row in issues(town, "figure_reported")] == ["info"]
    assert "王某" not in draft + json.dumps(written, ensure_ascii=False)


def test_figures_of_a_ledger_that_the_town_does_not_keep_are_printed_and_the_others_silent(workspace):
    town, told = count(workspace, line("contracts.reviewed", 64), without=("contracts",))
    assert [name for name in told.indicators if name.startswith("contracts.")] == ["contracts.reviewed"]
    assert not [row for row in issues(town, "ledger_missing") if row.ledger == "contracts"]
    composed(town, published(told))


def test_months_add_up_and_those_that_lack_are_asked_about(workspace):
    lines = [line("contracts.reviewed", 5, period=f"{month}月") for month in range(1, 12)]
    town, told = count(workspace, *lines)
    entry = told.indicators["contracts.reviewed"]
    assert (entry.value, entry.status) == (55, "open")
    (asked,) = issues(town, "figure_partial")
    assert "11月的" in asked.found
    assert asked.changes == "合同合法性审查"
    town, told = count(workspace, *lines, line("contracts.reviewed", 5, period="12月"))
    assert (told.indicators["contracts.reviewed"].value, told.indicators["contracts.reviewed"].status) == (
        60,
        "complete",
    )


@pytest.mark.parametrize(("total", "status", "asked"), [(1, "complete", 0), (2, "open", 1)])
def test_a_total_beside_a_ledger_is_held_against_it(workspace, total, status, asked):
    write_workbook(
        workspace.raw(2025) / "应急管理办/演练.xlsx",
        ["应急演练台账"],
        ["演练日期", "演练类型", "地点", "参与人数"],
        DRILL,
    )
    town, told = count(workspace, line("drills.held", total))
    assert (told.indicators["drills.held"].value, told.indicators["drills.held"].status) == (1, status)
    assert told.indicators["drills.participants"].status == "complete"
    assert told.indicators["drills.held"].reported == ()
    differing = issues(town, "figure_differs")
    assert [row.changes for row in differing] == ["应急演练"] * asked
    assert all("台账算得 1" in row.found and "是 2" in row.found for row in differing)


def test_a_total_is_compared_as_exactly_as_it_is_written(workspace):
    rows = [["2025-03-05", "龙井村", "邻里", "来访", "调解成功", amount] for amount in (29_460, 80)]
    head = ["受理日期", "村(居)", "纠纷类型", "案件来源", "调解结果", "协议金额（元）"]
    write_workbook(workspace.raw(2025) / "司法所/纠纷.xlsx", ["矛盾纠纷调解台账"], head, *rows)
    text = f"disputes.amount_yuan,2.95万元,,{FILE},汇总,,王某,2025"
    assert issues(count(workspace, text)[0], "figure_differs") == []
    assert len(issues(count(workspace, text.replace("2.95", "2.96"))[0], "figure_differs")) == 1


def test_small_and_unexplained_totals_about_people_are_not_published(workspace):
    _, told = count(workspace, line("disputes.mediated", 2), f"disputes.amount_yuan,9元,,{FILE},汇总,,王某,2025",
                    f"disputes.success_rate,50%,,{FILE},汇总,,王某,2025")  # fmt: skip
    public = published(told).indicators
    assert (public["disputes.mediated"].bound, public["disputes.mediated"].value) == ("不足", None)
    assert public["disputes.amount_yuan"].withheld
    assert public["disputes.success_rate"].withheld
    _, told = count(workspace, f"disputes.amount_yuan,9元,,{FILE},汇总,,王某,2025")
    assert published(told).indicators["disputes.amount_yuan"].withheld
    _, told = count(workspace, line("disputes.mediated", 64), f"disputes.amount_yuan,9元,,{FILE},汇总,,王某,2025",
                    f"disputes.success_rate,60/64,,{FILE},汇总,,王某,2025")  # fmt: skip
    public = published(told).indicators
    assert [public[name].value for name in ("disputes.mediated", "disputes.amount_yuan")] == [64, 9]
    assert public["disputes.success_rate"].denominator == 64


def test_the_survey_depends_on_the_file(workspace):
    town, _ = count(workspace, line("contracts.reviewed", 64))
    before = survey_inputs(town)
    workspace.figures_file(2025).write_text(HEAD, encoding="utf-8")
    assert before != survey_inputs(town)
    assert "figures.csv" in before


def test_a_total_that_does_not_add_up_is_marked(workspace):
    form = {
        "title": "月报", "kind": "summary", "headings": ["月份", "审查件次", "备注"], "period": "月份",
        "figures": {"审查件次": "contracts.reviewed"},
    }  # fmt: skip
    workspace.forms_folder.mkdir(parents=True)
    (workspace.forms_folder / "monthly.yml").write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
    rows = [["上半年", 400, ""], ["下半年", 79, ""]]
    for total, status in ((479, "complete"), (480, "open")):
        path = workspace.raw(2025) / "司法所/月报.xlsx"
        write_workbook(path, ["月份", "审查件次", "备注"], *rows, ["合计", total, ""])
        _, told = count(workspace)
        entry = told.indicators["contracts.reviewed"]
        assert (entry.value, entry.status, [one.cell for one in entry.reported]) == (479, status, ["B2", "B3"])
