"""One column spread over several: a date in year, month and day, a type as ticks."""

from datetime import date

import pytest

from made.sheets import make_sheet, records

CASES = [["龙井村", "张小甲", "李大甲", "调解成功"], ["青木村", "张小乙", "李大乙", "调解成功"]]


def dated(titles, *days, merged=()):
    rows = [["矛盾纠纷调解台账"], *titles]
    rows += [[*day, *case] for day, case in zip(days, CASES, strict=False)]
    return make_sheet(rows, merged=list(merged))


REST = ["村(居)", "申请人", "被申请人", "调解结果"]
GROUPED = [["受理日期", None, None, *REST], ["年", "月", "日"]]
MERGED = [(1, 0, 1, 2), *((1, at, 2, at) for at in range(3, 7))]


@pytest.mark.parametrize(
    ("days", "right"),
    [
        (([2025, 3, 5], [2025, 4, 6]), [date(2025, 3, 5), date(2025, 4, 6)]),
        ((["2025年", "3月", "5日"], ["二〇二五", "四", "六"]), [date(2025, 3, 5), date(2025, 4, 6)]),
        (([2025, 3, 5], [None, 4, 6]), [date(2025, 3, 5), date(2025, 4, 6)]),
        (([2025, 3, 5], [None, None, 6]), [date(2025, 3, 5), date(2025, 3, 6)]),
    ],
)
def test_a_date_in_three_columns_is_one_date(cleaned, days, right):
    assert cleaned("disputes", dated(GROUPED, *days, merged=MERGED)).kept_values("accepted_on") == right


def test_a_date_in_three_columns_without_a_title_above_is_the_date_that_lacks(cleaned):
    result = cleaned("disputes", dated([["年", "月", "日", *REST]], [2025, 3, 5], [2025, 4, 6]))
    assert result.kept_values("accepted_on") == [date(2025, 3, 5), date(2025, 4, 6)]


@pytest.mark.parametrize("part", [[2025, None, 5], [2025, 3, None], [2025, 13, 5]])
def test_a_date_with_a_part_missing_is_sent_back(cleaned, part):
    result = cleaned("disputes", dated(GROUPED, part, [2025, 4, 6], merged=MERGED))
    assert [one.fate for one in records(result)] == ["quarantined", "kept"]


TYPES = ["受理日期", "村(居)", "婚姻家庭", "邻里纠纷", "合同", "申请人", "被申请人", "调解结果"]


def ticked(*ticks, total=()):
    rows = [["矛盾纠纷调解台账"], TYPES]
    for month, tick in enumerate(ticks, 1):
        rows.append([f"2025-0{month}-05", "龙井村", *tick, f"张小{month}", f"李大{month}", "调解成功"])
    return make_sheet([*rows, *total])


@pytest.mark.parametrize("mark", ["√", "是", 1, "☑"])
def test_types_as_ticks_are_read(cleaned, mark):
    result = cleaned("disputes", ticked([mark, None, None], [None, None, mark], total=[["合计", None, 1, 0, 1]]))
    assert result.kept_values("category") == ["婚姻家庭纠纷", "合同纠纷"]


def test_two_ticks_are_asked_about(cleaned):
    result = cleaned("disputes", ticked(["√", "√", None], [None, None, "√"]))
    assert ("value_unknown", 3) in [(issue.kind, issue.row) for issue in result.issues]


def test_columns_of_numbers_are_no_ticks(cleaned):
    result = cleaned("disputes", ticked([1, 2, None], [None, None, 1]))
    assert "category" not in result.parts[0].table.columns
