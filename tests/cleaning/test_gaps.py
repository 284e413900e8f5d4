"""A column that most rows leave empty is asked about like a missing one, where a figure or the villages rest on it."""

import pytest

from made.sheets import make_sheet

HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "调解结果", "协议金额", "结案日期"]


def disputes(*rows):
    lines = [
        [f"2025-0{at}-05", village, "邻里纠纷", f"张小{at}", f"李大{at}", outcome, amount, None]
        for at, (village, outcome, amount) in enumerate(rows, 1)
    ]
    return make_sheet([["矛盾纠纷调解台账"], HEAD, *lines])


def blank(result):
    return [issue.column for issue in result.issues if issue.kind == "column_blank"]


def test_an_empty_outcome_is_asked_about(cleaned):
    assert blank(cleaned("disputes", disputes(*[("龙井村", None, 100)] * 4))) == ["调解结果"]


def test_a_village_that_most_rows_leave_empty_is_asked_about(cleaned):
    rows = [("龙井村", "调解成功", 100), (None, "调解成功", 100), (None, "调解成功", 100)]
    result = cleaned("disputes", disputes(*rows))
    assert blank(result) == ["村(居)"]
    assert [issue.found for issue in result.issues if issue.kind == "column_blank"] == ["计入的 3 行中，2 行这一列空着"]


@pytest.mark.parametrize("amounts", [(None, None, 100), (0, None, None)])
def test_sums_may_be_rare(cleaned, amounts):
    assert blank(cleaned("disputes", disputes(*(("龙井村", "调解成功", amount) for amount in amounts)))) == []


def test_a_column_of_sums_without_one_is_asked_about(cleaned):
    assert blank(cleaned("disputes", disputes(*[("龙井村", "调解成功", None)] * 8))) == ["协议金额"]
    assert blank(cleaned("disputes", disputes(*[("龙井村", "调解成功", None)] * 4))) == []


def test_two_rows_are_no_habit(cleaned):
    assert blank(cleaned("disputes", disputes(*[(None, "调解成功", 100)] * 2))) == []
