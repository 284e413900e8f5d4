"""Where a ledger's table lies in a sheet: its header, its columns, the unit of money, and which ledger it is.

Headers are found by content: the run of one to three rows whose cells name the most columns of a ledger. A ledger is
known by the title in its sheet, the sheet's name or the file's name, and by its columns and their contents.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell, RawSheet
from fazhi.values.money import money_unit
from fazhi.values.normalise import bare, is_ditto, normalise
from fazhi.values.titles import heading_key, title_key

HEADER_SEARCH_ROWS = 30  # a header further down than this is no header
SAMPLE_ROWS = 60  # rows whose contents help to tell a column
MAX_COLUMNS = 400
_NOTED_UNIT = re.compile(r"单位(?:为|是|均为|[:：])\s*(?:人民币)?(\S{0,2}元)")
_TITLE_CELLS = 3  # a title stands alone in its row, or with an office and a date
_FOOT_ROWS = 10  # of a sheet, where notes below a table stand


@dataclass(frozen=True)
class Header:
    """A header's place and its titles: `titles[i]` are the names cell column `i` goes by, the likeliest first."""

    first_row: int  # 0-based
    last_row: int
    titles: tuple[tuple[str, ...], ...]

    @cached_property
    def keys(self) -> Sequence[tuple[int, str]]:
        """Cell columns with the keys of their titles, in the order in which they count: likelier names first, full ones before
        trimmed."""
        return [
            (position, key(names[level]))
            for level in range(max(map(len, self.titles), default=0))
            for key in (bare, title_key)
            for position, names in enumerate(self.titles)
            if level < len(names)
        ]


@dataclass(frozen=True)
class Table:
    """One ledger's table in one sheet."""

    ledger: str
    sheet: RawSheet
    header: Header
    columns: Mapping[str, int]  # canonical column -> cell column
    money_units: Mapping[str, str]  # canonical money column -> 元, 万元 …
    remark: int | None = None
    unknown: Mapping[int, str] = field(default_factory=dict)  # cell column -> title that no column answers to
    missing: tuple[str, ...] = ()
    date_column: str | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column -> written -> means, on its form
    others: Mapping[int, str] = field(default_factory=dict)  # rows (from 1) that are no records of their own: why
    other_ledger: Mapping[int, str] = field(default_factory=dict)  # rows that belong to another ledger: why
    unplaced: Mapping[int, str] = field(default_factory=dict)  # rows that may belong to another ledger: why
    set_aside: str = ""  # why its records wait for a decision instead of counting: 隐藏的工作表, 名称里有“旧”
    raw: RawSheet | None = None  # the sheet as it was sent, where `sheet` is what was made of it
    begins: int = 0  # the row (from 0) of `raw` from which on the sheet is this table's
    elsewhere: Mapping[int, str] = field(default_factory=dict)  # row (from 1) -> the other town that it is about

    @property
    def first_data_row(self) -> int:
        return self.header.last_row + 1

    def below(self, place: int) -> list[Cell]:
        """What stands in a cell column (0-based) below the header."""
        return self.sheet.column(place, self.first_data_row)

    @property
    def sent(self) -> RawSheet:
        """The sheet as it was sent."""
        return self.raw or self.sheet


def text_at(sheet: RawSheet, row: int, column: int) -> str:
    """The normalised text of a cell, 0-based; empty beyond the edge."""
    if row >= len(sheet.rows) or column >= len(sheet.rows[row]):
        return ""
    cell = sheet.rows[row][column]
    return normalise(cell) if isinstance(cell, str | int | float) else ""


def texts_above(sheet: RawSheet, header: Header) -> list[str]:
    """The texts above a table: its title, office, date, the unit of money; empty ones too."""
    cells = [text_at(sheet, row, column) for row in range(header.first_row) for column in range(len(sheet.rows[row]))]
    return [normalise(text) for text in sheet.above] + cells


def titles_above(sheet: RawSheet, header: Header) -> list[str]:
    """The texts above a table that may be titles: of rows with few cells. A row of many is a header or data of its own."""
    rows = range(min(header.first_row, len(sheet.rows)))
    texts = ([text for column in range(len(sheet.rows[row])) if (text := text_at(sheet, row, column))] for row in rows)
    return [normalise(text) for text in sheet.above] + [
        text for row in texts if len(row) <= _TITLE_CELLS for text in row
    ]


def _spread(sheet: RawSheet, row: int, width: int) -> list[str]:
    """A header row's texts with merged cells filled over their range."""
    texts = [text_at(sheet, row, column) for column in range(width)]
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom:
            value = text_at(sheet, top, left)
            for column in range(left, min(right, width - 1) + 1):
                texts[column] = value
    return texts


def header_candidates(sheet: RawSheet) -> list[Header]:
    """The runs of one to three rows near the top that may be a header, shallow and early ones first."""
    filled = (row for row in range(len(sheet.rows)) if any(text_at(sheet, row, c) for c in range(len(sheet.rows[row]))))
    starts = list(islice(filled, HEADER_SEARCH_ROWS))
    wordy = {row: is_wordy(sheet, row) for row in {start + below for start in starts for below in range(3)}}
    return [
        header_at(sheet, row, depth)
        for depth in (1, 2, 3)
        for row in starts
        if all(wordy[below] for below in range(row, row + depth))
        and (depth == 1 or _has_sub_titles(sheet, row))
        and not cuts_a_merge(sheet, row, row + depth - 1)
        and not _has_more_below(sheet, row, row + depth - 1)
    ]


