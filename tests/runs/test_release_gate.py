"""All that a run leaves in its folder is looked through, whoever wrote it and when."""

import pytest

from fazhi import town_year
from fazhi.engine import Result
from fazhi.runs import pipeline
from fazhi.steps import clean, statistics
from fazhi.workspace.files import write_json
from fazhi.workspace.paths import find_workspace
from fazhi.workspace.run_record import OpenQuestions, QuestionGroup
from made.sheets import write_workbook
from made.stand_in_runner import StandInRunner

NAME = "欧阳青禾"
DISPUTES = (
    ["矛盾纠纷调解台账"],
    ["受理日期", "村(居)", "纠纷类型", "申请人"],
    ["2025-03-05", "龙井村", "邻里纠纷", NAME],
)


class LeakingRunner(StandInRunner):
    """Stands in for the notebooks' runner; beside the statistics it writes a name into a file of the given path."""

    def __init__(self, leak: str, outcome: str = "done") -> None:
        self.leak, self.outcome, self.leaks = leak, outcome, True

    def done(self, job):
        town = town_year.open_year(2025, find_workspace(job.cwd))
        if "ledger" in job.parameters:
            clean.clean_ledger(town, job.parameters["ledger"])
        elif job.name == "2025/02_statistics":
            statistics.write_statistics(town)
            if self.leaks:
                write_json(town.processed / self.leak, {"said": NAME})
            return Result(job.name, self.outcome, 0.1, "出错", job.output)
        return Result(job.name, "done", 0.1, "", job.output)


@pytest.mark.parametrize("outcome", ["done", "failed"])
@pytest.mark.parametrize("leak", ["accounts/_received.json", "figures/no step tells of it.json", "sources.json"])
def test_a_file_that_no_step_declares_or_that_is_written_again_is_not_left(workspace, monkeypatch, leak, outcome):
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", *DISPUTES)
    runner = LeakingRunner(leak, outcome)
    told = pipeline.run(workspace, 2025, runner=runner)
    assert not (workspace.processed(2025) / leak).exists()
    assert any("姓名" in said or said == "出错" for said in told.failed.values())
    runner.leaks, runner.outcome = False, "done"
    again = pipeline.run(workspace, 2025, runner=runner)
    assert not any("姓名" in said for said in again.failed.values())


def test_open_questions_in_the_run_record_are_looked_through(workspace, monkeypatch):
    def quoting(*args):
        return OpenQuestions(groups=[QuestionGroup("error", "司法所", f"找{NAME}核实", 1)])

    monkeypatch.setattr(pipeline, "open_questions", quoting)
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", *DISPUTES)
    runner = LeakingRunner("")
    runner.leaks = False
    told = pipeline.run(workspace, 2025, runner=runner)
    assert not (workspace.processed(2025) / "run.json").exists()
    assert any("run.json" in said for said in told.failed.values())


def test_a_file_of_the_user_beside_the_results_is_not_looked_at(workspace):
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", *DISPUTES)
    mine = workspace.processed(2025) / "我的摘记.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text(NAME, encoding="utf-8")
    pipeline.run(workspace, 2025, runner=LeakingRunner("accounts/_received.json"))
    assert mine.read_text(encoding="utf-8") == NAME
