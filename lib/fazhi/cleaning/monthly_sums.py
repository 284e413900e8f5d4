"""Tables of a row a month whose numbers are the sums of other tables' months: a summary in the ledger's own columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.replaced import MANY, Replaced
from fazhi.cleaning.version_names import is_aside
from fazhi.dictionary.models import Ledger

_MONTHS = 12
_SUMMED = ("count", "money")

Sums = Mapping[tuple[str, date], Any]  # by column and first day of the month


def monthly_sums(ledger: Ledger, parts: Sequence[CleanTable]) -> Iterator[Replaced]:
    """The tables, never for certain, of which every number is the sum of another table's rows of that month, or of those of the
    other sheets of its file."""
    name = ledger.date_column or ""
    columns = [column for column, spec in ledger.columns.items() if spec.kind in _SUMMED]
    shown = [number for number, part in enumerate(parts) if not is_aside(part)]
    small = [number for number in shown if MANY <= len(parts[number].fates) <= _MONTHS]
    small = [number for number in small if _is_monthly(parts[number], name) and not _is_named(parts[number], ledger)]
    if len(shown) < 2 or not small:
        return
    sums = {number: _sums([parts[number]], columns, name) for number in shown}
    for number in small:
        least = len(parts[number].fates) + MANY  # so many sums at least are of several rows
        larger = [other for other in shown if len(parts[other].fates) >= least]
        beside = [one for one in shown if one != number and parts[one].file == parts[number].file]
        found = [other for other in larger if sums[other] == sums[number]] if sums[number] else []
        if sums[number] and not found and sum(len(parts[one].fates) for one in beside) >= least:
            same = _sums([parts[one] for one in beside], columns, name) == sums[number]
            found = [max(beside, key=lambda one: len(parts[one].fates))] if same else []
        yield from (Replaced(number, other, "sums", False) for other in found[:1])


def _is_monthly(part: CleanTable, name: str) -> bool:
    """Whether each record is of another month."""
    months = [day and day.replace(day=1) for day in (value.value for value in part.values.get(name, ()))]
    return bool(months) and None not in months and len({*months}) == len(months)


def _is_named(part: CleanTable, ledger: Ledger) -> bool:
    return any(key is not None for keys in part.names(ledger.identity) for key in keys)


def _sums(parts: Sequence[CleanTable], columns: Sequence[str], name: str) -> Sums:
    """The sum of each column in each month, where it is not nothing."""
    found: dict[tuple[str, date], Any] = {}
    for part in parts:
        days = [value.value for value in part.values.get(name, ())]
        for column in columns:
            for day, value in zip(days, part.values.get(column, ()), strict=False):
                if day and value.value:
                    place = column, day.replace(day=1)
                    found[place] = found.get(place, 0) + value.value
    return found
