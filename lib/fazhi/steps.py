"""The steps that the notebooks call, one after the other. Each reads what the one before wrote, and writes its own."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from fazhi.cleaning import clean
from fazhi.errors import LedgerError, SpecError
from fazhi.frames import clean_frame, fate_table
from fazhi.hidden import Hidden
from fazhi.issues import Issue, issue_table
from fazhi.paths import Workspace, find_workspace
from fazhi.pseudonyms import load_key
from fazhi.received import left_out, raw_files
from fazhi.recognition import Recogniser, offers, recogniser
from fazhi.records import Cleaned, SheetFates
from fazhi.row_prints import note_rows
from fazhi.sources import Survey, survey
from fazhi.specs import Ledger, load_aliases, load_specs, load_unit, nearest
from fazhi.storage import fingerprint, raw_fingerprint, read_json, remove, write_json, write_parquet
from fazhi.totals import check_totals
from fazhi.withheld import QUOTED, hidden_values, note_private

HISTORY = ("disputes",)  # ledgers that are looked at over all years
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
            raise SpecError(f"没有台账“{name}”，最接近的是“{nearest(name, list(ledgers), 1, 0)[0]}”。")
        return ledgers[name]


def open_year(year: int, workspace: str | Path | Workspace = "") -> Year:
    """The town's year in `workspace`, or in the folder that the caller stands in."""
    place = workspace if isinstance(workspace, Workspace) else _place(workspace)
    if not place.raw(year).is_dir():
        years = "、".join(str(known) for known in place.years()) or "无"
        raise LedgerError(
            f"data/raw 下没有 {year} 文件夹（已有年份：{years}）。请把各科室台账放入 data/raw/{year}/ 后重试。"
        )
    specs = load_specs()
    unit = load_unit(place.unit_file)
    return Year(place, year, recogniser(specs, unit, load_aliases(place.aliases_file, specs)))


def _place(folder: str | Path) -> Workspace:
    return Workspace(Path(folder).resolve()) if str(folder) else find_workspace(Path.cwd())


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Cells by the million, which all live to the end, would be gone through again and again: a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --- which file holds which ledger ---------------------------------------------------------------------------------


@_collector_at_rest()
def survey_year(year: Year) -> Survey:
    """Read all raw files; write which files hold which ledger, and the fates and issues that belong to no ledger."""
    found = survey(year.workspace, year.year, year.known)
    hidden = note_private(year.workspace, year.known, found)
    note_rows(year.workspace, year.year, found.sources)
    files = {name: sorted({file.path for file, _ in found.of(name)}) for name in year.known.specs.ledgers}
    write_json(year.processed / "sources.json", {"inputs": _inputs_read(year, found), "ledgers": files})
    fates = [
        SheetFates(source.file.path, sheet.name, "", ["not_data"] * len(sheet.rows), ["no_ledger"] * len(sheet.rows))
        for source in found.sources
        for sheet in source.file.sheets
        if not any(sheet is table.sheet for table in source.tables)
    ]
    _write_accounts(year, "_files", fates, [*_redacted(found.issues, hidden), *_missing(year, found)])
    return found


def survey_inputs(year: Year) -> dict[str, str]:
    """What a survey would depend on now: the content of every raw file and of the analyst's settings, by name."""
    folder = year.workspace.raw(year.year)
    files = {
        path.relative_to(folder).as_posix(): raw_fingerprint(path) for path in raw_files(year.workspace, year.year)
    }
    return {**files, **_besides(year)}


def _inputs_read(year: Year, found: Survey) -> dict[str, str]:
    """The same of a survey just made, by the very bytes it has read: a file may have changed, come or gone since."""
    folder = year.workspace.raw(year.year)
    files = {path: sha256 or raw_fingerprint(folder / path) for path, sha256 in found.fingerprints.items()}
    return {**files, **_besides(year)}


def _besides(year: Year) -> dict[str, str]:
    """What cannot be read for its name or kind, and the analyst's settings."""
    place = year.workspace
    unread = {issue.file: issue.found for issue in left_out(place, year.year)}
    settings = (place.unit_file, place.aliases_file, place.corrections_file(year.year))
    return {**unread, **{path.name: fingerprint(path) for path in settings if path.exists()}}


def ledger_files(year: Year) -> dict[str, list[str]]:
    """Which files hold each ledger, as surveyed; surveyed anew where a file or a setting has changed since."""
    path = year.processed / "sources.json"
    surveyed = path.exists() and (year.processed / QUOTED).exists()
    if not surveyed or read_json(path)["inputs"] != survey_inputs(year):
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


@_collector_at_rest()
def clean_ledger(year: Year, name: str, found: Survey | None = None) -> Cleaned:
    """Clean one ledger and write its clean table, fates and issues; its raw files are read unless `found` holds them."""
    ledger = year.ledger(name)
    if found is None:
        found = survey(year.workspace, year.year, year.known, only=frozenset(ledger_files(year)[name]))
    sources = found.of(name)
    cleaned = clean(ledger, sources, year.known, year.year)
    hidden = hidden_values(year.workspace, year.year, year.known, name)
    issues = [*cleaned.issues, *check_totals(cleaned, year.known, year.year)]
    cleaned = replace(cleaned, issues=_redacted(issues, hidden))
    clean_path = year.processed / "clean" / f"{name}.parquet"
    if sources:
        write_parquet(clean_path, clean_frame(cleaned, load_key(year.workspace.key_file), hidden.redact))
    else:
        remove(clean_path)
    _write_accounts(year, name, cleaned.fates, cleaned.issues)
    write_json(year.processed / "accounts" / f"{name}.layouts.json", layouts(cleaned, year.known))
    return cleaned


def mark_failed(year: Year, name: str) -> None:
    """A ledger whose cleaning broke off counts as missing, with nothing of an earlier run left in its place."""
    remove(year.processed / "clean" / f"{name}.parquet")
    remove(year.processed / "accounts" / f"{name}.layouts.json")
    title = year.ledger(name).title
    advice = "请在 JupyterLab 中打开 01_clean_ledger 运行这本台账，把出错的提示交给维护人员。报告中相应数字暂缺。"
    issue = Issue.of("ledger_failed", title, found="清理时程序出错，本台账未计入", advice=advice, ledger=name)
    _write_accounts(year, name, [], [issue])


def layouts(cleaned: Cleaned, known: Recogniser) -> list[dict[str, Any]]:
    """Which columns each sheet of a ledger has and where (0-based), its unknown titles with the columns they may be, and
    how many of its rows count."""
    return [
        {
            "file": part.file,
            "sheet": part.sheet,
            "columns": sorted(part.table.columns),
            "at": dict(part.table.columns),
            "header": part.table.first_data_row,
            "unknown": {
                title: offers(part.table, position, title, known) for position, title in part.table.unknown.items()
            },
            "kept": part.fates.count("kept"),
        }
        for part in cleaned.parts
    ]


def _redacted(issues: Sequence[Issue], hidden: Hidden) -> list[Issue]:
    """The issues without what private values their texts may quote from other columns, sheets or files."""
    mask = cache(hidden.redact)
    return [replace(i, column=mask(i.column), found=mask(i.found), advice=mask(i.advice)) for i in issues]


def _write_accounts(year: Year, name: str, fates: Sequence[SheetFates], issues: Sequence[Issue]) -> None:
    write_parquet(year.processed / "accounts" / f"{name}.rows.parquet", fate_table(fates))
    write_parquet(year.processed / "accounts" / f"{name}.issues.parquet", issue_table(issues))
