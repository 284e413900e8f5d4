"""Whether a sum tells what one of those that make it up contributed.

The p% rule of official statistics: a sum is unsafe where the second largest contributor, who knows its own part, can work
out the largest to within p percent, that is where all the others together are less than p% of it; and where there are
fewer than three (Hundepool et al., Handbook on Statistical Disclosure Control, ESSNet/Eurostat, 2010, 4.2.1 and 4.2.2).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from fazhi.workspace.clean_rows import CleanRows

P_PERCENT = 10
FEWEST = 3  # contributors: two of them know each other's parts
FEWEST_FOR_MEDIAN = 10  # the middle one of fewer is somebody's own value


def is_safe_sum(parts: Iterable[Any], minimum: int = FEWEST) -> bool:
    """Whether nobody's contribution can be worked out of the sum; of nothing there is nothing to tell."""
    ordered = sorted((abs(float(part)) for part in parts if part), reverse=True)
    if not ordered:
        return True
    return len(ordered) >= minimum and sum(ordered[2:]) >= P_PERCENT / 100 * ordered[0]


def contributions(table: CleanRows, rows: Sequence[int], column: str, contributors: Sequence[str]) -> list[float]:
    """What each contributor adds to the sum of a column over some rows: who has several rows is one; without names each row is
    one."""
    values, names = table[column], [table[name] for name in contributors if name in table]
    sums: dict[Any, float] = {}
    for place in rows:
        whom = tuple(cells[place] for cells in names)
        one = place if all(name is None for name in whom) else whom
        sums[one] = sums.get(one, 0.0) + float(values[place] or 0)
    return [*sums.values()]
