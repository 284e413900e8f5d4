"""A town that calls ledgers, columns and values by words of its own, and an analyst who answers what is asked and nothing else."""

import json

import pytest
from benchmarks.towns import write_town
from benchmarks.towns.analyst import Analyst, clean_rows_differ


@pytest.fixture(scope="module")
def analyst(tmp_path_factory):
    """One who has worked on such a town for three runs."""
    out = tmp_path_factory.mktemp("strange") / "town"
    write_town(out, seed=102, year=2025, hard=True, strange=2)
    told = Analyst(out)
    for _ in range(2):
        told.run()
        told.answer_all()
    told.run()
    return told


def test_after_three_runs_every_row_and_figure_is_right(analyst):
    assert clean_rows_differ(analyst.out, analyst.year) == {}
    folder = analyst.out / "data" / "processed" / "2025"
    got = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    truth = json.loads((analyst.out / "truth" / "2025" / "statistics.json").read_text(encoding="utf-8"))
    for name, value in truth.items():
        assert got[name]["value"] == (None if value is None else pytest.approx(value, abs=1e-4)), name


def test_no_sheet_is_asked_about_twice_and_every_answer_is_taken(analyst):
    assert analyst.puzzled == []
    sheets = [words[0] for words in analyst.decisions if "--yes" in words]
    assert len(sheets) == len(set(sheets))
    assert len(sheets) <= 27
    assert len(analyst.decisions) <= 50
