"""Columns that stand in a table and say nothing, or next to nothing: asked about as if they were missing."""

from collections.abc import Iterator, Mapping
from itertools import compress

from fazhi.cleaning.records import CleanTable
from fazhi.dictionary.models import Indicator, Ledger
from fazhi.issues import Issue
from fazhi.values.normalise import is_blank

_MINIMUM_ROWS = 3  # in fewer a gap is no habit
_MINIMUM_NOUGHTS = 8  # where an empty cell means 0: a few of them may well be meant


def about_gaps(part: CleanTable, ledger: Ledger, indicators: Mapping[str, Indicator]) -> Iterator[Issue]:
    """A question for each column on which a figure or the villages rest and that the rows that count leave empty.

    Of a closed list most of them do; other columns may be rare by nature (no money agreed on, no tick): there, all of them.
    """
    kept = part.fates.count("kept")
    looked_at = {name for one in indicators.values() if one.ledger == ledger.id for name in one.looks_at}
    for name in part.table.columns if kept >= _MINIMUM_ROWS else ():
        column, cells = ledger.columns[name], part.entries.columns[name]
        if (column.kind == "village" or name in looked_at) and "无" not in column.values:
            blanks = {cell for cell in set(cells) if is_blank(cell)}
            blank = sum(cell in blanks for cell in compress(cells, part.is_kept)) if blanks else 0
            none = blank == kept >= (_MINIMUM_ROWS if column.empty is None else _MINIMUM_NOUGHTS)
            if none or (column.is_closed and blank * 2 > kept):
                yield Issue.of(
                    "column_blank", part.file, part.sheet, row=part.table.header.last_row + 1, column=column.label,
                    ledger=ledger.id, blank=blank, count=kept,
                )  # fmt: skip
