"""The second step: all ledgers' accounts gathered, the indicators computed, statistics.json written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from fazhi.cleaning.clean_table import SOURCE
from fazhi.cleaning.fate_labels import FATES
from fazhi.dictionary.models import Indicator, Ledger
from fazhi.errors import LedgerError
from fazhi.indicators import restated
from fazhi.indicators.emptied import emptied_ledgers
from fazhi.indicators.in_no_year import in_no_year
from fazhi.indicators.measure import Number, doubts, entry, may_count
from fazhi.indicators.open_rows import OpenRows
from fazhi.indicators.plan_targets import compare, load_mapping
from fazhi.indicators.published_figures import read_published
from fazhi.indicators.reported_totals import with_reported
from fazhi.indicators.table_specs import load_summaries
from fazhi.indicators.two_years import in_two_years
from fazhi.indicators.year_on_year import year_on_year_questions
from fazhi.issues import Issue, open_issues, unread_files
from fazhi.returns.index import note_needs
from fazhi.returns.resubmissions import compare_with_previous
from fazhi.steps.publication import write_publication
from fazhi.steps.summaries import clean_tables
from fazhi.town_year import TownYear
from fazhi.workspace import results
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.files import exact_number, read_parquet, write_json, write_parquet
from fazhi.workspace.issue_table import issue_frame, nullable, read_account
from fazhi.workspace.reported_figures import ReportedFigure, read_figures
from fazhi.workspace.year_statistics import IndicatorEntry, LedgerState, PlanTarget, Received, Statistics

TARGETS = "上年计划的目标"  # what questions about last year's plan bear on


def gather_accounts(town: TownYear) -> tuple[pd.DataFrame, list[Issue]]:
    """All fates and all issues of the year, from the accounts of its ledgers. Raises LedgerError where no ledger was cleaned."""
    if not town.results.account_files("rows"):
        raise LedgerError(f"{town.year}年的台账尚未清理。请先逐本运行 01_clean_ledger，或 fazhi run {town.year}。")
    rows = pa.concat_tables(map(read_parquet, town.results.account_files("rows")))
    fates = nullable(rows.sort_by([(name, "ascending") for name in ("file", "sheet", "row")]))
    issues = [issue for path in town.results.account_files("issues") for issue in read_account(path)]
    return fates.astype({"row": "int64"}), issues


def compute_statistics(
    town: TownYear, tables: dict[str, CleanRows], waiting: OpenRows, fates: pd.DataFrame
) -> tuple[Statistics, dict[str, list[Issue]]]:
    """The year's statistics: every indicator, the plan's targets, the state of each ledger; and by indicator the questions
    that its value raises."""
    before, specs, ledgers = _previous(town), town.settings.specs, town.ledgers
    last = before.indicators if before is not None else {}
    printed, own = (
        read_published(town.workspace.published_file(n), specs.indicators) for n in (town.year - 1, town.year)
    )
    indicators, asked = {}, {}
    figures = read_figures(town.processed)
    reported_of = {specs.indicators[name].ledger for name in figures if name in specs.indicators}
    kept = {name: one for name, one in specs.ledgers.items() if name in ledgers or name in reported_of}
    for name, spec in specs.indicators.items():
        if spec.ledger not in ledgers and name not in figures:
            continue
        moved = restated.restated(spec, last.get(name), printed.get(name), town.settings.unit)
        compared = restated.base(last.get(name), moved)
        answered, questions = _answer(town, spec, tables, compared, waiting, figures.get(name, ()))
        answered = replace(answered, restated=moved)
        questions += restated.questions(spec, answered, own.get(name))
        if not spec.optional or questions or answered.value or answered.previous or answered.denominator:
            indicators[name], asked[name] = answered, questions
    counts = Counter(_places(fates, "ledger", "fate"))
    unit = town.settings.unit
    planned, moved_targets = restated.as_printed(before.plan_targets if before is not None else [], printed, town.year)
    asked[TARGETS] = moved_targets
    return Statistics(
        year=town.year,
        town=unit.name,
        indicators=indicators,
        plan_targets=plan_targets(tables, len(waiting.of("plan_targets", ("indicator", "target", "unit")))),
        previous_plan_targets=planned,
        plan_results=compare(planned, indicators, town.settings.aliases.plans, load_mapping(specs)),
        summaries={
            one.id: len(waiting.of(one.ledger, one.looks_at)) for one in load_summaries(specs) if one.ledger in kept
        },
        villages=_village_kinds(unit.villages),
        ledgers={name: _ledger_state(ledger, name in tables, counts) for name, ledger in kept.items()},
    ), asked


def _answer(
    town: TownYear,
    spec: Indicator,
    tables: dict[str, CleanRows],
    last: Number | None,
    waiting: OpenRows,
    figures: Sequence[ReportedFigure],
) -> tuple[IndicatorEntry, list[Issue]]:
    """An indicator's entry, and what is said of its value; where that is a question it may still move, whatever rows it rests on."""
    lacking = _rows_without(town, spec)
    table = tables.get(spec.ledger) if lacking is not None else None
    doubtful = waiting.of(spec.ledger, spec.looks_at)
    answered = entry(
        spec, town.settings.specs.ledgers[spec.ledger], table, town.year, last, len(doubtful) + (lacking or 0)
    )
    blank: set[Any] = set()
    if table is not None and answered.value == 0:
        sources = [*zip(*(table[name] for name in SOURCE), strict=True)]
        blank = {sources[place] for place in may_count(table, spec)} - doubtful
    answered, said = with_reported(spec, answered, figures)
    asked = [*doubts(spec, answered, len(blank)), *said]
    if any(issue.severity != "info" for issue in asked):
        answered = replace(answered, open_rows=max(1, answered.open_rows + len(blank)), status="open")
    return answered, asked


