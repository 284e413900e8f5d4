"""Rows of last December that stand in this year's ledger alone count in no year: asked about once a ledger, decided by contents."""

import pandas as pd
import pytest
import yaml

from made.counted_year import counted_town
from made.sheets import write_workbook

HEAD = ["演练日期", "演练类型", "地点", "参与人数"]
LAST = [[f"2024-0{month}-05", "消防", "龙井村", 60 + month] for month in range(1, 7)]
NOW = [[f"2025-0{month}-06", "消防", "青木村", 60 + month] for month in range(1, 7)]
DECEMBER = ["2024-12-20", "防汛", "青木村", 71]
EDGE = ["2024-12-30", "防汛", "青木村", 72]
JANUARY = ["2025-01-09", "森林防火", "青木村", 73]


@pytest.fixture
def years(few_ledgers):
    """Put rows into both years' ledgers, with answers, and count: drills that count, the issues, the state of a figure."""

    def run(last, now, once=None):
        for year, rows in ((2024, last), (2025, now)):
            write_workbook(few_ledgers.raw(year) / "应急管理办" / "台账.xlsx", ["应急演练台账"], HEAD, *rows)
        few_ledgers.aliases_file.write_text(yaml.safe_dump({"once": once or {}}, allow_unicode=True), encoding="utf-8")
        town = [counted_town(few_ledgers, year) for year in (2024, 2025)][1]
        told = pd.read_parquet(town.processed / "issues.parquet").astype(object)
        told = told[told["kind"].isin(["counts_in_no_year", "decision_unused"])]
        drills = town.statistics()
        return drills.ledgers["drills"].fates["kept"], told, drills.indicators["drills.held"].status

    return run


def severities(told):
    return [(issue.kind, issue.severity) for issue in told.itertuples()]


def test_a_row_of_december_that_last_years_ledger_lacks_is_asked_about_and_marks_the_figure(years):
    kept, told, status = years(LAST, [DECEMBER, *NOW])
    assert (kept, severities(told), status) == (6, [("counts_in_no_year", "warning")], "open")
    (issue,) = told.itertuples()
    assert issue.row == 3 and issue.found == "第 3 行是2024年12月的，2024年的台账里没有，两年都没有计入"


@pytest.mark.parametrize("last", [[DECEMBER, *LAST], [[*DECEMBER[:3], 80], *LAST]])
def test_one_that_last_years_ledger_has_asks_nothing(years, last):
    kept, told, status = years(last, [DECEMBER, *NOW])
    assert (kept, severities(told), status) == (6, [], "complete")


def test_those_of_one_day_at_new_year_are_told_and_not_asked_about_but_those_of_three_days_are(years):
    assert severities(years(LAST, [EDGE, *NOW])[1]) == [("counts_in_no_year", "info")]
    assert severities(years(LAST, [EDGE, [*EDGE[:3], 1], [*EDGE[:3], 2], *NOW])[1]) == [("counts_in_no_year", "info")]
    several = [[f"2024-12-{day}", *EDGE[1:]] for day in (29, 30, 31)]
    assert severities(years(LAST, [*several, *NOW])[1]) == [("counts_in_no_year", "warning")]


def test_many_are_one_question(years):
    many = [[f"2024-12-{day}", "防汛", "青木村", day] for day in range(10, 15)]
    (issue,) = years(LAST, [*many, *NOW])[1].itertuples()
    assert issue.found.startswith("第 3、4、5、6、7 行是2024年12月的")


@pytest.mark.parametrize(("answer", "counts"), [("计入", 7), ("不计入", 6)])
def test_an_answer_holds_wherever_the_row_stands(years, answer, counts):
    (issue,) = years(LAST, [DECEMBER, *NOW])[1].itertuples()
    once = {issue.question: answer}
    for now in ([DECEMBER, *NOW], [*NOW, DECEMBER]):
        kept, told, status = years(LAST, now, once)
        assert (kept, status) == (counts, "complete")
        assert "warning" not in {severity for _, severity in severities(told)}
    assert severities(years(LAST, NOW, once)[1]) == [("decision_unused", "warning")]


def test_what_is_decided_to_count_here_is_asked_about_again_where_last_year_has_it_too(years):
    (issue,) = years(LAST, [DECEMBER, *NOW])[1].itertuples()
    kept, told, status = years([*LAST, DECEMBER], [DECEMBER, *NOW], {issue.question: "计入"})
    assert (kept, status) == (7, "open")
    assert ("counts_in_no_year", "warning") in severities(told)


def test_a_row_of_january_in_last_years_ledger_alone_is_asked_about(years):
    kept, told, status = years([*LAST, JANUARY], NOW)
    assert (kept, severities(told), status) == (6, [("counts_in_no_year", "warning")], "open")
    (issue,) = told.itertuples()
    assert issue.found.startswith("2024年的 应急管理办/台账.xlsx「Sheet1」第 9 行是2025年1月的，2025年的台账里没有")
    assert severities(years([*LAST, JANUARY], NOW, {issue.question: "不计入"})[1]) == []
    assert severities(years([*LAST, JANUARY], [JANUARY, *NOW])[1]) == []
