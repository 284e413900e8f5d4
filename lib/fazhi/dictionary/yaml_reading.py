"""YAML as checked content; faults are told with file, line and the nearest known name."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from fazhi.dictionary.faults import reason, written_as
from fazhi.dictionary.models import Column
from fazhi.dictionary.yaml_faults import line_of, no_mapping, parse_fault, refuse_full_width
from fazhi.errors import SpecError


def nearest(word: str, known: "list[str] | tuple[str, ...]", limit: int = 3, least: int = 30) -> list[str]:
    """The known words most like `word`, to be offered where it is not one of them.

    Parameters
    ----------
    word
        What is written.
    known
        What could have been meant.
    limit
        How many are given back at most.
    least
        How like they must be, 0–100.

    Returns
    -------
    list of str
        Best first.

    >>> nearest("调节台账", ["调解台账", "名册"])
    ['调解台账']
    """
    return [match for match, score, _ in process.extract(word, known, limit=limit) if score >= least]


class _UniqueKeys(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the C loader is ten times faster
    """A key written twice in one mapping would silently lose the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        refuse_full_width(node)
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_sequence(self, node: yaml.SequenceNode, deep: bool = False) -> list[Any]:
        refuse_full_width(node)
        return super().construct_sequence(node, deep)


def _day(loader: _UniqueKeys, node: yaml.ScalarNode) -> Any:
    """A date that there is: PyYAML itself would break off at 2026-02-30."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        said = f"“{node.value}”不是有效的日期，应如 2026-01-09"
        raise yaml.constructor.ConstructorError(None, None, said, node.start_mark) from None


_UniqueKeys.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read_yaml(path: Path, label: str | None = None) -> dict[str, Any]:
    """The mapping of a YAML file.

    Parameters
    ----------
    path
        The file, UTF-8.
    label
        How messages name it; its name by default.

    Raises
    ------
    SpecError
        There is no such file, it is not UTF-8 or not YAML, or a key stands there twice; the message names file and line.
    """
    label = label or path.name
    try:
        return parse_yaml(path.read_text(encoding="utf-8-sig"), label)
    except FileNotFoundError:
        if path.with_name(f"{path.name}.txt").is_file():
            raise SpecError(
                f"没有找到 {label}，却有“{path.name}.txt”：请改名为 {path.name}"
                "（看不到 .txt 的，先在资源管理器的“查看”里勾选“文件扩展名”）。"
            ) from None
        raise SpecError(f"没有找到 {label}，请在 {path.parent} 下建立。") from None
    except UnicodeDecodeError:
        raise SpecError(f"{label} 不是 UTF-8 文本，请另存为 UTF-8 编码。") from None


def parse_yaml(text: str, label: str) -> dict[str, Any]:
    """The YAML mapping that a text holds, or a `SpecError` that names the line."""
    try:
        loaded = yaml.load(text, Loader=_UniqueKeys)
    except yaml.YAMLError as error:
        raise SpecError(f"{label} {parse_fault(text, error)}。请改正后重试。") from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise SpecError(f"{label} {no_mapping(text)}")
    return loaded


def build(model: type[BaseModel], content: dict[str, Any], label: str, written: Path | None = None) -> Any:
    """Check `content` against `model`.

    Parameters
    ----------
    model
        What the content must be.
    content
        As it was read.
    label
        How messages name it.
    written
        The file that it was read from, for the lines of its faults.

    Returns
    -------
    BaseModel
        An instance of `model`.

    Raises
    ------
    SpecError
        Lists every fault at once.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        text = written.read_text(encoding="utf-8-sig") if written else ""
        faults = "；".join(f"{_line(text, fault['loc'])}{_fault(model, fault)}" for fault in error.errors())
        raise SpecError(f"{label}：{faults}。请改正后重试。") from None


def _line(text: str, loc: Sequence[str | int]) -> str:
    """The line of the file that a fault is on, as far as its place can be followed there; nothing where it cannot."""
    number = line_of(text, loc) if text else 0
    return f"第 {number} 行 " if number else ""


def _fault(model: type[BaseModel], fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        written = {field.alias or name for name, field in model.model_fields.items()}
        known = sorted(written | set(Column.model_fields) if len(fault["loc"]) > 1 else written)
        near = nearest(str(fault["loc"][-1]), known, 1)
        return f"不认识的项目“{place}”" + (f"，最接近的是“{near[0]}”" if near else "")
    if fault["type"] == "missing":
        return f"缺少“{place}”"
    if fault["type"] == "value_error":  # of our own validators, which speak to the analyst
        return f"“{place}”：{fault['ctx']['error']}"
    return f"“{place}”{reason(fault)}{written_as(fault)}"


def build_named(model: type[BaseModel], name: str, body: Any, label: str) -> Any:
    """An entry as a checked `model`, named by its key."""
    if not isinstance(body, dict):
        raise SpecError(f"{label} 应为“项目: 内容”的形式，请对照说明改写。")
    if "id" in body:
        raise SpecError(f"{label}：不认识的项目“id”，名称就是所在的文件名或冒号前的词，请删去。")
    return build(model, {"id": name, **body}, label)
