"""What a run has surveyed reaches the notebooks that clean it, and only as long as it is true."""

import os
from pathlib import Path

import openpyxl
import pytest

from fazhi.recognition import handed_on as handing
from fazhi.recognition.handed_on import VARIABLE, handed_on, handing_on
from fazhi.steps import clean
from made.few_cases import Year, make_town

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="files in memory")
YEARS = {2025: Year(9, 1, 2, 5)}


def test_a_survey_handed_on_cleans_alike_without_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = make_town(tmp_path, YEARS)
    table = town.results.clean_file("disputes")
    before = table.read_bytes()
    found = clean.survey(town.workspace, 2025, town.settings)

    def read_again(*_: object, **__: object) -> None:
        raise AssertionError("the files are read again")

    monkeypatch.setattr(clean, "survey", read_again)
    with handing_on(found, town.workspace.raw(2025), "disputes") as environ:
        monkeypatch.setenv(VARIABLE, environ[VARIABLE])
        assert clean.clean_ledger(town, "disputes").kept == 12
        assert table.read_bytes() == before
        with pytest.raises(AssertionError, match="read again"):
            clean.clean_ledger(town, "penalties")  # it was handed another ledger's


def test_a_file_that_has_changed_since_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = make_town(tmp_path, YEARS)
    found = clean.survey(town.workspace, 2025, town.settings)
    path = town.workspace.raw(2025) / "司法所" / "纠纷.xlsx"
    with handing_on(found, town.workspace.raw(2025), "disputes") as environ:
        monkeypatch.setenv(VARIABLE, environ[VARIABLE])
        book = openpyxl.load_workbook(path)
        book.active.delete_rows(book.active.max_row)
        book.save(path)
        assert clean.clean_ledger(town, "disputes").kept == 11


def test_nothing_is_left_afterwards_and_nothing_handed_on_where_there_is_nothing(tmp_path: Path) -> None:
    town = make_town(tmp_path, YEARS)
    found = clean.survey(town.workspace, 2025, town.settings)
    with handing_on(found, tmp_path, "disputes") as environ:
        assert Path(environ[VARIABLE]).stat().st_size > 0
    assert not Path(environ[VARIABLE]).exists()
    with handing_on(None, tmp_path, "disputes") as environ:
        assert environ == {} and handed_on(tmp_path, "disputes") is None


def test_without_files_in_memory_every_notebook_reads_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = make_town(tmp_path, YEARS)
    monkeypatch.delattr(handing.os, "memfd_create")
    with handing_on(clean.survey(town.workspace, 2025, town.settings), tmp_path, "disputes") as environ:
        assert environ == {}
