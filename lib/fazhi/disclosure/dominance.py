"""Whether a sum tells what one of those that make it up contributed.

The p% rule of official statistics: a sum is unsafe where the second largest contributor, who knows its own part, can work
out the largest to within p percent, that is where all the others together are less than p% of it; and where there are
fewer than three (Hundepool et al., Handbook on Statistical Disclosure Control, ESSNet/Eurostat, 2010, 4.2.1 and 4.2.2).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

P_PERCENT = 10
FEWEST = 3  # contributors: two of them know each other's parts
FEWEST_FOR_MEDIAN = 10  # the middle one of fewer is somebody's own value


def is_safe_sum(parts: Iterable[Any], minimum: int = FEWEST) -> bool:
    """Whether nobody's contribution can be worked out of the sum; of nothing there is nothing to tell."""
    ordered = sorted((abs(float(part)) for part in parts if part), reverse=True)
    if not ordered:
        return True
    return len(ordered) >= minimum and sum(ordered[2:]) >= P_PERCENT / 100 * ordered[0]


def contributions(rows: pd.DataFrame, column: str, contributors: Sequence[str]) -> list[float]:
    """What each contributor adds to the sum of a column: who has several rows is one; without names each row is one."""
    values = np.array([float(value) if pd.notna(value) else 0.0 for value in rows[column].astype(object)])
    names = [name for name in contributors if name in rows]
    whom = [pd.factorize(rows[name].astype(object))[0] for name in names]
    if not names or not len(values):
        return values.tolist()
    unnamed = np.all(np.array(whom) < 0, axis=0)
    whom.append(np.where(unnamed, np.arange(len(values)), -1))
    _, places = np.unique(np.array(whom), axis=1, return_inverse=True)
    sums: list[float] = np.bincount(places.ravel(), weights=values).tolist()
    return sums
