"""Summary tables as data (`tables.yml`): a ledger's rows by one of its columns, this year beside the last.

Tables about people's own affairs show no small counts: small groups are put together, months become quarters.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Specs, Unit
from fazhi.disclosure.audit import Audit
from fazhi.disclosure.suppression import REST_TYPES, apart_by_year, audit_periods, audit_releases, periods
from fazhi.indicators.measure import Number, measure, select
from fazhi.indicators.table_specs import Summary
from fazhi.number_words import said
from fazhi.workspace.clean_rows import CleanRows

MISSING, TOTAL = "未注明", "合计"


@dataclass(frozen=True)
class Tabulated:
    """A computed table: a row a group and the total last; a column a measure, `before` last year's first measure."""

    spec: Summary
    heading: str
    rows: list[tuple[str, list[Number], Number | None]]
    merged: bool
    audit: Audit = field(default_factory=Audit)  # of the small counts it may not give away

    @property
    def compared(self) -> bool:
        return any(before is not None for _, _, before in self.rows)


def tabulate(
    spec: Summary,
    specs: Specs,
    unit: Unit,
    now: CleanRows,
    before: CleanRows | None,
    earlier: Sequence[CleanRows] = (),
) -> Tabulated | None:
    """Compute a summary table.

    Parameters
    ----------
    spec, specs, unit
        The table, the dictionary, and the town, whose order of villages and offices the rows follow.
    now
        The year's clean rows of the table's ledger.
    before
        Last year's, or None.
    earlier
        Those of the years before it, in order: their releases are audited together with this one.

    Returns
    -------
    Tabulated or None
        None where there are no rows, or where the table would show small counts of people.
    """
    column = specs.ledgers[spec.ledger].columns[spec.by]
    if not len(now) or spec.by not in now:
        return None
    before = before if spec.compare and before is not None and spec.by in before else None
    months = column.kind == "date"
    shown = [table for table in (before, now) if table is not None]
    history = [*(table for table in earlier if spec.by in table and before is not None), *shown]
    labels = [_labels(table[spec.by], months) for table in history]
    guarded = _guarded(spec, history, labels)
    least = unit.suppress_below if spec.persons else 0
    order = _order(column.kind, list(column.values), unit)
    named = _by_period(guarded, len(shown), least) if months else _by_group(guarded, len(shown), order, least)
    if named is None:
        return None
    groups, name, audited = named
    measures = [each.of(spec.ledger) for each in spec.measures]
    now_in, before_in = (_places(some, name) for some in (labels[-1], labels[-2] if before is not None else ()))

    def measured(mine: Sequence[int] | None, theirs: Sequence[int] | None) -> tuple[list[Number], Number | None]:
        values = [measure(now, each, mine).value or 0 for each in measures]
        return values, None if before is None else measure(before, measures[0], theirs).value or 0

    rows = [(group, *measured(now_in.get(group, ()), before_in.get(group, ()))) for group in groups]
    rows.append((TOTAL, *measured(None, None)))
    return Tabulated(spec, "月份" if months else column.label, rows, REST_TYPES in groups, audited)


def _labels(cells: Sequence[Any], months: bool) -> list[Any]:
    """The group of each row before small ones are put together: the month of a date, None without one; else what is written."""
    if months:
        return [None if day is None else day.month for day in cells]
    words = {
        value: MISSING if value is None else said(value) if isinstance(value, bool) else value for value in {*cells}
    }
    return [words[value] for value in cells]


def _places(labels: Sequence[Any], name: Callable[[Any], str]) -> dict[str, list[int]]:
    """The places of the rows of each group that is shown."""
    names = {label: name(label) for label in {*labels} - {None}}
    found: dict[str, list[int]] = {}
    for place, label in enumerate(labels):
        if label is not None:
            found.setdefault(names[label], []).append(place)
    return found


