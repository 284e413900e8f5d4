"""What a forked child does to be like a fresh kernel process."""

import atexit
import os
import random
import signal
import socket
import sys
import traceback
import warnings
import weakref
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from fazhi.engine.jobs import child_environment


def become_cells(
    kernel: Any,
    descriptors: Sequence[int],
    cwd: str,
    memory_bytes: int | None = None,
    besides: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> NoReturn:
    """Turn this just forked process into the cell process of one notebook; ends the process.

    `descriptors` are the socket to its driver and the capture files of standard output and error. `environ` replaces
    the environment of the warm parent, `besides` is added to it.
    """
    from fazhi.engine.cell_process import serve

    connection, *captures = descriptors
    code = 1
    try:
        _be_fresh(cwd, environ)
        start = partial(_start, kernel, cwd, {**os.environ, "JPY_PARENT_PID": str(os.getppid())})
        start(besides or {})
        if memory_bytes is not None:
            _limit_memory(memory_bytes)
        serve(kernel, socket.socket(fileno=connection), tuple(captures), partial(start, again=True))
        atexit._run_exitfuncs()
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def become_kernel(
    arguments: Sequence[str], descriptors: Sequence[int], cwd: str, environ: Mapping[str, str] | None = None
) -> None:
    """Turn this just forked process into an ordinary ipykernel with command line `arguments`; returns when it ends.

    `descriptors` become standard output and error.
    """
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.kernelbase import Kernel
    from IPython.core.interactiveshell import InteractiveShell

    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in zip((null, *descriptors), (0, 1, 2), strict=True):
        os.dup2(source, target)
        os.close(source)
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode, closefd=False) for n, mode in enumerate("rww"))  # noqa: SIM115
    _be_fresh(cwd, environ)
    for warm in (InteractiveShell.instance(), Kernel.instance(), IPKernelApp.instance()):
        type(warm).clear_instance()
    sys.argv[:] = [_launcher(), *arguments]
    # its default was read from the environment when ipykernel was imported, in the warm parent
    IPKernelApp.launch_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    atexit._run_exitfuncs()


def _start(
    kernel: Any, cwd: str, environ: Mapping[str, str], besides: Mapping[str, str], *, again: bool = False
) -> None:
    """What a notebook finds when it starts: folder, environment, arguments, random numbers; `again`, after another, no names,
    counts, or warnings shown already.
    """
    _set(cwd, {**environ, **besides})
    sys.argv[:] = [_launcher(), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    if again:
        kernel.shell.reset()
        with warnings.catch_warnings():
            pass  # leaving it makes every module forget what it has warned of
    kernel.shell.init_environment()
    kernel.shell.user_ns["_dh"][:] = [Path.cwd()]


def _be_fresh(cwd: str, environ: Mapping[str, str] | None) -> None:
    """The state a new process has: session, signals, folder, environment, random numbers, nothing to do at exit."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _set(cwd, dict(os.environ) if environ is None else child_environment(environ))
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]


def _set(cwd: str, environ: Mapping[str, str]) -> None:
    import numpy

    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environ)
    random.seed()
    numpy.random.seed()


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
