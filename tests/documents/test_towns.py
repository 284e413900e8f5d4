"""Made-up towns all the way to the three files: the same numbers in the same order, and nothing off the page."""

from pathlib import Path

import pytest
from benchmarks.towns import write_town

from fazhi import town_year
from fazhi.documents.model import Document
from fazhi.steps import appendix, clean, report, survey
from fazhi.steps import statistics as counting
from made.published import comparable, numbers, page_text, paper_text, word_text


def reported(folder: Path, seed: int, hard: bool) -> Document:
    """A town's report of 2025 as notebook 03 hands it over."""
    write_town(folder, seed=seed, year=2025, hard=hard)
    town = town_year.open_year(2025, folder)
    found = survey.survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger, found)
    counting.write_statistics(town)
    statistics = report.read_statistics(town)
    shown = (report.show_narrative, report.show_figures, appendix.show_report_tables)
    parts = [show(town, statistics).document for show in shown]
    blocks = [block for part in parts for block in part.blocks]
    return Document(meta=parts[0].meta, blocks=blocks, evidence=parts[0].evidence)


@pytest.mark.parametrize(("seed", "hard"), [(5, False), (23, True)])
def test_the_three_files_of_a_town_hold_the_same_numbers(tmp_path: Path, seed: int, hard: bool) -> None:
    document = comparable(reported(tmp_path, seed, hard))
    expected = numbers(word_text(document))
    assert len(expected) > 150
    assert numbers(page_text(document)) == expected
    assert numbers(paper_text(document)) == expected
