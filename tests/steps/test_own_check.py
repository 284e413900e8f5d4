"""The report's own draft held against the ledgers: nothing wrong as it comes; what a hand typed into the template is found."""

import pytest

from fazhi.runs.nothing_to_do import document_lines
from fazhi.steps import own_check, report
from fazhi.workspace.report_check import report_faults
from made.counted_year import counted_town
from made.sheets import write_workbook

HEADER = ["演练日期", "演练类型", "地点", "参与人数"]
ROWS = [["2025-03-05", "消防", "龙井村", 60], ["2025-04-05", "防汛", "青木村", 40]]


@pytest.fixture
def town(workspace):
    write_workbook(workspace.raw(2025) / "应急演练台账.xlsx", HEADER, *ROWS)
    return counted_town(workspace)


def blocks(town, opening=""):
    if opening:
        template = town.workspace.report_template(2025)
        template.write_text(
            f"{{% extends 'report.md' %}}\n{{% block opening %}}{opening}{{% endblock %}}", encoding="utf-8"
        )
    return own_check.checked(town, report.composed(town, report.read_statistics(town))["blocks"])


def test_nothing_is_wrong_with_the_draft_as_it_comes(town):
    made = blocks(town)
    assert report_faults(town.processed) == []
    assert not any("请先改正" in item for block in made if block["type"] == "notice" for item in block["items"])


def test_a_mistake_typed_into_the_template_is_found_and_told_on_top_and_on_the_terminal(town):
    first = blocks(town, "全年开展应急演练5场。")[0]
    told = report_faults(town.processed)
    assert [line.partition("：")[2] for line in told] == [
        "2025年“应急演练”应为2场。",
        "5场是手写的数，没有出处，请改用指标，或者自行核实。",
    ]
    assert first["type"] == "notice" and "应为2场" in "".join(first["items"])
    lines = list(document_lines(town.processed, ["report.docx"]))
    assert "应为2场" in "".join(lines)


def test_a_typed_number_that_is_right_is_still_without_a_source(town):
    blocks(town, "全年开展应急演练2场，计划开展3场。")
    assert [line.partition("：")[2][:6] for line in report_faults(town.processed)] == ["2场是手写的"]


def test_a_hedge_written_twice_stops_the_report(town):
    with pytest.raises(Exception, match="用了两个约数词"):
        blocks(town, "参与群众近100余人次。")


@pytest.fixture
def few_refused(workspace):
    """Twelve permits granted and two refused: 不予许可 is printed 不足3件."""
    rows = [
        [f"许〔2025〕{n}号", f"2025-{n % 12 + 1:02}-05", "普通许可", "不予许可" if n < 2 else "准予许可"]
        for n in range(14)
    ]
    header = ["行政许可决定文书号", "许可决定日期", "许可类别", "许可结果"]
    write_workbook(workspace.raw(2025) / "行政许可台账.xlsx", ["行政许可台账"], header, *rows)
    return counted_town(workspace)


def test_a_figure_is_its_indicators_own_whatever_words_are_near(few_refused):
    made = blocks(few_refused)
    text = "".join(run["text"] for block in made for run in block.get("runs", ()))
    assert "准予行政许可的决定12件，不予许可的决定不足3件" in text
    assert report_faults(few_refused.processed) == []


def test_the_box_does_not_tell_what_is_not_published(few_refused):
    blocks(few_refused, "全年不予行政许可5件。")
    told = report_faults(few_refused.processed)
    assert "确数不予公布" in told[0]
    assert not any("应为" in line for line in told)
