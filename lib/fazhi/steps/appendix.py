"""What notebook 05 calls: the appendices' tables for publication, and the working papers, which stay inside."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from fazhi.disclosure.listed import check_document, check_sheets
from fazhi.disclosure.printed_forms import ABOVE, BELOW
from fazhi.disclosure.published_indicators import PublishedEntry, PublishedStatistics
from fazhi.documents.model import OPEN_MARK, Document
from fazhi.documents.notebook_output import Shown, display, table
from fazhi.documents.tables import NOT_APPLICABLE, WITHHELD, Cell, Field, Kind, Sheet, Typed, paper_table
from fazhi.documents.workbook import write_workbook
from fazhi.indicators import restated
from fazhi.indicators.plan_targets import COMPARABLE, STATES
from fazhi.indicators.summary_tables import Tabulated
from fazhi.number_words import is_small_base
from fazhi.steps.report import PLAN_TABLE, known_to
from fazhi.steps.summaries import published_tables, says
from fazhi.town_year import TownYear
from fazhi.workspace.files import write_bytes
from fazhi.workspace.reported_figures import MARK
from fazhi.workspace.year_statistics import Number

ZERO_BEFORE = "上年为零"  # no percentage of nothing
TITLE = "{town}{year}年法治政府建设情况报告附表"


def sheets(town: TownYear, statistics: PublishedStatistics, tables: Sequence[Tabulated]) -> list[Sheet]:
    """All tables of the year's appendices for publication, in order; `tables` as `summaries.published_tables` made them."""
    return [indicators_sheet(statistics), *summary_sheets(town, statistics, tables), plan_sheet(statistics)]


def write_appendix(town: TownYear, made: Sequence[Sheet]) -> Path:
    """Write appendix.xlsx."""
    title = TITLE.format(town=town.settings.unit.name, year=town.year)
    check_sheets(made, known_to(town))
    return write_bytes(
        town.processed / "appendix.xlsx", write_workbook(made, title, town.settings.unit.name, town.year)
    )


def show_contents(made: Sequence[Sheet]) -> Shown:
    """The tables with their sizes."""
    rows = [(number, sheet.title, len(sheet.rows), sheet.source) for number, sheet in enumerate(made, 1)]
    return table(["序号", "表", "行数", "资料来源"], rows, "contents")


def show_report_tables(town: TownYear, statistics: PublishedStatistics) -> display:
    """The tables that join the report itself, as one of its attachments; nothing where there is none."""
    made = summary_sheets(town, statistics, published_tables(town, lambda spec: spec.report))
    if any(row.state in COMPARABLE for row in statistics.plan_results):
        made.append(plan_sheet(statistics))
    title = f"{town.settings.unit.name}{town.year}年主要数据表"
    blocks = [{"type": "attachment", "number": None, "title": title}, *map(paper_table, made)]
    return display(check_document(Document(meta=_meta(town, title), blocks=blocks if made else []), known_to(town)))


def show_audit(town: TownYear, tables: Sequence[Tabulated]) -> Shown:
    """What an outsider can still work out of the published tables about people: counts only."""
    names = ["表", "小于公布下限的数", "每个数至少有几种可能", "结论"]
    rows = [
        (
            one.spec.title,
            one.audit.small,
            str(one.audit.minimum or "—"),
            _verdict(one, town.settings.unit.suppress_below),
        )
        for one in tables
        if one.spec.persons
    ]
    return table(names, rows, "audit")


def _verdict(summary: Tabulated, threshold: int) -> str:
    return "可以推出，须再合并" if summary.audit.exposes(threshold) else "推不出"


def show_attachments(town: TownYear, made: Sequence[Sheet]) -> display:
    """The tables as 附件1, 附件2 …, for PDF and Word."""
    title = TITLE.format(town=town.settings.unit.name, year=town.year)
    groups = groupby(made, key=lambda sheet: sheet.group or sheet.title)
    blocks: list[dict[str, Any]] = []
    for number, (group, members) in enumerate(groups, 1):
        blocks += [{"type": "attachment", "number": number, "title": group}, *map(paper_table, members)]
    return display(check_document(Document(meta=_meta(town, title), blocks=blocks), known_to(town)))


