"""What the intake hands on: cells, sheets, findings, files. Plain frozen values that can cross a process boundary."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "info"]
Range: TypeAlias = tuple[int, int, int, int]
Position: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class CellError:
    """An error cell such as `#REF!`: never a blank."""

    code: str


@dataclass(frozen=True)
class Uncached:
    """A formula whose result was not stored in the file: never a blank."""

    formula: str


class YearlessDate(datetime.date):
    """A date whose cell shows month and day only: the year is stored unseen, often that of typing (12月5日)."""


class ShrunkNumber(float):
    """A number as shown by a format that divides it without a word (`0.0,`, `0!.0,`): in thousands, say, of nobody knows what."""


Moment: TypeAlias = datetime.date | datetime.datetime | datetime.time | datetime.timedelta
Cell: TypeAlias = str | int | float | bool | Moment | CellError | Uncached | None
Rows: TypeAlias = list[list[Cell]]


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it lies in the file.

    `rows[i]` is sheet row i+1 with cells from column A (text: record i+1; HTML: the document's i-th `<tr>` + 1;
    Word: the table's row i+1);
    trailing blank rows and cells are cut. `merged`: 0-based first row, first column, last row, last column.
    `hidden_rows`, the keys of `struck` and `comments` are 1-based. `struck`: non-blank cells of the row whose whole
    text is struck through. `counted_rows`: rows with content, counted by a second means. `above`: texts that stand
    in no cell: before the first row (HTML), in the header and footer of the printed page, in text boxes. `fills`: the background
    (RRGGBB) of cells, blank ones too, by 1-based place. `is_1904`: serial numbers count from 1904.

    A cell is what a person sees: struck parts and note marks are left out, and a number whose format shows a unit,
    a currency, a word or a percentage is that text (0.35 as `0.35万元`, 0.5 as `50%`).
    """

    name: str
    rows: Rows
    merged: list[Range] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    struck: dict[int, int] = field(default_factory=dict)
    visible: bool = True
    comments: dict[Position, str] = field(default_factory=dict)
    counted_rows: int = 0
    above: tuple[str, ...] = ()
    fills: dict[Position, str] = field(default_factory=dict)
    is_1904: bool = False

    def column(self, place: int, first: int = 0) -> list[Cell]:
        """What stands in a cell column (0-based) from a row (0-based) on; it is put together once."""
        if (place, first) not in self._columns:
            self._columns[place, first] = [row[place] if place < len(row) else None for row in self.rows[first:]]
        return self._columns[place, first]

    @cached_property
    def _columns(self) -> dict[Position, list[Cell]]:
        return {}

    @cached_property
    def distinct(self) -> Sequence[Collection[Cell]]:
        """What stands in each cell column of all rows, once, in no order."""
        by_width: dict[int, list[list[Cell]]] = {}
        for row in self.rows:
            by_width.setdefault(len(row), []).append(row)
        found: list[set[Cell]] = [set() for _ in range(max(by_width, default=0))]
        for alike in by_width.values():
            for place, cells in enumerate(zip(*alike, strict=True)):
                found[place].update(cells)
        return list(map(tuple, found))

    @cached_property
    def texts(self) -> Sequence[Sequence[str]]:
        """The texts in each column, once, but for codes of plain letters and digits: most of what a large ledger holds."""
        return [
            [cell for cell in cells if isinstance(cell, str) and not (cell.isascii() and cell.isalnum())]
            for cells in self.distinct
        ]

    def distinct_in(self, place: int) -> Collection[Cell]:
        """What stands in a cell column of all rows, once; nothing beyond the last column."""
        return self.distinct[place] if place < len(self.distinct) else ()

    def texts_in(self, place: int) -> Sequence[str]:
        """The texts of a column without codes, once; nothing beyond the last column."""
        return self.texts[place] if place < len(self.texts) else ()

    @cached_property
    def filled(self) -> Sequence[int]:
        """How many cells of each row hold something."""
        return [len(row) - row.count(None) - row.count("") for row in self.rows]

    def __getstate__(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}  # what is made of the rows stays behind


@dataclass(frozen=True)
class Finding:
    """Something about a file that its office or the analyst should know; Chinese, and never a cell's content."""

    severity: Severity
    sheet: str
    row: int | None
    column: str | None
    found: str
    expected: str
    advice: str


@dataclass(frozen=True)
class RawFile:
    """One file as read. `refused` is one Chinese line (what it is, what to do) and then `sheets` is empty.

    kind: xlsx xlsm xlsb xls csv html spreadsheetml ods docx empty encrypted lock system other.
    """

    path: str
    kind: str
    sha256: str
    sheets: list[RawSheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: str | None = None


class Texts(dict[str, str | None]):
    """Each text by itself, mere space as None. Equal texts are one object: of a large ledger's cells nine in ten are."""

    def __missing__(self, text: str) -> str | None:
        kept = self[text] = text if text.strip() else None
        return kept


class Refused(Exception):
    """Raised inside the intake when a file cannot be read for certain; the message is the analyst's line."""


def trimmed(rows: Rows) -> Rows:
    """`rows` without blank cells and rows at their ends (in place: the lists were made for this)."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def rows_with_content(rows: Rows) -> int:
    """Rows holding at least one non-blank cell (of rows already trimmed)."""
    return sum(1 for row in rows if row)


def column_letters(index: int) -> str:
    """Excel's name of the 0-based column: 0 → A, 27 → AB."""
    letters = ""
    while index >= 0:
        letters = chr(65 + index % 26) + letters
        index = index // 26 - 1
    return letters
