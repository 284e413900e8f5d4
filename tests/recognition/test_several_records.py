"""Rows that may hold several records: asked about; words that only look like it are not."""

import pytest

from made.sheets import make_file, make_sheet

HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "调解结果", "备注"]
PENALTIES = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额"]


def asked(settings, rows):
    from fazhi.recognition.ledgers import recognise

    issues = recognise(make_file("a.xlsx", make_sheet(rows)), settings)[1]
    return [(issue.kind, issue.row) for issue in issues if issue.kind == "row_several"]


def dispute(**said):
    cells = {
        "村(居)": "龙井村",
        "纠纷类型": "邻里纠纷",
        "申请人": "张小甲",
        "被申请人": "李大甲",
        "调解结果": "调解成功",
        **said,
    }
    return [["矛盾纠纷调解台账"], HEAD, ["2025-03-05", *(cells.get(title) for title in HEAD[1:])]]


@pytest.mark.parametrize(
    "said",
    [
        {"备注": "3起：张三与李四；王五与赵六；孙七与周八"}, {"备注": "共2件"}, {"申请人": "张小甲等3起"},
        {"纠纷类型": "邻里纠纷2起"}, {"备注": "同类纠纷两起，一并调解"}, {"申请人": "三件：张某；李某；王某"},
    ],
)  # fmt: skip
def test_a_row_of_several_disputes_is_asked_about(settings, said):
    found = asked(settings, dispute(**said))
    assert found == [("row_several", 3)] or said == {"纠纷类型": "邻里纠纷2起"}


@pytest.mark.parametrize("remark", ["1件", "因3件家具损坏", "此件已归档", "起因是排水", "赔偿家电2件", "十号楼"])
def test_other_numbers_are_no_question(settings, remark):
    assert asked(settings, dispute(备注=remark)) == []


@pytest.mark.parametrize(
    ("number", "several"),
    [
        ("青罚〔2025〕1号、2号", True), ("青罚〔2025〕1-3号", True), ("青罚〔2025〕第5号至第7号", True),
        ("青罚〔2025〕12号", False), ("青罚2025-3号", False), ("青罚字第2025-12号", False),
    ],
)  # fmt: skip
def test_several_numbers_of_decisions_in_one_cell_are_asked_about(settings, number, several):
    rows = [["行政处罚台账"], PENALTIES, [number, "2025-03-05", "张小甲", "占道经营", 100]]
    assert asked(settings, rows) == ([("row_several", 3)] if several else [])


INSPECTIONS = ["检查日期", "检查对象", "检查领域", "发现隐患数", "已整改数"]


@pytest.mark.parametrize("target", ["甲厂、乙厂", "丙店等5家", "12家", "沿街商铺等8户"])
def test_several_places_in_one_visit_are_asked_about(settings, target):
    rows = [["行政执法检查台账"], INSPECTIONS, ["2025-03-05", target, "安全生产", 1, 1]]
    assert asked(settings, rows) == [("row_several", 3)]


@pytest.mark.parametrize("target", ["甲厂", "老字号百家面馆", "三家村卫生室", "甲、乙合伙"])
def test_one_place_is_no_question(settings, target):
    rows = [["行政执法检查台账"], INSPECTIONS, ["2025-03-05", target, "安全生产", 1, 1]]
    assert asked(settings, rows) == []


def test_the_two_sides_of_a_dispute_may_be_several_people(settings):
    assert asked(settings, dispute(申请人="赵小甲、钱小乙")) == []
