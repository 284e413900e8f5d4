"""The last year against the one before, and against all before: the town, its parts, success rate, days and sums."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from fazhi.dictionary.models import Unit
from fazhi.trends import sentences, wording
from fazhi.trends.change_tests import (
    Change,
    comparable,
    counts_changed,
    dispersion,
    drift,
    holm,
    rates_changed,
    values_changed,
)
from fazhi.trends.finding import LIKELY, STANDING, Finding, confidence
from fazhi.trends.level_shifts import last_year_breaks
from fazhi.trends.monthly_counts import Grid, Months, grid
from fazhi.trends.records import Records
from fazhi.trends.wording import Narrowed

PARTS = ("village", "category", "source")
MINIMUM_VALUES = 8  # days or sums in either year to compare medians


def last_year(
    whole: Records, rest: Records, blank: Months, explained: set[str], unit: Unit, words: Narrowed
) -> list[Finding]:
    """Findings and notes on the last year against those before; `rest` are the rows no other finding explains, `explained` the
    villages and types that another finding is about."""
    year = whole.years[-1]
    if len(whole.years) == 1:
        return [Finding("change", f"只有{year}年的台账，没有其他年份，不能比较。", "none", period=str(year))]
    whole, rest = whole.same_days(), rest.same_days()
    before = [one for one in whole.years[:-1] if _is_comparable(whole, blank, [one])]
    if year - 1 not in whole.years:
        return [Finding("change", f"没有{year - 1}年的台账，不能与上年比较。", "none", period=str(year))]
    if year - 1 not in before:
        return [Finding("change", f"{year - 1}年与{year}年没有可比的月份。", "none", period=str(year))]
    before = before if _is_comparable(whole, blank, before) else [year - 1]
    found = [_total(whole, rest, blank, explained, before, words)]
    return found + _parts(rest, blank, explained, before, unit, words) + _measures(rest, blank, before, words)


def _is_comparable(records: Records, blank: Months, years: Sequence[int]) -> bool:
    return bool(comparable(grid(records, "village", blank), years)[0].any())


def _total(
    whole: Records, rest: Records, blank: Months, explained: set[str], before: Sequence[int], words: Narrowed
) -> Finding:
    table = grid(whole, "village", blank)
    found, years = surer(table, before)
    tell = sentences.Compared((*years, whole.years[-1]), span(table, years, whole.last_day))
    if found.p_value >= STANDING:
        return sentences.change(found, tell, "none", words)
    if wording.TOWN in explained:
        return sentences.change(found, tell, "none", words, "是前述台阶的结果。")
    without = _count(grid(rest, "village", blank), years) if len(rest.rows) else found
    causes = sorted(set(whole.villages) & explained)
    if causes and without.p_value >= STANDING:
        why = f"其变化来自{'、'.join(causes)}，其余各村合计在偶然波动范围内。"
        return sentences.change(found, tell, "none", words, why)
    return sentences.change(found, tell, confidence(found.p_value), words)


def surer(table: Grid, before: Sequence[int]) -> tuple[Change, Sequence[int]]:
    """The change from last year, unless the one from all years before claims what that does not; twice the chance, as both are looked at."""
    last = _count(table, before[-1:])
    if len(before) == 1 or last.p_value < STANDING / 2:
        return last, before[-1:]
    every = _count(table, before)
    every = replace(every, p_value=min(1.0, 2 * every.p_value))
    return (every, before) if every.p_value < STANDING else (replace(last, p_value=1.0), before[-1:])


def _count(table: Grid, before: Sequence[int]) -> Change:
    """The yearly mean of the town before and its number now, beyond the scatter of months and the drift of years."""
    past, this = comparable(table, before)
    a, b, n = float(table.total[past].sum()), float(table.total[this].sum()), len(before)
    scatter = dispersion(table)
    days = table.days[this].sum() / max(_days_like(table, past, this), 1.0)
    years = drift(table, before, scatter) * (1 + 1 / n) / (1 / max(a, 1) + 1 / max(b, 1))
    chance = counts_changed(a, b, days, scatter + years).p_value
    return replace(counts_changed(a, b, days, scatter), before=a / n, p_value=chance)


def _days_like(table: Grid, past: np.ndarray, this: np.ndarray) -> float:
    """The days of earlier months, of each as many as it has this year where the year is cut off within it."""
    now = dict(zip(table.months[this], table.days[this], strict=True))
    now |= {2: 29} if now.get(2, 0) >= 28 else {}  # a whole February, whatever its year
    return float(sum(min(days, now[month]) for month, days in zip(table.months[past], table.days[past], strict=True)))


def span(table: Grid, before: Sequence[int], last_day: int | None) -> str:
    """The months compared, empty where whole years are: 1—9月; to the day where the last one is cut off."""
    _, this = comparable(table, before)
    months = [int(month) for month in table.months[this]]
    starts = [month for month in months if month - 1 not in months]
    ends = [month for month in months if month + 1 not in months]
    spans = [f"{a}—{b}月" if a < b else f"{a}月" for a, b in zip(starts, ends, strict=True)]
    if last_day and months and months[-1] == int(table.months[table.seen & (table.years == table.years.max())].max()):
        spans[-1] = f"{starts[-1]}月1日—{ends[-1]}月{last_day}日"
    return "" if len(months) == 12 and not last_day else "、".join(spans)


def _parts(
    rest: Records, blank: Months, explained: set[str], before: Sequence[int], unit: Unit, words: Narrowed
) -> list[Finding]:
    """Villages, types and sources that moved against the rest of the town, by Holm over all of them."""
    tables = {column: grid(rest, column, blank) for column in PARTS}
    parts = [(column, name, chance) for column, table in tables.items() for name, chance in last_year_breaks(table)]
    p_values = holm([chance for *_, chance in parts])
    found = []
    for (column, name, _), p_value in zip(parts, p_values, strict=True):
        if p_value < LIKELY and name not in explained:
            table = tables[column]
            change = _part(table, name, before)
            tell = sentences.Compared((*before, rest.years[-1]), span(table, before, rest.last_day))
            shown = all(not 0 < value < unit.suppress_below for value in (change.before * len(before), change.after))
            told = sentences.change(change, tell, confidence(p_value), words, **{column: name})
            found.append(replace(told, public=shown))
    return found


def _part(table: Grid, name: str, before: Sequence[int]) -> Change:
    """A group's yearly mean before and its number now."""
    past, this = comparable(table, before)
    row = table.counts[table.groups.index(name)]
    found = counts_changed(float(row[past].sum()), float(row[this].sum()), 1 / len(before))
    return replace(found, before=found.before / len(before))


