"""Sheets that are no one table of a record a row: tables side by side or stacked, records over two rows. Read where certain.

What is made of a sheet keeps its rows and their numbers; only cells move, so that every record still leads to its row.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell, RawSheet
from fazhi.recognition.headers import HEADER_SEARCH_ROWS, Header, assign_columns, header_at, is_wordy, text_at
from fazhi.recognition.row_groups import PART
from fazhi.recognition.stacked_tables import stacked
from fazhi.town_year import TownSettings
from fazhi.values.dates import parse_date
from fazhi.values.normalise import bare
from fazhi.values.titles import is_known_aside, title_match

_MINIMUM_TITLES = 3
_MINIMUM_RECORDS = 2
# Words above one of two tables side by side by which it need not hold what was done this year.
_OTHERWISE = re.compile(r"计划|安排|作废|删除|上年|去年|同期|旧|对照|参考|示例|备份|[修更]改|更正|汇总|统计")


@dataclass(frozen=True)
class Arranged:
    """A sheet with one record in a row. `others`: the rows (from 1) that are no records by themselves: what they are."""

    sheet: RawSheet
    others: Mapping[int, str] = field(default_factory=dict)
    begins: int = 0  # the row (from 0) of the sent sheet from which on it is this table's


def arranged(sheet: RawSheet, settings: TownSettings) -> list[Arranged]:
    """The sheet as it is, or the tables that certainly lie in it beside or below each other, or its two-row records each in one row."""
    for row in range(min(HEADER_SEARCH_ROWS, len(sheet.rows))):
        if not is_wordy(sheet, row) or len(sheet.rows[row]) - sheet.rows[row].count(None) < _MINIMUM_TITLES:
            continue
        starts = _repeated(sheet, row)
        if starts and _names_columns(sheet, row, settings):
            parts = [_part(sheet, row, left, right) for left, right in starts]
            return [Arranged(part) for part in parts] if _alike(sheet, row, starts, settings) else [Arranged(sheet)]
        lines = [header_at(sheet, line, 1) for line in (row, row + 1)] if is_wordy(sheet, row + 1) else []
        for ledger in settings.specs.ledgers.values() if lines else ():
            if joined := _joined(sheet, lines, ledger, settings.titles[ledger.id]):
                return [joined]
    return [Arranged(part, begins=row) for row, part in stacked(sheet, settings)] or [Arranged(sheet)]


# --- side by side --------------------------------------------------------------------------------------------------


def _repeated(sheet: RawSheet, row: int) -> list[tuple[int, int]]:
    """First and last cell column of each group of titles, where a row holds the same titles twice or more, in order."""
    titles = [(at, bare(text)) for at in range(len(sheet.rows[row])) if (text := text_at(sheet, row, at))]
    words = [title for _, title in titles]
    for length in range(_MINIMUM_TITLES, len(words) // 2 + 1):
        if len(words) % length == 0 and words == words[:length] * (len(words) // length):
            if len(set(words)) < length:
                return []
            firsts = [titles[number][0] for number in range(0, len(titles), length)]
            return list(zip(firsts, [*(first - 1 for first in firsts[1:]), len(sheet.rows[row]) - 1], strict=True))
    return []


def _names_columns(sheet: RawSheet, row: int, settings: TownSettings) -> bool:
    header = header_at(sheet, row, 1)
    return any(len(assign_columns(header, titles)) >= _MINIMUM_TITLES for titles in settings.titles.values())


def _alike(sheet: RawSheet, row: int, spans: Sequence[tuple[int, int]], settings: TownSettings) -> bool:
    """Whether tables side by side hold records of one kind, and nothing of a row is told of both at once."""
    if any(number > row for number in sheet.struck):  # which of the two is struck out, the sheet does not say
        return False
    above = [
        [text_at(sheet, line, at) for line in range(row) for at in range(left, right + 1)] for left, right in spans
    ]
    if any(_OTHERWISE.search(text) for texts in above for text in texts):
        return False
    named = [
        {
            ledger.id
            for ledger in settings.specs.ledgers.values()
            for text in texts
            if text and title_match(text, ledger) >= 1
        }
        for texts in above
    ]
    return len({frozenset(names) for names in named if names}) <= 1


def _part(sheet: RawSheet, row: int, left: int, right: int) -> RawSheet:
    """One of several tables side by side: its own cells in their places, and what stands above all of them."""
    rows = [_own(cells, left, right) or list(cells) for cells in sheet.rows[:row]]
    rows += [_own(cells, left, right) for cells in sheet.rows[row:]]
    merged = [one for one in sheet.merged if one[0] < row or left <= one[1] <= right]
    comments = {place: text for place, text in sheet.comments.items() if left < place[1] <= right + 1}
    fills = {place: colour for place, colour in sheet.fills.items() if left < place[1] <= right + 1}
    return replace(sheet, rows=rows, merged=merged, comments=comments, fills=fills)


def _own(cells: Sequence[Cell], left: int, right: int) -> list[Cell]:
    own = list(cells[left : right + 1])
    return [*[None] * left, *own] if any(cell not in (None, "") for cell in own) else []


# --- records over two rows -----------------------------------------------------------------------------------------


def _joined(sheet: RawSheet, lines: Sequence[Header], ledger: Ledger, titles: Mapping[str, str]) -> Arranged | None:
    """The sheet with each record in one row, where the header is two rows (`lines`) of other titles and every record is two."""
    if ledger.date_column is None:
        return None
    row = lines[0].first_row
    upper, lower = (assign_columns(line, titles) for line in lines)
    known = len(upper) >= 2 and len(lower) >= 2 and not upper.keys() & lower.keys()
    if not known or ledger.date_column not in upper or not _all_titles(sheet, row, lower):
        return None
    pairs = list(_pairs(sheet, row + 2, upper[ledger.date_column]))
    if len(pairs) < _MINIMUM_RECORDS or None in pairs:
        return None
    return _join(sheet, row, [top for top in pairs if top is not None])


def _all_titles(sheet: RawSheet, row: int, lower: Mapping[str, int]) -> bool:
    """Whether the second row's texts are titles of their own, each under a title: no parts of the one above."""
    below = [at for at in range(len(sheet.rows[row + 1])) if text_at(sheet, row + 1, at)]
    own = [at for at in below if at in lower.values() or is_known_aside(text_at(sheet, row + 1, at))]
    return len(own) * 3 >= len(below) * 2 and sum(bool(text_at(sheet, row, at)) for at in below) * 3 >= len(below) * 2


