"""Each chart of the trends with the sentence it shows: from tables of counts, whether all of them or the published ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.documents import charts, model, trend_charts
from fazhi.documents.drawing import Picture
from fazhi.documents.scales import number
from fazhi.trend_report import captions
from fazhi.trends import control_chart
from fazhi.trends.forecast import Forecast
from fazhi.values.order import rest_last

PANELS = 12  # small charts on a page
ROWS, COLUMNS = 30, 16  # of a table with shades
COUNTERS = {"town": "个", "village": "个", "category": "类", "source": "类", "outcome": "类", "office": "个"}


@dataclass(frozen=True)
class Drawing:
    """A chart, the sentence below it, and its numbers in words for those who cannot see it."""

    id: str
    picture: Picture
    caption: str
    alt: str

    def block(self, source: str, says: model.Says = None) -> model.Figure:
        return charts.figure_block(self.picture, self.id, self.caption, self.alt, source, says)


def seasons(periods: pd.DataFrame, unit: str) -> Drawing:
    """Periods of the year (index) over the years (columns)."""
    caption = captions.season(periods, unit)
    alt = "；".join(f"{year}年：" + _listed(periods[year].dropna(), unit) for year in periods)
    return Drawing("trends-seasons", trend_charts.season(periods, unit), caption, alt)


def years(totals: pd.Series, unit: str) -> Drawing:
    """Totals by year."""
    frame = pd.DataFrame({"合计": totals}).rename(index=str)
    chart = trend_charts.small_multiples(frame, unit, 1)
    return Drawing("trends-years", chart, captions.course(totals, unit), _listed(totals, unit))


def control(series: pd.Series, unit: str, steps: Sequence[int] = ()) -> Drawing:
    """A series (index the period's name) with its limits, anew from each position in `steps`, and the signals in it."""
    chart = control_chart.chart([float(value) for value in series], steps)
    names = [str(name) for name in series.index]
    places = [(_stretch(names, *span), control_chart.RULES[rule]) for rule, *span in _joined(chart.signals)]
    marked = {place for signal in chart.signals for place in range(signal.first, signal.last + 1)}
    frame = pd.DataFrame(
        {
            "value": chart.values, "center": chart.center, "lower": chart.lower, "upper": chart.upper,
            "signal": [place in marked for place in range(len(names))],
        },
        index=names,
    )  # fmt: skip
    caption = captions.signals(places, len(names), chart.provisional)
    return Drawing("trends-control", trend_charts.control(frame, unit), caption, _listed(series.set_axis(names), unit))


def _joined(signals: Sequence[control_chart.Signal]) -> list[tuple[str, int, int]]:
    """Rule, first and last position; points outside that follow one another are one. In order of time."""
    found: list[tuple[str, int, int]] = []
    for signal in sorted(signals, key=lambda one: (one.rule, one.first)):
        rule, first, last = found[-1] if found else ("", 0, 0)
        if rule == signal.rule == "outside" and signal.first <= last + 1:
            found[-1] = (rule, first, max(last, signal.last))
        else:
            found.append((signal.rule, signal.first, signal.last))
    return sorted(found, key=lambda one: (one[1], one[0]))


def _stretch(names: Sequence[str], first: int, last: int) -> str:
    return names[first] if first == last else f"{names[first]}至{names[last]}"


def forecast(made: Forecast, caption: str, last: pd.Series | None, unit: str) -> Drawing:
    """Next year by month beside the two naive forecasts; `last` is the last year by month (1–12) where it may be shown."""
    months = range(1, 13)
    ahead = pd.DataFrame({"low": made.low, "middle": made.mean, "high": made.high}, index=months)
    naive = {} if last is None else {"上年同月": last, "上年月均": pd.Series(last.mean(), index=months)}
    ranges = (
        f"{n}月{row.middle:.1f}{unit}（{row.low:g}—{row.high:g}）"
        for n, row in zip(months, ahead.itertuples(), strict=True)
    )
    return Drawing(
        "trends-forecast", trend_charts.forecast(ahead, naive, f"{unit}，阴影为80%区间"), caption, "，".join(ranges)
    )


def panels(by_year: pd.DataFrame, dimension: str, label: str, unit: str) -> Drawing:
    """A small chart a value (index), a column a year; the largest where there are too many. `label` titles the values."""
    largest = by_year.sum(axis=1).sort_values(ascending=False, kind="stable").index[:PANELS]
    shown = by_year.loc[[name for name in by_year.index if name in set(largest)]]
    last = by_year.columns[-1]
    caption = f"{last}年{captions.most(by_year[last], COUNTERS[dimension], unit, label)}"
    if len(shown) < len(by_year):
        caption += f"（图中为{unit}数最多的{len(shown)}{COUNTERS[dimension]}）"
    return Drawing(f"trends-{dimension}", trend_charts.small_multiples(shown.T, unit), caption, _rows(shown, unit))


def bars(by_year: pd.DataFrame, dimension: str, label: str, unit: str) -> Drawing:
    """Bars of the last year, the one before as a tick. `label` titles the values."""
    latest = by_year.columns[-1]
    frame = by_year[list(by_year.columns[::-1][:2])]
    frame = frame[(frame > 0).any(axis=1)].sort_values(latest, ascending=False, kind="stable")
    frame = frame.loc[rest_last(frame.index)].rename(columns=lambda year: f"{year}年")
    caption = f"{latest}年{captions.most(by_year[latest], COUNTERS[dimension], unit, label)}"
    return Drawing(f"trends-{dimension}", charts.bars_by_category(frame, unit), caption, _rows(by_year, unit))


def crossing(counts: pd.DataFrame, marked: Sequence[tuple[str, str]], place: str, unit: str) -> Drawing:
    """Places (index) by type; missing cells are not published. `marked` are the hotspots."""
    shown = counts.loc[
        rest_last(counts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:ROWS]),
        rest_last(counts.sum().sort_values(ascending=False, kind="stable").index[:COLUMNS]),
    ]
    hot = [f"{row}的{column}" for row, column in marked]
    cells = {f"{row}的{column}": shown.at[row, column] for row in shown.index for column in shown.columns}
    sentence = f"{captions.named(hot, '处')}高于按合计推算的数"
    caption = sentence if hot else captions.most(pd.Series(cells, dtype=float).dropna(), "处", unit).split("，占")[0]
    return Drawing(f"trends-{place}-category", trend_charts.heat(shown, unit, marked), caption, _rows(shown, unit))


