"""The next year begins with this one's wording, told what in it to look at; a year may have settings of its own."""

import pytest

from fazhi.cli.new import new_year
from fazhi.errors import SpecError
from fazhi.runs.staleness import surroundings
from fazhi.steps.survey import survey_inputs
from fazhi.town_year import open_year


def test_the_wording_is_carried_over_with_what_to_look_at(workspace):
    workspace.raw(2025).mkdir(parents=True, exist_ok=True)
    text = '{% extends "report.md" %}\n{% block study %}\n2025年开展第三次学习，{{ studies.sessions }}场。\n平常的一句。\n{% endblock %}\n'
    workspace.report_template(2025).write_text(text, encoding="utf-8")
    said = new_year(workspace, 2026)
    assert workspace.report_template(2026).read_text(encoding="utf-8") == text
    (line,) = [line for line in said.splitlines() if "行请核对" in line]
    assert "第 3 行" in line and "2025" in line and "第三次" in line


def test_a_first_year_has_nothing_to_carry_over(workspace):
    assert "沿用" not in new_year(workspace, 2026)


def test_a_year_has_settings_of_its_own(workspace):
    for year in (2025, 2026):
        workspace.raw(year).mkdir(parents=True, exist_ok=True)
    before = surroundings(workspace, 2026), survey_inputs(open_year(2026, workspace))
    own = workspace.year_unit_file(2026)
    own.write_text("document_number: 红星府发〔2027〕3号\n", encoding="utf-8")
    town = open_year(2025, workspace)
    assert town.in_year(2026).settings.unit.document_number == "红星府发〔2027〕3号"
    assert open_year(2026, workspace).in_year(2025).settings.unit.document_number == town.settings.unit.document_number
    assert town.in_year(2026).settings.unit.name == town.settings.unit.name
    after = surroundings(workspace, 2026), survey_inputs(open_year(2026, workspace))
    assert after[0] != before[0] and "2026/unit.yml" in after[1].keys() - before[1].keys()
    assert "2026/unit.yml" not in survey_inputs(open_year(2025, workspace))
    own.write_text("document_nummer: 1\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"2026/unit\.yml.*document_number"):
        open_year(2026, workspace)


def test_settings_that_hold_for_one_year_are_named(workspace):
    workspace.raw(2025).mkdir(parents=True, exist_ok=True)
    assert "只管一年" not in new_year(workspace, 2026)
    with workspace.unit_file.open("a", encoding="utf-8") as file:
        file.write("document_number: 青木府发〔2026〕1号\nreport_date: 2026-01-09\n")
    said = new_year(workspace, 2027)
    assert "document_number（青木府发〔2026〕1号）、report_date（2026-01-09）" in said and "title" not in said
