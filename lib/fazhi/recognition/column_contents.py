"""What the cells below a title say of their column: of which kind they are, of which closed list."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fazhi.dictionary.models import Column
from fazhi.intake import Cell, RawSheet
from fazhi.recognition.headers import Header, column_texts
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.counts import parse_count, parse_number
from fazhi.values.dates import parse_date
from fazhi.values.money import parse_money
from fazhi.values.normalise import normalise
from fazhi.values.parsed import Parsed
from fazhi.values.titles import is_known_aside
from fazhi.values.yes_no import parse_bool

# Kinds that any text may be of: cells say nothing for or against them.
PLAIN_KINDS = frozenset({"text", "person", "persons", "party", "identity", "phone", "uscc"})
MINIMUM_CELLS = 3  # by which a column can be told
# How a kind's cells are told by their contents; kinds of free text fit nothing.
_PARSERS: Mapping[str, Callable[[Cell], Parsed[Any]]] = {
    "date": lambda cell: parse_date(cell, year=2000),
    "money": parse_money,
    "count": parse_count,
    "number": parse_number,
    "boolean": parse_bool,
}


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


def share_known(texts: Sequence[str], known: Vocabulary | Villages) -> float:
    """The share of texts that are certainly a value of the vocabulary."""
    certain = sum(count for text, count in Counter(texts).items() if known.certain(text) is not None)
    return certain / len(texts) if texts else 0.0


def fits(cells: Sequence[Cell], column: Column, known: Vocabulary | Villages | None) -> bool:
    """Whether most cells of a column could be of a kind: only good for an offer, never for a decision."""
    filled = [cell for cell in cells if cell is not None and normalise(cell)]
    if len(filled) < MINIMUM_CELLS:
        return False
    if known is not None:
        return share_known([normalise(cell) for cell in filled], known) >= 0.5
    parse = _PARSERS.get(column.kind)
    return parse is not None and sum(parse(cell).value is not None for cell in filled) >= 0.8 * len(filled)
