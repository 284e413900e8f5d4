"""The clean tables of a year's ledgers, and the summary tables that are made of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from fazhi.dictionary.loading import yearly_ledgers
from fazhi.disclosure.offers import SHOWN, form_key
from fazhi.disclosure.published_tables import table_id
from fazhi.indicators.summary_tables import Tabulated, tabulate
from fazhi.indicators.table_specs import Summary, load_summaries
from fazhi.town_year import TownYear
from fazhi.workspace.clean_rows import CleanRows


def clean_tables(town: TownYear, ledgers: Iterable[str] = ()) -> dict[str, CleanRows]:
    """The clean table of every ledger, or of some, as far as they were read."""
    found = ((name, town.results.clean(name)) for name in ledgers or town.ledgers)
    return {name: table for name, table in found if table is not None}


def summary_tables(town: TownYear, wanted: Callable[[Summary], bool] = lambda _: True) -> list[Tabulated]:
    """The tables of `tables.yml` that are wanted and have something to show."""
    specs = [spec for spec in load_summaries(town.settings.specs) if wanted(spec)]
    ledgers = dict.fromkeys(spec.ledger for spec in specs)
    now = clean_tables(town, ledgers)
    before = clean_tables(replace(town, year=town.year - 1), ledgers)
    made = (
        tabulate(
            spec,
            town.settings.specs,
            town.settings.unit,
            now[spec.ledger],
            before.get(spec.ledger),
            _earlier(town, spec),
        )
        for spec in specs
        if spec.ledger in now
    )
    return [table for table in made if table is not None]


def _earlier(town: TownYear, spec: Summary) -> list[CleanRows]:
    """The rows of the years before last, of ledgers that are kept over the years."""
    years = (
        [known for known in town.workspace.years() if known < town.year - 1]
        if spec.ledger in yearly_ledgers(town.settings.specs)
        else []
    )
    tables = (town.results_of(known).clean(spec.ledger) for known in years)
    return [table for table in tables if table is not None]


def published_tables(town: TownYear, wanted: Callable[[Summary], bool] = lambda _: True) -> list[Tabulated]:
    """The same, without tables about people that may not be published."""
    forms = town.publication()["forms"]
    return summary_tables(
        town, lambda spec: wanted(spec) and (not spec.persons or forms.get(table_id(spec.id)) == SHOWN)
    )


def says(table: Tabulated) -> tuple[str, ...]:
    """What a table tells, in the list of published statements."""
    return (form_key(table_id(table.spec.id), SHOWN),) if table.spec.persons else ()
