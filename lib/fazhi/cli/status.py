"""What `fazhi status` tells: what a run would do and why, and what is open since the last one. It writes nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from fazhi.errors import LedgerError
from fazhi.issues import unread_files, unread_lines
from fazhi.runs.nothing_to_do import open_lines
from fazhi.runs.staleness import is_current
from fazhi.workspace.notebook_pairs import out_of_step, sentence
from fazhi.workspace.paths import Workspace, latest_year, misplaced, notebook_folder, place
from fazhi.workspace.results import YearResults
from fazhi.workspace.run_record import NO_RUN, read_run


def status_command(folder: Path | None, year: int | None, *, as_json: bool, as_graph: bool = False) -> int:
    """`fazhi status`: every step that would run, and why; then what needs a decision since the last run."""
    workspace = place(folder)
    year = latest_year(workspace, year)
    due = {} if is_current(workspace, year) else _steps_due(workspace, year)
    if as_graph:
        print(_step_graph(workspace, year, due))
        return 0
    record = read_run(workspace.processed(year))
    open_questions = record.open
    if as_json:
        print(json.dumps({"due": due, "open": asdict(open_questions)}, ensure_ascii=False, indent=2))
        return 0
    pairs = [sentence(source, by) for source, by in out_of_step(notebook_folder()).items()]
    for line in (*pairs, *misplaced(workspace)):
        print(line)
    if not (due or pairs):
        print(f"{year}年已是最新。")
    for label, reasons in due.items():
        print(f"{label}：因{_few(reasons)}")
    unread = _unread(YearResults(workspace.processed(year))) if record == NO_RUN else []
    for line in (*unread, *open_lines(open_questions)):
        print(line)
    return 0


def _steps_due(workspace: Workspace, year: int) -> dict[str, list[str]]:
    from fazhi.runs.status import status  # loads what runs a year: a year that is current needs none of it

    return status(workspace, year)


def _step_graph(workspace: Workspace, year: int, due: Mapping[str, Sequence[str]]) -> str:
    from fazhi.runs.status import step_graph

    return step_graph(workspace, year, due)


def _unread(results: YearResults) -> list[str]:
    """Lines about files that were received and not read, of a year that no run has finished."""
    try:
        return unread_lines(unread_files(results.issues()))
    except LedgerError:  # not counted, or by another version of fazhi: the steps that are due are told
        return []


def _few(reasons: Sequence[str], most: int = 3) -> str:
    return "；".join(reasons[:most]) + (f" 等 {len(reasons)} 项" if len(reasons) > most else "")
