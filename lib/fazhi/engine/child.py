"""What a forked child does to be like a fresh kernel process."""

import atexit
import ctypes
import os
import random
import signal
import socket
import sys
import traceback
import weakref
from pathlib import Path
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """On Linux, be killed when process `parent` (this one's parent) ends. Elsewhere the closed socket ends a child."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def become_cells(
    kernel: Any, connection: socket.socket, captures: tuple[int, ...], cwd: str, memory_bytes: int | None
) -> NoReturn:
    """Turn this just forked process into the cell process of one notebook; ends the process."""
    from fazhi.engine.cells import serve

    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _forget_parent(kernel, cwd)
        if memory_bytes is not None:
            _limit_memory(memory_bytes)
        serve(kernel, connection, captures)
        atexit._run_exitfuncs()
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def _forget_parent(kernel: Any, cwd: str) -> None:
    """The state a fresh kernel has: folder, arguments, random numbers, nothing to do at exit."""
    import numpy

    os.chdir(cwd)
    kernel.shell.user_ns["_dh"][:] = [Path.cwd()]
    sys.argv[:] = [_launcher(), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    random.seed()
    numpy.random.seed()
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]


def _launcher() -> str:
    import ipykernel

    return str(Path(ipykernel.__file__).parent.with_name("ipykernel_launcher.py"))


def _limit_memory(extra_bytes: int) -> None:
    """Let the process map `extra_bytes` more than it does now (POSIX; macOS does not enforce it)."""
    import resource

    now = 0
    if sys.platform == "linux":
        now = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = now + extra_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
