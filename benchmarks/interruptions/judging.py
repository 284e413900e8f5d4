"""What must hold after each try, and after the undisturbed run that follows it."""

import json
import subprocess
from collections.abc import Iterator

from benchmarks.interruptions.disturbing import Try
from benchmarks.interruptions.town import FAZHI, Town, contents, fingerprint

PATIENCE = 5.0  # seconds for processes to end
STATE = ("processed/.lock", "processed/.lock.json", "processed/.run")


def faults_of(town: Town, done: Try) -> Iterator[str]:
    """What is wrong right after the try."""
    if done.orphans > PATIENCE:
        yield "processes left"
    if "Traceback" in done.told:
        yield f"a traceback: {done.told[-300:]}"
    if done.code == 2 and not (done.told.count("\n") == 1 and any("一" <= letter <= "鿿" for letter in done.told)):
        yield f"not one Chinese line: {done.told}"
    if done.code is not None and not 0 <= done.code <= 2:
        yield f"exit code {done.code}"
    now = _results(contents(town.root))
    committing = (town.processed / ".run" / "commit.json").exists()
    if now not in (_results(town.old), _results(town.new)) and not committing:
        yield "neither the results before nor those after: " + _difference(now, town)
    if done.code in (0, 1) and now != _results(town.new):
        yield "says it is done, but the results are others"
    if not committing:
        yield from _unlike_the_record(town)


def faults_of_next(town: Town) -> Iterator[str]:
    """What is wrong with the run that follows."""
    after = subprocess.run(FAZHI, cwd=town.root, capture_output=True, text=True)
    if after.returncode not in (0, 1):
        yield f"the next run ends with {after.returncode}: {after.stderr[-300:]}"
    now = contents(town.root)
    if now != town.new:
        yield "the next run comes to something else: " + _difference(now, town)


def _results(found: dict[str, str]) -> dict[str, str]:
    """What a reader takes for results: nothing hidden."""
    return {
        name: value for name, value in found.items() if name.startswith("processed/") and "/." not in name and value
    }


def _difference(now: dict[str, str], town: Town) -> str:
    different = sorted(name for name in now.keys() | town.new.keys() if now.get(name) != town.new.get(name))
    return f"{len(different)} unlike the new ones, {', '.join(different[:8])}"


def _unlike_the_record(town: Town) -> Iterator[str]:
    for record in town.processed.glob("*/run.json"):
        for name, noted in json.loads(record.read_text(encoding="utf-8"))["outputs"].items():
            path = record.parent / name
            if not path.is_file() or fingerprint(path) != noted:
                yield f"{name} is not what run.json says"
