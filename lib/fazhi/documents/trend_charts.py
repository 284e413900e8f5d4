"""Charts of trends, in the style of `charts`: tables in, drawings out; every line and every cell says what it is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from fazhi.documents.charts import GAP, HEAD, Plot, axis, names_below
from fazhi.documents.drawing import MM, NORMAL, SMALL, TINY, Canvas, Picture, text_width
from fazhi.documents.scales import number, spread

DASHED, DOTTED = "5 3", "1.5 2"
Ends = Sequence[tuple[float, str, str]]  # where a line ends, what it is, its colour


def control(series: pd.DataFrame, unit: str) -> Picture:
    """A chart with limits: index the period's name, columns `value`, `center`, `lower`, `upper`, `signal` (bool)."""
    last = series.iloc[-1]
    lines = (("upper", "上限"), ("center", "均值"), ("lower", "下限"))
    ends = [(float(last[column]), f"{words} {last[column]:.1f}", "soft") for column, words in lines]
    canvas = Canvas(72 * MM)
    plot = axis(canvas, float(series[["value", "upper"]].max().max()), unit, room=6, right=_width(ends))
    places = _places(plot, len(series))
    for column, _ in lines:
        _limits(canvas, plot, places, series[column], "" if column == "center" else DASHED)
    _course(canvas, plot, places, series["value"], "now", stroke_width=1.2)
    for place, value, marked in zip(places, series["value"], series["signal"], strict=True):
        if not pd.isna(value):
            canvas.dot(place, plot.y(value), 1.6, "now")
            if marked:
                canvas.frame(place - 3.2, plot.y(value) - 3.2, 6.4, 6.4, "alert")
    _names_at_end(canvas, plot, ends)
    names_below(canvas, plot, places, [str(name) for name in series.index])
    return canvas.picture()


def season(months: pd.DataFrame, unit: str) -> Picture:
    """Lines over the periods of a year: index the period's name, one column a year, the last one in colour and labelled."""
    years = list(months.columns)
    known = {year: months[year].dropna() for year in years}
    ends = [
        (float(known[year].iloc[-1]), f"{year}年", "now" if year == years[-1] else "soft")
        for year in years
        if len(known[year])
    ]
    canvas = Canvas(72 * MM)
    plot = axis(canvas, float(months.max().max()), unit, room=TINY + 6, right=_width(ends))
    places = _places(plot, len(months))
    for age, year in enumerate(reversed(years[:-1])):
        _course(canvas, plot, places, months[year], "soft", stroke_width=1, dashes=f"{1.5 + 2.5 * age:g} 2")
    latest = months[years[-1]]
    _course(canvas, plot, places, latest, "now", stroke_width=1.8)
    for at, (place, value) in enumerate(zip(places, latest, strict=True)):
        if not pd.isna(value):
            canvas.dot(place, plot.y(value), 2, "now")
            away = 5 + TINY / 2
            middle = plot.y(value) + (
                away if _is_trough(latest, at) and plot.y(value) + 2 * away < plot.bottom else -away
            )
            canvas.text(place, middle, number(value), size=TINY, colour="now", anchor="middle", halo=True)
    _names_at_end(canvas, plot, ends)
    names_below(canvas, plot, places, [str(name) for name in months.index])
    return canvas.picture()


