"""What a run of a year would do, and why; nothing is done."""

from collections.abc import Collection

from fazhi.privacy.row_fingerprints import changed_rows, fingerprint_rows, noted_rows
from fazhi.recognition.survey import survey
from fazhi.runs.plan import later_steps, stale_steps, survey_step
from fazhi.runs.settings_check import open_checked
from fazhi.runs.staleness import Step, made_in_run_of
from fazhi.runs.year_plan import why_survey
from fazhi.town_year import TownYear
from fazhi.workspace.key import load_key
from fazhi.workspace.paths import Workspace
from fazhi.workspace.run_record import NO_RUN, RunRecord, read_run


def status(workspace: Workspace, year: int) -> dict[str, list[str]]:
    """Every step that a run of the year would make, and why, without making any.

    Returns
    -------
    dict
        Label of each step, that of a year before with its year in front -> reasons in Chinese; empty where nothing is due.

    Raises
    ------
    FazhiError
        The settings have faults, all of which are told.
    """
    town = open_checked(year, workspace)
    steps: list[Step] = []
    records: dict[int, RunRecord] = {}
    reasons_by_step: dict[str, list[str]] = {}
    for known in (known for known in workspace.years() if known <= year):
        one, label = town.in_year(known), "" if known == year else f"{known}年"
        records[known] = read_run(one.processed)
        first = survey_step(one)
        if reasons := why_survey(first, records[known], one):
            reasons_by_step[label + first.label] = _with_rows(one, first, reasons)
            reasons_by_step |= {f"{label}其后各步": ["台账有改动，认清后再定"]} if records[known] != NO_RUN else {}
        else:
            steps += later_steps(one, first)
    wanted = made_in_run_of(year)
    found = stale_steps(steps, records, workspace.processed, wanted)
    shown = [step for step in steps if step.id in found and wanted(step)]
    return reasons_by_step | {("" if s.year == year else f"{s.year}年") + s.label: found[s.id] for s in shown}


def _with_rows(town: TownYear, first: Step, reasons: list[str]) -> list[str]:
    """The reasons, with the number of rows that changed where a raw file did."""
    before = noted_rows(town.processed)
    changed = frozenset(name for name in first.inputs if name in before and f"{name} 有改动" in reasons)
    if not (changed and town.workspace.key_file.exists()):
        return reasons  # and no key is made: nothing is written here
    found = survey(town.workspace, town.year, town.settings, only=changed).sources
    now = fingerprint_rows(found, load_key(town.workspace.key_file))
    rows = {f"{name} 有改动": changed_rows(before[name], now.get(name, {})) for name in changed}
    return [reason.replace("有改动", f"改动 {rows[reason]} 行") if rows.get(reason) else reason for reason in reasons]


def step_graph(workspace: Workspace, year: int, due: Collection[str]) -> str:
    """Draw the steps of a year and what each comes after as a Mermaid flowchart; those that are `due`, by label, stand out."""
    town = open_checked(year, workspace)
    first = survey_step(town)
    later = list(later_steps(town, first))
    names = {step.id: f"s{number}" for number, step in enumerate([first, *later])}
    lines = ["flowchart LR", *(f'  {names[step.id]}["{step.label}"]' for step in (first, *later))]
    for step in later:
        before = [name for name in step.after if name in names] or [first.id]
        lines += [f"  {names[name]} --> {names[step.id]}" for name in before]
    stale = [names[step.id] for step in (first, *later) if step.label in due]
    return "\n".join([*lines, *(["  classDef due fill:#fde68a", f"  class {','.join(stale)} due"] if stale else [])])
