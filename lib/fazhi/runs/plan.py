"""The plan of a year: the visible list of notebooks, what each step depends on and what it writes.

survey -> 01_clean_ledger (one run a ledger) -> 02_statistics -> 03_report … -> published documents (one step a format)
                                             -> 04_dispute_trends, with the disputes of the years before
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fazhi.engine import Job
from fazhi.privacy import register, row_fingerprints
from fazhi.runs import staleness
from fazhi.runs.code_fingerprint import code_of, code_of_notebook
from fazhi.runs.staleness import Step, step_id
from fazhi.steps.survey import ledger_files, survey_inputs
from fazhi.town_year import HISTORY, TownYear
from fazhi.workspace.files import fingerprint, raw_fingerprint
from fazhi.workspace.paths import INDEX, NEEDS, notebook_folder

CLEAN, STATISTICS, TRENDS = "01_clean_ledger", "02_statistics", "04_dispute_trends"
APPENDIX, RETURNED = "05_appendix", "06_returned"
DOCUMENTS = {
    "03_report": "report",
    TRENDS: "trends",
    APPENDIX: "appendix",
}  # notebook -> name of the documents made from it
LABELS = {
    STATISTICS: "汇总与统计",
    "03_report": "报告初稿",
    TRENDS: "纠纷趋势",
    APPENDIX: "附表",
    RETURNED: "退回工作簿",
}
FORMATS = {
    "report": ("html", "pdf", "docx", "figures"),
    "trends": ("html", "pdf", "figures"),
    "appendix": ("pdf", "docx"),
}
WRITTEN = {
    TRENDS: ("trends.json",),
    APPENDIX: ("appendix.xlsx",),
}  # what a notebook itself writes beside the documents
FIGURES = "figures"  # no format: each figure by itself
COUNTED = ("rows.parquet", "issues.parquet", "statistics.json")

Reasons = dict[str, list[str]]  # id of a step -> why it must run


def survey_step(town: TownYear) -> Step:
    """Which file holds which ledger."""
    outputs = ["sources.json", *_accounts("_files"), register.FILE, register.QUOTED, row_fingerprints.FILE]
    reads = register.earlier_files(town.workspace, town.year)
    return Step(
        town.year, "survey", "识别台账", {**_common("steps.survey"), **survey_inputs(town)}, outputs, reads=reads
    )


def later_steps(town: TownYear) -> Iterator[Step]:
    """The steps after the survey. One depends on what it reads of those before it: where that comes out the same, it stays."""
    shared = {**_common(), **_settings(town), **_notebook(CLEAN)}
    cleaning = [_clean_step(town, ledger, files, shared) for ledger, files in ledger_files(town).items()]
    yield from cleaning
    statistics = Step(
        town.year,
        STATISTICS,
        LABELS[STATISTICS],
        {**_common(), **_settings(town), **_notebook(STATISTICS)},
        [*COUNTED, NEEDS, f"notebooks/{STATISTICS}.ipynb"],
        after=[*(step.id for step in cleaning), step_id(town.year - 1, STATISTICS)],
        reads={
            **{name: town.processed / name for step in (survey_step(town), *cleaning) for name in step.outputs},
            **_last_year(town),
        },
    )
    yield statistics
    disputes = next(step for step in cleaning if step.name == f"{CLEAN}.disputes")
    for notebook in DOCUMENTS:
        before = disputes if notebook == TRENDS else statistics
        looked_at = [disputes] if notebook == TRENDS else cleaning
        document = _looking_back(town, _document_step(town, notebook, before), looked_at)
        yield document
        yield from _format_steps(town, document)
    inputs = {**_common(), **_settings(town), **_notebook(RETURNED)}
    outputs = [f"notebooks/{RETURNED}.ipynb", INDEX]
    reads = {statistics.label: town.processed / NEEDS}
    yield Step(town.year, RETURNED, LABELS[RETURNED], inputs, outputs, after=[statistics.id], reads=reads)


def _last_year(town: TownYear) -> dict[str, Path]:
    """What the statistics read of the year before: its figures, and its clean tables and their columns."""
    folder = town.workspace.processed(town.year - 1)
    found = {f"{town.year - 1}年统计": folder / "statistics.json"}
    for name, ledger in town.settings.specs.ledgers.items():
        found[f"{town.year - 1}年{ledger.title}"] = folder / "clean" / f"{name}.parquet"
        found[f"{town.year - 1}年{ledger.title}的列"] = folder / "accounts" / f"{name}.layouts.json"
    return found


def in_scope(step: Step, wanted: str) -> bool:
    """Whether a run that needs so much of the step's year (`freshness.SCOPES`) makes this step."""
    if wanted == "history":
        return step.name in {f"{CLEAN}.{ledger}" for ledger in HISTORY}
    return wanted == "documents" or step.name.partition(".")[0] not in (*DOCUMENTS, RETURNED)


def turn(step: Step) -> int:
    """Of steps that could start, the lowest does: the longest way leads through the trends, then through the appendix."""
    if step.name.partition(".")[0] == TRENDS or step.name in {f"{CLEAN}.{ledger}" for ledger in HISTORY}:
        return 0
    return 1 if step.name.partition(".")[0] == APPENDIX else 2


def is_format(step: Step) -> bool:
    """Whether the step makes a document from an executed notebook."""
    return step.name.partition(".")[0] in DOCUMENTS and "." in step.name


