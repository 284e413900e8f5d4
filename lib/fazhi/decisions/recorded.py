"""What has been decided so far: the entries of `aliases.yml`, each with the comment that stands behind it, mostly its date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_COMMENT = re.compile(r"(?:^|\s)#\s*(.*?)\s*$")


@dataclass(frozen=True)
class Recorded:
    """One entry: the `section` it stands in, its `target` there (`disputes.source`, a ledger) where the section has such, what is
    `written`, what it `means` (nothing: as if empty), and the `note` behind it."""

    section: str
    target: str
    written: str
    means: str
    note: str


def recorded_decisions(text: str) -> list[Recorded]:
    """The entries in the order of the file; `text` is YAML that has been read before."""
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
    lines = text.splitlines()
    if not isinstance(root, yaml.MappingNode):
        return []
    return [found for name, part in root.value for found in _entries(name.value, "", part, lines)]


def _entries(section: str, target: str, part: yaml.Node, lines: list[str]) -> Iterator[Recorded]:
    if isinstance(part, yaml.SequenceNode):
        yield from (Recorded(section, target, item.value, "", _note(item, lines)) for item in part.value)
    if not isinstance(part, yaml.MappingNode):
        return
    for key, value in part.value:
        if isinstance(value, yaml.ScalarNode):
            empty = value.tag == "tag:yaml.org,2002:null"
            yield Recorded(section, target, key.value, "" if empty else value.value, _note(value, lines))
        else:
            yield from _entries(section, key.value, value, lines)


def _note(node: yaml.Node, lines: list[str]) -> str:
    """The comment behind an entry on its line."""
    line = lines[node.end_mark.line] if node.end_mark.line < len(lines) else ""
    found = _COMMENT.search(line[node.end_mark.column :])
    return found[1] if found else ""
