"""One town's year as a task: small words in, small words out, safe to do again."""

import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from fazhi.dictionary.town_files import load_unit
from fazhi.engine import Runner
from fazhi.errors import FazhiError
from fazhi.recognition.raw_folder import raw_files
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs.pipeline import Outcome, run
from fazhi.runs.staleness import is_current
from fazhi.workspace.paths import Workspace
from fazhi.workspace.run_record import read_run

State = Literal["current", "done", "empty", "failed"]
GONE = "处理它的进程连续 {times} 次意外结束，可能是内存不足。请单独运行该镇（fazhi run --workspace）查看。"


@dataclass(frozen=True)
class TownRun:
    """How a town's year went. `path` is below the shared folder; `reasons` say why it failed, never with a private value;
    `made` that its statistics of the year are there; `errors` and `warnings` count what is open in it."""

    path: str
    name: str
    state: State
    reasons: tuple[str, ...] = ()
    made: bool = False
    errors: int = 0
    warnings: int = 0
    seconds: float = 0.0

    @property
    def label(self) -> str:
        """The town by name and folder."""
        return f"{self.name}（{self.path}）"

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "reasons": list(self.reasons)}

    @classmethod
    def read(cls, content: dict[str, Any]) -> "TownRun":
        """The inverse of `as_dict`."""
        return cls(**{**content, "reasons": tuple(content["reasons"])})


def current(place: Workspace, path: str, year: int) -> TownRun | None:
    """The town's year where nothing has changed since it was made; None where it is to be run. Takes milliseconds."""
    try:
        return _town_run(place, path, year, "current") if is_current(place, year) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # its record is not one of ours
        return None


def run_town(place: Workspace, path: str, year: int, runner: Runner, surveyor: Surveyor | None = None) -> TownRun:
    """Run one town's year.

    Parameters
    ----------
    place, path
        The town's workspace, and its path below the shared folder, by which it is named.
    runner
        Runs the notebooks, and stays open for the next town.
    surveyor
        Reads the raw files, and stays open likewise.

    Returns
    -------
    TownRun
        Whatever goes wrong is in it, not raised: state `failed`, with the reasons.
    """
    started = time.perf_counter()
    try:
        if not (place.raw(year).is_dir() and any(raw_files(place, year))):
            return TownRun(path, name_of(place), "empty")
        known = current(place, path, year)
        if known is not None:
            return known
        outcome = run(place, year, runner=runner, surveyor=surveyor)
    except FazhiError as error:
        return _failed(place, path, error.faults, started)
    except Exception as error:
        return _failed(place, path, [_fault(error)], started)
    seconds = time.perf_counter() - started
    return _town_run(place, path, year, "failed" if outcome.failed else "done", _reasons(outcome), seconds)


def _town_run(
    place: Workspace, path: str, year: int, state: State, reasons: Sequence[str] = (), seconds: float = 0.0
) -> TownRun:
    record = read_run(place.processed(year))
    counts, made = record.open.counts, "statistics" in record.made
    open_counts = (counts["error"], counts["warning"])
    return TownRun(path, record.town, state, tuple(reasons), made, *open_counts, round(seconds, 1))


def _failed(place: Workspace, path: str, reasons: Sequence[str], started: float) -> TownRun:
    seconds = round(time.perf_counter() - started, 1)
    shown = tuple(reason.replace(str(place.root), path) for reason in reasons)  # the roll-up shows no machine's paths
    return TownRun(path, name_of(place), "failed", shown, seconds=seconds)


def _reasons(outcome: Outcome) -> list[str]:
    return [f"{label}没有完成：{message}" for label, message in outcome.failed.items() if message]


def _fault(error: Exception) -> str:
    """A fault of the program, or of the disk under it; the error's own words may quote a cell and are left out."""
    if isinstance(error, OSError):
        return f"文件读写出错（{error.strerror or type(error).__name__}）。请检查磁盘和网络后重新运行。"
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name} 第 {last.lineno} 行"
    return f"程序出错（{type(error).__name__}，{where}）。请单独运行该镇查看，并把提示交给维护人员。"


def name_of(place: Workspace) -> str:
    """The town's name, or its folder's where unit.yml cannot be read."""
    try:
        return load_unit(place.unit_file).name
    except (FazhiError, OSError):
        return place.root.name
