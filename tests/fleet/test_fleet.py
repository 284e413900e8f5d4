"""Many towns: found, run, and told; bad ones among them."""

import json
import os
import sys
from pathlib import Path

import pytest

from fazhi.cli import main
from fazhi.errors import LedgerError
from fazhi.fleet import TownRun, find_towns, local_processes, town_result
from fazhi.runs import staleness
from fazhi.runs.pipeline import Outcome
from fazhi.workspace.paths import Workspace
from made.small_town import make_town

# --- towns are found -------------------------------------------------------------------------------------------------


def test_towns_of_nested_districts_are_found_once_in_order_and_nothing_inside_them(tmp_path):
    for path in ("乙区/青木镇", "甲区/青木镇", "甲区/白沙镇", "甲区/白沙镇/备份", ".隐藏/镇"):
        make_town(tmp_path / path)
    (tmp_path / "乙区" / "空").mkdir()
    assert find_towns(tmp_path).towns == ("乙区/青木镇", "甲区/白沙镇", "甲区/青木镇")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_in_a_circle_end_and_a_town_met_by_two_ways_counts_once(tmp_path):
    make_town(tmp_path / "区" / "青木镇")
    (tmp_path / "区" / "圈").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "区" / "自己").symlink_to("自己")
    (tmp_path / "别名").symlink_to(tmp_path / "区" / "青木镇", target_is_directory=True)
    assert len(find_towns(tmp_path).towns) == 1


def test_the_folder_itself_may_be_a_town_with_others_below_it(tmp_path):
    make_town(tmp_path)
    make_town(tmp_path / "白沙镇")
    make_town(tmp_path / "data" / "旧")
    assert find_towns(tmp_path).towns == (".", "白沙镇")


def test_no_towns_no_folder_no_years_are_told(tmp_path):
    with pytest.raises(LedgerError, match="没有文件夹"):
        find_towns(tmp_path / "无")
    with pytest.raises(LedgerError, match="下没有工作区"):
        find_towns(tmp_path)
    (tmp_path / "青木镇" / "data" / "raw").mkdir(parents=True)
    with pytest.raises(LedgerError, match="都没有年份文件夹"):
        find_towns(tmp_path).latest_year()


# --- processes that die ----------------------------------------------------------------------------------------------


def run_crew(monkeypatch, tmp_path, deaths):
    """The answers for towns whose process dies so many times."""
    for name, times in deaths.items():
        make_town(tmp_path / name).root.joinpath("deaths").write_text(str(times))
    monkeypatch.setattr(local_processes, "WORKER", "made.fleet_worker")
    monkeypatch.setenv("PYTHONPATH", os.fspath(Path(__file__).parents[1]))
    told: dict[str, TownRun] = {}
    found = find_towns(tmp_path)
    local_processes.run_here(found, found.towns, 2025, 2, lambda town: told.__setitem__(town.path, town))
    return told


def test_a_town_whose_process_died_is_tried_again_and_given_up_in_the_end(monkeypatch, tmp_path):
    told = run_crew(monkeypatch, tmp_path, {"一镇": 0, "二镇": 2, "三镇": 9, "四镇": 0})
    assert {path: town.state for path, town in told.items()} == {
        "一镇": "done", "二镇": "done", "三镇": "failed", "四镇": "done",
    }  # fmt: skip
    assert told["三镇"].reasons[0].startswith("处理它的进程连续 3 次意外结束")


def test_processes_are_replaced_after_their_share_of_towns(monkeypatch, tmp_path):
    monkeypatch.setattr(local_processes, "RETIRE_AFTER", 1)
    assert len(run_crew(monkeypatch, tmp_path, {f"{n}镇": 0 for n in range(4)})) == 4


# --- a town's year ---------------------------------------------------------------------------------------------------


def test_what_goes_wrong_in_a_town_is_told_without_quoting_the_error(monkeypatch, tmp_path):
    def broken(*_: object, **__: object) -> Outcome:
        raise KeyError("张三 50022318990101001X")

    monkeypatch.setattr(town_result, "run", broken)
    told = town_result.run_town(make_town(tmp_path), "镇", 2025, runner=None)
    assert told.state == "failed"
    assert "程序出错（KeyError，test_fleet.py 第" in told.reasons[0]
    assert "张三" not in told.reasons[0]


def test_a_record_that_is_none_is_not_current_and_paths_of_the_machine_are_not_told(tmp_path):
    place = make_town(tmp_path / "镇")
    place.processed(2025).mkdir(parents=True)
    for text in ("[]", "{", '{"made": ["documents", "statistics", "history"]}'):
        (place.processed(2025) / "run.json").write_text(text, encoding="utf-8")
        assert town_result.current(place, "镇", 2025) is None
    place.unit_file.unlink()
    (told,) = town_result.run_town(place, "镇", 2025, runner=None).reasons
    assert "镇/data/raw 下建立" in told and os.fspath(tmp_path) not in told


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """A good town, one with a broken unit.yml, one without ledgers, run once; (folder, exit code)."""
    folder = tmp_path_factory.mktemp("district") / "江岭区"
    make_town(folder / "东片" / "青木镇")
    make_town(folder / "坏镇").unit_file.write_text("name: [", encoding="utf-8")
    make_town(folder / "缺镇", "缺报镇", year=2024)
    return folder, main.main(["fleet", os.fspath(folder), "2025", "--jobs", "2"])


def test_a_bad_town_stops_no_other(district):
    folder, code = district
    assert code == 2
    assert staleness.is_current(Workspace(folder / "东片" / "青木镇"), 2025)
    assert (folder / "district.pdf").exists()
    for town in ("坏镇", "缺镇"):
        assert not (folder / town / "data" / "processed").exists()


def test_a_second_run_does_only_what_is_left_and_says_what_to_do(district, capsys, monkeypatch):
    folder, _ = district
    handed = []
    monkeypatch.setattr(local_processes, "run_here", lambda found, towns, *_: handed.extend(towns))
    main.main(["fleet", os.fspath(folder), "2025"])
    assert handed == ["坏镇", "缺镇"]
    assert "没有改动 1 个" in capsys.readouterr().out


def test_the_answer_for_programs_names_every_town(district, capsys):
    folder, _ = district
    assert main.main(["fleet", os.fspath(folder), "2025", "--json"]) == 2
    out, err = capsys.readouterr()
    towns = {town["path"]: town for town in json.loads(out)["towns"]}
    assert {path: town["state"] for path, town in towns.items()} == {
        "东片/青木镇": "current", "坏镇": "failed", "缺镇": "empty",
    }  # fmt: skip
    assert "unit.yml" in towns["坏镇"]["reasons"][0]
    assert "缺报镇（缺镇）没有 2025 年的台账。请催报" in err
