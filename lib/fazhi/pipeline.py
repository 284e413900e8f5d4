"""The yearly run: bring up to date what is out of date, publish it when nothing private is in it, and record it.

The year before is read and counted first where its ledgers are there, for the comparisons.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from fazhi import freshness
from fazhi.disclosure import KIND_LABELS, Secrets, offences, secrets
from fazhi.engine import Job, Result, Runner
from fazhi.errors import FazhiError
from fazhi.freshness import Step
from fazhi.paths import Workspace
from fazhi.plan import CLEAN, DOCUMENTS, job, later_steps, survey_step
from fazhi.pseudonyms import load_key
from fazhi.sources import Survey, survey
from fazhi.steps import Year, mark_failed, open_year, survey_year
from fazhi.storage import write_bytes, write_json

WARM = ("fazhi.views", "fazhi.report", "fazhi.intake.worker")  # loaded once, before the notebooks' processes part

Progress = Callable[[str, int, int], None]  # label, done, all


@dataclass
class Outcome:
    """What a run did: the steps that ran and why, those that failed and how, and where things are."""

    year: int
    folder: Path
    ran: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    fonts: dict[str, str] = field(default_factory=dict)


def run(
    workspace: Workspace, year: int, *, jobs: int = 0, force: bool = False, progress: Progress | None = None
) -> Outcome:
    """Bring a year up to date, the year before first. Raises `FazhiError` where the year cannot be opened at all."""
    town = open_year(year, workspace.root)
    load_key(workspace.key_file)  # made now, so that the next run does not look out of date
    with ExitStack() as opened:
        runner = _Lazy(Runner(jobs=jobs, warm=WARM), opened)
        if workspace.raw(year - 1).is_dir():
            _bring_up(open_year(year - 1, workspace.root), runner, force, None, documents=False)
        return _bring_up(town, runner, force, progress, documents=True)


class _Lazy:
    """A runner that warms up only once something is to be run: a run with nothing to do is over at once."""

    def __init__(self, runner: Runner, opened: ExitStack) -> None:
        self._runner, self._opened, self._started = runner, opened, False

    def start(self) -> Runner:
        if not self._started:
            self._opened.enter_context(self._runner)
            self._started = True
        return self._runner


def status(workspace: Workspace, year: int) -> dict[str, list[str]]:
    """Every step of the year that would run, and why, without running any."""
    town = open_year(year, workspace.root)
    record = freshness.read_run(town.processed)
    survey_now = survey_step(town)
    reasons = freshness.stale(survey_now, record, town.processed)
    found = {survey_now.label: reasons}
    if not reasons:
        found |= {step.label: freshness.stale(step, record, town.processed) for step in later_steps(town)}
    elif record:
        found["其后各步"] = ["台账有改动，认清后再定"]
    return {label: why for label, why in found.items() if why}


def _bring_up(town: Year, runner: _Lazy, force: bool, progress: Progress | None, documents: bool) -> Outcome:
    record = {} if force else freshness.read_run(town.processed)
    outcome = Outcome(town.year, town.processed)
    first = survey_step(town)
    found = None
    if reasons := freshness.stale(first, record, town.processed):
        runner.start()  # warms up while the files are read
        found = survey_year(town)
        outcome.ran[first.label] = reasons
    plan = [step for step in later_steps(town) if documents or step.name not in DOCUMENTS]
    due = [step for step in plan if freshness.stale(step, record, town.processed)]
    outcome.ran |= {step.label: freshness.stale(step, record, town.processed) for step in due}
    if due:
        _run_notebooks(town, due, runner, progress, outcome)
        _publish(town, due, _secrets(town, found), outcome)
    _record(town, [first, *plan], outcome)
    return outcome


def _run_notebooks(town: Year, due: list[Step], runner: _Lazy, progress: Progress | None, outcome: Outcome) -> None:
    """The ledgers first, then what rests on them; a ledger that cannot be cleaned is missing, and the rest goes on."""
    report = _reporter(progress, due)
    ledgers = [step for step in due if step.name.startswith(CLEAN)]
    for phase in (ledgers, [step for step in due if step not in ledgers]):
        names = [step.name for step in phase]
        results = runner.start().run([job(town, step, names) for step in phase], report)
        for step, result in zip(phase, results, strict=True):
            if result.status != "done":
                outcome.failed[step.label] = result.message
                if step in ledgers:
                    mark_failed(town, step.name.removeprefix(f"{CLEAN}."))


def _reporter(progress: Progress | None, due: Sequence[Step]) -> Callable[[str, Job, Result | None], None]:
    labels = {step.name: step.label for step in due}
    done = 0

    def report(event: str, job: Job, result: Result | None) -> None:
        nonlocal done
        done += result is not None
        if progress is not None:
            progress(labels[job.name], done, len(labels))

    return report


# --- nothing private, then in place ----------------------------------------------------------------------------------


def _secrets(town: Year, found: Survey | None) -> Secrets:
    """The private values of the year's raw files, held in memory only."""
    return secrets(found or survey(town.workspace, town.year, town.known), town.known)


