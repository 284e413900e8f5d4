"""The steps that the notebooks call, one after the other. Each reads what the one before wrote, and writes its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from fazhi.cleaning import Cleaned, Fate, clean
from fazhi.errors import LedgerError, SpecError
from fazhi.frames import clean_frame, fate_frame
from fazhi.indicators import doubts, entry
from fazhi.intake import RawFile
from fazhi.issues import Issue, issue_frame
from fazhi.layout import Table
from fazhi.paths import Workspace, find_workspace
from fazhi.pseudonyms import load_key
from fazhi.recognition import Recogniser, recogniser
from fazhi.sources import Survey, raw_files, survey
from fazhi.specs import Indicator, Ledger, load_aliases, load_specs, load_unit, nearest
from fazhi.storage import fingerprint, read_json, write_json, write_parquet
from fazhi.totals import check_totals

FATES = ("kept", "duplicate", "out_of_year", "cancelled", "quarantined", "not_data")
FATE_LABELS = dict(zip(FATES, ("计入", "重复", "非本年", "作废", "待核实", "非数据"), strict=True))


@dataclass(frozen=True)
class Year:
    """One town's year: what every step takes."""

    workspace: Workspace
    year: int
    known: Recogniser

    @property
    def processed(self) -> Path:
        return self.workspace.processed(self.year)

    def ledger(self, name: str) -> Ledger:
        """A ledger by id; a misspelt one is told its nearest."""
        ledgers = self.known.specs.ledgers
        if name not in ledgers:
            raise SpecError(f"没有台账“{name}”，最接近的是“{nearest(name, list(ledgers), 1)[0]}”。")
        return ledgers[name]


def open_year(year: int, workspace: str | Path = "") -> Year:
    """The town's year in `workspace`, or in the folder that the caller stands in."""
    place = Workspace(Path(workspace).resolve()) if str(workspace) else find_workspace(Path.cwd())
    if not place.raw(year).is_dir():
        years = "、".join(str(known) for known in place.years()) or "无"
        raise LedgerError(
            f"data/raw 下没有 {year} 文件夹（已有年份：{years}）。请把各科室台账放入 data/raw/{year}/ 后重试。"
        )
    specs = load_specs()
    unit = load_unit(place.unit_file)
    return Year(place, year, recogniser(specs, unit, load_aliases(place.aliases_file, specs)))


# --- which file holds which ledger ---------------------------------------------------------------------------------


def survey_year(year: Year) -> Survey:
    """Read all raw files; write which files hold which ledger, and the fates and issues that belong to no ledger."""
    found = survey(year.workspace, year.year, year.known)
    files = {name: sorted({file.path for file, _ in found.of(name)}) for name in year.known.specs.ledgers}
    write_json(year.processed / "sources.json", {"inputs": survey_inputs(year), "ledgers": files})
    fates = [
        Fate(source.file.path, sheet.name, row, "", "not_data", "no_ledger")
        for source in found.sources
        for sheet in source.file.sheets
        if sheet not in [table.sheet for table in source.tables]
        for row in range(1, len(sheet.rows) + 1)
    ]
    _write_accounts(year, "_files", fates, [*found.issues, *_missing(year, found)])
    return found


def survey_inputs(year: Year) -> dict[str, str]:
    """What the survey depends on: the content of every raw file and of the analyst's settings, by name."""
    folder = year.workspace.raw(year.year)
    files = {path.relative_to(folder).as_posix(): fingerprint(path) for path in raw_files(year.workspace, year.year)}
    settings = (
        year.workspace.unit_file,
        year.workspace.aliases_file,
        year.workspace.corrections_file(year.year),
    )
    return {**files, **{path.name: fingerprint(path) for path in settings if path.exists()}}


