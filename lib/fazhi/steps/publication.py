"""The list of all that a year's papers say of people's affairs, and what of it is left out: made once, read by each paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Ledger
from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.disclosure import statements
from fazhi.disclosure.dominance import contributions, is_safe_sum
from fazhi.disclosure.offers import Decision, Offer, Summed, decide
from fazhi.disclosure.printed_forms import PARTS
from fazhi.disclosure.publication_audit import Auditor
from fazhi.disclosure.published_indicators import cases_of, offers_of
from fazhi.disclosure.published_series import publish
from fazhi.disclosure.published_tables import (
    closed_offer,
    money_offer,
    months_of,
    series_offers,
    table_offer,
)
from fazhi.disclosure.row_book import UNSAID, RowBook, worded
from fazhi.disclosure.statements import Rows, Statement, from_json
from fazhi.disclosure.suppression import REST_TYPES
from fazhi.indicators.summary_tables import TOTAL, Tabulated
from fazhi.steps.summaries import summary_tables
from fazhi.town_year import TownYear
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.files import write_json
from fazhi.workspace.results import DISCLOSURE
from fazhi.workspace.year_statistics import Statistics

TRENDS = "disputes"  # the ledger whose trends are published
_ORDER = ("value", "tables", "previous", "trends", "parts", "change", "rows", "offices", "closing")


def write_publication(town: TownYear, statistics: Statistics) -> Decision:
    """Decide what the year's papers may say, and write it down: an internal file, as it tells what was left out."""
    decision = decide_publication(town, statistics)
    write_json(
        town.processed / DISCLOSURE,
        {
            "forms": dict(decision.forms),
            "withheld": [asdict(one) for one in decision.withheld],
            "open": list(decision.open),
            "statements": [said.as_json() for said in decision.says],
        },
    )
    return decision


def decide_publication(town: TownYear, statistics: Statistics) -> Decision:
    """The forms of all that is about people, this year's papers and the last one's taken together."""
    threshold = town.settings.unit.suppress_below
    tables = _tables(town)
    book = row_book(town, tables)
    auditor = auditor_of(town, book, threshold)
    offers = list(_in_order(_offers(town, statistics, book)))
    given = [said for said in _published_before(town) if book.holds(said)]

    @cache
    def is_safe(summed: Summed) -> bool:
        return threshold < 2 or _is_safe(summed, tables, book, town.ledger(summed.rows.ledger), threshold)

    return decide(offers, given, auditor, cache(book.holds), is_safe)


def auditor_of(town: TownYear, book: RowBook, threshold: int) -> Auditor:
    """What audits the ledgers of a town."""
    ledgers = town.settings.specs.ledgers
    labels = {
        name: {"": one.title, **{column: spec.label for column, spec in one.columns.items()}}
        for name, one in ledgers.items()
    }
    return Auditor(book, threshold, {name: one.date_column for name, one in ledgers.items()}, labels)


def row_book(town: TownYear, tables: Mapping[tuple[str, int], CleanRows] | None = None) -> RowBook:
    """The rows about people of the town's years, in words."""
    ledgers = town.settings.specs.ledgers
    tables = _tables(town) if tables is None else tables
    frames = {("", name, year): worded(table, ledgers[name]) for (name, year), table in tables.items()}
    vocabularies = {
        name: {column: tuple(spec.values) for column, spec in ledgers[name].columns.items() if spec.values}
        for name in {name for name, _ in tables}
    }
    return RowBook(frames, vocabularies)


def _tables(town: TownYear) -> dict[tuple[str, int], CleanRows]:
    """The clean tables about people: this year's, last year's, and those of the trends of all years."""
    specs = town.settings.specs
    wanted = {one.ledger for one in specs.indicators.values() if one.persons}
    years = [year for year in town.workspace.years() if year <= town.year]
    found = {}
    for name in sorted(wanted):
        for year in years if name == TRENDS else [year for year in years if year >= town.year - 1]:
            table = town.results_of(year).clean(name)
            if table is not None:
                found[name, year] = table
    return found


def _is_safe(
    summed: Summed, tables: Mapping[tuple[str, int], CleanRows], book: RowBook, ledger: Ledger, threshold: int
) -> bool:
    """Whether a sum tells nobody's part; one of rows that are not there is not safe."""
    if not book.knows(summed.rows):
        return False
    table = tables[summed.rows.ledger, summed.rows.year]
    rows = book.mask(summed.rows).nonzero()[0].tolist()
    handler = ledger.trends.handler if ledger.trends else None  # deals with the row, and has no part of its sum
    whom = [name for name, column in ledger.columns.items() if column.pseudonym and name != handler]
    return is_safe_sum(contributions(table, rows, summed.column, whom), threshold)