def _order(kind: str, vocabulary: Sequence[str], unit: Unit) -> list[Any]:
    known: dict[str, Sequence[Any]] = {"date": range(1, 13), "village": unit.villages, "office": unit.offices}
    return list(known.get(kind, vocabulary or ("是", "否")))


def _guarded(spec: Summary, tables: Sequence[CleanRows], labels: Sequence[Sequence[Any]]) -> list[pd.DataFrame]:
    """The counts that a table gives away: index group, a column a year.

    Of a table about people, a count for each set of rows that its measures tell apart: rows that meet a `where` and those
    that do not (the difference tells them), and rows that add something to a sum. Where none of these is small, no
    measure is, nor any difference of two.
    """
    whole = [Counter(some) for some in labels]
    groups = _groups(whole)
    if not spec.persons:
        return [_counts(groups, whole)]
    found: dict[tuple[str, tuple[bool, ...]], list[Counter[Any]]] = {}
    for year, (table, some) in enumerate(zip(tables, labels, strict=True)):
        kinds = _conditions_met(table, spec)
        for name in ("", *(each.column for each in spec.measures if each.column)):
            adds = table[name] if name in table else repeat(not name, len(table))
            for (kind, label), count in Counter(compress(zip(kinds, some, strict=True), adds)).items():
                found.setdefault((name, kind), [Counter() for _ in tables])[year][label] = count
    every = [*found.values()]
    return [_counts(groups, years) for place, years in enumerate(every) if years not in every[:place]]


def _groups(years: Sequence[Counter[Any]]) -> list[Any]:
    """All groups, in the order that decides which of two equal ones is merged: by their number where the years agree, else by
    name."""
    orders = [[group for group, _ in year.most_common() if group is not None] for year in years]
    agreed = all(order == orders[0] for order in orders)
    return orders[0] if agreed else sorted(set().union(*orders))


def _counts(groups: list[Any], years: Sequence[Counter[Any]]) -> pd.DataFrame:
    return pd.DataFrame({number: [year[group] for group in groups] for number, year in enumerate(years)}, index=groups)


def _conditions_met(table: CleanRows, spec: Summary) -> list[tuple[bool, ...]]:
    """For each row, which of the measures' `where` it meets."""
    met = [{*select(table, each.where)} if all(name in table for name in each.where) else () for each in spec.measures]
    return [tuple(place in some for some in met) for place in range(len(table))]


Named = tuple[list[str], Callable[[Any], str], Audit]  # the groups to show, in order; the group of a label; the audit


def _by_period(guarded: Sequence[pd.DataFrame], shown: int, least: int) -> Named | None:
    """Months, or quarters where a month is small, or None where a quarter is; of the last `shown` years."""
    whole = [counts.iloc[:, -shown:].reindex(range(1, 13), fill_value=0) for counts in guarded]
    found = periods(pd.concat(whole, axis=1), least)
    if found is None:
        return None
    step, names = 12 // len(found), list(found.index)
    audited = sum((audit_periods(counts, step, least) for counts in whole), Audit())
    return names, lambda month: str(names[(int(month) - 1) // step]), audited


def _by_group(guarded: Sequence[pd.DataFrame], shown: int, order: Sequence[Any], least: int) -> Named | None:
    """The groups in `order`, small ones together as the last; None where nothing could be shown beside these."""
    releases = apart_by_year(guarded, least)
    years = list(guarded[0].columns)
    apart = releases[years[-1]]
    if apart is None:
        return None
    known = [*(value for value in order if value in apart), *sorted(v for v in apart if v not in order)]
    seen = pd.concat([counts.iloc[:, -shown:] for counts in guarded], axis=1)
    rest = [REST_TYPES] if len(apart) < int((seen > 0).any(axis=1).sum()) else []
    audited = sum((audit_releases(counts, releases, years[-shown:], least) for counts in guarded), Audit())
    return [*map(str, known), *rest], lambda value: str(value) if value in apart else REST_TYPES, audited
