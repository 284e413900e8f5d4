"""A child process that handles what comes from outside: bounded in time and memory, it may die of it, its caller does not.

The caller sends pickled requests on the child's standard input and loads its answers; the child runs `serve` of a worker
module, which bounds itself before each request (`limit_memory`, `limit_time`).
"""

import contextlib
import gc
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, BinaryIO

from fazhi.intake.forked import ForkedChild, can_fork

_START = """import sys; sys.path[:] = {path!r}
from fazhi.child_processes import die_with_parent; die_with_parent({parent})
from {worker} import serve; serve()"""
# The exit code of a process that used up its processor time, where the system bounds it.
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 1000)

Child = subprocess.Popen[bytes] | ForkedChild


class Ended(Exception):  # no error of the program: what came from outside was too much for the child
    """The child is gone; `slow` where it had used up its time."""

    def __init__(self, slow: bool) -> None:
        super().__init__("slow" if slow else "died")
        self.slow = slow


class GuardedProcess:
    """The caller's side: starts a child of module `worker` when first asked, and another after one has ended."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self.child: Child | None = None
        self._begun: object = None  # a request that was sent and not asked for yet

    def start(self) -> Child:
        """The running child."""
        if self.child is None:
            self.child = ForkedChild(self._worker) if can_fork(self._worker) else _started(self._worker)
        return self.child

    def begin(self, request: object) -> None:
        """Send the request that is asked for next: the child is at it while the caller does something else."""
        with contextlib.suppress(OSError):  # the child is gone: `ask` tells
            self._send(self.start(), request)
            self._begun = request

    def forget(self) -> None:
        """What was begun will not be asked for."""
        if self._begun is not None:
            self.close()

    def _send(self, child: Child, request: object) -> None:
        assert child.stdin is not None
        pickle.dump(request, child.stdin)
        child.stdin.flush()

    def ask(self, request: object, seconds: float, receive: Callable[[IO[bytes]], Any] = pickle.load) -> Any:
        """The child's answer to one request, as `receive` loads it.

        Raises `Ended` where there is none after `seconds` by the clock, or the child has died.
        """
        if self._begun != request:
            self.forget()
        child = self.start()
        expired = threading.Event()
        watch = threading.Timer(seconds, _kill, (child, expired))
        watch.start()
        try:
            if self._begun is None:
                self._send(child, request)
            self._begun = None
            assert child.stdout is not None
            return receive(child.stdout)
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            code = self.close()
            raise Ended(expired.is_set() or code == _OUT_OF_TIME) from None
        finally:
            watch.cancel()
            watch.join()

    def close(self) -> int:
        """End the child; its exit code, below nought for the signal that ended it."""
        child, self.child, self._begun = self.child, None, None
        if child is None:
            return 0
        child.kill()
        for stream in (child.stdin, child.stdout):
            # What was still to be sent to a dead child is lost with it.
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()
        return child.wait()


def _started(worker: str) -> subprocess.Popen[bytes]:
    """A fresh interpreter with nothing but the worker in it."""
    return subprocess.Popen(
        [
            sys.executable, "-I", "-S", "-X", "utf8", "-c",
            _START.format(path=[p for p in sys.path if p], parent=os.getpid(), worker=worker),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _kill(child: Child, expired: threading.Event) -> None:
    expired.set()
    child.kill()


# --- the child's side ------------------------------------------------------------------------------------------------


def serve_requests(answer: Callable[[Any, BinaryIO], None]) -> None:
    """Hand requests on descriptor 0 to `answer`, until it ends; answers go to 1, where nothing a library prints reaches."""
    # Millions of new cells would set off collection after collection: 1 s of a large ledger's 7.
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  kept for the process's life
    requests = os.fdopen(0, "rb", closefd=False)
    while True:
        try:
            request = pickle.load(requests)
        except EOFError:
            return
        answer(request, answers)
        answers.flush()


def limit_memory(wanted: int) -> None:
    """Bound the address space to `wanted` bytes where the system can (not on Windows), and leave no core file with ledger text."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def limit_time(seconds: float) -> None:
    """Let this process use `seconds` more of processor time where the system can bound it: SIGXCPU then ends it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        wanted = math.ceil(used + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
