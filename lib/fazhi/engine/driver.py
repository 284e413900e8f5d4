"""A driver: the process between the warm parent and the cells, which runs one job after the other."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from fazhi.child_processes import die_with_parent
from fazhi.engine.child import become_cells
from fazhi.engine.client import CellProcess, WarmClient
from fazhi.engine.execute import answer_to
from fazhi.engine.jobs import Job, Limits, read_job
from fazhi.engine.output_capture import open_capture

RUNS = 12  # of one notebook in one process: what they leave in memory ends with it


def drive(kernel: Any, requests: socket.socket) -> None:
    """Run the jobs that arrive on `requests` until it closes, and answer each."""
    cells = _Cells(kernel, requests.fileno())
    signal.signal(signal.SIGTERM, cells.stop)
    for line in requests.makefile("rb"):
        job, limits = read_job(json.loads(line))
        answer = answer_to(job, limits, partial(cells.client, job, limits))
        requests.sendall(json.dumps(answer).encode() + b"\n")
    cells.finish()


class _Cells:
    """The driver's cell process: forked for each job; or kept for the next run of a notebook whose runs may share one."""

    def __init__(self, kernel: Any, channel: int) -> None:
        self._kernel, self._channel = kernel, channel
        self._process: CellProcess | None = None
        self._of: Job | None = None  # whose process it is
        self._runs = 0

    @contextmanager
    def client(self, job: Job, limits: Limits, progress: Any, options: dict[str, Any]) -> Iterator[WarmClient]:
        """What runs the cells of a job. A process in which anything went wrong is not kept."""
        if self._process is not None and self._may_run(job):
            self._process.request({"again": dict(job.environ)})
            process = self._process
        else:
            self.finish()
            process = self._process = self._fork(job, limits)
        self._of, self._runs = job, self._runs + 1
        try:
            yield WarmClient(progress, process, self._kernel.language_info, **options)
        except BaseException:
            process.kill()
            self.finish()
            raise
        if not job.shares_process or progress.cell_failed:
            self.finish()

    def _may_run(self, job: Job) -> bool:
        before, process = self._of, self._process
        same = before is not None and (before.notebook, before.cwd) == (job.notebook, job.cwd)
        return same and job.shares_process and self._runs < RUNS and process is not None and process.is_alive()

    def _fork(self, job: Job, limits: Limits) -> CellProcess:
        ours, theirs = socket.socketpair()
        captures = (open_capture(), open_capture())
        driver = os.getpid()
        pid = os.fork()
        if not pid:
            ours.close()
            os.close(self._channel)
            die_with_parent(driver)
            become_cells(self._kernel, (theirs.detach(), *captures), str(job.cwd), limits.memory_bytes, job.environ)
        theirs.close()
        self._runs = 0
        return CellProcess(ours, captures, pid)

    def finish(self) -> None:
        """See the process off, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.finish()

    def stop(self, *_: Any) -> None:
        """End at once, with all that runs."""
        if self._process is not None:
            self._process.kill()
            self.finish()
        raise SystemExit(1)
