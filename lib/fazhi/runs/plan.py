"""The plan of a year: what each step depends on and what it writes, from the list of notebooks.

survey -> 01_clean_ledger (one run a ledger) -> 02_statistics -> 03_report … -> published documents (one step a format)
                                             -> 04_dispute_trends, with the disputes of the years before
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fazhi.dictionary.loading import yearly_ledgers
from fazhi.engine import Job
from fazhi.privacy import register, row_fingerprints
from fazhi.recognition.shown_names import FILE as SHOWN_NAMES
from fazhi.recognition.shown_names import raw_path
from fazhi.runs import staleness
from fazhi.runs.code_fingerprint import code_of, code_of_notebook
from fazhi.runs.notebook_steps import CLEAN, FIGURES, NOTEBOOKS, REPORT, SCOPES, STATISTICS, NotebookStep
from fazhi.runs.staleness import Step, step_id
from fazhi.steps.survey import ledger_files, survey_inputs
from fazhi.town_year import TownYear
from fazhi.workspace import results
from fazhi.workspace.files import fingerprint, raw_fingerprint
from fazhi.workspace.paths import notebook_folder
from fazhi.workspace.reported_figures import FILE as FIGURES_FILE
from fazhi.workspace.results import SOURCES, account_name, clean_name, layouts_name, near_name
from fazhi.workspace.run_record import RunRecord

Reasons = dict[str, list[str]]  # id of a step -> why it must run


def survey_step(town: TownYear) -> Step:
    """Which file holds which ledger."""
    outputs = [
        SOURCES,
        *(account_name("_files", part) for part in ("rows", "issues")),
        register.FILE,
        register.QUOTED,
        row_fingerprints.FILE,
        SHOWN_NAMES,
        FIGURES_FILE,
    ]
    reads = register.earlier_files(town.workspace, town.year)
    inputs = {**_common("steps.survey"), **survey_inputs(town)}
    return Step(town.year, "survey", "识别台账", inputs, outputs, reads=reads, scope="statistics")


def later_steps(town: TownYear, first: Step) -> Iterator[Step]:
    """The steps after the survey, which is the `first`. One depends on what it reads of those before it: where that comes out the same, it stays."""
    shared = {**_common(), **_settings(town)}
    typeset = {**_common("documents.publish"), "字体": staleness.fonts_fingerprint()}
    cleaning = {**shared, **_notebook(CLEAN)}
    made = [_clean_step(town, ledger, files, cleaning) for ledger, files in ledger_files(town).items()]
    made.append(_statistics_step(town, first, made, shared))
    yield from made
    for notebook in NOTEBOOKS[NOTEBOOKS.index(STATISTICS) + 1 :]:
        step = _notebook_step(town, notebook, [first, *made], shared)
        made.append(step)
        yield step
        yield from _format_steps(town, step, notebook, typeset)


def _statistics_step(town: TownYear, first: Step, cleaning: Sequence[Step], shared: Mapping[str, str]) -> Step:
    reads = {name: town.processed / name for step in (first, *cleaning) for name in step.outputs}
    earlier = [
        (year, ledger)
        for year in town.workspace.years()
        for ledger in sorted(yearly_ledgers(town.settings.specs))
        if year < town.year
    ]
    tables = {
        f"{year}年{town.ledger(one).title}": town.workspace.processed(year) / clean_name(one) for year, one in earlier
    }
    step = _step(town, STATISTICS, {**reads, **tables, **_last_year(town)}, shared)
    before = [*(one.id for one in cleaning), *(step_id(year, _clean_name(one)) for year, one in earlier)]
    return replace(step, after=[*before, step_id(town.year - 1, STATISTICS.name)])


def _last_year(town: TownYear) -> dict[str, Path]:
    """What the statistics read of the year before: its figures, and its clean tables and their columns."""
    folder = town.workspace.processed(town.year - 1)
    found = {
        f"{town.year - 1}年统计": folder / results.STATISTICS,
        f"{town.year - 1}年公布的数": folder / results.DISCLOSURE,
    }
    for year in (town.year - 1, town.year):
        path = town.workspace.published_file(year)
        found[f"{year}/{path.name}"] = path
    for name, ledger in town.settings.specs.ledgers.items():
        found[f"{town.year - 1}年{ledger.title}"] = folder / clean_name(name)
        found[f"{town.year - 1}年{ledger.title}的列"] = folder / layouts_name(name)
        found[f"{town.year - 1}年{ledger.title}的非本年行"] = folder / near_name(name)
    return found


def stale_steps(
    steps: Sequence[Step],
    records: Mapping[int, RunRecord],
    folder: Callable[[int], Path],
    wanted: Callable[[Step], bool] = lambda _: True,
    surveyed: Collection[Path] = (),
) -> Reasons:
    """Every step that must run, and why: what it depends on has changed, a step that it comes after is made anew, or an
    output is lost. What is only lost comes back the same, and nothing else is made for that; nor is a `wanted` step made
    for one that is out of date but not wanted in this run. `surveyed` are files that are new already.
    """
    left = {folder(year) / name: print_ for year, run in records.items() for name, print_ in run.outputs.items()}
    left = {path: print_ for path, print_ in left.items() if path not in surveyed}
    found: Reasons = {}
    anew: set[str] = set()
    labels = {step.id: step.label for step in steps}
    unwanted = {step.id for step in steps if not wanted(step)}
    for step in steps:
        record = records[step.year]
        before = [name for name in step.after if name in anew and (name not in unwanted or step.id in unwanted)]
        reasons = staleness.changes(step, record, left) or [f"{labels[name]} 将重做" for name in before]
        if reasons:
            anew.add(step.id)
        if reasons := reasons or staleness.modified_outputs(step, record, folder(step.year)):
            found[step.id] = reasons
    return found


def _common(*modules: str) -> dict[str, str]:
    """What every step depends on: the code it starts from, with what runs it and what looks through its outputs."""
    code = code_of("engine", "privacy.output_scan", "privacy.register", *modules)
    return {"程序": code, "软件包版本": staleness.joint(staleness.versions())}


def _settings(town: TownYear) -> dict[str, str]:
    place = town.workspace
    files = (place.unit_file, place.aliases_file, place.key_file, place.corrections_file(town.year))
    named = place.spec_files | place.year_settings(town.year)
    specs = {name: fingerprint(path) for name, path in named.items()}
    return specs | {path.name: fingerprint(path) for path in files if path.exists()}


def _notebook(notebook: NotebookStep) -> dict[str, str]:
    path = notebook_folder() / f"{notebook.name}.ipynb"
    return {path.name: fingerprint(path), "笔记本的程序": code_of_notebook(path)}


def _clean_step(town: TownYear, ledger: str, files: Sequence[str], shared: Mapping[str, str]) -> Step:
    raw = {path: raw_fingerprint(raw_path(town.workspace, town.year, path)) for path in files}
    outputs = [*CLEAN.outputs(ledger), *([clean_name(ledger), near_name(ledger)] if files else [])]
    inputs = {**shared, **raw}
    if names := register.quoted(town.workspace, town.year, ledger):
        inputs["文字中的个人信息"] = staleness.joint({"": names})
    name, label = _clean_name(ledger), CLEAN.label.format(ledger=town.ledger(ledger).title)
    scope, priority = (
        (SCOPES[-1], 0) if ledger in yearly_ledgers(town.settings.specs) else (CLEAN.scope, CLEAN.priority)
    )
    return Step(town.year, name, label, inputs, outputs, notebook=CLEAN, ledger=ledger, scope=scope, priority=priority)


def _clean_name(ledger: str) -> str:
    return f"{CLEAN.name}.{ledger}"


def _step(town: TownYear, notebook: NotebookStep, reads: Mapping[str, Path], shared: Mapping[str, str]) -> Step:
    """A notebook that is run once a year, after none as yet."""
    places = {name: town.workspace.raw(town.year) / name for name in notebook.settings}
    own = {name: fingerprint(path) for name, path in places.items() if path.exists()}
    inputs = {**shared, **_notebook(notebook), **own}
    return Step(
        town.year, notebook.name, notebook.label, inputs, notebook.outputs(), reads=reads,
        notebook=notebook, scope=notebook.scope, priority=notebook.priority,
    )  # fmt: skip


def _notebook_step(town: TownYear, notebook: NotebookStep, before: Sequence[Step], shared: Mapping[str, str]) -> Step:
    """It comes after the last of the steps `before` that write what it reads: those know what they come after themselves."""
    tables = [step for step in before if step.ledger and notebook.looks_at(clean_name(step.ledger))]
    files = {name: step for step in before for name in step.outputs if not step.ledger and notebook.looks_at(name)}
    reads = {_shown_name(name, step): town.processed / name for name, step in files.items()}
    writers = {step.id: step for step in (*tables, *files.values())}
    further = {name for step in writers.values() for name in step.after}
    earlier = [
        (year, step.ledger)
        for year in town.workspace.years()
        for step in tables
        if year < town.year and (year == town.year - 1 or step.ledger in yearly_ledgers(town.settings.specs))
    ]
    looked_at = [*earlier, *((town.year, step.ledger) for step in tables)]
    clean = {
        f"{year}年{town.ledger(one).title}": town.workspace.processed(year) / clean_name(one) for year, one in looked_at
    }
    after = [*(name for name in writers if name not in further), *(step_id(y, _clean_name(one)) for y, one in earlier)]
    return replace(_step(town, notebook, {**reads, **clean}, shared), after=after)


def _shown_name(name: str, writer: Step) -> str:
    """A file as a reason names it; one that no reader knows by what makes it."""
    return writer.label if name.startswith("accounts/") else name


def _format_steps(town: TownYear, made: Step, notebook: NotebookStep, typeset: Mapping[str, str]) -> Iterator[Step]:
    """A step a format, after the notebook step `made`, so that a document that is lost comes back alone."""
    reads = {made.label: town.processed / f"notebooks/{made.name}.ipynb"}
    template = _template(town)
    for form in notebook.formats:
        file = f"{notebook.document}.{form}"
        label, outputs = (file, [file]) if form != FIGURES else (f"{made.label}的图", [])
        own = {template.name: fingerprint(template)} if template and (notebook, form) == (REPORT, "docx") else {}
        yield Step(
            made.year, f"{made.name}.{form}", label, {**typeset, **own}, outputs, after=[made.id], reads=reads,
            notebook=notebook, form=form, scope=made.scope, priority=made.priority,
        )  # fmt: skip


def _template(town: TownYear) -> Path | None:
    """The office's own Word template; None where it has none (one that is named and not there is told before the run)."""
    name = town.settings.unit.word_template
    path = town.workspace.templates_folder / name
    return path if name and path.is_file() else None


