"""Rows of two tables that are probably one event: asked about, both counted; what is certainly two is not."""

import pytest

from fazhi.cleaning.clean import clean
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet

DRILL = ["2025-03-05", "消防", "龙井村", 60]
OTHER = ["2025-04-05", "防汛", "青木村", 80]


def drills(*rows, **more):
    return make_sheet([["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], *rows], **more)


def inspections(*rows, field=True):
    head = ["检查日期", "检查对象", "检查领域", "检查人员", "发现隐患数"]
    return make_sheet([["行政执法检查台账"], head, *rows])


def penalties(*rows):
    return make_sheet(
        [["行政处罚台账"], ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "是否缴纳", "罚款金额"], *rows]
    )


def asked(result):
    return [(issue.kind, issue.severity, issue.row) for issue in result.issues]


def kept(result):
    return sum(part.fates.count("kept") for part in result.parts)


def test_a_drill_of_two_offices_with_different_numbers_is_asked_about(cleaned):
    result = cleaned("drills", drills(DRILL, OTHER), drills([*DRILL[:3], 65]))
    assert kept(result) == 3
    assert asked(result) == [("record_alike", "warning", 3)]
    assert "参与人数60改为65" in result.issues[0].found and result.issues[0].question


def test_three_offices_are_asked_about_two_by_two(cleaned):
    result = cleaned("drills", *(drills([*DRILL[:3], people]) for people in (60, 65, 70)))
    assert kept(result) == 3
    assert len(asked(result)) == 2


def test_two_drills_of_a_day_in_one_table_are_two(cleaned):
    assert asked(cleaned("drills", drills(DRILL, [*DRILL[:3], 65]), drills(OTHER))) == []


def test_what_another_table_holds_as_it_is_is_not_asked_about_twice(cleaned):
    more = [["2025-05-05", "消防", "青木村", 9], ["2025-06-05", "消防", "青木村", 9]]
    afternoon = [*DRILL[:3], 65]
    result = cleaned("drills", drills(DRILL, afternoon, OTHER), drills(DRILL, afternoon, *more))
    assert asked(result) == [("rows_repeated", "warning", 3)]


def test_a_firm_looked_at_in_two_fields_is_looked_at_twice(cleaned):
    fire, safety = (["2025-03-05", "好吃饭店", field, "张三", 1] for field in ("消防", "安全生产"))
    assert asked(cleaned("inspections", inspections(fire), inspections(safety))) == []


def test_a_firm_of_which_one_table_does_not_say_the_field_is_asked_about(cleaned):
    result = cleaned(
        "inspections",
        inspections(["2025-03-05", "好吃饭店", "消防", "张三", 1]),
        inspections(["2025-03-05", "好吃饭店", "", "李四", 2]),
    )
    assert ("record_alike", "warning", 3) in asked(result)
    assert kept(result) == 2


@pytest.mark.parametrize(("day", "kinds"), [("2025-03-05", ["record_alike"]), ("2025-03-06", [])])
def test_a_penalty_of_two_offices_under_two_numbers_is_asked_about(cleaned, day, kinds):
    result = cleaned(
        "penalties",
        penalties(["青罚〔2025〕1号", "2025-03-05", "好吃饭店", "占道经营", "是", 200]),
        penalties(["应罚〔2025〕7号", day, "好吃饭店", "占道经营", "是", 200]),
    )
    assert [kind for kind, *_ in asked(result)] == kinds


def test_a_row_that_waits_for_a_mended_cell_is_asked_about_later(cleaned):
    result = cleaned("drills", drills(DRILL, OTHER), drills([*DRILL[:3], ""]))
    assert [kind for kind, *_ in asked(result)] == ["row_quarantined"]


OUTREACH = ["2025-12-04", "入户宣传", 60, 300]


@pytest.fixture
def outreach(settings):
    """What is asked of tables of a ledger that has nothing to name a row by, each in a file of this name; and how many count."""

    def run(files):
        sources = []
        for path, rows in sorted(files.items()):
            head = ["宣传日期", "宣传形式", "入户家次", "发放宣传单"]
            file = make_file(f"{path}.xlsx", make_sheet([["应急法治宣传台账"], head, *rows]))
            sources += [(file, table) for table in recognise(file, settings)[0]]
        result = clean(settings.specs.ledgers["emergency_outreach"], sources, settings, 2025)
        return result.kept, [issue.kind for issue in result.issues if issue.severity != "info"]

    return run


def test_a_single_row_with_other_numbers_is_a_version_where_the_names_say_so_else_asked(outreach):
    other = [*OUTREACH[:2], 70, 300]
    assert outreach({"科/台账": [OUTREACH], "科/台账（改）": [other]}) == (1, ["table_version"])
    assert outreach({"科/台账": [OUTREACH], "科/重新报送": [other]}) == (2, ["record_alike"])


def test_villages_of_one_day_and_offices_of_ends_of_months_are_not_asked_about(outreach):
    ends = [[f"2025-{month:02}-30", "入户宣传", 60 + month, 300] for month in (4, 6, 9, 11)]
    more = [[*row[:2], row[2] + 9, 300] for row in ends]
    assert outreach({"龙井村": [OUTREACH], "青木村": [[*OUTREACH[:2], 70, 300]]}) == (2, [])
    assert outreach({"司法所/台账": ends, "党政办/台账": more}) == (8, [])
    assert outreach({"司法所/台账": [OUTREACH], "党政办/台账": [[*OUTREACH[:2], 70, 300]]}) == (2, ["record_alike"])


def test_one_day_of_a_long_table_is_chance(outreach):
    others = [[f"2025-0{month}-11", "入户宣传", 9, 30] for month in range(1, 4)]
    assert (
        outreach(
            {"科/台账": [OUTREACH, *others], "科/另一本": [[*OUTREACH[:2], 70, 300], ["2025-08-08", "入户宣传", 1, 2]]}
        )[1]
        == []
    )
