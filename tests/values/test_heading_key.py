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
    ],
)
def test_what_is_the_same_title(one, other, same):
    assert (heading_key(one) == heading_key(other)) is same
