"""Which rows below a header are records, and which are totals, notes, signatures or titles."""

from datetime import date

import pytest

from fazhi.recognition.ledgers import recognise
from fazhi.recognition.rows import entries, void_in_passing, voided
from made.sheets import make_file, make_sheet

HEADER = ["序号", "演练日期", "演练类型", "地点", "参与人数"]
RECORD = [1, "2025-03-05", "消防", "龙井村", 60]


def kinds(settings, *rows, **more):
    sheet = make_sheet([["应急演练台账"], HEADER, *[list(row) for row in rows]], **more)
    tables, _ = recognise(make_file("表.xlsx", sheet), settings)
    below = entries(tables[0])
    return [below.others.get(number, "data") for number in range(3, len(sheet.rows) + 1)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (RECORD, "data"),
        ([None, None, None, None, None], "blank"),
        ([7, None, None, None, None], "blank"),
        (["合计", None, None, None, 60], "total"),
        (["", "小 计", "", "", 60], "total"),
        (["一季度合计", None, None, None, 60], "total"),
        (["本页小计", None, None, None, 60], "total"),
        (["合计", "24件", None, None, 60], "total"),
        (["累计", 18, None, None, 60], "total"),
        ([None, None, "消防 汇总", None, 60], "total"),
        ([None, "总计数", None, None, 2], "total"),
        (["合计", "2025-03-05", "消防", "龙井村", 60], "data"),
        ([1, "无", "无", "无", "无"], "blank"),
        (["/", "/", "/", "/", "/"], "blank"),
        ([9, None, None, None, 0], "blank"),
        ([9, None, None, None, 6], "data"),
        (HEADER, "header"),
        (["栏次", "1", "2", "3", "4"], "header"),
        (["填表人：甲", None, "审核人：乙", None, None], "footer"),
        (["制表：甲", "审核：乙", None, None, "2025-12-31"], "footer"),
        (["说明：本表每季度报送。", None, None, None, None], "footer"),
        (["注：金额以元计。", None, None, None, None], "footer"),
        ([None, "填报日期：2025年12月30日", None, None, None], "footer"),
        ([None, "3月份", None, None, None], "title"),
        (["第二季度", None, None, None, None], "title"),
        ([2, None, "消防", "龙井村", 60], "data"),
        ([2, "待补", "消防", "龙井村", 60], "data"),
        ([2, "2025-03-05", "合计", "龙井村", 60], "data"),
        (["说明", "2025-03-05", "消防", "龙井村", 60], "data"),
        ([2, "2025-03-05", None, None, None], "data"),
        (["9" * 5000, "2" * 5000, None, None, None], "data"),
        (["甲", "乙", "丙", "丁", 1], "header"),
        (["甲", "乙", "丙", "丁", "戊"], "header"),
        ([3, "2025-03-05", "甲", "乙", "1"], "data"),
        ([None, "共3场", None, None, 60], "total"),
        (["计", None, None, None, 60], "total"),
        ([None, "其中：", "消防", None, 43], "footer"),
        (["上年同期", None, None, None, 80], "footer"),
        (["平均", "2025-03-05", "消防", "龙井村", 60], "data"),
        ([None, "一、消防演练（2场）", None, None, 41], "title"),
        ([None, "一、3月5日", "消防", "龙井村", 41], "data"),
        ([None, "2025-12-30", "填表人：乙", None, None], "footer"),
        ([None, "填表日期", "2025-12-30", None, None], "footer"),
        ([5, "5月", "无", "无", "无"], "blank"),
        ([5, "5月", "消防", "无", "无"], "data"),
        ([None, "1月：无", None, None, None], "blank"),
        ([None, "2月份未开展演练", None, None, None], "blank"),
    ],
)
def test_a_row_below_a_header(settings, row, kind):
    assert kinds(settings, RECORD, row) == ["data", kind]


def test_lines_after_a_note_are_no_records(settings):
    lines = [["说明："], ["1.日期按年月日填写。"], [None, "2.人数填整数。"]]
    assert "data" not in kinds(settings, RECORD, *lines)[1:]


def test_records_after_a_footer_and_a_new_header_are_records_again(settings):
    assert kinds(settings, RECORD, ["填表人：甲"], HEADER, RECORD) == ["data", "footer", "header", "data"]


@pytest.mark.parametrize(
    ("remark", "void"),
    [("作废", True), ("已作废", True), ("此件撤销", True), ("撤销(重复登记)", True), ("", False), ("未作废", False),
     ("不予撤销", False), ("申请撤销", False), ("驳回撤销申请", False), ("已回访", False)],
)  # fmt: skip
def test_a_remark_that_says_void(remark, void):
    assert voided(remark) is void


def test_a_long_remark_that_mentions_it_is_to_be_confirmed():
    assert void_in_passing("原登记有误，第5行作废，以本行为准")
    assert void_in_passing("申请撤销")
    assert not void_in_passing("作废")


@pytest.mark.parametrize("nothing", [[1, 0, None, 0], ["2", "0.00", None, "0元"], [3, date(1899, 12, 31), "", 0]])
def test_what_a_formula_makes_of_empty_cells_is_no_record(cleaned, nothing):
    rows = [["应急演练台账"], ["序号", "演练日期", "演练类型", "参与人数"], [1, "2025-03-05", "消防", 20], nothing]
    assert (
        cleaned("drills", make_sheet(rows)).kept == 1
        and cleaned("drills", make_sheet(rows)).fates[0].reasons[3] == "blank"
    )
