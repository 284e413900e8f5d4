"""The watch over data/raw: what it heeds, when a copy is complete, what it says."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from watchfiles import Change

from fazhi.cli import main, watch
from fazhi.errors import LedgerError
from fazhi.runs.pipeline import Outcome
from fazhi.workspace.files import write_json


@pytest.mark.parametrize(
    "name",
    [
        "~$台账.xlsx",
        ".~lock.台账.xlsx#",
        ".DS_Store",
        "台账.xlsx.part",
        "台账.tmp",
        "Thumbs.db",
        "台账.xlsx.crdownload",
        "a~",
    ],
)
def test_locks_and_downloads_are_not_heeded(name):
    assert not watch.is_lasting(Change.added, f"data/raw/2025/{name}")


@pytest.mark.parametrize("name", ["台账.xlsx", "unit.yml", "corrections.csv", "report.md", "无扩展名"])
def test_ledgers_and_settings_are(name):
    assert watch.is_lasting(Change.deleted, name)


def test_a_copy_is_waited_for_until_it_rests(tmp_path):
    file, written = tmp_path / "台账.xlsx", threading.Event()

    def copy():
        for size in range(1, 6):
            file.write_bytes(b"x" * size)
            time.sleep(0.02)
        written.set()

    writer = threading.Thread(target=copy)
    writer.start()
    watch.wait_for_rest(tmp_path, pause=0.2)
    assert written.is_set()
    writer.join()


def standing_in(monkeypatch, tmp_path, results):
    """A run that gives one of `results` after the other: steps that ran, or an error to raise."""
    given = iter(results)

    def run(workspace, year, **_):
        result = next(given)
        if isinstance(result, Exception):
            raise result
        write_json(tmp_path / "run.json", {"open": {"counts": {"error": 2}}})
        return Outcome(year, tmp_path, ran={step: ["改动"] for step in result})

    monkeypatch.setattr(watch, "run", run)
    monkeypatch.setattr(watch, "wait_for_rest", lambda folder: None)


def test_each_run_is_a_line(monkeypatch, tmp_path, workspace):
    said = []
    gone = FileNotFoundError(2, "gone")
    standing_in(
        monkeypatch, tmp_path, [["识别台账", "清理应急演练台账"], [], gone, ["汇总与统计"], LedgerError("没有台账。")]
    )
    ended = [watch.run_once(workspace, None, watch.run, said.append) for _ in range(4)]
    assert ended == [True, True, True, False]
    assert said == [
        "2025年：重做 2 步（识别台账、清理应急演练台账），须处理 2 处。",
        "2025年：没有需要重做的，须处理 2 处。",
        "2025年：重做 1 步（汇总与统计），须处理 2 处。",
        "没有完成：没有台账。",
    ]


def test_a_file_that_goes_again_and_again_is_told(monkeypatch, tmp_path, workspace):
    said = []
    standing_in(monkeypatch, tmp_path, [FileNotFoundError(2, "gone")] * watch.TRIES)
    assert not watch.run_once(workspace, None, watch.run, said.append)
    assert said == ["没有完成：台账在读取时被移走或正被占用。文件放好后会再做。"]


def test_it_runs_at_once_and_after_a_change_and_ends_by_interrupt(monkeypatch, workspace, capsys):
    runs = []

    def run_once(place, year, jobs, say):
        runs.append(sorted(path.name for path in place.raw_root.rglob("*") if path.is_file()))
        if len(runs) == 1:
            (place.raw(2025) / "~$台账.xlsx").write_bytes(b"lock")
            (place.raw(2025) / "台账.csv").write_text("日期\n", encoding="utf-8")
        elif len(runs) == 2:
            shutil.rmtree(place.raw(2025))
        else:
            raise KeyboardInterrupt
        return True

    monkeypatch.setattr(watch, "run_once", run_once)
    monkeypatch.setattr(watch, "REST", 0.01)
    monkeypatch.setattr(watch, "wait_for_rest", lambda folder: None)
    assert main.main(["run", "--watch", "--workspace", os.fspath(workspace.root)]) == 0
    assert runs == [["unit.yml"], ["unit.yml", "~$台账.xlsx", "台账.csv"], ["unit.yml"]]
    assert "已停止监视" in capsys.readouterr().out


def test_what_does_not_go_together_and_no_workspace_are_told(tmp_path, capsys):
    assert main.main(["run", "--watch", "--json"]) == 2
    assert main.main(["run", "--watch", "--workspace", os.fspath(tmp_path)]) == 2
    assert "不能与 --json" in (told := capsys.readouterr().err) and "不是工作区" in told
    assert not list(Path(tmp_path).iterdir())
