"""Which workbooks the last run returned to the offices: known without loading what writes them."""

from pathlib import Path

from fazhi.storage import read_json

FOLDER, INDEX = "returned", "accounts/_returned.json"


def read_index(folder: Path) -> list[str]:
    """Their paths relative to the year's folder `folder`; none where there was no run."""
    try:
        return sorted({f"{FOLDER}/{one['returned']}" for one in read_json(folder / INDEX)})
    except (FileNotFoundError, ValueError):
        return []
