"""A blank ledger: an office fills it in, and every title and value is read without a question."""

import io

import openpyxl
import pytest

from fazhi.cli.main import main
from fazhi.recognition.headers import Header, assign_columns
from fazhi.recognition.survey import survey
from fazhi.returns.blank_form import blank_form, title
from fazhi.steps.clean import clean_ledger
from fazhi.steps.survey import survey_year
from fazhi.town_year import open_year


def test_every_title_of_every_ledger_is_known(settings):
    for name, ledger in settings.specs.ledgers.items():
        titles = [title(column) for column in ledger.columns.values()]
        found = assign_columns(Header(1, 1, tuple((one,) for one in titles)), settings.titles[name])
        assert list(found) and set(found) == set(ledger.columns), name


def test_cells_take_the_town_s_words_and_the_year_s_days(settings):
    ledger = settings.specs.ledgers["drills"]
    sheet = openpyxl.load_workbook(io.BytesIO(blank_form(ledger, settings.unit, 2026))).active
    checks = {str(check.sqref)[0]: check for check in sheet.data_validations.dataValidation}
    by_title = {cell.value: checks[cell.column_letter] for cell in sheet[2]}
    assert by_title["地点"].formula1.strip('"').split(",") == list(settings.unit.villages)
    assert "防汛" in by_title["演练类型"].formula1
    assert by_title["演练日期"].type == "date" and by_title["参与人数"].type == "whole"
    assert all(check.promptTitle and check.prompt for check in checks.values())
    assert blank_form(ledger, settings.unit, 2026) == blank_form(ledger, settings.unit, 2026)


@pytest.mark.parametrize("left_empty", [True, False])
def test_what_is_filled_in_is_read_and_empty_rows_are_nothing(workspace, left_empty):
    workspace.raw(2026).mkdir(parents=True)
    assert main(["blank", "应急演练", "--year", "2026", "--workspace", str(workspace.root)]) == 0
    (path,) = (workspace.root / "blank").rglob("*.xlsx")
    book = openpyxl.load_workbook(path)
    village = open_year(2026, workspace).settings.unit.villages[0]
    for row in () if left_empty else (["2026-03-05", "防汛", village, 40], ["2026-06-02", "消防", village, 35]):
        number = 3 + (row[1] == "消防")
        for place, value in enumerate(row, 1):
            book.active.cell(number, place).value = value
    office = workspace.raw(2026) / path.parent.name
    office.mkdir()
    book.save(office / path.name)
    town = open_year(2026, workspace)
    found = survey(workspace, 2026, town.settings)
    assert [issue.kind for issue in found.issues] == [] and found.ledgers == {"drills"}
    survey_year(town)
    assert clean_ledger(town, "drills").kept == (0 if left_empty else 2)


def test_a_ledger_that_does_not_exist_is_told_its_nearest(workspace, capsys):
    workspace.raw(2026).mkdir(parents=True)
    assert main(["blank", "应急演习", "--workspace", str(workspace.root)]) == 2
    assert "应急演练" in capsys.readouterr().err
