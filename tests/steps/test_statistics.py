"""What may still change a figure is counted beside it: rows sent back, and sheets that were not read for certain."""

import pytest

from fazhi import town_year
from fazhi.steps import clean, survey
from fazhi.steps.statistics import write_statistics
from fazhi.town_year import TownYear
from made.hostile_workbooks import rows_xml, sheet_xml, workbook_parts, zipped

TITLE = ["演练日期", "演练类型", "地点", "参与人数"]
FIRST, SECOND = ["2025-03-05", "消防", "龙井村", "60"], ["2025-03-06", "防汛", "青木村", "40"]


def town_with(workspace, first: str, second: str) -> TownYear:
    """A town whose drills stand in two sheets of one workbook, given as `<row>` elements."""
    parts = workbook_parts(
        {"s1.xml": sheet_xml(first), "s2.xml": sheet_xml(second)}, names=["应急演练台账一", "应急演练台账二"]
    )
    (workspace.raw(2025) / "演练.xlsx").write_bytes(zipped(parts))
    return town_year.open_year(2025, workspace.root)


def drills(town: TownYear) -> tuple[object, int, str]:
    found = survey.survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger, found)
    told = write_statistics(town).indicators["drills.held"]
    return told.value, told.open_rows, told.status


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (rows_xml([TITLE, SECOND]), (2, 0, "complete")),
        # Row 2 is given twice: only one of the two is read, so the sheet's rows are in doubt, those of the first are not.
        (rows_xml([TITLE, SECOND]) + rows_xml([FIRST], first=2), (2, 1, "open")),
    ],
)
def test_a_sheet_whose_two_counts_differ_marks_the_figures_that_rest_on_it(workspace, second, expected):
    town = town_with(workspace, rows_xml([TITLE, FIRST]), second)
    assert drills(town) == expected


def marked(workspace, *rows: list[str]) -> dict[str, tuple[object, str]]:
    """Value and status of two figures of a town whose one file holds these rows under a header of drills."""
    town = town_with(workspace, rows_xml([TITLE, *rows]), "")
    drills(town)
    told = write_statistics(town).indicators
    return {name: (told[name].value, told[name].status) for name in ("drills.held", "drills.participants")}


def test_a_question_about_a_sheets_total_marks_the_figures_and_says_nothing_else(workspace):
    """The kind total_differs: a row may be lacking, so the count may move as well as the sum."""
    found = marked(workspace, FIRST, SECOND, ["合计", "", "", "150"])
    assert found == {"drills.held": (2, "open"), "drills.participants": (100, "open")}


def test_a_total_that_agrees_marks_nothing(workspace):
    found = marked(workspace, FIRST, SECOND, ["合计", "", "", "100"])
    assert found == {"drills.held": (2, "complete"), "drills.participants": (100, "complete")}


def test_a_value_of_no_known_kind_marks_only_the_figures_that_look_at_it(workspace):
    found = marked(workspace, FIRST, ["2025-03-06", "别的什么", "青木村", "40"])
    assert {status for _, status in found.values()} == {"complete"}


def test_a_file_nobody_can_read_marks_the_figures_of_the_ledger_that_it_names(workspace):
    """The kind file_refused: what it holds may count."""
    (workspace.raw(2025) / "应急演练台账扫描件.pdf").write_bytes(b"%PDF-1.4")
    assert {status for _, status in marked(workspace, FIRST, SECOND).values()} == {"open"}


def test_rows_of_other_towns_are_not_open(workspace):
    """A total that differs bears on the sheet's rows: this town's, not the district's."""
    rows = [["青木镇", *FIRST], ["白沙镇", *SECOND], ["石门街道", *SECOND], ["合计", "", "", "", "999"]]
    town = town_with(workspace, rows_xml([["镇街", *TITLE], *rows]), "")
    assert drills(town) == (1, 1, "open")


def test_a_districts_ledger_leaves_this_towns_figures_complete(workspace):
    rows = [["青木镇", *FIRST], ["白沙镇", *SECOND], ["青木镇", *SECOND]]
    town = town_with(workspace, rows_xml([["镇街", *TITLE], *rows]), "")
    assert drills(town) == (2, 0, "complete")
