"""What stands in each column of the tables that a run writes, as a page."""

from docs.pages.markdown import GENERATED, table

from fazhi.cleaning.clean_table import SOURCE, SOURCE_LABELS, arrow_type
from fazhi.cleaning.fate_labels import FATE_LABELS
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Column, Ledger
from fazhi.issues import SEVERITY_LABELS

INTRODUCTION = """# 数据字典

`data/processed/<年度>/clean/<台账>.parquet` 一行是一条计入的记录，列的次序即下表的次序。
没有填、读不出的一项是缺失值（null），不是 0，也不是空文字；注明的除外。
姓名、证号、电话等不进这些表，或换成代号：同一人（单位）在各年是同一个代号，没有 `data/.key` 还原不出来。文字栏里的姓名、证号、电话换成“（已隐去）”。
"""
HEADS = ("列", "台账中的名称", "内容", "类型", "单位", "取值")
SAID_KINDS = {
    "boolean": "是否", "count": "整数", "date": "日期", "money": "金额，精确到分", "number": "小数", "office": "科室",
    "text": "文字", "uscc": "文字", "village": "村（居）", "vocabulary": "类别",
}  # fmt: skip
ACCOUNTS = f"""## 每张表都有的列

{table(("列", "内容"), [(f"`{name}`", SOURCE_LABELS[name]) for name in SOURCE])}

## rows.parquet

一行是一张工作表的一行，不论去向。

| 列 | 内容 |
| --- | --- |
| `file` | 文件，`data/raw/<年度>` 以下的路径 |
| `sheet` | 工作表；文本和网页没有，为空文字 |
| `row` | 行号，从 1 起，即 Excel 的行号 |
| `ledger` | 台账标识；不是台账的为空文字 |
| `fate` | 去向：{"、".join(f"`{fate}` {label}" for fate, label in FATE_LABELS.items())} |
| `reason` | 为什么；`not_data` 的是 `title`、`header`、`blank`、`total`、`footer`、`example`（填报示例）、`part`（同一件的另一行）或 `no_ledger` |

## issues.parquet

一行是一个问题。

| 列 | 内容 |
| --- | --- |
| `kind` | 问题的标识，见 [问题目录](issues.md) |
| `severity` | {"、".join(f"`{severity}` {label}" for severity, label in SEVERITY_LABELS.items())} |
| `file`、`sheet`、`row`、`column` | 在哪里；`column` 是台账中的列名或 Excel 的列号，没有的空 |
| `found`、`expected`、`advice` | 发现什么、应为什么、怎么办；不含个人信息 |
| `ledger` | 有关的台账 |
| `question` | 可以用 `fazhi accept` 认定的重复，在 `aliases.yml` 的 `once` 中的名称；其余为空文字 |
"""


def data_dictionary_page() -> str:
    """docs/reference/data-dictionary.md."""
    sections = map(_section, load_specs().ledgers.values())
    return "\n".join([f"{GENERATED}\n", INTRODUCTION, *sections, ACCOUNTS])


def _section(ledger: Ledger) -> str:
    rows = [_row(name, column) for name, column in ledger.columns.items() if column.published]
    optional = "可选的台账：`unit.yml` 的 `with` 写明才催报，收到就统计。\n\n" if ledger.optional else ""
    return f"## {ledger.id}：{ledger.title}\n\n{optional}{table(HEADS, rows)}\n"


def _row(name: str, column: Column) -> tuple[str, ...]:
    kind = "代号" if column.pseudonym else SAID_KINDS[column.kind]
    return (
        f"`{name}`",
        column.label,
        column.description,
        f"{kind}（{arrow_type(column)}）",
        column.unit,
        _values(column),
    )


def _values(column: Column) -> str:
    listed = "、".join(column.values)
    empty = "没有填的为 0" if column.empty == 0 else "没有填的为“无”" if "无" in column.values else ""
    return "；".join(filter(None, (listed, empty)))
