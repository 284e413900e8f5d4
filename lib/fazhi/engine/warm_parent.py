"""The warm parent: a process without threads that has imported everything and forks on request.

Started by `workers.Worker` with the caller's process id and what to load (`warmup.load`) as arguments, and the caller's
socket as descriptor 0. What stands behind `--` is loaded while it serves already, whenever nobody asks for anything.
Lines of JSON come in; answers go back on the same socket. When the socket closes, all children end.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from fazhi.child_processes import die_with_parent, ending_with_caller
from fazhi.engine.child import become_cells, become_kernel
from fazhi.engine.jobs import DEAD
from fazhi.engine.preload import FOR_ALL, FOR_DRAWING, load, thread_count


@dataclass
class Driver:
    """A process that runs jobs one after the other: job number (None: nothing to do), whether that one is its last, and
    its answer so far; whether it lacks what was loaded since it was forked, and the notebook whose cell process it may keep.
    """

    socket: socket.socket
    pid: int
    number: int | None = None
    last: bool = False
    stale: bool = False
    keeps: str = ""
    pending: bytearray = field(default_factory=bytearray)

    def retire(self) -> None:
        """Let it end after the job that it runs, if any."""
        if not self.last:
            self.last = True
            self.socket.shutdown(socket.SHUT_WR)


class Parent:
    """The socket to the caller, the warm kernel object, and the children that run."""

    def __init__(self, control: socket.socket, caller: int, kernel: Any, later: Sequence[str]) -> None:
        self.control = control
        self._caller = caller
        self.kernel = kernel
        self._later = list(later)  # not yet loaded
        self._requests = bytearray()  # not yet a whole line
        self._descriptors: list[int] = []  # open files that came along, not yet used
        self._selector = selectors.DefaultSelector()
        self._drivers: dict[int, Driver] = {}  # by the descriptor of their socket
        self._children: set[int] = set()  # process ids of cells and kernels that others drive
        self._wake, wakeup = socket.socketpair()
        for end in (self._wake, wakeup):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
        self._wakeup = wakeup

    def serve(self) -> None:
        """Handle requests and the ends of children until the caller goes away."""
        self._selector.register(self.control, selectors.EVENT_READ, self._read_requests)
        self._selector.register(self._wake, selectors.EVENT_READ, self._collect)
        while True:
            events = self._selector.select(0 if self._later else None)
            for key, _ in events:
                if key.data(key.fd) is False:
                    return self._end_children()
            if self._later and not events:
                self._load(self._later.pop(0))

    def _load(self, entry: str) -> None:
        """Load one entry more; drivers that were forked without it go on with the notebook that they have begun, no other."""
        with ending_with_caller(self._caller):
            load([entry], self.kernel)
        for driver in self._drivers.values():
            driver.stale = True
        if not self._later:
            self.tell_ready()

    def tell_ready(self) -> None:
        """Say that this process can fork, with the number of its threads: more than one, and it must not."""
        self._answer({"ready": thread_count()})

    def _read_requests(self, _: int) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self.control, 1 << 20, 16)
        self._requests += data
        self._descriptors += descriptors
        *lines, self._requests = self._requests.split(b"\n")
        for line in lines:
            self._handle(json.loads(line))
        return bool(data)

    def _handle(self, request: dict[str, Any]) -> None:
        if "run" in request:
            self._start(request)
        elif "cells" in request:
            self._start_child(request, 3, partial(become_cells, self.kernel))
        elif "kernel" in request:
            self._start_child(request, 2, partial(become_kernel, request["kernel"]))

    def _start(self, request: dict[str, Any]) -> None:
        """Give a job to a driver that has nothing to do, or to a new one."""
        job = request["job"]
        goes_on_with = job["notebook"] if job["shares_process"] else None
        idle = [known for known in self._drivers.values() if known.number is None and not known.last]
        fit = [known for known in idle if not known.stale or known.keeps == goes_on_with]
        driver = max(fit, key=lambda known: known.keeps == goes_on_with, default=None) or self._new_driver()
        for other in idle:
            if other.stale and other is not driver and goes_on_with is None:
                other.retire()
        driver.number, driver.keeps = request["run"], goes_on_with or ""
        driver.socket.sendall(json.dumps(request).encode() + b"\n")
        if job["call"]:  # it may start threads
            driver.retire()

    def _new_driver(self) -> "Driver":
        ours, theirs = socket.socketpair()
        parent = os.getpid()

        def work() -> None:
            die_with_parent(parent, signal.SIGTERM)  # so that it ends what its cells have started
            from fazhi.engine.driver import drive

            ours.close()
            drive(self.kernel, theirs)

        driver = Driver(ours, self._fork(work))
        theirs.close()
        self._drivers[ours.fileno()] = driver
        self._selector.register(ours, selectors.EVENT_READ, self._read_driver)
        return driver

    def _read_driver(self, descriptor: int) -> None:
        driver = self._drivers[descriptor]
        data = driver.socket.recv(1 << 16)
        driver.pending += data
        if driver.pending.endswith(b"\n"):
            self._answer({"run": driver.number, **json.loads(driver.pending)})
            driver.pending.clear()
            driver.number = None
        if not data:
            self._selector.unregister(driver.socket)
            del self._drivers[descriptor]
            driver.socket.close()
            os.waitpid(driver.pid, 0)
            if driver.number is not None:
                died = "运行笔记本的进程意外结束，可能是内存不足"
                self._answer({"run": driver.number, "message": died, "error": DEAD, "value": None})

    def _start_child(self, request: dict[str, Any], count: int, become: Callable[..., None]) -> None:
        """Fork a child that somebody else drives, over the `count` open files that came with the request."""
        descriptors = [self._descriptors.pop(0) for _ in range(count)]
        pid = self._fork(lambda: become(descriptors, request["cwd"], environ=request["environ"]))
        for descriptor in descriptors:
            os.close(descriptor)
        self._children.add(pid)
        self._answer({"number": request["number"], "pid": pid, "language_info": self.kernel.language_info})

    def _collect(self, _: int) -> None:
        with suppress(BlockingIOError):
            self._wake.recv(1 << 12)
        for pid in list(self._children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._children.discard(pid)
                self._answer({"exited": pid, "code": os.waitstatus_to_exitcode(status)})

    def _fork(self, work: Callable[[], None]) -> int:
        """The id of a child that runs `work` and ends; it holds none of this process's channels."""
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._close_channels()
            die_with_parent(parent)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _close_channels(self) -> None:
        self._selector.close()
        for end in (self.control, self._wake, self._wakeup):
            end.close()
        for driver in self._drivers.values():
            driver.socket.close()

    def _answer(self, message: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):
            self.control.sendall(json.dumps(message).encode() + b"\n")

    def _end_children(self) -> None:
        """Drivers end their own cells on SIGTERM; whoever is left after two seconds is killed."""
        running = [driver.pid for driver in self._drivers.values()]
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in self._children:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        end = time.monotonic() + 2
        while running and time.monotonic() < end:
            running = [pid for pid in running if not os.waitpid(pid, os.WNOHANG)[0]]
            time.sleep(0.01)
        for pid in running:
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Warm up, say so, serve."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    caller, *entries = sys.argv[1:]
    first, later = entries[: entries.index("--")], entries[entries.index("--") + 1 :]
    gc.disable()  # until all is loaded
    with ending_with_caller(int(caller)):
        from fazhi.engine.cell_process import make_kernel

        kernel = make_kernel()
        load([*first, *FOR_ALL], kernel)
    parent = Parent(control, int(caller), kernel, later or FOR_DRAWING)
    parent.tell_ready()
    parent.serve()
    os._exit(0)  # without the tenth of a second that Python takes to unload it all
