"""Where the processor time of the cold sample year goes, by process and, in the one that runs it, by stage.

The processes are looked at every hundredth of a second; what they used after the last look is the row before the sum, so that the
rows add up to what the system says that all of them used. Below, the same notebooks' cells as plain code, one after the other, each
notebook in a process that has imported everything. There 01 reads and recognises its raw files itself, which a run hands on to it.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import YEAR, Row, run
from benchmarks.runs import stages

# Runs the year and says on its last line how many processor seconds its own process spent at what: {stage: seconds}.
RUN = """
import json, sys, time
started = time.process_time()
from collections import Counter
import fazhi.cli.run
from fazhi.cli.main import main
from fazhi.recognition import surveyor
from fazhi.runs import pipeline, release_gate, year_plan
spent = Counter({"starting: imports": time.process_time() - started})

def timed(owner, name, stage):
    inner = getattr(owner, name)
    def outer(*given, **named):
        before = time.thread_time()
        try:
            return inner(*given, **named)
        finally:
            spent[stage] += time.thread_time() - before
    setattr(owner, name, outer)

timed(pipeline, "open_checked", "settings, dictionary and templates checked")
timed(year_plan, "survey_year", "files recognised, private values noted")
timed(release_gate.Release, "_look_through", "outputs searched for private values")
timed(pipeline.Stage, "commit", "results put in place")
sys.argv[1:] = ["run", sys.argv[1]]
try:
    main()
except SystemExit:
    pass
spent["plan, messages, records"] = time.process_time() - sum(spent.values())
print(json.dumps(spent))
"""
# The cells of each run of a notebook in a process forked from one that has imported everything: {notebook: seconds}.
CELLS = """
import json, os, resource, sys
from collections import Counter
from pathlib import Path
from fazhi.engine.jobs import ONE_THREAD
os.environ.update(ONE_THREAD)
import nbformat
import fazhi.intake.worker
from fazhi.dictionary.loading import load_specs
from fazhi.steps import appendix, clean, report, returned, show, statistics, summaries, trend_menus, trends

def cells(notebook, given):
    names = {"__name__": "__main__"}
    for cell in nbformat.read(notebook, 4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "cell", "exec"), names)
            names |= given if "parameters" in cell.metadata.get("tags", []) else {}

def used():
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])

load_specs()
spent = Counter()
for stage in json.loads(sys.argv[1]):
    for notebook, given in stage:
        before, pid = used(), os.fork()
        if not pid:
            cells(notebook, given)
            os._exit(0)
        assert not os.waitpid(pid, 0)[1], notebook
        spent[Path(notebook).stem] += used() - before
print(json.dumps(spent))
"""
CLOCK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Seen:
    """A process below the run: its parent, how it was started, processor seconds at the last look."""

    parent: int
    command: str
    seconds: float


def measure(folder: Path) -> list[Row]:
    """The rows add up to all that the year used."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    own, seen = _watched(folder)
    every = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
    spent = {f"the run itself: {stage}": seconds for stage, seconds in own.items()}
    spent |= _by_kind(seen)
    spent["after the last look"] = every - sum(spent.values())
    rows = [Row(what, seconds, f"{seconds / every:.0%} of all") for what, seconds in spent.items()]
    plain = json.loads(run(folder, sys.executable, "-c", CELLS, json.dumps(stages())).splitlines()[-1])
    cells = [Row(f"plain cells of {name}, all its runs", seconds) for name, seconds in plain.items()]
    return [*rows, Row("all processes of the cold year", every), *cells]


def _watched(folder: Path) -> tuple[dict[str, float], dict[int, Seen]]:
    """What the run's own process spent by stage, and all processes below it."""
    command = (sys.executable, "-c", RUN, str(YEAR))
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reader.start()
    seen: dict[int, Seen] = {}
    while reader.is_alive():
        seen |= _below(process.pid)
        reader.join(0.01)
    process.wait()
    own: dict[str, float] = json.loads(said[-1])
    return own, seen


def _below(root: int) -> dict[int, Seen]:
    """The processes below one, as they are now."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            found[int(folder.name)] = Seen(int(words[1]), command, sum(map(int, words[11:13])) / CLOCK)
    return {pid: one for pid, one in found.items() if root in _above(pid, found)}


def _above(pid: int, every: dict[int, Seen]) -> list[int]:
    """The processes above one, the nearest first."""
    found: list[int] = []
    while pid in every and len(found) < 10:
        pid = every[pid].parent
        found.append(pid)
    return found


def _by_kind(seen: dict[int, Seen]) -> dict[str, float]:
    """Processor seconds by what a process is for: by its place in the tree."""
    parents = {one.parent for one in seen.values()}
    spent: Counter[str] = Counter()
    for pid, one in seen.items():
        depth = len([above for above in _above(pid, seen) if above in seen])
        if depth == 0:
            kind = "raw files read" if "intake.worker" in one.command else "the warm parent: imports, forks"
        elif depth == 1:
            kind = "papermill and nbclient" if pid in parents else "documents: HTML, PDF, Word, charts"
        else:
            kind = "cells" if depth == 2 else "workbooks for the offices read and copied"
        spent[kind] += one.seconds
    return dict(spent)