def _publish(town: Year, due: list[Step], hidden: Secrets, outcome: Outcome) -> None:
    """Look through what the notebooks wrote; render the documents, look through them, and put them in place."""
    from fazhi.publication import render

    for label, message in outcome.failed.items():
        if hidden.found_in([message]):
            outcome.failed[label] = (
                "出错，错误信息含有台账里的个人信息，已隐去。请在 JupyterLab 中打开该笔记本逐格运行查看。"
            )
    for step in due:
        written = {name: (town.processed / name).read_bytes() for name in step.outputs if _is_file(town, name)}
        try:
            _refuse_private(written, hidden)  # a failed step's notebook too: its error message may quote a cell
            if step.name in DOCUMENTS and step.label not in outcome.failed:
                made, fonts = render(town.processed / "notebooks" / f"{step.name}.ipynb", DOCUMENTS[step.name])
                _refuse_private(made, hidden)
                outcome.fonts |= fonts
                for name, data in made.items():
                    write_bytes(town.processed / name, data)
        except PrivateValueError as error:
            _withdraw(town, error.outputs)
            outcome.failed[step.label] = str(error)
        except FazhiError as error:
            outcome.failed[step.label] = str(error)


class PrivateValueError(FazhiError):
    """An output holds a private value of the ledgers; the message names the output and the kind, never the value."""

    def __init__(self, found: dict[str, set[str]]) -> None:
        kinds = {name: "、".join(sorted({KIND_LABELS[kind] for kind in found[name]})) for name in sorted(found)}
        said = "；".join(f"{name} 中有台账里的{kind}" for name, kind in kinds.items())
        super().__init__(f"{said}。未予发布，已撤下。请查看台账的文字栏或 report.md 是否写有个人信息。")
        self.outputs = list(kinds)


def _refuse_private(outputs: dict[str, bytes], hidden: Secrets) -> None:
    if found := offences(outputs, hidden):
        raise PrivateValueError(found)


def _withdraw(town: Year, names: Iterable[str]) -> None:
    for name in names:
        (town.processed / name).unlink(missing_ok=True)


def _is_file(town: Year, name: str) -> bool:
    return (town.processed / name).is_file()


def _record(town: Year, plan: Sequence[Step], outcome: Outcome) -> None:
    """Write run.json last: what each finished step was made from, and the fingerprints of what it wrote."""
    finished = [step for step in plan if step.label not in outcome.failed]
    figures = [f"figures/{path.name}" for path in (town.processed / "figures").glob("*") if path.is_file()]
    outputs = freshness.outputs_of(town.processed, {name for step in finished for name in step.outputs} | {*figures})
    outcome.written = sorted(outputs)
    record = {
        "year": town.year,
        "town": town.known.unit.name,
        "complete": not outcome.failed,
        "versions": freshness.versions(),
        "fonts": outcome.fonts or freshness.read_run(town.processed).get("fonts", {}),
        "steps": {step.name: dict(step.inputs) for step in finished},
        "outputs": outputs,
    }
    write_json(town.processed / "run.json", record)
