"""One column that a sheet spreads over several: a date in year, month and day, a type as ticks below its values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell
from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.rows import cells_at, entries
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.normalise import bare
from fazhi.values.yes_no import parse_bool

_DATE_PARTS = (("年", "月", "日"), ("月", "日"))
_PART = re.compile(r"[\d〇零一二三四五六七八九十]{1,4}")
_MINIMUM_TICKED = 2


def in_one_column(table: Table, ledger: Ledger, closed: Mapping[str, Vocabulary | Villages]) -> Table:
    """The table with every date and type in one column each, where what is spread over several says it for certain."""
    for name, at in list(_dates_in_parts(table, ledger)):
        table = _with_date(table, name, at)
    for name, ticked in list(_ticks(table, ledger, closed)):
        table = _with_ticked(table, name, ticked)
    return table


# --- dates ---------------------------------------------------------------------------------------------------------


def _dates_in_parts(table: Table, ledger: Ledger) -> Iterator[tuple[str, list[int]]]:
    """Date columns below whose title stand 年, 月, 日; without such a title the one date that the table lacks."""
    lowest = [text_at(table.sheet, table.header.last_row, at) for at in range(len(table.header.titles))]
    dates = [name for name, column in ledger.columns.items() if column.kind == "date"]
    for parts in _DATE_PARTS:
        runs = [at for at in range(len(lowest)) if tuple(map(bare, lowest[at : at + len(parts)])) == parts]
        for at in runs:
            places = list(range(at, at + len(parts)))
            name = next((name for name in dates if table.columns.get(name) in places), None)
            lacking = ledger.date_column if ledger.date_column not in table.columns and len(runs) == 1 else None
            grouped = len(table.header.titles[at]) > 1
            if name or (lacking and not grouped):
                yield name or str(lacking), places
        if runs:
            return


def _with_date(table: Table, name: str, places: Sequence[int]) -> Table:
    """The table with a date put together of its parts; a part left blank is the one above it, but never the day."""
    units = _DATE_PARTS[0][-len(places) :]
    rows = range(table.first_data_row, len(table.sheet.rows))
    above = [""] * len(places)
    made: dict[int, Cell] = {}
    for row in rows:
        texts = [text_at(table.sheet, row, at).removesuffix(unit) for at, unit in zip(places, units, strict=True)]
        said = next((at for at, text in enumerate(texts) if text), len(texts))
        if said < len(texts) and all(map(_PART.fullmatch, texts[said:])):
            above = [*above[:said], *texts[said:]]
            made[row] = "".join(f"{text}{unit}" for text, unit in zip(above, units, strict=True) if text)
    return _with_cells(table, name, places, made)


# --- ticks ---------------------------------------------------------------------------------------------------------


def _ticks(
    table: Table, ledger: Ledger, closed: Mapping[str, Vocabulary | Villages]
) -> Iterator[tuple[str, dict[int, str]]]:
    """Lacking columns of closed lists whose values are titles of columns that hold ticks: cell column -> value."""
    for name, known in closed.items():
        said = {
            at: value
            for at, title in _open_titles(table, ledger, name)
            if isinstance(known, Vocabulary) and (value := known.certain(title)) is not None
        }
        lacking = name not in table.columns or table.columns[name] in said
        alone = not any(one.certain(title) for key, one in closed.items() if key != name for title in said.values())
        distinct = len(set(said.values())) == len(said) >= _MINIMUM_TICKED
        if lacking and alone and distinct and _holds_ticks(table, said):
            yield name, said


def _open_titles(table: Table, ledger: Ledger, name: str) -> Iterator[tuple[int, str]]:
    """The lowest titles of cell columns that no other column of the ledger has taken."""
    taken = {at for other, at in table.columns.items() if other != name}
    for at, names in enumerate(table.header.titles):
        if names and at not in taken:
            yield at, names[0]


def _holds_ticks(table: Table, places: Iterable[int]) -> bool:
    records = entries(table).numbers
    cells = [cell for at in places for cell in cells_at(table, at, records)]
    filled = [cell for cell in cells if cell not in (None, "")]
    return bool(filled) and all(_is_tick(cell) is not None for cell in filled)


def _is_tick(cell: Cell) -> bool | None:
    """Whether a cell says yes; None where it is no tick."""
    return parse_bool(cell).value if isinstance(cell, str | int | float | bool) else None


def _with_ticked(table: Table, name: str, said: Mapping[int, str]) -> Table:
    """The table with the ticked values of each record in one column; two ticks are two values, which no list knows."""
    made: dict[int, Cell] = {}
    for number in entries(table).numbers:
        row = table.sheet.rows[number - 1]
        made[number - 1] = "、".join(value for at, value in said.items() if at < len(row) and _is_tick(row[at])) or None
    return _with_cells(table, name, list(said), made)


def _with_cells(table: Table, name: str, places: Sequence[int], made: Mapping[int, Cell]) -> Table:
    """The table with a column at the first of these places, which hold nothing else; `made`: row (from 0) -> its cell."""
    rows = list(table.sheet.rows)
    for row, cell in made.items():
        cells = [*rows[row], *[None] * (places[0] + 1 - len(rows[row]))]
        cells[places[0]] = cell
        rows[row] = cells
    return replace(
        table,
        sheet=replace(table.sheet, rows=rows),
        columns={**table.columns, name: places[0]},
        unknown={at: title for at, title in table.unknown.items() if at not in places},
        missing=tuple(one for one in table.missing if one != name),
    )