def write_statistics(town: TownYear) -> Statistics:
    """Gather the accounts, compute and write rows.parquet, issues.parquet, statistics.json and what of it may be
    published; give back the statistics."""
    fates, issues = gather_accounts(town)
    tables = clean_tables(town)
    beside_last_year = [
        *emptied_ledgers(town, tables, fates),
        *year_on_year_questions(town, tables),
        *in_two_years(town, tables),
        *in_no_year(town, tables),
    ]
    issues += sorted(beside_last_year, key=Issue.sort_key)
    waiting = open_rows(town, issues, fates)
    statistics, asked = compute_statistics(town, tables, waiting, fates)
    everything = _with_changes(town, issues, asked, waiting)
    statistics = replace(statistics, received=_received(town, everything))
    write_parquet(town.processed / results.FATES, fates)
    write_parquet(town.processed / results.ISSUES, issue_frame(everything))
    write_json(town.processed / results.STATISTICS, statistics)
    write_publication(town, statistics)
    compare_with_previous(town.processed, everything, fates)
    note_needs(town.processed, everything)
    return statistics


def _received(town: TownYear, issues: Sequence[Issue]) -> Received:
    """How many files were received and not read, and which ledgers may lie in them."""
    unread = unread_files(issues)
    titles = {title for found in unread.values() for title in found}
    ledgers = [name for name, spec in town.settings.specs.ledgers.items() if spec.title in titles]
    return Received(len(unread), ledgers)


def _with_changes(
    town: TownYear, issues: Sequence[Issue], asked: Mapping[str, Sequence[Issue]], waiting: OpenRows
) -> list[Issue]:
    """All issues, the gravest first, each with the office it concerns and the labels of the figures that it may change."""
    indicators = town.settings.specs.indicators
    counted = [indicators[name] for name in asked if name in indicators]
    changes = cache(lambda issue: "、".join(waiting.changes(issue, counted)))
    everything = [replace(issue, changes=changes(_deciding(issue))) for issue in issues] + [
        replace(question, changes=indicators[name].label if name in indicators else name)
        for name, questions in asked.items()
        for question in sorted(questions, key=Issue.sort_key)
    ]
    found = [replace(issue, office=_office(town, issue.file, issue.ledger)) for issue in everything]
    return sorted(found, key=lambda issue: issue.rank)


def _deciding(issue: Issue) -> Issue:
    """What of an issue decides which figures it may change; what was found says whose it is where nothing else does."""
    return replace(issue, row=None, expected="", advice="", question="", found="" if issue.ledger else issue.found)


def _office(town: TownYear, file: str, ledger: str) -> str:
    """The office in whose folder a file lies; else the one that owes the ledger."""
    folder, _, rest = file.partition("/")
    owed = town.settings.specs.ledgers[ledger].office if ledger else ""
    return folder if rest and folder != "data" else owed


def _previous(town: TownYear) -> Statistics | None:
    """Last year's statistics, where last year's ledgers are still there."""
    last = replace(town, year=town.year - 1)
    is_there = last.workspace.raw(last.year).is_dir() and (last.processed / results.STATISTICS).exists()
    return last.statistics() if is_there else None


def _rows_without(town: TownYear, spec: Indicator) -> int | None:
    """Rows that count in sheets without a column the indicator looks at; None where no sheet has them all: no figure then, not 0."""
    sheets = town.results.layouts(spec.ledger)
    lacking = [sheet for sheet in sheets if not spec.looks_at <= set(sheet.columns)]
    return None if sheets and len(lacking) == len(sheets) else sum(sheet.kept for sheet in lacking)


def open_rows(town: TownYear, issues: Iterable[Issue], fates: pd.DataFrame) -> OpenRows:
    """Which rows may still change the year's figures."""
    rows: dict[tuple[str, str], dict[int, str]] = {}
    counting = fates[~fates["fate"].isin(["not_data", "other_ledger", "other_town", "superseded"])]
    for file, sheet, row, fate in _places(counting, "file", "sheet", "row", "fate"):
        rows.setdefault((file, sheet), {})[row] = fate
    ledgers = town.ledgers
    sheets = {
        name: {(sheet.file, sheet.sheet): sheet.columns for sheet in town.results.layouts(name)} for name in ledgers
    }
    return OpenRows(ledgers, sheets, rows, open_issues(issues))


def _places(rows: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows[name].tolist() for name in names), strict=True)


def plan_targets(tables: dict[str, CleanRows], open_rows: int) -> list[PlanTarget]:
    """The coming year's targets as the office wrote them, with the row each stands in, and how many rows may change them."""
    table = tables.get("plan_targets")
    if table is None:
        return []
    columns = (table[name] for name in ("indicator", "target", "unit", *SOURCE))
    return [
        PlanTarget(
            indicator=indicator,
            target=None if target is None else exact_number(Decimal(str(target))),
            unit=unit,
            file=file,
            sheet=sheet,
            row=row,
            open_rows=open_rows,
        )
        for indicator, target, unit, file, sheet, row in zip(*columns, strict=True)
    ]


def _village_kinds(villages: Sequence[str]) -> dict[str, int]:
    towns = sum(name.endswith(("社区", "居委会", "居民委员会", "居")) for name in villages)
    return {"村": len(villages) - towns, "居": towns}


def _ledger_state(ledger: Ledger, read: bool, counts: Counter[tuple[Any, ...]]) -> LedgerState:
    fates = {fate: counts[ledger.id, fate] for fate in FATES}
    return LedgerState(ledger.title, ledger.office, "read" if read else "missing", fates)
