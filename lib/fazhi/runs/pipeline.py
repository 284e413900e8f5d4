"""The yearly run: bring up to date what is out of date, publish it when nothing private is in it, and record it.

The years before are read where their ledgers are there: the last one is counted for the comparisons, of the others the
ledgers that are looked at over time. All of it happens in a folder beside the results, which changes them only at the end.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from fazhi.dictionary.ledger_order import office_key
from fazhi.engine import Job, Result, Runner, notebook_files
from fazhi.errors import LedgerError, StorageError
from fazhi.issues import OpenQuestions, open_questions
from fazhi.recognition.handed_on import handing_on
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs import staleness
from fazhi.runs.notebook_runner import notebook_runner
from fazhi.runs.notebook_steps import SCOPES
from fazhi.runs.plan import Reasons, job, stale_steps
from fazhi.runs.release_gate import Release
from fazhi.runs.run_log import write_log
from fazhi.runs.settings_check import open_checked
from fazhi.runs.staleness import Step, in_scope, made_in_run_of
from fazhi.runs.year_plan import YearPlan, plan_year
from fazhi.steps.clean import mark_failed
from fazhi.town_year import TownYear
from fazhi.workspace.files import write_json
from fazhi.workspace.key import load_key
from fazhi.workspace.lock import run_lock
from fazhi.workspace.paths import Workspace, notebook_folder
from fazhi.workspace.results import RUN
from fazhi.workspace.run_record import RunRecord, read_run
from fazhi.workspace.staging import Stage

Progress = Callable[[str, int, int], None]  # label, done, all


@dataclass
class Outcome:
    """What a run did: the steps of the year that ran and why, those that failed and how, where things are, and how long each
    step took. Steps by their labels."""

    year: int
    folder: Path
    ran: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def run(
    workspace: Workspace,
    year: int,
    *,
    jobs: int = 0,
    force: bool = False,
    progress: Progress | None = None,
    runner: Runner | None = None,
    surveyor: Surveyor | None = None,
    wait: bool = True,
    on_message: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Bring a year up to date, the years before first.

    Parameters
    ----------
    workspace, year
        The town's folder and the year, as of `data/raw/<year>`.
    jobs
        Notebooks at a time; 0 for as many as there are cores. Not looked at where `runner` is given.
    force
        Run every step, due or not.
    progress
        Called with a step's label, how many steps are done, and how many there are.
    runner, surveyor
        Run the notebooks and read the raw files, and stay open afterwards; None for ones that end with this run.
    wait
        Wait while another run has the workspace, and say so by `on_message`.

    Returns
    -------
    Outcome
        A step that failed is in it, not raised: the others ran.

    Raises
    ------
    FazhiError
        The settings have faults, all of which are told, or both files of a notebook were edited; LockedError, where it is not
        to `wait`.
    StorageError
        Results cannot be written. Everything is as it was before.
    """
    town = open_checked(year, workspace)
    notebook_files.refresh(notebook_folder(), on_message)
    if not force and staleness.is_current(workspace, year):
        return Outcome(year, town.processed, written=sorted(read_run(town.processed).outputs))
    with ExitStack() as opened:
        if opened.enter_context(run_lock(workspace, wait=wait, on_message=on_message)):
            town = open_checked(year, workspace)  # the settings may have been edited in the meantime
        load_key(workspace.key_file)  # made now, so that the next run does not look out of date
        years = [known for known in workspace.years() if known <= year]
        stage = opened.enter_context(Stage(workspace, years))
        lazy = _Lazy(runner or notebook_runner(jobs), opened, kept=runner is not None)
        towns = [replace(town.in_year(known), workspace=stage.workspace) for known in years]
        with Surveyor() if surveyor is None else nullcontext(surveyor) as reading:
            plans = [plan_year(one, lazy.start, reading, force) for one in towns]
        outcome = _bring_up(year, plans, lazy, progress, stage.changed)
        stage.commit()
    write_log(town, outcome.ran, outcome.failed, outcome.seconds)
    return replace(outcome, folder=town.processed)


class _Lazy:
    """A runner that warms up only once something is to be run: a run with nothing to do is over at once.

    It is ended with the run unless its owner has `kept` it open.
    """

    def __init__(self, runner: Runner, opened: ExitStack, *, kept: bool) -> None:
        self._runner, self._opened, self._entered = runner, opened, kept

    def start(self) -> Runner:
        if not self._entered:
            self._opened.enter_context(self._runner)
            self._entered = True
        self._runner.start()
        return self._runner


def _bring_up(
    year: int, plans: Sequence[YearPlan], runner: _Lazy, progress: Progress | None, changed: Callable[[int], list[str]]
) -> Outcome:
    later = [step for plan in plans for step in plan.steps[1:]]
    wanted = made_in_run_of(year)
    new = {plan.town.processed / name for plan in plans if plan.surveyed for name in plan.steps[0].outputs}
    records = {plan.town.year: plan.record for plan in plans}
    reasons = stale_steps(later, records, plans[-1].town.workspace.processed, wanted, new)
    todo = [step for step in later if step.id in reasons and wanted(step)]
    outcome = Outcome(year, plans[-1].town.processed)
    with Release() as release:
        _open_release(plans, todo, release)
        kept = _run_notebooks(plans, todo, runner, release, progress, outcome) if todo else set()
        release.finish()
        for plan in plans:
            release.sweep(plan.town, plan.steps, changed(plan.town.year))
            _record(plan, reasons, todo, release)
            release.sweep(plan.town, plan.steps, changed(plan.town.year))  # run.json, which quotes open questions
    outcome.ran = _ran(plans[-1], {name: why for name, why in reasons.items() if name not in kept})
    steps = [step for plan in plans for step in plan.steps]
    outcome.failed = {step.label: message for step in steps if (message := release.failed.get(step.id))}
    outcome.written = sorted(read_run(outcome.folder).outputs)
    return outcome


