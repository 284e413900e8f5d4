"""A year's results: read where they are, None or empty where they are not, under the names that a run's plan uses."""

from dataclasses import replace

import pandas as pd
import pytest

from fazhi.errors import LedgerError, ResultError
from fazhi.issues import Issue
from fazhi.runs.notebook_steps import CLEAN, STATISTICS
from fazhi.workspace import results
from fazhi.workspace.files import write_json, write_parquet
from fazhi.workspace.issue_table import account_of_issues, issue_frame, read_account
from fazhi.workspace.results import SheetLayout, YearResults
from fazhi.workspace.run_record import NO_RUN, read_run


def test_of_a_year_that_was_not_run_there_is_nothing(tmp_path):
    year = YearResults(tmp_path / "2025")
    assert year.clean("disputes") is year.clean_frame("disputes") is None
    assert year.statistics() is None
    assert (year.layouts("disputes"), year.account_files("rows")) == ([], [])
    assert (year.sources().inputs, year.sources().ledgers) == ({}, {})
    assert not year.is_counted
    with pytest.raises(LedgerError):
        year.issues()


def test_a_clean_table_comes_in_plain_values_or_as_a_frame(tmp_path):
    write_parquet(tmp_path / results.clean_name("drills"), pd.DataFrame({"participants": [3, None]}, dtype="Int64"))
    year = YearResults(tmp_path)
    assert year.clean("drills")["participants"] == [3, None]
    assert str(year.clean_frame("drills").dtypes["participants"]) == "Int64"  # as it was written


ISSUES = [
    Issue("file_refused", "error", "甲.xlsx", office="司法所"),
    Issue("value_unknown", "warning", "乙.xlsx", "一", 5, "类型", "=1+1", ledger="disputes", changes="调解数、成功率"),
]


def test_issues_read_back_as_they_were_written(tmp_path):
    year = YearResults(tmp_path)
    write_parquet(tmp_path / results.ISSUES, issue_frame(ISSUES))
    assert year.is_counted
    assert year.issues() == ISSUES


def test_a_ledger_s_account_lacks_what_only_the_year_knows(tmp_path):
    path = write_parquet(tmp_path / results.account_name("disputes", "issues"), account_of_issues(ISSUES[::-1]))
    assert read_account(path) == [replace(issue, office="", changes="") for issue in ISSUES]


@pytest.mark.parametrize("lacking", [["office", "changes"], ["question"]])
def test_issues_of_another_version_are_to_be_made_again(tmp_path, lacking):
    year = YearResults(tmp_path / "2024")
    write_parquet(year.folder / results.ISSUES, issue_frame(ISSUES).drop(columns=lacking))
    with pytest.raises(LedgerError, match=f"没有 {'、'.join(lacking)} 列。请重新运行 fazhi run 2024"):
        year.issues()


def test_accounts_are_those_of_all_ledgers_in_order(tmp_path):
    for ledger, account in (("drills", "rows"), ("_files", "rows"), ("drills", "issues")):
        write_parquet(tmp_path / results.account_name(ledger, account), pd.DataFrame({"row": [1]}))
    names = [path.name for path in YearResults(tmp_path).account_files("rows")]
    assert names == ["_files.rows.parquet", "drills.rows.parquet"]


def test_sources_say_what_was_read_and_which_ledgers_it_holds(tmp_path):
    write_json(tmp_path / results.SOURCES, {"inputs": {"a.xlsx": "1f"}, "ledgers": {"drills": ["a.xlsx"]}})
    sources = YearResults(tmp_path).sources()
    assert (sources.inputs, sources.ledgers) == ({"a.xlsx": "1f"}, {"drills": ["a.xlsx"]})


def test_layouts_read_back_as_they_were_written(tmp_path):
    layout = SheetLayout("a.xlsx", "一", ["held_on"], {"held_on": 0}, 2, {"备注": []}, 4, says_none=False)
    write_json(tmp_path / results.layouts_name("drills"), [layout])
    assert YearResults(tmp_path).layouts("drills") == [layout]


def test_a_file_that_cannot_be_read_is_not_taken_for_none(tmp_path):
    for damaged in ("{", "[" * 100_000, "[]", "null", '"x"', '{"indicators": 3}', '[{"a": 1}]'):
        for name in (results.STATISTICS, results.SOURCES, results.RUN):
            (tmp_path / name).write_text(damaged, encoding="utf-8")
        for read in (YearResults(tmp_path).statistics, YearResults(tmp_path).sources):
            with pytest.raises(ResultError, match=r"不是本程序写出的内容.*请删去这个文件"):
                read()
        assert read_run(tmp_path) == NO_RUN


def test_a_run_s_plan_writes_what_the_reader_reads(tmp_path):
    year = YearResults(tmp_path)
    cleaned = {*CLEAN.outputs("drills"), results.clean_name("drills")}
    assert str(year.clean_file("drills").relative_to(tmp_path).as_posix()) in cleaned
    assert {results.layouts_name("drills"), results.account_name("drills", "issues")} <= cleaned
    assert {results.STATISTICS, results.ISSUES, results.FATES} <= set(STATISTICS.writes)
