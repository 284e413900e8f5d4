"""Specs are data: ledgers, indicators, the town and the analyst's accepted spellings, read once and checked on load.

Everything here is frozen. An unknown key or a reference that leads nowhere stops the load with the nearest known name.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from fazhi.dictionary.heads import in_order
from fazhi.dictionary.trend_roles import TrendRoles

Kind = Literal[
    "boolean", "count", "date", "identity", "money", "number", "office", "party",
    "person", "persons", "phone", "text", "uscc", "village", "vocabulary",
]  # fmt: skip


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Spec):
    """One canonical column of a ledger."""

    label: str = Field(description="what readers call it, and its title in a ledger", examples=["受理日期"])
    kind: Kind = Field(description="how its cells are read", examples=["date"])
    description: str = Field(
        default="",
        description="what it holds, in the data dictionary; a public column has one",
        examples=["受理纠纷的日期"],
    )
    unit: str = Field(default="", description="measure word of a count, money or number", examples=["人次"])
    also: tuple[str, ...] = Field(default=(), description="other titles that mean this column for certain", examples=[["受理时间"]])  # fmt: skip
    alike: tuple[str, ...] = Field(
        default=(), description="titles that mean this column where no other title does and the cells are of its kind",
        examples=[["化解时间"]],
    )  # fmt: skip
    optional: bool = Field(default=False, description="a date or yes/no that may be empty", examples=[True])
    required: bool = Field(default=False, description="a count that must be there, or its row is quarantined", examples=[True])  # fmt: skip
    empty: Literal[0] | None = Field(default=None, description="what an empty cell means", examples=[0])
    private: bool = Field(default=False, description="never leaves the cleaning step in the clear", examples=[True])
    pseudonym: bool = Field(default=False, description="replaced by a keyed pseudonym instead of dropped", examples=[True])  # fmt: skip
    values: dict[str, tuple[str, ...]] = Field(
        default={},
        description="a vocabulary's values, each with its certain synonyms",
        examples=[{"邻里纠纷": ["邻里"]}],
    )
    national: tuple[str, ...] = Field(
        default=(), description="finer values of the national list, which a town may take as its own", examples=[["医疗纠纷"]]
    )  # fmt: skip

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

    id: str = Field(description="the file's name without .yml; not written in the file", examples=["disputes"])
    title: str = Field(description="what the ledger is called, by itself or in a title line", examples=["矛盾纠纷调解台账"])  # fmt: skip
    office: str = Field(description="the office that owes it", examples=["司法所"])
    also_titled: tuple[str, ...] = Field(default=(), description="other names of the ledger", examples=[["学法情况登记表"]])  # fmt: skip
    identity: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description="columns that together name a record, in one or several ways: two rows that agree in all of one way "
        "are one record. Without it equal rows are events of their own",
        examples=[[["applicant", "respondent", "accepted_on"]]],
    )
    probable_identity: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description="columns, in one or several ways, by which rows of two tables are probably one record: it is asked, and both count",
        examples=[[["held_on", "kind", "village"]]],
    )
    identity_over_years: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description="columns, in one or several ways, by which a row of last year and one of this, of days close to each other, are "
        "probably one record: it is asked. Ways of `identity` without the ledger's date are looked at besides",
        examples=[[["applicant", "respondent", "category"]]],
    )
    stages: dict[str, tuple[str, ...]] = Field(
        default={},
        description="column -> values that a later report of the same record replaces",
        examples=[{"outcome": ["调解中"]}],
    )
    dropped: dict[str, bool] = Field(
        default={}, description="word of a remark -> whether it says for certain that the case came to nothing; else it is asked",
        examples=[{"撤案": True, "移送": False}],
    )  # fmt: skip
    optional: bool = Field(
        default=False, description="owed only by a town that names it under `with`; counted wherever it is received",
        examples=[True],
    )  # fmt: skip
    event_date: bool = Field(default=True, description="its date says in which year a row counts", examples=[False])
    columns: dict[str, Column] = Field(description="by name, in the order of the clean table")
    trends: TrendRoles | None = Field(default=None, description="the columns that its trends look at; without it there are none")  # fmt: skip

    @model_validator(mode="after")
    def _names_by_known_columns(self) -> "Ledger":
        """What names a record are columns of the ledger; over years, those that the clean tables hold."""
        for way in (*self.identity, *self.probable_identity, *self.identity_over_years):
            if wrong := [name for name in way if name not in self.columns]:
                raise ValueError(f"identity 等所指的列“{wrong[0]}”不存在，可以写的有：{'、'.join(self.columns)}")
        for name in (name for way in self.identity_over_years for name in way):
            if not self.columns[name].published:
                raise ValueError(f"identity_over_years 所指的列“{name}”不公布，清理后的表里没有")
        return self

    @property
    def names_record(self) -> bool:
        """Whether its rows can name their record."""
        return bool(self.identity)

    @cached_property
    def naming_columns(self) -> tuple[str, ...]:
        """The columns that name a record, in any way, each once."""
        return tuple(dict.fromkeys(name for way in self.identity for name in way))

    @cached_property
    def date_column(self) -> str | None:
        """The ledger's date: its first date that must be there."""
        return next((n for n, c in self.columns.items() if c.kind == "date" and not c.optional), None)