def _ran(plan: YearPlan, reasons: Reasons) -> dict[str, list[str]]:
    first = {plan.steps[0].label: plan.surveyed} if plan.surveyed else {}
    return first | {step.label: reasons[step.id] for step in plan.steps if step.id in reasons}


def _open_release(plans: Sequence[YearPlan], todo: Sequence[Step], release: Release) -> None:
    """What is not made anew is looked through as well where more is hidden, in its year or one before, than it was then."""
    for number, plan in enumerate(plans):
        hides_more = any(before.hides_more for before in plans[: number + 1])
        if hides_more or any(step.year == plan.town.year for step in todo):
            release.open(plan.town, plan.steps[0], hides_more=hides_more)
        for step in plan.steps[1:]:
            if step not in todo:
                release.keep(plan.town, step, plan.more_files(step))


def _run_notebooks(
    plans: Sequence[YearPlan],
    todo: Sequence[Step],
    runner: _Lazy,
    release: Release,
    progress: Progress | None,
    outcome: Outcome,
) -> set[str]:
    """All notebooks and documents that are due, of all years; each is looked through as soon as it has ended.

    Gives back the ids of those that were kept: what they read came out the same.
    """
    by_year, by_id = {plan.town.year: plan for plan in plans}, {step.id: step for step in todo}
    count, kept = _counter(progress, len(todo), by_id), set()

    def of(job: Job) -> tuple[Step, YearPlan]:
        return by_id[job.name], by_year[by_id[job.name].year]

    def is_stale(job: Job) -> bool:
        step, plan = of(job)
        if not plan.is_stale(step):
            return False
        plan.clear(step)
        return True

    def on_event(event: str, job: Job, result: Result | None) -> None:
        step, plan = of(job)
        count(job, result)
        if result is not None and result.status == "kept":
            kept.add(job.name)
            release.keep(plan.town, step, plan.more_files(step))
        elif result is not None:
            if step.year == outcome.year:
                outcome.seconds[step.label] = result.seconds
            _ended(plan, step, result, release)

    with ExitStack() as handed:
        jobs = []
        for step in sorted(todo, key=lambda step: step.priority):
            plan = by_year[step.year]
            raw = plan.town.workspace.raw(step.year)
            environ = handed.enter_context(handing_on(plan.found, raw, step.ledger)) if step.ledger else {}
            jobs.append(replace(job(plan.town, step, list(by_id)), environ=environ))
        for plan in plans:
            plan.found = None
        runner.start().run(jobs, on_event, is_stale)
    return kept


def _ended(plan: YearPlan, step: Step, result: Result, release: Release) -> None:
    """A ledger that cannot be cleaned is missing, and the rest goes on; a disk that is full stops the run."""
    if result.error == StorageError.__name__:
        raise StorageError(f"{step.label}没有完成：{result.message}")
    if result.status == "skipped":
        plan.clear(step)
    if result.status != "done" and step.ledger:
        mark_failed(plan.town, step.ledger)
    release.take(plan.town, step, result)


def _counter(progress: Progress | None, total: int, by_id: Mapping[str, Step]) -> Callable[[Job, Result | None], None]:
    done = 0

    def count(job: Job, result: Result | None) -> None:
        nonlocal done
        done += result is not None
        if progress is not None:
            progress(by_id[job.name].label, done, total)

    return count


def _record(plan: YearPlan, reasons: Reasons, todo: Sequence[Step], release: Release) -> None:
    """Write run.json last: what each finished step was made from, and the fingerprints of what it wrote."""
    town, old = plan.town, read_run(plan.town.processed)
    made = {step.id for step in todo} - release.failed.keys()
    current = [s for s in plan.steps if s.id in made or (s.id not in reasons and s.id not in release.failed)]
    files_of = {step.name: release.files.get(step.id, old.files.get(step.name, [])) for step in current}
    files = {name: sorted(found) for name, found in files_of.items() if found}
    names = {name for step in current for name in staleness.written_by(step, files)}
    made_whole = [scope for scope in SCOPES if all(s in current for s in plan.steps if in_scope(s, scope))]
    record = RunRecord(
        year=town.year,
        town=town.settings.unit.name,
        complete=not any(step.id in release.failed for step in plan.steps),
        made=made_whole,
        open=_open(town, old.open),
        around=plan.around,
        versions=staleness.versions(),
        fonts={**old.fonts, **release.fonts},
        files=files,
        steps={step.name: step.fingerprints() for step in current},
        outputs=staleness.outputs_of(town.processed, names),
    )
    write_json(town.processed / RUN, record)


def _open(town: TownYear, recorded: OpenQuestions) -> OpenQuestions:
    """The year's open questions as the command tells them, with the figures that they may change; else what was `recorded`."""
    try:
        statistics = town.results.statistics()
        issues = town.results.issues() if town.results.is_counted else []
    except (ValueError, LedgerError):  # a year before that this run does not count, counted by another version of fazhi
        return recorded
    entries = statistics.indicators if statistics is not None else {}
    figures = [name for name, entry in entries.items() if entry.status == "open"]
    return open_questions(issues, office_key(town.settings.specs.ledgers.values()), figures)
