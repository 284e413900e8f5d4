"""Charts of trends, in the style of `figures`: tables in, figures out; every line and every cell says what it is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from fazhi.documents.charts import BLUE, GREY, INK, ORANGE, RED, SOFT, WIDTH_MM, canvas, number, style, unit_label

_SHADES = LinearSegmentedColormap.from_list("counts", ["#ffffff", "#cfe3f2", "#5ea5d3"])
_SMALL = 7.5


def control(series: pd.DataFrame, unit: str) -> Figure:
    """A chart with limits: index the period's name, columns `value`, `center`, `lower`, `upper`, `signal` (bool)."""
    with style():
        figure, axes = canvas(70)
        places = np.arange(len(series))
        axes.plot(places, series["value"], color=BLUE, lw=1.2, marker="o", ms=3)
        ends = []
        for column, words in (("upper", "上限"), ("center", "均值"), ("lower", "下限")):
            dashes: Any = "-" if column == "center" else (0, (5, 3))
            axes.step(places, series[column], where="mid", color=SOFT, lw=0.8, ls=dashes)
            ends.append((float(series[column].iloc[-1]), f"{words} {series[column].iloc[-1]:.1f}", SOFT))
        marked = series["signal"].to_numpy(dtype=bool)
        axes.plot(places[marked], series["value"][marked], "s", ms=6, mfc="none", mec=RED, mew=1.2)
        axes.set_ylim(bottom=0)
        axes.margins(y=0.24)
        _names_at_end(axes, ends)
        _sparse_ticks(axes, [str(name) for name in series.index])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        unit_label(axes, unit)
    return figure


def season(months: pd.DataFrame, unit: str) -> Figure:
    """Lines over the periods of a year: index the period's name, one column a year, the last one in colour and labelled."""
    with style():
        figure, axes = canvas(70)
        places, years = list(range(len(months))), list(months.columns)
        ends = []
        for depth, year in enumerate(years):
            last = year == years[-1]
            dashes: Any = "-" if last else (0, (1 + 2 * depth, 1.5))
            axes.plot(places, months[year], color=BLUE if last else SOFT, lw=1.8 if last else 1, ls=dashes)
            known = months[year].dropna()
            if len(known):
                ends.append((float(known.iloc[-1]), f"{year}年", BLUE if last else SOFT))
        for place, value in zip(places, months[years[-1]], strict=True):
            axes.plot(place, value, marker="o", ms=3.5, color=BLUE)
            axes.annotate(
                number(value), (place, value), (0, 5), textcoords="offset points", ha="center", fontsize=_SMALL, color=BLUE,
                bbox={"fc": "white", "ec": "none", "pad": 0.6, "alpha": 0.85},
            )  # fmt: skip
        axes.set_ylim(bottom=0)
        axes.margins(y=0.24)
        _names_at_end(axes, ends)
        axes.set_xticks(places, [str(name) for name in months.index])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        unit_label(axes, unit)
    return figure


