"""What a step wrote is looked through for private values; a hit takes the output away.

The work goes on in one thread beside the notebooks, in the order in which they end. At the end the folder itself is gone
through: whatever the run wrote into it, declared by a step or not, by a step that failed, or once more after it was withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from fazhi.engine import Result
from fazhi.errors import FazhiError
from fazhi.privacy.output_scan import KIND_LABELS, machine_paths, scan_matches
from fazhi.privacy.output_text import texts
from fazhi.privacy.places import first_place
from fazhi.privacy.private_index import PrivateIndex
from fazhi.privacy.register import hidden_values
from fazhi.recognition.survey import survey
from fazhi.returns.index import read_index
from fazhi.runs.staleness import Step
from fazhi.town_year import TownYear
from fazhi.workspace.files import remove
from fazhi.workspace.paths import INDEX

HIDDEN = "出错，错误信息含有台账里的个人信息，已隐去。请在 JupyterLab 中打开该笔记本逐格运行查看。"


class PrivateValueError(FazhiError):
    """An output holds a private value of the ledgers; the message names the output and the kind, never the value."""

    def __init__(self, found: dict[str, set[str]], place: str = "") -> None:
        kinds = {name: "、".join(sorted({KIND_LABELS[kind] for kind in found[name]})) for name in sorted(found)}
        said = "；".join(f"{name} 中有台账里的{kind}" for name, kind in kinds.items())
        source = f"原文在 {place}。若那里不是姓名，请把它写进 aliases.yml 的 not_names；若是，" if place else ""
        super().__init__(
            f"{said}。未予发布，已撤下。{source}请查看文件名、工作表名、台账的文字栏或 report.md 是否写有个人信息，改后重新运行。"
        )
        self.outputs = list(kinds)


class Release:
    """Takes finished steps; tells at the end which failed: step id -> message, '' for what another step's failure brought."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.files: dict[str, list[str]] = {}  # what steps told of their files, by id
        self.fonts: dict[str, Any] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="release")
        self._hidden: dict[int, Future[PrivateIndex]] = {}
        self._again: set[int] = set()  # years of which also what was kept is looked through
        self._taken: list[Future[None]] = []
        self._seen: dict[Path, tuple[int, int]] = {}  # what each file was when it was looked through

    def __enter__(self) -> "Release":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        self._thread.shutdown(wait=True, cancel_futures=kind is not None)

    def open(self, town: TownYear, surveyed: Step, *, hides_more: bool) -> None:
        """Take up what is hidden in a year's outputs, as the step `surveyed` noted it; whether that is more than in the last run."""
        if hides_more:
            self._again.add(town.year)
        self._hidden[town.year] = self._thread.submit(hidden_values, town.workspace, town.year, town.settings)
        self._taken.append(self._thread.submit(self._guarded, town, surveyed, ""))

    def take(self, town: TownYear, step: Step, result: Result) -> None:
        """A step has ended: look through the files it wrote, also where it failed."""
        made = result.value or {}
        self.files[step.id] = read_index(town.processed) if INDEX in step.outputs else made.get("files", [])
        self.fonts |= made.get("fonts", {})
        message = "" if result.status == "done" else result.message
        self._taken.append(self._thread.submit(self._guarded, town, step, message))

    def keep(self, town: TownYear, step: Step, files: Sequence[str]) -> None:
        """What a step wrote in an earlier run stays, `files` besides its outputs; where more is hidden now, if it may."""
        if town.year in self._again:
            self.files[step.id] = list(files)
            self._taken.append(self._thread.submit(self._guarded, town, step, ""))

    def finish(self) -> None:
        """Wait until all is looked through. Raises what is no fault of one step: a programming error."""
        for taken in self._taken:
            taken.result()

    def sweep(self, town: TownYear, steps: Sequence[Step], written: Iterable[str]) -> None:
        """Look through what was `written` and is not yet, and all accounts where more is hidden than in the last run."""
        if town.year not in self._hidden:
            return
        accounts = town.processed.glob("accounts/*") if town.year in self._again else ()
        names = {*written, *(path.relative_to(town.processed).as_posix() for path in accounts)}
        owners = {name: step for step in steps for name in (*step.outputs, *self.files.get(step.id, ()))}
        for name in sorted(names):
            if self._seen.get(town.processed / name) != _mark(town.processed / name):
                owner = owners.get(name, steps[0])
                try:
                    self._look_through(town, owner, [name], "")
                except PrivateValueError as error:
                    self._withdraw(town, owner, error.outputs, self.failed.get(owner.id) or str(error))

    def _guarded(self, town: TownYear, step: Step, message: str) -> None:
        files = {*step.outputs, *self.files.get(step.id, ())}
        written = sorted(name for name in files if (town.processed / name).is_file())
        if step.form and any(name in self.failed for name in step.after):  # its notebook is not published either
            self._withdraw(town, step, written, "")
            return
        try:
            self._look_through(town, step, written, message)
        except PrivateValueError as error:
            self._withdraw(town, step, error.outputs, str(error))

    def _withdraw(self, town: TownYear, step: Step, names: Sequence[str], message: str) -> None:
        for name in names:
            remove(town.processed / name)
        self.failed[step.id] = message

    def _look_through(self, town: TownYear, step: Step, names: Sequence[str], message: str) -> None:
        hidden = self._hidden[town.year].result()
        self._seen |= {town.processed / name: _mark(town.processed / name) for name in names}
        written = {name: (town.processed / name).read_bytes() for name in names}
        found = scan_matches(written, hidden, machine_paths(town.workspace.root))
        if message:  # it and the notebook may quote a cell, or name a folder; then they are not kept
            self._withdraw(town, step, list(found), HIDDEN if hidden.found_in([message]) else message)
        elif found:
            raise PrivateValueError(found, _raw_place(town, hidden, {name: written[name] for name in found}))


def _mark(path: Path) -> tuple[int, int]:
    """What tells a file from one that takes its place: files are only ever replaced."""
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns


def _raw_place(town: TownYear, hidden: PrivateIndex, outputs: Mapping[str, bytes]) -> str:
    """Where one of the private values in the outputs was read; the raw files are read again for it."""
    digests = {digest for name, data in outputs.items() for digest, _ in hidden.standing_in([name, *texts(name, data)])}
    found = survey(town.workspace, town.year, town.settings)
    return hidden.redact(first_place(found, town.settings, hidden.key, digests - {""}))
