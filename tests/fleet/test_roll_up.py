"""The roll-up is made anew where something in it has changed, and only there."""

import json
from pathlib import Path

import pytest

from fazhi import district
from fazhi.fleet import TownRun, find_towns
from fazhi.fleet.roll_up import roll_up
from made.small_town import make_town


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """The towns of each roll-up that is made."""
    calls: list[list[str]] = []

    def write(root, year, paths, absent, name):
        calls.append([*paths, *(path for path, _ in absent)])
        return [Path(root / f"{name}.html")] if (root / f"{name}.html").write_text(f"{paths}") else []

    monkeypatch.setattr(district, "write_district", write)
    for name in ("一镇", "二镇"):
        run_of(make_town(tmp_path / name), "0")
    return calls


def run_of(place, outputs: str) -> None:
    place.processed(2025).mkdir(parents=True, exist_ok=True)
    (place.processed(2025) / "run.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")


def towns(tmp_path: Path, *absent: str) -> list[TownRun]:
    return [TownRun(path, path, "current", made=path not in absent) for path in ("一镇", "二镇")]


def test_a_district_in_which_nothing_has_changed_is_not_put_together_again(made, tmp_path):
    for _ in range(2):
        assert roll_up(find_towns(tmp_path), 2025, towns(tmp_path)) == ["district.html"]
    assert made == [["一镇", "二镇"]]


@pytest.mark.parametrize("what", ["town", "absent", "file lost", "file edited", "note broken"])
def test_what_has_changed_is_heeded(made, tmp_path, what):
    found = find_towns(tmp_path)
    roll_up(found, 2025, towns(tmp_path))
    if what == "town":
        run_of(found.workspace("二镇"), "1")
    elif what == "file lost":
        (tmp_path / "district.html").unlink()
    elif what == "file edited":
        (tmp_path / "district.html").write_text("")
    elif what == "note broken":
        (tmp_path / ".district.json").write_text("[")
    roll_up(found, 2025, towns(tmp_path, "二镇") if what == "absent" else towns(tmp_path))
    assert len(made) == 2
    assert (tmp_path / "district.html").read_text() == ("['一镇']" if what == "absent" else "['一镇', '二镇']")
