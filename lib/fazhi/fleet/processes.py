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
from fazhi.fleet.town_years import GONE, TownYear, name_of
from fazhi.fleet.towns import Found

RETIRE_AFTER = 50  # towns a process serves: what it has gathered in memory ends with it
TRIES = 3
WORKER = "fazhi.fleet.worker"

Hear = Callable[[TownYear], None]


def run_here(found: Found, towns: Sequence[str], year: int, jobs: int, hear: Hear) -> None:
    """Bring the towns up to date; `hear` is told each as it ends. Ctrl-C ends all processes, then is raised again."""
    crew = _Crew(found, towns, year, hear)
    try:
        crew.work(min(jobs if jobs > 0 else core_count(), len(towns)))
    finally:
        crew.close()


class _Crew:
    """The processes, what each does, and the towns that wait."""

    def __init__(self, found: Found, towns: Sequence[str], year: int, hear: Hear) -> None:
        self._found, self._year, self._hear = found, year, hear
        self._waiting = deque(towns)
        self._tries: Counter[str] = Counter()
        self._served: Counter[Worker] = Counter()
        self._busy: dict[Worker, str] = {}
        self._idle: list[Worker] = []
        self._events: queue.SimpleQueue[tuple[Worker, dict[str, Any]]] = queue.SimpleQueue()

    def work(self, processes: int) -> None:
        while self._waiting or self._busy:
            while self._waiting and len(self._busy) < processes:
                self._begin(self._waiting.popleft())
            worker, answer = next_event(self._events)
            if worker in self._busy:
                self._end(worker, self._busy.pop(worker), answer)
            elif worker in self._idle:  # it died while it waited
                self._idle.remove(worker)
                worker.close()

    def close(self) -> None:
        """End all processes at once; the towns under way stay as they were before."""
        workers = [*self._busy, *self._idle]
        if workers:
            with ThreadPoolExecutor(len(workers)) as pool:
                list(pool.map(Worker.close, workers))

    def _begin(self, town: str) -> None:
        worker = self._idle.pop() if self._idle else self._start()
        self._busy[worker] = town
        self._tries[town] += 1
        with suppress(FazhiError):  # it died just now: the event that says so is on its way
            worker.send({"folder": str(self._found.workspace(town).root), "path": town, "year": self._year})

    def _start(self) -> Worker:
        return Worker(WORKER, (), lambda *event: self._events.put(event), by_socket=False)

    def _end(self, worker: Worker, town: str, answer: dict[str, Any]) -> None:
        if "gone" in answer:
            worker.close()
            self._try_again(town)
            return
        self._served[worker] += 1
        if self._served[worker] >= RETIRE_AFTER:
            worker.close()
        else:
            self._idle.append(worker)
        self._hear(TownYear.read(answer))

    def _try_again(self, town: str) -> None:
        if self._tries[town] < TRIES:
            self._waiting.append(town)
        else:
            name = name_of(self._found.workspace(town))
            self._hear(TownYear(town, name, "failed", (GONE.format(times=TRIES),)))