class Indicator(_Spec):
    """What a printed figure means: which rows of which ledger, measured how."""

    id: str = Field(description="the entry's key: `<ledger>.<name>`", examples=["disputes.success_rate"])
    label: str = Field(description="what readers call it", examples=["矛盾纠纷调解成功率"])
    unit: str = Field(description="measure word, 元 or %; a rate is kept as 0–1 and printed in %", examples=["件"])
    ledger: str = Field(description="whose rows are measured", examples=["disputes"])
    measure: Literal["count", "sum", "share", "ratio", "distinct", "least", "columns"] = Field(
        description="count rows; sum of `column`; share: rows of `where` ÷ rows of `of`; ratio: sum of `column` ÷ sum of `over`; "
        "distinct values of `column`; least: the fewest rows in any group of `over`; columns: how many are listed",
        examples=["share"],
    )
    where: dict[str, Any] = Field(
        default={},
        description="which rows: column → a value, or a list of which one must be",
        examples=[{"outcome": "调解成功"}],
    )
    of: dict[str, Any] = Field(
        default={},
        description="share: which rows stand below the line; empty: all",
        examples=[{"outcome": ["调解成功", "调解不成功"]}],
    )
    column: str | None = Field(default=None, description="sum, distinct: which; ratio: above the line", examples=["people"])  # fmt: skip
    over: str | None = Field(default=None, description="ratio: below the line; least: the groups", examples=["department"])  # fmt: skip
    columns: tuple[str, ...] = Field(default=(), description="columns: which are counted", examples=[["expert_review"]])
    decimals: int = Field(default=0, description="printed; figures are exact until then", examples=[1])
    plausible_change: Decimal = Field(
        default=Decimal("0.6"), description="a larger change against last year is a question: relative, of a rate the difference", examples=[0.3],
    )  # fmt: skip
    caveat: str = Field(default="", description="what a reader must know beside the figure", examples=["未送审的合同不在台账内"])  # fmt: skip
    persons: bool = Field(
        default=False, description="about people's own affairs: small counts are not published", examples=[True]
    )
    optional: bool = Field(
        default=False, description="counted only where rows answer to it, now or last year: else nothing is said of it, not even that there is none",
        examples=[True],
    )  # fmt: skip
    also: tuple[str, ...] = Field(
        default=(), description="words that stand together by it in a draft (`fazhi check`), alternatives by |", examples=[["合同 审查|审核"]],
    )  # fmt: skip
    then: tuple[str, ...] = Field(default=(), description="the same, once its ledger has been spoken of", examples=[["优秀率"]])  # fmt: skip

    @property
    def looks_at(self) -> set[str]:
        """Every column that the value depends on."""
        named = (*self.where, *self.of, *self.columns, self.column, self.over)
        return {name for name in named if name}


