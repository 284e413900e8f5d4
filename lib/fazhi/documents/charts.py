"""Charts for print and screen: a table in, a drawing out; nothing is read or saved here.

Values are written at the marks, the unit above them. The title belongs to the caption, which states the finding.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from fazhi.documents import fonts, model
from fazhi.documents.drawing import MM, NORMAL, SMALL, Canvas, Picture, text_width
from fazhi.documents.scales import number, tick_words, ticks
from fazhi.number_words import half_up

HEAD = 20.0  # height of the line above a chart: its unit, and what its colours mean
PAST = ("past", "older")  # years before, the nearest first
GAP = 4.0  # between a mark and its words
EDGE = 2.0  # kept free at the sides of a drawing


def columns_by_period(frame: pd.DataFrame, unit: str) -> Picture:
    """Columns of counts: index the period's name (1月, 第一季度), one column a year (int), the reported year last, in colour.

    Values stand over their columns as far as they fit; the scale beside them always can be read.
    """
    canvas, years = Canvas(62 * MM), list(frame.columns)
    colours = [PAST[(len(years) - 2 - place) % 2] for place in range(len(years) - 1)] + ["now"]
    key(canvas, [(colour, f"{year}年") for colour, year in zip(colours, years, strict=True)])
    plot = axis(canvas, float(frame.max().max()), unit, room=SMALL + 3)
    slot = plot.width / max(len(frame), 4)
    start = plot.left + (plot.width - slot * len(frame)) / 2
    wide = 0.8 * slot / len(years)
    labelled = _labelled(frame, slot)
    for column, (year, colour) in enumerate(zip(years, colours, strict=True)):
        for period, value in enumerate(frame[year]):
            if pd.isna(value):
                continue
            left, top = start + period * slot + 0.1 * slot + column * wide, plot.y(value)
            canvas.rectangle(left + 0.04 * wide, top, 0.92 * wide, plot.bottom - top, colour)
            if year in labelled:
                canvas.text(left + wide / 2, top - 2 - SMALL / 2, number(value), size=SMALL, anchor="middle")
    names_below(
        canvas, plot, [start + (place + 0.5) * slot for place in range(len(frame))], list(map(str, frame.index))
    )
    return canvas.picture()


def _labelled(frame: pd.DataFrame, slot: float) -> list[Any]:
    """The years whose values can stand over their columns without running into each other: all, the last, or none."""
    longest = frame.apply(lambda column: column.map(lambda value: text_width(number(value), SMALL)).max())
    if longest.max() + 2 <= 0.8 * slot / len(frame.columns):
        return list(frame.columns)
    return [frame.columns[-1]] if longest.iloc[-1] + 2 <= 0.8 * slot else []


class Plot:
    """Where values stand: from `left` over `width`, zero at `bottom`, the end of the scale at `top`."""

    def __init__(self, left: float, width: float, top: float, bottom: float, most: float) -> None:
        self.left, self.width, self.top, self.bottom, self.most = left, width, top, bottom, most

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.bottom - (self.bottom - self.top) * float(value) / self.most


def axis(canvas: Canvas, most: float, unit: str, *, room: float, right: float = 0) -> Plot:
    """Draw a scale of round numbers from zero with light lines to read values by, and the unit above it.

    `room` is left above its end for what is written there, `right` beside the plot.
    """
    values = ticks(most)
    words = tick_words(values)
    left = max(text_width(word, NORMAL) for word in words) + 2 * GAP
    plot = Plot(
        left, canvas.width - left - right - EDGE, HEAD + room, canvas.height - NORMAL - 2 * GAP - 1, float(values[-1])
    )
    for value, word in zip(values, words, strict=True):
        height, line = plot.y(value), "grid" if value else "soft"
        canvas.line([(left, height), (left + plot.width, height)], line, stroke_width=0.6)
        canvas.text(left - GAP, height, word, anchor="end")
    canvas.text(0, HEAD / 2, f"（{unit}）", colour="soft")
    return plot


def names_below(canvas: Canvas, plot: Plot, places: Sequence[float], names: Sequence[str]) -> None:
    """Names below the axis at their places, as many as fit beside one another, evenly chosen; none runs off the drawing."""
    if not names:
        return
    widest = max(text_width(name, NORMAL) for name in names)
    apart = plot.width / max(len(names), 1)
    step = max(1, -(-int(widest + NORMAL) // max(1, int(apart))))
    for place, name in list(zip(places, names, strict=True))[::step]:
        half = text_width(name, NORMAL) / 2
        middle = max(half, min(place, canvas.width - half))
        canvas.text(middle, plot.bottom + GAP + 2 + NORMAL / 2, name, anchor="middle")


def key(canvas: Canvas, entries: Sequence[tuple[str, str]], mark: str = "") -> None:
    """What the colours mean, above the chart on the right; the entry of colour `mark` is a stroke."""
    right = canvas.width - EDGE
    for colour, words in reversed(entries):
        canvas.text(right, HEAD / 2, words, anchor="end")
        right -= text_width(words, NORMAL) + 3
        if colour == mark:
            canvas.line([(right - 4, HEAD / 2 - 5), (right - 4, HEAD / 2 + 5)], colour, stroke_width=1.6)
        else:
            canvas.rectangle(right - 8, HEAD / 2 - 4, 8, 8, colour)
        right -= 20


def bars_by_category(frame: pd.DataFrame, unit: str) -> Picture:
    """Horizontal bars in the order of the frame, the first on top: index category, first column this year; a second one, last
    year, as a stroke."""
    names = [wrapped(str(name)) for name in frame.index]
    canvas, tops, pitch = _rows(names)
    values = [number(value) for value in frame.iloc[:, 0]]
    two = frame.shape[1] > 1
    left, right = (
        widest(names) + GAP,
        canvas.width - max(text_width(value, NORMAL) for value in values) - 2 * GAP - EDGE,
    )
    scale = (right - left) / max(float(frame.max().max()), 1e-9)
    canvas.text(0, HEAD / 2, f"（{unit}）", colour="soft")
    if two:
        key(canvas, [("now", str(frame.columns[0])), ("ink", str(frame.columns[1]))], mark="ink")
    numbers = frame.astype(float).to_numpy()
    for name, value, row, top in zip(names, values, numbers, tops, strict=True):
        middle, now = top + pitch / 2, float(row[0])
        canvas.lines(left - GAP, middle, name, size=NORMAL, anchor="end", pitch=LINE)
        wide = 0.0 if pd.isna(now) else now * scale
        canvas.rectangle(left, middle - 0.33 * pitch, wide, 0.66 * pitch, "now")
        if two and not pd.isna(row[1]):
            at = left + float(row[1]) * scale
            canvas.line([(at, middle - 0.42 * pitch), (at, middle + 0.42 * pitch)], "ink", stroke_width=1.6)
        canvas.text(canvas.width - EDGE if two else left + wide + GAP, middle, value, anchor="end" if two else "start")
    return canvas.picture()


def change_bars(frame: pd.DataFrame) -> Picture:
    """Change against the year before: index label; columns `value`, `previous`, `unit`; no bar without a base.

    The largest rise on top.
    """
    known = frame[(frame["previous"] > 0) & frame["value"].notna()]
    change = (known["value"] - known["previous"]) / known["previous"] * 100
    order = change.argsort(kind="stable")[::-1]  # by place: two may have one label
    known, change = known.iloc[order], change.iloc[order]
    names = [wrapped(str(name)) for name in known.index]
    rows = zip(change, known.itertuples(), strict=True)
    words = [f"{_signed(c)}（{number(row.previous)}→{number(row.value)}{row.unit}）" for c, row in rows]
    canvas, tops, pitch = _rows(names)
    left, right = widest(names) + GAP, canvas.width - max(text_width(word, NORMAL) for word in words) - GAP - EDGE
    low, high = min(0.0, change.min()), max(0.0, change.max())
    scale = (right - left - 2 * GAP) / max(high - low, 1e-9)
    zero = left + GAP - low * scale
    canvas.text(0, HEAD / 2, "（较上年变化）", colour="soft")
    for place, (name, size, word) in enumerate(zip(names, change, words, strict=True)):
        middle, wide = tops[place] + pitch / 2, abs(size) * scale
        canvas.lines(left - GAP, middle, name, size=NORMAL, anchor="end", pitch=LINE)
        start = zero if size >= 0 else zero - wide
        canvas.rectangle(start, middle - 0.31 * pitch, wide, 0.62 * pitch, "now" if size >= 0 else "other")
        canvas.text(right + GAP, middle, word)
    canvas.line([(zero, HEAD), (zero, canvas.height - 2)], "soft", stroke_width=0.8)
    return canvas.picture()


def _signed(change: float) -> str:
    """A change in whole percent as the text has it: half up; 持平 only where nothing changed."""
    if change == 0:
        return "持平"
    size = half_up(abs(change))
    return f"{'+' if change > 0 else '-'}{size}%" if size else "基本持平"


def figure_block(
    picture: Picture, id: str, caption: str, alt: str, source: str = "", says: model.Says = None
) -> model.Figure:
    """The drawing as a document block, text as text; the same bytes every time.

    Raises PublishError where a character of it has no glyph.
    """
    fonts.resolve({}).require("".join(picture.words))
    width = min(picture.width_mm, 156)
    return model.Figure(id=id, svg=picture.svg, caption=caption, alt=alt, source=source, says=says, width_mm=width)


LINE = 11.0  # pitch of the lines of a name


def _rows(names: Sequence[Sequence[str]]) -> tuple[Canvas, list[float], float]:
    """A canvas with a row a name, the rows' upper ends, their height."""
    pitch = 4 + LINE * max((len(name) for name in names), default=1)
    tops = [HEAD + 2 + place * pitch for place in range(len(names))]
    return Canvas(HEAD + 4 + pitch * len(names)), tops, pitch


def widest(names: Sequence[Sequence[str]]) -> float:
    """Where the widest line of the names ends."""
    return EDGE + max((text_width(line, NORMAL) for name in names for line in name), default=0.0)


def wrapped(name: str) -> list[str]:
    """A long name in lines of twelve characters, three at most."""
    lines = [name[start : start + 12] for start in range(0, len(name), 12)]
    return lines if len(lines) <= 3 else [*lines[:2], lines[2][:11] + "…"]