def small_multiples(frame: pd.DataFrame, unit: str, across: int = 3) -> Figure:
    """A small chart a column, all on one scale: index the period (year), the last one in colour, values at the columns.

    A title is nearer to its own columns than to the row above, whose periods stand between.
    """
    names = list(frame.columns)
    down = -(-len(names) // across)
    with style():
        figure = Figure(figsize=(WIDTH_MM / 25.4, (8 + 29 * down) / 25.4), layout="constrained")
        figure.get_layout_engine().set(h_pad=5 / 72, hspace=0.04)  # type: ignore[union-attr, call-arg]
        grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
        for axes, name in zip(grid.flat, names, strict=False):
            colours = [GREY] * (len(frame) - 1) + [BLUE]
            marks = axes.bar(range(len(frame)), frame[name], 0.7, color=colours)
            axes.bar_label(marks, labels=[number(value) for value in frame[name]], padding=1, fontsize=7)
            axes.set_title(_short(name, 10), loc="left", fontsize=8.5, color=INK, pad=2)
            axes.set_xticks(range(len(frame)), [str(period) for period in frame.index], fontsize=7)
            axes.tick_params(axis="x", length=0, pad=2, labelbottom=True)
            axes.yaxis.set_visible(False)
            axes.spines["left"].set_visible(False)
            axes.margins(y=0.24)
        for axes in grid.flat[len(names) :]:
            axes.set_visible(False)
        figure.supxlabel(f"（{unit}）", fontsize=8.5, color=SOFT, x=0.01, ha="left")
    return figure


def heat(counts: pd.DataFrame, unit: str, marked: Sequence[tuple[str, str]] = ()) -> Figure:
    """A table with shades: index rows, a column a type, every cell with its number, missing ones as `·`; `marked` framed."""
    with style():
        longest = max((len(_short(name, 8)) for name in counts.columns), default=1)
        figure, axes = canvas(16 + 6 * len(counts) + 3.2 * longest)
        shown = counts.to_numpy(dtype=float)
        known = np.nan_to_num(shown)
        axes.imshow(known, cmap=_SHADES, aspect="auto", vmin=0, vmax=max(1.0, known.max(initial=0)))
        for row in range(len(counts)):
            for column in range(counts.shape[1]):
                value = shown[row, column]
                axes.text(column, row, number(value) or "·", ha="center", va="center", fontsize=8)
                if (counts.index[row], counts.columns[column]) in marked:
                    axes.add_patch(_frame(column, row))
        axes.set_xticks(range(counts.shape[1]), [_upright(_short(name, 8)) for name in counts.columns], fontsize=8)
        axes.set_yticks(range(len(counts)), [_short(name, 10) for name in counts.index])
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_title(f"（{unit}）", loc="left", fontsize=8.5, color=SOFT)
    return figure


def ranges(frame: pd.DataFrame, unit: str) -> Figure:
    """A point in a bar a row: index words, columns `low`, `middle`, `high`; the values written at them."""
    with style():
        figure, axes = canvas(16 + 8 * len(frame))
        places = list(range(len(frame)))[::-1]
        axes.hlines(places, frame["low"], frame["high"], color=GREY, lw=5)
        axes.plot(frame["middle"], places, "o", color=BLUE, ms=7)
        for place, row in zip(places, frame.itertuples(), strict=True):
            for value in dict.fromkeys((row.low, row.middle, row.high)):
                axes.annotate(
                    number(value), (value, place), (0, 6), textcoords="offset points", ha="center", fontsize=8
                )
        axes.set_yticks(places, [str(name) for name in frame.index])
        axes.set_xlim(left=0)
        axes.set_ylim(-0.6, len(frame) - 0.2)
        axes.xaxis.set_visible(False)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.08)
        unit_label(axes, unit)
    return figure


def forecast(ahead: pd.DataFrame, naive: dict[str, pd.Series], unit: str) -> Figure:
    """Next year by month (index 1–12) with its interval, columns `low`, `middle`, `high`; `naive`: words -> what they forecast."""
    with style():
        figure, axes = canvas(75)
        places = list(range(12))
        axes.fill_between(places, ahead["low"], ahead["high"], color=BLUE, alpha=0.16, lw=0)
        axes.plot(places, ahead["middle"], color=BLUE, lw=1.8, marker="o", ms=3.5)
        ends = [(float(ahead["middle"].iloc[-1]), "预测", BLUE)]
        for (words, values), dashes in zip(naive.items(), ((0, (1, 1.5)), (0, (5, 2))), strict=False):
            axes.plot(places, values, color=ORANGE, lw=1.1, ls=dashes)
            ends.append((float(values.iloc[-1]), words, ORANGE))
        axes.set_ylim(bottom=0)
        _names_at_end(axes, ends)
        axes.set_xticks(places, [f"{month}月" for month in range(1, 13)])
        unit_label(axes, unit)
    return figure


def _names_at_end(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Words at the right of the axes at their heights, moved apart where they lie close."""
    low, high = axes.get_ylim()
    step, floor = (high - low) * 0.075, float("-inf")
    for height, words, colour in sorted(ends):
        floor = max(height, floor + step)
        axes.annotate(
            words, (1.01, floor), xycoords=("axes fraction", "data"), color=colour, va="center", fontsize=8,
            annotation_clip=False,
        )  # fmt: skip


def _sparse_ticks(axes: Axes, names: Sequence[str]) -> None:
    """Names below the axis, as many as fit beside one another, evenly chosen."""
    most = max(2, round(110 / (2.7 * max(map(len, names), default=1))))
    step = max(1, -(-len(names) // most))
    axes.set_xticks(range(0, len(names), step), names[::step], fontsize=_SMALL)


def _frame(column: int, row: int) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.47, row - 0.47), 0.94, 0.94, fill=False, ec=RED, lw=1.4)


def _short(name: Any, most: int) -> str:
    text = str(name)
    return text if len(text) <= most else text[: most - 1] + "…"


def _upright(name: str) -> str:
    """Characters one below the other, as titles of narrow columns are set in Chinese."""
    return "\n".join(name)
