"""What a ledger says of its trends: which column plays which part, and what its rows are called in sentences."""

import re
from collections.abc import Mapping
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field


class TrendRoles(BaseModel):
    """Which columns of a ledger play which part in its trends, and the words for what its rows are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counted: str = Field(description="what a row is, in titles", examples=["矛盾纠纷"])
    noun: str = Field(description="what a row is, shorter, as in 集中纠纷", examples=["纠纷"])
    counter: str = Field(default="件", description="the measure word of a row", examples=["家次"])
    event: str = Field(description="what happens on its date", examples=["受理"])
    date: str = Field(
        description="the date by which rows are counted: the ledger's first that must be there",
        examples=["accepted_on"],
    )
    place: str | None = Field(default=None, description="the village", examples=["village"])
    category: str | None = Field(default=None, description="the kind", examples=["category"])
    source: str | None = Field(default=None, description="where it came from", examples=["source"])
    outcome: str | None = Field(default=None, description="how it ended", examples=["outcome"])
    success: str | None = Field(default=None, description="the outcome that is a success", examples=["调解成功"])
    failure: str | None = Field(default=None, description="the outcome that is none", examples=["调解不成功"])
    rate: str = Field(
        default="成功率", description="what the share of successes among both is called", examples=["调解成功率"]
    )
    closed: str | None = Field(default=None, description="the date on which a row is done with", examples=["closed_on"])
    closing: str = Field(default="办结", description="what happens on that date", examples=["结案"])
    amount: str | None = Field(default=None, description="the sum of money of a row", examples=["amount_yuan"])
    paid: str = Field(default="协议", description="what the sum is of, as in 有金额的协议", examples=["协议"])
    parties: tuple[str, ...] = Field(
        default=(), description="two pseudonyms that meet in a row", examples=[["applicant", "respondent"]]
    )
    handler: str | None = Field(
        default=None, description="who deals with a row, a pseudonym; for internal use", examples=["mediator"]
    )
    every_year: bool = Field(
        default=False,
        description="cleaned for every year there is, for the trends that each run makes",
        examples=[True],
    )

    @property
    def number(self) -> str:
        """What a count of rows is called: 件数."""
        return f"{self.counter}数"

    @property
    def groups(self) -> dict[str, str]:
        """Columns to count by: name in the trends -> column of the ledger."""
        named = {"village": self.place, "category": self.category, "source": self.source, "outcome": self.outcome}
        return {name: column for name, column in named.items() if column}


class Described(Protocol):
    """What a column says of itself."""

    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def published(self) -> bool: ...


def roles_by_kind(title: str, columns: Mapping[str, Described], date: str) -> TrendRoles:
    """The parts that a ledger's columns play by their kinds, for one whose yml names none: its village, its first vocabularies
    as type and source, its first sum of money."""
    seen = [(name, column) for name, column in columns.items() if column.published]

    def of(kind: str, place: int = 0) -> str | None:
        names = [name for name, column in seen if column.kind == kind]
        return names[place] if len(names) > place else None

    counted = re.sub(r"(?:登记)?(?:台账|登记表|登记簿|一览表|清单)$", "", title) or title
    event = re.sub(r"(?:的)?(?:日期|时间)$", "", columns[date].label) or "登记"
    return TrendRoles(
        counted=counted, noun=counted, counter="条", event=event, date=date, place=of("village"),
        category=of("vocabulary"), source=of("vocabulary", 1), amount=of("money"), paid=counted,
    )  # fmt: skip
