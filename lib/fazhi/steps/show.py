"""What the notebooks show: plain tables with fixed ids, every cell escaped, nothing private."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi.cleaning.fate_labels import FATE_LABELS, FATES
from fazhi.cleaning.records import Cleaned
from fazhi.documents.notebook_output import Shown, table
from fazhi.issues import SEVERITY_LABELS, Issue
from fazhi.number_words import amount, said
from fazhi.returns.resubmissions import resubmissions
from fazhi.town_year import TownYear
from fazhi.workspace.reported_figures import MARK
from fazhi.workspace.year_statistics import IndicatorEntry, Statistics

if TYPE_CHECKING:
    from fazhi.steps.returned import Returned


def show_fates(cleaned: Cleaned) -> Shown:
    """How many rows of each sheet met each fate."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for sheet in cleaned.fates:
        counts.setdefault((sheet.file, sheet.sheet), Counter()).update(sheet.fates)
    rows = [(*place, met.total(), *map(met.__getitem__, FATE_LABELS)) for place, met in sorted(counts.items()) if met]
    return table(["文件", "工作表", "读到", *FATE_LABELS.values()], rows, "fates", cleaned.ledger.title)


def show_issues(issues: Sequence[Issue]) -> Shown:
    """Issues, gravest first, in the analyst's words."""
    return _issue_table(sorted(issues, key=Issue.sort_key))


def _issue_table(issues: Sequence[Issue]) -> Shown:
    rows = [
        (SEVERITY_LABELS[one.severity], one.file, one.sheet, one.row, one.column, one.found, one.expected, one.advice)
        for one in issues
    ]
    return table(["轻重", "文件", "工作表", "行", "列", "现为", "应为", "办法"], rows, "issues")


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
    return table(["列", "已填", "空缺", "常见取值", "隐私"], rows, "columns")


def show_publication(town: TownYear) -> Shown:
    """What the papers say more coarsely than they could, or not at all, and which small number it would have told."""
    rows = [
        (one["label"], _FORMS.get(one["form"].split()[0], one["form"]), "；".join(one["why"]))
        for one in town.publication()["withheld"]
    ]
    return table(["数", "改为", "否则会透露"], rows, "withheld")


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
    return table(["文件", "已更正", "尚有", "新出现", "说明"], rows, "mended")


def show_returned(workbooks: Sequence["Returned"]) -> Shown:
    """The workbooks that go back, in the order given (`write_returned`)."""
    rows = [(one.file, one.errors, one.warnings, f"returned/{one.returned}") for one in workbooks]
    return table(["原文件", "须更正", "请核实", "退回的工作簿"], rows, "returned")


def show_ledgers(statistics: Statistics) -> Shown:
    """A row per ledger: rows read and what became of them."""
    rows = [
        (one.title, "已读" if one.status == "read" else "缺", one.read, *map(one.fates.__getitem__, FATES))
        for one in statistics.ledgers.values()
    ]
    return table(["台账", "状态", "读到", *map(FATE_LABELS.__getitem__, FATES)], rows, "ledgers")


def show_indicators(statistics: Statistics) -> Shown:
    """Every indicator with last year's and the change."""
    rows = [
        (
            entry.label,
            entry.shown(entry.value),
            entry.shown(entry.previous),
            entry.shown_change,
            _basis(entry),
            entry.open_rows or None,
            entry.row_count,
            name,
        )
        for name, entry in statistics.indicators.items()
    ]
    return table(["指标", "本年", "上年", "变化", "由来", "待核实", "依据行数", "代号"], rows, "indicators")


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
    return table(["指标", "上年", "本年", "变化"], rows, "changes")