def _published_before(town: TownYear) -> list[Statement]:
    """What last year's papers said."""
    last = replace(town, year=town.year - 1)
    disclosure = last.results.disclosure() if last.workspace.raw(last.year).is_dir() else None
    return [from_json(one) for one in disclosure["statements"]] if disclosure else []


def _in_order(offers: Mapping[str, Sequence[Offer]]) -> Iterator[Offer]:
    for stage in _ORDER:
        yield from offers.get(stage, ())


def _offers(town: TownYear, statistics: Statistics, book: RowBook) -> dict[str, list[Offer]]:
    """Everything that this year's papers may say of people, by what it is."""
    threshold, specs = town.settings.unit.suppress_below, town.settings.specs
    found: dict[str, list[Offer]] = {}
    for name, entry in statistics.indicators.items():
        if entry.persons:
            offers = offers_of(name, entry, specs.indicators[name], threshold, book, cases_of(statistics, entry))
            for part, offer in zip(PARTS, offers, strict=True):
                found.setdefault(part, []).append(offer)
    found["tables"] = [
        _table_offer(table, town.year, book) for table in summary_tables(town, lambda spec: spec.persons)
    ]
    found["trends"], found["closing"] = _trends(town, book)
    return found


def _table_offer(table: Tabulated, year: int, book: RowBook) -> Offer:
    spec = table.spec
    said, sums = [], []
    shown = [group for group, _, _ in table.rows if group not in (TOTAL, REST_TYPES)]
    for group, values, before in table.rows:
        rows = _group(Rows(spec.ledger, year), spec.by, group, shown, book)
        for measured, value in zip(spec.measures, values, strict=True):
            mine = _narrowed(rows, measured.where)
            if measured.measure == "count":
                said.append(statements.count(mine, value))
            elif measured.column is not None:
                sums.append(Summed(mine, measured.column))
        if before is not None and spec.measures[0].measure == "count":
            said.append(statements.count(_narrowed(replace(rows, year=year - 1), spec.measures[0].where), before))
        elif before is not None and spec.measures[0].column is not None:
            sums.append(
                Summed(_narrowed(replace(rows, year=year - 1), spec.measures[0].where), spec.measures[0].column)
            )
    return table_offer(spec.id, spec.title, said, sums)


def _narrowed(rows: Rows, where: Mapping[str, Any]) -> Rows:
    for name, values in Rows.of(rows.ledger, rows.year, where).where:
        rows = rows.also(name, values)
    return rows


def _group(rows: Rows, column: str, group: str, shown: Iterable[str], book: RowBook) -> Rows:
    """The rows of a group of a table: a value, a period, all the others, or all."""
    if group == TOTAL:
        return rows
    if group == REST_TYPES:
        return rows.also(column, set(book.values(rows.ledger, column)) - set(shown))
    return rows.also(column, months_of(group) or [group])


def _trends(town: TownYear, book: RowBook) -> tuple[list[Offer], list[Offer]]:
    """The series of disputes, and how and with how much money the last year's were closed."""
    ledger = town.ledger(TRENDS)
    years = [year for _, name, year in sorted(book.frames) if name == TRENDS]
    if not years or ledger.trends is None or TRENDS not in town.ledgers:
        return [], []
    roles = ledger.trends
    rows = pd.concat([_in_series(book.frames["", TRENDS, year], roles, year) for year in years], ignore_index=True)
    series = publish(rows, "village", years, town.settings.unit.suppress_below, list(roles.groups))
    last = Rows(TRENDS, years[-1])
    closing = [closed_offer(last, roles.closed, book, "趋势：办结")] if roles.closed else []
    closing += [money_offer(last, roles.amount, book, "趋势：金额")] if roles.amount else []
    return list(series_offers(series, TRENDS, roles.date, roles.groups, book)), closing


def _in_series(worded: pd.DataFrame, roles: TrendRoles, year: int) -> pd.DataFrame:
    """What the published series count: month and groups of each row."""
    groups = {part: worded.get(column, UNSAID) for part, column in roles.groups.items()}
    return pd.DataFrame({"year": year, "month": worded[roles.date].astype(int), **groups})
