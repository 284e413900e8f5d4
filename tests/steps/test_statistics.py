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
    told = write_statistics(town)["indicators"]["drills.held"]
    return told["value"], told["open_rows"], told["status"]


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
