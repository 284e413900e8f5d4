"""What can change a printed number marks it everywhere: in the draft and its box, in the tables, among the open questions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi import town_year
from fazhi.dictionary.ledger_order import office_key
from fazhi.documents.model import OPEN_MARK
from fazhi.issues import open_questions
from fazhi.runs.nothing_to_do import open_lines
from fazhi.steps import appendix, clean, report, statistics, summaries, survey, working_papers
from fazhi.workspace.paths import Workspace
from made.sheets import write_workbook

TITLE = ["演练日期", "演练类型", "地点", "参与人数"]
FILE = Path("应急管理办") / "演练.xlsx"


def drills(year: int, *people: Any) -> list[list[Any]]:
    return [[f"{year}-0{at}-05", "消防", "龙井村", number] for at, number in enumerate(people, 1)]


def put(place: Workspace, *rows: list[Any], year: int = 2025, name: Path = FILE, title: str = "应急演练台账") -> None:
    write_workbook(place.raw(year) / name, [title], TITLE, *rows)


def count(place: Workspace, year: int = 2025) -> tuple[town_year.TownYear, dict[str, Any]]:
    town = town_year.open_year(year, place)
    found = survey.survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger, found)
    return town, statistics.write_statistics(town)


def total_differs(place: Workspace) -> None:
    put(place, *drills(2025, 60, 40), ["合计", "", "", 150])


def second_table(place: Workspace) -> None:
    """The kind sheet_several: the columns below stand in another order."""
    below = [["地点", "演练日期", "参与人数", "演练类型"], ["龙井村", "2025-07-05", 80, "消防"]]
    put(place, *drills(2025, 60, 40), [], *below)


def another_year(place: Workspace) -> None:
    put(place, *drills(2024, 60, 40), *drills(2025, 30))


def more_rows_than_numbers(place: Workspace) -> None:
    rows = [[number, *row] for number, row in zip((1, 2, 2), drills(2025, 60, 40, 30), strict=True)]
    write_workbook(place.raw(2025) / FILE, ["应急演练台账"], ["序号", *TITLE], *rows)


def fewer_than_last_year(place: Workspace) -> None:
    """The kind change_implausible."""
    put(place, *drills(2024, *[60] * 9), year=2024)
    count(place, 2024)
    put(place, *drills(2025, 60))


@pytest.mark.parametrize(
    "fault",
    [total_differs, second_table, another_year, more_rows_than_numbers, fewer_than_last_year],
)
def test_the_number_is_marked_wherever_it_stands(workspace: Workspace, fault: Callable[[Workspace], None]):
    fault(workspace)
    town, told = count(workspace)
    held = told.indicators["drills.held"]
    assert (held.status, bool(held.open_rows)) == ("open", True) and held.value

    document = report.composed(town, report.read_statistics(town))
    runs = [run for block in document["blocks"] for run in block.get("runs", [])]
    assert all(run.get("open") for run in runs if run.get("figure") == "drills.held")
    box = " ".join(document["blocks"][0]["items"])
    assert document["blocks"][0]["type"] == "notice" and f"应急演练{held.value}场" in box

    asked = open_questions(town.results.issues(), office_key(town.settings.specs.ledgers.values()))
    assert any("可能改变：应急演练" in line for line in open_lines(asked))
    rows = working_papers.questions_sheet(town).rows
    assert "应急演练" in "、".join(str(row[-1]) for row in rows).split("、")
    assert sum(asked.counts.values()) == len(rows)

    if fault is not fewer_than_last_year:  # that doubts one figure, the others doubt rows
        tables = appendix.summary_sheets(town, told, summaries.published_tables(town))
        assert [sheet.notes[-1][0] for sheet in tables if sheet.id == "drills_by_kind"] == [OPEN_MARK]


def test_a_tidy_ledger_marks_nothing(workspace: Workspace):
    put(workspace, *drills(2025, 60, 40), ["合计", "", "", 100])
    town, told = count(workspace)
    assert told.indicators["drills.held"].status == "complete"
    assert [issue.kind for issue in town.results.issues() if issue.kind != "ledger_missing"] == []


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "本年度没有开展应急演练"),  # an empty form says so, without a year before that had any
        (drills(2024, 60, 40), "〔待核实〕"),
        ([[*row, "作废"] for row in drills(2025, 60)], "〔待核实〕"),
        (drills(2025, "几十人"), "〔待核实〕"),
    ],
)
def test_none_is_said_of_an_empty_form_only(workspace: Workspace, rows: list[list[Any]], says: str):
    """The kind none_counts, beside those of the rows themselves."""
    write_workbook(workspace.raw(2025) / FILE, ["应急演练台账"], [*TITLE, "备注"], *rows)
    town, _ = count(workspace)
    document = report.composed(town, report.read_statistics(town))
    runs = [run for block in document["blocks"] for run in block.get("runs", []) if run.get("figure") == "drills.held"]
    assert [run["text"].startswith(says) for run in runs] == [True]


def test_empty_forms_where_last_year_had_rows_are_told_and_marked_unless_they_say_that_there_was_nothing(workspace):
    """The kind ledger_emptied."""
    put(workspace, *drills(2024, 10, 10, 10, 10, 10), year=2024)
    count(workspace, 2024)
    put(workspace)
    town, told = count(workspace)
    found = [(i.kind, i.severity, i.file) for i in town.results.issues() if i.kind == "ledger_emptied"]
    assert found == [("ledger_emptied", "error", FILE.as_posix())]
    assert told.indicators["drills.held"].status == "open"
    for nothing in (["无"], ["/", "/", "/", "/"], ["零报告"]):
        put(workspace, nothing)
        town, _ = count(workspace)
        assert "ledger_emptied" not in {i.kind for i in town.results.issues()}


def test_no_none_where_a_cell_that_decides_is_empty(workspace):
    """The kind zero_in_doubt."""
    head = ["决策日期", "决策事项", "公众参与", "专家论证", "风险评估", "合法性审查", "集体讨论决定"]
    rows = [["2025-03-01", "甲", "是", "是", None, "是", "是"], ["2025-03-02", "乙", "否", *["是"] * 4]]
    path = workspace.raw(2025) / "党政办" / "决策.xlsx"
    write_workbook(path, ["重大行政决策台账"], head, *rows)
    town, told = count(workspace)
    (issue,) = [i for i in town.results.issues() if i.kind == "zero_in_doubt"]
    assert (issue.changes, issue.found) == (
        "重大行政决策履行全部程序的比例",
        "结果为零，但有 1 行没有填写有关的列",
    )
    assert told.indicators["decisions.full_procedure_rate"].status == "open"
    assert told.indicators["decisions.made"].status == "complete"
    write_workbook(path, ["重大行政决策台账"], head, [*rows[0][:4], "否", "是", "是"], rows[1])
    _, told = count(workspace)
    assert told.indicators["decisions.full_procedure_rate"].status == "complete"
