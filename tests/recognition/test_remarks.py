"""Remarks that may change whether or how much a record counts are asked about; other talk is not."""

import pytest

from fazhi.recognition.remarks import _said
from made.sheets import make_sheet

DRILLS = ["演练日期", "演练类型", "地点", "参与人数", "备注"]


@pytest.mark.parametrize(
    "remark",
    ["因雨取消", "取消", "活动取消", "与上一条重复", "重复登记", "人数应为80", "实际为80人", "另有30人参加", "见第3行", "已计入3月", "上年结转",
     "未开展", "待核实", "数字有误", "非本镇", "不计入", "已撤回", "误录", "延期至2026年", "因雨延期举行", "此为3场合计", "含4月一场", "共2次", "减为200元", "变更为3000元",
     "免于处罚", "后撤回调解申请", "当事人已反悔", "分3批进行", "其中桌面推演2次"],
)  # fmt: skip
def test_a_remark_that_may_change_the_count_is_asked_about(asked_of_drills, remark):
    rows = [["2025-03-05", "消防", "龙井村", 60, None], ["2025-04-06", "防汛", "青木村", 50, remark]]
    issues, kept = asked_of_drills(make_sheet([["应急演练台账"], DRILLS, *rows]))
    assert [(one.kind, one.row, one.column) for one in issues] == [("column_decides", 4, "备注")]
    assert kept == 2


@pytest.mark.parametrize(
    "remark",
    ["取消婚约引发", "甲方应为乙方支付", "不计前嫌", "改为分期付款", "重复投诉", "案结事了，未再发生", "无重复", "待司法确认", "已履行",
     "合同第3条", "因取消订单", "不计利息", "口头协议", "应是误会", "2025年3月已回访", "家庭矛盾，另有隐情", "同上次调解员",
     "延期整改", "共调解2次", "含误工费3000元", "合计赔偿3000元", "撤回起诉后和好", "分3次付清", "其中一方未到场", "改为书面协议"],
)  # fmt: skip
def test_other_remarks_are_not(remark):
    assert _said(remark) == ""


def test_only_the_words_that_say_so_are_repeated(asked_of_drills):
    row = ["2025-03-05", "消防", "龙井村", 60, "张小甲说人数有误"]
    issues, _ = asked_of_drills(make_sheet([["应急演练台账"], DRILLS, row]))
    assert [one.found for one in issues] == ["备注写着“有误”"]


@pytest.mark.parametrize(
    ("jotted", "found"),
    [("不算", "不算"), ("作废", "作废"), ("应80", "应8"), ("重复", "重复"), ("照片见附件", ""), ("已核", "")],
)
def test_what_is_jotted_down_in_a_column_without_a_title_is_read_as_a_remark(asked_of_drills, jotted, found):
    rows = [["2025-03-05", "消防", "龙井村", 60], ["2025-04-06", "防汛", "青木村", 50, None, jotted]]
    issues, _ = asked_of_drills(make_sheet([["应急演练台账"], DRILLS[:4], *rows]))
    told = [(one.row, one.found) for one in issues if one.kind == "column_decides"]
    assert told == ([(4, f"没有列名的一列写着“{found}”")] if found else [])