def job(town: TownYear, step: Step, todo: Sequence[str]) -> Job:
    """The notebook run that makes a step, after those to do (ids) that it reads from.

    A ledger that could not be cleaned counts as missing: what follows waits for it, and runs all the same.
    """
    assert step.notebook is not None
    first = [name for name in step.after if name in todo]
    if step.form:
        return _format_job(town, step, step.notebook, first)
    parameters: dict[str, Any] = {"year": town.year, "workspace": ""} | ({"ledger": step.ledger} if step.ledger else {})
    return Job(
        name=step.id,
        notebook=notebook_folder() / f"{step.notebook.name}.ipynb",
        output=town.processed / "notebooks" / f"{step.name}.ipynb",
        parameters=parameters,
        cwd=town.workspace.stage or town.workspace.root,
        after=tuple(name for name in first if f"/{CLEAN.name}." not in name),
        behind=tuple(name for name in first if f"/{CLEAN.name}." in name),
        max_attempts=2,
        shares_process=step.notebook is CLEAN,
    )


def _format_job(town: TownYear, step: Step, notebook: NotebookStep, first: Sequence[str]) -> Job:
    executed = town.processed / "notebooks" / f"{notebook.name}.ipynb"
    template = _template(town) if (notebook, step.form) == (REPORT, "docx") else None
    parameters = {"name": notebook.document, "form": step.form, "folder": str(town.processed)}
    parameters |= {"template": str(template)} if template else {}
    call = "fazhi.documents.publish:publish"
    return Job(step.id, executed, executed, parameters, town.processed, tuple(first), call=call, max_attempts=2)
