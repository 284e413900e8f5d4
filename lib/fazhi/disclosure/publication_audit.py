"""What an outsider can work out of everything that is published: no small number of people's affairs may follow from it.

All statements about a ledger are one system of inequalities over whole numbers. Rows that no statement tells apart are one
unknown. A small unknown (1 … threshold - 1) is safe while every small number could stand in its place, and at least as many
numbers as the threshold in all (Hundepool et al., Statistical Disclosure Control, 2012, ch. 4: audit, here with whole numbers).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from fazhi.disclosure.row_book import NOTHING, SOMETHING, SOURCE, UNSAID, RowBook, file_of
from fazhi.disclosure.statements import Rows, Statement
from fazhi.disclosure.whole_numbers import Program

NEAR = 4  # times the threshold: what an outsider may still take for likely
MAXIMUM_CELLS = 20_000  # of a system; finer combinations of columns are published by no paper
Columns = tuple[str, ...]
System = tuple[str, Columns]  # a ledger, and the columns by which its statements tell rows apart


@dataclass(frozen=True)
class Exposed:
    """A small number that follows from what is published: which rows, as words."""

    system: System
    rows: str


class Auditor:
    """Finds small numbers that statements give away. `dates`: ledger -> the column of dates by which it is counted.

    Numbers by month and another column at once are no systems here: `published_series` shows none that is small, nor any
    whose rest is.
    """

    def __init__(self, book: RowBook, threshold: int, dates: Mapping[str, str | None], labels: Mapping[str, Mapping[str, str]]) -> None:  # fmt: skip
        self._book, self._threshold, self._dates, self._labels = book, threshold, dates, labels
        self._equal: dict[Statement, list[Statement]] = {}
        self._safe: dict[Any, bool] = {}

    def exposed(self, statements: Collection[Statement], systems: Collection[System] | None = None) -> list[Exposed]:
        """What small numbers follow; of some systems, or of all that the statements make."""
        if self._threshold < 2:
            return []
        every = list(dict.fromkeys(other for one in statements for other in (one, *self._equals(one))))
        found: list[Exposed] = []
        for system in self.systems(every) if systems is None else systems:
            found += self._of_system(system, every)
        return found

    def systems(self, statements: Iterable[Statement]) -> list[System]:
        """The ledgers and columns of the statements; none that is part of another."""
        every = {(ledger, one.columns) for one in statements for ledger in one.ledgers}
        every = {one for one in every if len(one[1]) < 2 or self._dates.get(one[0]) not in one[1]}
        largest = [one for one in every if not any(one[0] == other[0] and one[1] < other[1] for other in every)]
        return sorted((ledger, tuple(sorted(columns))) for ledger, columns in largest)

    def touches(self, statement: Statement, system: System) -> bool:
        """Whether a statement is part of a system."""
        return any(
            system[0] in one.ledgers and one.columns <= set(system[1]) for one in (statement, *self._equals(statement))
        )

    def _equals(self, statement: Statement) -> list[Statement]:
        """The statement in other words: who is told how many cases are closed knows how many are not under way."""
        if statement not in self._equal:
            self._equal[statement] = list(self._in_other_words(statement))
        return self._equal[statement]

    def _in_other_words(self, statement: Statement) -> Iterable[Statement]:
        if len(statement.terms) != 1 or not self._book.knows(statement.terms[0][1]):
            return
        weight, rows = statement.terms[0]
        if len(rows.where) != 1 or not ({NOTHING, SOMETHING} & set(rows.where[0][1]) or self._is_filled(rows)):
            return
        key = (rows.town, rows.ledger, rows.year)
        mask, frame = self._book.mask(rows), self._book.frames[key]
        if mask.all() or not mask.any():
            return
        for name in frame.columns.difference([rows.where[0][0], SOURCE]):
            codes, known = self._book.coded(key, name)
            inside, outside = (np.bincount(codes[part], minlength=len(known)) > 0 for part in (mask, ~mask))
            if not (inside & outside).any():
                met = tuple(sorted(value for value, number in known.items() if inside[number]))
                yield Statement(
                    ((weight, Rows(rows.ledger, rows.year, ((name, met),), rows.town)),), statement.low, statement.high
                )

    def _is_filled(self, rows: Rows) -> bool:
        name, values = rows.where[0]
        return set(self._book.values(rows.ledger, name)) - set(values) <= {UNSAID}

    # --- one system --------------------------------------------------------------------------------------------------

    def _of_system(self, system: System, statements: Sequence[Statement]) -> list[Exposed]:
        ledger, columns = system
        mine = [
            one for one in statements
            if ledger in one.ledgers and one.columns <= set(columns) and all(self._book.knows(r) for _, r in one.terms)
        ]  # fmt: skip
        values = [self._book.values(ledger, name) for name in columns]
        if not mine or prod(map(len, values)) > MAXIMUM_CELLS:
            return []
        keys = sorted({(rows.town, rows.ledger, rows.year) for one in mine for _, rows in one.terms})
        table = np.array([self._weights(one, keys, columns, values) for one in mine])
        counts = np.concatenate([self._book.cells(key, columns).ravel() for key in keys])
        atoms, places = np.unique(table, axis=1, return_inverse=True)
        places = places.ravel()
        sums = np.bincount(places, weights=counts, minlength=atoms.shape[1])
        low, high = (np.array([getattr(one, end) for one in mine]) for end in ("low", "high"))
        asked = _asked(places.reshape(len(keys), *map(len, values)), atoms.any(axis=0), sums, self._threshold)
        return [
            Exposed(system, self._named(keys, columns, values, np.flatnonzero(np.isin(places, group))))
            for group in asked
            if not self._is_safe(np.array(group), atoms, sums, low, high)
        ]

    def _weights(self, statement: Statement, keys: Sequence[Any], columns: Columns, values: Sequence[list[str]]) -> Any:
        """The weight of each cell of each table in a statement."""
        shape = tuple(map(len, values))
        found = np.zeros((len(keys), *shape))
        for weight, rows in statement.terms:
            met = np.ones(shape, dtype=bool)
            for name, wanted in rows.where:
                axis = columns.index(name)
                hit = np.array([value in wanted for value in values[axis]], dtype=bool)
                met &= hit.reshape([-1 if place == axis else 1 for place in range(len(columns))])
            found[keys.index((rows.town, rows.ledger, rows.year))] += weight * met
        return found.ravel()

    def _is_safe(self, group: Any, atoms: Any, sums: Any, low: Any, high: Any) -> bool:
        """Whether every other small number could stand in the place of the sum of these unknowns, and enough numbers in all."""
        rows, cols = _linked(atoms, group)
        mine, threshold = int(sums[group].sum()), self._threshold
        program = Program(
            atoms[np.ix_(rows, cols)], low[rows], high[rows], np.isin(cols, group), sums[cols], int(2 * sums.sum() + 10)
        )
        key = (program.key, mine)
        if key not in self._safe:
            others = all(program.allows(number, number) for number in range(1, threshold) if number != mine)
            self._safe[key] = others and (program.allows(0, 0) or program.allows(threshold, NEAR * threshold))
        return self._safe[key]

    def _named(self, keys: Sequence[Any], columns: Columns, values: Sequence[list[str]], cells: Any) -> str:
        size = prod(map(len, values))
        town, ledger, year = keys[int(cells[0]) // size]
        parts = [np.unravel_index(int(cell) % size, tuple(map(len, values))) for cell in cells] if columns else []
        labels = self._labels.get(ledger, {})
        words = []
        for axis, name in enumerate(columns):
            met = sorted({values[axis][int(part[axis])] for part in parts})
            if len(met) < len(values[axis]):
                shown = [file_of(value) if name == SOURCE else value for value in met]
                words.append(
                    f"“{labels.get(name, '文件' if name == SOURCE else name)}”为{'、'.join(dict.fromkeys(shown))}"
                )
        return f"{town}{year}年{labels.get('', ledger)}" + ("中" + "，".join(words) if words else "") + "的件数"


def _asked(places: Any, spoken: Any, sums: Any, threshold: int) -> list[tuple[int, ...]]:
    """The small numbers to be asked about: unknowns, and values of a column in a year over all values of the others.

    `places` has the unknown of each cell: a table's axis, then an axis a column. Values that share an unknown are told apart
    by no statement, and stand together.
    """
    found: set[tuple[int, ...]] = {(int(atom),) for atom in np.flatnonzero(spoken)}
    for table in places:
        for axis in range(table.ndim) if table.ndim > 1 else ():
            groups: list[set[int]] = []
            for atoms in (set(np.unique(one).tolist()) for one in np.moveaxis(table, axis, 0)):
                together = [one for one in groups if one & atoms]
                groups = [one for one in groups if not one & atoms] + [atoms.union(*together)]
            found |= {tuple(sorted(one)) for one in groups if spoken[list(one)].all()}
    return sorted(group for group in found if 0 < sums[list(group)].sum() < threshold)


def _linked(atoms: Any, group: Any) -> tuple[Any, Any]:
    """The statements and unknowns that have to do with some unknowns, by way of others."""
    uses = atoms != 0
    cols = np.isin(np.arange(atoms.shape[1]), group)
    while True:
        rows = uses[:, cols].any(axis=1)
        wider = cols | uses[rows].any(axis=0)
        if (wider == cols).all():
            return np.flatnonzero(rows), np.flatnonzero(cols)
        cols = wider
