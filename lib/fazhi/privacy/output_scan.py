"""Nothing private is published: every output is searched for every private value of the raw ledgers, and for paths.

Searched is all that a file holds: what a reader sees, and attributes, metadata, comments, embedded files, escapes. Text that
is split over runs of a paragraph is joined first; cells, paragraphs and lines are kept apart.
"""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from fazhi.privacy.output_text import texts
from fazhi.privacy.private_index import PrivateIndex
from fazhi.workspace.lock import user_name

KIND_LABELS = {
    "person": "姓名", "persons": "姓名", "party": "当事人", "identity": "证件号", "phone": "电话",
    "masked": "遮盖过的号码", "path": "本机路径",
}  # fmt: skip
_PERCENT = re.compile("%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")  # /tmp%2Fa; sought by its first sign, which is fast
_MINIMUM_PATH = 5  # "/root" is told, "/" is not


def machine_paths(workspace: Path) -> list[str]:
    """Folders of this machine that no output may name: the workspace, the home and temporary folders, the user's name in a path."""
    folders = {str(workspace), str(workspace.resolve()), str(Path.home()), tempfile.gettempdir()}
    user = user_name()
    named = {f"/{user}/", f"\\{user}\\"} if user else set()
    return sorted(folder for folder in folders | named if len(folder) >= _MINIMUM_PATH)


def scan_matches(outputs: Mapping[str, bytes], hidden: PrivateIndex, paths: Iterable[str] = ()) -> dict[str, set[str]]:
    """Search outputs for private values and for folders of this machine.

    Parameters
    ----------
    outputs
        Name -> content; documents, workbooks and archives are searched part by part.
    hidden
        What is private, as keyed digests.
    paths
        Folders that no output may name.

    Returns
    -------
    dict
        Name of the output -> kinds of private value found in it; empty when all may be put in place.
    """
    written = [path for folder in paths for path in {folder, folder.replace("\\", "/"), folder.replace("\\", "\\\\")}]
    found: dict[str, set[str]] = {}
    for name, data in outputs.items():
        held = "\n".join([name, *texts(name, data)])
        kinds = hidden.found_in([held])
        forms = {held, _PERCENT.sub(lambda coded: unquote(coded[0]), held)}
        if any(path in form for path in written for form in forms):
            kinds.add("path")
        if kinds:
            found[name] = kinds
    return found
