"""Runs jobs in parallel and in order of their dependencies; results come in the order of the jobs."""

import os
import queue
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from fazhi.engine.jobs import DEAD, Job, Limits, Result, Status, check_plan, core_count, job_message
from fazhi.engine.workers import Worker, module_entry
from fazhi.errors import FazhiError

Backend = Literal["auto", "warm", "stock"]
_BROKEN = ("failed", "skipped")
Event = tuple[Worker, dict[str, Any]]
OnEvent = Callable[[str, Job, Result | None], None]


class Runner:
    """Runs notebooks in children forked from one warm parent, or by stock kernels where there is no fork.

    `jobs` 0 means all cores; `timeout` is seconds for one notebook; `memory_bytes` what one notebook may allocate
    (POSIX, forked children only). `warm` names modules (or `module:function`, or top-level functions) to load once,
    `later` those that the first notebooks do not wait for.
    As a context manager it keeps its processes between runs, else each `run` starts and ends them.
    """

    def __init__(
        self,
        jobs: int = 0,
        timeout: float = 600,
        memory_bytes: int | None = None,
        warm: str | Callable[[], Any] | Iterable[str | Callable[[], Any]] = (),
        later: Iterable[str] = (),
        *,
        backend: Backend = "auto",
        deterministic: bool = True,
    ) -> None:
        entries = [warm] if callable(warm) or isinstance(warm, str) else list(warm)
        self._warm = [*map(module_entry, entries), "--", *later]
        self._slots = jobs or core_count()
        self._limits = Limits(timeout, memory_bytes, deterministic)
        self._forks = backend == "warm" or (backend == "auto" and hasattr(os, "fork"))
        self._workers: list[Worker] = []
        self._free: list[Worker] = []
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._kept = False

    def __enter__(self) -> "Runner":
        self.keep()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._kept = False
        self.close()

    def keep(self) -> None:
        """Keep the processes between runs, once they are started, until `close`."""
        self._kept = True

    def start(self) -> None:
        """Begin to warm up; returns at once, so that the caller can do something else meanwhile."""
        if self._workers:
            return
        if self._forks:
            self._workers = [Worker("fazhi.engine.warm_parent", self._warm, self._on_answer, by_socket=True)]
            self._free = self._workers * self._slots
        else:
            module = "fazhi.engine.stock_kernel"
            self._workers = [Worker(module, (), self._on_answer, by_socket=False) for _ in range(self._slots)]
            self._free = list(self._workers)

    def _on_answer(self, worker: Worker, answer: dict[str, Any]) -> None:
        self._events.put((worker, answer))

    def close(self) -> None:
        """End all processes, with whatever they run."""
        workers, self._workers, self._free = self._workers, [], []
        for worker in workers:
            worker.close()
        self._events = queue.SimpleQueue()

    def run(
        self, jobs: Sequence[Job], on_event: OnEvent | None = None, is_stale: Callable[[Job], bool] = lambda _: True
    ) -> list[Result]:
        """Run all jobs; `on_event` hears ("start", job, None) and ("end", job, result).

        When a job's turn has come, `is_stale` is asked: one that is not due is kept as it is, which is as good as done.

        A job whose predecessor did not succeed is skipped. Raises ValueError for a plan that cannot be run, FazhiError
        when the processes cannot be started. Ctrl-C ends everything that runs before it is raised again.
        """
        check_plan(jobs)
        try:
            self.start()
            return _Run(jobs, self._limits, on_event, is_stale).finish(self._free, self._events)
        except BaseException:
            self.close()
            raise
        finally:
            if not self._kept:
                self.close()


class _Run:
    """The state of one `run`: who waits, who runs since when, how the others ended."""

    def __init__(
        self, jobs: Sequence[Job], limits: Limits, on_event: OnEvent | None, is_stale: Callable[[Job], bool]
    ) -> None:
        self._jobs = jobs
        self._limits = limits
        self._on_event = on_event or (lambda *_: None)
        self._is_due = is_stale
        self._waiting = list(range(len(jobs)))
        self._running: dict[int, float] = {}
        self._attempts: Counter[int] = Counter()
        self._results: dict[str, Result] = {}

    def finish(self, free: list[Worker], events: "queue.SimpleQueue[Event]") -> list[Result]:
        """All results, in the order of the jobs."""
        while len(self._results) < len(self._jobs):
            self._skip()
            self._start(free)
            if self._running:
                self._take(*next_event(events), free)
        return [self._results[job.name] for job in self._jobs]

    def _skip(self) -> None:
        for number in list(self._waiting):
            job = self._jobs[number]
            failed = [name for name in job.after if name in self._results and self._results[name].status in _BROKEN]
            if failed:
                self._waiting.remove(number)
                message = f"笔记本 {job.notebook.name} 未运行：前面的 {'、'.join(failed)} 没有完成"
                self._end(Result(job.name, "skipped", 0.0, message, job.output), job)

    def _start(self, free: list[Worker]) -> None:
        for number in list(self._waiting):
            job = self._jobs[number]
            if not free or any(name not in self._results for name in (*job.after, *job.behind)):
                continue
            self._waiting.remove(number)
            if not self._is_due(job):
                self._end(Result(job.name, "kept", 0.0, "", job.output), job)
                continue
            free.pop().send(job_message(number, job, self._limits))
            self._running[number] = time.monotonic()
            self._attempts[number] += 1
            self._on_event("start", job, None)

    def _take(self, worker: Worker, event: dict[str, Any], free: list[Worker]) -> None:
        if "gone" in event:
            raise worker.failure()
        if event.get("ready", 1) > 1:
            raise FazhiError(f"预热的模块启动了线程（共 {event['ready']} 个），不能安全地派生进程")
        if "run" not in event:
            return
        number = event["run"]
        free.append(worker)
        job, seconds = self._jobs[number], time.monotonic() - self._running.pop(number)
        if event["error"] == DEAD and self._attempts[number] < job.max_attempts:
            self._waiting.insert(0, number)
            return
        status: Status = "failed" if event["message"] else "done"
        self._end(Result(job.name, status, seconds, event["message"], job.output, event["error"], event["value"]), job)

    def _end(self, result: Result, job: Job) -> None:
        self._results[job.name] = result
        self._on_event("end", job, result)


def next_event(events: "queue.SimpleQueue[Event]") -> Event:
    """The next answer of any process, however long it takes."""
    while True:
        try:
            return events.get(timeout=1)  # on Windows a wait without end cannot be interrupted by Ctrl-C
        except queue.Empty:
            continue
