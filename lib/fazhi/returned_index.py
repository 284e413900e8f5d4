"""Which workbooks the last run returned to the offices: known without loading what writes them."""

from collections.abc import Collection
from pathlib import Path

from fazhi.storage import read_json, write_json

FOLDER, INDEX = "returned", "accounts/_returned.json"
NEEDS = "accounts/_to_return.json"  # all raw files; of those with something to mend, the fingerprint


def read_index(folder: Path) -> list[str]:
    """Their paths relative to the year's folder `folder`; none where there was no run."""
    try:
        return sorted({f"{FOLDER}/{one['returned']}" for one in read_json(folder / INDEX)})
    except (FileNotFoundError, ValueError):
        return []


def note_needs(folder: Path, faulty: Collection[str]) -> None:
    """Write what the workbooks are made from besides the issues: changes of other raw files do not concern them."""
    received = read_json(folder / "sources.json")["inputs"]
    write_json(folder / NEEDS, {file: print_ if file in faulty else "" for file, print_ in received.items()})