class Unit(_Spec):
    """The town (`unit.yml`). The heads follow 《法治政府建设实施纲要(2021—2025年)》 until the town says otherwise."""

    name: str = Field(description="the town", examples=["青木镇"])
    villages: tuple[str, ...] = Field(description="in full, in the order of tables", examples=[["龙井村", "金凤社区"]])
    offices: tuple[str, ...] = Field(description="in full, in the order of tables", examples=[["党政办", "司法所"]])
    issuer: str = Field(default="", description="who signs; empty: the town's 人民政府", examples=["青木镇人民政府"])
    addressee: str = Field(default="", description="whom the report is for", examples=["区人民政府"])
    document_number: str = Field(default="", description="发文字号, of the 公文版", examples=["青木府发〔2026〕3号"])
    signer: str = Field(
        default="", description="签发人, beside the number of a 公文版 that goes up", examples=["张某某"]
    )
    report_date: date | None = Field(
        default=None, description="成文日期; empty: left to be filled in", examples=["2026-01-20"]
    )
    form: Literal["公文版", "公开版"] = Field(
        default="公开版", description="with the head of an official document, or without"
    )
    title: str = Field(
        default="{name}关于{year}年法治政府建设情况的报告", description="of the report; `{name}` and `{year}` are filled in",
        examples=["{name}{year}年法治政府建设年度报告"],
    )  # fmt: skip
    heads: dict[str, str | None] = Field(
        default={},
        description="of the first part: block of `report.md` → its head, in order. A block that is not named keeps its usual head "
        "and place; one without a head is left out; the town's own block stands where it is named",
        examples=[{"oversight": "加强监督", "technology": None}],
    )
    parts: tuple[str, ...] = Field(
        default=(),
        description="the order of the five parts; empty: the template's own",
        examples=[["leadership", "measures"]],
    )
    without: tuple[str, ...] = Field(
        default=(), description="ledgers that the town does not keep: owed by nobody, their sentences fall silent",
        examples=[["publicity"]],
    )  # fmt: skip
    and_with: tuple[str, ...] = Field(
        default=(),
        alias="with",
        description="optional ledgers that the town keeps, and that are owed",
        examples=[["petitions"]],
    )
    suppress_below: int = Field(
        default=3, ge=0, description="smaller counts of people's affairs are not published", examples=[5]
    )
    compare_with: Literal["现台账", "公布数"] | None = Field(
        default=None, description="which of last year's figures is compared where its ledger has changed since it was published: "
        "today's, or the one published; empty: today's, and the run asks", examples=["现台账"],
    )  # fmt: skip
    word_template: str = Field(
        default="", description="the office's own Word page of `report.docx`, a file in `data/raw/templates`: head, margins, seal, "
        "styles as they stand there, the text in place of a paragraph `{{正文}}`", examples=["模板.docx"],
    )  # fmt: skip
    letters_from: str = Field(
        default="",
        description="who signs the letters of `fazhi letters`; empty: the issuer",
        examples=["青木镇平安法治办"],
    )
    letters_due: date | None = Field(
        default=None, description="until when the letters ask for an answer; empty: left to be filled in",
        examples=["2026-01-05"],
    )  # fmt: skip
    fonts: dict[str, str] = Field(
        default={}, description="role (title, heading, subheading, body, latin, page_number) → font family of this machine",
        examples=[{"body": "仿宋_GB2312"}],
    )  # fmt: skip

    @field_validator("title")
    @classmethod
    def _has_known_places(cls, title: str) -> str:
        """Only the name and the year can be filled in."""
        unknown = [place for place in re.findall(r"[{}][^{}]*}?", title) if place not in ("{name}", "{year}")]
        if unknown:
            raise ValueError(f"“{unknown[0]}”不能填入，能填入的只有 {{name}}（单位）和 {{year}}（年度）")
        return title

    def title_of(self, year: int) -> str:
        """The report's title in `year`."""
        return self.title.replace("{name}", self.name).replace("{year}", str(year))

    @field_validator("heads", mode="before")
    @classmethod
    def _heads_by_block(cls, heads: Any) -> Any:
        if not isinstance(heads, dict):
            raise ValueError("应写成“块: 小标题”，一行一个，如 oversight: 加强监督；不改的不必写")
        return heads

    @property
    def sections(self) -> dict[str, str]:
        """Block → head of the first part, in the order of the report."""
        return in_order(self.heads)

    def model_post_init(self, context: Any) -> None:
        if not self.issuer:
            object.__setattr__(self, "issuer", f"{self.name}人民政府")


class Specs(_Spec):
    """All ledgers and indicators, by id; `own` are the texts of the town's dictionary, by file."""

    ledgers: dict[str, Ledger]
    indicators: dict[str, Indicator]
    own: tuple[tuple[str, str], ...] = ()
