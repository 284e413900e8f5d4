"""What a run has read and recognised, handed to the notebooks that clean it, so that every file is read once.

It lies in memory (Linux): private values are in it, and nothing of it is left when the run ends, however it ends. Where
there is none, a notebook reads its files itself.
"""

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fazhi.recognition.survey import Survey

VARIABLE = "FAZHI_SURVEYED"  # where a notebook's process finds the survey of its ledger


@contextmanager
def handing_on(found: Survey | None, folder: Path, ledger: str) -> Iterator[dict[str, str]]:
    """The environment variable by which a process finds, as long as this lasts, the files of one ledger as surveyed.

    `folder` is the year's raw folder. Empty where nothing was surveyed or the system has no files in memory.
    """
    if found is None or not hasattr(os, "memfd_create"):
        yield {}
        return
    sources = [source for source in found.sources if any(table.ledger == ledger for table in source.tables)]
    with os.fdopen(os.memfd_create("fazhi"), "wb") as file:
        pickle.dump((str(folder), ledger, replace(found, sources=sources, issues=())), file, pickle.HIGHEST_PROTOCOL)
        file.flush()
        yield {VARIABLE: f"/proc/{os.getpid()}/fd/{file.fileno()}"}


def handed_on(folder: Path, ledger: str) -> Survey | None:
    """The survey of a ledger that this process was handed; None where it was handed none, or another one's."""
    place = os.environ.get(VARIABLE)
    if place is None:
        return None
    with Path(place).open("rb") as file:
        of_folder, of_ledger, found = pickle.load(file)  # written by `handing_on` of the run that started this process
    return found if (of_folder, of_ledger) == (str(folder), ledger) else None
