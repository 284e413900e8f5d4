"""This year's ledgers against last year's: what moved more than chance allows becomes a question to the office.

A town's counts are small and many things are compared, so each comparison must pass Bonferroni's bound over all of them.
Rows of one day are often one event (a round of inspections), so days are counted, not rows: a category's days, a month's days.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from fazhi.dictionary.models import Column, Ledger
from fazhi.issues import Issue
from fazhi.number_words import said
from fazhi.town_year import TownYear
from fazhi.workspace.clean_rows import CleanRows

ALPHA = 0.01  # the chance of a single question too many, over all comparisons of a year
MINIMUM_DAYS = 20  # in both years: below it a share says nothing
MINIMUM_MOVE = 0.10  # of a share; a smaller one is no question however sure
MINIMUM_BUNCH = 0.10  # of the year's rows on one day
_EXACT = 2_000  # above so many days the normal distribution is as good
Columns = dict[str, list[Any]]  # by name; None where a cell is empty


@dataclass(frozen=True)
class _Finding:
    """A comparison: how likely chance alone makes it, and what is to be asked if it is not chance."""

    p_value: float
    kind: str
    ledger: Ledger
    column: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)


def year_on_year_questions(town: TownYear, tables: Mapping[str, CleanRows]) -> list[Issue]:
    """The questions; none where there is no year before. `tables` are this year's clean tables by ledger."""
    if not town.workspace.raw(town.year - 1).is_dir():
        return []
    found: list[_Finding] = []
    columns: list[_Finding] = []
    for name, ledger in town.settings.specs.ledgers.items():
        last = town.results_of(town.year - 1).clean(name) if name in tables else None
        if last is not None:
            before, now = _columns_of(ledger, last), _columns_of(ledger, tables[name])
            found += [*_shares(ledger, before, now), *_months(ledger, before, now), *_bunches(ledger, before, now)]
            columns += _changed_titles(town, ledger)
    bound = ALPHA / max(1, len(found))
    return [_issue(one) for one in [*columns, *(one for one in found if one.p_value < bound)]]


def _issue(one: _Finding) -> Issue:
    parts = {**one.parts, "office": one.ledger.office}
    return Issue.of(one.kind, one.ledger.title, column=one.column, ledger=one.ledger.id, **parts)


def _columns_of(ledger: Ledger, table: CleanRows) -> Columns:
    """The columns that are compared, and the ledger's date."""
    wanted = [name for name, column in ledger.columns.items() if name in table and _is_compared(column)]
    if ledger.event_date and ledger.date_column and ledger.date_column in table:
        wanted.append(ledger.date_column)
    return {name: table[name] for name in wanted}


def _is_compared(column: Column) -> bool:
    return (column.is_closed or column.kind == "boolean") and not column.private


def _changed_titles(town: TownYear, ledger: Ledger) -> Iterator[_Finding]:
    """Columns that every sheet of one year lacks and the other year has; one not recognised may be among the unknown titles."""
    (then, unsure_then), (now, unsure_now) = (_titles(town, n, ledger.id) for n in (town.year - 1, town.year))
    if not then or not now:
        return
    went, came = (then - now, "上年有、今年没有", unsure_now), (now - then, "今年有、上年没有", unsure_then)
    for names, which, unsure in (went, came):
        if names and not unsure:
            labels = "、".join(column.label for name, column in ledger.columns.items() if name in names)
            yield _Finding(0, "drift_columns", ledger, parts={"which": which, "labels": labels})


def _titles(town: TownYear, number: int, ledger: str) -> tuple[set[str], bool]:
    """The columns of a year's sheets, and whether some have titles that nobody knows."""
    sheets = town.results_of(number).layouts(ledger)
    return {name for sheet in sheets for name in sheet.columns}, any(sheet.unknown for sheet in sheets)


