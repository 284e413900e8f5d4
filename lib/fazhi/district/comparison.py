"""Indicators over towns: the district's own figure where there is one, and each town's place among the others.

Counts and sums are added; a rate is made anew from numerators and denominators, never from rates; what is counted
distinct, a minimum or a number of columns is not added. A change is one between the same towns in both years.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi.dictionary.models import Indicator
from fazhi.district.intervals import change_p_value, rate_interval, rate_p_value, verdict
from fazhi.district.results import Results
from fazhi.workspace.year_statistics import RATES

if TYPE_CHECKING:
    import pandas as pd

ADDED = frozenset({"count", "sum"})
MINIMUM_BASE = 10  # a rate of fewer has no rank: one row moves it by ten points


@dataclass(frozen=True)
class Total:
    """The district's figure from `towns` towns; `last` and `change` over the `both` towns that have last year's too."""

    spec: Indicator
    value: float | None
    towns: int
    last: float | None
    change: float | None
    both: int
    open_rows: int


def totals(results: Results, indicators: dict[str, Indicator]) -> list[Total]:
    """Every indicator over the district, in the order of the specs."""
    by_indicator = dict(iter(results.indicators.groupby("indicator")))
    nothing = results.indicators.iloc[:0]
    return [_total(spec, by_indicator.get(name, nothing)) for name, spec in indicators.items()]


def _total(spec: Indicator, rows: "pd.DataFrame") -> Total:
    known = rows[rows["numerator"].notna()]
    both = known[known["last_numerator"].notna()]
    value, last, change = None, None, None
    if spec.measure in RATES:
        value = _divided(known, "numerator", "denominator")
        now, last = _divided(both, "numerator", "denominator"), _divided(both, "last_numerator", "last_denominator")
        change = None if now is None or last is None else now - last
    elif spec.measure in ADDED and not known.empty:
        value = _added(known, "numerator")
        last = _added(both, "last_numerator") if len(both) else None
        change = (_added(both, "numerator") - last) / last if last else None
    return Total(spec, value, len(known), last, change, len(both), int(rows["open_rows"].sum()))


def _added(rows: "pd.DataFrame", column: str) -> float:
    """Whole fen and whole counts up to 2⁵³ add without error in hundredths."""
    return round(float((rows[column] * 100).round().sum()) / 100, 2)


def _divided(rows: "pd.DataFrame", above: str, below: str) -> float | None:
    base = _added(rows, below)
    return _added(rows, above) / base if base else None


def compare(results: Results, spec: Indicator) -> "pd.DataFrame":
    """An indicator's rows, largest first: town, value, previous, change, open_rows, numerator, denominator, rank (None
    where there is none), low and high (a rate's interval), said (against the other towns, or against last year)."""
    rows = results.indicators[results.indicators["indicator"] == spec.id].copy()
    rate = spec.measure in RATES
    rows["change"] = (
        rows["value"] - rows["previous"] if rate else (rows["value"] / rows["previous"] - 1).where(rows["previous"] > 0)
    )
    ranked = rows["value"].notna() & ((rows["denominator"] >= MINIMUM_BASE) if rate else spec.measure in ADDED)
    rows["rank"] = rows["value"].where(ranked).rank(ascending=False, method="min")
    rows["low"], rows["high"], rows["said"] = None, None, None
    if rate:
        _judge_rates(rows)
    elif spec.measure == "count":
        _judge_changes(rows)
    return rows.sort_values(["value", "town"], ascending=[False, True], na_position="last", ignore_index=True)


def _judge_rates(rows: "pd.DataFrame") -> None:
    """Against the other towns together; only where a rate is one of whole numbers."""
    import numpy as np

    part, whole = rows["numerator"].astype(float), rows["denominator"].astype(float)
    fit = (whole > 0) & (part <= whole) & (part % 1 == 0) & (whole % 1 == 0)
    part, whole = part[fit], whole[fit]
    low, high = rate_interval(np.asarray(part), np.asarray(whole))
    rows.loc[fit, "low"], rows.loc[fit, "high"] = low, high
    if len(part) > 1:
        mean = part.sum() / whole.sum()
        words = ("高于其余各镇" if town > mean else "低于其余各镇" for town in part / whole)
        chances = rate_p_value(np.asarray(part), np.asarray(whole))
        rows.loc[fit, "said"] = list(map(verdict, chances, words))


def _judge_changes(rows: "pd.DataFrame") -> None:
    """Against the town's own last year, both as Poisson counts."""
    fit = rows["value"].notna() & rows["previous"].notna() & (rows["value"] + rows["previous"] > 0)
    now, before = rows.loc[fit, "value"].to_numpy(), rows.loc[fit, "previous"].to_numpy()
    words = ("增加" if more else "减少" for more in now > before)
    rows.loc[fit, "said"] = list(map(verdict, change_p_value(now, before), words))


def shares_of(indicators: dict[str, Indicator]) -> Iterator[Indicator]:
    """The indicators that are rates."""
    return (spec for spec in indicators.values() if spec.measure in RATES)
