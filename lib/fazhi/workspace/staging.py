"""A run works in a folder of its own; what it made is put in place at the end, whole, `run.json` last.

The folder `data/processed/.run` starts as hard links to the present results (files are only ever replaced, never
written into). `commit` notes what is to be moved and then moves it: cut short before the note, nothing has changed; after
it, the next run carries the rest out. What must not be lost in a power cut is on the disk before the next thing is done.
"""

import errno
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from types import TracebackType

from fazhi.errors import StorageError
from fazhi.workspace.files import PART, read_json, remove, sync_folder, write_bytes, write_json
from fazhi.workspace.paths import STAGE_FILE, Workspace
from fazhi.workspace.results import RUN

FOLDER = ".run"
_NOTE = "commit.json"
_LAST = RUN

Mark = tuple[int, int, int]


class Stage:
    """The folder of one run of some years. As a context manager it is cleared away at the end, committed or not."""

    def __init__(self, workspace: Workspace, years: Sequence[int]) -> None:
        self.workspace = replace(workspace, stage=workspace.processed_root / FOLDER)
        self._target, self._years = workspace.processed_root, years
        self._before: dict[str, Mark] = {}

    def __enter__(self) -> "Stage":
        recover(self.workspace)
        try:
            write_json(self._folder / STAGE_FILE, {"workspace": str(self.workspace.root)})
            for year in self._years:
                self._link(str(year))
            self._before = self._marks(*self._years)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if not (self._folder / _NOTE).exists():
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        assert self.workspace.stage is not None
        return self.workspace.stage

    def changed(self, year: int) -> list[str]:
        """What the run has written so far of a year, by path below the year's folder."""
        written = (name for name, mark in self._marks(year).items() if self._before.get(name) != mark)
        return [name.partition("/")[2] for name in written]

    def commit(self) -> None:
        """Put what the run changed in place and take away what it removed; files it did not touch stay as they are.

        Raises StorageError, with nothing moved, where a file is held by another program (Windows lets none be replaced then).
        """
        after = self._marks(*self._years)
        changed = [name for name, mark in after.items() if self._before.get(name) != mark]
        removed = [name for name in self._before if name not in after]
        order = sorted(changed, key=lambda name: (name.endswith(f"/{_LAST}"), name))
        _make_ready(self._target, order, removed)
        _sync_folders(self._folder, order)
        with _undisturbed():
            write_json(self._folder / _NOTE, {"move": order, "remove": removed})
            sync_folder(self._folder)
            _carry_out(self._folder, self._target)

    def _link(self, year: str) -> None:
        for name in _files_below(self._target, year):
            path, target = self._target / name, self._folder / name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(path, target)
            except OSError:  # a file system without hard links
                write_bytes(target, path.read_bytes())

    def _marks(self, *years: int) -> dict[str, Mark]:
        """What tells a replaced file from the one that was there, by path below the folder."""
        found = {}
        for name in (name for year in years for name in _files_below(self._folder, str(year))):
            stat = (self._folder / name).stat()
            found[name] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        return found


def _files_below(root: Path, folder: str) -> Iterator[str]:
    """The whole files in a folder of `root` and below it, by their paths from `root`, in order; none where there is no folder."""
    place = root / folder
    for entry in sorted(os.scandir(place), key=attrgetter("name")) if place.is_dir() else ():
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(root, f"{folder}/{entry.name}")
        elif entry.is_file() and not entry.name.endswith(PART):
            yield f"{folder}/{entry.name}"


def recover(workspace: Workspace) -> None:
    """Finish the commit of a run that was cut short in it; clear away what one left that was cut short before."""
    folder = workspace.processed_root / FOLDER
    if (folder / _NOTE).exists():
        _carry_out(folder, workspace.processed_root)
    shutil.rmtree(folder, ignore_errors=True)
    for left in (*workspace.processed_root.rglob(f".*{PART}"), *workspace.key_file.parent.glob(f".*{PART}")):
        with suppress(OSError):
            left.unlink()


def _make_ready(target: Path, moved: Iterable[str], removed: Iterable[str]) -> None:
    """Make the folders for what is to be moved, and ask the system of every file there whether it can be replaced."""
    held = []
    for path in (target / name for name in (*moved, *removed)):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(path.parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if path.exists():
                path.rename(path)  # refused on Windows where another program has it open
        except PermissionError:
            held.append(path.name)
        except OSError as error:
            raise StorageError.of(path, error) from error
    if held:
        names = "、".join(held[:5]) + (f" 等 {len(held)} 个文件" if len(held) > 5 else "")
        raise StorageError(
            f"{names} 不能替换：没有写入权限，或正被其他程序打开。请关闭打开它的程序（Word、WPS、PDF 阅读器等）后重新运行；原有结果没有改动。"
        )


def _sync_folders(root: Path, names: Iterable[str]) -> None:
    for folder in sorted({(root / name).parent for name in names}):
        sync_folder(folder)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Be deaf to Ctrl-C and requests to end: what goes on takes a moment, and its half is worse than either end."""
    if threading.current_thread() is not threading.main_thread():  # interrupts do not come here
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _carry_out(folder: Path, target: Path) -> None:
    """Do what the note says; what is no longer in the folder has been moved already.

    What is to go goes first: it may be a document that is not to be published, and a year looks done once its `run.json` is in place.
    """
    note = read_json(folder / _NOTE)
    try:
        for name in note["remove"]:
            remove(target / name)
        for name in note["move"]:
            if (folder / name).exists():
                _move(folder / name, target / name)
        _sync_folders(target, [name for name in note["move"] + note["remove"] if (target / name).parent.is_dir()])
        remove(folder / _NOTE)
    except StorageError as error:
        raise StorageError(f"{error}新结果还没有全部放好，重新运行会先把它放完。") from error


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            source.replace(target)
        except OSError:  # the year's folder may be a link to another disk
            write_bytes(target, source.read_bytes())
    except OSError as error:
        raise StorageError.of(target, error) from error
