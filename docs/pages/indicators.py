"""Every indicator of the dictionary as a page: what is printed, and how it is counted."""

from docs.pages.markdown import GENERATED, table

from fazhi.dictionary.loading import load_specs
from fazhi.indicators.measure import definition

INTRODUCTION = """# 指标

报告里的数都是下表的指标。`fazhi trace 代号` 列出一个数由哪些行得来；某一年的算法、数值和待核实的行数，见该年工作底稿
`working_papers.xlsx` 的“统计方法”。本镇自己的指标写在 `data/raw/dictionary/indicators.yml`。

标“个人”的涉及个人事务：小于公布下限的数不公布。标“可选”的，有行可计才有数，没有就不提。
"""
HEADS = ("代号", "指标", "单位", "怎么算", "说明")


def indicators_page() -> str:
    """docs/reference/indicators.md."""
    specs = load_specs()
    lines = [f"{GENERATED}\n", INTRODUCTION]
    for name, ledger in specs.ledgers.items():
        found = [one for one in specs.indicators.values() if one.ledger == name]
        rows = [
            (
                f"`{one.id}`",
                one.label,
                one.unit,
                definition(one, ledger, 2025).removeprefix("2025年"),
                _said(one.persons, one.optional, one.caveat),
            )
            for one in found
        ]
        lines += [f"## {ledger.title}\n\n{table(HEADS, rows)}\n"] if rows else []
    return "\n".join(lines)


def _said(persons: bool, optional: bool, caveat: str) -> str:
    return "；".join(filter(None, ("个人" if persons else "", "可选" if optional else "", caveat)))
