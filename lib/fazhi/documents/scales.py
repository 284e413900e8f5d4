"""Scales of charts: where round numbers stand, how they are written, and words at the end of lines kept apart."""

import itertools
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd


def number(value: Any) -> str:
    """A value at its mark: whole numbers as they are, others with two decimals at most; nothing for a missing one."""
    return "" if pd.isna(value) else f"{round(float(value), 2):.10g}"


def ticks(most: float, at_most: int = 6) -> list[int]:
    """Round whole numbers from zero, evenly apart, the last not below `most`: there are no half disputes."""
    most = 0.0 if pd.isna(most) else most
    steps = (size * 10**power for power in itertools.count() for size in (1, 2, 5))
    step = next(step for step in steps if step * at_most >= most)
    return [step * place for place in range(max(1, math.ceil(most / step)) + 1)]


def tick_words(values: Sequence[int]) -> list[str]:
    """The numbers of a scale, large ones in 万."""
    if values[-1] < 1e5:
        return [number(value) for value in values]
    return [number(value / 1e4) + "万" if value else "0" for value in values]


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places moved as little as keeps them `apart` and between `low` and `high`, in the order given."""
    order = sorted(range(len(places)), key=lambda one: (places[one], one))
    moved = [0.0] * len(places)
    floor = low
    for one in order:
        moved[one] = max(places[one], floor)
        floor = moved[one] + apart
    ceiling = high
    for one in reversed(order):
        moved[one] = min(moved[one], ceiling)
        ceiling = moved[one] - apart
    return moved