def _pairs(sheet: RawSheet, first: int, place: int) -> Iterator[int | None]:
    """The first row of each record that fills two; None for one that does not. Rows without a date after those are no records."""
    row = first
    while row < len(sheet.rows):
        if _is_dated(sheet, row, place):
            yield row if _is_filled(sheet, row + 1) and not _is_dated(sheet, row + 1, place) else None
            row += 1
        row += 1


def _is_dated(sheet: RawSheet, row: int, place: int) -> bool:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    cell = cells[place] if place < len(cells) else None
    return cell not in (None, "") and parse_date(cell, year=2000).value is not None


def _is_filled(sheet: RawSheet, row: int) -> bool:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return sum(cell not in (None, "") for cell in cells) >= 2


def _join(sheet: RawSheet, row: int, pairs: Sequence[int]) -> Arranged:
    width = max(map(len, sheet.rows))
    rows: list[list[Cell]] = [list(cells) for cells in sheet.rows]
    struck = dict(sheet.struck)
    others = {row + 2: "header"}
    for top in (row, *pairs):
        rows[top] = [*rows[top], *[None] * (width - len(rows[top])), *rows[top + 1]]
        rows[top + 1] = []
        if top != row:
            others[top + 2] = PART
            struck[top + 1] = struck.get(top + 1, 0) + struck.pop(top + 2, 0)
    merged = [one for one in sheet.merged if one[2] < row]
    return Arranged(replace(sheet, rows=rows, merged=merged, struck={at: n for at, n in struck.items() if n}), others)