def due(
    steps: Sequence[Step],
    records: Mapping[int, Mapping[str, Any]],
    folder: Callable[[int], Path],
    wanted: Callable[[Step], bool] = lambda _: True,
    surveyed: Collection[Path] = (),
) -> Reasons:
    """Every step that must run, and why: what it depends on has changed, a step that it comes after is made anew, or an
    output is lost. What is only lost comes back the same, and nothing else is made for that; nor is a `wanted` step made
    for one that is out of date but not wanted in this run. `surveyed` are files that are new already.
    """
    left = {
        folder(year) / name: print_ for year, run in records.items() for name, print_ in run.get("outputs", {}).items()
    }
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
        if reasons := reasons or staleness.spoilt(step, record, folder(step.year)):
            found[step.id] = reasons
    return found


def _common(*modules: str) -> dict[str, str]:
    """What every step depends on: the code it starts from, with what runs it and what looks through its outputs."""
    code = code_of("engine", "privacy.output_scan", "privacy.register", *modules)
    return {"程序": code, "软件包版本": staleness.joint(staleness.versions())}


def _settings(town: TownYear) -> dict[str, str]:
    place = town.workspace
    files = (place.unit_file, place.aliases_file, place.key_file, place.corrections_file(town.year))
    return {path.name: fingerprint(path) for path in files if path.exists()}


def _notebook(name: str) -> dict[str, str]:
    path = notebook_folder() / f"{name}.ipynb"
    return {f"{name}.ipynb": fingerprint(path), "笔记本的程序": code_of_notebook(path)}


def _clean_step(town: TownYear, ledger: str, files: Sequence[str], shared: Mapping[str, str]) -> Step:
    raw = {path: raw_fingerprint(town.workspace.raw(town.year) / path) for path in files}
    accounts = [*_accounts(ledger), f"accounts/{ledger}.layouts.json"]
    outputs = [*accounts, f"notebooks/{CLEAN}.{ledger}.ipynb", *([f"clean/{ledger}.parquet"] if files else [])]
    inputs = {**shared, **raw}
    if names := register.quoted(town.workspace, town.year, ledger):
        inputs["文字中的个人信息"] = staleness.joint({"": names})
    return Step(town.year, f"{CLEAN}.{ledger}", f"清理{town.ledger(ledger).title}", inputs, outputs)


def _accounts(name: str) -> list[str]:
    return [f"accounts/{name}.{part}.parquet" for part in ("rows", "issues")]


def _document_step(town: TownYear, notebook: str, after: Step) -> Step:
    template = town.workspace.report_template(town.year)
    own = {"report.md": fingerprint(template)} if template.exists() and notebook != TRENDS else {}
    outputs = [f"notebooks/{notebook}.ipynb", *WRITTEN.get(notebook, ())]
    inputs = {**_common(), **_settings(town), **_notebook(notebook), **own}
    reads = {name: town.processed / name for name in (COUNTED if notebook != TRENDS else ())}
    return Step(town.year, notebook, LABELS[notebook], inputs, outputs, after=[after.id], reads=reads)


def _looking_back(town: TownYear, step: Step, cleaning: Sequence[Step]) -> Step:
    """A document also reads clean tables, those of the years before for what it compares with and may not give away."""
    read = [
        (year, ledger)
        for year in town.workspace.years()
        for ledger in cleaning
        if year < town.year and (year == town.year - 1 or ledger.name.removeprefix(f"{CLEAN}.") in HISTORY)
    ]
    tables = {
        f"{year}年{ledger.label.removeprefix('清理')}": town.workspace.processed(year)
        / "clean"
        / f"{ledger.name.removeprefix(f'{CLEAN}.')}.parquet"
        for year, ledger in [*read, *((town.year, ledger) for ledger in cleaning)]
    }
    after = [*step.after, *(step_id(year, ledger.name) for year, ledger in read)]
    return replace(step, after=after, reads={**step.reads, **tables})


def _format_steps(town: TownYear, made: Step) -> Iterator[Step]:
    """A step a format, after the notebook step `made`, so that a document that is lost comes back alone."""
    name = DOCUMENTS[made.name]
    inputs = {**_common("documents.publish"), "字体": staleness.fonts_fingerprint()}
    reads = {made.label: town.processed / f"notebooks/{made.name}.ipynb"}
    for form in FORMATS[name]:
        single = form != FIGURES
        label, outputs = (f"{name}.{form}", [f"{name}.{form}"]) if single else (f"{made.label}的图", [])
        yield Step(made.year, f"{made.name}.{form}", label, inputs, outputs, after=[made.id], reads=reads)


def job(town: TownYear, step: Step, todo: Sequence[str]) -> Job:
    """The notebook run that makes a step, after those to do (ids) that it reads from.

    A ledger that could not be cleaned counts as missing: what follows waits for it, and runs all the same.
    """
    notebook, _, ledger = step.name.partition(".")
    if is_format(step):
        return _format_job(town, step, todo)
    parameters: dict[str, Any] = {"year": town.year, "workspace": ""} | ({"ledger": ledger} if ledger else {})
    first = [name for name in step.after if name in todo]
    return Job(
        name=step.id,
        notebook=notebook_folder() / f"{notebook}.ipynb",
        output=town.processed / "notebooks" / f"{step.name}.ipynb",
        parameters=parameters,
        cwd=town.workspace.stage or town.workspace.root,
        after=tuple(name for name in first if f"/{CLEAN}." not in name),
        behind=tuple(name for name in first if f"/{CLEAN}." in name),
        tries=2,
    )


def _format_job(town: TownYear, step: Step, todo: Sequence[str]) -> Job:
    notebook, _, form = step.name.partition(".")
    executed = town.processed / "notebooks" / f"{notebook}.ipynb"
    parameters = {"name": DOCUMENTS[notebook], "form": form, "folder": str(town.processed)}
    first = tuple(name for name in step.after if name in todo)
    return Job(
        step.id, executed, executed, parameters, town.processed, first, call="fazhi.documents.publish:publish", tries=2
    )
