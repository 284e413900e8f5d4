"""The run goes on where one step fails, and says so."""

import errno
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from fazhi import town_year
from fazhi.engine import Result
from fazhi.errors import SpecError, StorageError
from fazhi.runs import pipeline
from fazhi.runs.status import status
from fazhi.steps import clean, statistics
from fazhi.workspace import files, staging
from fazhi.workspace.files import write_parquet
from fazhi.workspace.paths import find_workspace
from fazhi.workspace.results import ISSUES
from fazhi.workspace.run_record import read_run
from made.sheets import write_workbook
from made.small_town import contents
from made.stand_in_runner import StandInRunner

DRILLS = (["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60])
STUDIES = (["学法培训台账"], ["学习日期", "学习类别", "学习内容", "参加人数"], ["2025-03-05", "专题学习", "某题", 60])

pytestmark = pytest.mark.usefixtures("few_ledgers")


class BreakingRunner(StandInRunner):
    """Stands in for the notebooks' runner: does each step's work in place, and breaks off where it is told to."""

    broken, error = "", "ValueError"

    def __init__(self, *_: object) -> None:
        pass

    def done(self, job):
        if job.name == self.broken:
            return Result(job.name, "failed", 0.1, "出错", job.output, self.error)
        town = town_year.open_year(2025, find_workspace(job.cwd))
        if "ledger" in job.parameters:
            clean.clean_ledger(town, job.parameters["ledger"])
        elif job.name == "2025/02_statistics":
            statistics.write_statistics(town)
        if job.name.split("/")[1] > "03":
            return Result(job.name, "failed", 0.1, "不做文档", job.output)
        return Result(job.name, "done", 0.1, "", job.output)


def breaking(monkeypatch, step, error="ValueError"):
    monkeypatch.setattr(BreakingRunner, "broken", step)
    monkeypatch.setattr(BreakingRunner, "error", error)
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)


def test_issues_of_another_version_in_a_year_that_is_not_counted_anew_stay_as_they_were_recorded(
    workspace, monkeypatch
):
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    breaking(monkeypatch, "")
    folder = pipeline.run(workspace, 2025).folder
    before = read_run(folder).open
    write_parquet(folder / ISSUES, pd.read_parquet(folder / ISSUES).drop(columns=["office", "changes"]))
    for later in (2026, 2027):
        write_workbook(workspace.raw(later) / "学法.xlsx", *STUDIES)
    pipeline.run(workspace, 2027)
    assert read_run(folder).open == before
    assert before.counts["error"] > 0


def test_a_ledger_that_cannot_be_cleaned_is_missing_and_the_rest_goes_on(workspace, monkeypatch):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    breaking(monkeypatch, "2025/01_clean_ledger.drills")
    outcome = pipeline.run(workspace, 2025)
    assert outcome.failed["清理应急演练台账"] == "出错"
    told = json.loads((outcome.folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    assert (told["drills.held"]["value"], told["drills.held"]["status"]) == (None, "missing")
    assert told["studies.special_sessions"]["value"] == 1


def test_statistics_of_a_year_long_past_by_another_version_do_not_stop_the_run(workspace, monkeypatch):
    for year in (2023, 2025):
        write_workbook(workspace.raw(year) / "演练.xlsx", *DRILLS)
    files.write_json(workspace.processed(2023) / "statistics.json", {"year": 2023, "indicators": {}})
    breaking(monkeypatch, "")
    outcome = pipeline.run(workspace, 2025)
    assert json.loads((outcome.folder / "statistics.json").read_text(encoding="utf-8"))["year"] == 2025
    assert read_run(workspace.processed(2023)).open.figures == []
    assert read_run(workspace.processed(2023)).year == 2023


def test_status_tells_how_many_rows_of_a_ledger_have_changed(workspace, monkeypatch):
    path = workspace.raw(2025) / "演练.xlsx"
    write_workbook(path, *DRILLS, ["2025-04-05", "消防", "龙井村", 20])
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)
    folder = pipeline.run(workspace, 2025).folder
    write_workbook(path, *DRILLS, ["2025-04-05", "消防", "龙井村", 21], ["2025-05-05", "消防", "青木村", 9])
    before = contents(folder)
    assert status(workspace, 2025)["识别台账"] == ["演练.xlsx 改动 2 行"]
    assert contents(folder) == before


def test_a_full_disk_in_a_notebook_leaves_everything_as_it_was(workspace, monkeypatch):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    outcome = pipeline.run(workspace, 2025)
    before = contents(outcome.folder)
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    breaking(monkeypatch, "2025/02_statistics", "StorageError")
    with pytest.raises(StorageError, match="汇总与统计没有完成：出错"):
        pipeline.run(workspace, 2025)
    assert contents(outcome.folder) == before
    assert not (outcome.folder.parent / staging.FOLDER).exists()


@pytest.mark.parametrize("write", [0, 1, 4, 8, 12])
def test_a_write_that_fails_in_the_run_leaves_everything_as_it_was(workspace, monkeypatch, write):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)
    outcome = pipeline.run(workspace, 2025)
    before, done = contents(outcome.folder), iter(range(1000))
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)

    def fail(descriptor):
        if next(done) >= write:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(StorageError, match="磁盘已满"):
        pipeline.run(workspace, 2025)
    assert contents(outcome.folder) == before


