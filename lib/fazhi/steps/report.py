"""What notebook 03 calls: the narrative and its figures, handed over as a document."""

from typing import Any

import pandas as pd

from fazhi.disclosure.published_indicators import disclosed
from fazhi.disclosure.suppression import REST_TYPES, periods
from fazhi.documents import charts
from fazhi.documents.model import Document
from fazhi.documents.notebook_output import display
from fazhi.errors import LedgerError, SpecError
from fazhi.narrative.compose import compose
from fazhi.number_words import rate
from fazhi.steps.statistics import summary_tables
from fazhi.town_year import TownYear
from fazhi.workspace.files import read_json

# Indicators shown against last year: counts and sums large enough for a percentage to say something.
COMPARED = (
    "contracts.reviewed", "inspections.visits", "penalties.decisions", "case_reviews.reviewed", "drills.held",
    "drills.participants", "disputes.mediated", "consultations.cases", "studies.attendance", "service_station.online_people",
)  # fmt: skip
LEAST_BASE = 10  # a smaller base makes percentages of chance


def read_statistics(town: TownYear) -> dict[str, Any]:
    """The year's statistics, as notebook 02 wrote them, made fit to publish."""
    path = town.processed / "statistics.json"
    if not path.exists():
        raise LedgerError(f"{town.year}年尚未统计。请先运行 02_statistics，或 fazhi run {town.year}。")
    return disclosed(read_json(path), town.settings.unit.suppress_below)


def show_narrative(town: TownYear, statistics: dict[str, Any]) -> display:
    """The report's text, every figure with its evidence."""
    return display(Document(**compose(statistics, town.settings.unit, town.year, template_text=own_template(town))))


def own_template(town: TownYear) -> str | None:
    """The year's own `report.md`, or None."""
    path = town.workspace.report_template(town.year)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SpecError(f"data/raw/{town.year}/report.md 不是 UTF-8 文本，请另存为 UTF-8 编码。") from None


def show_figures(town: TownYear, statistics: dict[str, Any]) -> display:
    """The charts that go with the text, as an attachment; a chart without data is left out."""
    unit = town.settings.unit
    made = [_over_the_year(town), _by_category(town), _changes(town, statistics)]
    blocks: list[Any] = [{"type": "attachment", "number": None, "title": f"{unit.name}{town.year}年主要数据图"}]
    blocks += [block for block in made if block is not None]
    meta = {
        "title": unit.title.format(name=unit.name, year=town.year),
        "year": town.year,
        "town": unit.name,
        "fonts": dict(unit.fonts),
    }
    return display(Document(meta=meta, blocks=blocks if len(blocks) > 1 else []))


def disputes(town: TownYear, year: int) -> pd.DataFrame | None:
    """The clean disputes of a year, or None."""
    path = town.workspace.processed(year) / "clean" / "disputes.parquet"
    return pd.read_parquet(path, dtype_backend="pyarrow") if path.exists() else None


def by_month(frame: pd.DataFrame) -> pd.Series:
    """Disputes by the month they were accepted in, 1–12, zeros included."""
    months = pd.to_datetime(frame["accepted_on"].astype(object)).dt.month
    return months.value_counts().reindex(range(1, 13), fill_value=0)


def _over_the_year(town: TownYear) -> Any:
    """By month, or by quarter where a month's count is too small to publish."""
    now, before = disputes(town, town.year), disputes(town, town.year - 1)
    if now is None or now.empty:
        return None
    years = (
        {town.year: by_month(now)} if before is None else {town.year - 1: by_month(before), town.year: by_month(now)}
    )
    shown = periods(pd.DataFrame(years), town.settings.unit.suppress_below)
    if shown is None:
        return None
    counts = shown[town.year]
    peak = "、".join(counts.index[counts == counts.max()])
    caption = f"矛盾纠纷{peak}最多，{'各' if '、' in peak else ''}{counts.max()}件"
    alt = f"{town.year}年受理矛盾纠纷件数：" + "，".join(f"{period}{count}件" for period, count in counts.items())
    chart = charts.columns_by_period(shown, "件")
    return charts.figure_block(chart, "disputes-over-the-year", caption, alt, _source(town, "disputes", "受理日期"))


def _by_category(town: TownYear) -> Any:
    """By category, the largest first; drawn together just as in the table, or one would tell what the other hides."""
    told = summary_tables(town, lambda spec: spec.id == "disputes_by_category")
    if not told:
        return None
    counts = {group: int(values[0]) for group, values, _ in told[0].rows[:-1] if values[0]}
    shown = pd.Series(counts, dtype=int).sort_values(ascending=False, kind="stable")
    shown = shown.reindex(
        [name for name in shown.index if name != REST_TYPES] + [REST_TYPES] * (REST_TYPES in shown.index)
    )
    caption = f"{shown.index[0]}最多，占{rate(float(shown.iloc[0] / shown.sum()))}"
    alt = f"{town.year}年各类矛盾纠纷件数：" + "，".join(f"{name}{count}件" for name, count in shown.items())
    chart = charts.bars_by_category(pd.DataFrame({f"{town.year}年": shown}), "件")
    return charts.figure_block(chart, "disputes-by-category", caption, alt, _source(town, "disputes", "纠纷类型"))


def _changes(town: TownYear, statistics: dict[str, Any]) -> Any:
    told = {name: statistics["indicators"][name] for name in COMPARED if name in statistics["indicators"]}
    known = {
        name: entry
        for name, entry in told.items()
        if entry["change"] is not None
        and entry["previous"] >= LEAST_BASE
        and (entry["value"] or not entry["open_rows"])
    }  # a zero while rows are out is no fall
    if not known:
        return None
    frame = pd.DataFrame(
        [(t["label"], t["value"], t["previous"], t["unit"]) for t in known.values()],
        columns=["label", "value", "previous", "unit"],
    ).set_index("label")
    caption = f"{len(known)}项主要指标与上年相比，{_directions([entry['change'] for entry in known.values()])}"
    alt = "；".join(f"{t['label']}{t['previous']}{t['unit']}变为{t['value']}{t['unit']}" for t in known.values())
    return charts.figure_block(
        charts.change_bars(frame), "changes", caption, alt, f"各科室{town.year - 1}、{town.year}年台账"
    )


def _directions(changes: list[float]) -> str:
    """`9项增长、1项下降`; directions that none took are left out."""
    counts = {
        "增长": sum(change > 0 for change in changes),
        "下降": sum(change < 0 for change in changes),
        "持平": changes.count(0),
    }
    return "、".join(f"{count}项{word}" for word, count in counts.items() if count)


def _source(town: TownYear, ledger: str, column: str) -> str:
    spec = town.ledger(ledger)
    return f"{spec.office}{town.year}年{spec.title}，按{column}"
