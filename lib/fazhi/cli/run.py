"""What `fazhi run` tells the analyst: a table by ledger, what to decide, what was written and where."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from fazhi.cleaning.fate_labels import FATE_LABELS, fates_met
from fazhi.engine import Runner
from fazhi.returns.resubmissions import resubmissions
from fazhi.runs.nothing_to_do import document_lines, exit_code, open_lines, publication_lines, restated_lines
from fazhi.runs.pipeline import Outcome, run
from fazhi.workspace.paths import Workspace, latest_year, misplaced, place
from fazhi.workspace.results import YearResults
from fazhi.workspace.run_record import read_run
from fazhi.workspace.year_statistics import Statistics

MAXIMUM_WIDTH = 400  # of a table, however wide the terminal


@dataclass(frozen=True)
class Wanted:
    """What of a run is told: JSON, nothing but what failed, or also each step."""

    as_json: bool = False
    quiet: bool = False
    verbose: bool = False


def run_command(
    folder: Path | None, year: int | None, runner: Runner, wanted: Wanted, *, force: bool, wait: bool = True
) -> int:
    """`fazhi run`: 0 done, 1 when an issue needs a decision, 2 when a step failed."""
    started = time.perf_counter()
    workspace = place(folder)
    year = latest_year(workspace, year)
    console = Console(stderr=wanted.as_json, quiet=wanted.quiet, highlight=False)
    with _bar(console) as bar:
        task = bar.add_task("读取台账", total=None)
        outcome = run(
            workspace,
            year,
            runner=runner,
            force=force,
            wait=wait,
            on_message=console.print,
            progress=lambda label, done, total: bar.update(task, description=label, completed=done, total=total),
        )
    if wanted.as_json:
        print(json.dumps(_summary(outcome), ensure_ascii=False, indent=2))
    else:
        for line in _step_lines(outcome) if wanted.verbose else ():
            console.print(escape(line), soft_wrap=True)
        _report(console, workspace, outcome, time.perf_counter() - started)
    for message, labels in _failures(outcome).items():
        print(f"{'、'.join(labels)}没有完成：{message}", file=sys.stderr)
    return 2 if outcome.failed else exit_code(outcome.folder)


def _failures(outcome: Outcome) -> dict[str, list[str]]:
    """Each message once -> the steps that failed with it."""
    found: dict[str, list[str]] = {}
    for label, message in outcome.failed.items():
        found.setdefault(message.partition("时出错：")[2] or message, []).append(label)
    return found


def _step_lines(outcome: Outcome) -> Iterator[str]:
    """What ran, why, and how long it took."""
    for label, reasons in outcome.ran.items():
        took = f"，{outcome.seconds[label]:.1f} 秒" if label in outcome.seconds else ""
        yield f"{label}：因{'；'.join(reasons)}{took}"


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal or console.quiet,
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


def _report(console: Console, workspace: Workspace, outcome: Outcome, seconds: float) -> None:
    if not outcome.ran:
        console.print(f"{outcome.year}年没有改动，不必重做。")
    statistics = YearResults(outcome.folder).statistics()
    if outcome.ran and statistics is not None:
        print_whole(console, _ledger_table(statistics))
    for one in resubmissions(outcome.folder):
        console.print(escape(one.sentence), soft_wrap=True)
    for line in (*misplaced(workspace), *open_lines(read_run(outcome.folder).open)):
        console.print(escape(line), soft_wrap=True)
    for line in (*restated_lines(outcome.folder), *publication_lines(outcome.folder)):
        console.print(escape(line), soft_wrap=True)
    for line in document_lines(outcome.folder, outcome.written):
        console.print(escape(line), soft_wrap=True)
    console.print(f"用时 {seconds:.1f} 秒。")


def print_whole(console: Console, table: Table) -> None:
    """A table with all its columns however narrow the terminal: numbers that were cut off would be others."""
    width, console.width = console.width, MAXIMUM_WIDTH
    needed = Measurement.get(console, console.options, table).maximum
    console.width = max(width, needed)
    console.print(table, crop=False)
    console.width = width


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
