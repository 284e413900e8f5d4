"""Sheets whose records do not lie one in a row: read where it is certain, left to be asked about where it is not."""

from datetime import date

import pytest

from made.sheets import make_file, make_sheet, records

DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]
SPRING = [["2025-03-05", "消防", "龙井村", 60], ["2025-04-05", "防汛", "青木村", 40]]
AUTUMN = [["2025-09-05", "地震", "桂花村", 30]]


def beside(left, right, head=DRILLS, above=("应急演练台账",), gap=1):
    """Two tables side by side, `gap` empty columns between them."""
    width, between = len(head), [None] * gap
    rows = [[*above], [*head, *between, *head]]
    for at in range(max(len(left), len(right))):
        first = left[at] if at < len(left) else [None] * width
        rows.append([*first, *between, *(right[at] if at < len(right) else [])])
    return rows


@pytest.fixture
def read(settings):
    """Recognise one sheet: its tables and the kinds of what is asked."""
    from fazhi.recognition.ledgers import recognise

    def run(sheet):
        tables, issues = recognise(make_file("应急管理办/台账.xlsx", sheet), settings)
        return tables, [issue.kind for issue in issues if issue.severity != "info"]

    return run


@pytest.fixture
def taken(settings):
    """The values of a column in the records that count, over all tables of a sheet, and the fates of its rows."""
    from fazhi.cleaning.clean import clean
    from fazhi.recognition.ledgers import recognise

    def run(ledger, column, sheet):
        file = make_file("司法所/台账.xlsx", sheet)
        tables, _ = recognise(file, settings)
        result = clean(settings.specs.ledgers[ledger], [(file, table) for table in tables], settings, 2025)
        return result.kept_values(column), result.fates

    return run


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_two_tables_side_by_side_are_both_read(taken, gap):
    people, _ = taken("drills", "participants", make_sheet(beside(SPRING, AUTUMN, gap=gap)))
    assert sorted(people) == [30, 40, 60]


def test_three_tables_side_by_side_are_read_with_titles_of_their_own(taken):
    rows = [
        ["演练台账（一月）", None, None, None, "演练台账（二月）", None, None, None, "演练台账（三月）"],
        DRILLS * 3,
        [*SPRING[0], *SPRING[1], *AUTUMN[0]],
    ]
    people, _ = taken("drills", "participants", make_sheet(rows))
    assert people == [60, 40, 30]


def test_each_row_of_tables_side_by_side_has_one_fate(taken):
    late = [["2024-09-05", "地震", "桂花村", 30], ["2025-10-05", "地震", "桂花村", "约30"]]
    _, fates = taken("drills", "participants", make_sheet(beside(SPRING, late)))
    assert [told.fates for told in fates] == [["not_data", "not_data", "kept", "quarantined"]]


@pytest.mark.parametrize("word", ["2025年计划", "作废", "上年同期"])
def test_a_table_beside_that_may_be_another_thing_is_asked_about(read, word):
    above = ["应急演练台账", None, None, None, None, word]
    tables, asked = read(make_sheet(beside(SPRING, AUTUMN, above=above)))
    assert len(tables) == 1 and asked == ["sheet_several"]


def test_which_of_two_tables_is_struck_out_is_asked_about(read):
    _, asked = read(make_sheet(beside(SPRING, AUTUMN), struck={3: 4}))
    assert asked == ["sheet_several"]


UPPER = ["序号", "受理日期", "村(居)", "纠纷类型", "申请人", "被申请人"]
LOWER = [None, "案件来源", "调解结果", "协议形式", "协议金额", "结案日期"]


def two_rows(*cases):
    rows = [["矛盾纠纷调解台账"], UPPER, LOWER]
    for number, who in enumerate(cases, 1):
        rows.append([number, f"2025-0{number}-05", "龙井村", "邻里纠纷", f"张小{who}", f"李大{who}"])
        rows.append([None, "群众来访", "调解成功", "书面", 1000 * number, f"2025-0{number}-09"])
    return rows


def test_a_record_over_two_rows_is_one(cleaned):
    result = cleaned("disputes", make_sheet([*two_rows("甲", "乙"), ["合计", None, None, None, 2]]))
    assert [int(value) for value in result.kept_values("amount_yuan")] == [1000, 2000]
    assert result.kept_values("closed_on") == [date(2025, 1, 9), date(2025, 2, 9)]
    assert result.fates[0].reasons[2:6] == ["header", "", "part", ""]


def test_a_record_over_two_rows_is_read_under_merged_numbers(cleaned):
    merged = [(1, 0, 2, 0), (3, 0, 4, 0), (5, 0, 6, 0)]
    result = cleaned("disputes", make_sheet(two_rows("甲", "乙"), merged=merged))
    assert result.kept_values("outcome") == ["调解成功"] * 2


def test_a_consultation_over_two_rows_is_one(cleaned, specs):
    columns = list(specs.ledgers["consultations"].columns.values())
    dated = specs.ledgers["consultations"].columns[specs.ledgers["consultations"].date_column]
    rest = [column for column in columns if column is not dated]
    upper, lower = [dated, *rest[:2]], rest[2:5]
    rows = [["法律咨询台账"], [c.label for c in upper], [c.label for c in lower]]
    for month in (1, 2, 3):
        rows += [[f"2025-0{month}-05", "x", "x"], ["y", "y", "y"]]
    result = cleaned("consultations", make_sheet(rows))
    assert len(records(result)) == 3


def test_a_record_with_its_second_row_missing_is_not_joined_with_the_next(read):
    rows = two_rows("甲", "乙", "丙")
    del rows[6]
    _, asked = read(make_sheet(rows))
    assert asked
