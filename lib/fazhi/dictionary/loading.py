"""Reading the YAML of the dictionary and the workspace; faults are told with file, line and the nearest known name."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from fazhi.dictionary.ledger_order import FILE, in_order
from fazhi.dictionary.models import Aliases, Column, Indicator, Ledger, Specs, Unit
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
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


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
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        raise SpecError(
            f"{label} {where}写法有误：{getattr(error, 'problem', None) or '不是 YAML'}。请改正缩进、冒号或引号。"
        ) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise SpecError(f"{label} 应为“名称: 内容”的形式，请对照说明改写。")
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
        known = sorted({*model.model_fields, *Column.model_fields} if len(fault["loc"]) > 1 else model.model_fields)
        near = nearest(str(fault["loc"][-1]), known, 1)
        return f"不认识的项目“{place}”" + (f"，最接近的是“{near[0]}”" if near else "")
    if fault["type"] == "missing":
        return f"缺少“{place}”"
    if fault["type"] == "value_error":  # of our own validators, which speak to the analyst
        return f"“{place}”：{fault['ctx']['error']}"
    return f"“{place}”的内容不合要求（{fault['msg']}）"


@cache
def load_specs() -> Specs:
    """The ledgers and indicators that come with the package, cross-checked; read once a process."""
    folder = resources.files("fazhi.dictionary")
    ledgers = {}
    for entry in sorted(folder.joinpath("ledgers").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yml"):
            content = read_yaml(Path(str(entry)), f"ledgers/{entry.name}")
            name = entry.name.removesuffix(".yml")
            ledgers[name] = build(Ledger, {"id": name, **content}, f"ledgers/{entry.name}")
            check_roles(ledgers[name])
    ledgers = in_order(ledgers, read_yaml(Path(str(folder.joinpath(FILE))), FILE))
    content = read_yaml(Path(str(folder.joinpath("indicators.yml"))), "indicators.yml")
    indicators = {
        name: build(Indicator, {"id": name, **body}, f"indicators.yml「{name}」") for name, body in content.items()
    }
    for indicator in indicators.values():
        check_indicator(indicator, ledgers)
    return Specs(ledgers=ledgers, indicators=indicators)


ROLE_KINDS: dict[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("village",), "category": ("vocabulary",), "source": ("vocabulary",), "outcome": ("vocabulary",),
    "closed": ("date",), "amount": ("money",),
}  # fmt: skip


def check_roles(ledger: Ledger) -> None:
    """Every column that the trends of a ledger name must exist, be of a kind that can play its part, and be published."""
    roles, place = ledger.trends, f"ledgers/{ledger.id}.yml 的 trends 中"
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


@cache
def yearly_ledgers() -> tuple[str, ...]:
    """The ledgers that are cleaned for every year there is, since their trends are part of each run."""
    ledgers = load_specs().ledgers
    return tuple(name for name, ledger in ledgers.items() if ledger.trends and ledger.trends.every_year)


def check_indicator(indicator: Indicator, ledgers: dict[str, Ledger]) -> None:
    """Every ledger, column and vocabulary value an indicator names must exist."""
    place = f"indicators.yml「{indicator.id}」"
    if indicator.ledger not in ledgers:
        raise SpecError(
            f"{place}引用的台账“{indicator.ledger}”不存在，最接近的是“{nearest(indicator.ledger, list(ledgers), 1)}”。"
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


def load_unit(path: Path) -> Unit:
    """The town, from `unit.yml`."""
    unit: Unit = build(Unit, read_yaml(path, "unit.yml"), "unit.yml")
    return unit


def load_aliases(path: Path, specs: Specs) -> Aliases:
    """Accepted spellings; an absent file means none. What they refer to must exist."""
    if not path.exists():
        return Aliases()
    aliases: Aliases = build(Aliases, read_yaml(path, "aliases.yml"), "aliases.yml")
    for key in aliases.values:
        ledger, _, column = key.partition(".")
        if ledger not in specs.ledgers or column not in specs.ledgers[ledger].columns:
            known = [f"{n}.{c}" for n, spec in specs.ledgers.items() for c in spec.columns]
            raise SpecError(f"aliases.yml 的 values 中“{key}”不存在，最接近的是“{nearest(key, known, 1, 0)[0]}”。")
    for ledger, titles in aliases.columns.items():
        if ledger not in specs.ledgers:
            raise SpecError(
                f"aliases.yml 的 columns 中“{ledger}”不是台账，最接近的是“{nearest(ledger, list(specs.ledgers), 1, 0)[0]}”。"
            )
        for title, column in titles.items():
            if column not in specs.ledgers[ledger].columns:
                near = nearest(column, list(specs.ledgers[ledger].columns), 1, 0)[0]
                raise SpecError(f"aliases.yml 中“{title}”所指的列“{column}”不存在，最接近的是“{near}”。")
    for name in aliases.once:
        if name.partition(".")[0] not in specs.ledgers:
            raise SpecError(f"aliases.yml 的 once 中“{name}”不是 fazhi accept 列出的问题，请改正或删去。")
    return aliases
