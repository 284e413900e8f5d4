"""The run goes on where one step fails, and says so."""

import json

from conftest import write_workbook
from fazhi import counting, pipeline, steps
from fazhi.engine import Result
from fazhi.plan import later_steps

DRILLS = (["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60])
STUDIES = (["学法培训台账"], ["学习日期", "学习类别", "学习内容", "参加人数"], ["2025-03-05", "专题学习", "某题", 60])


class BreakingRunner:
    """Stands in for the notebooks' runner: does each step's work in place, and breaks off at one ledger."""

    def __init__(self, town: steps.Year, broken: str) -> None:
        self.town, self.broken = town, broken

    def start(self) -> "BreakingRunner":
        return self

    def run(self, jobs, on_event):
        return [self._run(job) for job in jobs]

    def _run(self, job):
        ledger = job.parameters.get("ledger")
        if ledger == self.broken:
            return Result(job.name, "failed", 0.1, "出错", job.output)
        if ledger:
            steps.clean_ledger(self.town, ledger)
        elif job.name == "02_statistics":
            counting.write_statistics(self.town)
        return Result(job.name, "done", 0.1, "", job.output)


def test_a_ledger_that_cannot_be_cleaned_is_missing_and_the_rest_goes_on(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    town = steps.open_year(2025, workspace.root)
    steps.survey_year(town)
    steps.clean_ledger(town, "drills")
    outcome = pipeline.Outcome(2025, town.processed)
    due = [step for step in later_steps(town) if step.name not in pipeline.DOCUMENTS]
    pipeline._run_notebooks(town, due, BreakingRunner(town, "drills"), None, outcome)
    assert outcome.failed == {"清理应急演练台账": "出错"}
    told = json.loads((town.processed / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    assert (told["drills.held"]["value"], told["drills.held"]["status"]) == (None, "missing")
    assert told["studies.special_sessions"]["value"] == 1


def test_a_run_that_was_cut_short_is_taken_up_again(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    first = pipeline.run(workspace, 2025)
    before = {name: (first.folder / name).read_bytes() for name in first.written}
    (first.folder / "statistics.json").write_text("{", encoding="utf-8")
    (first.folder / "report.pdf").unlink()
    (first.folder / "clean" / "drills.parquet").write_bytes(b"")
    again = pipeline.run(workspace, 2025)
    assert list(again.ran) == ["清理应急演练台账", "汇总与统计", "报告初稿"]
    assert again.ran["清理应急演练台账"] == ["clean/drills.parquet 被改动"]
    assert again.ran["报告初稿"] == ["report.pdf 不见了"]
    assert {name: (first.folder / name).read_bytes() for name in again.written} == before
