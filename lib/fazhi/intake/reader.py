"""The parent's side of the reading process: start it, hand it files, outlive it."""

import hashlib
import pickle
import stat
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from fazhi.intake.guarded import Ended, GuardedProcess
from fazhi.intake.limits import Limits
from fazhi.intake.model import RawFile, Rows

_DIED = "读取时程序异常中止，文件可能已损坏；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
_SLOW = "读取超过时限，文件可能已损坏或异常庞大；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
_UNREADABLE = "文件打不开（可能正被占用或没有权限）；请关闭打开它的程序后重试"
_AHEAD = 1 << 20  # bytes of a file that is begun on early: a larger one would take its memory beside that before it


class Reader:
    """Reads ledgers in one child process, which may abort, hang or run out of memory without harm to the caller.

    Linux and macOS: limits on processor time, time by the clock and address space (macOS enforces the last loosely).
    Windows: the limit by the clock only; memory is bounded by the gate's limits on sizes.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process = GuardedProcess("fazhi.intake.worker")

    def __enter__(self) -> "Reader":
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process; a later `read` starts a new one."""
        self._process.close()

    def read_all(self, files: Sequence[tuple[Path, str]]) -> Generator[RawFile, None, None]:
        """The files at these paths, by these names; each is begun on while the caller looks at the one before."""
        try:
            for at, (path, relative) in enumerate(files):
                file = self.read(path, relative)
                for following in files[at + 1 : at + 2]:
                    self._begin(*following)
                yield file
        finally:
            self._process.forget()

    def _begin(self, path: Path, relative: str) -> None:
        with suppress(OSError):  # one that is gone is told of when its turn comes
            status = path.stat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= _AHEAD:
                self._process.begin((str(path), relative, self.limits))

    def read(self, path: Path, relative: str) -> RawFile:
        """The file at `path`, named `relative` in the answer. Never raises for what the file is or holds."""
        answer = self._ask(path, relative)
        if answer == _DIED:  # perhaps of other files it had read, or killed by somebody: a fresh one tells
            answer = self._ask(path, relative)
        if isinstance(answer, RawFile):
            return answer
        return RawFile(relative, "other", _sha256(path), refused=answer)

    def _ask(self, path: Path, relative: str) -> RawFile | str:
        """The child's answer, or why there is none."""
        try:
            status = path.stat()
        except OSError:
            status = None
        if status is None or not stat.S_ISREG(status.st_mode):
            return RawFile(relative, "other", "", refused=_UNREADABLE)
        seconds = self.limits.seconds_for(status.st_size) * self.limits.patience
        try:
            file: RawFile = self._process.ask((str(path), relative, self.limits), seconds, _receive)
        except Ended as ended:
            return _SLOW if ended.slow else _DIED
        return file


def _receive(stream: IO[bytes]) -> RawFile:
    """Blocks of rows as (sheet number, rows), then the file they belong to."""
    blocks: dict[int, Rows] = {}
    while not isinstance(message := pickle.load(stream), RawFile):
        number, rows = message
        blocks.setdefault(number, []).extend(rows)
    for number, rows in blocks.items():
        message.sheets[number].rows.extend(rows)
    return message


def _sha256(path: Path) -> str:
    """Fingerprint of a file whose reader died; empty when it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
