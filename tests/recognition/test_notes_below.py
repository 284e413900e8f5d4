"""Lines beside the records that say how to read them otherwise are asked about; advice and plain notes are not."""

import pytest

from made.sheets import make_sheet

DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]
ROWS = [["2025-03-05", "消防", "龙井村", 60], ["2025-04-06", "防汛", "青木村", 50]]


@pytest.mark.parametrize(
    "line",
    ["注：带*的为下一步计划，尚未开展", "★为上年结转", "加粗的为补登", "更正：第2行参与人数为30人", "说明：第2行的演练取消", "另：6月防汛演练1场50人，未录入",
     "还有2场未登记", "第1条人数应为80"],
)  # fmt: skip
def test_a_line_that_changes_what_is_counted_is_asked_about(asked_of_drills, line):
    issues, kept = asked_of_drills(make_sheet([["应急演练台账"], DRILLS, *ROWS, [line]]))
    assert [(one.kind, one.row) for one in issues] == [("column_decides", 5)]
    assert kept == 2


@pytest.mark.parametrize(
    "line",
    ["注：带*的为必填项", "说明：未登记的活动请及时补报", "注：人数应为实际参加人数", "填报说明：如有更正，请注明", "注：本表每季度报送", "说明：活动含线上1场",
     "带*的为重点演练"],
)  # fmt: skip
def test_advice_and_plain_notes_are_not(asked_of_drills, line):
    assert asked_of_drills(make_sheet([["应急演练台账"], DRILLS, *ROWS, [line]])) == ([], 2)


def test_a_line_above_the_table_is_heard_too(asked_of_drills):
    issues, _ = asked_of_drills(make_sheet([["应急演练台账"], ["更正：4月那场人数为80"], DRILLS, *ROWS]))
    assert [one.found for one in issues] == ["表旁注明“更正:4月那场人数为80”，没有据此改动"]