def _meta(town: TownYear, title: str) -> dict[str, Any]:
    unit = town.settings.unit
    return {"title": title, "year": town.year, "town": unit.name, "fonts": dict(unit.fonts)}


# --- the tables ------------------------------------------------------------------------------------------------------


def indicators_sheet(statistics: PublishedStatistics) -> Sheet:
    """Every indicator with last year's, the change, and what it was divided by; values as in statistics.json."""
    year = statistics.year
    fields = [
        Field("指标"), Field("单位"), Field(f"{year}年", "count"), Field(f"{year - 1}年", "count"), Field("较上年", "growth"),
        Field("较上年的单位", missing=NOT_APPLICABLE, paper=False),
        Field("分子", "count", NOT_APPLICABLE, paper=False), Field("分母", "count", NOT_APPLICABLE, paper=False),
        Field("待核实行数", "count"), Field("代号", paper=False),
    ]  # fmt: skip
    rows = [_indicator_row(name, entry) for name, entry in statistics.indicators.items()]
    notes = [
        "较上年：数量为增减的百分比（上年不到10的，为增减数），比率为本年减上年的百分点。",
        "待核实行数：尚未计入、更正后可能改变该数的行。",
    ]
    if any(entry.reported for entry in statistics.indicators.values()):
        notes.append(f"标“{MARK}”的数摘自报送的汇总表。")
    notes += restated.notes(statistics.indicators.values())
    says = tuple(key for entry in statistics.indicators.values() for key in entry.says)
    compared = any(entry.previous is not None for entry in statistics.indicators.values())
    years = f"{year - 1}、{year}" if compared else str(year)  # every year that is shown
    return Sheet("indicators", "主要指标", fields, rows, notes, f"各科室{years}年台账", says=says)


def _indicator_row(name: str, entry: PublishedEntry) -> list[Cell]:
    kind: Kind = {"%": "rate", "元": "money"}.get(entry.unit, "decimal" if entry.decimals else "count")  # type: ignore[assignment]
    none = ZERO_BEFORE if entry.previous == 0 else None
    small = kind != "rate" and entry.change and is_small_base(entry.previous)
    change: tuple[Kind, str] = (
        ("points", "百分点") if kind == "rate" else ("difference", entry.unit) if small else ("growth", "%")
    )
    value: Cell = _suppressed(entry) or Typed(entry.value, _kind(kind, entry.digits))
    before: Cell = WITHHELD if entry.previous_withheld else Typed(entry.previous, _kind(kind, entry.previous_digits))
    moved: Cell = (
        WITHHELD
        if entry.change_withheld
        else none
        if entry.change is None
        else _difference(entry.value, entry.previous, entry.unit)
        if small
        else Typed(entry.change, change[0])
    )
    label = f"{entry.label}（{MARK}）" if entry.reported else entry.label
    return [
        label, entry.unit, value, before, moved, change[1] if entry.change is not None else None,
        *_divided(entry), entry.open_rows, name,
    ]  # fmt: skip


def _difference(value: Number | None, previous: Number | None, unit: str) -> Typed:
    """A change on a base of which a percentage would say too much."""
    return Typed((value or 0) - (previous or 0), "difference", unit)


def _kind(kind: Kind, digits: int | None) -> Kind:
    return "percent" if kind == "rate" and digits == 0 else kind


def _divided(entry: PublishedEntry) -> list[Cell]:
    """What a rate was divided by; what is not published is not what there is none of."""
    if entry.is_rate and entry.parts_withheld:
        return [WITHHELD, WITHHELD]
    return [entry.numerator if entry.denominator is not None else None, entry.denominator]


