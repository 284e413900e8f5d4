"""Several ledgers one below the other on a sheet: told apart where each has its title and its header."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from fazhi.intake import Cell, RawSheet
from fazhi.recognition.headers import assign_columns, header_at, is_wordy, text_at
from fazhi.town_year import TownSettings
from fazhi.values.titles import title_match

_MINIMUM_TITLES = 3
_TITLE_LINES = 3


class _Head(NamedTuple):
    """A header with the lines of title above it; `ledger` is "" where they name none that has such columns."""

    first_row: int  # 0-based
    ledger: str


def stacked(sheet: RawSheet, settings: TownSettings) -> list[tuple[int, RawSheet]]:
    """The parts of a sheet that certainly hold one ledger each, with the row (from 0) in which each begins; none otherwise."""
    heads = list(_heads(sheet, settings))
    ledgers = {head.ledger for head in heads}
    if len(heads) < 2 or "" in ledgers or len(ledgers) < len(heads):
        return []
    begins = [0, *(head.first_row for head in heads[1:])]
    ends = [*begins[1:], len(sheet.rows)]
    return [(begin, _part(sheet, begin, end)) for begin, end in zip(begins, ends, strict=True)]


def _heads(sheet: RawSheet, settings: TownSettings) -> Iterator[_Head]:
    for row, (above, filled) in enumerate(pairwise(sheet.filled), 1):
        # A header stands below a line of title or an empty row; nearly no record of a long table does.
        if above > 1 or filled < _MINIMUM_TITLES or not is_wordy(sheet, row):
            continue
        header = header_at(sheet, row, 1)
        titled = sum(bool(names) for names in header.titles)
        found = {name: len(assign_columns(header, titles)) for name, titles in settings.titles.items()}
        able = {name for name, count in found.items() if count >= _MINIMUM_TITLES and count * 2 >= titled}
        if able:
            first = _first_line(sheet.filled, row)
            yield _Head(first, _named(sheet, first, row, settings, able))


def _first_line(filled: Sequence[int], row: int) -> int:
    """The first of the lines with one text each that stand right above a header."""
    first = row
    while first > 0 and row - first < _TITLE_LINES and filled[first - 1] == 1:
        first -= 1
    return first


def _named(sheet: RawSheet, first: int, row: int, settings: TownSettings, able: set[str]) -> str:
    """The ledger that the lines above a header name best, where its columns stand in the header."""
    texts = [
        text for line in range(first, row) for at in range(len(sheet.rows[line])) if (text := text_at(sheet, line, at))
    ]
    said = {
        name: max((title_match(text, ledger) for text in texts), default=0.0)
        for name, ledger in settings.specs.ledgers.items()
        if settings.expects(name) or name in able
    }
    best = max(said, key=lambda name: said[name])
    return best if said[best] >= 1 and best in able else ""


def _part(sheet: RawSheet, begin: int, end: int) -> RawSheet:
    """The sheet with nothing outside these rows, each row in its place."""
    rows: list[list[Cell]] = [*([] for _ in range(begin)), *sheet.rows[begin:end]]
    return replace(
        sheet,
        rows=rows,
        merged=[one for one in sheet.merged if begin <= one[0] < end],
        struck={row: count for row, count in sheet.struck.items() if begin < row <= end},
        comments={place: text for place, text in sheet.comments.items() if begin < place[0] <= end},
        fills={place: colour for place, colour in sheet.fills.items() if begin < place[0] <= end},
    )
