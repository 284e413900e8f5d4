"""Reading the YAML of the dictionary and the workspace; faults are told with file, line and the nearest known name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from fazhi.dictionary.faults import reason, written_as
from fazhi.dictionary.ledger_order import FILE, in_order
from fazhi.dictionary.models import Column, Indicator, Ledger, Specs
from fazhi.dictionary.own_files import LEDGERS, PLACE, Texts
from fazhi.dictionary.yaml_faults import no_mapping, parse_fault, refuse_full_width
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


def build(model: type[BaseModel], content: dict[str, Any], label: str) -> Any:
    """`content` as a checked `model`, or a `SpecError` that lists every fault at once."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = "；".join(_fault(model, fault) for fault in error.errors())
        raise SpecError(f"{label}：{faults}。请改正后重试。") from None


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


def layered(name: str, own: Texts) -> dict[str, tuple[str, Any]]:
    """The entries of a file of the dictionary: key -> how messages name it, content. The town's own replace the package's or follow."""
    label, texts = f"{PLACE}/{name}", dict(own)
    packaged = read_yaml(Path(str(resources.files("fazhi.dictionary").joinpath(name))), name)
    found = {key: (f"{name}「{key}」", body) for key, body in packaged.items()}
    written = parse_yaml(texts[name], label) if name in texts else {}
    return found | {str(key): (f"{label}「{key}」", body) for key, body in written.items()}


def build_layered(model: type[BaseModel], name: str, own: Texts) -> dict[str, tuple[str, Any]]:
    """The same, each content as a checked `model`."""
    return {key: (place, build_named(model, key, body, place)) for key, (place, body) in layered(name, own).items()}


def build_named(model: type[BaseModel], name: str, body: Any, label: str) -> Any:
    """An entry as a checked `model`, named by its key."""
    if not isinstance(body, dict):
        raise SpecError(f"{label} 应为“项目: 内容”的形式，请对照说明改写。")
    if "id" in body:
        raise SpecError(f"{label}：不认识的项目“id”，名称就是所在的文件名或冒号前的词，请删去。")
    return build(model, {"id": name, **body}, label)


def load_specs(own: Texts = ()) -> Specs:
    """The ledgers and indicators that come with the package, a town's own laid over them, cross-checked.

    Parameters
    ----------
    own
        The files of the town's dictionary (`read_own`); those that were read last are kept.

    Raises
    ------
    SpecError
        An unknown or missing key, or a reference that leads nowhere; the message names file and nearest name.
    """
    return _specs(own)


@lru_cache(maxsize=16)
def _specs(own: Texts) -> Specs:
    ledgers = _packaged_ledgers() | own_ledgers(own)
    replaced = {name for name, _ in own}
    ordered = in_order(ledgers, _order(own, ledgers))
    indicators = {}
    for key, (place, indicator) in build_layered(Indicator, "indicators.yml", own).items():
        with replaced_ledger_hint(place, f"{LEDGERS}{indicator.ledger}.yml" in replaced):
            check_indicator(indicator, ordered, place)
        indicators[key] = indicator
    return Specs(ledgers=ordered, indicators=indicators, own=own)


@contextmanager
def replaced_ledger_hint(place: str, replaced: bool) -> Iterator[None]:
    """Say, where an entry of the package does not fit a ledger that the town has replaced, what the town can do."""
    try:
        yield
    except SpecError as error:
        if not replaced or place.startswith(PLACE):
            raise
        file = place.partition("「")[0]
        raise SpecError(
            f"{error}程序自带的这一项要用到它：请在 {PLACE}/{LEDGERS} 的台账中保留，或者在 {PLACE}/{file} 中改写这一项。"
        ) from None


@cache
def _packaged_ledgers() -> dict[str, Ledger]:
    folder = resources.files("fazhi.dictionary").joinpath("ledgers")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    contents = {name: read_yaml(Path(str(folder.joinpath(name))), f"{LEDGERS}{name}") for name in names}
    return {name.removesuffix(".yml"): _ledger(f"{LEDGERS}{name}", content) for name, content in contents.items()}


def own_ledgers(own: Texts) -> dict[str, Ledger]:
    """The ledgers of a town's dictionary, by id."""
    files = {name: text for name, text in own if name.startswith(LEDGERS)}
    made = (_ledger(f"{PLACE}/{name}", parse_yaml(text, f"{PLACE}/{name}")) for name, text in files.items())
    return {ledger.id: ledger for ledger in made}


