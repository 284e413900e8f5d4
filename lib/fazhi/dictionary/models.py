"""Specs are data: ledgers, indicators, the town and the analyst's accepted spellings, read once and checked on load.

Everything here is frozen. An unknown key or a reference that leads nowhere stops the load with the nearest known name.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
    def is_closed(self) -> bool:
        """Whether its values come from a closed list: a vocabulary, the villages, the offices."""
        return self.kind in ("vocabulary", "village", "office")

    @property
    def names_people(self) -> bool:
        """Whether its values may not be seen: dropped, or replaced by pseudonyms."""
        return self.private or self.pseudonym

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
