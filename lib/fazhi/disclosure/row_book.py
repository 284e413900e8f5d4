"""The rows that are counted in public, as words: what stands in each column that a reader may count by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from fazhi.dictionary.models import Column, Ledger
from fazhi.disclosure.statements import Rows, Statement
from fazhi.number_words import said

SOURCE = "@sheet"  # file and sheet, as one column; no ledger has a column of that name
NOTHING, SOMETHING = "无", "有"
UNSAID = "未注明"
_BETWEEN = "\x1f"


def source(file: str, sheet: str = "") -> str:
    """A sheet as a value of the column `SOURCE`."""
    return f"{file}{_BETWEEN}{sheet}"


def file_of(value: str) -> str:
    return value.split(_BETWEEN)[0]


def worded(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """A clean table with words for values: yes and no, the month of a date, whether there is money; and the sheet."""
    columns = {
        name: _words(frame[name], column) if name in frame else pd.Series(UNSAID, index=frame.index)
        for name, column in ledger.columns.items()
        if not column.names_people and column.kind in ("vocabulary", "village", "office", "boolean", "date", "money")
    }
    if "source_file" in frame:
        sheets = frame["source_sheet"].astype(object).fillna("").astype(str)
        columns[SOURCE] = frame["source_file"].astype(object).astype(str) + _BETWEEN + sheets
    return pd.DataFrame(columns, index=frame.index)


def _words(values: pd.Series, column: Column) -> pd.Series:
    """Each distinct value is put into words once."""
    codes, met = pd.factorize(values.astype(object))
    words = np.array(
        [*(_word(value, column.kind) for value in met), NOTHING if column.kind == "money" else UNSAID], dtype=object
    )
    return pd.Series(words[codes], index=values.index, dtype=object)


def _word(value: Any, kind: str) -> str:
    if kind == "date":
        return str(pd.Timestamp(value).month)
    if kind == "money":
        return SOMETHING if value else NOTHING
    return said(value)


@dataclass
class RowBook:
    """The worded tables of towns' ledgers and years: (town, ledger, year) -> rows."""

    frames: Mapping[tuple[str, str, int], pd.DataFrame]
    vocabularies: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict
    )  # ledger -> column -> values
    _counts: dict[tuple[Any, ...], pd.Series] = field(default_factory=dict, repr=False)

    def knows(self, rows: Rows) -> bool:
        """Whether the rows can be counted: their table is there, and has the columns."""
        frame = self.frames.get((rows.town, rows.ledger, rows.year))
        return frame is not None and rows.columns <= set(frame.columns)

    def mask(self, rows: Rows) -> Any:
        frame = self.frames[rows.town, rows.ledger, rows.year]
        met = np.ones(len(frame), dtype=bool)
        for name, values in rows.where:
            met &= frame[name].isin(values).to_numpy()
        return met

    def number(self, rows: Rows) -> int:
        """How many rows there are."""
        return int(self.mask(rows).sum())

    def values(self, ledger: str, column: str) -> list[str]:
        """All values that a column may have: those of its list, and those that were met."""
        met = {
            value for (_, name, _), frame in self.frames.items() if name == ledger and column in frame
            for value in frame[column].unique()
        }  # fmt: skip
        return sorted(met | set(self.vocabularies.get(ledger, {}).get(column, ())))

    def cells(self, key: tuple[str, str, int], columns: tuple[str, ...]) -> pd.Series:
        """How many rows hold each combination of values that was met."""
        if (key, columns) not in self._counts:
            frame = self.frames[key]
            self._counts[key, columns] = frame.groupby(list(columns)).size() if columns else pd.Series(dtype=int)
        return self._counts[key, columns]

    def holds(self, statement: Statement) -> bool:
        """Whether a statement is true of the rows; one about rows that are not there is not."""
        if not all(self.knows(rows) for _, rows in statement.terms):
            return False
        value = sum(weight * self.number(rows) for weight, rows in statement.terms)
        return statement.low - 1e-6 <= value <= statement.high + 1e-6
