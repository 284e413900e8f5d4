"""What is out of date, and why: a step is its inputs' content; when that and its outputs are unchanged it need not run."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from fazhi.documents.fonts import font_files
from fazhi.runs.code_fingerprint import code_fingerprint
from fazhi.runs.notebook_steps import LAST, SCOPES, NotebookStep
from fazhi.workspace.files import fingerprint, raw_fingerprint
from fazhi.workspace.paths import Workspace, notebook_folder
from fazhi.workspace.run_record import RunRecord, read_run
from fazhi.workspace.staging import FOLDER

# Packages whose version can change an output.
PACKAGES = ("fazhi", "ipython", "jinja2", "markdown-it-py", "matplotlib", "nbconvert", "numpy", "openpyxl", "pandas",
            "papermill", "pyarrow", "python-calamine", "python-docx", "typst", "xlrd", "xlsxwriter")  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing to make: what it depends on (label -> fingerprint) and what it writes (paths relative to the year's folder).

    `after` are the ids of the steps whose results it reads, `reads` the files themselves: label -> path. They are
    fingerprinted when the step is judged, when its turn comes and when it is recorded, as the same run may make them.
    """

    year: int
    name: str
    label: str
    inputs: Mapping[str, str]
    outputs: Sequence[str]
    after: Sequence[str] = ()
    reads: Mapping[str, Path] = field(default_factory=dict)
    notebook: NotebookStep | None = None  # that is run, or was, for a document
    ledger: str = ""  # that it is run for
    form: str = ""  # of the document that is made from the executed notebook
    scope: str = SCOPES[0]
    priority: int = LAST

    @property
    def id(self) -> str:
        return step_id(self.year, self.name)

    def fingerprints(self, left: Mapping[Path, str] = MappingProxyType({})) -> dict[str, str]:
        """All it depends on, as it is now; of files that a run has `left`, the fingerprints that they had then."""
        found = {label: left.get(path) or existing_fingerprint(path) for label, path in self.reads.items()}
        return {**self.inputs, **{label: print_ for label, print_ in found.items() if print_}}


def step_id(year: int, name: str) -> str:
    """A step among those of several years."""
    return f"{year}/{name}"


def existing_fingerprint(path: Path) -> str:
    """A file's fingerprint, '' where there is none."""
    try:
        return fingerprint(path)
    except FileNotFoundError:
        return ""


def changes(step: Step, run: RunRecord, left: Mapping[Path, str] = MappingProxyType({})) -> list[str]:
    """What the step depends on and has changed since the run, in Chinese; empty when it would make the same again."""
    known = run.steps.get(step.name)
    if known is None:
        return ["尚未生成"]
    now = step.fingerprints(left)
    reasons = [f"{label} 有改动" for label, print_ in now.items() if label in known and known[label] != print_]
    reasons += [f"{label} 为新增" for label in now if label not in known]
    reasons += [f"{label} 已移除" for label in known if label not in now]
    return reasons


def modified_outputs(step: Step, run: RunRecord, folder: Path) -> list[str]:
    """Which of the step's outputs are lost or not as the run left them, in Chinese."""
    return [reason for name in written_by(step, run.files) if (reason := _modified(folder / name, name, run.outputs))]


def written_by(step: Step, files: Mapping[str, Sequence[str]]) -> list[str]:
    """The outputs of a step: those it always writes, and those that a run notes in `files` (figures), by the step's name."""
    return sorted({*step.outputs, *files.get(step.name, ())})


def _modified(path: Path, name: str, outputs: Mapping[str, str]) -> str:
    if name not in outputs:
        return ""
    if not path.exists():
        return f"{name} 不见了"
    return "" if fingerprint(path) == outputs[name] else f"{name} 被改动"


def outputs_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Fingerprints of the outputs that exist."""
    return {name: fingerprint(folder / name) for name in sorted(names) if (folder / name).is_file()}


@cache
def versions() -> dict[str, str]:
    """The versions of the packages that make the outputs."""
    return {name: metadata.version(name) for name in PACKAGES}


def joint(fingerprints: Mapping[str, str]) -> str:
    """One fingerprint for several named ones."""
    text = "\n".join(f"{name}={value}" for name, value in sorted(fingerprints.items()))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def surroundings(workspace: Workspace, year: int) -> dict[str, str]:
    """Everything outside `data/processed` that a year's results hang on: label -> fingerprint.

    Cheap to take, for telling at once that nothing has changed; what a change concerns, the steps tell.
    """
    raw = workspace.raw(year)
    below = list(raw.rglob("*")) if raw.is_dir() else []
    templates = workspace.templates_folder.glob("*")
    files = [path for path in (*below, *sorted(templates)) if path.is_file()]
    settings = [path for path in (workspace.unit_file, workspace.aliases_file, workspace.key_file) if path.is_file()]
    found = {path.relative_to(workspace.root).as_posix(): raw_fingerprint(path) for path in [*files, *settings]}
    found |= {name: fingerprint(path) for name, path in workspace.spec_files.items()}
    found |= {str(path): "" for path in below if path.is_symlink() or not (path.is_file() or path.is_dir())}
    found |= {path.name: fingerprint(path) for path in notebook_folder().glob("*.ipynb")}
    return {
        "files": joint(found),
        "code": code_fingerprint(),
        "versions": joint(versions()),
        "fonts": fonts_fingerprint(),
    }


def fonts_fingerprint() -> str:
    """One fingerprint for the fonts that are installed, by name."""
    return hashlib.sha256("\n".join(font_files()).encode("utf-8", "surrogateescape")).hexdigest()


def is_current(workspace: Workspace, year: int) -> bool:
    """Whether nothing that the year's results hang on, and none of them, has changed since a run that went well."""
    try:
        years = [known for known in workspace.years() if known <= year]
        if (workspace.processed_root / FOLDER).exists():
            return False  # a run is going on, or was cut short and is to be cleared away
        return year in years and all(_is_current(workspace, known, scope(known, year)) for known in years)
    except OSError:
        return False


def _is_current(workspace: Workspace, year: int, wanted: str) -> bool:
    folder = workspace.processed(year)
    record = read_run(folder)
    return (
        wanted in record.made
        and record.around == surroundings(workspace, year)
        and record.outputs == outputs_of(folder, record.outputs)
    )


def in_scope(step: Step, wanted: str) -> bool:
    """Whether a run that needs so much of the step's year (`SCOPES`) makes this step."""
    return SCOPES.index(step.scope) >= SCOPES.index(wanted)


def scope(year: int, wanted: int) -> str:
    """How much of a year a run of the year `wanted` needs."""
    return SCOPES[min(wanted - year, 2)]


def made_in_run_of(year: int) -> Callable[[Step], bool]:
    """Whether a run of `year` makes a step."""
    return lambda step: in_scope(step, scope(step.year, year))
