"""Each chart of the trends with the sentence it shows: from tables of counts, whether all of them or the published ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from fazhi import document, figures
from fazhi.explorer import captions, charts

PANELS = 12  # small charts on a page
ROWS, COLUMNS = 30, 16  # of a table with shades
COUNTERS = {"town": "个", "village": "个", "category": "类", "source": "类", "outcome": "类"}


@dataclass(frozen=True)
class Drawing:
    """A chart, the sentence below it, and its numbers in words for those who cannot see it."""

    id: str
    figure: Figure
    caption: str
    alt: str

    def block(self, source: str) -> document.Figure:
        return figures.figure_block(self.figure, self.id, self.caption, self.alt, source)


def seasons(periods: pd.DataFrame) -> Drawing:
    """Periods of the year (index) over the years (columns)."""
    caption = captions.season(periods)
    alt = "；".join(f"{year}年：" + _listed(periods[year].dropna()) for year in periods)
    return Drawing("trends-seasons", charts.season(periods, "件"), caption, alt)


def years(totals: pd.Series) -> Drawing:
    """Totals by year."""
    frame = pd.DataFrame({"合计": totals}).rename(index=str)
    return Drawing("trends-years", charts.small_multiples(frame, "件", 1), captions.course(totals), _listed(totals))


def panels(by_year: pd.DataFrame, dimension: str) -> Drawing:
    """A small chart a value (index), a column a year; the largest where there are too many."""
    largest = by_year.sum(axis=1).sort_values(ascending=False, kind="stable").index[:PANELS]
    shown = by_year.loc[[name for name in by_year.index if name in set(largest)]]
    last = by_year.columns[-1]
    caption = f"{last}年{captions.most(by_year[last], COUNTERS[dimension])}"
    if len(shown) < len(by_year):
        caption += f"（图中为件数最多的{len(shown)}{COUNTERS[dimension]}）"
    return Drawing(f"trends-{dimension}", charts.small_multiples(shown.T, "件"), caption, _rows(shown))


def bars(by_year: pd.DataFrame, dimension: str) -> Drawing:
    """Bars of the last year, the one before as a tick."""
    latest = by_year.columns[-1]
    frame = by_year[list(by_year.columns[::-1][:2])]
    frame = frame[(frame > 0).any(axis=1)].rename(columns=lambda year: f"{year}年")
    caption = f"{latest}年{captions.most(by_year[latest], COUNTERS[dimension])}"
    return Drawing(f"trends-{dimension}", figures.bars_by_category(frame, "件"), caption, _rows(by_year))


def crossing(counts: pd.DataFrame, marked: Sequence[tuple[str, str]], place: str) -> Drawing:
    """Places (index) by type; missing cells are not published. `marked` are the hotspots."""
    shown = counts.loc[
        counts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:ROWS],
        counts.sum().sort_values(ascending=False, kind="stable").index[:COLUMNS],
    ]
    hot = [f"{row}的{column}" for row, column in marked]
    cells = {f"{row}的{column}": shown.at[row, column] for row in shown.index for column in shown.columns}
    told = f"{captions.named(hot, '处')}高于按合计推算的数"
    caption = told if hot else captions.most(pd.Series(cells, dtype=int).dropna(), "处")
    return Drawing(f"trends-{place}-category", charts.heat(shown, "件", marked), caption, _rows(shown))


def settling(table: pd.DataFrame) -> Drawing | None:
    """Days to close by year: the middle half and the median; None where no case is closed."""
    known = table[table["closed"] > 0].rename(index=lambda year: f"{year}年")
    if known.empty:
        return None
    frame = pd.DataFrame({"low": known["q1"], "middle": known["median"], "high": known["q3"]})
    alt = "；".join(
        f"{row.Index}四分之一在{row.low:g}天内，半数在{row.middle:g}天内，四分之三在{row.high:g}天内"
        for row in frame.itertuples()
    )
    return Drawing(
        "trends-days", charts.ranges(frame, "天，四分之一、半数、四分之三的案件在此之内"), captions.days(table), alt
    )


def _listed(counts: pd.Series) -> str:
    """A year is told from its count."""
    named = ((f"{name}年" if isinstance(name, int) else str(name), value) for name, value in counts.items())
    return "，".join(f"{name}{figures.number(value)}件" for name, value in named)


def _rows(table: pd.DataFrame) -> str:
    return "；".join(f"{name}：{_listed(table.loc[name].dropna())}" for name in table.index)
