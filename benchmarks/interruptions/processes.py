"""The processes of one run, told by a mark in the environment that all of them inherit (Linux)."""

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

MARK = "PLUG_MARK"
ROLES = ("all", "main", "main at once", "warm parent", "child", "reader")


def marked(mark: str) -> dict[int, str]:
    """Process id -> command line."""
    found = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdigit() and f"{MARK}={mark}".encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return {pid: line for pid, line in found.items() if line}  # a zombie has none


def strike(role: str, main: int, mark: str, dice: random.Random) -> bool:
    """Kill whoever has the role now; whether there was any."""
    found = marked(mark)
    victims = [pid for pid in found if pid in _in_role(role, main, found)]
    if role not in ("all", "reader") and victims:
        victims = [dice.choice(victims)]
    for pid in victims:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return bool(victims)


def _in_role(role: str, main: int, found: dict[int, str]) -> set[int]:
    if role == "all":
        return set(found)
    if role.startswith("main"):
        return {main}
    parents = {pid for pid, line in found.items() if "fazhi.engine.warm_parent" in line and _parent_of(pid) == main}
    if role == "warm parent":
        return parents
    readers = {pid for pid, line in found.items() if "fazhi.intake.worker" in line and "fazhi.engine" not in line}
    return readers if role == "reader" else set(found) - {main} - parents - readers


def _parent_of(pid: int) -> int:
    with suppress(OSError):
        return int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def seconds_until_gone(mark: str, patience: float) -> float:
    """How long processes of the run are left; infinity after `patience` seconds, and then they are ended."""
    started = time.monotonic()
    while (left := marked(mark)) and time.monotonic() - started < patience:
        time.sleep(0.05)
    for pid, line in left.items():
        print(f"  left: {pid} {line[:200]}", flush=True)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return float("inf") if left else time.monotonic() - started
