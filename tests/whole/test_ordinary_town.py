"""No ordinary town is stopped: people, firms and mediators whose names are words of the report."""

from fazhi.runs import pipeline
from made.sheets import write_workbook

WORDS = [
    "高峰",
    "和平",
    "文明",
    "安全",
    "王朝",
    "李和平",
    "乡贤",
    "平台",
    "公安",
    "国庆",
    "李十月",
    "端午",
    "万达",
    "方正",
    "金额",
    "时间",
    "成功",
    "相关",
    "单位",
    "代表",
    "应急",
    "文化",
    "向平",
    "于平安",
    "交通安全",
    "党委会",
    "明白人",
    "综治中心",
    "农业服务中心",
    "司法所",
    "高新公司",
    "家属",
    "现场调解",
    "法律咨询",
]
HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "联系电话", "调解结果", "调解员"]


def test_names_that_are_words_stop_nothing(workspace):
    rows = [
        [f"2025-3-{day % 28 + 1}", "龙井村", "邻里", word, WORDS[day - 1], "无", "成功", WORDS[day - 2]]
        for day, word in enumerate(WORDS)
    ]
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEAD, *rows)
    workspace.report_template(2025).write_text('{% extends "report.md" %}\n', encoding="utf-8")
    assert pipeline.run(workspace, 2025).failed == {}
