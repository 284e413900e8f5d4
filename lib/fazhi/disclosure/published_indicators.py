"""Statistics made fit to publish: small counts of people's own affairs become bounds, and what would tell them goes.

Which indicators are about people is data (`persons` in indicators.yml). A count below the threshold is printed 不足3件; a rate of
which few are left out, 98%以上; sums, changes, last year's figures and the rows by sheet that would give a small count away
are left out. statistics.json keeps everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

from fazhi.workspace.year_statistics import IndicatorEntry, Number, PlanResult, SheetRows, Statistics

BELOW, ABOVE = "不足", "以上"
ALL_FILES = "各文件合计"


@dataclass(frozen=True)
class PublishedEntry(IndicatorEntry):
    """An indicator's entry as it may be printed.

    Where the value is not published `bound` says on which side of `bound_value` it lies (不足, 以上), or it is `withheld`.
    `change_withheld`: nor is the comparison with last year.
    """

    bound: str = ""
    bound_value: Number | None = None
    withheld: bool = False
    change_withheld: bool = False

    @property
    def is_suppressed(self) -> bool:
        """Whether the value itself is not published."""
        return bool(self.bound) or self.withheld


@dataclass(frozen=True)
class PublishedStatistics(Statistics):
    """A year's statistics as they may be printed."""

    indicators: Mapping[str, PublishedEntry]


def disclosed(statistics: Statistics, threshold: int) -> PublishedStatistics:
    """The statistics with every entry about people as it may be printed, small counts below `threshold` as bounds."""
    entries = statistics.indicators
    fit = {
        name: _fit(
            PublishedEntry(**vars(entry)),
            statistics.ledgers[entry.ledger].fates["kept"],
            _base(entries, entry),
            threshold,
            _cases(entries, entry),
        )
        if entry.persons
        else PublishedEntry(**vars(entry))
        for name, entry in entries.items()
    }
    results = [_result(row, fit) for row in statistics.plan_results]
    return PublishedStatistics(**{**vars(statistics), "indicators": fit, "plan_results": results})


def _base(entries: Mapping[str, IndicatorEntry], entry: IndicatorEntry) -> Number | None:
    """How many rows the ledger had last year, where an indicator says so."""
    counts = (e for e in entries.values() if e.ledger == entry.ledger and e.measure == "count" and e.whole)
    return next((e.previous for e in counts), None)


def _fit(entry: PublishedEntry, kept: int, base: Number | None, threshold: int, cases: Number | None) -> PublishedEntry:
    if entry.reported:
        entry = replace(entry, row_count=_reported_rows(entry, cases))
    fit = _with_coarse_rows(entry, threshold)
    if not entry.reported and _small(
        kept - entry.row_count, threshold
    ):  # the rest of the ledger is few, and would be told by the difference
        fit = replace(fit, numerator=None, denominator=None, rows=[], office_counts={})
    fit = replace(fit, **_bound(entry, threshold))
    if _tells_last_year(entry, base, threshold):
        fit = replace(fit, previous=None, change=None, change_withheld=True)
    return fit


def _cases(entries: Mapping[str, IndicatorEntry], entry: IndicatorEntry) -> Number | None:
    """How many records the entry's ledger has this year, where an indicator says so."""
    counts = (e for e in entries.values() if e.ledger == entry.ledger and e.measure == "count" and e.whole)
    return next((e.value for e in counts), None)


def _reported_rows(entry: IndicatorEntry, cases: Number | None) -> int:
    """Of how many records a reported figure is; 1 where nobody says, so that a sum about people is not published."""
    known = entry.value if entry.measure == "count" else cases
    return 1 if known is None else int(known)


def _small(count: float, threshold: int) -> bool:
    return 0 < count < threshold


def _bound(entry: IndicatorEntry, threshold: int) -> dict[str, Any]:
    """The fields that differ where the value is small, or tells a small one."""
    hidden: dict[str, Any] = {
        "value": None, "numerator": None, "denominator": None, "change": None, "change_withheld": True,
        "rows": [], "office_counts": {}, "row_count": 0,
    }  # fmt: skip
    value, above, below = entry.value, entry.numerator, entry.denominator
    if value is None:
        return {}
    if entry.is_rate:
        if above is None or below is None:  # reported as a percentage: of how many is not known
            return {**hidden, "withheld": True}
        if _small(below, threshold):
            return {**hidden, "withheld": True}
        if _small(above, threshold):
            return {**hidden, "bound": BELOW, "bound_value": min(1.0, ceil(100 * threshold / below) / 100)}
        if _small(below - above, threshold):
            return {**hidden, "bound": ABOVE, "bound_value": floor(100 * (below - threshold + 1) / below) / 100}
        return {}
    if entry.measure == "count" and _small(value, threshold):
        return {**hidden, "bound": BELOW, "bound_value": threshold}
    return {**hidden, "withheld": True} if _small(entry.row_count, threshold) or _small(value, threshold) else {}


def _tells_last_year(entry: IndicatorEntry, base: Number | None, threshold: int) -> bool:
    """Whether last year's figure is small, or tells a small one."""
    previous = entry.previous
    if previous is None:
        return False
    if entry.is_rate:
        return base is not None and any(_small(round(part * base), threshold) for part in (previous, 1 - previous))
    return _small(previous, threshold) or (entry.measure != "count" and _small(base or 0, threshold))


def _with_coarse_rows(entry: PublishedEntry, threshold: int) -> PublishedEntry:
    """Rows by sheet as long as none is small (a share only by file, as its rows by sheet tell those it leaves out)."""
    parts = entry.rows
    if entry.measure == "share" or any(_small(len(part.rows), threshold) for part in parts):
        parts = [SheetRows(file, "", _rows(parts, file)) for file in sorted({part.file for part in parts})]
    if any(_small(len(part.rows), threshold) for part in parts):
        parts = [SheetRows(ALL_FILES, "", _rows(entry.rows, None))]
    few = any(_small(count, threshold) for count in entry.office_counts.values())
    return replace(entry, rows=parts, office_counts={} if few else entry.office_counts)


def _rows(parts: Sequence[SheetRows], file: str | None) -> list[int]:
    return [row for part in parts if file in (None, part.file) for row in part.rows]


def _result(row: PlanResult, fit: Mapping[str, PublishedEntry]) -> PlanResult:
    """A plan target beside its result, without a result that is not printed."""
    entry = fit.get(row.indicator or "")
    return replace(row, result=None) if entry is not None and entry.is_suppressed else row
