"""The figures a draft can be held against: indicators of the year and of the year before, whole or of a part of their rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from fazhi.checking.binding.names import pairs
from fazhi.checking.binding.wordings import wordings
from fazhi.dictionary.models import Indicator, Ledger, Unit
from fazhi.indicators.measure import measure
from fazhi.town_year import TownYear
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.year_statistics import IndicatorEntry, Statistics


@dataclass(frozen=True)
class Figure:
    """One indicator: its words, its values by year (rates 0-1, money in yuan; None where there is none)."""

    indicator: Indicator
    value: Decimal | None
    previous: Decimal | None
    offices: Mapping[str, int]  # rows by the office that sent them, of a count


Months = tuple[int, int]  # the first and the last of a part of the year


class Parts(Protocol):
    """Counts a part of an indicator's rows, of some months where they are given; None where that cannot be counted."""

    def __call__(self, figure: Figure, where: Mapping[str, str], months: Months | None = None, /) -> Decimal | None: ...


@dataclass(frozen=True)
class Ledgers:
    """What a year's results say: its figures, and a way to count a part of an indicator's rows."""

    year: int
    figures: tuple[Figure, ...]
    parts: Parts
    values: Mapping[str, Mapping[str, str]]  # ledger -> word of a closed list -> its column
    offices: tuple[str, ...]  # longest first
    targets: frozenset[tuple[str, Decimal]]  # of the plans of this year and the next, with what they are about
    short: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # ledger -> other word for a value -> that value
    town: str = ""  # its name
    lists: Mapping[str, Mapping[str, Vocabulary | Villages]] = field(
        default_factory=dict
    )  # ledger -> column -> closed list
    keepers: Mapping[str, str] = field(default_factory=dict)  # ledger -> the office that owes it
    titles: Mapping[str, str] = field(default_factory=dict)  # ledger -> its title

    def counting(self, figure: Figure, where: Mapping[str, str]) -> Figure | None:
        """The indicator that counts just this part of another's rows: 废止 of the documents gone through."""
        own, asked = figure.indicator, {**figure.indicator.where, **where}
        alike = (one for one in self.figures if one.indicator.ledger == own.ledger and one.indicator.where == asked)
        return next(
            (one for one in alike if (one.indicator.measure, one.indicator.column) == (own.measure, own.column)), None
        )

    def bigrams(self) -> dict[str, int]:
        """How many indicators' labels hold each pair of characters: the fewer, the more it says."""
        found: dict[str, int] = {}
        for figure in self.figures:
            for pair in set(pairs(wordings().plain(figure.indicator.label))):
                found[pair] = found.get(pair, 0) + 1
        return found


def known_figures(town: TownYear, statistics: Statistics, clean: Callable[[str], CleanRows | None]) -> Ledgers:
    """The figures of a year, from its statistics and clean tables (`clean` gives a ledger's, None where there is none)."""
    specs, unit = town.settings.specs, town.settings.unit
    entries = statistics.indicators
    figures = tuple(_figure(spec, entries[name]) for name, spec in specs.indicators.items() if name in entries)
    targets = [
        (row.indicator or "", row.target) for row in (*statistics.plan_targets, *statistics.previous_plan_targets)
    ]
    return Ledgers(
        town.year,
        figures,
        _parts(cache(clean), specs.ledgers),
        {name: closed_values(ledger, unit) for name, ledger in specs.ledgers.items()},
        tuple(sorted(unit.offices, key=len, reverse=True)),
        frozenset((name, number) for name, target in targets if (number := _number(target)) is not None),
        {name: short_values(ledger) for name, ledger in specs.ledgers.items()},
        unit.name,
        town.settings.vocabularies,
        {name: ledger.office for name, ledger in specs.ledgers.items()},
        {name: ledger.title for name, ledger in specs.ledgers.items()},
    )


def _figure(spec: Indicator, entry: IndicatorEntry) -> Figure:
    offices = entry.office_counts if entry.measure == "count" else {}
    return Figure(spec, _number(entry.value), _number(entry.previous), offices)


def closed_values(ledger: Ledger, unit: Unit) -> dict[str, str]:
    """Word of a closed list -> its column."""
    words: dict[str, str] = {}
    for name, column in ledger.columns.items():
        listed = {"vocabulary": tuple(column.values), "village": unit.villages, "office": unit.offices}
        words |= dict.fromkeys(listed.get(column.kind, ()), name)
    return words


def short_values(ledger: Ledger) -> dict[str, str]:
    """Other word for a value of a closed list -> the value: 邻里 -> 邻里纠纷."""
    words: dict[str, str] = {}
    for column in ledger.columns.values():
        for value, also in column.values.items():
            words |= dict.fromkeys((*also, *wordings().values.get(value, ())), value)
    return {word: value for word, value in words.items() if len(word) > 1}


def _parts(clean: Callable[[str], CleanRows | None], ledgers: Mapping[str, Ledger]) -> Parts:
    def count(figure: Figure, where: Mapping[str, str], months: Months | None = None, /) -> Decimal | None:
        spec, table = figure.indicator, clean(figure.indicator.ledger)
        if table is None or any(name not in table for name in where):
            return None
        among = None
        if months:
            ledger = ledgers[spec.ledger]
            if not ledger.date_column or not ledger.event_date or ledger.date_column not in table:
                return None
            first, last = months
            days = enumerate(table[ledger.date_column])
            among = [place for place, day in days if day is not None and first <= day.month <= last]
        narrower = {"where": {**spec.where, **where}, "of": {**spec.of, **where} if spec.of else dict(where)}
        return _number(measure(table, spec.model_copy(update=narrower), among).value)

    return count


def _number(value: Any) -> Decimal | None:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else None
