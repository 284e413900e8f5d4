"""Sheets that hold more than the one table that is read: told, never passed over."""

from collections.abc import Iterator, Mapping, Sequence

from fazhi.intake import RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.headers import Header, Table, assign_columns, header_at, text_at
from fazhi.values.normalise import bare

_MINIMUM_TITLES = 3  # a row with fewer titles in other places may be a record


def several_tables(file: RawFile, table: Table, titles: Mapping[str, str], others: Sequence[Header]) -> list[Issue]:
    """An error where the sheet holds another table: beside this one, below it with other columns, or another ledger's.

    `titles`: written title -> column of the table's ledger; `others`: headers that another ledger may claim for certain.
    """
    rows = sorted({row + 1 for row in (*_below(table, titles), *_apart(table, others))})
    twice = "同一行表头里，同样的列有两组" if _beside(table, titles) else None
    if not (twice or rows):
        return []
    place = file.path, table.sheet.name
    listed = "、".join(map(str, rows[:3]))
    return [Issue.of("sheet_several", *place, row=table.header.last_row + 1, found=twice, rows=listed)]


def _beside(table: Table, titles: Mapping[str, str]) -> bool:
    """Whether most columns of the table are titled twice in its header."""
    taken = set(table.columns.values())
    rest = Header(0, 0, tuple(() if i in taken else names for i, names in enumerate(table.header.titles)))
    again = assign_columns(rest, titles)
    return len(again) >= _MINIMUM_TITLES and len(again) * 3 >= len(table.columns) * 2


def _below(table: Table, titles: Mapping[str, str]) -> Iterator[int]:
    """Rows below the header that title the table's columns again, but in other places."""
    place = table.columns.get(table.date_column or "", min(table.columns.values()))
    named = {cell for cell in table.sheet.distinct_in(place) if isinstance(cell, str) and bare(cell) in titles}
    for row, cell in enumerate(table.below(place) if named else (), table.first_data_row):
        if cell in named:
            again = assign_columns(header_at(table.sheet, row, 1), titles)
            moved = [name for name, at in again.items() if table.columns.get(name, at) != at]
            if len(again) >= _MINIMUM_TITLES and moved:
                yield row


def _apart(table: Table, others: Sequence[Header]) -> Iterator[int]:
    """Headers of other ledgers that lie apart from the table's own, with a filled row under each."""
    for other in others:
        apart = other.last_row + 1 < table.header.first_row or other.first_row > table.header.last_row + 1
        if apart and _is_filled(table.sheet, other.last_row + 1):
            yield other.first_row


def _is_filled(sheet: RawSheet, row: int) -> bool:
    return sum(bool(text_at(sheet, row, c)) for c in range(len(sheet.rows[row]) if row < len(sheet.rows) else 0)) >= 2
