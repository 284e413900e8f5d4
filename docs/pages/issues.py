"""The catalogue of issues as a page."""

import re

from docs.pages.markdown import GENERATED, table

from fazhi.issues import CATALOGUE, MENDER_LABELS, SEVERITY_LABELS

HEADS = ("标识", "名称", "轻重", "发现", "应为", "怎么办", "由谁更正", "退回科室时写")
INTRODUCTION = """# 问题目录

运行中提出的每一条问题都属于下表的一类。`fazhi run` 结束时的提示、工作底稿“待处理事项”、退回科室的工作簿和 `issues.parquet`
（列 `kind` 即标识）用的都是这里的措辞；〔〕中是因事而异的内容，个别情形另有说法。

“须处理”的问题使运行以 1 结束；“请核实”的不影响运行，但相关数字可能变化；“说明”只是告知。由科室更正的，写进退回该科室的工作簿。
"""
# What stands in the places that differ from case to case.
PARTS = {
    "added": "逐行之和", "letters": "列", "shown": "隐去后的名称", "dated": "行数", "dates": "日期怎样", "kept": "行数", "largest": "最大序号", "most": "限度", "where": "标题或名称", "advice": "建议", "cell": "单元格内容", "day": "日", "decide": "请认定，或已认定的答案", "denominator": "分母", "expected": "应有的内容",
    "fault": "原因", "file": "文件", "first": "另一个文件", "found": "疑问", "labels": "列名", "ledger_name": "台账标识",
    "ledger_title": "台账", "ledgers": "那一年的台账", "line": "行号", "lock": "锁文件", "month": "月", "name": "名称", "near": "相近的写法", "numerator": "分子",
    "offers": "可能的列", "others": "那些行的行号", "other": "另一处", "differing": "不同之处", "by": "另一张表", "count": "行数", "title": "台账", "office": "科室", "original": "原件", "outcome": "处理办法", "place": "另一行", "previous": "上年值",
    "blank": "空着的行数", "label": "列", "own": "行数", "places": "镇街和行数",
    "previous_year": "上年", "readable": "能读的写法", "resembling": "，略像哪几本", "rows": "行号", "said": "所见", "share": "占比",
    "share_before": "上年占比", "text": "所在的文字", "sheet": "工作表", "titles": "名称", "value": "值", "when": "日期", "months": "月份", "sources": "出处", "total": "汇总数", "which": "哪年", "who": "更正人",
    "printed": "公布的数", "today": "现在的数",
    "what": "所见", "why": "原因", "written": "所写合计", "year": "年度", "years": "年份",
}  # fmt: skip


def issues_page() -> str:
    """docs/reference/issues.md."""
    rows = (
        (f"`{name}`", kind.label, SEVERITY_LABELS[kind.severity], *map(_shown, (kind.found, kind.expected, kind.advice)),
         MENDER_LABELS[kind.mender], kind.to_office)
        for name, kind in CATALOGUE.items()
    )  # fmt: skip
    return f"{GENERATED}\n\n{INTRODUCTION}\n{table(HEADS, rows)}\n"


def _shown(template: str) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda part: f"〔{PARTS[part[1]]}〕", template)
