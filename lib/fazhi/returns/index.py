"""Which workbooks the last run returned to the offices: known without loading what writes them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from fazhi.issues import Issue
from fazhi.workspace.files import read_as, write_json
from fazhi.workspace.issue_table import issue_frame
from fazhi.workspace.paths import FOLDER, INDEX, NEEDS
from fazhi.workspace.results import YearResults


def read_index(folder: Path) -> list[str]:
    """Their paths relative to the year's folder `folder`; none where there was no run."""
    try:
        return read_as(folder / INDEX, lambda noted: sorted({f"{FOLDER}/{one['returned']}" for one in noted}))
    except (FileNotFoundError, ValueError):
        return []


def note_needs(folder: Path, issues: Iterable[Issue]) -> None:
    """Write the fingerprints of what the workbooks are made from: the faults of raw files, and the files that have any.

    Of the others the name, which a workbook may have to be told apart from.
    """
    received = YearResults(folder).sources().inputs
    mine = [issue for issue in issues if issue.file in received and issue.severity != "info"]
    faults = hashlib.sha256(issue_frame(mine).to_json(orient="values").encode()).hexdigest()
    faulty = {issue.file for issue in mine}
    files = {file: print_ if file in faulty else "" for file, print_ in received.items()}
    write_json(folder / NEEDS, {"faults": faults, "files": files})
