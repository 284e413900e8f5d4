"""The totals an office wrote itself (小计, 合计), held against the rows above them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate

from fazhi.cleaning.cells import Read, readers
from fazhi.cleaning.records import Cleaned, CleanTable
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue
from fazhi.recognition.rows import cells_at
from fazhi.town_year import TownSettings

# The records that a person may have added up: all, those not struck out, those that count.
_READINGS = (
    frozenset(
        {"kept", "duplicate", "superseded", "out_of_year", "quarantined", "cancelled", "other_town", "other_ledger"}
    ),
    frozenset({"kept", "duplicate", "superseded", "out_of_year", "quarantined", "other_town", "other_ledger"}),
    frozenset({"kept", "duplicate", "superseded", "out_of_year", "quarantined", "cancelled"}),
    frozenset({"kept", "duplicate", "superseded", "out_of_year", "quarantined"}),
    frozenset({"kept", "duplicate", "superseded"}),
    frozenset({"kept"}),
)


def check_totals(cleaned: Cleaned, settings: TownSettings, year: int) -> list[Issue]:
    """Hold each written total (合计) against the rows it may be the sum of.

    Returns
    -------
    list of Issue
        One for each total that equals the sum of no plausible set of rows: those since the last total or header, all above or
        all below; with the rows that do not count, or without.
    """
    return [
        issue
        for part in cleaned.parts
        if "total" in part.entries.others.values()
        for issue in _check(part, cleaned.ledger, readers(part.table, settings, year))
    ]


def _check(part: CleanTable, ledger: Ledger, read: Mapping[str, Read]) -> Iterator[Issue]:
    """The issues of one table, from its first total to its last."""
    numbers, start = part.entries.numbers, part.table.first_data_row
    sums = cache(lambda name: [_running(part, name, fates) for fates in _READINGS])
    for row, kind in part.entries.others.items():
        if kind == "total":
            above, since = bisect_left(numbers, row), bisect_right(numbers, start)
            for name, written in _written(part, ledger, row, read):
                found = {total[above] - total[first] for total in sums(name) for first in (0, since)}
                found |= {total[-1] - total[above] for total in sums(name)}  # a total that stands on top
                if written not in found:
                    yield _differs(part, ledger, row, name, written, sums(name)[0][above])
        if kind in ("total", "header"):
            start = row


def _written(part: CleanTable, ledger: Ledger, row: int, read: Mapping[str, Read]) -> Iterator[tuple[str, Decimal]]:
    """The totals in a row: column and sum."""
    for name, place in part.table.columns.items():
        (cell,) = cells_at(part.table, place, [row])
        value = read[name](cell) if ledger.columns[name].kind in ("count", "money") and cell is not None else None
        if value is not None and not value.fault and value.value:
            yield name, Decimal(value.value)


def _running(part: CleanTable, name: str, fates: frozenset[str]) -> Sequence[Decimal]:
    """The sum of a column over the records of these fates: before the first record, after the first, the second …"""
    amounts = (
        Decimal(value.value) if fate in fates and value.value is not None else Decimal(0)
        for value, fate in zip(part.values[name], part.fates, strict=True)
    )
    return list(accumulate(amounts, initial=Decimal(0)))


def _differs(part: CleanTable, ledger: Ledger, row: int, name: str, written: Decimal, added: Decimal) -> Issue:
    return Issue.of(
        "total_differs",
        part.file,
        part.sheet,
        row=row,
        column=ledger.columns[name].label,
        written=written,
        added=added,
        ledger=ledger.id,
    )
