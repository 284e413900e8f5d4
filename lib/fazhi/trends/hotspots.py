"""Hotspots: a village with more of a type than its size and the type's size let expect.

Under independence of village and type the cell is hypergeometric given both totals (Fisher's exact test, one-sided);
Holm's correction over all cells. The ratio to the expectation has the exact Poisson interval.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fazhi.trends.chances import drawn_at_least, poisson_interval
from fazhi.trends.change_tests import holm

MINIMUM = 5  # a cell this small names no hotspot


@dataclass(frozen=True)
class Hotspot:
    """`count` records of the type in the village, `expected` by the two totals."""

    village: str
    category: str
    count: int
    expected: float
    interval: tuple[float, float]
    p_value: float


def hotspots(table: pd.DataFrame) -> list[Hotspot]:
    """Every cell of a table of counts (villages × types) with at least `MINIMUM`; most confident first, p-values corrected."""
    counts = table.to_numpy()
    of_village, of_type = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    whole = counts.sum()
    p_values = np.array(holm(drawn_at_least(counts, of_type, of_village, whole))).reshape(counts.shape)
    found = []
    for i, j in np.argwhere(counts >= MINIMUM).tolist():
        count, expected = int(counts[i, j]), float(of_village[i, 0] * of_type[0, j] / whole)
        low, high = poisson_interval(count)
        names = str(table.index[i]), str(table.columns[j])
        found.append(Hotspot(*names, count, expected, (low / expected, high / expected), float(p_values[i, j])))
    return sorted(found, key=lambda one: (one.p_value, -one.count, one.village, one.category))
