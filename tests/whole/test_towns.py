"""Made-up towns that are harder than the sample: everything right with their aliases, nothing wrong without."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.towns import write_town
from benchmarks.towns.first import judge, plain

from fazhi import town_year
from fazhi.steps import clean, statistics, survey
from fazhi.workspace.paths import Workspace


def _build(out: Path) -> Workspace:
    """Survey, clean and count the town's 2025 with the library."""
    workspace = Workspace(out)
    shutil.rmtree(workspace.processed(2025), ignore_errors=True)
    town = town_year.open_year(2025, out)
    survey.survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger)
    statistics.write_statistics(town)
    return workspace


def _rows(frame_path: Path, names: list[str]) -> Counter:
    import pandas as pd

    if not frame_path.exists():
        return Counter()
    frame = pd.read_parquet(frame_path).reindex(columns=names)
    return Counter(tuple(plain(value) for value in row) for row in frame.itertuples(index=False, name=None))


def _wanted(path: Path) -> tuple[list[str], Counter]:
    with path.open(encoding="utf-8") as stream:
        reader = csv.reader(stream)
        names = next(reader)
        return names, Counter(tuple(plain(value) for value in row) for row in reader)


@pytest.mark.parametrize("seed", [3, 45])
def test_with_its_aliases_a_hard_town_is_right_in_every_row_fate_and_figure(tmp_path, seed):
    import json

    import pandas as pd

    write_town(tmp_path / "town", seed=seed, year=2025, hard=True)
    shutil.copy(tmp_path / "town" / "aliases.yml", tmp_path / "town" / "data" / "raw" / "aliases.yml")
    folder = _build(tmp_path / "town").processed(2025)
    truth = tmp_path / "town" / "truth" / "2025"
    for path in sorted(truth.glob("*.csv")):
        if path.stem != "fates":
            names, wanted = _wanted(path)
            assert _rows(folder / "clean" / f"{path.stem}.parquet", names) == wanted, path.stem
    told = {(r.file, r.sheet or "", r.row): r.fate for r in pd.read_parquet(folder / "rows.parquet").itertuples()}
    with (truth / "fates.csv").open(encoding="utf-8") as stream:
        wrong = {
            (row["file"], row["sheet"], row["row"]): (
                row["fate"],
                told.get((row["file"], row["sheet"], int(row["row"]))),
            )
            for row in csv.DictReader(stream)
            if told.get((row["file"], row["sheet"], int(row["row"]))) != row["fate"]
        }
    assert wrong == {}
    got = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    for name, value in json.loads((truth / "statistics.json").read_text(encoding="utf-8")).items():
        assert got[name]["value"] == (None if value is None else pytest.approx(value, abs=1e-4)), name


@pytest.mark.parametrize("seed", [43])
def test_without_aliases_nothing_is_resolved_wrongly(tmp_path, seed):
    write_town(tmp_path / "town", seed=seed, year=2025, hard=True)
    _build(tmp_path / "town")
    tally, bad = judge(tmp_path / "town", "2025")
    assert bad == []
    assert sum(count for (_, told), count in tally.items() if told == "bold") == 0
    assert tally["resolve", "right"] > 1000
