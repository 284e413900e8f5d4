"""Units in comments are read or asked; what a colour stands for, and records in grey, are asked; looks that say nothing are not."""

import pytest

from fazhi.recognition.cell_looks import noted_unit
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet, records

TITLES = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳", "备注"]
GREY, YELLOW = "BFBFBF", "FFFF00"


def penalties(count=4, remarks=(), below=(), amount=500, titles=TITLES, **more):
    rows = [
        [f"青罚〔2025〕{n}号", f"2025-03-0{n}", "某", "占道经营", amount, "是", *remarks[n - 1 : n]]
        for n in range(1, count + 1)
    ]
    return make_sheet([["行政处罚台账"], titles, *rows, *below], **more)


def asked(settings, sheet):
    issues = recognise(make_file("a.xlsx", sheet), settings)[1]
    return [(issue.kind, issue.row) for issue in issues if issue.kind in ("column_decides", "title_unread")]


def filled(*rows, colour=GREY, width=6):
    return {(row, column): colour for row in rows for column in range(1, width + 1)}


@pytest.mark.parametrize(
    ("comment", "unit"),
    [
        ("单位：万元", "万元"), ("王某:\n单位：万元", "万元"), ("王某:\n万元", "万元"), ("万元", "万元"), ("金额单位为美元", "美元"), ("单位：千张", "千张"), ("人次", "人次"),
        ("填报单位：司法所", None), ("请核实", None), ("单位负责人签字", None), ("王某:\n2025年", None), ("已缴500元", None), ("", None),
    ],
)  # fmt: skip
def test_a_comment_names_a_unit_or_none(comment, unit):
    assert noted_unit(comment) == unit


def test_a_unit_in_a_comment_on_a_title_is_read(cleaned):
    result = cleaned("penalties", penalties(1, amount=0.35, comments={(2, 5): "王某:\n单位：万元"}))
    assert records(result)[0].value("fine_yuan").value == 3500
    assert result.issues == []


@pytest.mark.parametrize(("title", "comment"), [("罚款金额", "单位：美元"), ("罚款金额（元）", "单位：万元")])
def test_one_that_is_not_understood_or_differs_is_asked_about(settings, title, comment):
    titles = [title if name == "罚款金额" else name for name in TITLES]
    assert asked(settings, penalties(titles=titles, comments={(2, 5): comment})) == [("title_unread", 2)]


def test_a_unit_in_a_comment_on_a_record_is_asked_about(settings):
    assert asked(settings, penalties(comments={(4, 5): "单位：万元"})) == [("column_decides", 4)]
    assert asked(settings, penalties(comments={(4, 5): "已与本人核对", (4, 7): "单位：万元"})) == []


@pytest.mark.parametrize(
    "line",
    ["注：灰色为作废", "标黄的为重复登记", "红字表示撤销", "说明：绿底：已办结", "底色为灰的是上年的", "■灰色 作废"],
)
def test_what_a_colour_stands_for_is_asked_about(settings, line):
    assert asked(settings, penalties(below=[[line]])) == [("column_decides", 7)]


@pytest.mark.parametrize(
    "line", ["注：黄某-2025年办理", "填表人：黄是明", "红色教育基地", "审核人：绿某", "黑龙江籍为外地"]
)
def test_names_with_a_colour_in_them_are_not(settings, line):
    assert asked(settings, penalties(below=[[line]])) == []


@pytest.mark.parametrize("colour", [GREY, "theme0-0.249977111117893", "indexed22"])
def test_records_in_grey_among_others_are_asked_about(settings, colour):
    assert asked(settings, penalties(fills=filled(4, colour=colour))) == [("column_decides", 4)]


@pytest.mark.parametrize(
    "sheet",
    [
        penalties(fills=filled(4, 6)), penalties(fills=filled(3, 4, 5, 6)), penalties(fills=filled(2)), penalties(fills=filled(4, colour=YELLOW)),
        penalties(fills=filled(4, width=3)), penalties(fills=filled(4), remarks=["", "作废"]), penalties(fills=filled(4), struck={4: 6}),
        penalties(fills=filled(7), below=[["合计", None, None, "4件", 2000, "是"]]),
    ],
)  # fmt: skip
def test_bands_titles_totals_other_colours_and_rows_known_to_be_void_are_not(settings, sheet):
    assert asked(settings, sheet) == []


@pytest.mark.parametrize("comment", ["应为600", "含上月补交200元", "金额改为300元", "此数有误", "其中 200 元未缴"])
def test_a_comment_that_says_another_number_is_asked_about(settings, comment):
    assert asked(settings, penalties(comments={(4, 5): f"王某:\n{comment}"})) == [("column_decides", 4)]
    assert asked(settings, penalties(comments={(2, 5): f"王某:\n{comment}"})) == []  # on the title: how to fill it in


@pytest.mark.parametrize("comment", ["已与本人核对", "2025-03-05 电话告知", "含泪签字", "应当事人要求"])
def test_other_comments_are_not(settings, comment):
    assert asked(settings, penalties(comments={(4, 5): comment})) == []


@pytest.mark.parametrize("line", ["以下处罚未执行", "以下为上年结转", "以下暂不计入", "以下为测试数据", "以下作废"])
def test_a_line_that_sets_the_rows_below_apart_is_asked_about(settings, line):
    sheet = penalties(below=[[line], ["青罚〔2025〕99号", "2025-09-09", "某甲", "占道", 500, "是"]])
    assert asked(settings, sheet) == [("column_decides", 7)]
