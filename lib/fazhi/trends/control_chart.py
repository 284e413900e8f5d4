"""XmR charts: an individual's value each month and the range to the next one.

Limits at ±2.66 mean moving ranges about the mean, and the rules of the published NHS guidance (Making data count; Wheeler,
Understanding Variation, 2000): a point outside the limits; seven on one side of the mean; seven rising or falling; two of three
near a limit (outer third). Under twelve points limits are provisional. On 48 months of pure chance the rules together
signal in about every second town: a signal is where to look, and never by itself a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RUN = 7
MINIMUM = 12
WIDTH = 2.66
RULES = {
    "outside": "超出控制限", "shift": f"连续{RUN}点在均值同侧", "trend": f"连续{RUN}点上升或下降", "near": "三点中有两点接近控制限",
}  # fmt: skip


@dataclass(frozen=True)
class Signal:
    """A rule met by the points `first` … `last` (positions)."""

    rule: str
    first: int
    last: int


@dataclass(frozen=True)
class Chart:
    """Centre and limits of each point (they differ between segments), and the signals. A count's lower limit is at least 0."""

    values: tuple[float, ...]
    center: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[Signal, ...]
    provisional: bool


def chart(values: Sequence[float], steps: Sequence[int] = ()) -> Chart:
    """The XmR chart of `values`; limits anew from each position in `steps` (where a step has been found)."""
    bounds = [0, *sorted(step for step in steps if 0 < step < len(values)), len(values)]
    center, lower, upper, signals, provisional = [], [], [], [], False
    for first, last in pairwise(bounds):
        part = np.array(values[first:last], float)
        mean, reach = limits(part)
        center += [mean] * len(part)
        lower += [max(mean - reach, 0.0)] * len(part)
        upper += [mean + reach] * len(part)
        signals += [Signal(s.rule, s.first + first, s.last + first) for s in _signals(part, mean, reach)]
        provisional |= len(part) < MINIMUM
    return Chart(tuple(values), tuple(center), tuple(lower), tuple(upper), tuple(signals), provisional)


def limits(values: np.ndarray) -> tuple[float, float]:
    """Mean, and the distance of the limits from it. 0 distance where there is one point."""
    if not len(values):
        return 0.0, 0.0
    ranges = np.abs(np.diff(values))
    return float(values.mean()), WIDTH * float(ranges.mean()) if len(ranges) else 0.0


def _signals(values: np.ndarray, mean: float, reach: float) -> list[Signal]:
    found = [Signal("outside", i, i) for i, value in enumerate(values) if reach and abs(value - mean) > reach]
    found += [Signal("shift", *span) for span in _runs(np.sign(values - mean), RUN)]
    found += [Signal("trend", first, last + 1) for first, last in _runs(np.sign(np.diff(values)), RUN - 1)]
    return found + _near(values - mean, reach)


def _runs(signs: np.ndarray, least: int) -> list[tuple[int, int]]:
    """First and last position of each run of `least` or more equal signs other than 0."""
    edges = np.flatnonzero(np.diff(signs)) + 1
    spans = zip([0, *edges], [*edges, len(signs)], strict=True)
    return [(int(a), int(b) - 1) for a, b in spans if b - a >= least and signs[a] != 0]


def _near(distances: np.ndarray, reach: float) -> list[Signal]:
    """Two of three points on one side in the outer third; a point outside is told by its own rule."""
    found: list[Signal] = []
    for first in range(len(distances) - 2 if reach else 0):
        three = distances[first : first + 3]
        for side in (1, -1):
            outer = (side * three > reach * 2 / 3) & (side * three <= reach)
            if outer.sum() >= 2 and not (found and found[-1].last >= first):
                found.append(Signal("near", first, first + 2))
    return found
