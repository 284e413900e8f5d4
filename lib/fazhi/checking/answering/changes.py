"""What people changed between our draft and theirs, sentence by sentence: figures, words, what is new, what is gone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from fazhi.quantities import find_quantities

_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]?")
_NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十]+[、部章.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])\s*")
_REFERENCE = re.compile(
    r"（见[图表]\d+(?:、[图表]\d+)*）|，见[图表]\d+(?:、[图表]\d+)*"
)  # numbers that move with what there is
_ALIKE = 55.0  # of 100: below it a sentence is another one
_MOST = 1_500  # sentences; a longer draft is not one of ours
_OURS = 0.3  # so many of its sentences must be ours for a draft to have come from ours

Kind = Literal["数字", "文字", "数字和文字", "新增", "删去"]


@dataclass(frozen=True)
class Change:
    """One sentence as it was in our draft and as it is in theirs; `figures` are those that differ, as `旧→新`."""

    kind: Kind
    ours: str
    theirs: str
    figures: tuple[str, ...] = ()


def changes(ours: str, theirs: str, document: str = "") -> list[Change]:
    """The changes from our text to theirs, in the order of theirs; empty where theirs did not come from ours.

    `document` is all that our document holds: what stands beside its text (tables, notes) is not new in theirs.
    """
    left = _sentences(ours)
    beside = set(_sentences(document)) - set(left)
    right = [one for one in _sentences(theirs) if one not in beside]
    if len(right) > _MOST or len(set(left) & set(right)) < _OURS * len(right):
        return []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    found: list[Change] = []
    for tag, start, end, low, high in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(left[start:end], right[low:high])
    moved = {one.ours for one in found if one.kind == "删去"} & {one.theirs for one in found if one.kind == "新增"}
    return [one for one in found if (one.ours or one.theirs) not in moved]


def _sentences(text: str) -> list[str]:
    """The sentences of a text without marks, numbering, references and blanks, which are no change."""
    plain = text.translate(str.maketrans(",:;?!()", "，：；？！（）")).replace("※", "")
    plain = _REFERENCE.sub("", plain)
    stripped = (_NUMBERING.sub("", re.sub(r"\s+", "", one)) for one in _SENTENCE.findall(plain))
    return [one for one in stripped if len(one) > 1]


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Change]:
    """Sentences that stand in the place of others, each with the one it is most like."""
    left = list(ours)
    for text in theirs:
        likeness = [fuzz.ratio(text, one) for one in left]
        best = max(range(len(left)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < _ALIKE:
            yield Change("新增", "", text)
        else:
            yield _change(left.pop(best), text)
    yield from (Change("删去", one, "") for one in left)


def _change(ours: str, theirs: str) -> Change:
    (words, figures), (other_words, other_figures) = _apart(ours), _apart(theirs)
    if words == other_words:
        moved = tuple(f"{old}→{new}" for old, new in zip(figures, other_figures, strict=False) if old != new)
        return Change("数字", ours, theirs, moved)
    gone, new = (
        [one for one in figures if one not in other_figures],
        [one for one in other_figures if one not in figures],
    )
    differing = (f"{'、'.join(gone)}→{'、'.join(new)}",) if gone or new else ()
    return Change("数字和文字" if differing else "文字", ours, theirs, differing)


def _apart(sentence: str) -> tuple[str, list[str]]:
    """A sentence with a mark for each of its figures, and the figures."""
    words, at, figures = "", 0, []
    for one in find_quantities(sentence):
        words, at = f"{words}{sentence[at : one.start]}#", one.end
        figures.append(one.text)
    return words + sentence[at:], figures
