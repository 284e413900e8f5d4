"""The report's charts as data (`charts.yml`): which table or indicators, in which form; checked on load."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from fazhi.dictionary.loading import build_layered
from fazhi.dictionary.models import Specs
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import Faults, SpecError
from fazhi.indicators.table_specs import Measure, Summary, load_summaries

LABEL = "charts.yml"
ID = r"[a-z][a-z0-9-]*"  # also the name of the figure's files


class Chart(BaseModel):
    """One chart: a table and one of its measures, or indicators against last year."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=f"^{ID}$", description="the entry's key, and the name of its files", examples=["drills"])
    form: Literal["columns", "bars", "changes"] = Field(
        description="columns by month; bars by group, the largest first; changes of indicators against last year",
        examples=["bars"],
    )
    table: str = Field(
        default="", description="columns, bars: the table that is shown", examples=["disputes_by_category"]
    )
    measure: str = Field(
        default="", description="label of one of the table's measures; empty: the first", examples=["检查"]
    )
    indicators: tuple[str, ...] = Field(default=(), description="changes: which", examples=[["drills.held"]])
    subject: str = Field(default="", description="what the caption begins with", examples=["矛盾纠纷"])
    counts: str = Field(
        default="", description="what is counted, for readers who cannot see the chart", examples=["受理矛盾纠纷件数"]
    )
    compare: bool = Field(default=False, description="columns: last year's beside this year's", examples=[True])

    def place_of_measure(self, table: Summary) -> int:
        """The position of the chart's measure among those of its table."""
        return [each.label for each in table.measures].index(self.measure) if self.measure else 0

    def measured(self, table: Summary) -> Measure:
        """The measure of its table that the chart shows."""
        return table.measures[self.place_of_measure(table)]


def load_charts(specs: Specs) -> list[Chart]:
    """Load the charts of the package, then those that the town adds, in order.

    Raises SpecError for an unknown key, table, measure or indicator, and for a form that cannot show its table.
    """
    found = build_layered(Chart, LABEL, specs.own)
    faults = Faults()
    tables: dict[str, Summary] | None = None
    with faults.collected():
        tables = {table.id: table for table in load_summaries(specs)}
    for place, chart in found.values():
        with faults.collected():
            if chart.form == "changes":
                _check_changes(chart, specs, place)
            elif tables is not None:
                _check_table(chart, tables, specs, place)
    faults.raise_all()
    return [chart for _, chart in found.values()]


def compared_indicators(specs: Specs) -> list[str]:
    """The indicators that some chart compares with last year, each once, in order."""
    return list(dict.fromkeys(name for chart in load_charts(specs) for name in chart.indicators))


def _check_changes(chart: Chart, specs: Specs, place: str) -> None:
    if chart.table or not chart.indicators:
        raise SpecError(f"{place}的 form 为 changes，应写 indicators，不写 table。")
    for name in chart.indicators:
        _known(place, "indicators", name, list(specs.indicators))


def _check_table(chart: Chart, tables: Mapping[str, Summary], specs: Specs, place: str) -> None:
    if chart.indicators or not chart.table:
        raise SpecError(f"{place}的 form 为 {chart.form}，应写 table，不写 indicators。")
    _known(place, "table", chart.table, list(tables))
    table = tables[chart.table]
    if chart.measure:
        _known(place, "measure", chart.measure, [each.label for each in table.measures])
    dated = specs.ledgers[table.ledger].columns[table.by].kind == "date"
    if dated != (chart.form == "columns"):
        raise SpecError(
            f"{place}：按日期列汇总的表用 columns，其他的表用 bars；“{chart.table}”应为 {'columns' if dated else 'bars'}。"
        )
    if chart.compare and (chart.form == "bars" or not table.compare or chart.place_of_measure(table)):
        raise SpecError(f"{place}的 compare 只用于 columns，且该表有 compare，所画的是它的第一项。")


def _known(place: str, key: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        near = nearest(name, list(known), 1, 0)[0]
        raise SpecError(f"{place}的 {key} 中“{name}”不存在，最接近的是“{near}”。")
