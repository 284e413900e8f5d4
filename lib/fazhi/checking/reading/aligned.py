"""Texts that stand in columns by blanks alone: under which column each one stands."""

import unicodedata
from collections.abc import Sequence

_NEAR = 3  # half-width places that a text may stand beside its column
Span = tuple[int, int]  # half-width places from the beginning of the line


def width_of(text: str) -> int:
    """How many half-width places a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def columns_of(rows: Sequence[Sequence[Span]]) -> list[list[int]]:
    """The column of each text of each row, from 0; none where one stands under no column, or two under the same.

    The rows with most texts tell where the columns stand; each row makes them as wide as it needs.
    """
    most = max(map(len, rows))
    columns = [_around(column) for column in zip(*(row for row in rows if len(row) == most), strict=True)]
    found = []
    for row in rows:
        under = [_nearest(place, columns) for place in row]
        if -1 in under or len(set(under)) < len(under):
            return []
        for at, place in zip(under, row, strict=True):
            columns[at] = _around((columns[at], place))
        found.append(under)
    return found


def _around(places: Sequence[Span]) -> Span:
    return min(start for start, _ in places), max(end for _, end in places)


def _nearest(place: Span, columns: Sequence[Span]) -> int:
    """The column that a text stands under: the one that it shares most places with, else one right beside it; -1 for none."""
    shared = [min(place[1], end) - max(place[0], start) for start, end in columns]
    best = max(range(len(columns)), key=shared.__getitem__)
    return best if shared[best] > -_NEAR else -1
