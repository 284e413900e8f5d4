"""What the benchmarks share: a row of the table, timing, and running a command in a workspace."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
YEAR = 2025
FAZHI = (sys.executable, "-m", "fazhi.cli.main")


@dataclass(frozen=True)
class Row:
    """What was measured, beside what it stands against where there is something. `goal` is what was promised, in words."""

    what: str
    value: float
    instead: str = ""
    other: float | None = None
    unit: str = "s"
    goal: str = ""


def timed(call: Callable[[], object], rounds: int = 1) -> float:
    """Seconds, the best of the rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best


def run(folder: Path, *command: str) -> str:
    """Run a command in the workspace; its output. Ends the benchmark where the command fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(command[:4])} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def fazhi_year(folder: Path, *options: str) -> None:
    """The sample year with nothing made before: the years before, all notebooks, all documents."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    run(folder, *FAZHI, "run", str(YEAR), *options)


def peak_memory(folder: Path, *command: str) -> float:
    """The most memory of a command over all its processes, shared pages counted once (PSS, Linux), in MB."""
    most, process = 0, subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    ended = threading.Event()
    threading.Thread(target=lambda: (process.wait(), ended.set()), daemon=True).start()
    while not ended.wait(0.1):
        most = max(most, sum(map(_pss, _family(process.pid))))
    return most / 1024


def _family(root: int) -> Sequence[int]:
    """A process and all below it."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table. The ratio is the other's value over ours."""
    lines = ["| fazhi | | instead | | ratio | goal |", "|---|---:|---|---:|---:|---|"]
    for row in rows:
        other, ratio = "", ""
        if row.other is not None:
            other, ratio = f"{_told(row.other)} {row.unit}", _told(row.other / row.value)
        lines.append(f"| {row.what} | {_told(row.value)} {row.unit} | {row.instead} | {other} | {ratio} | {row.goal} |")
    return "\n".join(lines)


def _told(number: float) -> str:
    """Three significant digits, never as a power of ten."""
    return f"{number:.3g}" if number < 999.5 else f"{float(f'{number:.3g}'):,.0f}"
