"""Findings of a town: every method in turn, what one explains taken out before the next looks.

Order: months missing; signs of a padded or broken ledger; steps; seasons; hotspots; change against last year. So one cause is
told once, at the level it sits: a padded village is no step, a step is no change, and a total that rose by them is a note.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Unit
from fazhi.trends import (
    bulk_entry,
    forecast,
    hotspots,
    level_shifts,
    missing_months,
    padding,
    questions,
    repeat_parties,
    seasonality,
    sentences,
    step_causes,
    wording,
    year_comparison,
)
from fazhi.trends.finding import ASKED, CONFIDENCE, FIRM, KINDS, LIKELY, STANDING, Finding, entries, public
from fazhi.trends.monthly_counts import Grid, Months, grid
from fazhi.trends.records import UNKNOWN, Records, describe

__all__ = ["CONFIDENCE", "KINDS", "Finding", "document", "find", "public"]

MAXIMUM_STEPS = 6
LARGE_SPOT = 1.3  # times the expectation: every village has its habits, and many rows make small ones sure


@dataclass
class Look:
    """What is known of a town so far: months left out, villages and rows that a finding explains."""

    records: Records
    unit: Unit
    blank: Months = frozenset()
    rows: set[int] = field(default_factory=set)
    villages: set[str] = field(default_factory=set)
    categories: set[str] = field(default_factory=set)

    @property
    def words(self) -> wording.Narrowed:
        """What the rows are called, and what they are narrowed to."""
        told, named = self.records, self.records.roles.model_dump()
        return wording.Narrowed(
            **named,
            village_only=told.village or "",
            source_only=told.source or "",
            category_only="的".join(filter(None, (told.outcome, told.category))),
        )

    def grid(self, column: str) -> Grid:
        return grid(self.unexplained(), column, self.blank)

    def unexplained(self) -> Records:
        """The rows that no finding explains."""
        rows = self.records.rows
        kept = ~rows.index.isin(list(self.rows)) & ~rows["village"].isin(list(self.villages))
        return replace(self.records, rows=rows[kept])


def find(records: Records, unit: Unit) -> list[Finding]:
    """All findings and notes of the rows in view, town by town, in the order in which they should be read."""
    if len(records.towns) <= 1:
        return _of_town(records, unit)
    return [replace(found, town=town) for town in records.towns for found in _of_town(records.of_town(town), unit)]


def document(found: Sequence[Finding], records: Records | None = None) -> dict[str, Any]:
    """The content of `trends.json`: what was looked at, `findings` that claim something, `notes` that do not."""
    return {"scope": describe(records) if records else {}, **entries(found)}


def _of_town(records: Records, unit: Unit) -> list[Finding]:
    if records.rows.empty:
        return [Finding("change", f"所选范围内没有计入的{records.roles.counted}。", "none")]
    look = Look(records, unit)
    found = _town_gaps(look)
    found += _questions(look)
    found += _steps(look)
    found += _seasons(look)
    found += _hotspots(look)
    steps = [one for one in found if one.kind == "step"]
    explained = look.villages | {name or "" for one in steps for name in (one.village, one.category)}
    explained |= {wording.TOWN for one in steps if not (one.village or one.category)}
    found += year_comparison.last_year(look.records, look.unexplained(), look.blank, explained, unit, look.words)
    found += _forecast(look, any(one.kind in ("padding", "gap") for one in found if one.claims))
    own = {"village": records.village, "category": records.category, "source": records.source}
    return [replace(f, **{name: getattr(f, name) or value for name, value in own.items()}) for f in found]  # type: ignore[arg-type]


# --- signs of a padded or broken ledger ------------------------------------------------------------------------------


def _town_gaps(look: Look) -> list[Finding]:
    whole = grid(replace(look.records, months=12), "village")
    found = [gap for gap in missing_months.town_gaps(whole) if gap.p_value < ASKED]
    look.blank = frozenset(whole.names[t] for gap in found for t in range(gap.first, gap.last + 1))
    return [questions.gap(gap, whole, gap.last == len(whole.names) - 1, look.words) for gap in found]


def _questions(look: Look) -> list[Finding]:
    """Padded villages with the signs in them, and the signs that stand by themselves."""
    signs = _signs(look)
    signed = _signed([f for f, _ in signs])
    table = pd.crosstab(look.records.rows["village"], look.records.rows["year"]).drop(index=UNKNOWN, errors="ignore")
    padded = padding.paddings(table, signed, level_shifts.ledger_years(look.grid("village")))
    found, in_padded = [], set()
    for one in padded:
        own = [
            f
            for f, _ in signs
            if f.village == one.village and (not f.period or {*map(str, one.years)} & {*_years(f.period)})
        ]
        found.append(questions.padded(one, own, look.words))
        in_padded |= {id(f) for f in own}
    look.villages |= {one.village for one in padded}
    look.rows |= {row for _, rows in signs for row in rows}
    return found + [f for f, _ in signs if id(f) not in in_padded]


def _signed(signs: Sequence[Finding]) -> padding.Places:
    """Villages and years with signs in them. One busy day is a sign of itself only."""
    places = [(f.kind, (f.village, int(year))) for f in signs if f.village and f.period for year in _years(f.period)]
    return frozenset(at for kind, at in places if kind != "burst" or places.count((kind, at)) > 1)


def _years(period: str) -> list[str]:
    ends = [part[:4] for part in period.split("/")]
    return [str(year) for year in range(int(ends[0]), int(ends[-1]) + 1)]


def _signs(look: Look) -> list[tuple[Finding, tuple[int, ...]]]:
    """Repeated parties, bulk entry, round sums, same days: each with the rows that no other method should count."""
    rows = look.records.rows
    found = [
        (questions.repeat(one, look.words), one.rows) for one in repeat_parties.repeats(rows) if one.p_value < STANDING
    ]
    days = [one for one in bulk_entry.day_bursts(rows) if one.p_value < STANDING]
    found += [(questions.burst(one, look.words), one.rows) for one in days]
    rest = rows.drop(index=[row for one in days for row in one.rows])
    by_month = grid(replace(look.records, rows=rest), "village", look.blank)
    found += [
        (questions.burst(one, look.words), one.rows)
        for one in bulk_entry.month_bursts(by_month, rest)
        if one.p_value < STANDING
    ]
    same = [
        *repeat_parties.round_sums(rows),
        *repeat_parties.same_values(rows, "amount_yuan", "sum"),
        *repeat_parties.same_values(rows, "days_to_close", "days"),
    ]
    return found + [(questions.alike(one, look.words), ()) for one in same]


# --- changes ---------------------------------------------------------------------------------------------------------


def _steps(look: Look) -> list[Finding]:
    """Steps of villages one after the other, then months missing in single villages, then steps of types and of the town."""
    found: list[Finding] = []
    gaps = missing_months.village_gaps(look.grid("village"))
    silent = {gap.village: gap for gap in gaps if gap.p_value < FIRM}
    while len(found) < MAXIMUM_STEPS:
        villages = look.grid("village")
        best = next(iter(level_shifts.group_breaks(villages)), None)
        if best is None or best.p_value >= LIKELY:
            break
        finding = _step(look, best, villages, "village")
        gap = silent.pop(best.group, None)
        falls = (finding.size or 0) < 1
        found.append(questions.gap(gap, villages, False, look.words) if gap and falls else finding)
        look.villages.add(best.group)
    whole = look.grid("village")
    found += [questions.gap(gap, whole, gap.last == len(whole.names) - 1, look.words) for gap in silent.values()]
    look.villages |= {str(village) for village in silent}
    types = look.grid("category")
    surest = level_shifts.group_breaks(types)[:MAXIMUM_STEPS] if types.full_years > 1 else []
    found += [_step(look, one, types, "category") for one in surest if one.p_value < LIKELY]
    return found + [
        sentences.step(one, whole.total.tolist(), whole, look.words)
        for one in level_shifts.total_break(whole)
        if one.p_value < FIRM
    ]


def _step(look: Look, found: level_shifts.Break, table: Grid, column: str) -> Finding:
    """A step of a village or type, with the type or village in which it lies."""
    counts = table.counts[table.groups.index(found.group)].tolist()
    finding = sentences.step(found, counts, table, look.words, **{column: found.group})
    other = "category" if column == "village" else "village"
    rest = look.unexplained()
    own = replace(rest, rows=rest.rows[rest.rows[column] == found.group])
    return step_causes.narrowed_to(finding, found.at, grid(own, other, look.blank), other, look.words)


def _seasons(look: Look) -> list[Finding]:
    types = look.grid("category")
    found = [
        sentences.season(one, types, look.words, category=one.group)
        for one in seasonality.group_seasons(types)
        if one.p_value < STANDING
    ]
    look.categories |= {str(one.category) for one in found}
    rest = look.unexplained()
    rest = replace(rest, rows=rest.rows[~rest.rows["category"].isin(list(look.categories))])
    whole = grid(rest, "village", look.blank)
    towns = [
        sentences.season(one, whole, look.words) for one in seasonality.total_season(whole) if one.p_value < STANDING
    ]
    return found + [one for one in towns if (one.size or 0) >= sentences.WORTH_A_NOTE]


def _hotspots(look: Look) -> list[Finding]:
    rows = look.unexplained().rows
    rows = rows[(rows["village"] != UNKNOWN) & (rows["category"] != UNKNOWN)]
    years = look.records.years
    period = str(years[0]) if len(years) == 1 else f"{years[0]}/{years[-1]}"
    table = pd.crosstab(rows["village"], rows["category"])
    return [
        sentences.hotspot(one, period, look.unit.suppress_below, look.words)
        for one in hotspots.hotspots(table)
        if one.p_value < STANDING and one.count >= LARGE_SPOT * one.expected
    ]


def _forecast(look: Look, doubted: bool) -> list[Finding]:
    """The forecast, if it is shown; a ledger with open questions has none."""
    year = look.records.years[-1] + 1
    if doubted:
        return [
            Finding(
                "forecast",
                f"台账中有待核实的问题，核实之前不给出{year}年预测。",
                "none",
                period=str(year),
                measure=look.words.number,
            )
        ]
    made = forecast.forecast(grid(look.records, "village", look.blank))
    return [sentences.forecast(made, look.words)] if made else []
