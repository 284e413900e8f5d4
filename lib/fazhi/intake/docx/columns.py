"""Which column each cell of a Word table stands in.

Word knows no columns: every row has cells of its own widths. Borders that were dragged by a hair, and rows whose cells
stand one under the other without quite meeting, are one column to a reader.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

Borders = tuple[int, ...]
_NEAR = 170  # twips, 3 mm: no column that holds anything is as narrow
_MAXIMUM = 500  # different borders of a table; Word itself makes 63 columns at the most


def cell_columns(rows: Sequence[Borders], widths: Sequence[int]) -> list[Borders]:
    """The columns at which the cells of each row begin, and after the last the one it ends before.

    Parameters
    ----------
    rows
        Of each row the borders of its cells, in columns of the document's grid.
    widths
        Of the grid's columns, in twips; taken as equal where they do not make sense.
    """
    last = max((borders[-1] for borders in rows), default=0)
    plain = sorted({border for borders in rows for border in borders} | {0})
    if len(plain) > _MAXIMUM or len(widths) < last or not all(widths[:last]):
        return [_numbered(borders, plain) for borders in rows]
    at = [0, *accumulate(widths)]
    measured = [tuple(at[border] for border in borders) for borders in rows]
    usual = Counter(measured).most_common(1)[0][0] if measured else ()
    snapped = _snapped([_like(borders, usual) for borders in measured], usual)
    if any(one >= other for borders in snapped for one, other in pairwise(borders)):
        return [_numbered(borders, plain) for borders in rows]
    distinct = sorted({border for borders in snapped for border in borders} | {0})
    return [_numbered(borders, distinct) for borders in snapped]


def _numbered(borders: Borders, distinct: Sequence[int]) -> Borders:
    number = {border: column for column, border in enumerate(distinct)}
    return tuple(number[border] for border in borders)


def _like(borders: Borders, usual: Borders) -> Borders:
    """The usual borders, where as many cells stand each over more than half of its own."""
    if len(borders) != len(usual):
        return borders
    mine, theirs = (list(pairwise(cells)) for cells in (borders, usual))
    for (left, right), (first, last) in zip(mine, theirs, strict=True):
        if 2 * (min(right, last) - max(left, first)) <= max(right - left, last - first):
            return borders
    return usual


def _snapped(rows: Sequence[Borders], usual: Borders) -> list[Borders]:
    """The rows with borders that nearly meet made one: the usual one, else the first from the left."""
    near: dict[int, int] = {}
    kept = sorted({0, *usual})
    for border in sorted({border for borders in rows for border in borders} - set(kept)):
        closest = min(kept, key=lambda other: abs(other - border))
        if abs(closest - border) < _NEAR:
            near[border] = closest
        else:
            kept.append(border)
    return [tuple(near.get(border, border) for border in borders) for borders in rows]