def settling(table: pd.DataFrame, words: TrendRoles, *, counted: bool = True) -> Drawing | None:
    """Days to close by year, from its date on: the middle half and the median; None where no case is closed.

    How many were closed stands in the caption if `counted`.
    """
    known = table[table["closed"] > 0].rename(index=lambda year: f"{year}年")
    if known.empty:
        return None
    frame = pd.DataFrame({"low": known["q1"], "middle": known["median"], "high": known["q3"]})
    alt = "；".join(
        f"{row.Index}四分之一在{row.low:g}天内，半数在{row.middle:g}天内，四分之三在{row.high:g}天内"
        for row in frame.itertuples()
    )
    return Drawing(
        "trends-days",
        trend_charts.ranges(frame, "天，四分之一、半数、四分之三的案件在此之内"),
        captions.days(table, words, counted=counted),
        alt,
    )


def _listed(counts: pd.Series, unit: str) -> str:
    """A year is told from its count."""
    named = ((f"{name}年" if isinstance(name, int) else str(name), value) for name, value in counts.items())
    return "，".join(f"{name}{number(value)}{unit}" for name, value in named)


def _rows(table: pd.DataFrame, unit: str) -> str:
    return "；".join(f"{name}：{_listed(table.loc[name].dropna(), unit)}" for name in table.index)
