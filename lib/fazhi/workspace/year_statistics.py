"""The content of statistics.json: a year's indicators, plan targets and ledgers. The file is the dump of these values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from fazhi.number_words import amount, rate, signed
from fazhi.workspace.read_back import reader
from fazhi.workspace.reported_figures import ReportedFigure

Number = int | float

RATES = frozenset({"share", "ratio"})  # measures whose values are 0–1


@dataclass(frozen=True)
class SheetRows:
    """Rows of one sheet of a raw file, by their numbers there, in order."""

    file: str
    sheet: str
    rows: Sequence[int]


@dataclass(frozen=True)
class Restated:
    """Last year's figure where today's ledgers do not give what was printed: both, and which this year's is held against.

    `today` is None where the ledgers have no such figure any more; `decided`: the town, or a rule, has said which is compared.
    """

    printed: Number
    today: Number | None
    compared: Literal["ledger", "printed"]
    decided: bool


@dataclass(frozen=True)
class IndicatorEntry:
    """An indicator's value in a year, with what it was divided by, last year's, and the rows it rests on.

    A rate is 0–1, money is in yuan. `change` is relative to last year's value, for rates the difference. `value` is None
    where the ledger is missing or a rate has nothing below the line. `whole`: it looks at all rows of its ledger.
    `open_rows` may still change the value; `office_counts` are the rows by office. `reported`: what the value is taken from
    where no ledger was kept. `restated`: last year's figure is not the one that was printed.
    """

    label: str
    definition: str
    caveat: str
    ledger: str
    measure: str
    unit: str
    decimals: int
    persons: bool
    whole: bool
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    previous: Number | None
    previous_year: int
    change: Number | None
    rows: Sequence[SheetRows]
    row_count: int
    office_counts: Mapping[str, int]
    open_rows: int
    status: Literal["complete", "open", "missing"]
    reported: Sequence[ReportedFigure] = ()
    restated: Restated | None = None

    @property
    def is_rate(self) -> bool:
        return self.measure in RATES

    def shown(self, value: Number | None) -> str:
        """A value of the indicator with its unit; rates as percents with one decimal; a missing one is a dash."""
        if value is None:
            return "—"
        return rate(value) if self.unit == "%" else f"{amount(value)}{self.unit}"

    @property
    def shown_change(self) -> str:
        """The change against last year with its sign; a missing one is a dash."""
        if self.change is None:
            return "—"
        return signed(self.change, "个百分点" if self.unit == "%" else "%")

    def as_json(self) -> dict[str, Any]:
        """The fields in order; for a missing ledger last year's value comes after the rows."""
        fields = dict(vars(self))
        if not self.reported:
            del fields["reported"]
        if self.restated is None:
            del fields["restated"]
        late = ("previous", "previous_year", "open_rows", "status") if self.status == "missing" else ()
        moved = {name: fields.pop(name) for name in late}
        return {**fields, **moved}


@dataclass(frozen=True)
class LedgerState:
    """Whether a ledger was read, and how many of its rows met each fate."""

    title: str
    office: str
    status: Literal["read", "missing"]
    fates: Mapping[str, int]

    @property
    def read(self) -> int:
        """Rows read: each has one fate."""
        return sum(self.fates.values())

    def as_json(self) -> dict[str, Any]:
        """The fates beside the other fields, after their sum."""
        return {"title": self.title, "office": self.office, "status": self.status, "read": self.read, **self.fates}


@dataclass(frozen=True)
class PlanTarget:
    """A target of the coming year as its office wrote it, with the row it stands in; `indicator` is what it is about, in words.

    `open_rows` may still change it.
    """

    indicator: str | None
    target: Number | None
    unit: str | None
    file: str
    sheet: str
    row: int
    open_rows: int

    @property
    def name(self) -> str:
        """What it is about, or that the office did not say."""
        return self.indicator or "未写名称"


@dataclass(frozen=True)
class PlanResult:
    """A target of last year's plan against this year's result.

    `indicator` is the id of the one that answers for it, None where none does or several may (`candidates`). A target or
    result in percent is 0–1; `open_rows` may still change one of them; `state` is one of `indicators.plan_targets.STATES`.
    """

    name: str
    target: Number | None
    unit: str
    indicator: str | None
    result: Number | None
    result_unit: str
    candidates: Sequence[str]
    file: str
    sheet: str
    row: int
    open_rows: int
    state: str


@dataclass(frozen=True)
class Received:
    """How many files were received and not read, and the ids of ledgers that may lie in them."""

    files: int = 0
    ledgers: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True)
class Statistics:
    """A town's year: entries by id of the indicator, states by id of the ledger, how many villages (村) and communities (居).

    `summaries`: by id of the summary table, how many rows may still change it.
    """

    year: int
    town: str
    indicators: Mapping[str, IndicatorEntry]
    plan_targets: Sequence[PlanTarget]
    previous_plan_targets: Sequence[PlanTarget]
    plan_results: Sequence[PlanResult]
    summaries: Mapping[str, int]
    villages: Mapping[str, int]
    ledgers: Mapping[str, LedgerState]
    received: Received = field(default_factory=Received)


def parse_statistics(content: Any) -> Statistics:
    """The statistics that a JSON file holds. Raises ValueError where it is not what `Statistics` is dumped as."""
    try:
        ledgers = {name: _with_fates_apart(state) for name, state in content["ledgers"].items()}
        statistics: Statistics = reader(Statistics)({**content, "ledgers": ledgers})
        return statistics
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no statistics: {error}") from error


def _with_fates_apart(state: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: state[name] for name in ("title", "office", "status")}
    fates = {name: count for name, count in state.items() if name not in own and name != "read"}
    return {**own, "fates": fates}
