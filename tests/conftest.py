"""Small made-up sheets and a made-up town, so that every expectation can be checked by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from fazhi.cleaning import clean
from fazhi.intake import RawFile, RawSheet
from fazhi.paths import Workspace
from fazhi.recognition import Recogniser, recognise, recogniser
from fazhi.records import Cleaned, Record
from fazhi.specs import Aliases, Specs, Unit, load_specs

ROOT = Path(__file__).parents[1]
TOWN = {
    "name": "青木镇",
    "villages": ["龙井村", "青木村", "金凤社区", "桂花村", "桂花社区", "青木居委会"],
    "offices": ["党政办", "司法所", "应急管理办", "综合行政执法大队"],
}


@pytest.fixture(scope="session")
def specs() -> Specs:
    return load_specs()


@pytest.fixture(scope="session")
def town() -> Unit:
    return Unit.model_validate(TOWN)


@pytest.fixture(scope="session")
def known(specs: Specs, town: Unit) -> Recogniser:
    return recogniser(specs, town, Aliases())


def make_sheet(rows: list[list[Any]], name: str = "Sheet1", **more: Any) -> RawSheet:
    """A sheet of plain cells."""
    defaults = {"merged": [], "hidden_rows": frozenset(), "struck": {}, "visible": True, "comments": {}}
    counted = sum(any(cell not in (None, "") for cell in row) for row in rows)
    return RawSheet(name=name, rows=rows, **{**defaults, "counted_rows": counted, **more})


def make_file(path: str, *sheets: RawSheet) -> RawFile:
    return RawFile(path=path, kind="xlsx", sha256="", sheets=list(sheets), findings=[], refused=None)


@pytest.fixture
def cleaned(known: Recogniser) -> Callable[..., Cleaned]:
    """Clean one ledger from sheets: cleaned("drills", sheet, …)."""

    def run(ledger: str, *sheets: RawSheet, year: int = 2025, using: Recogniser = known) -> Cleaned:
        sources = []
        for number, sheet in enumerate(sheets):
            file = make_file(f"司法所/{number}.xlsx", sheet)
            tables, issues = recognise(file, using)
            assert [table.ledger for table in tables] == [ledger], [issue.sentence for issue in issues]
            sources += [(file, table) for table in tables]
        return clean(using.specs.ledgers[ledger], sources, using, year)

    return run


def records(result: Cleaned) -> list[Record]:
    """All records of a ledger in order."""
    return [Record(part, at) for part in result.parts for at in range(len(part.fates))]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty town of 2025 to put files into."""
    place = Workspace(tmp_path / "town")
    place.raw(2025).mkdir(parents=True)
    place.unit_file.write_text(yaml.safe_dump(TOWN, allow_unicode=True), encoding="utf-8")
    return place


def write_workbook(path: Path, *rows: list[Any], sheet: str = "Sheet1") -> Path:
    """A workbook with one sheet of plain cells."""
    import openpyxl

    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path
