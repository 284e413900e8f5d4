"""What is done to a run: processes killed at a moment, or the n-th thing done to a file made to fail or to be the last."""

import errno
import random
import struct
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from benchmarks.interruptions.processes import MARK, seconds_until_gone, strike
from benchmarks.interruptions.town import Town

FAULTS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
PATIENCE = 10.0


@dataclass(frozen=True)
class Try:
    """What was done, how the run ended and what it said, and how long processes of it were left."""

    what: str
    code: int | None  # None: killed
    told: str
    orphans: float


def kill(town: Town, role: str, dice: random.Random) -> Try:
    """Kill at a random moment; where nobody has the role then, as soon as somebody has."""
    mark = uuid.uuid4().hex
    run = town.start({MARK: mark})
    delay = dice.uniform(0, town.seconds)
    time.sleep(delay)
    while run.poll() is None and not strike(role, run.pid, mark, dice):
        time.sleep(0.005)
    at_once = role == "main at once"  # whatever is left of it is still there when the next run starts
    return _ended(f"{role} after {delay:.2f} s", run, mark, 0 if at_once else PATIENCE)


def _ended(what: str, run: "subprocess.Popen[str]", mark: str, patience: float) -> Try:
    started = time.monotonic()
    run.wait()
    orphans = seconds_until_gone(mark, patience) if patience else 0.0
    _, told = run.communicate()
    code = run.returncode if run.returncode >= 0 else None
    return Try(f"{what}, ended after {time.monotonic() - started:.1f} s", code, told, orphans)


class Shim:
    """The C library that counts and strikes; made once, by the machine's own compiler."""

    def __init__(self, folder: Path) -> None:
        self.path, self._counter, self._log = folder / "shim.so", folder / "counter", folder / "log"
        source = Path(__file__).with_name("shim.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.path, source, "-ldl"], check=True)

    def strike(self, town: Town, at: int, fault: str, stays: bool) -> Try:
        """Let the run's `at`-th act on a file fail by `fault` (and all later ones, `stays`), or be its end (no fault)."""
        mark = uuid.uuid4().hex
        self._counter.write_bytes(bytes(8))
        self._log.write_text("")
        number = {"PLUG_ERRNO": str(FAULTS[fault])} if fault else {}
        shared = {"PLUG_COUNTER": str(self._counter), "PLUG_LOG": str(self._log), "PLUG_ROOT": str(town.root / "data")}
        shim = {"LD_PRELOAD": str(self.path), "PLUG_AT": str(at), **shared, **number}
        run = town.start({MARK: mark, **shim, **({"PLUG_STAYS": "1"} if stays else {})})
        done = _ended("", run, mark, PATIENCE)
        struck = self._log.read_text().strip().replace(str(town.root), "") or "nothing"
        what = f"{fault or 'cut'}{' from' if stays else ''} {at} ({struck})"
        return Try(what, done.code, done.told, done.orphans)

    def acts(self, town: Town) -> int:
        """How many there are in an undisturbed run."""
        town.restore()
        self.strike(town, 0, "", stays=False)
        return int(struct.unpack("q", self._counter.read_bytes())[0])
