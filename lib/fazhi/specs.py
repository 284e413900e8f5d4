"""Specs are data: ledgers, indicators, the town and the analyst's accepted spellings, read once and checked on load.

Everything here is frozen. An unknown key or a reference that leads nowhere stops the load with the nearest known name.
"""

from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from rapidfuzz import process

from fazhi.errors import SpecError

Kind = Literal[
    "boolean", "count", "date", "identity", "money", "number", "office", "party",
    "person", "persons", "phone", "text", "uscc", "village", "vocabulary",
]  # fmt: skip


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Spec):
    """One canonical column of a ledger."""

    label: str
    kind: Kind
    also: tuple[str, ...] = ()
    optional: bool = False  # a date or yes/no that may be empty
    required: bool = False  # a count that must be there
    empty: Literal[0] | None = None  # what an empty cell means
    private: bool = False  # never leaves the cleaning step in the clear
    pseudonym: bool = False  # replaced by a keyed pseudonym instead of being dropped
    values: dict[str, tuple[str, ...]] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        return (self.label, *self.also)

    @property
    def published(self) -> bool:
        """Whether the clean table has the column at all."""
        return self.pseudonym or not self.private


class Ledger(_Spec):
    """One ledger of the dictionary; `columns` in dictionary order."""

    id: str
    title: str
    office: str
    also_titled: tuple[str, ...] = ()
    names_record: bool = False
    event_date: bool = True
    columns: dict[str, Column]

    @cached_property
    def date_column(self) -> str | None:
        """The ledger's date: its first date that must be there."""
        return next((n for n, c in self.columns.items() if c.kind == "date" and not c.optional), None)


class Indicator(_Spec):
    """What a printed figure means: which rows of which ledger, measured how."""

    id: str
    label: str
    unit: str
    ledger: str
    measure: Literal["count", "sum", "share", "ratio", "distinct", "least", "columns"]
    where: dict[str, Any] = {}
    of: dict[str, Any] = {}  # share: the rows below the line
    column: str | None = None  # sum, distinct; ratio: above the line
    over: str | None = None  # ratio: below the line; least: the group
    columns: tuple[str, ...] = ()
    decimals: int = 0
    plausible_change: Decimal = Decimal("0.6")  # a larger change against last year becomes a question
    caveat: str = ""
    persons: bool = False  # about people's own affairs: small counts are not published

    @property
    def looks_at(self) -> set[str]:
        """Every column that the value depends on."""
        named = (*self.where, *self.of, *self.columns, self.column, self.over)
        return {name for name in named if name}


class Aliases(_Spec):
    """Spellings an analyst has accepted (`aliases.yml`)."""

    values: dict[str, dict[str, str | int | float | bool | date | None]] = {}
    columns: dict[str, dict[str, str]] = {}
    villages: dict[str, str] = {}
    offices: dict[str, str] = {}
    plans: dict[str, str] = {}  # target of last year's plan -> indicator that answers for it, or "无"
    files: dict[str, str] = {}  # file or file[sheet] -> ledger, or "无关" for a file that is no ledger

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, content: Any) -> Any:
        """What stands in a ledger is text, also where YAML reads a number or a date: `{1: 是}`."""
        return _text_keys(content)


def _text_keys(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {str(key): _text_keys(value) for key, value in content.items()}


DEFAULT_HEADS = (
    "深入学习贯彻习近平法治思想",
    "健全政府机构职能体系",
    "健全依法行政制度体系",
    "健全行政决策制度体系",
    "健全行政执法工作体系",
    "健全突发事件应对体系",
    "健全社会矛盾纠纷行政预防调处化解体系",
    "健全行政权力制约和监督体系",
    "健全法治政府建设科技保障体系",
    "完善法治政府建设推进机制",
)


class Unit(_Spec):
    """The town (`unit.yml`). The heads follow 《法治政府建设实施纲要(2021—2025年)》 until the town says otherwise."""

    name: str
    villages: tuple[str, ...]
    offices: tuple[str, ...]
    issuer: str = ""
    addressee: str = ""
    document_number: str = ""
    report_date: date | None = None
    form: Literal["公文版", "公开版"] = "公开版"
    title: str = "{name}关于{year}年法治政府建设情况的报告"
    heads: tuple[str, ...] = DEFAULT_HEADS
    parts: tuple[str, ...] = ()  # the order of the five parts; empty: the template’s own
    suppress_below: int = Field(3, ge=0)
    fonts: dict[str, str] = {}

    def model_post_init(self, context: Any) -> None:
        if not self.issuer:
            object.__setattr__(self, "issuer", f"{self.name}人民政府")


class Specs(_Spec):
    """All ledgers and indicators, by id."""

    ledgers: dict[str, Ledger]
    indicators: dict[str, Indicator]


def nearest(word: str, known: "list[str] | tuple[str, ...]", limit: int = 3, least: int = 30) -> list[str]:
    """The known words most like `word`, best first, those that are `least` of 100 alike."""
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
    """A YAML mapping, or a `SpecError` that names the file and the line."""
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
    return f"“{place}”的内容不合要求（{fault['msg']}）"


@cache
def load_specs() -> Specs:
    """The ledgers and indicators that come with the package, cross-checked; read once a process."""
    folder = resources.files("fazhi")
    ledgers = {}
    for entry in sorted(folder.joinpath("ledgers").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yml"):
            content = read_yaml(Path(str(entry)), f"ledgers/{entry.name}")
            name = entry.name.removesuffix(".yml")
            ledgers[name] = build(Ledger, {"id": name, **content}, f"ledgers/{entry.name}")
    content = read_yaml(Path(str(folder.joinpath("indicators.yml"))), "indicators.yml")
    indicators = {
        name: build(Indicator, {"id": name, **body}, f"indicators.yml「{name}」") for name, body in content.items()
    }
    for indicator in indicators.values():
        check_indicator(indicator, ledgers)
    return Specs(ledgers=ledgers, indicators=indicators)


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
    return aliases
