"""Processes that do not outlive the one they work for, however that one ends."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 0.2  # seconds


def die_with_parent(parent: int, by: int = 9) -> None:
    """On Linux, be ended by a signal (9: SIGKILL) when process `parent` (this one's parent) ends, whatever runs here, C code too.

    The system takes the end of the thread that forked for the parent's. Elsewhere the closed socket ends a child.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:
            os._exit(1)


@contextmanager
def ending_with_caller(caller: int) -> Iterator[None]:
    """While this process loads modules and hears nothing, look now and then whether its parent `caller` is still there (POSIX)."""

    def look(*_: object) -> None:
        if os.getppid() != caller:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_EVERY, _LOOK_EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
