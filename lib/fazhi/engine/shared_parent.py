"""One warm parent for this process, from which papermill and jupyter_client get their kernels (POSIX)."""

import atexit
import os
import queue
import socket
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.engine.client import CellProcess
from fazhi.engine.output_capture import open_capture
from fazhi.engine.workers import Worker

_lock = threading.Lock()
_shared: "WarmParent | None" = None


class WarmParent:
    """Asks a warm parent for children. May be used by several threads."""

    def __init__(self) -> None:
        self._numbers = iter(range(1 << 62))
        self._answers: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._exits: dict[int, int] = {}
        self._lock = threading.Lock()
        self.gone = False
        self._worker = Worker("fazhi.engine.warm_parent", ["--"], self._on_answer, by_socket=True)

    def open_cells(self, cwd: str, environ: Mapping[str, str]) -> tuple[CellProcess, dict[str, Any]]:
        """A process that runs cells in folder `cwd`, and its `language_info`."""
        ours, theirs = socket.socketpair()
        captures = (open_capture(), open_capture())
        with theirs:
            answer = self._ask({"cells": True, "cwd": cwd, "environ": dict(environ)}, (theirs.fileno(), *captures))
        return CellProcess(ours, captures, answer["pid"]), answer["language_info"]

    def open_kernel(self, arguments: Sequence[str], cwd: str, environ: Mapping[str, str]) -> int:
        """The process id of a real kernel with the command line `arguments`; it writes to our standard streams."""
        request = {"kernel": list(arguments), "cwd": cwd, "environ": dict(environ)}
        return int(self._ask(request, (1, 2))["pid"])

    def exit_code(self, pid: int) -> int | None:
        """How a kernel ended (negative: by a signal), None while it runs."""
        if self.gone:
            return -9
        return self._exits.get(pid)

    def close(self) -> None:
        """End the parent and all it forked."""
        self._worker.close()

    def _ask(self, request: dict[str, Any], descriptors: Sequence[int]) -> dict[str, Any]:
        with self._lock:
            number = next(self._numbers)
            answers = self._answers[number] = queue.SimpleQueue()
            self._worker.send({"number": number, **request}, descriptors)
        answer = answers.get()
        if self.gone:
            raise self._worker.failure()
        return answer

    def _on_answer(self, _: Worker, answer: dict[str, Any]) -> None:
        if "gone" in answer:
            self.gone = True
            for waiting in list(self._answers.values()):
                waiting.put({})
        elif "exited" in answer:
            self._exits[answer["exited"]] = answer["code"]
        elif "number" in answer:
            self._answers.pop(answer["number"]).put(answer)


def shared_parent() -> WarmParent:
    """This process's warm parent, started when first needed and ended with the process."""
    global _shared
    with _lock:
        if _shared is None or _shared.gone:
            _shared = WarmParent()
            atexit.register(_shared.close)
        return _shared


def forget_parent() -> None:
    """A forked child must not talk to its parent's helper."""
    global _shared
    _shared = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget_parent)
