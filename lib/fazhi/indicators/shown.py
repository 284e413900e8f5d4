"""Which indicators a table or a chart shows in parts: where a text tells of them, it can refer to it."""

from collections.abc import Iterable

from fazhi.dictionary.models import Specs
from fazhi.indicators.chart_specs import Chart, load_charts
from fazhi.indicators.table_specs import Measure, Summary, load_summaries

CHANGE = ":change"  # after an indicator's id: its comparison with last year


def shown_in_report(specs: Specs) -> dict[str, list[str]]:
    """Id of each chart and table that goes with the report -> the figures of the text that it shows, charts first."""
    tables = {table.id: table for table in load_summaries(specs)}
    found = {chart.id: _of_chart(chart, tables, specs) for chart in load_charts(specs)}
    return found | {table.id: _parted(table, table.measures, specs) for table in tables.values() if table.report}


def _of_chart(chart: Chart, tables: dict[str, Summary], specs: Specs) -> list[str]:
    if chart.form == "changes":
        return [f"{name}{CHANGE}" for name in chart.indicators]
    table = tables[chart.table]
    return _parted(table, [chart.measured(table)], specs)


def _parted(table: Summary, measures: Iterable[Measure], specs: Specs) -> list[str]:
    """The indicators whose value is the sum of one of the measures over the table; none, then all of its ledger."""
    ways = [(one.measure, one.column, one.where) for one in measures]
    mine = [one for one in specs.indicators.values() if one.ledger == table.ledger]
    exact = [one.id for one in mine if (one.measure, one.column, one.where) in ways]
    return exact or [one.id for one in mine]
