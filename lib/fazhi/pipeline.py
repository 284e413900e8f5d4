"""The yearly run: which notebooks, in which order, what is out of date, and the record of it.

    survey -> 01_clean_ledger (one run a ledger) -> 02_statistics -> 03_report -> published documents

The year before is read and counted first where its ledgers are there, for the comparisons.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fazhi import freshness
from fazhi.engine import Job, Result, Runner
from fazhi.errors import FazhiError
from fazhi.freshness import Step
from fazhi.notebooks import notebook_folder
from fazhi.paths import Workspace
from fazhi.pseudonyms import load_key
from fazhi.steps import Year, ledger_files, open_year, survey_inputs, survey_year
from fazhi.storage import fingerprint, write_json

CLEAN, STATISTICS, REPORT = "01_clean_ledger", "02_statistics", "03_report"
DOCUMENTS = {"03_report": "report"}  # notebook -> name of the documents made from it
FORMATS = ("html", "pdf", "docx")
WARM = ("fazhi.views", "fazhi.report")  # loaded once, before the notebooks' processes part

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
    with Runner(jobs=jobs, warm=WARM) as runner:
        if workspace.raw(year - 1).is_dir():
            _bring_up(open_year(year - 1, workspace.root), runner, force, None, documents=False)
        return _bring_up(town, runner, force, progress, documents=True)


def status(workspace: Workspace, year: int) -> dict[str, list[str]]:
    """Every step of the year that would run, and why, without running any."""
    town = open_year(year, workspace.root)
    record = freshness.read_run(town.processed)
    plan = [_survey_step(town)]
    if (town.processed / "sources.json").exists():
        plan += _later_steps(town)
    found = {step.label: freshness.stale(step, record, town.processed) for step in plan}
    return {label: reasons for label, reasons in found.items() if reasons}


# --- the plan ------------------------------------------------------------------------------------------------------


def _common(town: Year) -> dict[str, str]:
    """What every step depends on."""
    return {"程序": freshness.code_fingerprint(), "软件包版本": freshness.joint(freshness.versions())}


def _settings(town: Year) -> dict[str, str]:
    files = (town.workspace.unit_file, town.workspace.aliases_file, town.workspace.key_file)
    return {path.name: fingerprint(path) for path in files if path.exists()}


def _survey_step(town: Year) -> Step:
    return Step(
        "survey", "识别台账", {**_common(town), **survey_inputs(town)}, ["sources.json", "accounts/_files.rows.parquet"]
    )


def _notebook(name: str) -> dict[str, str]:
    return {f"{name}.ipynb": fingerprint(notebook_folder() / f"{name}.ipynb")}


def _clean_step(town: Year, ledger: str, files: Sequence[str]) -> Step:
    raw = {path: fingerprint(town.workspace.raw(town.year) / path) for path in files}
    outputs = [
        f"accounts/{ledger}.rows.parquet",
        f"accounts/{ledger}.issues.parquet",
        f"notebooks/{CLEAN}.{ledger}.ipynb",
    ]
    if files:
        outputs.append(f"clean/{ledger}.parquet")
    title = town.ledger(ledger).title
    return Step(
        f"{CLEAN}.{ledger}", f"清理{title}", {**_common(town), **_settings(town), **_notebook(CLEAN), **raw}, outputs
    )


def _later_steps(town: Year) -> Iterator[Step]:
    """The steps after the survey. A later step depends on the keys of those before it, so one change runs all that follows."""
    cleaning = [_clean_step(town, ledger, files) for ledger, files in ledger_files(town).items()]
    yield from cleaning
    made = {step.label: freshness.joint(step.inputs) for step in (_survey_step(town), *cleaning)}
    before = town.workspace.processed(town.year - 1) / "statistics.json"
    if before.exists():
        made[f"{town.year - 1}年统计"] = fingerprint(before)
    outputs = ["rows.parquet", "issues.parquet", "statistics.json", f"notebooks/{STATISTICS}.ipynb"]
    statistics = Step(STATISTICS, "汇总与统计", {**_common(town), **_notebook(STATISTICS), **made}, outputs)
    yield statistics
    yield _report_step(town, statistics)


def _report_step(town: Year, statistics: Step) -> Step:
    template = town.workspace.report_template(town.year)
    own = {"report.md": fingerprint(template)} if template.exists() else {}
    inputs = {
        **_common(town),
        **_settings(town),
        **_notebook(REPORT),
        **own,
        statistics.label: freshness.joint(statistics.inputs),
    }
    return Step(REPORT, "报告初稿", inputs, [f"notebooks/{REPORT}.ipynb", *(f"report.{form}" for form in FORMATS)])


# --- running it ----------------------------------------------------------------------------------------------------


def _bring_up(town: Year, runner: Runner, force: bool, progress: Progress | None, documents: bool) -> Outcome:
    load_key(town.workspace.key_file)  # a new key must not make the next run look out of date
    record = {} if force else freshness.read_run(town.processed)
    outcome = Outcome(town.year, town.processed)
    survey = _survey_step(town)
    reasons = freshness.stale(survey, record, town.processed)
    if reasons:
        survey_year(town)
        outcome.ran[survey.label] = reasons
    plan = [step for step in _later_steps(town) if documents or step.name != REPORT]
    due = {step.name: reasons for step in plan if (reasons := freshness.stale(step, record, town.processed))}
    jobs = [_job(town, step, due) for step in plan if step.name in due]
    results = runner.run(jobs, _reporter(progress, {step.name: step.label for step in plan}, len(jobs)))
    for step, result in zip([step for step in plan if step.name in due], results, strict=True):
        outcome.ran[step.label] = due[step.name]
        if result.status != "done":
            outcome.failed[step.label] = result.message
    if REPORT in due and "报告初稿" not in outcome.failed:
        _publish(town, outcome)
    _record(town, [survey, *plan], outcome)
    return outcome


def _job(town: Year, step: Step, due: dict[str, list[str]]) -> Job:
    notebook, _, ledger = step.name.partition(".")
    parameters: dict[str, Any] = {"year": town.year, "workspace": ""}
    if ledger:
        parameters["ledger"] = ledger
    earlier = {CLEAN: (), STATISTICS: tuple(name for name in due if name.startswith(CLEAN)), REPORT: (STATISTICS,)}[
        notebook
    ]
    return Job(
        name=step.name,
        notebook=notebook_folder() / f"{notebook}.ipynb",
        output=town.processed / "notebooks" / f"{step.name}.ipynb",
        parameters=parameters,
        cwd=town.workspace.root,
        after=tuple(name for name in earlier if name in due),
    )


def _reporter(
    progress: Progress | None, labels: dict[str, str], total: int
) -> Callable[[str, Job, Result | None], None]:
    done = 0

    def report(event: str, job: Job, result: Result | None) -> None:
        nonlocal done
        done += result is not None
        if progress is not None:
            progress(labels[job.name], done, total)

    return report


def _publish(town: Year, outcome: Outcome) -> None:
    """The three documents and the figures of the report, from its executed notebook."""
    from fazhi.publication import publish

    try:
        outcome.fonts = publish(town.processed / "notebooks" / f"{REPORT}.ipynb", town.processed, DOCUMENTS[REPORT])
    except FazhiError as error:
        outcome.failed["报告成文"] = str(error)


def _record(town: Year, plan: Sequence[Step], outcome: Outcome) -> None:
    """Write run.json last: what each finished step was made from, and the fingerprints of what it wrote."""
    finished = [
        step
        for step in plan
        if step.label not in outcome.failed and not (step.name == REPORT and "报告成文" in outcome.failed)
    ]
    names = {name for step in finished for name in step.outputs}
    names |= {
        path.relative_to(town.processed).as_posix() for path in (town.processed / "figures").glob("*") if path.is_file()
    }
    outputs = freshness.outputs_of(town.processed, names)
    outcome.written = sorted(outputs)
    old = freshness.read_run(town.processed)
    write_json(
        town.processed / "run.json",
        {
            "year": town.year,
            "town": town.known.unit.name,
            "complete": not outcome.failed,
            "versions": freshness.versions(),
            "fonts": outcome.fonts or old.get("fonts", {}),
            "steps": {step.name: dict(step.inputs) for step in finished},
            "outputs": outputs,
        },
    )
