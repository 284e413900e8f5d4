"""Where a ledger's table lies in a sheet: its header, its columns, the unit of money, and which ledger it is.

Headers are found by content: the run of one to three rows whose cells name the most columns of a ledger. A ledger is
known by the title in its sheet, the sheet's name or the file's name, and by its columns and their contents.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rapidfuzz import fuzz

from fazhi.dates import parse_date
from fazhi.intake import Cell, RawSheet
from fazhi.matching import Villages, Vocabulary, bare
from fazhi.money import money_unit, parse_money
from fazhi.specs import Column, Ledger, nearest
from fazhi.values import Parsed, normalise, parse_bool, parse_count, parse_number
from fazhi.written import is_ditto

HEADER_SEARCH_ROWS = 30  # a header further down than this is no header
SAMPLE_ROWS = 60  # rows whose contents help to tell a column
MAX_COLUMNS = 400
REMARK_TITLES = frozenset({"备注", "备考", "附注", "说明", "备注说明", "备注情况"})
IGNORED_TITLES = frozenset({"序号", "编号", "序", "no", "行号", "项次"})
TITLE_SUFFIXES = re.compile(
    r"(?:登记|统计|汇总|管理|工作|情况|明细)*(?:台账|台帐|清单|名册|花名册|登记表|登记簿|统计表|汇总表|指标表|情况表|一览表|表|册|簿)$"
)
# Words that may stand in a title beside a column's name and change nothing.
_TITLE_NOTE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_NEUTRAL = ("具体", "情况", "信息", "填写", "登记的", "的")
_UNIT_TAIL = re.compile(r"(?:单位)?(?:人民币)?(?:万元|千元|百元|亿元|元)$")


@dataclass(frozen=True)
class Header:
    """A header's place and its titles: `titles[i]` are the names cell column `i` goes by, the likeliest first."""

    first_row: int  # 0-based
    last_row: int
    titles: tuple[tuple[str, ...], ...]


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

    @property
    def first_data_row(self) -> int:
        return self.header.last_row + 1


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
    return [
        header_at(sheet, row, depth)
        for depth in (1, 2, 3)
        for row in starts
        if all(_is_wordy(sheet, below) for below in range(row, row + depth))
        and (depth == 1 or _has_sub_titles(sheet, row))
        and not _cuts_a_merge(sheet, row, row + depth - 1)
    ]


def _is_wordy(sheet: RawSheet, row: int) -> bool:
    """Whether a row holds words and nothing else: no number, no date."""
    cells = [
        cell for cell in (sheet.rows[row] if row < len(sheet.rows) else []) if cell is not None and normalise(cell)
    ]
    return bool(cells) and all(
        isinstance(cell, str) and not re.fullmatch(r"[\d.,/:\-\s]+", normalise(cell)) for cell in cells
    )


def _cuts_a_merge(sheet: RawSheet, first: int, last: int) -> bool:
    """Whether a cell merged downwards reaches into these rows from above or out of them below: then they are half a header."""
    return any(
        right - left < 2 and (top < first <= bottom or (first <= top <= last < bottom))
        for top, left, bottom, right in sheet.merged
    )


def _has_sub_titles(sheet: RawSheet, row: int) -> bool:
    """Whether some column is empty in this row and titled in the next: the mark of a header of several rows."""
    width = max(len(r) for r in sheet.rows[row : row + 2])
    return any(not text_at(sheet, row, column) and text_at(sheet, row + 1, column) for column in range(width))


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


def title_key(title: str) -> str:
    """A title without notes in brackets, units, numbering and words that change nothing."""
    key = bare(_TITLE_NOTE.sub("", title)) or bare(title)
    key = _UNIT_TAIL.sub("", key) or key
    for word in _NEUTRAL:
        key = key.replace(word, "") or key
    return key


def title_index(ledger: Ledger, accepted: Mapping[str, str]) -> dict[str, str]:
    """Every way a column's title may be written -> column; titles an analyst accepted come first, full titles before trimmed."""
    index = {bare(title): column for title, column in accepted.items()}
    for key in (bare, title_key):
        for name, column in ledger.columns.items():
            for title in column.titles:
                index.setdefault(key(title), name)
    return index


def is_known_aside(title: str) -> bool:
    """Whether a title is 备注 or a running number: no column of any ledger, and nothing to ask about."""
    return title_key(title) in REMARK_TITLES | IGNORED_TITLES or bare(title) in IGNORED_TITLES


