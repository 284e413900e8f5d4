"""An entry put into `aliases.yml` by editing its text: the analyst's comments, order and line ends stay as they are.

What the edit yields is read again and must hold the old content with the one new entry; otherwise nothing is written.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from fazhi.dictionary.yaml_reading import parse_yaml
from fazhi.errors import SpecError
from fazhi.number_words import said
from fazhi.values.normalise import compact

NAME = "aliases.yml"
_HEAD = "# 分析人员认可的写法；由 fazhi accept 记录，也可以手工编辑。"
_PLAIN = re.compile(r"[^\W\d_][\w./（）]*")

EMPTY = "空"  # what is written means nothing: the cell counts as blank
OWN = "自成一类"  # what is written is a category of the town's own

Meaning = str | bool | None | tuple[str, ...]  # several: put to those of a list


@dataclass(frozen=True)
class Decision:
    """What is to stand in the file: `path` are the sections it lies in, e.g. ("values", "disputes.source")."""

    path: tuple[str, ...]
    written: str
    means: Meaning

    @property
    def line(self) -> str:
        return f"{_scalar(self.written)}: {_scalar(self.means)}"

    @property
    def sentence(self) -> str:
        if isinstance(self.means, tuple):
            return f"{'.'.join(self.path)}.{self.written}：“{'、'.join(self.means)}”{OWN}"
        return f"{'.'.join(self.path)}：“{self.written}”为“{shown(self.means)}”"


def own_category(target: str, written: str) -> Decision:
    """The decision that what is written in `<ledger>.<column>` is a category that the town keeps beside the closed list's."""
    return Decision(("own",), target, (written,))


def shown(means: object) -> str:
    """A meaning as a person says it."""
    return EMPTY if means is None else said(means)


def present_meaning(text: str, path: Sequence[str], written: str) -> tuple[bool, Any]:
    """Whether the file already says something of what is written (width and spaces aside), and what."""
    for other, means in _section(parse_yaml(text, NAME), path).items():
        if compact(str(other)) == compact(written):
            return True, means
    return False, None


def with_decision(text: str, decision: Decision, date: str) -> str:
    """The file's text with the decision in it and its date as a comment; what stood in its place is replaced.

    Raises SpecError where the text is no YAML, or cannot be edited for certain; the message has the line to add by hand.
    """
    before = parse_yaml(text, NAME)
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n")
    if lines and not lines.endswith("\n"):
        lines += "\n"
    after = _edited(lines or f"{_HEAD}\n", decision, date)
    if _plain(parse_yaml(after, NAME)) != _plain(_with(before, decision)):
        raise SpecError(
            f"{NAME} 的写法特殊，没有改动。请手工在 {'.'.join(decision.path)} 下加一行：{decision.line}  # {date}"
        )
    return after.replace("\n", ends)


def _edited(text: str, decision: Decision, date: str) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return text + _block(decision.path, decision, date, 0)
    node, depth = root, 0
    for key in decision.path:
        pair = _pair(node, key)
        if pair is None or not isinstance(node, yaml.MappingNode):
            break
        depth += 1
        if isinstance(pair[1], yaml.ScalarNode) and not pair[1].value:
            indent = pair[0].start_mark.column + 2
            return _after(text, pair[0], _block(decision.path[depth:], decision, date, indent))
        node = pair[1]
    rest = decision.path[depth:]
    if not isinstance(node, yaml.MappingNode):
        raise SpecError(f"{NAME} 的 {'.'.join(decision.path[:depth])} 应为“写法: 意思”的形式，没有改动。")
    if not rest and (old := _pair(node, decision.written)):
        if isinstance(decision.means, tuple):
            return _into_list(text, old, decision, date)
        return _replaced(text, old, decision, date)
    if node.flow_style:
        return _into_flow(text, node, rest, decision, date)
    block = _block(rest, decision, date, node.value[0][0].start_mark.column)
    return text + block if node is root else _after(text, node, block)


