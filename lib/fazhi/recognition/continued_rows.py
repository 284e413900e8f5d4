"""Text of a record that goes on in the next row, which has no number and no date: one record, not two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell
from fazhi.recognition.headers import Table
from fazhi.recognition.row_groups import PART, numbering_of
from fazhi.recognition.rows import entries
from fazhi.recognition.void_marks import Doubt
from fazhi.values.normalise import is_blank, is_ditto, normalise

_TEXT = frozenset({"text"})
_HEADING = re.compile(r"(?:月份?|季度|半年|年度?|村|社区|居委会|部分|情况|台账|[:：])[)）]?$")
_NAMES = frozenset({"person", "persons", "party"})


def joined_up(table: Table, ledger: Ledger) -> tuple[Table, list[Doubt]]:
    """The table with such rows joined to the record above, where they hold nothing but more text below text; a line on them."""
    found = list(_continuing(table, ledger))
    if not found:
        return table, []
    kinds = {position: ledger.columns[name].kind for name, position in table.columns.items()}
    rows: list[list[Cell]] = [list(cells) for cells in table.sheet.rows]
    for top, row in found:
        for at, cell in enumerate(rows[row]):
            if not is_blank(cell):
                rows[top][at] = f"{rows[top][at]}{'、' if kinds.get(at) in _NAMES else ''}{cell}"
        rows[row] = []
    others = {**table.others, **{row + 1: PART for _, row in found}}
    what = f"有 {len(found)} 行没有序号和日期，只是接着上一行写文字"
    table = replace(table, sheet=replace(table.sheet, rows=rows), others=others)
    return table, [Doubt("rows_joined", "", what, found[0][1] + 1)]


def _continuing(table: Table, ledger: Ledger) -> Iterator[tuple[int, int]]:
    """Rows (0-based) that go on with the text of a record, each with that record's row."""
    place = table.columns.get(table.date_column or "")
    if place is None or not any(map(is_blank, table.below(place))):
        return
    below, open_text = entries(table), _open_text(table, ledger)
    lines = {number - 1 for number, kind in below.others.items() if kind == "title"}
    records = {number - 1 for number in below.numbers} | {
        row for row in lines if _is_of_a_column(table, row, open_text)
    }
    top = -1
    for row in sorted(records):
        if not is_blank(_cell(table, row, place)):
            top = row
        elif top >= 0 and all(above in records for above in range(top, row)) and _goes_on(table, top, row, open_text):
            yield top, row
        else:
            top = -1


def _is_of_a_column(table: Table, row: int, open_text: set[int]) -> bool:
    """Whether a row's one text stands below a column of text, and is no heading of the rows below it."""
    filled = [at for at, cell in enumerate(table.sheet.rows[row]) if not is_blank(cell)]
    known = open_text & set(table.columns.values())
    text = normalise(table.sheet.rows[row][filled[0]])
    return set(filled) <= known and filled[0] > min(table.columns.values()) and not _HEADING.search(text)


def _open_text(table: Table, ledger: Ledger) -> set[int]:
    """The cell columns of running text: a record may need two rows for it."""
    texts = {at for name, at in table.columns.items() if ledger.columns[name].kind in _TEXT | _NAMES}
    return (texts | set(table.unknown)) - set(numbering_of(table))


def _goes_on(table: Table, top: int, row: int, open_text: set[int]) -> bool:
    filled = [at for at, cell in enumerate(table.sheet.rows[row]) if not is_blank(cell)]
    return (
        any(at in table.columns.values() for at in filled)
        and set(filled) <= open_text
        and all(_is_text(table.sheet.rows[row][at]) and _is_text(_cell(table, top, at)) for at in filled)
        and not any(first <= row <= last and last > first for first, _, last, _ in table.sheet.merged)
    )


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_blank(cell) and not is_ditto(cell)


def _cell(table: Table, row: int, place: int) -> Cell:
    cells: Sequence[Cell] = table.sheet.rows[row]
    return cells[place] if place < len(cells) else None
