"""What was mended is told by comparing versions of a file; rows that shifted are known again, doubts are said."""

import pytest

from fazhi import town_year
from fazhi.returns import resubmissions
from fazhi.returns.resubmissions import compare
from fazhi.steps import clean, statistics, survey
from fazhi.workspace import files
from made.sheets import write_workbook

HEAD = ["演练日期", "演练类型", "地点", "参与人数"]
GOOD, BAD, WORSE = (
    ["2025-03-05", "消防", "龙井村", 60],
    ["2025.13.5", "消防", "龙井村", 60],
    ["2025.14.5", "消防", "龙井村", 60],
)


@pytest.fixture
def received(workspace):
    """Put rows into the office's file (none: leave it), count, and give back what is told."""

    def call(*rows, name="演练.xlsx"):
        for path in () if not rows else (workspace.raw(2025) / "应急管理办").glob("*"):
            path.unlink()
        if rows:
            write_workbook(workspace.raw(2025) / "应急管理办" / name, ["应急演练台账"], HEAD, *rows)
        year = town_year.open_year(2025, workspace)
        survey.survey_year(year)
        for ledger in year.settings.specs.ledgers:
            clean.clean_ledger(year, ledger)
        statistics.write_statistics(year)
        return [one.sentence for one in resubmissions.resubmissions(year.processed)]

    return call


def test_the_first_time_and_unchanged_nothing_is_claimed(received):
    assert received(GOOD, BAD) == []
    assert received() == []


def test_mended_in_part_and_told_until_the_file_changes_again(received):
    received(BAD, ["待定", *BAD[1:]], GOOD)
    told = ["应急管理办/演练.xlsx：已更正 1 处，尚有 1 处"]
    assert received(GOOD, ["待定", *BAD[1:]], GOOD) == told
    assert received() == told
    assert received(GOOD, GOOD, GOOD) == ["应急管理办/演练.xlsx：已更正 1 处，尚有 0 处"]


def test_a_row_put_in_above_shifts_a_fault_and_mends_nothing(received):
    received(GOOD, BAD)
    assert received(GOOD, GOOD, GOOD, BAD) == ["应急管理办/演练.xlsx：已更正 0 处，尚有 1 处"]


def test_changed_and_still_wrong_and_a_row_taken_out(received):
    received(BAD, GOOD)
    assert received(WORSE, GOOD) == ["应急管理办/演练.xlsx：已更正 0 处，尚有 1 处；其中 1 处改过，仍不对"]
    assert received(GOOD) == ["应急管理办/演练.xlsx：已更正 1 处，尚有 0 处；行数少了 1 行，有的可能是删去而不是更正"]


def test_of_a_file_with_more_faults_than_are_remembered_nothing_is_claimed(received, monkeypatch):
    monkeypatch.setattr(resubmissions, "MAXIMUM_FAULTS", 2)
    received(BAD, BAD, BAD)
    assert received(GOOD, BAD, BAD) == []
    assert received(GOOD, GOOD, BAD) == ["应急管理办/演练.xlsx：已更正 1 处，尚有 1 处"]


def test_a_memory_of_another_shape_claims_nothing(received, workspace):
    received(BAD)
    files.write_json(workspace.processed(2025) / resubmissions.MEMORY, {"应急管理办/演练.xlsx": {"faults": []}})
    assert received(GOOD) == []


def test_a_mended_file_under_another_name(received):
    received(BAD, GOOD)
    assert received(GOOD, GOOD, name="演练（更正）.xlsx") == [
        "应急管理办/演练（更正）.xlsx（原为 应急管理办/演练.xlsx）：已更正 1 处，尚有 0 处"
    ]


def test_known_again_one_for_one():
    def fault(row, found, column="日期"):
        return ("s", row, column, "row_quarantined", found)

    told = compare(
        "f",
        [fault(3, "未填"), fault(4, "未填"), fault(5, "x")],
        [fault(9, "未填"), fault(5, "y"), fault(6, "z", "人数")],
    )
    assert (told.mended, told.changed, told.unsure, told.new) == (1, 1, 0, 1)
    told = compare("f", [fault(3, "a")], [fault(8, "b")])
    assert (told.mended, told.unsure, told.new) == (0, 1, 0)
    assert "1 处位置和内容都变了，不一定是原来那处" in told.sentence
