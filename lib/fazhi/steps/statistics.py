"""The second step: all ledgers' accounts gathered, the indicators computed, statistics.json written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from fazhi.cleaning.fate_labels import FATES
from fazhi.dictionary.loading import yearly_ledgers
from fazhi.dictionary.models import Indicator, Ledger
from fazhi.indicators.measure import doubts, entry
from fazhi.indicators.open_rows import OpenRows
from fazhi.indicators.plan_targets import check_accepted, compare
from fazhi.indicators.summary_tables import Summary, Tabulated, load_summaries, tabulate
from fazhi.indicators.year_on_year import drift
from fazhi.issues import issue_frame, nullable
from fazhi.returns.index import note_needs
from fazhi.returns.resubmissions import take_stock
from fazhi.town_year import TownYear
from fazhi.workspace import results
from fazhi.workspace.files import write_json, write_parquet


def gather_accounts(town: TownYear) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All fates and all issues of the year, from the accounts of its ledgers."""
    rows, issues = (
        pa.concat_tables([pq.read_table(path) for path in files])
        for files in (town.results.account_files("rows"), town.results.account_files("issues"))
    )
    fates = nullable(rows.sort_by([(name, "ascending") for name in ("file", "sheet", "row")]))
    return fates.astype({"row": "int64"}), nullable(issues)


