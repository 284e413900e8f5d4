"""What a forked child does to be like a fresh kernel process."""

import atexit
import os
import random
import signal
import socket
import sys
import traceback
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from fazhi.engine.jobs import child_environment


def become_cells(
    kernel: Any,
    descriptors: Sequence[int],
    cwd: str,
    memory_bytes: int | None = None,
    environ: Mapping[str, str] | None = None,
) -> NoReturn:
    """Turn this just forked process into the cell process of one notebook; ends the process.

    `descriptors` are the socket to its driver and the capture files of standard output and error. `environ` replaces
    the environment of the warm parent.
    """
    from fazhi.engine.cell_process import serve

    connection, *captures = descriptors
    code = 1
    try:
        _be_fresh(cwd, environ)
        kernel.shell.init_environment()
        kernel.shell.user_ns["_dh"][:] = [Path.cwd()]
        os.environ["JPY_PARENT_PID"] = str(os.getppid())  # libraries look for it to tell a notebook
        sys.argv[:] = [_launcher(), "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
        if memory_bytes is not None:
            _limit_memory(memory_bytes)
        serve(kernel, socket.socket(fileno=connection), tuple(captures))
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


def _be_fresh(cwd: str, environ: Mapping[str, str] | None) -> None:
    """The state a new process has: session, signals, folder, environment, random numbers, nothing to do at exit."""
    import numpy

    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(cwd)
    if environ is not None:
        os.environ.clear()
        os.environ.update(child_environment(environ))
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