def _pair(node: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    found = node.value if isinstance(node, yaml.MappingNode) else []
    return next((pair for pair in found if compact(str(pair[0].value)) == compact(key)), None)


def _block(path: Sequence[str], decision: Decision, date: str, indent: int) -> str:
    """Lines in block style, the sections that are not there yet included."""
    lines = [f"{' ' * (indent + 2 * depth)}{_scalar(key)}:" for depth, key in enumerate(path)]
    lines.append(f"{' ' * (indent + 2 * len(path))}{decision.line}  # {date}")
    return "\n".join(lines) + "\n"


def _after(text: str, node: yaml.Node, block: str) -> str:
    """`block` on the line after the last one that holds part of the node."""
    end = text.find("\n", _last_leaf(node).end_mark.index)
    return text[: end + 1] + block + text[end + 1 :]


def _last_leaf(node: yaml.Node) -> yaml.Node:
    """The node that ends last; a block mapping's own end lies behind the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _last_leaf(node.value[-1][1])
    return node


def _into_flow(text: str, node: yaml.MappingNode, path: Sequence[str], decision: Decision, date: str) -> str:
    """The entry before the closing brace; the date in a comment at the end of that line."""
    close = node.end_mark.index - 1
    before = text[:close].rstrip()
    comma = "" if before.endswith(("{", ",")) else ","
    gap = "" if before.endswith("{") else " "
    entry = "".join(f"{_scalar(key)}: {{" for key in path) + decision.line + "}" * len(path)
    return _dated(before + comma + gap + entry + text[close:], len(before + comma + gap + entry), decision, date)


def _into_list(text: str, old: tuple[yaml.Node, yaml.Node], decision: Decision, date: str) -> str:
    """The values behind those of the list."""
    values = [_scalar(value) for value in decision.means or ()] if isinstance(decision.means, tuple) else []
    node = old[1]
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        dash = " " * node.start_mark.column
        return _after(text, node.value[-1], "".join(f"{dash}- {value}  # {date}\n" for value in values))
    if not isinstance(node, yaml.SequenceNode):
        return _replaced(text, old, decision, date)
    close = node.end_mark.index - 1
    before = text[:close].rstrip().removesuffix(",")
    joint = ", " if node.value else ""
    entry = before + joint + ", ".join(values)
    return _dated(entry + text[close:], len(entry), decision, date)


def _dated(text: str, index: int, decision: Decision, date: str) -> str:
    end = text.find("\n", index)
    said_of = "、".join(decision.means) if isinstance(decision.means, tuple) else decision.written
    comment = f"{date} {' '.join(said_of.split())}"
    joint = "；" if re.search(r"\s#", text[index:end]) else "  # "
    return text[:end] + joint + comment + text[end:]


def _replaced(text: str, old: tuple[yaml.Node, yaml.Node], decision: Decision, date: str) -> str:
    start, end = old[1].start_mark.index, old[1].end_mark.index
    value = _scalar(decision.means)
    gap = "" if text[:start].endswith(" ") else " "
    return _dated(text[:start] + gap + value + text[end:], start + len(gap + value), decision, date)


def _scalar(value: Meaning) -> str:
    """YAML for a text, a truth value or nothing; quoted wherever a plain one might be read as something else."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_scalar, value))}]"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    plain = _PLAIN.fullmatch(value) and yaml.safe_load(value) == value
    return value if plain else json.dumps(value, ensure_ascii=False)


def _section(content: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any]:
    for key in path:
        content = content.get(key) or {}
    return content


def _with(content: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
    """The content with the decision in it, in place of what is written the same but for width and spaces."""
    made: dict[str, Any] = dict(content)
    inner = made
    for key in decision.path:
        inner[key] = dict(inner.get(key) or {})
        inner = inner[key]
    same = next((written for written in inner if compact(str(written)) == compact(decision.written)), decision.written)
    means = decision.means
    inner[same] = [*(inner.get(same) or ()), *means] if isinstance(means, tuple) else means
    return made


def _plain(content: Any) -> Any:
    """For comparing: keys as text; a section without content is none."""
    if isinstance(content, Mapping):
        return {str(key): _plain(value) for key, value in content.items()}
    return content
