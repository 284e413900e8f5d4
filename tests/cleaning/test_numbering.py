"""More rows that count than running numbers, or than a line says in words: asked, unless the number begins anew."""

import pytest

from made.sheets import make_sheet


def found(cleaned, *numbers):
    rows = [[number, f"2025-03-{at:02}", "消防", "龙井村", 60 + at] for at, number in enumerate(numbers, 1)]
    sheet = make_sheet([["应急演练台账"], ["序号", "演练日期", "演练类型", "地点", "参与人数"], *rows])
    return [i.found for i in cleaned("drills", sheet).issues if i.kind == "numbers_exceeded"]


@pytest.mark.parametrize(
    ("numbers", "largest"), [((1, 2, 2, 3), 3), ((1, None, 2, None), 2), (("1", "", "2"), 2), ((1, 2, 1, None), 3)]
)
def test_more_rows_than_numbers_are_asked_about(cleaned, numbers, largest):
    assert found(cleaned, *numbers) == [f"序号最大是 {largest}，计入的有 {len(numbers)} 行"]


@pytest.mark.parametrize("numbers", [(1, 2, 3), ("1", "2", "3"), (3, 2, 1), (1, 2, 1, 2, 3), (1, 2, 5), (None, None)])
def test_numbers_that_reach_as_far_as_the_rows_ask_nothing(cleaned, numbers):
    assert found(cleaned, *numbers) == []


@pytest.mark.parametrize(
    ("title", "below", "asked"),
    [
        ("应急演练台账（共5场）", None, ["表中合计 共5场，逐行相加为 2"]), ("应急演练台账", "以上共计3场，参与110人次。", ["表中合计 以上共计3场，逐行相加为 2"]),
        ("应急演练台账（共2场）", "以上共计2场。", []), ("应急演练台账", "以上共110人次", []), ("应急演练台账", "注：每季度1场", []),
    ],
)  # fmt: skip
def test_how_many_there_are_is_held_against_the_rows(cleaned, title, below, asked):
    rows = [["2025-03-05", "消防", "龙井村", 60], ["2025-04-06", "防汛", "青木村", 50]]
    sheet = [[title], ["演练日期", "演练类型", "地点", "参与人数"], *rows, *([[below]] if below else [])]
    told = [issue.found for issue in cleaned("drills", make_sheet(sheet)).issues if issue.kind == "total_differs"]
    assert told == asked


def test_a_count_of_a_whole_file_may_stand_on_one_of_its_sheets(cleaned):
    row = ["2025-03-05", "消防", "龙井村"]
    titles = ["演练日期", "演练类型", "地点", "参与人数"]
    sheets = [
        make_sheet([[title], titles, [*row, people]])
        for title, people in (("应急演练台账（共2场）", 60), ("应急演练台账", 50))
    ]
    assert "total_differs" not in {issue.kind for issue in cleaned("drills", *sheets).issues}
