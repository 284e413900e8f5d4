"""Rows that are no records of their own: a sample, further rows of one record; what could be either is asked about."""

import pytest

from made.sheets import make_file, make_sheet

PUBLICITY = ["序号", "活动日期", "活动类型", "参与人次", "备注"]
HELD = [["1", "2025-03-05", "集中普法", 40, ""], ["2", "2025-04-05", "法治进校园", 60, ""]]
DISPUTES = ["序号", "受理日期", "村(居)", "姓名", "纠纷类型", "案件来源", "调解结果", "协议金额", "申请人"]


def case(number, amount=0, name="张小甲"):
    return [number, f"2025-0{number}-05", "龙井村", name, "邻里纠纷", "群众来访", "调解成功", amount, f"张小{number}"]


@pytest.mark.parametrize(
    "sample",
    [
        ["例", "2025-01-01", "法治进校园", 500, ""],
        ["填写示例", "2025-01-01", "法治进校园", 500, ""],
        ["1", "2025-01-01", "法治进校园", 500, "此行为填报示例，请删除"],
    ],
)
def test_a_sample_row_never_counts(cleaned, recognised, sample):
    sheet = make_sheet([["法治宣传活动台账"], PUBLICITY, sample, *HELD])
    result = cleaned("publicity", sheet)
    assert result.kept_values("people") == [40, 60]
    assert result.fates[0].reasons[2] == "example"
    assert ("row_example", 3) in [(issue.kind, issue.row) for issue in recognised(sheet)[1]]


def test_an_ordinary_remark_is_no_sample(cleaned):
    rows = [["1", "2025-03-05", "集中普法", 40, "示范村活动"], HELD[1]]
    assert cleaned("publicity", make_sheet([["法治宣传活动台账"], PUBLICITY, *rows])).kept == 2


def test_rows_below_one_merged_number_are_one_record(cleaned, recognised):
    below = [None, None, None, "李大乙"]
    rows = [["矛盾纠纷调解台账"], DISPUTES, case(1, 500), below, case(2), below]
    merged = [(top, place, top + 1, place) for top in (2, 4) for place in (0, 1, 2, 4, 5, 6, 7, 8)]
    sheet = make_sheet(rows, merged=merged)
    result = cleaned("disputes", sheet)
    assert (result.kept, result.kept_values("amount_yuan")) == (2, [500, 0])
    assert result.fates[0].reasons[3] == "part"
    assert [issue.kind for issue in recognised(sheet)[1] if issue.kind in ("rows_joined", "number_merged")] == [
        "rows_joined"
    ]


def test_a_number_that_differs_within_one_record_is_asked_about(recognised):
    below = [None, None, None, "李大乙", None, None, None, 700]
    rows = [["矛盾纠纷调解台账"], DISPUTES, case(1, 500), below]
    issues = recognised(make_sheet(rows, merged=[(2, 0, 3, 0), (2, 1, 3, 1)]))[1]
    assert ("column_decides", "协议金额") in [(issue.kind, issue.column) for issue in issues]


def test_rows_that_share_their_names_and_not_their_number_are_asked_about(recognised):
    titles = ["序号", "检查日期", "检查对象", "隐患", "发现隐患数"]
    rows = [["行政执法检查台账"], titles, [1, "2025-03-05", "某厂", "电线", None], [2, None, None, "灭火器", None]]
    issues = recognised(make_sheet(rows, merged=[(2, 1, 3, 1), (2, 2, 3, 2)]))[1]
    assert [issue.row for issue in issues if issue.kind == "column_decides"] == [3]


def test_a_column_of_kinds_that_are_not_all_the_ledgers_is_asked_about(recognised):
    titles = ["审查日期", "合同名称", "送审科室", "审查类别", "审查意见"]
    rows = [["合同合法性审查台账"], titles]
    rows += [
        [f"2025-0{n}-05", f"甲{n}", "党政办", kind, "通过"] for n, kind in enumerate(["行政合同", "规范性文件"], 1)
    ]
    issues = recognised(make_sheet(rows))[1]
    assert "审查类别" in [issue.column for issue in issues if issue.kind == "column_decides"]


@pytest.fixture
def recognised(settings):
    from fazhi.recognition.ledgers import recognise

    return lambda sheet: recognise(make_file("司法所/台账.xlsx", sheet), settings)


@pytest.mark.parametrize("mark", ["例", "示例", "（示例）", "填写示例", "样例：", "例1"])
def test_a_sample_is_known_without_a_running_number(cleaned, mark):
    rows = [["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], [mark, "消防", "龙井村", 60]]
    result = cleaned("drills", make_sheet([*rows, ["2025-03-05", "消防", "龙井村", 20]]))
    assert result.kept == 1 and result.fates[0].reasons[2] == "example"
