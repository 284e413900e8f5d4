"""A ledger that the town does not keep is owed by nobody and said nothing of; an optional one only where it is declared or sent."""

import json

import pytest
import yaml

from fazhi.errors import SpecError
from fazhi.issues import Issue
from fazhi.steps.clean import clean_ledger
from fazhi.steps.report import composed, read_statistics, report_charts
from fazhi.steps.statistics import write_statistics
from fazhi.steps.survey import ledger_files, survey_year
from fazhi.town_year import open_year
from fazhi.workspace.results import STATISTICS
from made import new_ledger
from made.sheets import TOWN, write_workbook
from made.small_town import DRILLS

PUBLICITY = (["普法活动台账"], ["活动日期", "活动名称"], ["2025-03-05", "宪法宣传"])


def build(workspace, **unit):
    """The town's year with these keys of unit.yml: its statistics, the text of its report, its issues."""
    workspace.unit_file.write_text(yaml.safe_dump({**TOWN, **unit}, allow_unicode=True), encoding="utf-8")
    town = open_year(2025, workspace)
    survey_year(town)
    for ledger in ledger_files(town):
        clean_ledger(town, ledger)
    write_statistics(town)
    published = read_statistics(town)
    blocks = composed(town, published)["blocks"]
    report_charts(town, published)
    statistics = json.loads((town.processed / STATISTICS).read_text(encoding="utf-8"))
    text = "\n".join(
        "".join([*block.get("items", []), block.get("text", ""), *(run["text"] for run in block.get("runs", []))])
        for block in blocks
    )
    return statistics, text, town.results.issues()


def of_kind(issues: list[Issue], kind: str) -> set[str]:
    return {issue.ledger for issue in issues if issue.kind == kind}


def test_what_a_town_does_not_keep_is_owed_by_nobody_and_its_sentences_fall_silent(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    before, told, issues = build(workspace)
    assert "publicity" in before["ledgers"]
    assert "publicity" in of_kind(issues, "ledger_missing")
    assert "巡回庭审" in told
    statistics, text, issues = build(workspace, without=["publicity", "consultations", "disputes"])
    assert {"publicity", "consultations", "disputes"}.isdisjoint(statistics["ledgers"])
    assert of_kind(issues, "ledger_missing") == set(statistics["ledgers"]) - {"drills"}
    assert [name for name in statistics["indicators"] if name.startswith("publicity.")] == []
    assert "巡回庭审" not in text
    assert "《矛盾纠纷调解台账》" in told
    assert "《矛盾纠纷调解台账》" not in text
    assert "调解成功率" not in text


def test_a_section_that_has_nothing_left_to_say_has_no_head(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    _, before, _ = build(workspace)
    _, text, _ = build(workspace, without=["oversight"])
    assert "监督" in "".join(line for line in before.split("\n") if line.startswith("（"))
    gone = {line[3:] for line in before.split("\n") if line.startswith("（")} - {line[3:] for line in text.split("\n")}
    assert len(gone) == 1


def test_a_ledger_that_is_sent_all_the_same_is_told_and_counted(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    statistics, _, issues = build(workspace, without=["drills"])
    (unexpected,) = (issue for issue in issues if issue.kind == "ledger_unexpected")
    assert unexpected.file == "演练.xlsx"
    assert "删去 drills" in unexpected.advice
    assert statistics["indicators"]["drills.held"]["value"] == 1
    assert statistics["indicators"]["drills.held"]["status"] == "open"


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ({"without": ["publicty"]}, "without 中“publicty”不是台账，最接近的是“publicity”"),
        ({"with": ["纠纷调解台账"]}, "with 中“纠纷调解台账”不是台账，最接近的是“disputes”"),
        ({"without": ["drills"], "with": ["drills"]}, "without 和 with 中都有“drills”"),
        ({"wih": ["drills"]}, "不认识的项目“wih”，最接近的是“with”"),
    ],
)
def test_what_is_no_ledger_is_told_with_the_nearest(workspace, unit, said):
    with pytest.raises(SpecError, match=said):
        build(workspace, **unit)


def test_an_optional_ledger_is_owed_where_declared_counted_where_sent_and_else_silent(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    new_ledger.add_to_town(workspace)
    file = workspace.dictionary_folder / "ledgers" / "facility_checks.yml"
    file.write_text(new_ledger.LEDGER + "optional: true\n", encoding="utf-8")
    statistics, text, issues = build(workspace)
    assert "facility_checks" not in json.dumps(statistics)
    assert "公共设施" not in text + "".join(issue.found for issue in issues)
    _, text, issues = build(workspace, **{"with": ["facility_checks"]})
    assert "facility_checks" in of_kind(issues, "ledger_missing")
    assert "巡查公共设施〔待核实〕次" in text
    sent = new_ledger.write_rows(workspace)
    statistics, text, issues = build(workspace)
    assert "巡查公共设施5次" in text
    sent.unlink()
    statistics, text, issues = build(workspace)  # nothing of it is left
    assert "facility_checks" not in json.dumps(statistics)
    assert not open_year(2025, workspace).results.clean_file("facility_checks").exists()
