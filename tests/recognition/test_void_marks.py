"""Lines and running numbers that say that records are void, still to come or of another year are asked about."""

import pytest

from made.sheets import make_sheet

DRILLS = ["序号", "演练日期", "演练类型", "地点", "参与人数"]
ROWS = [[1, "3月5日", "消防", "龙井村", 60], [2, "4月6日", "防汛", "青木村", 50]]


def sheet(*rows):
    return make_sheet([["应急演练台账"], DRILLS, *rows])


@pytest.mark.parametrize(
    "line",
    [
        "下半年计划",
        "下半年计划开展",
        "二、拟开展的演练",
        "尚未开展",
        "三季度计划",
        "上年结转",
        "一、2024年结转",
        "以下不计入统计",
    ],
)
def test_a_line_above_records_that_may_not_count_is_asked_about(asked_of_drills, line):
    issues, kept = asked_of_drills(sheet([line], *ROWS))
    assert [(one.kind, one.row) for one in issues] == [("column_decides", 3)]
    assert kept == 2


@pytest.mark.parametrize("line", ["一、消防演练", "第二季度", "上半年", "演练活动", "龙井村"])
def test_another_line_is_not(asked_of_drills, line):
    assert asked_of_drills(sheet([line], *ROWS)) == ([], 2)


def test_what_was_carried_over_with_its_years_is_not(asked_of_drills):
    dated = [1, "2024-12-30", "消防", "龙井村", 60]
    rows = [[n, f"2025-0{n}-05", "消防", "龙井村", 60 + n] for n in (2, 3, 4)]
    assert asked_of_drills(sheet(["上年结转"], dated, ["本年开展"], *rows)) == ([], 3)


def test_lines_of_several_years_over_dates_that_show_none_are_asked_about(asked_of_drills):
    issues, _ = asked_of_drills(sheet(["2024年"], ROWS[0], ["2025年"], ROWS[1]))
    assert [issue.row for issue in issues] == [3, 5]


def test_a_line_of_another_year_below_the_records_is_asked_about(asked_of_drills):
    issues, _ = asked_of_drills(sheet(*ROWS, ["附：2024年演练情况"], [3, "3月8日", "消防", "金凤社区", 90]))
    assert [issue.row for issue in issues if issue.kind == "column_decides"] == [5]


def test_quarters_of_one_year_and_the_day_of_drawing_up_are_not(asked_of_drills):
    rows = sheet(["2025年一季度"], ROWS[0], ["2025年二季度"], ROWS[1], ["填报时间：2026年1月5日"], [])
    assert asked_of_drills(rows) == ([], 2)


@pytest.mark.parametrize("mark", ["作废", "废", "×", "（撤销）", "重复"])
def test_a_word_for_a_running_number_is_asked_about(asked_of_drills, mark):
    issues, kept = asked_of_drills(sheet(ROWS[0], [mark, *ROWS[1][1:]]))
    assert ("column_decides", 4, "序号") in [(one.kind, one.row, one.column) for one in issues]
    assert kept == 2
