"""What the notebooks show: plain tables with fixed ids, every cell escaped, nothing private."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from fazhi.cleaning.fate_labels import FATE_LABELS, FATES
from fazhi.cleaning.records import Cleaned
from fazhi.documents.notebook_output import Shown, table
from fazhi.issues import SEVERITY_LABELS, Issue
from fazhi.number_words import amount, said
from fazhi.returns.resubmissions import resubmissions
from fazhi.town_year import TownYear
from fazhi.workspace.issue_table import issue_frame
from fazhi.workspace.reported_figures import MARK
from fazhi.workspace.year_statistics import IndicatorEntry, Statistics

if TYPE_CHECKING:
    from fazhi.steps.returned import Returned
NO_FORMULAS = '<div class="mathjax_ignore tex2jax_ignore">'  # JupyterLab would set $…$ in ledger text as a formula


def show_fates(cleaned: Cleaned) -> Shown:
    """How many rows of each sheet met each fate."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for sheet in cleaned.fates:
        counts.setdefault((sheet.file, sheet.sheet), Counter()).update(sheet.fates)
    rows = [(*place, met.total(), *map(met.__getitem__, FATE_LABELS)) for place, met in sorted(counts.items()) if met]
    frame = pd.DataFrame(rows, columns=["文件", "工作表", "读到", *FATE_LABELS.values()])
    return table(frame, "fates", cleaned.ledger.title)


def show_issues(issues: Sequence[Issue]) -> Shown:
    """Issues, gravest first, in the analyst's words."""
    return _issue_table(sorted(issues, key=Issue.sort_key))


def _issue_table(issues: Sequence[Issue]) -> Shown:
    frame = issue_frame(issues)
    shown = pd.DataFrame(
        {
            "轻重": frame["severity"].map(SEVERITY_LABELS), "文件": frame["file"], "工作表": frame["sheet"], "行": frame["row"],
            "列": frame["column"], "现为": frame["found"], "应为": frame["expected"], "办法": frame["advice"],
        }
    )  # fmt: skip
    return table(shown, "issues")


def show_open_issues(town: TownYear) -> Shown:
    """The year's issues that need a decision or a look."""
    return _issue_table([issue for issue in town.results.issues() if issue.severity != "info"])


def show_columns(town: TownYear, cleaned: Cleaned) -> Shown:
    """For each column that may be seen: how many kept rows fill it, and its commonest values where it is a closed list."""
    rows = []
    for name, column in cleaned.ledger.columns.items():
        filled = [value for value in cleaned.kept_values(name) if value is not None]
        listed = (column.is_closed or column.kind == "boolean") and not column.private
        words = Counter(said(value) for value in filled) if listed else Counter()
        ranked = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))
        treated = "代号" if column.pseudonym else "不留存" if column.private else ""
        rows.append(
            (
                column.label,
                len(filled),
                cleaned.kept - len(filled),
                "、".join(f"{v} {n}" for v, n in ranked[:8]),
                treated,
            )
        )
    return table(pd.DataFrame(rows, columns=["列", "已填", "空缺", "常见取值", "隐私"]), "columns")


def show_publication(town: TownYear) -> Shown:
    """What the papers say more coarsely than they could, or not at all, and which small number it would have told."""
    rows = [
        (one["label"], _FORMS.get(one["form"].split()[0], one["form"]), "；".join(one["why"]))
        for one in town.publication()["withheld"]
    ]
    return table(pd.DataFrame(rows, columns=["数", "改为", "否则会透露"]), "withheld")


_FORMS = {
    "nothing": "不公布",
    "whole": "整数百分比",
    "bound": "界限",
    "files": "按文件",
    "all": "各文件合计",
    "sum": "只列合计",
}


def show_mended(town: TownYear) -> Shown:
    """Files that have changed since they were last read: how much was mended, how much is left."""
    rows = [(one.file, one.mended, one.left, one.new, one.sentence) for one in resubmissions(town.processed)]
    return table(pd.DataFrame(rows, columns=["文件", "已更正", "尚有", "新出现", "说明"]), "mended")


def show_returned(workbooks: Sequence["Returned"]) -> Shown:
    """The workbooks that go back, in the order given (`write_returned`)."""
    rows = [(one.file, one.errors, one.warnings, f"returned/{one.returned}") for one in workbooks]
    return table(pd.DataFrame(rows, columns=["原文件", "须更正", "请核实", "退回的工作簿"]), "returned")


def show_ledgers(statistics: Statistics) -> Shown:
    """A row per ledger: rows read and what became of them."""
    return table(ledger_frame(statistics), "ledgers")


def ledger_frame(statistics: Statistics) -> pd.DataFrame:
    """台账, 状态, 读到 and a column per fate."""
    rows = [
        {"台账": state.title, "状态": "已读" if state.status == "read" else "缺", "读到": state.read}
        | {FATE_LABELS[fate]: state.fates[fate] for fate in FATES}
        for state in statistics.ledgers.values()
    ]
    return pd.DataFrame(rows)


def show_indicators(statistics: Statistics) -> Shown:
    """Every indicator with last year's and the change."""
    rows = [
        {
            "指标": entry.label,
            "本年": entry.shown(entry.value),
            "上年": entry.shown(entry.previous),
            "变化": entry.shown_change,
            "由来": _basis(entry),
            "待核实": entry.open_rows or None,
            "依据行数": entry.row_count,
            "代号": name,
        }
        for name, entry in statistics.indicators.items()
    ]
    return table(pd.DataFrame(rows).astype({"待核实": "Int64"}), "indicators")


def _basis(entry: IndicatorEntry) -> str:
    if entry.reported:
        return MARK
    if entry.numerator is None or entry.denominator is None:
        return ""
    return f"{amount(entry.numerator)} ÷ {amount(entry.denominator)}"


def show_changes(town: TownYear, statistics: Statistics) -> Shown:
    """The indicators that moved most against last year, both ways, counts and sums only."""
    moved = [(entry.change, entry) for entry in statistics.indicators.values() if entry.change and entry.unit != "%"]
    moved.sort(key=lambda pair: (-pair[0], pair[1].label))
    ends = moved if len(moved) <= 12 else [*moved[:6], *moved[-6:]]
    rows = [(e.label, e.shown(e.previous), e.shown(e.value), e.shown_change) for _, e in ends]
    return table(pd.DataFrame(rows, columns=["指标", "上年", "本年", "变化"]), "changes")
