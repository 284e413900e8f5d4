"""The entries of aliases.yml, each with what is written behind it."""

from fazhi.decisions.aliases_edit import Decision, with_decision
from fazhi.decisions.recorded import Recorded, recorded_decisions

TEXT = """\
# 分析人员认可的写法
values:
  disputes.source:
    网格 排查: 主动排查  # 2025-12-20
    '#3': null           # 与司法所核对
own: {disputes.category: [医疗纠纷]}  # 2025-12-21
villages: {老街社区: 金凤社区}
not_names: [便民服务队]
"""


def test_each_entry_has_the_comment_behind_it():
    assert recorded_decisions(TEXT) == [
        Recorded("values", "disputes.source", "网格 排查", "主动排查", "2025-12-20"),
        Recorded("values", "disputes.source", "#3", "", "与司法所核对"),
        Recorded("own", "disputes.category", "医疗纠纷", "", "2025-12-21"),
        Recorded("villages", "", "老街社区", "金凤社区", ""),
        Recorded("not_names", "", "便民服务队", "", ""),
    ]


def test_an_entry_written_by_accept_has_its_date():
    text = with_decision("", Decision(("columns", "disputes"), "发生村居", "village"), "2026-01-08")
    assert recorded_decisions(text) == [Recorded("columns", "disputes", "发生村居", "village", "2026-01-08")]
    assert recorded_decisions("") == recorded_decisions("﻿# 空\n") == []