def is_wordy(sheet: RawSheet, row: int) -> bool:
    """Whether a row holds words and nothing else: no number, no date."""
    cells = [
        cell for cell in (sheet.rows[row] if row < len(sheet.rows) else []) if cell is not None and normalise(cell)
    ]
    return bool(cells) and all(
        isinstance(cell, str) and not re.fullmatch(r"[\d.,/:\-\s]+", normalise(cell)) for cell in cells
    )


def cuts_a_merge(sheet: RawSheet, first: int, last: int) -> bool:
    """Whether a cell merged downwards reaches into these rows from above or out of them below: then they are half a header."""
    return any(
        right - left < 2 and (top < first <= bottom or (first <= top <= last < bottom))
        for top, left, bottom, right in sheet.merged
    )


def _has_sub_titles(sheet: RawSheet, row: int) -> bool:
    """Whether some column is empty in this row and titled in the next: the mark of a header of several rows."""
    width = max(len(r) for r in sheet.rows[row : row + 2])
    return any(not text_at(sheet, row, column) and text_at(sheet, row + 1, column) for column in range(width))


def _has_more_below(sheet: RawSheet, first: int, last: int) -> bool:
    """Whether the next row only divides columns of these: words below a title that has blank cells to its right, nothing else.

    Said by the merged cells where there are any; a CSV file, and a clerk who does not merge, leave the cells blank.
    """
    if not is_wordy(sheet, last + 1):
        return False
    below = [bool(text_at(sheet, last + 1, column)) for column in range(len(sheet.rows[last + 1]))]
    titled = [any(text_at(sheet, row, column) for row in range(first, last + 1)) for column in range(len(below) + 1)]
    divided = [said and not titled[column] for column, said in enumerate(below)] + [False]
    return any(divided) and all(divided[column] or divided[column + 1] for column, said in enumerate(below) if said)


def header_at(sheet: RawSheet, first: int, depth: int) -> Header:
    """The titles that rows `first` … `first + depth - 1` give each column: the lowest text, then with its groups before it."""
    merged = [right + 1 for top, _, bottom, right in sheet.merged if top < first + depth and bottom >= first]
    width = min(max([len(r) for r in sheet.rows[first : first + depth]] + merged, default=0), MAX_COLUMNS)
    levels = [_spread(sheet, row, width) for row in range(first, first + depth)]
    if depth > 1:
        levels = [_fill_groups(levels[0], levels[1:]), *levels[1:]]
    titles = []
    for column in range(width):
        parts = list(dict.fromkeys(level[column] for level in levels if level[column]))
        names = [parts[-1], "".join(parts), parts[0]] if parts else []
        titles.append(tuple(dict.fromkeys(names if depth > 1 else names[:1])))
    return Header(first, first + depth - 1, tuple(titles))


def _fill_groups(groups: list[str], below: list[list[str]]) -> list[str]:
    """A group title stands over the columns to its right that have a sub-title and no group of their own (CSV has no merges)."""
    filled, current = list(groups), ""
    for column, text in enumerate(groups):
        has_sub = any(level[column] for level in below)
        current = text if text else (current if has_sub else "")
        filled[column] = text or current
    return filled


def assign_columns(header: Header, index: Mapping[str, str]) -> dict[str, int]:
    """Columns of a ledger by title: for each, the first cell column that certainly names it, full titles before trimmed."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for position, key in header.keys:
        column = index.get(key)
        if column is not None and column not in found and position not in taken:
            found[column] = position
            taken.add(position)
    return found


def assign_alike(header: Header, found: Mapping[str, int], index: Mapping[str, str]) -> dict[str, int]:
    """Further columns, by titles that mean the same as one of theirs (`heading_key`), where one cell column alone does."""
    claims: dict[str, list[int]] = {}
    for position, names in enumerate(header.titles):
        named = (index[key] for name in names if (key := heading_key(name)) in index)
        column = next((name for name in named if name not in found), None)
        if column is not None and position not in found.values():
            claims.setdefault(column, []).append(position)
    return {name: positions[0] for name, positions in claims.items() if len(positions) == 1}


def column_texts(sheet: RawSheet, header: Header, position: int) -> list[str]:
    """The first texts below the header in one cell column, but 同上 and its marks: they say nothing of their own."""
    last = min(len(sheet.rows), header.last_row + 1 + SAMPLE_ROWS)
    texts = (text_at(sheet, row, position) for row in range(header.last_row + 1, last))
    return [text for text in texts if text and not is_ditto(text)]


def money_units(sheet: RawSheet, header: Header, columns: Mapping[str, int], ledger: Ledger) -> dict[str, str]:
    """The unit of each money column: in its title or the group above it, else above the table, else yuan."""
    above = "元"
    for text in (*texts_above(sheet, header), *_notes_below(sheet, header)):
        above = money_unit(text) or above
    units = {}
    for name, position in columns.items():
        if ledger.columns[name].kind == "money":
            titled = (money_unit(title) for title in header.titles[position])
            units[name] = next((unit for unit in titled if unit), above)
    return units


def _notes_below(sheet: RawSheet, header: Header) -> list[str]:
    """Lines of one text at the table's foot that speak of a unit: 注：罚款金额单位为万元."""
    rows = range(max(header.last_row + 1, len(sheet.rows) - _FOOT_ROWS), len(sheet.rows))
    lines = ([text for column in range(len(sheet.rows[row])) if (text := text_at(sheet, row, column))] for row in rows)
    notes = (_NOTED_UNIT.search(line[0]) for line in lines if len(line) == 1)
    return [f"单位:{note[1]}" for note in notes if note]
