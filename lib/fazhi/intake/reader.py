"""The parent's side of the reading process: start it, hand it files, outlive it."""

import contextlib
import hashlib
import os
import pickle
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

from fazhi.intake.forked import ForkedChild, can_fork
from fazhi.intake.limits import Limits
from fazhi.intake.model import RawFile, Rows

_START = """import sys; sys.path[:] = {path!r}
from fazhi.child_processes import die_with_parent; die_with_parent({parent})
from fazhi.intake.worker import serve; serve()"""
_DIED = "读取时程序异常中止，文件可能已损坏；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
_SLOW = "读取超过时限，文件可能已损坏或异常庞大；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
# The exit code of a process that used up its processor time, where the system bounds it.
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 1000)
_UNREADABLE = "文件打不开（可能正被占用或没有权限）；请关闭打开它的程序后重试"


Child = subprocess.Popen[bytes] | ForkedChild


def _started() -> subprocess.Popen[bytes]:
    """A fresh interpreter with nothing but the intake in it."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START.format(path=sys.path, parent=os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


class Reader:
    """Reads ledgers in one child process, which may abort, hang or run out of memory without harm to the caller.

    Linux and macOS: limits on processor time, time by the clock and address space (macOS enforces the last loosely).
    Windows: the limit by the clock only; memory is bounded by the gate's limits on sizes.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: Child | None = None

    def __enter__(self) -> "Reader":
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process; a later `read` starts a new one."""
        self._end()

    def _end(self) -> int:
        """End the child process; its exit code, below nought for the signal that ended it."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.kill()
        for stream in (child.stdin, child.stdout):
            # What was still to be sent to a dead child is lost with it.
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()
        return child.wait()

    def read(self, path: Path, relative: str) -> RawFile:
        """The file at `path`, named `relative` in the answer. Never raises for what the file is or holds."""
        answer = self._ask(path, relative)
        if answer == _DIED:  # perhaps of other files it had read, or killed by somebody: a fresh one tells
            answer = self._ask(path, relative)
        if isinstance(answer, RawFile):
            return answer
        return RawFile(relative, "other", _sha256(path), refused=answer)

    def _start(self) -> Child:
        if self._child is None:
            self._child = ForkedChild() if can_fork() else _started()
        return self._child

    def _ask(self, path: Path, relative: str) -> RawFile | str:
        """The child's answer, or why there is none."""
        try:
            status = path.stat()
        except OSError:
            status = None
        if status is None or not stat.S_ISREG(status.st_mode):
            return RawFile(relative, "other", "", refused=_UNREADABLE)
        seconds = self.limits.seconds_for(status.st_size) * self.limits.patience
        child = self._start()
        expired = threading.Event()
        watch = threading.Timer(seconds, _kill, (child, expired))
        watch.start()
        try:
            answer = _exchange(child, (str(path), relative, self.limits))
        finally:
            watch.cancel()
            watch.join()
        if answer is None:
            code = self._end()
            return _SLOW if expired.is_set() or code == _OUT_OF_TIME else _DIED
        return answer


def _kill(child: Child, expired: threading.Event) -> None:
    expired.set()
    child.kill()


def _exchange(child: Child, request: tuple[str, str, Limits]) -> RawFile | None:
    """Send one request and load one answer; None when the child is gone."""
    assert child.stdin is not None and child.stdout is not None
    try:
        pickle.dump(request, child.stdin)
        child.stdin.flush()
        return _receive(child.stdout)
    except (OSError, EOFError, pickle.UnpicklingError, ValueError):
        return None


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
