"""Summary tables as data (`tables.yml`): a ledger's rows by one of its columns, this year beside the last.

Tables about people's own affairs show no small counts: small groups are put together, months become quarters.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from fazhi.cleaning.clean_table import plain_values
from fazhi.dictionary.models import Specs, Unit
from fazhi.disclosure.audit import Audit
from fazhi.disclosure.suppression import REST_TYPES, apart_by_year, audit_periods, audit_releases, periods
from fazhi.indicators.measure import Number, measure, select
from fazhi.indicators.table_specs import Summary
from fazhi.number_words import said

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
    now: pd.DataFrame,
    before: pd.DataFrame | None,
    earlier: Sequence[pd.DataFrame] = (),
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
    if now.empty or spec.by not in now:
        return None
    before = before if spec.compare and before is not None and spec.by in before else None
    label = _by_month if column.kind == "date" else _by_value
    order = _order(column.kind, list(column.values), unit)
    looked_at = {spec.by}.union(*(each.of(spec.ledger).looks_at for each in spec.measures))
    frames = [_plain(frame, looked_at) for frame in (now, before) if frame is not None]
    history = [
        *(_plain(frame, looked_at) for frame in earlier if spec.by in frame and before is not None),
        *frames[::-1],
    ]
    labels = [label(frame[spec.by]) for frame in history]
    guarded = _guarded(spec, history, labels)
    least = unit.suppress_below if spec.persons else 0
    months = column.kind == "date"
    named = _by_period(guarded, len(frames), least) if months else _by_group(guarded, len(frames), order, least)
    if named is None:
        return None
    groups, name, audited = named
    parts = [label(frame[spec.by]).map(name) for frame in frames]

    def measured(group: str | None) -> tuple[list[Number], Number | None]:
        chosen = [f if group is None else f[part == group] for f, part in zip(frames, parts, strict=True)]
        values = [measure(chosen[0], each.of(spec.ledger)).value or 0 for each in spec.measures]
        if len(chosen) == 1:
            return values, None
        return values, measure(chosen[1], spec.measures[0].of(spec.ledger)).value or 0

    rows = [(group, *measured(group)) for group in groups] + [(TOTAL, *measured(None))]
    return Tabulated(spec, "月份" if column.kind == "date" else column.label, rows, REST_TYPES in groups, audited)


def _plain(frame: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """Some columns of a clean table as plain Python values: pandas cuts many small parts out of these faster."""
    return pd.DataFrame({name: plain_values(frame[name]) for name in frame if name in names}, dtype=object)


def _by_value(values: pd.Series) -> pd.Series:
    words = values.map(lambda value: said(value) if isinstance(value, bool) else value)
    return words.where(values.notna(), MISSING)


def _by_month(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values).dt.month


def _order(kind: str, vocabulary: Sequence[str], unit: Unit) -> list[Any]:
    known: dict[str, Sequence[Any]] = {"date": range(1, 13), "village": unit.villages, "office": unit.offices}
    return list(known.get(kind, vocabulary or ("是", "否")))


def _guarded(spec: Summary, frames: Sequence[pd.DataFrame], labels: Sequence[pd.Series]) -> list[pd.DataFrame]:
    """The counts that a table gives away: index group, a column a year.

    Of a table about people, a count for each set of rows that its measures tell apart: rows that meet a `where` and those
    that do not (the difference tells them), and rows that add something to a sum. Where none of these is small, no
    measure is, nor any difference of two.
    """
    if not spec.persons:
        return [_count(labels)]
    kinds = [_conditions_met(frame, spec) for frame in frames]
    parts = [
        [label[kind == one] for label, kind in zip(labels, kinds, strict=True)]
        for one in sorted({one for kind in kinds for one in kind})
    ]
    summed = dict.fromkeys(each.column for each in spec.measures if each.column)
    added = [
        [label[_adds(frame, name)[label.index]] for label, frame in zip(part, frames, strict=True)]
        for name in summed
        for part in parts
    ]
    every = _count(labels).index
    tables = [_count(part).reindex(every, fill_value=0) for part in [*parts, *added]]
    return [one for place, one in enumerate(tables) if not any(one.equals(other) for other in tables[:place])]


def _count(labels: Sequence[pd.Series]) -> pd.DataFrame:
    return pd.DataFrame({number: part.value_counts() for number, part in enumerate(labels)}).fillna(0).astype(int)


def _conditions_met(frame: pd.DataFrame, spec: Summary) -> pd.Series:
    """For each row, which of the measures' `where` it meets, as a text of 0 and 1."""
    met = pd.Series("", index=frame.index, dtype=object)
    for each in spec.measures:
        chosen = select(frame, each.where).index if set(each.where) <= set(frame) else ()
        met += np.where(frame.index.isin(chosen), "1", "0")
    return met


def _adds(frame: pd.DataFrame, column: str | None) -> pd.Series:
    """Whether a row adds something to the sum of a column."""
    return frame[column].fillna(0) != 0 if column in frame else pd.Series(False, index=frame.index)


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
