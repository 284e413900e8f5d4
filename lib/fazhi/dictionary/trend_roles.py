"""What a ledger says of its trends: which column plays which part, and what its rows are called in sentences."""

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