def _ledger(label: str, content: Any) -> Ledger:
    name = label.rpartition("/")[2].removesuffix(".yml")
    ledger: Ledger = build_named(Ledger, name, content, label)
    wrong = [word for word in (name, *ledger.columns) if not re.fullmatch("[a-z][a-z0-9_]*", word)]
    if wrong or RESERVED & {*ledger.columns}:
        raise SpecError(
            f"{label}：名称“{(wrong or sorted(RESERVED & {*ledger.columns}))[0]}”不能用。文件名和列名应为小写英文、数字和下划线，"
            f"如 facility_checks，不能是 {'、'.join(sorted(RESERVED))}。"
        )
    check_roles(ledger, label)
    return ledger


def own_phrases(own: Texts) -> list[str]:
    """What a town's dictionary says, without comments: titles, labels, values."""
    return [text for name, written in own for text in _strings(parse_yaml(written, f"{PLACE}/{name}"))]


def _strings(content: Any) -> Iterator[str]:
    match content:
        case dict():
            yield from _strings([*content, *content.values()])
        case list():
            yield from (text for part in content for text in _strings(part))
        case str():
            yield content


def _order(own: Texts, ledgers: dict[str, Ledger]) -> dict[str, list[str]]:
    """The order of the package, without the ledgers that the town has given to another office."""
    given = set(own_ledgers(own))
    order: dict[str, list[str]] = read_yaml(Path(str(resources.files("fazhi.dictionary").joinpath(FILE))), FILE)
    return {
        office: [name for name in names if name not in given or ledgers[name].office == office]
        for office, names in order.items()
    }


RESERVED = frozenset({"source_file", "source_sheet", "source_row"})
ROLE_KINDS: dict[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("village",), "category": ("vocabulary",), "source": ("vocabulary",), "outcome": ("vocabulary",),
    "closed": ("date",), "amount": ("money",),
}  # fmt: skip


def check_roles(ledger: Ledger, label: str = "") -> None:
    """Every column that the trends of a ledger name must exist, be of a kind that can play its part, and be published."""
    roles, place = ledger.trends, f"{label or f'{LEDGERS}{ledger.id}.yml'} 的 trends 中"
    if roles is None:
        return
    named = [(role, getattr(roles, role), kinds) for role, kinds in ROLE_KINDS.items() if getattr(roles, role)]
    named += [("parties", name, ("person", "party")) for name in roles.parties]
    for role, name, kinds in named:
        if name not in ledger.columns:
            raise SpecError(
                f"{place} {role} 所指的列“{name}”不存在，最接近的是“{nearest(name, [*ledger.columns], 1, 0)[0]}”。"
            )
        column = ledger.columns[name]
        if column.kind not in kinds or not column.published:
            raise SpecError(f"{place} {role} 应为可以公布的 {'、'.join(kinds)} 列，“{name}”不是。")
    if roles.date != ledger.date_column:
        raise SpecError(f"{place} date 应为台账的首个必填日期“{ledger.date_column}”。")
    if len(roles.parties) not in (0, 2):
        raise SpecError(f"{place} parties 应为两列。")
    known = list(ledger.columns[roles.outcome].values) if roles.outcome else []
    for value in (roles.success, roles.failure):
        if value and value not in known:
            raise SpecError(f"{place}的“{value}”不在 outcome 的取值中（{'、'.join(known) or '无'}）。")


def yearly_ledgers(specs: Specs) -> tuple[str, ...]:
    """The ledgers that are cleaned for every year there is, since their trends are part of each run."""
    return tuple(name for name, ledger in specs.ledgers.items() if ledger.trends and ledger.trends.every_year)


def check_indicator(indicator: Indicator, ledgers: dict[str, Ledger], place: str = "") -> None:
    """Every ledger, column and vocabulary value an indicator names must exist; `place` is how messages name it."""
    place = place or f"indicators.yml「{indicator.id}」"
    if indicator.ledger not in ledgers:
        raise SpecError(
            f"{place}引用的台账“{indicator.ledger}”不存在，最接近的是“{nearest(indicator.ledger, list(ledgers), 1, 0)[0]}”。"
        )
    columns = ledgers[indicator.ledger].columns
    for name in sorted(indicator.looks_at):
        if name not in columns:
            near = nearest(name, list(columns), 1)
            raise SpecError(f"{place}引用的列“{name}”不存在，最接近的是“{near[0] if near else '无'}”。")
    for name, wanted in [*indicator.where.items(), *indicator.of.items()]:
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if columns[name].kind == "vocabulary" and value not in columns[name].values:
                near = nearest(str(value), list(columns[name].values), 1)
                raise SpecError(
                    f"{place}引用的取值“{value}”不在“{columns[name].label}”中，最接近的是“{near[0] if near else '无'}”。"
                )
