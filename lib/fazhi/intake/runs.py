"""A cell's text in runs of different looks, and what a person reads in it: struck parts gone, note marks off."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
# m², 米²; and 10³, which is a thousand.
_UNIT_BEFORE = re.compile(r"[A-Za-zμ㎡米里尺寸]\s*$")
_POWER_BEFORE = re.compile(r"(?:^|[^\d.])10\s*$")
# One figure, a figure in brackets, a sign: two figures may be the 50 of 35⁵⁰ yuan.
_NOTE = re.compile(r"\s*(?:\d|[\[(（【〔［](?:注|附注)?\s*\d{1,2}[\])）】〕］]|注\s*\d{0,2}|[①-⑳*＊※†‡#a-h]{1,3})\s*")


class Run(NamedTuple):
    """A piece of text. `struck` None: as the cell's own font; `level` 1: set high, -1: set low."""

    text: str
    struck: bool | None = None
    level: int = 0


def shown_text(runs: Sequence[Run], cell_struck: bool = False) -> tuple[str, bool]:
    """The text as it is read, and whether all of it is struck through (then it is given whole)."""
    visible = [run for run in runs if run.text.strip() and not _is_struck(run, cell_struck)]
    if not visible:
        return "".join(run.text for run in runs), any(run.text.strip() for run in runs)
    kept = [run for run in runs if not _is_struck(run, cell_struck)]
    if all(run.level for run in visible):  # a whole cell set high or low says nothing
        return "".join(run.text for run in kept), False
    text = ""
    for run in kept:
        text += _set(run, text)
    return text, False


def is_plain(runs: Sequence[Run]) -> bool:
    """Whether all runs look alike."""
    return len({(run.struck, run.level) for run in runs}) < 2


def _is_struck(run: Run, cell_struck: bool) -> bool:
    return cell_struck if run.struck is None else run.struck


def _set(run: Run, before: str) -> str:
    """What a run adds to the text before it."""
    if run.level < 0:
        return run.text.translate(_LOWERED) if re.search(r"\d\s*$", before) else run.text
    if run.level == 0 or not run.text.strip():
        return run.text
    if _UNIT_BEFORE.search(before) or _POWER_BEFORE.search(before):
        return run.text.translate(_RAISED)
    if _NOTE.fullmatch(run.text):
        return ""
    return run.text.translate(_RAISED) if re.search(r"\d\s*$", before) else run.text