def assign_columns(header: Header, index: Mapping[str, str]) -> dict[str, int]:
    """Columns of a ledger by title: for each, the first cell column that certainly names it, full titles before trimmed."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for level in range(3):
        for key in (bare, title_key):
            for position, names in enumerate(header.titles):
                column = index.get(key(names[level])) if level < len(names) and position not in taken else None
                if column is not None and column not in found:
                    found[column] = position
                    taken.add(position)
    return found


def assign_by_content(
    sheet: RawSheet, header: Header, found: Mapping[str, int], vocabularies: Mapping[str, Vocabulary | Villages]
) -> dict[str, int]:
    """Unassigned closed columns whose values stand in exactly one column with an unknown title, and nowhere else.

    A column is certain when nine in ten of its values (three rows at least) are known values of one unassigned
    vocabulary and of no other. A village needs a title that speaks of one: an address may name the village too.
    """
    open_columns = [name for name in vocabularies if name not in found]
    claims: dict[str, list[int]] = {}
    for position in range(len(header.titles)):
        if position in found.values() or not header.titles[position] or is_known_aside(header.titles[position][0]):
            continue
        texts = column_texts(sheet, header, position)
        title = header.titles[position][0]
        fitting = [
            name
            for name in open_columns
            if _may_hold(title, vocabularies[name]) and share_known(texts, vocabularies[name]) >= 0.9
        ]
        if len(texts) >= 3 and len(fitting) == 1:
            claims.setdefault(fitting[0], []).append(position)
    return {name: positions[0] for name, positions in claims.items() if len(positions) == 1}


def _may_hold(title: str, known: Vocabulary | Villages) -> bool:
    return not isinstance(known, Villages) or (
        bool(re.search("村|居|社区", title)) and not re.search("址|籍|单位", title)
    )


def column_texts(sheet: RawSheet, header: Header, position: int) -> list[str]:
    """The first texts below the header in one cell column, but 同上 and its marks: they say nothing of their own."""
    last = min(len(sheet.rows), header.last_row + 1 + SAMPLE_ROWS)
    texts = (text_at(sheet, row, position) for row in range(header.last_row + 1, last))
    return [text for text in texts if text and not is_ditto(text)]


def share_known(texts: Sequence[str], known: Vocabulary | Villages) -> float:
    """The share of texts that are certainly a value of the vocabulary."""
    return sum(known.certain(text) is not None for text in texts) / len(texts) if texts else 0.0


def money_units(sheet: RawSheet, header: Header, columns: Mapping[str, int], ledger: Ledger) -> dict[str, str]:
    """The unit of each money column: in its title or the group above it, else above the table, else yuan."""
    above = "元"
    for text in texts_above(sheet, header):
        above = money_unit(text) or above
    units = {}
    for name, position in columns.items():
        if ledger.columns[name].kind == "money":
            titled = (money_unit(title) for title in header.titles[position])
            units[name] = next((unit for unit in titled if unit), above)
    return units


def title_core(title: str) -> str:
    """What a ledger is about: its title without 台账, 清单 and the like."""
    return TITLE_SUFFIXES.sub("", bare(title)) or bare(title)


def title_match(text: str, ledger: Ledger) -> float:
    """How surely a text names the ledger: over 1 where it holds the title's core (longer is surer), else a likeness below 1."""
    text = bare(text)
    best = 0.0
    for title in (ledger.title, *ledger.also_titled):
        core = title_core(title)
        if core and core in text:
            best = max(best, 1 + len(core) / 100)
        elif len(core) >= 4:
            best = max(best, fuzz.partial_ratio(core, text) / 100 * 0.9 if len(text) >= len(core) else 0.0)
    return best


def likely_columns(title: str, columns: Mapping[str, Column]) -> list[str]:
    """The columns whose labels are most like a title, to be offered."""
    labels = {column.label: name for name, column in columns.items()}
    return [labels[label] for label in nearest(title, list(labels))]


# How a kind's cells are told by their contents; kinds of free text fit nothing.
_PARSERS: Mapping[str, Callable[[Cell], Parsed[Any]]] = {
    "date": lambda cell: parse_date(cell, year=2000),
    "money": parse_money,
    "count": parse_count,
    "number": parse_number,
    "boolean": parse_bool,
}


def fits(cells: Sequence[Cell], column: Column, known: Vocabulary | Villages | None) -> bool:
    """Whether most cells of a column could be of a kind: only good for an offer, never for a decision."""
    filled = [cell for cell in cells if cell is not None and normalise(cell)]
    if len(filled) < 3:
        return False
    if known is not None:
        return share_known([normalise(cell) for cell in filled], known) >= 0.5
    parse = _PARSERS.get(column.kind)
    return parse is not None and sum(parse(cell).value is not None for cell in filled) >= 0.8 * len(filled)
