"""Towns on this machine: a few long-lived processes, each a town at a time. One that dies costs its town another try."""

import queue
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from fazhi.engine.jobs import core_count
from fazhi.engine.runner import next_event
from fazhi.engine.workers import Worker
from fazhi.errors import FazhiError
from fazhi.fleet.town_result import GONE, TownRun, name_of
from fazhi.fleet.towns import Found

RETIRE_AFTER = 50  # towns a process serves: what it has gathered in memory ends with it
MAX_ATTEMPTS = 3
WORKER = "fazhi.fleet.worker"

OnTown = Callable[[TownRun], None]


def run_here(found: Found, towns: Sequence[str], year: int, jobs: int, on_event: OnTown) -> None:
    """Bring the towns up to date on this machine. Ctrl-C ends all processes, then is raised again.

    Parameters
    ----------
    found, towns
        The workspaces, and which of them (paths of `found`) are to be run.
    year
        The year of all towns.
    jobs
        Towns at a time, each in a process of its own; 0 for as many as there are cores.
    on_event
        Called with each town's `TownRun` as it ends, in that order; a town that failed is one of them.
    """
    with Crew(jobs if jobs > 0 else core_count()) as crew:
        crew.work(found, towns, year, on_event)


class Crew:
    """At most `size` processes, started as they are needed and kept until `close`, or the end of the `with` block."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._served: Counter[Worker] = Counter()
        self._busy: dict[Worker, str] = {}
        self._idle: list[Worker] = []
        self._events: queue.SimpleQueue[tuple[Worker, dict[str, Any]]] = queue.SimpleQueue()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def work(self, found: Found, towns: Sequence[str], year: int, on_event: OnTown) -> None:
        """Bring the towns up to date; `on_event` is told each as it ends. A town whose process dies is tried again, last."""
        waiting, attempts = deque(towns), Counter[str]()
        while waiting or self._busy:
            while waiting and len(self._busy) < self._size:
                self._begin(found, waiting.popleft(), year)
            worker, answer = next_event(self._events)
            if worker in self._busy:
                town = self._busy.pop(worker)
                attempts[town] += 1
                if town_run := self._outcome(worker, answer, town, attempts[town], found):
                    on_event(town_run)
                else:
                    waiting.append(town)
            elif worker in self._idle:  # it died while it waited
                self._idle.remove(worker)
                worker.close()

    def close(self) -> None:
        """End all processes at once; the towns under way stay as they were before."""
        workers, self._busy, self._idle = [*self._busy, *self._idle], {}, []
        if workers:
            with ThreadPoolExecutor(len(workers)) as pool:
                list(pool.map(Worker.close, workers))

    def _begin(self, found: Found, town: str, year: int) -> None:
        worker = self._idle.pop() if self._idle else self._start()
        self._busy[worker] = town
        with suppress(FazhiError):  # it died just now: the event that says so is on its way
            worker.send({"folder": str(found.workspace(town).root), "path": town, "year": year})

    def _start(self) -> Worker:
        return Worker(WORKER, (), lambda *event: self._events.put(event), by_socket=False)

    def _outcome(
        self, worker: Worker, answer: dict[str, Any], town: str, attempts: int, found: Found
    ) -> TownRun | None:
        """How the town went; None where its process died and it is to be tried again."""
        if "gone" not in answer:
            self._rest(worker)
            return TownRun.read(answer)
        worker.close()
        if attempts < MAX_ATTEMPTS:
            return None
        return TownRun(town, name_of(found.workspace(town)), "failed", (GONE.format(times=MAX_ATTEMPTS),))

    def _rest(self, worker: Worker) -> None:
        self._served[worker] += 1
        if self._served[worker] < RETIRE_AFTER:
            self._idle.append(worker)
        else:
            worker.close()
