"""Rows below a header that are no records of their own: a sample that says how to fill the table in, further rows of one record.

Certain where the running number says it: 例 in its place, or one number merged over several rows. Rows that share what names a
record, each with its own number, may be one or several: asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from fazhi.dictionary.models import Ledger
from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.void_marks import Doubt
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import IGNORED_TITLES, title_key

EXAMPLE, PART = "example", "part"
_EXAMPLE_NUMBER = re.compile(r"[(\[]?(?:填[写报表])?(?:示例|样例|范例|举例|例子|例)\d{0,2}[)\]]?[:：]?")
_EXAMPLE_NOTE = re.compile(
    r"(?:此行|本行|该行|首行).{0,4}(?:示例|样例|范例)|(?:示例|样例|范例).{0,6}(?:删除|删去|勿删)|^[(（]?(?:填[写报])?(?:示例|样例|范例)[)）]?$"
)
# Kinds that two rows of one record may well hold different ones of: each party has its row.
_OF_PARTIES = frozenset({"person", "persons", "party", "phone", "identity", "uscc", "text"})
Span = tuple[int, int]  # first and last row, 0-based


def row_kinds(table: Table, ledger: Ledger, records_known: bool = False) -> tuple[Mapping[int, str], list[Doubt]]:
    """Rows (1-based) that are no records of their own, and what is to be asked or told about them.

    `records_told`: it is known otherwise which rows are one record.
    """
    places = numbering_of(table)
    examples = set(_examples(table, places))
    spans = _merged(table, places)
    kinds = {row + 1: EXAMPLE for row in examples}
    kinds |= {row + 1: PART for top, bottom in spans for row in range(top + 1, bottom + 1)}
    doubts = [Doubt("row_example", "", "", min(examples) + 1)] if examples else []
    if spans:
        doubts.append(Doubt("rows_joined", "", f"有 {len(spans)} 件各占几行（序号合并）", spans[0][0] + 1))
    doubts += _differing(table, ledger, spans)
    return kinds, [*doubts, *(() if records_known else _shared_names(table, ledger, spans))]


def numbering_of(table: Table) -> list[int]:
    """The cell columns of the running number."""
    titled = ((at, names[0]) for at, names in enumerate(table.header.titles) if names)
    return [at for at, title in titled if {bare(title), title_key(title)} & IGNORED_TITLES]


def _examples(table: Table, places: Sequence[int]) -> Iterator[int]:
    """Rows that say they are a sample: in place of their number, in their first cell, or in a note."""
    notes = (*places, *(() if table.remark is None else (table.remark,)))
    if not any("例" in text for texts in table.sheet.texts for text in texts):
        return  # of a large table told at once
    for row, cells in enumerate(table.sheet.rows[table.first_data_row :], table.first_data_row):
        first = next((cell for cell in cells if cell not in (None, "")), "")
        said = [cells[at] for at in notes if at < len(cells)]
        if not any(cell.__class__ is str and "例" in cell for cell in (first, *said)):  # nearly all rows
            continue
        first, said = normalise(first), list(map(normalise, said))
        numbered = any(map(_EXAMPLE_NUMBER.fullmatch, (first, *said[: len(places)])))
        if numbered or any(map(_EXAMPLE_NOTE.search, said)):
            yield row


def _merged(table: Table, places: Sequence[int]) -> list[Span]:
    """The rows that a merged cell in one of these columns stands over."""
    last = len(table.sheet.rows) - 1
    found = {
        (top, min(bottom, last))
        for top, left, bottom, right in table.sheet.merged
        if left in places and right == left and top >= table.first_data_row and bottom > top
    }
    return sorted(found)


def _differing(table: Table, ledger: Ledger, spans: Sequence[Span]) -> Iterator[Doubt]:
    """Columns in which further rows of a record say something else than its first: one of the two would be lost."""
    for name, position in table.columns.items():
        if ledger.columns[name].kind not in _OF_PARTIES:
            for top, bottom in spans:
                said = {text for row in range(top, bottom + 1) if (text := text_at(table.sheet, row, position))}
                if len(said) > 1:
                    what = f"第 {top + 1}—{bottom + 1} 行是一件（序号合并），这一列却写了几样，只读了第一行"
                    yield Doubt("column_decides", ledger.columns[name].label, what, top + 1)
                    break


def _shared_names(table: Table, ledger: Ledger, spans: Sequence[Span]) -> Iterator[Doubt]:
    """Rows that share a merged date and all else that names a record: one event over several rows, or several events."""
    for way in ledger.identity or (tuple(ledger.columns),):
        places = {name: table.columns[name] for name in way if name in table.columns}
        if len(places) < 2 or ledger.date_column not in places or (not ledger.identity and len(places) < 3):
            continue
        shared = set.intersection(*(set(_merged(table, [place])) for place in places.values())) - set(spans)
        if shared:
            top, bottom = min(shared)
            labels = "、".join(ledger.columns[name].label for name in places)
            what = f"第 {top + 1}—{bottom + 1} 行等 {len(shared)} 处几行合写{labels}，不知是一件还是几件"
            yield Doubt("column_decides", labels, what, top + 1)
            return
