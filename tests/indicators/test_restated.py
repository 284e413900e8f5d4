"""Last year's ledger, changed after its report was published: both figures are told, and which of them is compared."""

import shutil

import pytest

from fazhi.cli.new import new_year
from fazhi.cli.published import keep_published
from fazhi.errors import LedgerError, SpecError
from fazhi.indicators.published_figures import PublishedFigure, read_published, write_published
from fazhi.indicators.restated import as_printed
from fazhi.narrative.compose import compose
from fazhi.runs.nothing_to_do import restated_lines
from fazhi.runs.settings_check import open_checked
from fazhi.steps.appendix import indicators_sheet
from fazhi.steps.report import read_statistics
from fazhi.workspace.files import fingerprint, write_json
from fazhi.workspace.results import STATISTICS
from fazhi.workspace.year_statistics import PlanTarget
from made.counted_year import counted_town
from made.sheets import write_workbook

HEAD = ["演练日期", "演练类型", "地点", "参与人数"]


def drills(place, year: int, count: int) -> None:
    """The year's ledger, one drill a month."""
    rows = [[f"{year}-{month:02}-05", "消防", "龙井村", 60 + month] for month in range(1, count + 1)]
    write_workbook(place.raw(year) / "应急管理办" / "演练.xlsx", ["应急演练台账"], HEAD, *rows)


@pytest.fixture
def published(few_ledgers):
    """Ten drills in 2025, as was published; then an eleventh is entered. Twelve in 2026."""
    drills(few_ledgers, 2025, 10)
    write_published(few_ledgers.published_file(2025), counted_town(few_ledgers, 2025).statistics())
    drills(few_ledgers, 2025, 11)
    drills(few_ledgers, 2026, 12)
    counted_town(few_ledgers, 2025)
    return few_ledgers


def said(town) -> tuple[str, bool, str]:
    """The sentence on drills of a report, whether its comparison is marked, and the box on top."""
    text = '{{ sentence(clause("演练{drills.held}，{drills.held|change}")) }}'
    settings = town.settings
    made = compose(read_statistics(town), settings.unit, town.year, template_text=text)
    runs = [run for block in made["blocks"] for run in block.get("runs", [])]
    box = "".join(item for block in made["blocks"] if block["type"] == "notice" for item in block["items"])
    marked = any(run.get("open") for run in runs if run.get("figure") == "drills.held:change")
    return "".join(run["text"] for run in runs), marked, box


def setting(place, text: str) -> None:
    place.unit_file.write_text(f"{place.unit_file.read_text(encoding='utf-8')}{text}\n", encoding="utf-8")


def test_a_change_after_publication_is_asked_about_and_compared_with_the_ledger(published):
    town = counted_town(published, 2026)
    sentence, marked, box = said(town)
    assert sentence == "演练12场，较2025年增长9%（按更正后的2025年数）。" and marked
    assert "应急演练：2025年报告公布10场，现台账为11场" in box and "compare_with" in box
    (asked,) = [one for one in town.results.issues() if one.kind == "figure_restated" and "应急演练」" in one.file]
    assert asked.severity == "warning" and "10场" in asked.found and "11场" in asked.found
    assert any("应急演练" in note and note.startswith("※") for note in indicators_sheet(read_statistics(town)).notes)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("公布数", "演练12场，较2025年增长20%（按2025年公布数）。"),
        ("现台账", "演练12场，较2025年增长9%（按更正后的2025年数）。"),
    ],
)
def test_the_town_says_which_is_compared(published, choice, sentence):
    setting(published, f"compare_with: {choice}")
    town = counted_town(published, 2026)
    told, marked, box = said(town)
    assert told == sentence and not marked and "compare_with" not in box and "公布10场" in box
    assert {one.severity for one in town.results.issues() if one.kind == "figure_restated"} == {"info"}
    head, *lines = restated_lines(town.processed)
    assert f"{len(lines)} 个" in head and any(
        f"应急演练：公布 10场，现台账 11场；比较用{choice}" in line for line in lines
    )


def test_an_unchanged_ledger_is_not_spoken_of(published):
    drills(published, 2025, 10)
    counted_town(published, 2025)
    town = counted_town(published, 2026)
    assert said(town)[0] == "演练12场，较2025年增长20%。" and "公布" not in said(town)[2]
    assert not [one for one in town.results.issues() if one.kind == "figure_restated"]
    assert "restated" not in (town.processed / "statistics.json").read_text(encoding="utf-8")