def ledger_files(year: Year) -> dict[str, list[str]]:
    """Which files hold each ledger, as surveyed; surveyed anew where a file or a setting has changed since."""
    path = year.processed / "sources.json"
    if not path.exists() or read_json(path)["inputs"] != survey_inputs(year):
        survey_year(year)
    ledgers: dict[str, list[str]] = read_json(path)["ledgers"]
    return ledgers


def _missing(year: Year, found: Survey) -> list[Issue]:
    """A ledger of the dictionary that no file holds."""
    advice = "请向填报单位催报；确无此项工作的，报送一张空表。报告中相应数字暂缺。"
    return [
        Issue.of(
            "ledger_missing",
            f"data/raw/{year.year}",
            found=f"没有{ledger.title}",
            expected=f"{ledger.office}报送",
            advice=advice,
            ledger=name,
        )
        for name, ledger in year.known.specs.ledgers.items()
        if name not in found.ledgers
    ]


# --- 01 clean ------------------------------------------------------------------------------------------------------


def clean_ledger(year: Year, name: str, found: Survey | None = None) -> Cleaned:
    """Clean one ledger and write its clean table, fates and issues; its raw files are read unless `found` holds them."""
    ledger = year.ledger(name)
    if found is None:
        found = survey(year.workspace, year.year, year.known, only=frozenset(ledger_files(year)[name]))
    sources = found.of(name)
    cleaned = clean(ledger, sources, year.known, year.year)
    cleaned = replace(cleaned, issues=[*cleaned.issues, *check_totals(cleaned, year.known, year.year)])
    clean_path = year.processed / "clean" / f"{name}.parquet"
    if sources:
        write_parquet(clean_path, clean_frame(cleaned, load_key(year.workspace.key_file)))
    else:
        clean_path.unlink(missing_ok=True)
    _write_accounts(year, name, cleaned.fates, cleaned.issues)
    write_json(year.processed / "accounts" / f"{name}.layouts.json", layouts(cleaned, sources))
    return cleaned


def layouts(cleaned: Cleaned, sources: Sequence[tuple[RawFile, Table]]) -> list[dict[str, Any]]:
    """Which columns each sheet of a ledger has, and how many of its rows count."""
    kept = Counter((record.file, record.sheet) for record in cleaned.kept)
    return [
        {
            "file": file.path,
            "sheet": table.sheet.name,
            "columns": sorted(table.columns),
            "kept": kept[file.path, table.sheet.name],
        }
        for file, table in sources
    ]


def _write_accounts(year: Year, name: str, fates: Sequence[Fate], issues: Sequence[Issue]) -> None:
    write_parquet(year.processed / "accounts" / f"{name}.rows.parquet", fate_frame(fates))
    write_parquet(year.processed / "accounts" / f"{name}.issues.parquet", issue_frame(issues))


def fate_counts(fates: pd.DataFrame) -> pd.DataFrame:
    """A row per ledger: rows read and how many met each fate."""
    counts = fates.groupby(["ledger", "fate"]).size().unstack(fill_value=0).reindex(columns=list(FATES), fill_value=0)
    counts.insert(0, "read", counts.sum(axis=1))
    return counts


# --- 02 statistics -------------------------------------------------------------------------------------------------


