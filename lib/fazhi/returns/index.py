"""Which workbooks the last run returned to the offices: known without loading what writes them."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi.workspace.files import read_json, write_json
from fazhi.workspace.paths import FOLDER, INDEX, NEEDS
from fazhi.workspace.results import YearResults

if TYPE_CHECKING:
    import pandas as pd


def read_index(folder: Path) -> list[str]:
    """Their paths relative to the year's folder `folder`; none where there was no run."""
    try:
        return sorted({f"{FOLDER}/{one['returned']}" for one in read_json(folder / INDEX)})
    except (FileNotFoundError, ValueError):
        return []


def note_needs(folder: Path, issues: "pd.DataFrame") -> None:
    """Write the fingerprints of what the workbooks are made from: the faults of raw files, and the files that have any.

    Of the others the name, which a workbook may have to be told apart from.
    """
    received = YearResults(folder).sources().inputs
    mine = issues[issues["file"].isin(list(received)) & (issues["severity"] != "info")]
    faults = hashlib.sha256(mine.to_json(orient="values").encode()).hexdigest()
    faulty = set(mine["file"])
    files = {file: print_ if file in faulty else "" for file, print_ in received.items()}
    write_json(folder / NEEDS, {"faults": faults, "files": files})
