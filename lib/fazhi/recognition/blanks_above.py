"""Blanks that mean "as above": a village, a type or a day written once and left out below. Filled where certain, else asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell
from fazhi.recognition.headers import Table
from fazhi.recognition.rows import cells_at, entries
from fazhi.recognition.void_marks import Doubt
from fazhi.values.dates import parse_date
from fazhi.values.normalise import bare, is_blank, normalise

_MINIMUM_BLANKS = 3
_MINIMUM_BLANK = 0.3  # of the records: fewer blanks are gaps


def with_blanks_filled(table: Table, ledger: Ledger) -> tuple[Table, list[Doubt]]:
    """The table with such blanks filled; a question for each column where they may as well be gaps."""
    sparse = [name for name in table.columns if _may_be_left_out(ledger, name) and _is_sparse(table, name)]
    if not sparse:
        return table, []
    numbers = entries(table).numbers
    days = days_of(table, numbers)
    doubts = []
    for name in sparse:
        texts = _texts(table, table.columns[name], numbers)
        if not begins_groups(texts):
            continue
        dated = name == ledger.date_column
        filled = _days_from_above(texts, days) if dated else filled_from_above(texts, days)
        if filled:
            cells = cells_at(table, table.columns[name], numbers)
            table = _with_cells(table, table.columns[name], dict(zip(numbers, _carried(cells), strict=True)))
        elif not dated:  # a row without its date is sent back in any case
            label, blanks = ledger.columns[name].label, texts.count("")
            doubts.append(Doubt("blanks_unclear", label, f"写一个、下面空几行，共空 {blanks} 行，不知是不是同上"))
    return table, doubts


def _may_be_left_out(ledger: Ledger, name: str) -> bool:
    column = ledger.columns[name]
    return name == ledger.date_column or (column.is_closed and "无" not in column.values)


def _is_sparse(table: Table, name: str) -> bool:
    """Whether a column has both values and many blanks, and no merged cells, which say themselves how far they reach."""
    place = table.columns[name]
    cells = table.below(place)
    blanks = cells.count(None) + cells.count("")
    merged = any(left == place and bottom > top >= table.first_data_row for top, left, bottom, _ in table.sheet.merged)
    return not merged and _MINIMUM_BLANKS <= blanks < len(cells) and blanks >= _MINIMUM_BLANK * len(cells)


def days_of(table: Table, numbers: Sequence[int]) -> list[date | None]:
    """The day of each record, as far as it can be read; of years only their order matters here."""
    place = table.columns.get(table.date_column or "")
    if place is None:
        return [None] * len(numbers)
    cells = cells_at(table, place, numbers)
    return [parse_date(cell, year=2000).value for cell in cells]


def _texts(table: Table, place: int, numbers: Sequence[int]) -> list[str]:
    cells = cells_at(table, place, numbers)
    return ["" if is_blank(cell) else bare(normalise(cell)) or normalise(cell) for cell in cells]


def begins_groups(texts: Sequence[str]) -> bool:
    """Whether values may stand at the head of groups: one on the first record, many blanks, none said twice in a row."""
    said = [text for text in texts if text]
    blanks = len(texts) - len(said)
    return (
        len(said) >= 2
        and bool(texts[0])
        and blanks >= max(_MINIMUM_BLANKS, _MINIMUM_BLANK * len(texts))
        and all(one != other for one, other in pairwise(said))
    )


def filled_from_above(texts: Sequence[str], days: Sequence[date | None]) -> list[str] | None:
    """The texts with blanks filled, where they are certainly heads of groups: each said once, the days beginning anew below some."""
    heads = [at for at, text in enumerate(texts) if text]
    if len({texts[at] for at in heads}) < len(heads) or heads[:1] != [0]:
        return None
    falls = {at for at in range(1, len(days)) if _before(days[at], days[at - 1])}
    return [str(text) for text in _carried(texts)] if falls and falls <= set(heads) else None


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _days_from_above(texts: Sequence[str], days: Sequence[date | None]) -> bool:
    """Whether days are written once each, in their order."""
    said = [day for text, day in zip(texts, days, strict=True) if text]
    return all(one is not None and other is not None and one < other for one, other in pairwise(said))


def _carried(cells: Sequence[Cell]) -> Iterator[Cell]:
    above: Cell = None
    for cell in cells:
        above = above if is_blank(cell) else cell
        yield above


def _with_cells(table: Table, place: int, cells: Mapping[int, Cell]) -> Table:
    """The table with these cells (row from 1 -> cell) in one column."""
    rows = list(table.sheet.rows)
    for number, cell in cells.items():
        row = [*rows[number - 1], *[None] * (place + 1 - len(rows[number - 1]))]
        row[place] = cell
        rows[number - 1] = row
    return replace(table, sheet=replace(table.sheet, rows=rows))
