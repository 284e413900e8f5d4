"""Summary tables as data (`tables.yml`): whose rows, by which column, what is measured; checked on load."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fazhi.dictionary.loading import build_layered
from fazhi.dictionary.models import Indicator, Specs
from fazhi.dictionary.references import check_indicator, replaced_ledger_hint
from fazhi.dictionary.yaml_reading import build, nearest
from fazhi.errors import Faults, SpecError

LABEL = "tables.yml"
GUARDED = ("count", "sum")  # of people: what can be kept from telling small counts


class Measure(BaseModel):
    """What is measured of each group; keys as in indicators.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = Field(description="the column's heading", examples=["检查"])
    unit: str = Field(description="measure word", examples=["家次"])
    measure: str = Field(description="as of an indicator", examples=["count"])
    column: str | None = Field(default=None, description="as of an indicator", examples=["hazards_found"])
    where: dict[str, Any] = Field(default={}, description="as of an indicator", examples=[{"major": True}])

    def of(self, ledger: str) -> Indicator:
        spec: Indicator = build(Indicator, {"id": self.label, "ledger": ledger, **self.model_dump()}, LABEL)
        return spec


class Summary(BaseModel):
    """One table: whose rows, by which column, what is measured."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(description="the entry's key", examples=["drills_by_kind"])
    title: str = Field(description="of the table and its sheet", examples=["应急演练按类型"])
    group: str = Field(
        description="the attachment it stands in, with its neighbours of the same group", examples=["应急与法治宣传"]
    )
    ledger: str = Field(description="whose rows", examples=["drills"])
    by: str = Field(
        description="the column whose values are the rows of the table; a date: by month", examples=["kind"]
    )
    measures: tuple[Measure, ...] = Field(description="the columns of the table")
    persons: bool = Field(
        default=False, description="about people's own affairs: small counts are merged", examples=[True]
    )
    compare: bool = Field(
        default=False, description="last year's first measure stands beside this year's", examples=[True]
    )
    report: bool = Field(default=False, description="the table joins the report itself", examples=[True])

    @property
    def looks_at(self) -> set[str]:
        """Every column that its numbers depend on."""
        return {self.by}.union(*(each.of(self.ledger).looks_at for each in self.measures))


def load_summaries(specs: Specs) -> list[Summary]:
    """Load the tables of the package and the town, in order. Raises SpecError with every reference that leads nowhere."""
    found, faults = build_layered(Summary, LABEL, specs.own), Faults()
    replaced = {name for name, _ in specs.own}
    for place, summary in found.values():
        with faults.collected(), replaced_ledger_hint(place, f"ledgers/{summary.ledger}.yml" in replaced):
            _check(summary, specs, place)
    faults.raise_all()
    return [summary for _, summary in found.values()]


def _check(summary: Summary, specs: Specs, place: str) -> None:
    if summary.ledger not in specs.ledgers:
        near = nearest(summary.ledger, list(specs.ledgers), 1, 0)[0]
        raise SpecError(f"{place}引用的台账“{summary.ledger}”不存在，最接近的是“{near}”。")
    for each in summary.measures:
        check_indicator(each.of(summary.ledger), specs.ledgers, f"{place}的“{each.label}”")
    columns = specs.ledgers[summary.ledger].columns
    fit = [
        name
        for name, column in columns.items()
        if column.published and not column.names_people and column.kind != "text"
    ]
    if summary.by not in fit:
        near = nearest(summary.by, fit, 1, 0)[0] if fit else "无"
        raise SpecError(f"{place}的 by 应为可以公布的日期、类别、村居或科室列，最接近“{summary.by}”的是“{near}”。")
    unguarded = [each.label for each in summary.measures if summary.persons and each.measure not in GUARDED]
    if unguarded:
        raise SpecError(
            f"{place}涉及个人（persons），其中“{'、'.join(unguarded)}”的小数无法隐去：measure 只能是"
            f" {'、'.join(GUARDED)}。请改用这些，或把该项移到 persons 为 false 的表。"
        )
