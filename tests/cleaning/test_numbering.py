"""More rows that count than running numbers: asked, unless the number begins anew."""

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
