"""What of the counts may be published: the finest tables in which no small count stands, nor can be worked out.

For each column by itself (village, type, source, outcome) a value is shown by month, quarter, half-year or year, whichever
is the finest at which neither it nor what is left beside it is small (`suppression.shown_apart`: those that are small are
merged, at least two of them and never small in sum). What a year's report or appendix merges stays
together here, so that no difference between two releases tells a member.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from fazhi.disclosure.cross_table import Crossed, cross
from fazhi.disclosure.offers import SHOWN, form_key
from fazhi.disclosure.suppression import REST, any_small, apart_by_year, shown_apart
from fazhi.documents.printable import plain
from fazhi.values.order import rest_last

STEPS = (1, 3, 6, 12)  # months of a period, finest first
PERIODS = {
    1: [f"{month}月" for month in range(1, 13)],
    3: [f"第{word}季度" for word in "一二三四"],
    6: ["上半年", "下半年"],
    12: ["全年"],
}
ALL = "all"


def trends_id(part: str) -> str:
    """A part of the trends as it is offered for publication: a dimension, or what is told of closing."""
    return f"trends:{part}"


def shown_key(dimension: str) -> str:
    """A part of the trends in the list of published statements."""
    return form_key(trends_id(dimension), SHOWN)


@dataclass(frozen=True)
class Line:
    """One series that may be published: counts a year, each a period of `step` months; `dimension` is a column or `all`."""

    dimension: str
    name: str
    step: int
    values: dict[int, list[int]]

    def total(self) -> pd.Series:
        """By year."""
        return pd.Series({year: sum(counts) for year, counts in self.values.items()}, dtype=int)


@dataclass(frozen=True)
class Published:
    """All series of a view that may be published, and the years left out because their whole count is small."""

    years: tuple[int, ...]
    withheld: tuple[int, ...]
    threshold: int
    lines: tuple[Line, ...]
    crossed: Crossed

    @property
    def whole(self) -> Line | None:
        return next((line for line in self.lines if line.dimension == ALL), None)

    def of(self, dimension: str) -> list[Line]:
        return [line for line in self.lines if line.dimension == dimension]

    @property
    def says(self) -> tuple[str, ...]:
        """What all of it tells, in the list of published statements."""
        return tuple(shown_key(name) for name in dict.fromkeys(line.dimension for line in self.lines))

    def without(self, dimensions: Collection[str]) -> "Published":
        """The same without the lines of some columns, nor a table that crosses one of them."""
        kept = tuple(line for line in self.lines if line.dimension not in dimensions)
        crossed = self.crossed if len(kept) == len(self.lines) else _uncrossed(self, dimensions)
        return replace(self, lines=kept, crossed=crossed)

    def by_year(self, dimension: str) -> pd.DataFrame:
        """Index name, a column a year; the group of small ones last."""
        lines = self.of(dimension)
        return pd.DataFrame({line.name: line.total() for line in lines}).T.reindex(columns=list(self.years))


def _uncrossed(published: Published, dimensions: Collection[str]) -> Crossed:
    hidden = {"town", "village", "category"} & set(dimensions)
    return Crossed(published.crossed.counts.iloc[:0, :0]) if hidden else published.crossed


def publish(
    rows: pd.DataFrame,
    place: str,
    years: Sequence[int],
    least: int,
    known: Collection[str] = ("town", "village", "category", "source", "outcome"),
) -> Published:
    """Choose the series of a ledger's counts that may be published.

    Parameters
    ----------
    rows
        A row per record.
    place
        The column that says where: `village` or `town`.
    years
        Those looked at.
    least
        Counts from 1 to `least` - 1 are small; 0 or 1 hides nothing.
    known
        The columns that the ledger has.
    """
    totals = rows["year"].value_counts().reindex(list(years), fill_value=0).sort_index()
    withheld = totals.index[(totals > 0) & (totals < least)]
    shown = [int(year) for year in totals.index if year not in withheld]
    rows = rows[rows["year"].isin(shown)]
    lines: list[Line] = []
    if shown:
        lines = _whole(rows, shown, least)
        for column in (name for name in (place, "category", "source", "outcome") if name in known):
            lines += _dimension(rows, column, shown, least)
    alone = [
        [line.name for line in lines if line.dimension == name and line.name != REST] for name in (place, "category")
    ]
    crossed = cross(rows, place, alone[0], alone[1], least)
    return Published(tuple(shown), tuple(map(int, withheld)), least, tuple(lines), crossed)


def _whole(rows: pd.DataFrame, years: Sequence[int], least: int) -> list[Line]:
    monthly = _Monthly.of(rows.assign(all="合计"), "all", years)
    for step in STEPS:
        counts = monthly.by(step)
        if not any_small(counts, least):
            return [_line(ALL, "合计", step, counts.sum(), years)]
    return []


def _dimension(rows: pd.DataFrame, column: str, years: Sequence[int], least: int) -> list[Line]:
    """A line a value that may stand by itself, at its finest period, largest first; the others together by year.

    A value stands alone in a period only if it also does in the longer ones that hold it: else the total of a longer
    period less the values shown in it, whatever their own periods, would be a group too small.
    """
    monthly = _Monthly.of(rows, column, years)
    counts = {step: monthly.by(step) for step in STEPS}
    yearly = counts[12]
    releases = apart_by_year([yearly.set_axis(list(years), axis=1)], least).values()
    alone = set(yearly.index).intersection(*(apart or () for apart in releases))
    steps: dict[str, int] = {}
    for step in reversed(STEPS):
        alone &= set(shown_apart(counts[step], least) or ())
        steps |= dict.fromkeys(alone, step)
    lines = [_line(column, name, step, counts[step].loc[name], years) for name, step in steps.items()]
    lines.sort(key=lambda line: (-sum(map(sum, line.values.values())), line.name))
    places = {name: place for place, name in enumerate(rest_last(line.name for line in lines))}
    lines.sort(key=lambda line: places[line.name])
    rest = yearly.drop(index=list(steps)).sum()
    if not lines or not rest.any():
        return lines
    return [*lines, _line(column, REST, 12, rest, years)]


@dataclass(frozen=True)
class _Monthly:
    """Counts of a column's values by month: an axis each for values, years and months."""

    names: Any
    years: Sequence[int]
    counts: Any

    @classmethod
    def of(cls, rows: pd.DataFrame, column: str, years: Sequence[int]) -> "_Monthly":
        codes, names = pd.factorize(rows[column], sort=True)
        first = rows["year"].map({year: place for place, year in enumerate(years)})
        counts = np.zeros((len(names), len(years), 12), dtype=int)
        np.add.at(counts, (codes, first.to_numpy(dtype=int), rows["month"].to_numpy(dtype=int) - 1), 1)
        return cls(names, years, counts)

    def by(self, step: int) -> pd.DataFrame:
        """Index the values, columns (year, number of the period of `step` months)."""
        periods = pd.MultiIndex.from_product([self.years, range(12 // step)])
        summed = self.counts.reshape(len(self.names), len(periods), step).sum(axis=2)
        return pd.DataFrame(summed, index=self.names, columns=periods)


def _line(dimension: str, name: str, step: int, counts: Any, years: Sequence[int]) -> Line:
    yearly = counts.to_numpy().reshape(len(years), 12 // step).tolist()
    return Line(dimension, plain(name), step, dict(zip(years, yearly, strict=True)))
