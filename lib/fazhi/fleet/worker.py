"""A process that brings towns up to date one after the other, with one warm parent for all of them.

Started by `processes.Crew`, here or on a node of a cluster: a line of JSON a town on standard input, a line of JSON an
answer on standard output. When the input ends, the town under way is broken off: its last complete set stays.
"""

import _thread
import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any

from fazhi.fleet.town_result import run_town
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs.notebook_runner import notebook_runner
from fazhi.workspace.paths import Workspace

_TASKS: "queue.SimpleQueue[dict[str, Any] | None]" = queue.SimpleQueue()


def _listen(busy: threading.Event) -> None:
    for line in sys.stdin.buffer:
        busy.set()
        _TASKS.put(json.loads(line))
    if busy.is_set():
        _thread.interrupt_main()
    _TASKS.put(None)


def main() -> None:
    """Serve until the input ends. What anything prints goes to standard error, so that answers stay answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    busy = threading.Event()
    threading.Thread(target=_listen, args=(busy,), daemon=True).start()
    runner = notebook_runner(1)
    runner.keep()
    surveyor = Surveyor()
    try:
        while (task := _TASKS.get()) is not None:
            town_run = run_town(Workspace(Path(task["folder"])), task["path"], task["year"], runner, surveyor)
            busy.clear()
            answers.write(json.dumps(town_run.as_dict()).encode() + b"\n")
            answers.flush()
    except KeyboardInterrupt:
        sys.exit(1)
    finally:
        surveyor.close()
        runner.close()