def _measures(rest: Records, blank: Months, before: Sequence[int], words: Narrowed) -> list[Finding]:
    """Success rate (against all years before); days to close and sums agreed (against last year): two families, by Holm."""
    table, years = grid(rest, "village", blank), (*before, rest.years[-1])
    this = _rows(rest.rows, table, comparable(table, before)[1])
    past = [_rows(rest.rows, table, comparable(table, [year])[0]) for year in before]
    rates = [_rate(rows, words) for rows in (*past, this)]
    found = []
    if all(whole for _, whole in rates):
        change = rates_changed(rates[:-1], rates[-1])
        found.append(sentences.rate_change(change, years, confidence(change.p_value, level=STANDING), words))
    medians: list[tuple[Callable[..., Finding], Change]] = []
    for column, tell in (("days_to_close", sentences.days_change), ("amount_yuan", sentences.money_change)):
        values = [_values(rows, column) for rows in (past[-1], this)]
        if all(len(v) >= MINIMUM_VALUES for v in values):
            medians.append((tell, values_changed(values[0], values[1])))
    p_values = holm([change.p_value for _, change in medians])
    for (tell, change), p_value in zip(medians, p_values, strict=True):
        found.append(tell(change, years, confidence(p_value, level=STANDING), words))
    return found


def _rate(rows: pd.DataFrame, words: Narrowed) -> tuple[int, int]:
    """Successes, and successes and failures."""
    return int((rows["outcome"] == words.success).sum()), int(
        rows["outcome"].isin([words.success, words.failure]).sum()
    )


def _values(rows: pd.DataFrame, column: str) -> np.ndarray:
    known = rows[column] > 0 if column == "amount_yuan" else rows[column].notna()
    return rows.loc[known, column].to_numpy(float)


def _rows(rows: pd.DataFrame, table: Grid, mask: np.ndarray) -> pd.DataFrame:
    kept = {(int(year), int(month)) for year, month in zip(table.years[mask], table.months[mask], strict=True)}
    return rows[[one in kept for one in zip(rows["year"], rows["month"], strict=True)]]
