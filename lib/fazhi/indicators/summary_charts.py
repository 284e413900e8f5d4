"""A chart of `charts.yml` as a figure with its caption, from the table or the statistics it rests on."""

from collections.abc import Mapping, Sequence

import pandas as pd

from fazhi.dictionary.models import Ledger
from fazhi.disclosure.suppression import REST_TYPES
from fazhi.documents import charts, model
from fazhi.documents.drawing import Picture
from fazhi.documents.scales import number
from fazhi.indicators.chart_specs import Chart
from fazhi.indicators.summary_tables import Tabulated
from fazhi.number_words import rate
from fazhi.values.order import rest_last
from fazhi.workspace.year_statistics import IndicatorEntry

MINIMUM_BASE = 10  # a smaller base makes percentages of chance


def chart_of_table(chart: Chart, made: Tabulated, ledger: Ledger, year: int) -> model.Figure | None:
    """Draw a chart of a computed table: columns by period or bars by group; None where every value is zero."""
    frame = _values(chart, made, year)
    shown = frame.iloc[:, -1]
    if not shown.any():
        return None
    measured = chart.measured(made.spec)
    draw = {"columns": _columns, "bars": _bars}[chart.form]
    figure, caption, shown = draw(chart, frame, measured.unit)
    named = "，".join(f"{name}{number(value)}{measured.unit}" for name, value in shown.items())
    alt = f"{year}年{chart.counts or chart.subject + measured.label}：{named}"
    years = "、".join(str(one) for one in frame)  # every year that is drawn
    source = f"{ledger.office}{years}年{ledger.title}，按{ledger.columns[made.spec.by].label}"
    return charts.figure_block(figure, chart.id, caption, alt, source)


def _values(chart: Chart, made: Tabulated, year: int) -> pd.DataFrame:
    """Index group, without the total; a column a year, this one last."""
    rows = made.rows[:-1]
    place = chart.place_of_measure(made.spec)
    groups = [group for group, _, _ in rows]
    now = {year: [values[place] for _, values, _ in rows]}
    before = {year - 1: [last for _, _, last in rows]} if chart.compare and made.compared else {}
    return pd.DataFrame({**before, **now}, index=groups)


def _columns(chart: Chart, frame: pd.DataFrame, unit: str) -> tuple[Picture, str, pd.Series]:
    counts = frame.iloc[:, -1]
    highest = list(counts.index[counts == counts.max()])
    each = "各" if len(highest) > 1 else ""
    caption = f"{chart.subject}{'、'.join(highest)}最多，{each}{number(counts.max())}{unit}"
    return charts.columns_by_period(frame, unit), caption, counts


def _bars(chart: Chart, frame: pd.DataFrame, unit: str) -> tuple[Picture, str, pd.Series]:
    """The largest first, 其他 and what is merged last."""
    counts = frame.iloc[:, -1]
    ordered = counts[counts != 0].sort_values(ascending=False, kind="stable")
    largest = next((name for name in ordered.index if name != REST_TYPES), REST_TYPES)
    ordered = ordered.reindex(rest_last(ordered.index))
    caption = f"{chart.subject}{largest}最多，占{rate(float(ordered[largest] / ordered.sum()))}"
    drawn = ordered.to_frame(f"{frame.columns[-1]}年")
    return charts.bars_by_category(drawn, unit), caption, ordered


def chart_of_changes(chart: Chart, entries: Mapping[str, IndicatorEntry], year: int) -> model.Figure | None:
    """Draw how indicators changed against last year; None where none of them can be compared.

    A zero while rows are out is no fall, and is left out.
    """
    known = [entry for name in chart.indicators if (entry := entries.get(name)) is not None and _is_comparable(entry)]
    if not known:
        return None
    names = ["label", "value", "previous", "unit"]
    frame = pd.DataFrame([[getattr(entry, name) for name in names] for entry in known], columns=names)
    changes = [entry.change for entry in known if entry.change is not None]
    caption = f"{len(known)}项{chart.subject}与上年相比，{_directions(changes)}"
    alt = "；".join(f"{e.label}{e.previous}{e.unit}变为{e.value}{e.unit}" for e in known)
    drawn = charts.change_bars(frame.set_index("label"))
    return charts.figure_block(drawn, chart.id, caption, alt, f"各科室{year - 1}、{year}年台账")


def _is_comparable(entry: IndicatorEntry) -> bool:
    is_certain = bool(entry.value) or not entry.open_rows
    return entry.change is not None and entry.previous is not None and entry.previous >= MINIMUM_BASE and is_certain


def _directions(changes: Sequence[float]) -> str:
    """`9项增长、1项下降`; directions that none took are left out."""
    counts = {
        "增长": sum(change > 0 for change in changes),
        "下降": sum(change < 0 for change in changes),
        "持平": changes.count(0),
    }
    return "、".join(f"{count}项{word}" for word, count in counts.items() if count)
