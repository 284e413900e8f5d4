"""Columns that no ledger knows: asked about where their contents may change what is counted, else passed over."""

import pytest

from made.sheets import make_sheet

DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]
DAYS = [
    ["2025-03-05", "消防", "龙井村", 60],
    ["2025-04-06", "防汛", "青木村", 50],
    ["2025-05-07", "消防", "金凤社区", 40],
]


def drills(title, *cells):
    rows = [[*day, cell] for day, cell in zip(DAYS, cells, strict=True)]
    return make_sheet([["应急演练台账"], [*DRILLS, title], *rows])


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("次数", (1, 3, 1)), ("场次", (1, 2, 1)), ("数量(场)", (1, 3, 1)), ("合计", (80, 70, 60)), ("状态", ("有效", "作废", "有效")),
        ("完成情况", ("已完成", "未开展", "已完成")), ("审核状态", ("通过", "退回", "通过")), ("是否开展", ("是", "否", "是")),
        ("是否重复", ("否", "是", "否")), ("年度", (2025, 2024, 2025)), ("单位", ("人", "人", "百人")),
        ("主办单位", ("青木镇", "白石镇", "青木镇人民政府")),
        ("删除标志", (0, 0, 1)), ("是否删除", ("否", "是", "否")), ("是否有效", (1, 1, 0)), ("案件状态", ("已归档", "已撤回", "已归档")),
        ("受理状态", ("已受理", "已受理", "不予受理")),
    ],
)  # fmt: skip
def test_what_may_change_a_count_is_asked_about(asked_of_drills, title, cells):
    issues, kept = asked_of_drills(drills(title, *cells))
    assert [(one.kind, one.column) for one in issues] == [("column_decides", title)]
    assert kept == 3


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("次数", (1, 1, 1)), ("参演单位个数", (3, 4, 5)), ("发放资料份数", (30, 40, 50)), ("完成情况", ("已完成", "已完成", "已完成")),
        ("是否有方案", ("是", "否", "是")), ("年度", (2025, 2025, 2025)), ("主办单位", ("应急管理办", "司法所", "消防站")),
        ("合计", (60, 50, 40)), ("方案审批人意见", ("同意", "同意", "同意")),
        ("删除标志", (0, 0, 0)), ("是否有效", (1, 1, 1)), ("案件状态", ("已归档", "已办结", "已归档")),
    ],
)  # fmt: skip
def test_what_cannot_is_not(asked_of_drills, title, cells):
    issues, kept = asked_of_drills(drills(title, *cells))
    assert (issues, kept) == ([], 3)
