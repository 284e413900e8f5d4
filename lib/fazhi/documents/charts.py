"""Charts for print and screen: a table in, a matplotlib figure out; nothing is read or saved here.

One style, a palette for colour-blind readers (Okabe and Ito 2008), values written at the marks, units at the axis. The
title belongs to the caption, which states the finding.
"""

import base64
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib
import matplotlib.style
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from fazhi.documents import fonts, model
from fazhi.documents.svg import clean_svg, to_png
from fazhi.number_words import half_up

BLUE, ORANGE, RED, GREY = "#0072b2", "#c75b00", "#b5364b", "#9aa3ad"
PAST = (GREY, "#ccd2d8")  # years before, the nearest first
SMALL, NORMAL = 8.5, 9.5  # sizes of type in pt
INK, SOFT = "#1b1f24", "#4a525c"
WIDTH_MM = 150.0
_STYLE = {
    "font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": SOFT, "axes.linewidth": 0.6,
    "axes.labelcolor": SOFT, "text.color": INK, "xtick.color": SOFT, "ytick.color": SOFT, "xtick.labelcolor": INK,
    "ytick.labelcolor": INK, "xtick.major.width": 0.6, "ytick.major.width": 0.6, "axes.unicode_minus": False,
    "svg.fonttype": "none", "svg.hashsalt": "fazhi", "figure.dpi": 100, "legend.frameon": False, "axes.axisbelow": True,
    "grid.color": "#d9dde2", "grid.linewidth": 0.5,
}  # fmt: skip


@contextmanager
def style() -> Iterator[None]:
    """The project's chart style with a Chinese font, whatever matplotlib was set to before and after."""
    with matplotlib.style.context({**_STYLE, "font.family": _families()}, after_reset=True):
        yield


@cache
def _families() -> list[str]:
    """The fonts of charts, made known to matplotlib once a process."""
    families = fonts.resolve({}).chain("heading")
    for family in families:
        font_manager.fontManager.addfont(fonts.font_file(family))
    return families


def columns_by_period(frame: pd.DataFrame, unit: str) -> Figure:
    """Columns of counts: index the period's name (1月, 第一季度), one column a year (int), the reported year last, in colour.

    Values stand over their columns as far as they fit; the scale beside them always can be read.
    """
    with style():
        figure, axes = canvas(60)
        years = list(frame.columns)
        width = 0.8 / len(years)
        labelled = _labelled(frame)
        for place, year in enumerate(years):
            offset = (place - (len(years) - 1) / 2) * width
            colour = BLUE if place == len(years) - 1 else PAST[(len(years) - 2 - place) % len(PAST)]
            places = [period + offset for period in range(len(frame))]
            marks = axes.bar(places, frame[year], width * 0.92, color=colour, label=f"{year}年")
            if year in labelled:
                axes.bar_label(marks, labels=[number(v) for v in frame[year]], padding=1, fontsize=SMALL)
        axes.set_xticks(range(len(frame)), [str(name) for name in frame.index])
        axes.tick_params(axis="x", length=0)
        middle, half = (len(frame) - 1) / 2, max(len(frame), 4) / 2
        axes.set_xlim(middle - half, middle + half)
        _scale(axes, frame.max().max())
        _key(axes, len(years))
        unit_label(axes, unit)
    return figure


def _labelled(frame: pd.DataFrame) -> list[Any]:
    """The years whose values can stand over their columns without running into each other: all, the last, or none."""
    longest = frame.apply(lambda column: column.map(lambda value: len(number(value))).max())
    room = 370 / len(frame) / (0.6 * SMALL)  # characters a period has
    if longest.max() + 0.5 <= room / len(frame.columns):
        return list(frame.columns)
    return [frame.columns[-1]] if longest.iloc[-1] + 0.5 <= room else []


def _scale(axes: Axes, most: float) -> None:
    """A scale of whole numbers from zero, large ones in 万."""
    axes.set_ylim(bottom=0, top=None if most > 0 else 1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))  # there are no half disputes
    axes.yaxis.set_major_formatter(
        lambda value, _: number(value / 1e4) + "万" if most >= 1e5 and value else number(value)
    )


def bars_by_category(frame: pd.DataFrame, unit: str) -> Figure:
    """Horizontal bars in the order of the frame, the first on top: index category, first column this year; a second one, last
    year, as a tick."""
    with style():
        ordered = frame[::-1]
        names = [_wrapped(str(name)) for name in ordered.index]
        figure, axes = canvas(_height(names))
        places = range(len(ordered))
        marks = axes.barh(places, ordered.iloc[:, 0], 0.66, color=BLUE, label=str(ordered.columns[0]))
        values = [number(value) for value in ordered.iloc[:, 0]]
        if ordered.shape[1] > 1:
            axes.plot(ordered.iloc[:, 1], places, "|", color=INK, ms=11, mew=1.6, label=str(ordered.columns[1]))
            _key(axes, 2)
            _write_beside(axes, values)
        else:
            axes.bar_label(marks, labels=values, padding=4, fontsize=NORMAL)
        axes.set_yticks(places, names)
        _bars_only(axes)
        axes.set_xlim(0, max(ordered.max().max(), 1e-9) * (1.02 if ordered.shape[1] > 1 else 1.15))
        unit_label(axes, unit)
    return figure


