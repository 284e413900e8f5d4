"""What `fazhi run` and `fazhi status` tell the analyst: a table by ledger, what to decide, what was written and where."""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from fazhi.cleaning.fate_labels import FATE_LABELS, fates_met
from fazhi.engine import Runner
from fazhi.errors import LedgerError
from fazhi.issues import unread_files, unread_lines
from fazhi.returns.resubmissions import resubmissions
from fazhi.runs.nothing_to_do import document_lines, exit_code, open_lines, publication_lines
from fazhi.runs.pipeline import Outcome, run
from fazhi.runs.status import status
from fazhi.workspace.notebook_pairs import out_of_step, sentence
from fazhi.workspace.paths import Workspace, latest_year, misplaced, notebook_folder, place
from fazhi.workspace.results import YearResults
from fazhi.workspace.run_record import read_run
from fazhi.workspace.year_statistics import Statistics


def run_command(
    folder: Path | None, year: int | None, runner: Runner, *, force: bool, as_json: bool, wait: bool = True
) -> int:
    """`fazhi run`: 0 done, 1 when an issue needs a decision, 2 when a step failed."""
    started = time.perf_counter()
    workspace = place(folder)
    year = latest_year(workspace, year)
    console = Console(stderr=as_json, highlight=False)
    with _bar(console) as bar:
        task = bar.add_task("读取台账", total=None)
        outcome = run(
            workspace,
            year,
            runner=runner,
            force=force,
            wait=wait,
            tell=console.print,
            progress=lambda label, done, total: bar.update(task, description=label, completed=done, total=total),
        )
    if as_json:
        print(json.dumps(_summary(outcome), ensure_ascii=False, indent=2))
    else:
        _tell(console, workspace, outcome, time.perf_counter() - started)
    for label, message in outcome.failed.items():
        print(f"{label}没有完成：{message}", file=sys.stderr)
    return 2 if outcome.failed else exit_code(outcome.folder)


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _summary(outcome: Outcome) -> dict[str, Any]:
    results = YearResults(outcome.folder)
    return {
        "year": outcome.year,
        "folder": str(outcome.folder),
        "ran": outcome.ran,
        "failed": outcome.failed,
        "written": outcome.written,
        "mended": [{**asdict(one), "told": one.sentence} for one in resubmissions(outcome.folder)],
        "issues": [vars(issue) for issue in results.issues()] if results.is_counted else [],
    }


def _tell(console: Console, workspace: Workspace, outcome: Outcome, seconds: float) -> None:
    if not outcome.ran:
        console.print(f"{outcome.year}年没有改动，不必重做。")
    statistics = YearResults(outcome.folder).statistics()
    if outcome.ran and statistics is not None:
        console.print(_ledger_table(statistics))
    for one in resubmissions(outcome.folder):
        console.print(escape(one.sentence), soft_wrap=True)
    for line in (*misplaced(workspace), *open_lines(read_run(outcome.folder).open)):
        console.print(escape(line), soft_wrap=True)
    for line in publication_lines(outcome.folder):
        console.print(escape(line), soft_wrap=True)
    for line in document_lines(outcome.folder, outcome.written):
        console.print(escape(line), soft_wrap=True)
    console.print(f"用时 {seconds:.1f} 秒。")


def _ledger_table(statistics: Statistics) -> Table:
    """A row a ledger, narrow enough for a terminal of 80 columns: a fate that no row met has no column."""
    title = f"{statistics.town} {statistics.year} 年台账各行去向"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 1))
    table.add_column("台账", no_wrap=True)
    met = fates_met(state.fates for state in statistics.ledgers.values())
    for heading in ("读到", *(FATE_LABELS[fate] for fate in met)):
        table.add_column(heading, justify="right", no_wrap=True)
    for state in statistics.ledgers.values():
        name = escape(state.title.removesuffix("台账"))
        if state.status == "missing":
            table.add_row(name, "缺")
        else:
            table.add_row(name, *(str(count or "") for count in (state.read, *(state.fates[fate] for fate in met))))
    return table


def status_command(folder: Path | None, year: int | None, *, as_json: bool) -> int:
    """`fazhi status`: every step that would run, and why."""
    workspace = place(folder)
    year = latest_year(workspace, year)
    due = status(workspace, year)
    pairs = [sentence(source, by) for source, by in out_of_step(notebook_folder()).items()]
    if as_json:
        print(json.dumps(due, ensure_ascii=False, indent=2))
        return 0
    for line in (*pairs, *_unread(YearResults(workspace.processed(year)))):
        print(line)
    if not (due or pairs):
        print(f"{year}年已是最新。")
    for label, reasons in due.items():
        print(f"{label}：因{_few(reasons)}")
    return 0


def _unread(results: YearResults) -> list[str]:
    """Lines about files that were received and not read."""
    try:
        return unread_lines(unread_files(results.issues()))
    except LedgerError:  # not counted, or by another version of fazhi: the steps that are due are told
        return []


def _few(reasons: Sequence[str], most: int = 3) -> str:
    return "；".join(reasons[:most]) + (f" 等 {len(reasons)} 项" if len(reasons) > most else "")