def gather_accounts(year: Year) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All fates and all issues of the year, from the accounts of its ledgers."""
    folder = year.processed / "accounts"
    rows = [pd.read_parquet(path) for path in sorted(folder.glob("*.rows.parquet"))]
    issues = [pd.read_parquet(path) for path in sorted(folder.glob("*.issues.parquet"))]
    fates = pd.concat(rows, ignore_index=True).sort_values(["file", "sheet", "row"], ignore_index=True)
    return fates, pd.concat(issues, ignore_index=True)


def clean_tables(year: Year) -> dict[str, pd.DataFrame]:
    """The clean table of every ledger that was read."""
    found = {}
    for name in year.known.specs.ledgers:
        path = year.processed / "clean" / f"{name}.parquet"
        if path.exists():
            found[name] = pd.read_parquet(path, dtype_backend="pyarrow")
    return found


def compute_statistics(
    year: Year, tables: dict[str, pd.DataFrame], issues: pd.DataFrame, fates: pd.DataFrame
) -> dict[str, Any]:
    """Every indicator, the plan's targets and the state of each ledger: the content of statistics.json."""
    before = _previous(year)
    indicators = {}
    for name, spec in year.known.specs.indicators.items():
        ledger = year.known.specs.ledgers[spec.ledger]
        last = before.get("indicators", {}).get(name, {}).get("value")
        waiting = _open_rows(issues, spec.ledger, {c for c in (*spec.where, *spec.of, spec.over) if c}, ledger)
        lacking = _rows_without(year, spec)
        frame = tables.get(spec.ledger) if lacking is not None else None
        indicators[name] = entry(spec, ledger, frame, year.year, last, waiting + (lacking or 0))
    unit = year.known.unit
    return {
        "year": year.year,
        "town": unit.name,
        "indicators": indicators,
        "plan_targets": plan_targets(tables),
        "previous_plan_targets": before.get("plan_targets", []),
        "villages": _village_kinds(unit.villages),
        "ledgers": {
            name: _ledger_state(ledger, tables.get(name), fates) for name, ledger in year.known.specs.ledgers.items()
        },
    }


def write_statistics(year: Year) -> dict[str, Any]:
    """Gather the accounts, compute and write rows.parquet, issues.parquet and statistics.json; give back the statistics."""
    fates, issues = gather_accounts(year)
    statistics = compute_statistics(year, clean_tables(year), issues, fates)
    asked = [
        question
        for name, spec in year.known.specs.indicators.items()
        for question in doubts(spec, statistics["indicators"][name])
    ]
    everything = pd.concat([issues, issue_frame(asked)], ignore_index=True)
    order = everything["severity"].map({"error": 0, "warning": 1, "info": 2})
    write_parquet(year.processed / "rows.parquet", fates)
    write_parquet(
        year.processed / "issues.parquet", everything.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    )
    write_json(year.processed / "statistics.json", statistics)
    return statistics


def _previous(year: Year) -> dict[str, Any]:
    path = year.workspace.processed(year.year - 1) / "statistics.json"
    has_raw = year.workspace.raw(year.year - 1).is_dir()
    return read_json(path) if path.exists() and has_raw else {}


def _rows_without(year: Year, spec: Indicator) -> int | None:
    """Rows that count in sheets without a column the indicator looks at; None where no sheet has them all: no figure then, not 0."""
    path = year.processed / "accounts" / f"{spec.ledger}.layouts.json"
    sheets = read_json(path) if path.exists() else []
    lacking = [sheet for sheet in sheets if not spec.looks_at <= set(sheet["columns"])]
    return None if sheets and len(lacking) == len(sheets) else sum(sheet["kept"] for sheet in lacking)


def _open_rows(issues: pd.DataFrame, ledger: str, columns: set[str], spec: Ledger) -> int:
    """Rows that may still change an indicator: quarantined ones, and values of no known kind in the columns it looks at."""
    mine = issues[issues["ledger"] == ledger]
    labels = {spec.columns[name].label for name in columns}
    waiting = mine[
        (mine["kind"] == "row_quarantined") | ((mine["kind"] == "value_unknown") & mine["column"].isin(labels))
    ]
    return len(waiting[["file", "sheet", "row"]].drop_duplicates())


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


def _ledger_state(ledger: Ledger, table: pd.DataFrame | None, fates: pd.DataFrame) -> dict[str, Any]:
    mine = fates[fates["ledger"] == ledger.id]["fate"]
    counts = {fate: int((mine == fate).sum()) for fate in FATES}
    return {
        "title": ledger.title,
        "office": ledger.office,
        "status": "read" if table is not None else "missing",
        "read": len(mine),
        **counts,
    }
