"""A case of last December that stands in both years' ledgers: asked about, decided once, and remembered."""

import json

import pandas as pd
import pytest

from fazhi import town_year
from fazhi.cli.main import main
from fazhi.steps import clean, statistics, survey
from made.sheets import write_workbook

HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"]
LAST = ["2024-12-28", "龙井村", "邻里纠纷", "王小五", "赵小六", "群众来访", "调解中", 0]
NOW = ["2025-01-06", "龙井村", "邻里纠纷", "王小五", "赵小六", "群众来访", "调解成功", 500]
OTHER = ["2025-06-05", "青木村", "邻里纠纷", "孙七", "周八", "群众来访", "调解成功", 7]
OLD = ["2024-06-05", "青木村", "邻里纠纷", "吴九", "郑十", "群众来访", "调解成功", 8]


@pytest.fixture
def two(workspace, capsys):
    return TwoYears(workspace, capsys)


class TwoYears:
    """A town's disputes of two years, counted and decided about."""

    def __init__(self, workspace, capsys):
        self.workspace, self.capsys = workspace, capsys

    def put(self, year, *rows, path="司法所/纠纷.xlsx"):
        write_workbook(self.workspace.raw(year) / path, ["矛盾纠纷调解台账"], HEAD, *rows)

    def count(self):
        """How many cases count in each year."""
        return [self._count(year) for year in (2024, 2025)]

    def _count(self, year):
        town = town_year.open_year(year, self.workspace)
        survey.survey_year(town)
        for name in town.settings.specs.ledgers:
            clean.clean_ledger(town, name)
        statistics.write_statistics(town)
        return town.statistics().ledgers["disputes"].fates["kept"]

    @property
    def issues(self):
        frame = pd.read_parquet(self.workspace.processed(2025) / "issues.parquet").astype(object)
        return frame[frame["kind"].isin(["counted_in_two_years", "decision_unused"])]

    @property
    def asked(self):
        return [(issue.kind, issue.severity) for issue in self.issues.itertuples()]

    def status(self):
        told = json.loads((self.workspace.processed(2025) / "statistics.json").read_text(encoding="utf-8"))
        return told["indicators"]["disputes.mediated"]["status"]

    def decide(self, answer):
        (name,) = self.issues["question"]
        words = ["accept", "once", name, answer, "--workspace", str(self.workspace.root), "--date", "2026-01-08"]
        assert main([*words, "--replace"]) == 0
        self.capsys.readouterr()


def test_a_case_of_both_years_is_asked_about_and_marks_the_figures(two):
    two.put(2024, LAST, OLD)
    two.put(2025, OTHER, NOW)
    assert two.count() == [2, 2]
    (issue,) = two.issues.itertuples()
    assert (issue.row, issue.severity) == (4, "warning")
    assert issue.found == "与2024年的 司法所/纠纷.xlsx「Sheet1」第 3 行像是同一件（受理日期2024-12-28，本行2025-01-06）"
    assert two.status() == "open"


@pytest.mark.parametrize(("answer", "counts"), [("只算上年的", [2, 1]), ("只算本年的", [1, 2]), ("两件都算", [2, 2])])
def test_it_is_decided_once_and_for_what_is_sent_again(two, answer, counts):
    two.put(2024, LAST, OLD)
    two.put(2025, OTHER, NOW)
    two.count()
    two.decide(answer)
    assert two.count() == counts
    assert {severity for _, severity in two.asked} <= {"info"}
    assert two.status() == "complete"
    (two.workspace.raw(2025) / "司法所/纠纷.xlsx").unlink()
    two.put(2025, NOW, OTHER, path="司法所/再报.xlsx")
    assert two.count() == counts
    assert {severity for _, severity in two.asked} <= {"info"}


@pytest.mark.parametrize(("answer", "gone", "left"), [("只算上年的", 2024, OLD), ("只算本年的", 2025, OTHER)])
def test_a_case_that_is_gone_from_the_year_where_it_is_to_count_is_asked_about_again(two, answer, gone, left):
    two.put(2024, LAST, OLD)
    two.put(2025, OTHER, NOW)
    two.count()
    two.decide(answer)
    two.put(gone, left)
    assert two.count() == [1, 1]
    assert ("counted_in_two_years", "warning") in two.asked
    assert two.status() == "open"


@pytest.mark.parametrize("answer", ["只算上年的", "两件都算"])
def test_a_decision_about_nothing_that_is_there_is_told(two, answer):
    two.put(2024, LAST, OLD)
    two.put(2025, OTHER, NOW)
    two.count()
    two.decide(answer)
    two.put(2025, OTHER)
    assert two.count() == [2, 1]
    assert two.asked == [("decision_unused", "warning")]


@pytest.mark.parametrize(
    "now", [["2025-09-06", *NOW[1:]], [NOW[0], NOW[1], "婚姻家庭纠纷", *NOW[3:]], [*NOW[:4], "钱七", *NOW[5:]]]
)
def test_other_cases_of_the_same_people_or_of_others_ask_nothing(two, now):
    two.put(2024, LAST, OLD)
    two.put(2025, OTHER, now)
    assert two.count() == [2, 2]
    assert two.asked == []


def test_last_years_case_dated_in_last_year_counts_there_only_and_one_dated_anew_is_asked_about(two):
    two.put(2024, LAST, OLD)
    two.put(2025, OTHER, LAST)
    assert two.count() == [2, 1]
    assert two.asked == []
    two.put(2025, OTHER, ["2025-12-28", *LAST[1:]])
    assert two.count() == [2, 2]
    assert two.asked == [("counted_in_two_years", "warning")]
