"""A run that finds nothing to do: told at once, from the record of the last run, without loading what runs a year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from fazhi.issues import SEVERITY_LABELS, OpenQuestions
from fazhi.number_words import shown_exactly
from fazhi.runs.notebook_steps import NOTEBOOKS, REPORT
from fazhi.runs.staleness import is_current
from fazhi.workspace.files import read_as
from fazhi.workspace.notebook_pairs import out_of_step
from fazhi.workspace.paths import FOLDER, latest_year, misplaced, notebook_folder, place
from fazhi.workspace.report_check import report_faults
from fazhi.workspace.results import DISCLOSURE, STATISTICS, WORKING, YearResults
from fazhi.workspace.run_record import read_run

MAXIMUM_FAULTS = 10  # lines about the draft itself; its first page has them all


def report_unchanged(folder: Path | None, year: int | None) -> int | None:
    """Print that nothing has changed and what still needs a decision; nothing where a run is due.

    Parameters
    ----------
    folder
        The workspace; None for the one that the current folder lies in.
    year
        None for the last one.

    Returns
    -------
    int or None
        The exit code: 1 where something needs a decision, else 0; None where a run is due.
    """
    workspace = place(folder)
    year = latest_year(workspace, year)
    if out_of_step(notebook_folder()) or not is_current(workspace, year):
        return None
    results = workspace.processed(year)
    record = read_run(results)
    lines = (
        *misplaced(workspace),
        *open_lines(record.open),
        *restated_lines(results),
        *publication_lines(results),
        *document_lines(results, sorted(record.outputs)),
    )
    print(f"{year}年没有改动，不必重做。", *lines, sep="\n")
    return exit_code(results)


def exit_code(results: Path) -> int:
    """1 where an issue needs a decision, or the draft itself says what the ledgers do not."""
    return 1 if read_run(results).open.counts["error"] or report_faults(results) else 0


def open_lines(questions: OpenQuestions) -> Iterator[str]:
    """What needs a decision, as lines by office; the rest only counted."""
    counts = Counter(questions.counts)  # none where there was no run
    yield from questions.received
    for severity, alike in groupby(questions.groups, key=attrgetter("severity")):
        yield f"{SEVERITY_LABELS[severity]} {counts[severity]} 处："
        for office, groups in groupby(alike, key=attrgetter("office")):
            yield from [f"  {office}"] if office else []
            yield from (f"  · {group.line}" for group in groups)
    if questions.more:
        yield f"  另有 {questions.more} 处没有列在这里。"
    notes = f"，{SEVERITY_LABELS['info']} {counts['info']} 处" if counts["info"] else ""
    if questions.groups or notes:
        asked = "，".join(f"{SEVERITY_LABELS[name]} {counts[name]} 处" for name in ("error", "warning") if counts[name])
        yield f"全部事项见工作底稿 {WORKING} 的“待处理事项”：{(asked + notes).removeprefix('，')}。"


def publication_lines(results: Path) -> Iterator[str]:
    """Whether what is published gives small numbers away, and how much was left out for that."""
    disclosure = YearResults(results).disclosure()
    if disclosure is None:
        return
    inside = f"见 {DISCLOSURE}（内部）"
    if disclosure["open"]:
        yield f"公布核查：上年的材料已能推出 {len(disclosure['open'])} 个小于公布下限的数，{inside}。"
        return
    left_out = (
        f"；为此改粗或隐去 {len(disclosure['withheld'])} 处，{inside}" if disclosure["withheld"] else "，没有隐去"
    )
    yield f"公布核查：由公布的各数推不出小于公布下限的数{left_out}。"


def restated_lines(results: Path) -> Iterator[str]:
    """Last year's figures that were published otherwise, once it is decided which is compared; until then they are asked about."""
    path = results / STATISTICS
    entries = read_as(path, lambda content: content["indicators"]).values() if path.exists() else ()
    moved = [entry for entry in entries if (entry.get("restated") or {}).get("decided")]
    if moved:
        yield f"上年的数在公布以后有变动的 {len(moved)} 个："
    for entry in moved:
        known, unit = entry["restated"], entry["unit"]
        today = "没有" if known["today"] is None else shown_exactly(known["today"], unit)
        which = "公布数" if known["compared"] == "printed" else "现台账"
        yield f"  · {entry['label']}：公布 {shown_exactly(known['printed'], unit)}，现台账 {today}；比较用{which}"


def document_lines(results: Path, written: Sequence[str]) -> Iterator[str]:
    """Where the report lies, and what else was made for readers."""
    for notebook in NOTEBOOKS:
        if made := [name for name in notebook.documents if name in written]:
            said = f"报告在 {results}" if notebook is REPORT else f"  · {notebook.label}"
            yield f"{said}：{'、'.join(made)}"
            if notebook is REPORT:
                yield from (f"  ! {line}" for line in report_faults(results)[:MAXIMUM_FAULTS])
    if WORKING in written:
        yield f"  · 工作底稿（内部，不公布）：{WORKING}"
    if returned := sum(name.startswith(f"{FOLDER}/") for name in written):
        yield f"  · 退回科室更正：{FOLDER}/ 下 {returned} 个工作簿"
