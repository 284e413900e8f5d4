"""Many towns, twenty ledgers each, a few rows a ledger, made up (`benchmarks/towns`). Cost is processor time, which says the
same on a busy machine; memory is the proportional share (PSS) of all processes together, at its peak. The number of towns is
40, or what `FAZHI_BENCH_TOWNS` says (1000 takes about an hour on two cores)."""

import os
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.measuring import FAZHI, YEAR, Row
from benchmarks.towns import write_light_towns

FEW, MANY = 10, int(os.environ.get("FAZHI_BENCH_TOWNS", "40"))
PROCESSES = 2


@dataclass(frozen=True)
class Taken:
    """What a fleet took: seconds of the clock and of the processors, and the most memory at a time in MB."""

    seconds: float
    processor: float
    memory: float


def processor_seconds() -> float:
    """Of all processes below this one, those that have ended in time to be waited for included."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])
    return total + sum(psutil.Process().cpu_times()[2:4])


def memory() -> float:
    """The proportional share of memory of all processes below this one, MB."""
    total = 0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            total += process.memory_full_info().pss
    return total / 1e6


def fleet(folder: Path, *options: str) -> Taken:
    """Run the towns below `folder`."""
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(0.5):
            peak.append(memory())

    watcher = threading.Thread(target=look)
    watcher.start()
    before, started = processor_seconds(), time.perf_counter()
    command = [*FAZHI, "fleet", str(folder), str(YEAR), *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    done.set()
    watcher.join()
    if ended.returncode > 1:
        raise SystemExit(f"fazhi fleet failed:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    return Taken(taken, processor_seconds() - before, max(peak))


def on_dask(folder: Path) -> Taken:
    """The towns on a cluster of as many workers on this machine, the cluster already up."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=PROCESSES, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        return fleet(folder, "--scheduler", cluster.scheduler_address)


def measure(folder: Path) -> list[Row]:
    """Ten towns and many, here and on Dask, and many again with nothing changed."""
    write_light_towns(folder / "few", FEW)
    write_light_towns(folder / "dask", FEW)
    write_light_towns(folder / "many", MANY)
    jobs = ("--jobs", str(PROCESSES))
    few, dask, many = fleet(folder / "few", *jobs), on_dask(folder / "dask"), fleet(folder / "many", *jobs)
    again = fleet(folder / "many", *jobs)
    return [
        Row(
            f"processor time a town, of {MANY} towns",
            many.processor / MANY,
            f"of {FEW}",
            few.processor / FEW,
            goal="no higher",
        ),
        Row(f"peak memory, {MANY} towns", many.memory, f"{FEW} towns", few.memory, "MB", "flat"),
        Row(
            f"{FEW} towns on local Dask, processor time",
            dask.processor,
            f"{PROCESSES} processes",
            few.processor,
            goal="≥ 0.87",
        ),
        Row(f"{FEW} towns on local Dask, elapsed", dask.seconds, f"{PROCESSES} processes", few.seconds, goal="≥ 0.87"),
        Row(f"{MANY} towns with nothing changed, and the roll-up", again.seconds, "all anew", many.seconds),
    ]
