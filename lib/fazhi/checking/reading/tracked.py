"""Tracked changes of a Word draft that touch a figure: what stood there, what stands there once all are accepted, and who."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from fazhi.checking.reading.word_parts import DELETED, W, every_run, paragraphs, run_text, seen
from fazhi.quantities import Quantity, find_quantities

_NOBODY = ("", "Unknown Author")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_LONGEST = 200_000  # characters of a paragraph that are gone through


class _Piece(NamedTuple):
    """A stretch of a paragraph: its text, whether it is deleted or inserted, and by whom."""

    text: str
    kind: str  # "", "del", "ins", "again"
    author: str


class _Change(NamedTuple):
    """The figures that a change touches as they were and as they are now, empty where there are none, and by whom."""

    was: str
    now: str
    authors: str


def tracked_figures(root: Any) -> Iterator[str]:
    """Each change of a part that touches a figure, as a sentence: “371家次”改为“317家次”（王某）.

    What is taken out in one place and put in unchanged in another has been moved.
    """
    changes = [
        change
        for paragraph in paragraphs(root)
        if next(paragraph.iter(*DELETED, *_INSERTED), None) is not None
        for change in _of_paragraph(list(_pieces(paragraph)))
    ]
    moved = Counter(one.now for one in changes if not one.was) & Counter(one.was for one in changes if not one.now)
    gone, come = moved.copy(), moved.copy()
    for was, now, authors in changes:
        if now and not was and come[now]:
            come[now] -= 1
        else:
            is_moved = not now and gone[was] > 0
            gone[was] -= is_moved
            yield f"移动“{was}”（{authors}）" if is_moved else f"{_told(was, now)}（{authors}）"


def _pieces(paragraph: Any) -> Iterator[_Piece]:
    for run, above in every_run(paragraph):
        gone = next((one for one in above if one.tag in DELETED), None)
        new = next((one for one in above if one.tag in _INSERTED), None)
        change = gone if gone is not None else new
        text = seen("".join(node.text or "" for node in run.findall(f"{W}delText"))) if gone is not None else ""
        author = "" if change is None else change.get(f"{W}author") or ""
        if gone is not None and new is not None:
            yield _Piece("", "again", author)  # inserted and deleted again
        else:
            yield _Piece(text or run_text(run), "del" if gone is not None else "ins" if new is not None else "", author)


def _of_paragraph(pieces: Sequence[_Piece]) -> Iterator[_Change]:
    before = "".join(piece.text for piece in pieces if piece.kind != "ins")
    after = "".join(piece.text for piece in pieces if piece.kind != "del")
    if len(before) + len(after) > _LONGEST:
        return
    old, new = find_quantities(before), find_quantities(after)
    left = right = 0  # places in `before` and in `after`
    for is_change, group in groupby(pieces, key=lambda piece: bool(piece.kind)):
        these = list(group)
        gone = sum(len(piece.text) for piece in these if piece.kind != "ins")
        come = sum(len(piece.text) for piece in these if piece.kind != "del")
        if is_change:
            was, now = _touched(before, old, left, left + gone), _touched(after, new, right, right + come)
            authors = dict.fromkeys(piece.author for piece in these if piece.author not in _NOBODY)
            if was != now:
                yield _Change(was, now, "、".join(authors) or "不详")
        left, right = left + gone, right + come


def _touched(text: str, quantities: Sequence[Quantity], start: int, end: int) -> str:
    """The figures that a change touches; digits that are no figure, as far as they go."""
    figures = [one.text for one in quantities if one.start <= end and one.end >= start]
    inside = text[start:end]
    return "、".join(figures) or (inside[:40] if re.search(r"[\d０-９]", inside) else "")


def _told(was: str, now: str) -> str:
    if was and now:
        return f"“{was}”改为“{now}”"
    return f"插入“{now}”" if now else f"删去“{was}”"