def test_a_commit_cut_short_is_carried_out_by_the_next_run(workspace, monkeypatch):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)
    outcome = pipeline.run(workspace, 2025)
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    moves = iter(range(1000))
    move = staging._move

    def cut(source, target):
        if next(moves) == 5:
            raise KeyboardInterrupt
        move(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(staging, "_move", cut)
        with pytest.raises(KeyboardInterrupt):
            pipeline.run(workspace, 2025)
    undisturbed = pipeline.run(workspace, 2025)
    after = contents(outcome.folder)
    shutil.rmtree(workspace.processed_root)
    pipeline.run(workspace, 2025)
    assert contents(undisturbed.folder) == after


def test_what_a_killed_run_left_after_its_commit_is_cleared_away(workspace, monkeypatch):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)
    pipeline.run(workspace, 2025)
    left = workspace.processed_root / staging.FOLDER
    left.mkdir()
    pipeline.run(workspace, 2025)
    assert not left.exists()


def test_files_of_the_user_are_left_alone_and_edits_during_a_run_too(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    folder = pipeline.run(workspace, 2025).folder
    (folder / "report-改.docx").write_bytes(b"mine")
    with staging.Stage(workspace, [2025]) as stage:
        (folder / "report-改.docx").unlink()
        (folder / "report-改.docx").write_bytes(b"saved anew")
        files.write_text(stage.workspace.processed(2025) / "statistics.json", "{}")
        (stage.workspace.processed(2025) / "report.pdf").unlink()
        stage.commit()
    assert (folder / "report-改.docx").read_bytes() == b"saved anew"
    assert (folder / "statistics.json").read_text(encoding="utf-8") == "{}"
    assert not (folder / "report.pdf").exists()


def test_what_is_to_go_goes_before_anything_new_is_in_place(workspace, monkeypatch):
    """It may be a document that is no longer to be published; a new run.json beside it would say that all is done."""
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)
    folder = pipeline.run(workspace, 2025).folder
    files.write_text(folder / "report.html", "张三")
    before = contents(folder)

    def cut(source, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(staging, "_move", cut)
    with pytest.raises(KeyboardInterrupt), staging.Stage(workspace, [2025]) as stage:
        (stage.workspace.processed(2025) / "report.html").unlink()
        files.write_text(stage.workspace.processed(2025) / "run.json", "{}")
        stage.commit()
    assert contents(folder) == {name: data for name, data in before.items() if name != "report.html"}


def test_a_document_that_another_program_holds_is_named_before_anything_is_moved(workspace, monkeypatch):
    """Windows lets nobody rename a document that is open in Word, not even to its own name."""
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    monkeypatch.setattr(pipeline, "Runner", BreakingRunner)
    folder = pipeline.run(workspace, 2025).folder
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    before, rename = contents(folder), Path.rename

    def held(path, target):
        if path == folder / "statistics.json":
            raise PermissionError(errno.EACCES, "in use")
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", held)
        with pytest.raises(StorageError, match=r"statistics\.json 不能替换.*请关闭.*原有结果没有改动"):
            pipeline.run(workspace, 2025)
    assert contents(folder) == before
    assert not (folder.parent / staging.FOLDER).exists()


def test_a_run_that_was_cut_short_is_taken_up_again(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    first = pipeline.run(workspace, 2025)
    before = {name: (first.folder / name).read_bytes() for name in first.written}
    (first.folder / "statistics.json").write_text("{", encoding="utf-8")
    (first.folder / "report.pdf").unlink()
    (first.folder / "clean" / "drills.parquet").write_bytes(b"")
    again = pipeline.run(workspace, 2025)
    assert list(again.ran) == ["清理应急演练台账", "汇总与统计", "report.pdf"]
    assert again.ran["清理应急演练台账"] == ["clean/drills.parquet 被改动"]
    assert again.ran["report.pdf"] == ["report.pdf 不见了"]
    assert {name: (first.folder / name).read_bytes() for name in again.written} == before


def test_a_notebook_whose_files_were_both_edited_stops_the_run_before_anything(workspace, monkeypatch, tmp_path):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    (tmp_path / "02_statistics.py").write_text("# %%\n1\n", encoding="utf-8")
    (tmp_path / "02_statistics.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(pipeline, "notebook_folder", lambda: tmp_path)
    with pytest.raises(SpecError, match=r"02_statistics.py 和 02_statistics.ipynb 不一致"):
        pipeline.run(workspace, 2025)
    assert not workspace.processed(2025).exists()


def test_an_edited_source_has_its_notebook_generated_before_the_run_looks_at_it(workspace, monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline, "notebook_folder", lambda: tmp_path)
    monkeypatch.setattr(pipeline, "notebook_runner", BreakingRunner)
    (tmp_path / "02_statistics.py").write_text("# %%\n1\n", encoding="utf-8")
    told = []
    pipeline.run(workspace, 2025, on_message=told.append)
    assert told == ["02_statistics.py 改过：由它重新生成 02_statistics.ipynb。"]
    assert (tmp_path / "02_statistics.ipynb").exists()
