"""One run at a time, whoever starts it; what a dead run or another machine left is told."""

import json
import subprocess
import sys

import pytest

from fazhi.cli import main
from fazhi.errors import SpecError
from fazhi.runs import pipeline
from fazhi.workspace import lock

HOLDER = """
import sys, pathlib
from fazhi.workspace.paths import Workspace
from fazhi.workspace.lock import run_lock
with run_lock(Workspace(pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(workspace):
    """Another process that has the workspace until told to let go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(workspace.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_the_second_run_says_whose_turn_it_is(workspace, holder):
    with (
        pytest.raises(lock.LockedError, match=rf"另一次运行正在进行（.+，电脑 .+，进程 {holder.pid}，自 20\d\d-"),
        lock.run_lock(workspace, wait=False),
    ):
        pass


def test_the_second_run_waits_for_the_first(workspace, holder):
    told = []

    def hear(text):
        told.append(text)
        holder.stdin.write("\n")
        holder.stdin.flush()

    with lock.run_lock(workspace, on_message=hear):
        assert holder.wait() == 0
    assert [text.split("（")[0] for text in told] == ["另一次运行正在进行"]
    assert not (workspace.processed_root / lock.NOTE).exists()


def test_settings_edited_during_the_wait_are_those_of_the_run(workspace, holder, monkeypatch):
    def edit(_):
        unit = workspace.unit_file.read_text(encoding="utf-8")
        workspace.unit_file.write_text(unit.replace("name: 青木镇", "name: 白沙镇"), encoding="utf-8")
        holder.stdin.write("\n")
        holder.stdin.flush()

    def stop(town, *_):
        raise SpecError(town.settings.unit.name)

    monkeypatch.setattr(pipeline, "plan_year", stop)
    with pytest.raises(SpecError, match="白沙镇"):
        pipeline.run(workspace, 2025, on_message=edit)


def test_a_killed_run_leaves_no_lock(workspace, holder):
    holder.kill()
    holder.wait()
    told = []
    with lock.run_lock(workspace, wait=False, on_message=told.append):
        assert json.loads((workspace.processed_root / lock.NOTE).read_text(encoding="utf-8"))["pid"] != holder.pid
    assert told[0].startswith("上一次运行（")
    assert f"进程 {holder.pid}" in told[0]


def test_another_machine_on_a_shared_folder_is_told_by_name_and_age(workspace, capsys):
    workspace.processed_root.mkdir(parents=True)
    note = {"user": "wang", "machine": "PC-9", "pid": 7, "since": "2026-01-08 09:00"}
    (workspace.processed_root / lock.NOTE).write_text(json.dumps(note), encoding="utf-8")
    assert main.main(["run", "2025", "--workspace", str(workspace.root)]) == 2
    told = capsys.readouterr().err
    assert "可能正由另一台电脑运行（wang，电脑 PC-9，进程 7，自 2026-01-08 09:00，0 分钟前开始）" in told
    assert (workspace.processed_root / lock.NOTE).exists()


def test_an_error_inside_gives_the_turn_back(workspace):
    with pytest.raises(ValueError, match="x"), lock.run_lock(workspace):
        raise ValueError("x")
    with lock.run_lock(workspace, wait=False, on_message=pytest.fail):
        pass


def test_a_run_takes_its_turn(workspace, holder):
    with pytest.raises(lock.LockedError):
        pipeline.run(workspace, 2025, wait=False)
    assert not workspace.processed(2025).exists()
