"""Villages by type over all years, as far as it may be published.

Every total of the table is known, so a cell below the threshold is hidden together with others, until it could have at
least as many values as the threshold: where three more cells that form a rectangle with it are hidden too, counts can be
moved round the rectangle without changing a total (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from fazhi.disclosure.suppression import REST

Grid = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Crossed:
    """`counts`: index place, columns type, missing where not published; only those that stand by themselves elsewhere."""

    counts: pd.DataFrame

    def tells(self, place: str, category: str) -> bool:
        """Whether the count of one place and type is published."""
        known = place in self.counts.index and category in self.counts.columns
        return known and not bool(self.counts.isna().at[place, category])


def cross(rows: pd.DataFrame, column: str, places: Sequence[str], categories: Sequence[str], least: int) -> Crossed:
    """The table of `places` (values of `column`) by `categories`; what is in neither list is counted together and hidden."""
    grouped = (
        rows[column].where(rows[column].isin(places), REST),
        rows["category"].where(rows["category"].isin(categories), REST),
    )
    table = pd.crosstab(*grouped).reindex(index=[*places, REST], columns=[*categories, REST], fill_value=0)
    counts = table.to_numpy(dtype=int)
    hidden = (counts < least) & (counts > 0)
    hidden[-1, :] = hidden[:, -1] = True
    for row, col in np.argwhere((counts > 0) & (counts < least)):
        if not _protect(counts, hidden, int(row), int(col), least):
            hidden[:] = True
    shown = table.astype(float).mask(hidden)
    return Crossed(shown.loc[list(places), list(categories)])


def _protect(counts: Grid, hidden: Grid, row: int, col: int, least: int) -> bool:
    """Hide the fewest cases that leave a small cell `least` possible values; False where no rectangle does."""
    others = np.ones_like(hidden)
    others[row, :] = others[:, col] = False
    up = np.minimum.outer(counts[:, col], counts[row, :])  # how much the cell could gain by a rectangle, and lose
    down = np.minimum(counts[row, col], counts)
    closed = others & hidden & hidden[:, [col]] & hidden[[row], :]
    gain, loss = (int(moved[closed].max(initial=0)) for moved in (up, down))
    if gain + loss >= least - 1:
        return True
    enough = others & (np.maximum(up, gain) + np.maximum(down, loss) >= least - 1)
    cost = (counts * ~hidden) + (counts * ~hidden)[:, [col]] + (counts * ~hidden)[[row], :]
    if not enough.any():
        return False
    best = np.unravel_index(np.where(enough, cost, np.iinfo(int).max).argmin(), cost.shape)
    hidden[best] = hidden[best[0], col] = hidden[row, best[1]] = True
    return True
