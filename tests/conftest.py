"""Small made-up sheets and a made-up town, so that every expectation can be checked by hand."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from fazhi.cleaning.clean import clean
from fazhi.cleaning.records import Cleaned
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Specs, Unit
from fazhi.intake import RawSheet
from fazhi.recognition.ledgers import recognise
from fazhi.town_year import TownSettings, town_settings
from fazhi.workspace.paths import Workspace
from made.sheets import TOWN, make_file

KEPT = ("drills", "studies", "oversight")  # by the town of `few_ledgers`


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole years first: what is short comes last, so that two processes end together."""
    items.sort(key=lambda item: "whole" not in item.path.parts)


@pytest.fixture(scope="session")
def specs() -> Specs:
    return load_specs()


@pytest.fixture(scope="session")
def town() -> Unit:
    return Unit.model_validate(TOWN)


@pytest.fixture(scope="session")
def settings(specs: Specs, town: Unit) -> TownSettings:
    return town_settings(specs, town, Aliases())


@pytest.fixture(scope="session")
def keeping(specs: Specs) -> Callable[[str], TownSettings]:
    """The settings of a town that keeps this ledger too: some are read only where they are named."""

    @cache
    def named(ledger: str) -> TownSettings:
        more = [ledger] if specs.ledgers[ledger].optional else []
        return town_settings(specs, Unit.model_validate({**TOWN, "with": more}), Aliases())

    return named


@pytest.fixture
def cleaned(settings: TownSettings) -> Callable[..., Cleaned]:
    """Clean one ledger from sheets: cleaned("drills", sheet, …)."""

    def run(ledger: str, *sheets: RawSheet, year: int = 2025, using: TownSettings = settings) -> Cleaned:
        sources = []
        for number, sheet in enumerate(sheets):
            file = make_file(f"司法所/{number}.xlsx", sheet)
            tables, issues = recognise(file, using)
            assert [table.ledger for table in tables] == [ledger], [issue.sentence for issue in issues]
            sources += [(file, table) for table in tables]
        return clean(using.specs.ledgers[ledger], sources, using, year)

    return run


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty town of 2025 to put files into."""
    place = Workspace(tmp_path / "town")
    place.raw(2025).mkdir(parents=True)
    place.unit_file.write_text(yaml.safe_dump(TOWN, allow_unicode=True), encoding="utf-8")
    return place


@pytest.fixture
def few_ledgers(workspace: Workspace, specs: Specs) -> Workspace:
    """The same of a town that keeps three ledgers: what is tried on whole runs does not hang on how many it owes."""
    without = [name for name, ledger in specs.ledgers.items() if not ledger.optional and name not in KEPT]
    workspace.unit_file.write_text(yaml.safe_dump({**TOWN, "without": without}, allow_unicode=True), encoding="utf-8")
    return workspace