def clean_tables(town: TownYear, ledgers: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """The clean table of every ledger, or of some, as far as they were read."""
    found = ((name, town.results.clean(name)) for name in ledgers or town.settings.specs.ledgers)
    return {name: table for name, table in found if table is not None}


def summary_tables(town: TownYear, wanted: Callable[[Summary], bool] = lambda _: True) -> list[Tabulated]:
    """The tables of `tables.yml` that are wanted and have something to show."""
    specs = [spec for spec in load_summaries(town.settings.specs) if wanted(spec)]
    ledgers = dict.fromkeys(spec.ledger for spec in specs)
    now = clean_tables(town, ledgers)
    before = clean_tables(replace(town, year=town.year - 1), ledgers)
    made = (
        tabulate(
            spec,
            town.settings.specs,
            town.settings.unit,
            now[spec.ledger],
            before.get(spec.ledger),
            _earlier(town, spec),
        )
        for spec in specs
        if spec.ledger in now
    )
    return [told for told in made if told is not None]


def _earlier(town: TownYear, spec: Summary) -> list[pd.DataFrame]:
    """The rows of the years before last, of ledgers that are kept over the years."""
    years = (
        [known for known in town.workspace.years() if known < town.year - 1] if spec.ledger in yearly_ledgers() else []
    )
    tables = (town.results_of(known).clean(spec.ledger) for known in years)
    return [table for table in tables if table is not None]


def compute_statistics(
    town: TownYear, tables: dict[str, pd.DataFrame], issues: pd.DataFrame, fates: pd.DataFrame
) -> dict[str, Any]:
    """Every indicator, the plan's targets and the state of each ledger: the content of statistics.json."""
    before = _previous(town)
    indicators = {}
    waiting = open_rows(town, issues, fates)
    for name, spec in town.settings.specs.indicators.items():
        ledger = town.settings.specs.ledgers[spec.ledger]
        last = before.get("indicators", {}).get(name, {}).get("value")
        lacking = _rows_without(town, spec)
        frame = tables.get(spec.ledger) if lacking is not None else None
        told = entry(spec, ledger, frame, town.year, last, len(waiting.of(spec)) + (lacking or 0))
        # A value that raises a question of its own may still move, whatever rows it rests on.
        indicators[name] = (
            told if not doubts(spec, told) else {**told, "open_rows": max(1, told["open_rows"]), "status": "open"}
        )
    counts = Counter(_places(fates, "ledger", "fate"))
    unit, planned = town.settings.unit, before.get("plan_targets", [])
    check_accepted(town.settings.aliases.plans, town.settings.specs)
    return {
        "year": town.year,
        "town": unit.name,
        "indicators": indicators,
        "plan_targets": plan_targets(tables),
        "previous_plan_targets": planned,
        "plan_results": compare(planned, indicators, town.settings.aliases.plans),
        "villages": _village_kinds(unit.villages),
        "ledgers": {
            name: _ledger_state(ledger, name in tables, counts) for name, ledger in town.settings.specs.ledgers.items()
        },
    }


def write_statistics(town: TownYear) -> dict[str, Any]:
    """Gather the accounts, compute and write rows.parquet, issues.parquet and statistics.json; give back the statistics."""
    fates, issues = gather_accounts(town)
    tables = clean_tables(town)
    issues = pd.concat([issues, issue_frame(drift(town, tables))], ignore_index=True)
    statistics = compute_statistics(town, tables, issues, fates)
    asked = [
        question
        for name, spec in town.settings.specs.indicators.items()
        for question in doubts(spec, statistics["indicators"][name])
    ]
    everything = pd.concat([issues, issue_frame(asked)], ignore_index=True)
    order = everything["severity"].map({"error": 0, "warning": 1, "info": 2})
    write_parquet(town.processed / results.FATES, fates)
    write_parquet(town.processed / results.ISSUES, everything.iloc[order.argsort(kind="stable")].reset_index(drop=True))
    write_json(town.processed / results.STATISTICS, statistics)
    take_stock(town.processed, everything, fates)
    note_needs(town.processed, everything)
    return statistics


def _previous(town: TownYear) -> dict[str, Any]:
    has_raw = town.workspace.raw(town.year - 1).is_dir()
    return (town.results_of(town.year - 1).statistics() or {}) if has_raw else {}


def _rows_without(town: TownYear, spec: Indicator) -> int | None:
    """Rows that count in sheets without a column the indicator looks at; None where no sheet has them all: no figure then, not 0."""
    sheets = town.results.layouts(spec.ledger)
    lacking = [sheet for sheet in sheets if not spec.looks_at <= set(sheet["columns"])]
    return None if sheets and len(lacking) == len(sheets) else sum(sheet["kept"] for sheet in lacking)


def open_rows(town: TownYear, issues: pd.DataFrame, fates: pd.DataFrame) -> OpenRows:
    """Which rows may still change the year's figures."""
    rows: dict[tuple[str, str], dict[int, str]] = {}
    counting = fates[~fates["fate"].isin(["not_data", "superseded"])]
    for file, sheet, row, fate in _places(counting, "file", "sheet", "row", "fate"):
        rows.setdefault((file, sheet), {})[row] = fate
    ledgers = town.settings.specs.ledgers
    sheets = {name: [(sheet["file"], sheet["sheet"]) for sheet in town.results.layouts(name)] for name in ledgers}
    grave = issues[issues["severity"] != "info"]
    told = grave.astype(object).where(grave.notna(), None).to_dict("records")
    return OpenRows(ledgers, sheets, rows, told)  # type: ignore[arg-type]


def _places(rows: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows[name].tolist() for name in names), strict=True)


def plan_targets(tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """The coming year's targets as the office wrote them, with the row each stands in."""
    table = tables.get("plan_targets")
    if table is None:
        return []
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [
        {
            "indicator": row["indicator"], "target": _whole(row["target"]), "unit": row["unit"],
            "file": row["source_file"], "sheet": row["source_sheet"], "row": int(row["source_row"]),
        }
        for row in rows
    ]  # fmt: skip


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _village_kinds(villages: Sequence[str]) -> dict[str, int]:
    towns = sum(name.endswith(("社区", "居委会", "居民委员会", "居")) for name in villages)
    return {"村": len(villages) - towns, "居": towns}


def _ledger_state(ledger: Ledger, read: bool, counts: Counter[tuple[Any, ...]]) -> dict[str, Any]:
    fates = {fate: counts[ledger.id, fate] for fate in FATES}
    told = {"title": ledger.title, "office": ledger.office, "status": "read" if read else "missing"}
    return {**told, "read": sum(fates.values()), **fates}
