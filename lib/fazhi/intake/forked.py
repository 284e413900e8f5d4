"""A reading process forked from a warm one: there in milliseconds where a fresh interpreter takes a fifth of a second."""

import contextlib
import os
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from fazhi.child_processes import die_with_parent


def can_fork(worker: str) -> bool:
    """Whether a fork is safe and worth it: one thread only, and module `worker` loaded already (by a warm parent)."""
    return hasattr(os, "fork") and worker in sys.modules and threading.active_count() == 1 and _native_threads() == 1


def _native_threads() -> int:
    """Threads of the process that Python does not know of count too; 2 where the system does not tell (then no fork)."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 2


class ForkedChild:
    """The part of `Popen` that its caller uses; the child serves as module `worker` does."""

    def __init__(self, worker: str) -> None:
        request_end, requests = os.pipe()
        answers, answer_end = os.pipe()
        self._status: int | None = None
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            _serve(worker, request_end, answer_end, parent)
        os.close(request_end)
        os.close(answer_end)
        self.stdin: BinaryIO = os.fdopen(requests, "wb")
        self.stdout: BinaryIO = os.fdopen(answers, "rb")

    def kill(self) -> None:
        """End it at once; a process already waited for is left alone, its number may be another's."""
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code once it has ended, below nought for the signal that ended it."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return self._status


def _serve(worker: str, request_end: int, answer_end: int, parent: int) -> None:
    """In the child: answer until the requests end, then leave without the parent's exit handlers."""
    try:
        die_with_parent(parent)
        os.dup2(request_end, 0)
        os.dup2(answer_end, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.closerange(3, 256)
        sys.modules[worker].serve(_mapped_bytes())
    finally:
        os._exit(0)


def _mapped_bytes() -> int:
    """The address space this process has already."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
