"""What notebook 03 calls: the narrative and its figures, handed over as a document."""

from typing import Any

from fazhi.disclosure.listed import check_document, listed
from fazhi.disclosure.published_indicators import PublishedStatistics, disclosed
from fazhi.documents.model import OPEN_MARK, Document, Figure
from fazhi.documents.notebook_output import display
from fazhi.indicators import restated
from fazhi.indicators.chart_specs import load_charts
from fazhi.indicators.shown import shown_in_report
from fazhi.indicators.summary_charts import chart_of_changes, chart_of_table
from fazhi.narrative.compose import compose
from fazhi.narrative.references import with_references
from fazhi.narrative.template import own_text
from fazhi.steps.own_check import checked
from fazhi.steps.summaries import published_tables, says
from fazhi.town_year import TownYear

PLAN_TABLE, PLAN_FIGURES = "plan_results", ("targets:met", "targets:short")


def read_statistics(town: TownYear) -> PublishedStatistics:
    """The year's statistics, as notebook 02 wrote them, made fit to publish."""
    statistics, settings = town.statistics(), town.settings
    return disclosed(statistics, settings.specs.indicators, settings.unit.suppress_below, town.publication()["forms"])


def show_narrative(town: TownYear, statistics: PublishedStatistics) -> display:
    """The report's text, every figure with its evidence; held against the ledgers once more, and what is wrong told on top."""
    content = composed(town, statistics)
    return display(check_document(Document(**{**content, "blocks": checked(town, content["blocks"])}), known_to(town)))


def known_to(town: TownYear) -> frozenset[str]:
    """The list of statements that the year's papers may make."""
    return listed(town.publication()["forms"])


def composed(town: TownYear, statistics: PublishedStatistics) -> dict[str, Any]:
    """The report's text; indicators of ledgers that the town does not keep are silent, and optional ones that no row answers to."""
    kept, indicators = town.ledgers, town.settings.specs.indicators.values()
    idle = (one for one in indicators if one.id not in statistics.indicators)
    silent = [one for one in idle if one.optional or one.ledger not in kept]
    content = compose(
        statistics, town.settings.unit, town.year, template_text=own_text(town.workspace, town.year), silent=silent
    )
    shown = {**shown_in_report(town.settings.specs), PLAN_TABLE: PLAN_FIGURES}
    return {**content, "blocks": with_references(content["blocks"], shown)}


def show_figures(town: TownYear, statistics: PublishedStatistics) -> display:
    """The charts that go with the text, as an attachment; a chart without data is left out."""
    unit = town.settings.unit
    made = report_charts(town, statistics)
    blocks: list[Any] = [{"type": "attachment", "number": None, "title": f"{unit.name}{town.year}年主要数据图"}, *made]
    meta = {
        "title": unit.title_of(town.year),
        "year": town.year,
        "town": unit.name,
        "fonts": dict(unit.fonts),
    }
    return display(check_document(Document(meta=meta, blocks=blocks if made else []), known_to(town)))


def report_charts(town: TownYear, statistics: PublishedStatistics) -> list[Figure]:
    """Draw the charts of `charts.yml` that have data, in order; one that may still change says so."""
    specs = load_charts(town.settings.specs)
    tables = {made.spec.id: made for made in published_tables(town, lambda table: table.id in {c.table for c in specs})}
    drawn: list[Figure] = []
    entries = statistics.indicators
    for chart in specs:
        if chart.form == "changes":
            chart = chart.model_copy(update={"indicators": tuple(n for n in chart.indicators if n in entries)})
            compared = [entries[name] for name in chart.indicators]
            waiting, moved = sum(entry.open_rows for entry in compared), restated.notes(compared)
            figure = chart_of_changes(chart, entries, town.year)
            keys = tuple(key for name in chart.indicators for key in getattr(entries[name], "says", ()))
        elif chart.table in tables:
            waiting, made = statistics.summaries[chart.table], tables[chart.table]
            of_ledger = [entry for entry in entries.values() if entry.ledger == made.spec.ledger]
            moved = restated.notes(of_ledger, of_table=True) if chart.compare and made.compared else []
            figure = chart_of_table(chart, made, town.ledger(made.spec.ledger), town.year)
            keys = says(made)
        else:
            continue
        if figure is not None:
            source = "。".join([figure.source, *(line.removesuffix("。") for line in moved)])
            figure = figure.model_copy(update={"says": keys, "source": source})
            drawn.append(_marked(figure, waiting) if waiting else figure)
    return drawn


def _marked(figure: Figure, waiting: int) -> Figure:
    return figure.model_copy(
        update={"source": f"{figure.source}。{OPEN_MARK}台账有{waiting}行待核实，图中的数可能变动"}
    )
