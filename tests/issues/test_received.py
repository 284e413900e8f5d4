"""What was received and not read stands beside what is missing, and no office is pressed for what may lie there."""

import pandas as pd
import pytest

from fazhi import town_year
from fazhi.cli.main import main
from fazhi.issues import OpenQuestions
from fazhi.issues.received import MAXIMUM_FILES, unread_files, unread_lines
from fazhi.steps import clean, statistics, survey
from fazhi.workspace.files import write_json
from fazhi.workspace.results import RUN
from fazhi.workspace.run_record import RunRecord
from made.sheets import write_workbook

UNKNOWN = (["某某情况"], ["班次", "谁", "几点", "何处"], *([["早", "甲", 8, "广场"]] * 4))


@pytest.fixture
def town(workspace):
    """A town that has sent two files nobody knows, one of them in an office's folder."""
    write_workbook(workspace.raw(2025) / "应急管理办" / "情况.xlsx", *UNKNOWN)
    write_workbook(workspace.raw(2025) / "值班.xlsx", *UNKNOWN)
    year = town_year.open_year(2025, workspace)
    survey.survey_year(year)
    clean.clean_ledger(year, "drills")
    statistics.write_statistics(year)
    return workspace


def test_a_missing_ledger_is_looked_for_in_what_its_office_has_sent(town):
    issues = pd.read_parquet(town.processed(2025) / "issues.parquet").query("kind == 'ledger_missing'")
    advice = issues.set_index("ledger")["advice"]
    assert advice["drills"].startswith("可能就在收到而没有认出的 1 个文件里（如 应急管理办/情况.xlsx）")
    assert "催报" not in advice["drills"]
    assert advice["honours"].startswith("请先看收到而没有认出的 2 个文件里有没有；没有的，请向填报单位催报")
    told = town_year.open_year(2025, town).statistics().received
    assert told.files == 2
    assert "drills" in told.ledgers and "honours" not in told.ledgers


def test_status_names_each_file_and_the_command_that_says_what_it_is(town, capsys):
    assert main(["status", "--workspace", str(town.root)]) == 0
    told = capsys.readouterr().out
    assert "收到而没有认出的文件 2 个（先用 fazhi accept 加文件名指明，不必催报）" in told
    assert "· 应急管理办/情况.xlsx：可能是" in told
    assert 'fazhi accept "值班.xlsx"' in told


@pytest.mark.parametrize("noted", [["甲.xlsx：可能是某台账"], []])
def test_after_a_run_status_tells_what_the_run_has_noted(town, capsys, noted):
    record = town.processed(2025) / RUN
    write_json(record, RunRecord(year=2025, open=OpenQuestions(received=noted)))
    assert main(["status", "--workspace", str(town.root)]) == 0
    told = capsys.readouterr().out.splitlines()
    record.unlink()
    assert [line for line in told if "可能是" in line or "没有认出" in line] == noted


def test_what_the_town_says_is_none_of_its_ledgers_was_received_and_known(town, capsys):
    town.aliases_file.write_text("files: {值班.xlsx: 无关, 应急管理办/情况.xlsx: 无关}\n", encoding="utf-8")
    survey.survey_year(town_year.open_year(2025, town))
    statistics.write_statistics(town_year.open_year(2025, town))
    assert main(["status", "--workspace", str(town.root)]) == 0
    assert "收到而没有认出" not in capsys.readouterr().out


def test_a_long_list_is_cut_and_none_is_no_line():
    files = {f"{n}.xlsx": ("甲", "乙", "丙", "丁") for n in range(MAXIMUM_FILES + 2)}
    lines = unread_lines(files)
    assert lines[1] == '  · 0.xlsx：可能是甲、乙、丙等。fazhi accept "0.xlsx"'
    assert lines[-1] == "  另有 2 个没有列在这里，用 fazhi accept 可以全部列出。"
    assert unread_lines(unread_files([])) == []
