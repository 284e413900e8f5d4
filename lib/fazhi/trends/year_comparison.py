"""The last year against the one before: the town, its parts, success rate, days and sums."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from fazhi.dictionary.models import Unit
from fazhi.trends import sentences
from fazhi.trends.change_tests import (
    Change,
    comparable,
    counts_changed,
    dispersion,
    holm,
    parts_changed,
    rates_changed,
    values_changed,
)
from fazhi.trends.finding import LIKELY, Finding, confidence
from fazhi.trends.monthly_counts import Grid, Months, grid
from fazhi.trends.records import Records

PARTS = ("village", "category", "source")
MINIMUM_VALUES = 8  # days or sums in either year to compare medians


def last_year(whole: Records, rest: Records, blank: Months, explained: set[str], unit: Unit) -> list[Finding]:
    """Findings and notes on the last year against the one before; `rest` are the rows no other finding explains, `explained` the
    villages and types that another finding is about."""
    years = (whole.years[-1] - 1, whole.years[-1])
    if years[0] not in whole.years:
        return [Finding("change", f"没有{years[0]}年的台账，不能与上年比较。", "none", period=str(years[1]))]
    everything, last, _ = _compared(whole, blank)
    if not last.any():
        return [Finding("change", f"{years[0]}年与{years[1]}年没有可比的月份。", "none", period=str(years[1]))]
    found = [_total(whole, rest, blank, explained, years, unit)]
    return found + _parts(rest, blank, explained, years, unit) + _measures(rest, everything, years)


def _compared(records: Records, blank: Months) -> tuple[Grid, np.ndarray, np.ndarray]:
    table = grid(records, "village", blank)
    return (table, *comparable(table))


def _total(
    whole: Records, rest: Records, blank: Months, explained: set[str], years: tuple[int, int], unit: Unit
) -> Finding:
    words = whole.roles
    found, span = _count(whole, blank)
    if found.p_value >= LIKELY:
        return sentences.change(found, years, span, "none", words)
    if sentences.TOWN in explained:
        return sentences.change(found, years, span, "none", words, "是前述台阶的结果。")
    without, _ = _count(rest, blank) if len(rest.rows) else (found, "")
    causes = sorted(set(whole.villages) & explained)
    if causes and without.p_value >= LIKELY:
        why = f"其变化来自{'、'.join(causes)}，其余各村合计在偶然波动范围内。"
        return sentences.change(found, years, span, "none", words, why)
    return sentences.change(found, years, span, confidence(found.p_value), words)


def _count(records: Records, blank: Months) -> tuple[Change, str]:
    table, last, this = _compared(records, blank)
    days = table.days[this].sum() / table.days[last].sum()
    change = counts_changed(
        float(table.total[last].sum()), float(table.total[this].sum()), float(days), dispersion(table)
    )
    return change, span(table, this)


def span(table: Grid, this: np.ndarray) -> str:
    """The months compared, empty where whole years are: 1—9月."""
    months = [int(month) for month in table.months[this]]
    if len(months) == 12:
        return ""
    starts = [month for month in months if month - 1 not in months]
    ends = [month for month in months if month + 1 not in months]
    return "、".join(f"{a}—{b}月" if a < b else f"{a}月" for a, b in zip(starts, ends, strict=True))


def _parts(rest: Records, blank: Months, explained: set[str], years: tuple[int, int], unit: Unit) -> list[Finding]:
    """Villages, types and sources that moved against the rest of the town, by Holm over all of them."""
    tables = {column: grid(rest, column, blank) for column in PARTS}
    changes = [(column, name, change) for column, table in tables.items() for name, change in parts_changed(table)]
    p_values = holm([change.p_value for *_, change in changes])
    months = span(tables["village"], comparable(tables["village"])[1])
    found = []
    for (column, name, change), p_value in zip(changes, p_values, strict=True):
        if p_value < LIKELY and name not in explained:
            shown = all(not 0 < value < unit.suppress_below for value in (change.before, change.after))
            found.append(
                replace(
                    sentences.change(change, years, months, confidence(p_value), rest.roles, **{column: name}),
                    public=shown,
                )
            )
    return found


def _measures(rest: Records, table: Grid, years: tuple[int, int]) -> list[Finding]:
    """Success rate, days to close, sums agreed; three comparisons, by Holm."""
    last, this = comparable(table)
    of_year = [_rows(rest.rows, table, mask) for mask in (last, this)]
    found: list[tuple[Callable[..., Finding], Change]] = []
    roles = rest.roles
    rates = [
        (int((r["outcome"] == roles.success).sum()), int(r["outcome"].isin([roles.success, roles.failure]).sum()))
        for r in of_year
    ]
    if all(whole for _, whole in rates):
        found.append((sentences.rate_change, rates_changed(rates[0], rates[1])))
    for column, tell in (("days_to_close", sentences.days_change), ("amount_yuan", sentences.money_change)):
        values = [
            r.loc[r[column] > 0 if column == "amount_yuan" else r[column].notna(), column].to_numpy(float)
            for r in of_year
        ]
        if all(len(v) >= MINIMUM_VALUES for v in values):
            found.append((tell, values_changed(values[0], values[1])))
    p_values = holm([change.p_value for _, change in found])
    return [
        tell(change, years, confidence(p_value), roles) for (tell, change), p_value in zip(found, p_values, strict=True)
    ]


def _rows(rows: pd.DataFrame, table: Grid, mask: np.ndarray) -> pd.DataFrame:
    names = {name for name, kept in zip(table.names, mask, strict=True) if kept}
    return rows[rows["accepted_on"].dt.strftime("%Y-%m").isin(names)]