def _shares(ledger: Ledger, before: Columns, now: Columns) -> Iterator[_Finding]:
    """Each value's share of the days on which the column has any, this year against last."""
    for name, column in ledger.columns.items():
        if not _is_compared(column) or name not in before or name not in now:
            continue
        then, here = _days_of(ledger, before, name), _days_of(ledger, now, name)
        if min(then.total(), here.total()) < MINIMUM_DAYS:
            continue
        shares = [_share(columns[name]) for columns in (before, now)]
        for value in sorted(then.keys() | here.keys(), key=str):
            if value is False:
                continue  # the share of 否 says what that of 是 says
            was, is_ = (share.get(value, 0.0) for share in shares)
            moved = abs(here[value] / here.total() - then[value] / then.total()) >= MINIMUM_MOVE
            p_value = _chance(here[value], here.total(), then[value], then.total()) if moved else 1.0
            parts = {"value": said(value), "share": is_, "share_before": was}
            yield _Finding(p_value, "drift_share", ledger, column.label, parts)


def _share(values: Sequence[Any]) -> dict[Any, float]:
    counts = Counter(value for value in values if value is not None)
    return {value: count / counts.total() for value, count in counts.items()}


def _days_of(ledger: Ledger, columns: Columns, name: str) -> Counter[Any]:
    """On how many days each value occurs; without a date, in how many rows."""
    values = columns[name]
    if ledger.event_date and ledger.date_column in columns:
        values = [value for _, value in dict.fromkeys(zip(columns[ledger.date_column], values, strict=True))]
    return Counter(value for value in values if value is not None)


def _chance(a: int, n: int, b: int, m: int) -> float:
    """How likely shares as far apart as a of n and b of m are by chance: Fisher's exact test, two-sided by doubling."""
    if n + m > _EXACT:
        joint = (a + b) / (n + m)
        spread = math.sqrt(joint * (1 - joint) * (1 / n + 1 / m))
        return math.erfc(abs(a / n - b / m) / spread / math.sqrt(2)) if spread else 1.0
    hits = a + b
    weights = {k: _choose(n, k) + _choose(m, hits - k) for k in range(max(0, hits - m), min(hits, n) + 1)}
    whole = _choose(n + m, hits)
    below = sum(math.exp(w - whole) for k, w in weights.items() if k <= a)
    above = sum(math.exp(w - whole) for k, w in weights.items() if k >= a)
    return min(1.0, 2 * min(below, above))


@lru_cache(maxsize=65536)
def _choose(n: int, k: int) -> float:
    """The logarithm of n over k."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _dates(ledger: Ledger, columns: Columns) -> list[date]:
    dates = columns.get(ledger.date_column or "", []) if ledger.event_date else []
    return [day for day in dates if day is not None]


def _months(ledger: Ledger, before: Columns, now: Columns) -> Iterator[_Finding]:
    """Months without any row: unlikely where the other months, and last year's same month, have many days (Poisson)."""
    then, here = (Counter(day.month for day in set(_dates(ledger, columns))) for columns in (before, now))
    if min(then.total(), here.total()) < MINIMUM_DAYS:
        return
    empty = [month for month in range(1, 13) if not here[month]]
    usual = here.total() / (12 - len(empty))
    for month in range(1, 13):
        p_value = math.exp(-min(usual, then[month])) if month in empty else 1.0
        yield _Finding(p_value, "drift_months", ledger, parts={"month": month})


def _bunches(ledger: Ledger, before: Columns, now: Columns) -> Iterator[_Finding]:
    """The fullest day: rows on a day fall off geometrically, at last year's rate, and no day has twice last year's most."""
    then, here = (Counter(_dates(ledger, columns)) for columns in (before, now))
    if min(then.total(), here.total()) < MINIMUM_DAYS:
        return
    day, rows = min(here.items(), key=lambda pair: (-pair[1], pair[0]))
    mean = max(1.2, then.total() / len(then))
    far = rows > 2 * max(then.values()) and rows >= MINIMUM_BUNCH * here.total()
    p_value = min(1.0, len(here) * (1 - 1 / mean) ** (rows - 1)) if far else 1.0
    parts = {"month": day.month, "day": day.day, "share": rows / here.total()}
    yield _Finding(p_value, "drift_day", ledger, parts=parts)
