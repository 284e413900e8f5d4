"""The appendix says at each table that rows are still to be verified, as long as there are any."""

from fazhi import town_year
from fazhi.documents.model import OPEN_MARK
from fazhi.steps import appendix, clean, report, statistics, summaries, survey
from made.sheets import write_workbook

HEADER = ["演练日期", "演练类型", "地点", "参与人数"]
ROWS = [["2025-03-05", "消防", "龙井村", 60], ["2025-04-05", "防汛", "青木村", 40]]


def tables(workspace, *rows):
    """The summary tables' notes, by id, of a town with these drills."""
    write_workbook(workspace.raw(2025) / "应急演练台账.xlsx", HEADER, *rows)
    town = town_year.open_year(2025, workspace)
    survey.survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger)
    statistics.write_statistics(town)
    made = appendix.summary_sheets(town, report.read_statistics(town), summaries.published_tables(town))
    return {sheet.id: list(sheet.notes) for sheet in made}


def test_a_table_whose_ledger_has_open_rows_says_so_and_no_other(workspace):
    open_rows = tables(workspace, *ROWS, ["2025.13.5", "消防", "龙井村", 50])
    assert open_rows == {"drills_by_kind": [f"{OPEN_MARK}台账有1行待核实，更正后本表的数可能变动。"]}
    assert tables(workspace, *ROWS, ["2025-05-13", "消防", "龙井村", 50]) == {"drills_by_kind": []}
