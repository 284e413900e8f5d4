"""Plan and result made fit to publish: beside a figure about people, whether a target is met says no more than what is printed.

完成 beside a target of 99% says that the rate is at least that; beside 98%以上 it may leave one number possible.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import nextafter
from typing import TYPE_CHECKING

from fazhi.disclosure.printed_forms import ABOVE
from fazhi.workspace.year_statistics import Number, PlanResult

if TYPE_CHECKING:
    from fazhi.disclosure.published_indicators import PublishedEntry

_TOLD = ("met", "short", "open")  # what says on which side of the target the result lies
WITHHELD = "withheld"


def shown_result(row: PlanResult, fit: "Mapping[str, PublishedEntry]") -> PlanResult:
    """A plan target beside its result as it is printed, or without one; met or short only where the printed result tells so."""
    entry = fit.get(row.indicator or "")
    if entry is None or not entry.persons:
        return row
    shown = replace(row, result=None if entry.is_suppressed else entry.value)
    if row.state not in _TOLD or row.target is None:
        return shown
    least, most = _range(entry)
    if least >= row.target:
        return replace(shown, state="met")
    if most <= row.target:
        return replace(shown, state="open" if row.state == "open" else "short")
    return replace(shown, state=WITHHELD)


def _range(entry: "PublishedEntry") -> tuple[Number, Number]:
    """The least that a printed value can be, and the least that it cannot: of 不足 and of rounded rates what it is below."""
    if entry.bound and entry.bound_value is not None:
        return (entry.bound_value, float("inf")) if entry.bound == ABOVE else (0, entry.bound_value)
    if entry.withheld or entry.value is None:
        return 0, float("inf")
    if not entry.is_rate or entry.value in (0, 1):
        return entry.value, nextafter(entry.value, float("inf"))
    half = 0.5 / 10 ** ((1 if entry.digits is None else entry.digits) + 2)
    return round(entry.value - half, 9), round(entry.value + half, 9)
