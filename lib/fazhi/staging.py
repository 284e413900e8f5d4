"""A run works in a folder of its own; what it made is put in place at the end, whole, `run.json` last.

The folder `data/processed/.run` starts as hard links to the present results (files are only ever replaced, never
written into). `commit` notes what is to be moved and then moves it: cut short before the note, nothing has changed; after
it, the next run carries the rest out.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from fazhi.errors import StorageError
from fazhi.paths import STAGE_FILE, Workspace
from fazhi.storage import read_json, write_bytes, write_json

FOLDER = ".run"
_NOTE = "commit.json"
_LAST = "run.json"

Mark = tuple[int, int, int]


class Stage:
    """The folder of one run of some years. As a context manager it is cleared away at the end, committed or not."""

    def __init__(self, workspace: Workspace, years: Sequence[int]) -> None:
        self.workspace = replace(workspace, stage=workspace.processed_root / FOLDER)
        self._target, self._years = workspace.processed_root, years
        self._before: dict[str, Mark] = {}

    def __enter__(self) -> "Stage":
        recover(self.workspace)
        write_json(self._folder / STAGE_FILE, {"workspace": str(self.workspace.root)})
        for year in self._years:
            self._link(str(year))
        self._before = self._marks()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if not (self._folder / _NOTE).exists():
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        assert self.workspace.stage is not None
        return self.workspace.stage

    def commit(self) -> None:
        """Put what the run changed in place and take away what it removed; files it did not touch stay as they are."""
        after = self._marks()
        changed = [name for name, mark in after.items() if self._before.get(name) != mark]
        removed = [name for name in self._before if name not in after]
        order = sorted(changed, key=lambda name: (name.endswith(f"/{_LAST}"), name))
        write_json(self._folder / _NOTE, {"move": order, "remove": removed})
        _carry_out(self._folder, self._target)

    def _link(self, year: str) -> None:
        source = self._target / year
        for path in sorted(source.rglob("*")):
            if path.is_file() and path.suffix != ".part":
                target = self._folder / year / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(path, target)
                except OSError:  # a file system without hard links
                    write_bytes(target, path.read_bytes())

    def _marks(self) -> dict[str, Mark]:
        """What tells a replaced file from the one that was there, by path below the folder."""
        found = {}
        for year in self._years:
            for path in sorted((self._folder / str(year)).rglob("*")):
                if path.is_file() and path.suffix != ".part":
                    stat = path.stat()
                    found[path.relative_to(self._folder).as_posix()] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        return found


def recover(workspace: Workspace) -> None:
    """Finish the commit of a run that was cut short in it; clear away the folder of one that was cut short before."""
    folder = workspace.processed_root / FOLDER
    if (folder / _NOTE).exists():
        _carry_out(folder, workspace.processed_root)
    shutil.rmtree(folder, ignore_errors=True)


def _carry_out(folder: Path, target: Path) -> None:
    """Do what the note says; what is no longer in the folder has been moved already.

    What is to go goes first: it may be a document that is not to be published, and a year looks done once its `run.json` is in place.
    """
    note = read_json(folder / _NOTE)
    for name in note["remove"]:
        _remove(target / name)
    for name in note["move"]:
        if (folder / name).exists():
            _move(folder / name, target / name)
    (folder / _NOTE).unlink()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError.of(path, error) from error


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            source.replace(target)
        except OSError:  # the year's folder may be a link to another disk
            write_bytes(target, source.read_bytes())
    except OSError as error:
        raise StorageError.of(target, error) from error
