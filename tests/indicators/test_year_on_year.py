"""Questions against last year: asked where something moved, none where only chance did."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest

from fazhi import town_year
from fazhi.indicators.year_on_year import year_on_year_questions
from fazhi.workspace.files import write_json, write_parquet
from fazhi.workspace.results import SheetLayout, clean_name, layouts_name
from made.clean_rows import clean_rows

CATEGORIES = ("邻里纠纷", "婚姻家庭纠纷", "合同纠纷", "损害赔偿纠纷")
VILLAGES = ("龙井村", "青木村", "金凤社区", "桂花村", "桂花社区", "青木居委会")


def disputes(seed, year, rows=140, weights=(4, 3, 2, 1), villages=(1, 1, 1, 1, 1, 1)):
    """Rows as chance makes them: dates over the year, categories and villages by weight; some days have several."""
    chance = random.Random(seed)
    made = []
    while len(made) < rows:
        day = date(year, 1, 1) + timedelta(chance.randrange(365))
        category = chance.choices(CATEGORIES, weights)[0]
        for _ in range(chance.choice((1, 1, 1, 3))):
            made.append((day, chance.choices(VILLAGES, villages)[0], category))
    return pd.DataFrame(made, columns=["accepted_on", "village", "category"])


@pytest.fixture
def asked(workspace):
    """The questions on two years' disputes."""

    def call(before, now, unknown=None):
        workspace.raw(2024).mkdir(exist_ok=True)
        year = town_year.open_year(2025, workspace)
        for number, frame in ((2024, before), (2025, now)):
            folder = workspace.processed(number)
            write_parquet(folder / clean_name("disputes"), frame)
            columns = sorted(frame.columns)
            layout = SheetLayout("a.xlsx", "", columns, {}, 1, unknown or {}, len(frame), says_none=False)
            write_json(folder / layouts_name("disputes"), [layout])
        return year_on_year_questions(year, {"disputes": clean_rows(now)})

    return call


def test_two_years_alike_raise_no_question(asked):
    told = [issue.sentence for seed in range(60) for issue in asked(disputes(seed, 2024), disputes(seed + 1000, 2025))]
    assert told == []


def test_a_category_and_a_village_out_of_line(asked):
    [one] = asked(disputes(1, 2024), disputes(2, 2025, weights=(4, 3, 2, 9)))
    assert (one.kind, one.severity, one.column) == ("drift_share", "warning", "纠纷类型")
    assert one.found.startswith("“损害赔偿纠纷”占 ")
    assert "，上年占 " in one.found
    assert one.advice.startswith("请向司法所了解：")
    told = asked(disputes(1, 2024), disputes(3, 2025, villages=(12, 1, 1, 1, 1, 1)))
    assert ("村(居)", "龙井村") in {(issue.column, issue.found[1:4]) for issue in told}


def test_a_month_without_rows(asked):
    now = disputes(5, 2025, rows=240)
    now = now[[day.month != 7 for day in now["accepted_on"]]]
    [one] = asked(disputes(4, 2024, rows=240), now)
    assert (one.kind, one.found) == ("drift_months", "7月没有一条记录，上年同月有")
    before = disputes(4, 2024, rows=240)
    assert asked(before[[day.month != 7 for day in before["accepted_on"]]], now) == []


def test_dates_bunched_on_one_day(asked):
    now = disputes(7, 2025)
    now.loc[now.index[:40], "accepted_on"] = date(2025, 12, 20)
    assert [issue.kind for issue in asked(disputes(6, 2024), now)] == ["drift_day"]


def test_columns_that_came_and_went(asked):
    now = disputes(9, 2025).drop(columns="village").assign(source="群众来访")
    told = {(issue.kind, issue.found) for issue in asked(disputes(8, 2024), now)}
    assert told == {
        ("drift_columns", "上年有、今年没有的列：村(居)"),
        ("drift_columns", "今年有、上年没有的列：案件来源"),
    }
    assert asked(disputes(8, 2024), now, unknown={"在哪": []}) == []  # it may be there under a title nobody knows


def test_few_rows_and_a_first_year_say_nothing(asked, workspace):
    assert asked(disputes(1, 2024, rows=12), disputes(2, 2025, rows=12, weights=(0, 0, 0, 1))) == []
    workspace.raw(2024).rmdir()
    assert year_on_year_questions(town_year.open_year(2025, workspace), {"disputes": disputes(1, 2025)}) == []