def _suppressed(entry: PublishedEntry) -> str:
    """What stands for a figure that is not published: a bound (不足3), or words; '' for one that is."""
    if entry.withheld:
        return WITHHELD
    if entry.bound_value is None:
        return ""
    number = f"{entry.bound_value * 100:.0f}%" if entry.unit == "%" else str(entry.bound_value)
    return f"{number}{ABOVE}" if entry.bound == ABOVE else f"{BELOW}{number}"


def summary_sheets(town: TownYear, statistics: PublishedStatistics, tables: Sequence[Tabulated]) -> list[Sheet]:
    """Summary tables as they are printed."""
    return [_summary_sheet(town, summary, statistics) for summary in tables]


def _summary_sheet(town: TownYear, summary: Tabulated, statistics: PublishedStatistics) -> Sheet:
    """As long as rows of the ledger may still change the table, it says so."""
    ledger, measures = town.ledger(summary.spec.ledger), summary.spec.measures
    quarterly = summary.heading == "月份" and len(summary.rows) == 5  # four quarters and the total
    fields = [Field("季度" if quarterly else summary.heading)]
    fields += [Field(f"{each.label}（{each.unit}）", "money" if each.unit == "元" else "count") for each in measures]
    if summary.compared:
        fields += [
            Field(f"上年{measures[0].label}（{measures[0].unit}）", "count"),
            Field("较上年", "growth", ZERO_BEFORE),
        ]
    rows = []
    for group, values, before in summary.rows:
        change: Cell = (values[0] - before) / before if before else 0 if values[0] == before else None
        if change and is_small_base(before):
            change = _difference(values[0], before, measures[0].unit)
        rows.append([group, *values, *([before, change] if summary.compared else [])])
    notes = ["小于公布下限的类别合在一起。"] if summary.merged else []
    if waiting := statistics.summaries[summary.spec.id]:
        notes.append(f"{OPEN_MARK}台账有{waiting}行待核实，更正后本表的数可能变动。")
    of_ledger = (entry for entry in statistics.indicators.values() if entry.ledger == summary.spec.ledger)
    notes += restated.notes(of_ledger, of_table=True) if summary.compared else []
    return Sheet(
        summary.spec.id,
        summary.spec.title.replace("按月", "按季度") if quarterly else summary.spec.title,
        fields,
        rows,
        notes,
        f"{ledger.office}{f'{town.year - 1}、' if summary.compared else ''}{town.year}年{ledger.title}",
        summary.spec.group,
        says(summary),
    )


def plan_sheet(statistics: PublishedStatistics) -> Sheet:
    """Last year's targets against this year's results; what no indicator answers for says so."""
    year = statistics.year
    fields = [
        Field("计划指标"), Field("单位", missing="未填"), Field("目标值", "decimal", "未填"), Field(f"{year}年结果", "decimal"),
        Field("结果单位", missing=NOT_APPLICABLE, paper=False), Field("对照"), Field("所用指标", missing=NOT_APPLICABLE),
    ]  # fmt: skip
    labels = {name: entry.label for name, entry in statistics.indicators.items()}
    rows: list[list[Cell]] = []
    for row in statistics.plan_results:
        kind: Kind = "rate" if row.unit == "%" else "decimal"
        result: Kind = "rate" if row.result_unit == "%" else "decimal"
        state = STATES[row.state] + (OPEN_MARK if row.open_rows and row.state in COMPARABLE else "")
        state += "：" + "、".join(labels[c] for c in row.candidates) if row.candidates else ""
        rows.append(
            [
                row.name, row.unit or None, Typed(row.target, kind), Typed(row.result, result),
                row.result_unit or None, state, labels.get(row.indicator or ""),
            ]
        )  # fmt: skip
    notes = ["没有对应指标的，台账不能说明结果，由责任科室说明。"]
    if any(row.open_rows for row in statistics.plan_results):
        notes.append(f"标{OPEN_MARK}的，目标值或结果有待核实，更正后可能变动。")
    return Sheet(
        PLAN_TABLE,
        "计划与结果对照",
        fields,
        rows,
        notes,
        f"{year - 1}年下一年度工作计划指标表，{year}年各台账",
        says=(),
    )
