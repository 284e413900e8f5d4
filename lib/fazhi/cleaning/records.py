"""A ledger's records once cleaned: tables of columns, the fate of each record, and of every row of their sheets."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain, compress, count, repeat
from operator import attrgetter
from typing import Any, NamedTuple

from fazhi.cleaning.cells import Value
from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell
from fazhi.issues import Issue
from fazhi.recognition.headers import Table
from fazhi.recognition.rows import Entries


@dataclass(frozen=True)
class SheetFates:
    """What became of a sheet's rows, from the first of its ledger to the last: a fate and a reason each."""

    file: str
    sheet: str
    ledger: str
    fates: Sequence[str]
    reasons: Sequence[str]
    begins: int = 0  # rows above the first of them: of sheets with several ledgers one below the other


@dataclass(frozen=True)
class CleanTable:
    """One table's records cleaned: columns of values, fates and reasons, all in step with `entries.numbers`."""

    file: str
    table: Table
    entries: Entries
    values: Mapping[str, Sequence[Value]]
    fates: list[str]
    reasons: list[str]
    days: Sequence[date | None] = ()  # the ledger's date of each record
    until: date | None = None  # the last of them in the year

    @property
    def sheet(self) -> str:
        return self.table.sheet.name

    @property
    def place(self) -> str:
        """Its file and sheet, in words."""
        return f"{self.file}「{self.sheet}」" if self.sheet else self.file

    @property
    def is_kept(self) -> list[bool]:
        return [fate == "kept" for fate in self.fates]

    @cached_property
    def faults(self) -> Mapping[int, Sequence[tuple[str, str]]]:
        """The cells that could not be read: place of a record -> column and fault, in the order of the columns."""
        found: dict[int, list[tuple[str, str]]] = {}
        for name, values in self.values.items():
            for at in compress(count(), map(attrgetter("fault"), values)):
                found.setdefault(at, []).append((name, values[at].fault))
        return dict(sorted(found.items()))

    def keys(self, columns: Sequence[str]) -> list[tuple[Hashable, ...]]:
        """What each record says in these columns, as records are compared; `()` each where there are none."""
        values = [map(attrgetter("key"), self.values[name]) for name in columns]
        return list(zip(*values, strict=True)) if values else [()] * len(self.fates)

    def filled(self, columns: Sequence[str]) -> list[tuple[Hashable, ...]]:
        """The same where the table may lack some of the columns, and nothing is None however it is written."""
        blank: dict[Hashable, None] = {"": None, (): None}
        keys = [[value.key for value in self.values.get(name, ())] for name in columns]
        said = [map(blank.get, column, column) if column else repeat(None, len(self.fates)) for column in keys]
        return list(zip(*said, strict=True))

    def names(self, ways: Sequence[Sequence[str]]) -> list[list[tuple[Hashable, ...] | None]]:
        """For each way to name a record, as those of `Ledger.identity`, what names each; None where something is missing."""
        made: list[list[tuple[Hashable, ...] | None]] = []
        for way in ways:
            there = all(name in self.table.columns for name in way)
            keys = self.keys(way) if there else [(None,)] * len(self.fates)
            made.append([key if all(key) else None for key in keys])
        return made


class Record(NamedTuple):
    """One record of a table, by its place `at` among them."""

    part: CleanTable
    at: int

    @property
    def row(self) -> int:
        """Its row in the sheet, 1-based."""
        return self.part.entries.numbers[self.at]

    @property
    def fate(self) -> str:
        return self.part.fates[self.at]

    @property
    def reason(self) -> str:
        return self.part.reasons[self.at]

    @property
    def remark(self) -> str:
        return self.part.entries.remarks.get(self.row, "")

    def settle(self, fate: str, reason: str) -> None:
        self.part.fates[self.at], self.part.reasons[self.at] = fate, reason

    def value(self, name: str) -> Value:
        return self.part.values[name][self.at]

    def cell(self, name: str) -> Cell:
        return self.part.entries.columns[name][self.at]


@dataclass(frozen=True)
class Cleaned:
    """One ledger, cleaned: its tables with all their records, whatever their fates, and the issues."""

    ledger: Ledger
    parts: Sequence[CleanTable]
    issues: Sequence[Issue]

    @property
    def fates(self) -> list[SheetFates]:
        """The fate of every row of its sheets, each sheet once, whatever the number of its tables."""
        sheets: dict[tuple[str, int], list[CleanTable]] = {}
        for part in self.parts:
            sheets.setdefault((part.file, id(part.table.sent)), []).append(part)
        return [_together([_sheet_fates(part, self.ledger) for part in parts]) for parts in sheets.values()]

    @property
    def kept(self) -> int:
        return sum(part.fates.count("kept") for part in self.parts)

    def kept_values(self, name: str) -> list[Any]:
        """A column's values in the records that count; None where a table has no such column."""
        nothing = repeat(Value())
        kept = (compress(part.values.get(name, nothing), part.is_kept) for part in self.parts)
        return list(map(attrgetter("value"), chain.from_iterable(kept)))


# Of several records in one row the one that most needs a look tells its fate.
_GRAVEST = (
    "quarantined",
    "kept",
    "duplicate",
    "superseded",
    "out_of_year",
    "other_ledger",
    "other_town",
    "cancelled",
    "not_data",
)


def _together(tables: Sequence[SheetFates]) -> SheetFates:
    """The fates of a sheet's rows where several tables lie in it side by side."""
    if len(tables) == 1:
        return tables[0]
    rows = zip(*(zip(table.fates, table.reasons, strict=True) for table in tables), strict=True)
    gravest = [min(row, key=lambda pair: (_GRAVEST.index(pair[0]), pair[1] == "blank")) for row in rows]
    return replace(tables[0], fates=[fate for fate, _ in gravest], reasons=[reason for _, reason in gravest])


def _sheet_fates(part: CleanTable, ledger: Ledger) -> SheetFates:
    """The fates of all rows of a table's sheet, those above and below its records too."""
    table = part.table
    above = table.header.first_row
    reasons = ["title"] * above + ["header"] * (table.first_data_row - above)
    fates = ["not_data"] * len(table.sheet.rows)
    reasons += [""] * (len(fates) - len(reasons))
    for number, kind in part.entries.others.items():
        reasons[number - 1] = kind
    for number, fate, reason in zip(part.entries.numbers, part.fates, part.reasons, strict=True):
        fates[number - 1], reasons[number - 1] = fate, reason
    start = table.begins
    return SheetFates(part.file, part.sheet, ledger.id, fates[start:], reasons[start:], start)