def test_a_ledger_that_is_gone_leaves_the_printed_figure(published):
    (published.raw(2025) / "应急管理办" / "演练.xlsx").unlink()
    counted_town(published, 2025)
    assert said(counted_town(published, 2026))[0] == "演练12场，较2025年增长20%（按2025年公布数）。"


def test_the_years_own_report_was_published_otherwise(published):
    found = [one for one in counted_town(published, 2025).results.issues() if one.kind == "figure_published"]
    assert "已公布 10场，现台账为 11场" in "".join(one.found for one in found) and found[0].severity == "info"


def test_faults_of_the_file_are_told_together_before_the_run(published):
    path = published.published_file(2025)
    path.write_text("指标,名称,数值\ndrills.hold,演练,10\ndrills.held,演练,十\n", encoding="gb18030")
    with pytest.raises(SpecError, match=r"2025/published\.csv：第 2 行.*drills\.held.*第 3 行"):
        open_checked(2026, published)
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SpecError, match="缺少列：指标、数值"):
        read_published(path)


def test_excel_may_round_a_rate_but_not_its_two_counts(tmp_path):
    path = tmp_path / "published.csv"
    path.write_text('指标,数值,分子,分母\na.b,33.33%,1,3\nc.d,"1,200",,\n', encoding="utf-8-sig")
    found = read_published(path)
    assert found["a.b"].value == 1 / 3 and found["c.d"].value == 1200


def test_the_next_year_cannot_keep_figures_of_no_run(few_ledgers):
    drills(few_ledgers, 2025, 10)
    assert "2025年报告公布时的数没有记下" in new_year(few_ledgers, 2026)
    assert not few_ledgers.published_file(2025).exists()


def test_targets_of_a_plan_stand_as_they_were_published():
    places = {"unit": "场", "file": "f", "sheet": "", "open_rows": 0}
    now = [PlanTarget("培训", 2, row=3, **places), PlanTarget("演练", 5, row=4, **places)]
    printed = {f"plan:{name}": PublishedFigure(f"plan:{name}", name, "场", n) for name, n in (("培训", 3), ("演练", 5))}
    held, (told,) = as_printed(now, printed, 2026)
    assert [one.target for one in held] == [3, 5]
    assert told.kind == "target_restated" and told.severity == "info" and "公布 3场，现台账为2场" in told.found
    _, (gone,) = as_printed(now[1:], printed, 2026)
    assert gone.severity == "warning" and "没有这一项" in gone.found


def test_figures_are_kept_of_one_whole_run_only(few_ledgers):
    drills(few_ledgers, 2025, 10)
    folder = counted_town(few_ledgers, 2025).processed
    run = {"year": 2025, "complete": True, "made": ["statistics"], "outputs": {}}
    for made, outputs, why in (
        (["documents"], {}, "还没有结果"),
        (["statistics"], {STATISTICS: fingerprint(folder / STATISTICS)}, "不是同一次运行"),
        (["documents"], {STATISTICS: "0"}, "被改动过"),
    ):
        write_json(folder / "run.json", {**run, "made": made, "outputs": outputs, "open": {}})
        with pytest.raises(LedgerError, match=why):
            keep_published(few_ledgers, 2025)
    outputs = {STATISTICS: fingerprint(folder / STATISTICS)}
    write_json(folder / "run.json", {**run, "made": ["documents"], "outputs": outputs, "open": {}})
    assert "published.csv" in keep_published(few_ledgers, 2025)
    assert read_published(few_ledgers.published_file(2025))["drills.held"].value == 10
    with pytest.raises(LedgerError, match="--replace"):
        keep_published(few_ledgers, 2025)
    assert "published.csv" in keep_published(few_ledgers, 2025, replace=True)


def test_a_draft_that_is_still_open_is_not_taken_for_published(few_ledgers):
    drills(few_ledgers, 2025, 10)
    folder = counted_town(few_ledgers, 2025).processed
    outputs = {STATISTICS: fingerprint(folder / STATISTICS)}
    run = {"year": 2025, "complete": True, "made": ["documents"], "outputs": outputs}
    write_json(folder / "run.json", {**run, "open": {"counts": {"error": 1}, "figures": ["drills.held"]}})
    assert "报告公布以后运行 fazhi published 2025" in new_year(few_ledgers, 2026)
    assert not few_ledgers.published_file(2025).exists()
    write_json(folder / "run.json", {**run, "open": {}})
    few_ledgers.report_template(2026).unlink(missing_ok=True)
    shutil.rmtree(few_ledgers.raw(2026))
    assert "2025/published.csv" in new_year(few_ledgers, 2026) and few_ledgers.published_file(2025).exists()
