"""Every kind of question of the catalogue marks the figures that it may change, and names them."""

from dataclasses import replace

import pytest

from fazhi.indicators.open_rows import OF_ONE_COLUMN, PLAN, OpenRows
from fazhi.issues import CATALOGUE, Issue

HELD, PEOPLE = "应急演练", "应急演练参与"
# Kinds that only inform: the figure is as the rules have it, whatever one thinks of them.
CERTAIN = {
    "table_contained": "the same rows stand in the other table and count there",
    "table_version": "every row stands in the newer version; where one does not, the issue is a warning",
    "row_duplicate_event": "what such a ledger lists has no name: two equal rows are two events",
    "number_merged": "one cell is one number",
    "row_example": "a row that says it is an example",
    "rows_joined": "rows that share one number are one record",
    "column_elsewhere": "the one place that says it",
    "rows_elsewhere": "a column says whose the rows are",
    "rows_other_ledger": "a form says whose the rows are",
    "value_taken": "the one place that says it",
    "correction": "the analyst's own decision",
    "figure_reported": "the office's own total, with its place",
    "name_masked": "a file counts whatever it is called",
    "figure_published": "the figure is that of the ledger, whatever an earlier paper has said of it",
    "title_masked": "a column that is needed is asked about by columns_missing",
}
# There is no figure then, but a gap; or the figure is marked by the rows that lack the column, or by the question that is asked
# again where a decision answers nothing that is there. A total that is left out leaves the ledger's figure as it is.
WITHOUT_FIGURE = {
    "ledger_missing",
    "ledger_received",
    "ledger_failed",
    "year_empty",
    "columns_missing",
    "decision_unused",
    "figure_unread",
}
ASKED = sorted(name for name, kind in CATALOGUE.items() if kind.severity != "info" and name not in WITHOUT_FIGURE)


def question(kind: str, **more: object) -> Issue:
    place = {"file": "应急管理办/演练.xlsx", "sheet": "Sheet1", "row": 3, "column": "参与人数"}
    return Issue(kind, CATALOGUE[kind].severity, **{**place, **more})


@pytest.fixture
def rows_of(specs):
    """The open rows of a town with three drills in one sheet and these issues."""

    def made(*issues: Issue) -> OpenRows:
        place = ("应急管理办/演练.xlsx", "Sheet1")
        columns = ["held_on", "kind", "village", "participants"]
        return OpenRows(specs.ledgers, {"drills": {place: columns}}, {place: dict.fromkeys((3, 4, 5), "kept")}, issues)

    return made


@pytest.fixture
def changes(specs, rows_of):
    return lambda issue: rows_of(issue).changes(issue, specs.indicators.values())


def test_the_kinds_that_change_nothing_are_those_that_inform():
    assert CERTAIN.keys() == {name for name, kind in CATALOGUE.items() if kind.severity == "info"}


@pytest.mark.parametrize("kind", ASKED)
def test_a_question_about_a_sheet_marks_its_figures_and_names_them(specs, rows_of, changes, kind):
    people = specs.indicators["drills.participants"]
    assert rows_of(question(kind)).of("drills", people.looks_at), kind
    assert PEOPLE in changes(question(kind)), kind


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize(
    "place", [{"sheet": "", "row": None, "column": ""}, {"file": "应急演练台账", "sheet": "", "row": None}]
)
def test_a_question_about_a_file_or_a_ledger_does_so_too(rows_of, changes, kind, place):
    issue = question(kind, **place)
    found = changes(replace(issue, column="参与人数"))
    assert found == [HELD, PEOPLE] or (kind in OF_ONE_COLUMN and found == [PEOPLE])
    assert rows_of(replace(issue, column="参与人数")).of("drills", {"participants"})


def test_a_file_that_names_no_ledger_bears_on_all_of_its_office_and_without_one_on_all(specs, changes):
    refused = question("file_refused", file="应急管理办/1.pdf", sheet="", row=None)
    mine = [one.label for one in specs.indicators.values() if specs.ledgers[one.ledger].office == "应急管理办"]
    assert changes(refused) == mine and HELD in mine and len(mine) < len(specs.indicators)
    assert len(changes(replace(refused, file="1.pdf"))) == len(specs.indicators) + 1


@pytest.mark.parametrize("kind", CERTAIN)
def test_what_informs_marks_nothing(specs, rows_of, changes, kind):
    assert rows_of(question(kind)).of("drills", {"participants"}) == set()
    assert changes(question(kind)) == []


def test_a_missing_ledger_or_column_names_the_figures_that_need_it(changes):
    assert changes(question("ledger_missing", ledger="drills", file="data/raw/2025", sheet="", row=None)) == [
        HELD,
        PEOPLE,
    ]
    assert changes(question("columns_missing")) == []  # the sheet has all that they look at


def test_questions_about_the_plan_name_it(changes):
    assert changes(question("value_unreadable", ledger="plan_targets", column="目标值")) == [PLAN]


def test_no_label_holds_the_mark_that_parts_labels(specs):
    assert not [one.label for one in specs.indicators.values() if "、" in one.label]
