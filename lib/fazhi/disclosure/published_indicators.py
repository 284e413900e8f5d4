"""Statistics made fit to publish: small counts of people's own affairs become bounds, and what would tell them goes.

Which indicators are about people is data (`persons` in indicators.yml). A count below the threshold is printed 不足3件; a rate of
which few are left out, 98%以上; sums, changes, last year's figures and the rows by sheet that would give a small count away
are left out. statistics.json keeps everything.
"""

from collections.abc import Mapping
from math import ceil, floor
from typing import Any

BELOW, ABOVE = "不足", "以上"
ALL_FILES = "各文件合计"

Entry = dict[str, Any]


def disclosed(statistics: Mapping[str, Any], threshold: int) -> dict[str, Any]:
    """The statistics with every entry about people as it may be printed: `bound` and `bound_value`, or `withheld`."""
    entries = statistics["indicators"]
    fit = {
        name: _fit(entry, _kept(statistics, entry), _base(entries, entry), threshold) if entry.get("persons") else entry
        for name, entry in entries.items()
    }
    return {**statistics, "indicators": fit, "plan_results": [_result(row, fit) for row in statistics["plan_results"]]}


def _kept(statistics: Mapping[str, Any], entry: Entry) -> int:
    return int(statistics["ledgers"][entry["ledger"]]["kept"])


def _base(entries: Mapping[str, Entry], entry: Entry) -> float | None:
    """How many rows the ledger had last year, where an indicator says so."""
    counts = (e for e in entries.values() if e["ledger"] == entry["ledger"] and e["measure"] == "count" and e["whole"])
    return next((e["previous"] for e in counts), None)


def _fit(entry: Entry, kept: int, base: float | None, threshold: int) -> Entry:
    fit = _with_coarse_rows(entry, threshold)
    if _small(
        kept - entry["row_count"], threshold
    ):  # the rest of the ledger is few, and would be told by the difference
        fit |= {"numerator": None, "denominator": None, "rows": [], "office_counts": {}}
    if entry["value"] is not None:
        fit |= _bound(entry, threshold)
    if _tells_last_year(entry, base, threshold):
        fit |= {"previous": None, "change": None, "change_withheld": True}
    return fit


def _small(count: float, threshold: int) -> bool:
    return 0 < count < threshold


def _bound(entry: Entry, threshold: int) -> Entry:
    """What stands for a value that is small, or that tells a small one."""
    hidden: Entry = {
        "value": None, "numerator": None, "denominator": None, "change": None, "change_withheld": True,
        "rows": [], "office_counts": {}, "row_count": None,
    }  # fmt: skip
    value, rows = entry["value"], entry["row_count"]
    if entry["measure"] in ("share", "ratio"):
        above, below = entry["numerator"], entry["denominator"]
        if _small(below, threshold):
            return {**hidden, "withheld": True}
        if _small(above, threshold):
            return {**hidden, "bound": BELOW, "bound_value": min(1.0, ceil(100 * threshold / below) / 100)}
        if _small(below - above, threshold):
            return {**hidden, "bound": ABOVE, "bound_value": floor(100 * (below - threshold + 1) / below) / 100}
        return {}
    if entry["measure"] == "count" and _small(value, threshold):
        return {**hidden, "bound": BELOW, "bound_value": threshold}
    return {**hidden, "withheld": True} if _small(rows, threshold) or _small(value, threshold) else {}


def _tells_last_year(entry: Entry, base: float | None, threshold: int) -> bool:
    """Whether last year's figure is small, or tells a small one."""
    previous = entry["previous"]
    if previous is None:
        return False
    if entry["measure"] in ("share", "ratio"):
        return base is not None and any(_small(round(part * base), threshold) for part in (previous, 1 - previous))
    return _small(previous, threshold) or (entry["measure"] != "count" and _small(base or 0, threshold))


def _with_coarse_rows(entry: Entry, threshold: int) -> Entry:
    """Rows by sheet as long as none is small (a share only by file, as its rows by sheet tell those it leaves out)."""
    parts = entry["rows"]
    if entry["measure"] == "share" or any(_small(len(part["rows"]), threshold) for part in parts):
        files = sorted({part["file"] for part in parts})
        parts = [{"file": file, "sheet": "", "rows": _rows(parts, file)} for file in files]
    if any(_small(len(part["rows"]), threshold) for part in parts):
        parts = [{"file": ALL_FILES, "sheet": "", "rows": _rows(entry["rows"], None)}]
    offices = entry["office_counts"]
    return {
        **entry,
        "rows": parts,
        "office_counts": {} if any(_small(n, threshold) for n in offices.values()) else offices,
    }


def _rows(parts: list[Entry], file: str | None) -> list[int]:
    return [row for part in parts if file in (None, part["file"]) for row in part["rows"]]


def _result(row: Mapping[str, Any], fit: Mapping[str, Entry]) -> dict[str, Any]:
    """A plan target beside its result, without a result that is not printed."""
    entry = fit.get(row["indicator"] or "", {})
    return {**row, "result": None} if entry.get("bound") or entry.get("withheld") else dict(row)
