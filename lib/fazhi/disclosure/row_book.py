"""The rows that are counted in public, as words: what stands in each column that a reader may count by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
import pandas as pd

from fazhi.dictionary.models import Column, Ledger
from fazhi.disclosure.statements import Rows, Statement
from fazhi.number_words import said
from fazhi.workspace.clean_rows import CleanRows

SOURCE = "@sheet"  # file and sheet, as one column; no ledger has a column of that name
NOTHING, SOMETHING = "无", "有"
UNSAID = "未注明"
_BETWEEN = "\x1f"


def source(file: str, sheet: str = "") -> str:
    """A sheet as a value of the column `SOURCE`."""
    return f"{file}{_BETWEEN}{sheet}"


def file_of(value: str) -> str:
    return value.split(_BETWEEN)[0]


def worded(table: CleanRows, ledger: Ledger) -> pd.DataFrame:
    """A clean table with words for values: yes and no, the month of a date, whether there is money; and the sheet."""
    columns = {
        name: _words(table[name], column) if name in table else [UNSAID] * len(table)
        for name, column in ledger.columns.items()
        if not column.names_people and column.kind in ("vocabulary", "village", "office", "boolean", "date", "money")
    }
    columns[SOURCE] = list(map(source, table["source_file"], table["source_sheet"]))
    return pd.DataFrame(columns, dtype=object)


def _words(cells: Sequence[Any], column: Column) -> list[str]:
    """Each distinct value is put into words once."""
    words = {value: _word(value, column.kind) for value in {*cells}}
    return [words[value] for value in cells]


def _word(value: Any, kind: str) -> str:
    if kind == "money":
        return SOMETHING if value else NOTHING
    if value is None:
        return UNSAID
    return str(value.month) if kind == "date" else said(value)


@dataclass
class RowBook:
    """The worded tables of towns' ledgers and years: (town, ledger, year) -> rows. Each column is numbered once."""

    frames: Mapping[tuple[str, str, int], pd.DataFrame]
    vocabularies: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict
    )  # ledger -> column -> values
    _coded: dict[tuple[Any, ...], tuple[Any, dict[str, int]]] = field(default_factory=dict, repr=False)
    _values: dict[tuple[str, str], list[str]] = field(default_factory=dict, repr=False)
    _numbers: dict[Rows, int] = field(default_factory=dict, repr=False)

    def knows(self, rows: Rows) -> bool:
        """Whether the rows can be counted: their table is there, and has the columns."""
        frame = self.frames.get((rows.town, rows.ledger, rows.year))
        return frame is not None and rows.columns <= set(frame.columns)

    def mask(self, rows: Rows) -> Any:
        key = (rows.town, rows.ledger, rows.year)
        met = np.ones(len(self.frames[key]), dtype=bool)
        for name, values in rows.where:
            codes, known = self.coded(key, name)
            wanted = np.zeros(len(known), dtype=bool)
            wanted[[known[value] for value in values if value in known]] = True
            met &= wanted[codes]
        return met

    def number(self, rows: Rows) -> int:
        """How many rows there are."""
        if rows not in self._numbers:
            self._numbers[rows] = int(np.count_nonzero(self.mask(rows)))
        return self._numbers[rows]

    def coded(self, key: tuple[str, str, int], name: str) -> tuple[Any, dict[str, int]]:
        """The number of each row's value in a column, and the values met with their numbers."""
        if (key, name) not in self._coded:
            codes, met = pd.factorize(self.frames[key][name].astype(object), use_na_sentinel=False)
            self._coded[key, name] = codes, {value: number for number, value in enumerate(met)}
        return self._coded[key, name]

    def values(self, ledger: str, column: str) -> list[str]:
        """All values that a column may have: those of its list, and those that were met."""
        if (ledger, column) not in self._values:
            met = {
                value for key, frame in self.frames.items() if key[1] == ledger and column in frame
                for value in self.coded(key, column)[1]
            }  # fmt: skip
            self._values[ledger, column] = sorted(met | set(self.vocabularies.get(ledger, {}).get(column, ())))
        return self._values[ledger, column]

    def cells(self, key: tuple[str, str, int], columns: tuple[str, ...]) -> Any:
        """How many rows hold each combination of the columns' `values`: an axis a column."""
        values = [self.values(key[1], name) for name in columns]
        places = np.zeros(len(self.frames[key]), dtype=int)
        for name, every in zip(columns, values, strict=True):
            codes, met = self.coded(key, name)
            order = {value: place for place, value in enumerate(every)}
            places = places * len(every) + np.array([order[value] for value in met], dtype=int)[codes]
        shape = tuple(map(len, values))
        return np.bincount(places, minlength=prod(shape)).reshape(shape)

    def holds(self, statement: Statement) -> bool:
        """Whether a statement is true of the rows; one about rows that are not there is not."""
        if not all(self.knows(rows) for _, rows in statement.terms):
            return False
        value = sum(weight * self.number(rows) for weight, rows in statement.terms)
        return statement.low - 1e-6 <= value <= statement.high + 1e-6
