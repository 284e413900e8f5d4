"""A small town that has been run once and whose raw folder has changed since: what each try starts from."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import ROOT
from fazhi.workspace.files import fingerprint

YEAR = "2025"
FAZHI = [sys.executable, "-m", "fazhi.cli.main", "run", YEAR]
BEFORE, ADDED = "党建办", "应急管理办"  # offices of the sample


@dataclass(frozen=True)
class Town:
    """The workspace, its results before the change (kept aside), and what an undisturbed run makes of it."""

    root: Path
    kept: Path
    old: dict[str, str]
    new: dict[str, str]
    seconds: float  # of an undisturbed run

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed"

    def restore(self) -> None:
        """Put the results before the change back."""
        shutil.rmtree(self.processed, ignore_errors=True)
        shutil.copytree(self.kept, self.processed)

    def start(self, environment: dict[str, str]) -> "subprocess.Popen[str]":
        """A run, in a process group of its own."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(
            FAZHI, cwd=self.root, env={**os.environ, **environment}, start_new_session=True, **pipes
        )


def build(folder: Path, source: Path = ROOT / "data" / "raw") -> Town:
    """Run the town, change its raw folder, run it again from nothing and on top: both must come to the same."""
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(source / "unit.yml", raw)
    shutil.copytree(source / YEAR / BEFORE, raw / YEAR / BEFORE)
    processed, kept = folder / "data" / "processed", folder / "kept"
    _run(folder)
    old = contents(folder)
    shutil.move(processed, kept)
    shutil.copytree(source / YEAR / ADDED, raw / YEAR / ADDED)
    _run(folder)
    cold = contents(folder)
    town = Town(folder, kept, old, cold, 0)
    town.restore()
    seconds = _run(folder)
    assert contents(folder) == cold, "a run on top of another makes something else than one from nothing"
    return Town(folder, kept, old, cold, seconds)


def contents(folder: Path) -> dict[str, str]:
    """Every file and folder below `data`, raw ones too, with the fingerprint of its content; '' for a folder."""
    found = {}
    for path in sorted((folder / "data").rglob("*")):
        name = path.relative_to(folder / "data").as_posix()
        found[name] = fingerprint(path) if path.is_file() else ""
    return found


def _run(folder: Path) -> float:
    started = time.perf_counter()
    done = subprocess.run(FAZHI, cwd=folder, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return time.perf_counter() - started