def small_multiples(frame: pd.DataFrame, unit: str, across: int = 3) -> Picture:
    """A small chart a column, all on one scale: index the period (year), the last one in colour, values at the columns.

    A title is nearer to its own columns than to the row above, whose periods stand between.
    """
    names, apart = list(frame.columns), 12.0
    down, high = -(-len(names) // across), 90.0
    canvas = Canvas(HEAD + down * high - 12)
    canvas.text(0, HEAD / 2, f"（{unit}）", colour="soft")
    most, slot = max(float(frame.max().max()), 1e-9), (canvas.width - apart * (across - 1)) / across
    wide = slot / len(frame)
    fits = all(text_width(number(value), TINY) + 1 < wide for value in frame.to_numpy().flat)
    step = max(1, -(-round(text_width("2025", TINY) + 3) // max(1, round(wide))))
    for place, name in enumerate(names):
        left, top = place % across * (slot + apart), HEAD + place // across * high
        canvas.line([(left, top - 4), (left + slot, top - 4)], "grid")
        canvas.text(left, top + SMALL / 2, _short(name, int(slot / SMALL)), size=SMALL)
        base = top + 60
        for column, (period, value) in enumerate(frame[name].items()):
            middle, latest = left + (column + 0.5) * wide, column == len(frame) - 1
            if not pd.isna(value):
                tall = float(value) / most * (60 - SMALL - TINY - 6)
                canvas.rectangle(middle - 0.35 * wide, base - tall, 0.7 * wide, tall, "now" if latest else "past")
                if fits or latest:
                    _centred(canvas, middle, base - tall - 2 - TINY / 2, number(value), left + slot)
            if (len(frame) - 1 - column) % step == 0:
                _centred(canvas, middle, base + 3 + TINY / 2, str(period), left + slot)
        canvas.line([(left, base), (left + slot, base)], "soft")
    return canvas.picture()


def _centred(canvas: Canvas, middle: float, y: float, words: str, right: float) -> None:
    """Small words around their column, `right` at the farthest."""
    canvas.text(min(middle, right - text_width(words, TINY) / 2), y, words, size=TINY, anchor="middle", halo=True)


def heat(counts: pd.DataFrame, unit: str, marked: Sequence[tuple[str, str]] = ()) -> Picture:
    """A table with shades: index rows, a column a type, every cell with its number, missing ones as `·`; `marked` framed."""
    rows, heads = [_short(name, 10) for name in counts.index], [_short(name, 8) for name in counts.columns]
    left, cell = max((text_width(name, NORMAL) for name in rows), default=0) + GAP, 6 * MM
    base = HEAD + len(rows) * cell
    canvas = Canvas(base + 2 * GAP + (SMALL + 1) * max(map(len, heads), default=1))
    canvas.text(0, HEAD / 2, f"（{unit}）", colour="soft")
    shown, wide = counts.to_numpy(dtype=float), (canvas.width - left) / max(1, len(heads))
    most = max(1.0, float(np.nan_to_num(shown).max(initial=0)))
    for row, name in enumerate(rows):
        top = HEAD + row * cell
        canvas.text(left - GAP, top + cell / 2, name, anchor="end")
        for column in range(len(heads)):
            value, at = shown[row, column], left + column * wide
            if value > 0:
                canvas.rectangle(at, top, wide, cell, "now", opacity=0.5 * value / most)
            canvas.text(at + wide / 2, top + cell / 2, number(value) or "·", size=SMALL, anchor="middle")
            if (counts.index[row], counts.columns[column]) in marked:
                canvas.frame(at + 1, top + 1, wide - 2, cell - 2, "alert")
    for column, head in enumerate(
        heads
    ):  # characters one below the other, as titles of narrow columns are set in Chinese
        for place, character in enumerate(head):
            middle = base + GAP + (SMALL + 1) * (place + 0.5)
            canvas.text(left + (column + 0.5) * wide, middle, character, size=SMALL, anchor="middle")
    return canvas.picture()


def ranges(frame: pd.DataFrame, unit: str) -> Picture:
    """A point in a bar a row: index words, columns `low`, `middle`, `high`; the values written at them."""
    names, pitch = [str(name) for name in frame.index], 8.5 * MM
    canvas = Canvas(HEAD + pitch * len(names))
    canvas.text(0, HEAD / 2, f"（{unit}）", colour="soft")
    left = max(text_width(name, NORMAL) for name in names) + 2 * GAP
    scale = (canvas.width - left - 16) / max(float(frame["high"].max()), 1e-9)
    numbers = frame[["low", "middle", "high"]].astype(float).to_numpy()
    for place, (name, row) in enumerate(zip(names, numbers, strict=True)):
        middle = HEAD + (place + 0.7) * pitch
        values = list(dict.fromkeys(map(float, row)))
        at = [left + value * scale for value in values]
        canvas.text(left - 2 * GAP, middle, name, anchor="end")
        canvas.line([(at[0], middle), (at[-1], middle)], "past", stroke_width=5)
        canvas.dot(left + float(row[1]) * scale, middle, 3.5, "now")
        widest = max(text_width(number(value), SMALL) for value in values) + 3
        for x, value in zip(spread(at, widest, left, canvas.width - widest / 2), values, strict=True):
            canvas.text(x, middle - 6 - SMALL / 2, number(value), size=SMALL, anchor="middle")
    return canvas.picture()


def forecast(ahead: pd.DataFrame, naive: dict[str, pd.Series], unit: str) -> Picture:
    """Next year by month (index 1–12) with its interval, columns `low`, `middle`, `high`; `naive`: words -> what they forecast."""
    ends = [
        (float(ahead["middle"].iloc[-1]), "预测", "now"),
        *((float(values.iloc[-1]), words, "other") for words, values in naive.items()),
    ]
    most = max([float(ahead["high"].max()), *(float(values.max()) for values in naive.values())])
    canvas = Canvas(75 * MM)
    plot = axis(canvas, most, unit, room=6, right=_width(ends))
    places = _places(plot, 12)
    above, below = (list(zip(places, map(plot.y, ahead[side]), strict=True)) for side in ("high", "low"))
    canvas.area([*above, *reversed(below)], "now", opacity=0.16)
    for values, dashes in zip(naive.values(), (DOTTED, DASHED), strict=False):
        _course(canvas, plot, places, values, "other", stroke_width=1.1, dashes=dashes)
    _course(canvas, plot, places, ahead["middle"], "now", stroke_width=1.8)
    for place, value in zip(places, ahead["middle"], strict=True):
        canvas.dot(place, plot.y(value), 2, "now")
    _names_at_end(canvas, plot, ends)
    names_below(canvas, plot, places, [f"{month}月" for month in range(1, 13)])
    return canvas.picture()


def _is_trough(values: pd.Series, place: int) -> bool:
    """Whether the line falls to this value and rises from it, so that its words stand better below."""
    around = values.iloc[max(0, place - 1) : place + 2].drop(values.index[place]).dropna()
    return len(around) == 2 and bool((around > values.iloc[place]).all())


def _places(plot: Plot, count: int) -> list[float]:
    """The middles of as many periods as there are."""
    return [plot.left + plot.width * (place + 0.5) / max(count, 1) for place in range(count)]


def _course(
    canvas: Canvas, plot: Plot, places: Sequence[float], values: pd.Series, colour: str, *, stroke_width: float,
    dashes: str = "",
) -> None:  # fmt: skip
    """A line through the values, broken where one is missing."""
    stretch: list[tuple[float, float]] = []
    for place, value in [*zip(places, values, strict=True), (0.0, None)]:
        if not pd.isna(value):
            stretch.append((place, plot.y(value)))
            continue
        if len(stretch) > 1:
            canvas.line(stretch, colour, stroke_width=stroke_width, dashes=dashes)
        elif stretch:
            canvas.dot(*stretch[0], 1.2, colour)
        stretch = []


def _limits(canvas: Canvas, plot: Plot, places: Sequence[float], values: pd.Series, dashes: str) -> None:
    """A line of steps, each value over the whole of its period."""
    half = plot.width / max(len(places), 1) / 2
    edges = [(x, plot.y(v)) for p, v in zip(places, values, strict=True) for x in (p - half, p + half)]
    canvas.line(edges, "soft", stroke_width=0.8, dashes=dashes)


def _width(ends: Ends) -> float:
    return max((text_width(words, SMALL) for _, words, _ in ends), default=0) + GAP


def _names_at_end(canvas: Canvas, plot: Plot, ends: Ends) -> None:
    """Words at the right of the plot at their heights, moved apart where they lie close."""
    heights = [plot.y(value) for value, _, _ in ends]
    for height, (_, words, colour) in zip(spread(heights, SMALL + 2.5, HEAD, plot.bottom), ends, strict=True):
        canvas.text(plot.left + plot.width + GAP, height, words, size=SMALL, colour=colour)


def _short(name: Any, most: int) -> str:
    text = str(name)
    return text if len(text) <= most else text[: most - 1] + "…"
