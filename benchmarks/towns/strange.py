"""Strange towns: all that they call ledgers, columns and many values is of their own making, the same in every file and year."""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from .habits import COLUMNS

if TYPE_CHECKING:
    from .truth import Part

KINDS = 9  # of strange towns in strange.yml


@cache
def _words() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("strange.yml").read_text(encoding="utf-8"))


def told_strangely(dictionary: dict[str, Any], kind: int) -> dict[str, Any]:
    """The dictionary in the words of a kind of strange town, 1 to `KINDS`: no title and few values as ours."""
    told = deepcopy(dictionary)
    for ledger, spec in told.items():
        mine = _words()[ledger]
        spec["title"] = mine["titles"][kind - 1]
        spec["titles"] = [spec["title"]]
        spec["always"] = COLUMNS.get(kind, {})
        for name, column in spec["columns"].items():
            column |= {"label": mine["columns"][name][kind - 1], "also": [], "other": [], "strange": True}
            column["says"] = mine.get("says", {}).get(name, [{}] * KINDS)[kind - 1]
    return told


def own_words(dictionary: dict[str, Any], kind: int) -> dict[str, dict[str, str]]:
    """`ledger.column` -> what such a town writes -> what it means."""
    told = told_strangely(dictionary, kind)
    says = {f"{ledger}.{name}": c["says"] for ledger, spec in told.items() for name, c in spec["columns"].items()}
    return {where: {word: value for value, word in words.items()} for where, words in says.items() if words}


def write_key(path: Path, parts: "list[Part]") -> None:
    """Which sheet of which file is which ledger, and which of its headings is which column: what an analyst knows who looks."""
    files: dict[str, dict[str, Any]] = {}
    for part in parts:
        titles = {field.title: field.name if field.known else "" for field in part.layout.fields}
        files.setdefault(part.file, {})[part.told_sheet] = {"ledger": part.ledger, "titles": titles}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(files, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
