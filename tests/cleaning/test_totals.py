"""The totals an office wrote, against the rows above them."""

import pytest

from fazhi.cleaning.clean import clean
from fazhi.cleaning.totals import check_totals
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet

HEADER = ["演练日期", "演练类型", "地点", "参与人数"]


def told(settings, *rows, **more):
    sheet = make_sheet([["应急演练台账"], HEADER, *[list(row) for row in rows]], **more)
    file = make_file("应急/表.xlsx", sheet)
    sources = [(file, table) for table in recognise(file, settings)[0]]
    return check_totals(clean(settings.specs.ledgers["drills"], sources, settings, 2025), settings, 2025)


A, B = ["2025-1-2", "消防", "龙井村", 60], ["2024-12-30", "消防", "龙井村", 40]


@pytest.mark.parametrize("total", [100, 60, "100人", None, "", 0])
def test_a_total_of_all_rows_or_of_those_that_count_is_right(settings, total):
    assert told(settings, A, B, ["合计", None, None, total]) == []


def test_a_total_that_no_reading_gives_is_told_with_both_numbers(settings):
    issues = told(settings, A, B, ["合计", None, None, 101])
    assert [issue.kind for issue in issues] == ["total_differs"]
    assert [issue.sentence for issue in issues] == [
        "应急/表.xlsx「Sheet1」第 5 行「参与人数」：表中合计 101，逐行相加为 100，应为与各行之和相等。"
        "报告按逐行相加计算。请填报单位核对是合计未更新，还是行有缺漏。"
    ]


def test_subtotals_count_from_the_last_one(settings):
    assert told(settings, A, ["小计", None, None, 60], B, ["小计", None, None, 40], ["合计", None, None, 100]) == []


def test_a_struck_row_may_be_in_the_total_or_not(settings):
    assert told(settings, A, B, ["合计", None, None, 60], struck={4: 4}) == []
    assert told(settings, A, B, ["合计", None, None, 100], struck={4: 4}) == []
