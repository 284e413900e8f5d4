"""How many rows of a raw file have changed since the last run, from keyed fingerprints: no cell can be guessed from them.

Without the workspace's key (`data/.key`) a fingerprint tells nothing of its row, not even to one who tries all names.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fazhi.intake import Cell
from fazhi.recognition.surveyor import Source
from fazhi.workspace.files import read_as, write_notes
from fazhi.workspace.key import digester, load_key
from fazhi.workspace.paths import Workspace

FILE = "accounts/_files.prints.json"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # no digits, which might be taken for a number of somebody's

Fingerprints = dict[str, dict[str, list[str]]]  # file -> sheet -> a fingerprint for each row that is not blank


def note_rows(workspace: Workspace, year: int, sources: Sequence[Source]) -> None:
    """Write the fingerprints of all rows that were read."""
    write_notes(workspace.processed(year) / FILE, fingerprint_rows(sources, load_key(workspace.key_file)))


def fingerprint_rows(sources: Sequence[Source], key: bytes) -> Fingerprints:
    """Ten letters for each row, made of all its cells."""
    digest = digester(key, 5)
    return {
        source.file.path: {
            sheet.name: " ".join(digest(repr(cells)) for row in sheet.rows if (cells := _filled(row)))
            .translate(_LETTERS)
            .split()
            for sheet in source.file.sheets
        }
        for source in sources
    }


def _filled(row: list[Cell]) -> list[Cell]:
    """The row's cells up to the last that is not blank."""
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return row if end == len(row) else row[:end]


def noted_rows(folder: Path) -> Fingerprints:
    """What the last run noted in a year's folder; empty where there is nothing."""
    try:
        return read_as(folder / FILE, _fingerprints)
    except (FileNotFoundError, ValueError):
        return {}


def _fingerprints(noted: Any) -> Fingerprints:
    return {path: {sheet: list(rows) for sheet, rows in sheets.items()} for path, sheets in noted.items()}


def changed_rows(before: Mapping[str, list[str]], now: Mapping[str, list[str]]) -> int:
    """Rows of a file that were edited, added or taken away: on each sheet the larger of those gone and those new."""
    found = 0
    for sheet in before.keys() | now.keys():
        old, new = Counter(before.get(sheet, ())), Counter(now.get(sheet, ()))
        found += max((old - new).total(), (new - old).total())
    return found