def change_bars(frame: pd.DataFrame) -> Figure:
    """Change against the year before: index label; columns `value`, `previous`, `unit`; no bar without a base."""
    with style():
        known = frame[(frame["previous"] > 0) & frame["value"].notna()]
        change = (known["value"] - known["previous"]) / known["previous"] * 100
        order = change.argsort(kind="stable")  # by place: two may have one label
        known, change = known.iloc[order], change.iloc[order]
        names = [_wrapped(str(name)) for name in known.index]
        figure, axes = canvas(_height(names))
        places = range(len(known))
        axes.barh(places, change, 0.62, color=[BLUE if c >= 0 else ORANGE for c in change])
        axes.set_yticks(places, names)
        axes.axvline(0, color=SOFT, lw=0.8)
        _bars_only(axes)
        rows = zip(change, known.itertuples(), strict=True)
        _write_beside(
            axes, [f"{_signed(c)}（{number(row.previous)}→{number(row.value)}{row.unit}）" for c, row in rows]
        )
        unit_label(axes, "较上年变化")
    return figure


def _signed(change: float) -> str:
    """A change in whole percent as the text has it: half up; 持平 only where nothing changed."""
    if change == 0:
        return "持平"
    size = half_up(abs(change))
    return f"{'+' if change > 0 else '-'}{size}%" if size else "基本持平"


def number(value: Any) -> str:
    """A value at its mark: whole numbers as they are, others with two decimals at most; nothing for a missing one."""
    return "" if pd.isna(value) else f"{round(float(value), 2):.10g}"


def figure_block(
    figure: Figure, id: str, caption: str, alt: str, source: str = "", says: model.Says = None
) -> model.Figure:
    """The figure as a document block, SVG with text as text and PNG for Word; the same bytes every time.

    Raises PublishError where a character of the figure has no glyph. A pyplot figure is closed.
    """
    drawing = clean_svg(_svg(figure), id)
    width = min(figure.get_figwidth() * 25.4, 156)
    png = base64.b64encode(to_png(drawing, width)).decode("ascii")
    return model.Figure(id=id, svg=drawing, png=png, caption=caption, alt=alt, source=source, says=says, width_mm=width)


def prepare() -> None:
    """Draw a first chart, which loads fonts and drawing code, before processes part that each draw some."""
    _svg(columns_by_period(pd.DataFrame({2025: [1.0, 2.0]}, index=["1月", "2月"]), "件"))


def _svg(figure: Figure) -> str:
    shown = "".join(text.get_text() for text in figure.findobj(Text) if isinstance(text, Text))
    fonts.resolve({}).require(shown)
    with style():
        figure.savefig(buffer := io.BytesIO(), format="svg", metadata={"Date": None})
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)
    return buffer.getvalue().decode("utf-8")


def canvas(height_mm: float) -> tuple[Figure, Axes]:
    """A figure as wide as the type area, in the style that is set."""
    figure = Figure(figsize=(WIDTH_MM / 25.4, height_mm / 25.4), layout="constrained")
    return figure, figure.add_subplot()


def unit_label(axes: Axes, unit: str) -> None:
    """The unit above the value axis, upright, with light lines to read values by."""
    axes.set_title(f"（{unit}）", loc="left", fontsize=NORMAL, color=SOFT)
    axes.grid(axis="y", visible=axes.xaxis.get_visible())


def _bars_only(axes: Axes) -> None:
    """No scale along the bars: each has its value written at its end."""
    axes.xaxis.set_visible(False)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _write_beside(axes: Axes, texts: list[str]) -> None:
    """A text for each bar in a column of its own, where it runs into no bar, no mark and no name."""
    for place, text in enumerate(texts):
        axes.annotate(text, (1.01, place), xycoords=("axes fraction", "data"), va="center", fontsize=NORMAL)


def _wrapped(name: str) -> str:
    """A long name in lines of twelve characters, three at most."""
    lines = [name[start : start + 12] for start in range(0, len(name), 12)]
    return "\n".join(lines if len(lines) <= 3 else [*lines[:2], lines[2][:11] + "…"])


def _height(names: list[str]) -> float:
    """Height in mm of a chart with a bar a name."""
    return 12 + len(names) * (1.6 + 3.7 * max((name.count("\n") + 1 for name in names), default=1))


def _key(axes: Axes, count: int) -> None:
    axes.legend(
        loc="lower right", bbox_to_anchor=(1, 1), ncols=count, fontsize=NORMAL, handlelength=1, borderaxespad=0.2
    )
