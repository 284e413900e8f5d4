"""A worker that runs notebooks by stock papermill with a kernel of this very interpreter.

For systems without fork. Requests come as lines of JSON on standard input, answers go to standard output; the end of
standard input ends the worker, and its kernel with it. There is no memory limit here.
"""

import json
import os
import queue
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, BinaryIO

from fazhi.engine.jobs import Job, Limits, read_job
from fazhi.engine.preload import without_formats


class StockWorker:
    """Runs one notebook at a time; a thread waits for the caller to hang up."""

    def __init__(self) -> None:
        self._kernel: Any = None
        self._requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def serve(self, requests: BinaryIO, answers: BinaryIO) -> None:
        """Answer each request with its message ('' when the notebook ran)."""
        threading.Thread(target=self._listen, args=(requests,), daemon=True).start()
        while line := self._requests.get():
            request = json.loads(line)
            answer = {"run": request["run"], **self._run(*read_job(request))}
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()

    def _listen(self, requests: BinaryIO) -> None:
        for line in requests:
            self._requests.put(line)
        if self._kernel is not None:
            _kill(self._kernel)
            os._exit(1)
        self._requests.put(b"")

    def _run(self, job: Job, limits: Limits) -> dict[str, Any]:
        with without_formats():
            from fazhi.engine.execute import answer_to

        return answer_to(job, limits, partial(self._open_client, job))

    @contextmanager
    def _open_client(self, job: Job, progress: Any, options: dict[str, Any]) -> Iterator[Any]:
        """papermill's client with a kernel of this interpreter, whatever kernelspecs are installed."""
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager

        from fazhi.engine.client import TidyClient

        specs = KernelSpecManager(kernel_dirs=[])  # looks at no installed spec: only the native kernel is left
        self._kernel = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs, shutdown_wait_time=2)
        try:
            os.environ.update(job.environ)  # which the kernel inherits
            yield TidyClient(progress, km=self._kernel, resources={"metadata": {"path": str(job.cwd)}}, **options)
        except BaseException:
            _kill(self._kernel)
            raise
        finally:
            self._kernel = None
            for name in job.environ:
                del os.environ[name]


def _kill(manager: Any) -> None:
    """End a kernel that may be busy, and what it started where process groups exist."""
    process = getattr(manager.provisioner, "process", None)
    if process is None:
        return
    with suppress(OSError):
        if hasattr(os, "killpg"):
            import signal

            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def main() -> None:
    """Keep standard output for answers, keep IPython out of the home folder, serve."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with tempfile.TemporaryDirectory(prefix="fazhi-") as folder:
        os.environ["IPYTHONDIR"] = folder
        StockWorker().serve(sys.stdin.buffer, answers)
