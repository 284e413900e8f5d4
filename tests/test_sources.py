"""What is said of the year's files as files."""

import pytest

from conftest import write_workbook
from fazhi import steps
from fazhi.sources import survey

DRILLS = (["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60])


@pytest.mark.parametrize("lock", ["~$演练台账.xlsx", "~$台账.xlsx", ".~lock.演练台账.xlsx#"])
def test_a_workbook_that_is_open_is_read_and_told_without_a_name(workspace, lock):
    path = write_workbook(workspace.raw(2025) / "应急管理办" / "演练台账.xlsx", *DRILLS)
    (path.parent / lock).write_bytes(
        b"\x06\xc0\xcf\xcb\xbe\xcb\xbe" + "司马长风".encode("utf-16-le").ljust(158, b"\x00")
    )
    found = survey(workspace, 2025, steps.open_year(2025, workspace).known)
    told = [issue for issue in found.issues if issue.kind == "file_open"]
    assert [(issue.file, issue.severity) for issue in told] == [("应急管理办/演练台账.xlsx", "warning")]
    assert "没有存盘的改动不在本次结果里" in told[0].found
    assert "司马长风" not in told[0].sentence
    assert found.ledgers == {"drills"}


def test_a_lock_file_whose_workbook_is_gone_says_nothing_of_one(workspace):
    path = write_workbook(workspace.raw(2025) / "应急管理办" / "演练台账.xlsx", *DRILLS)
    (path.parent / "~$别的.xlsx").write_bytes(b"\x06".ljust(165, b"\x00"))
    found = survey(workspace, 2025, steps.open_year(2025, workspace).known)
    assert not [issue for issue in found.issues if issue.kind == "file_open"]
