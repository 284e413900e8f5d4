"""Titles that mean the same, and those that only look alike."""

import pytest

from fazhi.values.titles import heading_key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("评查时间", "评查日期", True),
        ("公布日期", "清理日期", False),  # never across a date's verb
        ("受理时间", "办结日期", False),
        ("当事人名称", "当事人", True),
        ("当事人姓名", "当事人", True),
        ("姓名", "名称", False),
        ("文件名称", "名称", False),
        ("纠纷类型", "纠纷类别", True),
        ("受众人数(人)", "参加人次", True),
        ("参演人数", "参与人数", True),
        ("应参加人数", "参加人数", False),
        ("年龄", "件次", False),
        ("送审部门", "送审单位", True),
        ("被检查单位", "检查单位", False),
        ("检查实施日", "检查日期", True),
        ("组织演练时间", "演练日期", True),
        ("演练开始时间", "演练日期", True),
        ("演练结束时间", "演练日期", False),
        ("作出处罚日期", "处罚日期", True),
        ("开展日期", "举办日期", False),  # each may be what a ledger calls its date
        ("整改日", "检查日", False),
        ("咨询问题分类", "咨询类别", True),
        ("服务渠道", "服务方式", True),
        ("参加演练人数", "参加人数", True),
        ("覆盖人数", "参加人数", False),
        ("实到人数", "参加人数", True),
        ("应到人数", "参加人数", False),
        ("实际演练时间", "演练日期", True),
        ("计划演练时间", "演练日期", False),
        ("发现隐患条数", "发现隐患数", True),
        ("是否重大合同", "重大合同", True),
        ("办结标识", "是否办结", True),
        ("公众参与程序", "公众参与", True),
        ("案件程序", "案件", False),
        ("联系方式", "联系电话", True),
        ("身份证号码", "身份证", True),
        ("统一社会信用代码", "信用代码", True),
    ],
)
def test_what_is_the_same_title(one, other, same):
    assert (heading_key(one) == heading_key(other)) is same
