"""Which ledger a sheet holds and which column is which, by title, header and contents."""

import pytest

from fazhi.dictionary.aliases import Aliases
from fazhi.recognition.ledgers import recognise
from fazhi.town_year import town_settings
from made.sheets import make_file, make_sheet

DRILLS = ["序号", "演练日期", "演练类型", "地点", "参与人数"]
DRILL = [1, "2025-03-05", "消防", "龙井村", 60]


def _recognised(settings, *rows, path="司法所/表.xlsx", name="Sheet1", **more):
    return recognise(make_file(path, make_sheet([list(row) for row in rows], name, **more)), settings)


def test_a_ledger_is_known_by_the_title_above_its_table(settings):
    tables, issues = _recognised(settings, ["青木镇2025年应急演练台账"], ["填报单位：应急管理办"], DRILLS, DRILL)
    assert [(t.ledger, t.header.first_row) for t in tables] == [("drills", 2)]
    assert dict(tables[0].columns) == {"held_on": 1, "kind": 2, "village": 3, "participants": 4}
    assert issues == []


@pytest.mark.parametrize(
    ("path", "name"), [("应急演练台账.xlsx", "Sheet1"), ("附件3.xlsx", "应急演练"), ("附件3.xlsx", "Sheet1")]
)
def test_a_ledger_is_known_by_file_by_sheet_or_by_its_columns_alone(settings, path, name):
    tables, _ = _recognised(settings, DRILLS, DRILL, path=path, name=name)
    assert [t.ledger for t in tables] == ["drills"]


def test_totals_and_footers_under_a_short_table_do_not_hide_its_ledger(settings):
    header, rows = ["服务方式", "服务日期", "服务人次"], [["线上", "2025-3-5", 9], ["线下", "2025-3-6", 8]]
    below = [["合计：", None, 17], ["单位负责人：甲"], ["填报日期：2025年12月30日"]]
    tables, _ = _recognised(settings, header, ["0", "1", "2"], *rows, *below, path="附件6.xls")
    assert [t.ledger for t in tables] == ["service_station"]


@pytest.mark.parametrize(
    "rows",
    [
        [DRILLS[1:], DRILL[1:], [], ["宣传日期", "宣传形式", "入户家次", "发放宣传单"], ["2025-04-05", "入户", 5, 9]],
        [DRILLS[1:], DRILL[1:], [], ["演练日期", "地点", "演练类型", "参与人数"], ["2025-04-05", "龙井村", "消防", 9]],
        [[*DRILLS[1:], None, *DRILLS[1:], "备注"], [*DRILL[1:], None, *DRILL[1:], "补报"]],
    ],
)  # fmt: skip
def test_a_sheet_of_two_tables_is_told(settings, rows):
    tables, issues = _recognised(settings, *rows, path="表.xlsx")
    assert len(tables) == 1
    assert [(issue.kind, issue.severity) for issue in issues] == [("sheet_several", "error")]


def test_the_header_repeated_on_each_page_is_no_second_table(settings):
    assert _recognised(settings, DRILLS, DRILL, DRILLS, DRILL, path="应急演练台账.xlsx")[1] == []


def test_a_title_and_the_unit_of_money_may_stand_above_the_first_row_of_a_page(settings):
    header, row = ["处罚日期", "当事人", "罚款金额", "某列"], ["2025-01-02", "某店", "0.05", "x"]
    tables, _ = _recognised(settings, header, row, path="表.xls", above=("行政处罚台账", "单位：万元"))
    assert [(t.ledger, t.money_units) for t in tables] == [("penalties", {"fine_yuan": "万元"})]


def test_ditto_marks_say_nothing_against_a_ledger_known_by_its_columns(settings):
    ditto = [["2025-03-06", "同上", "〃", 9] for _ in range(9)]
    tables, _ = _recognised(settings, DRILLS[1:], DRILL[1:], *ditto, path="表.csv")
    assert [t.ledger for t in tables] == ["drills"]


def test_the_title_in_the_sheet_outweighs_a_wrong_file_name(settings):
    tables, _ = _recognised(settings, ["应急演练台账"], DRILLS, DRILL, path="行政处罚台账.xlsx")
    assert [t.ledger for t in tables] == ["drills"]


def test_titles_may_hold_line_breaks_spaces_notes_and_units(settings):
    header = ["演练\n日期", "演 练 类 型", "演练地点（村居）", "参加人数（人）"]
    tables, issues = _recognised(settings, ["应急演练台账"], header, DRILL[1:])
    assert dict(tables[0].columns) == {"held_on": 0, "kind": 1, "village": 2, "participants": 3}
    assert issues == []


def test_a_header_of_two_rows_gives_each_column_its_lowest_title(settings):
    top = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款", None]
    low = [None, None, None, None, "罚款金额(万元)", "是否缴纳"]
    merged = [(1, c, 2, c) for c in range(4)] + [(1, 4, 1, 5)]
    tables, _ = _recognised(
        settings, ["行政处罚台账"], top, low, ["1号", "2025-01-02", "某店", "占道", 0.05, "是"], merged=merged
    )
    assert dict(tables[0].columns) == {
        "decision_no": 0, "decided_on": 1, "party": 2, "offence": 3, "fine_yuan": 4, "paid": 5,
    }  # fmt: skip
    assert tables[0].money_units == {"fine_yuan": "万元"}
    assert tables[0].header.last_row == 2


def test_the_same_header_without_merges_as_in_a_text_file(settings):
    top = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款情况", ""]
    low = ["", "", "", "", "罚款金额", "是否缴纳"]
    tables, _ = _recognised(
        settings, ["行政处罚台账", "单位：万元"], top, low, ["1号", "2025-01-02", "某店", "占道", "5", "是"]
    )
    assert tables[0].columns["fine_yuan"] == 4
    assert tables[0].money_units == {"fine_yuan": "万元"}


def test_unknown_and_missing_columns_are_told_together_with_an_offer(settings):
    rows = [
        ["2025-03-05", "消防", "龙井村", 60],
        ["2025-04-05", "消防", "龙井村", 61],
        ["2025-05-05", "消防", "龙井村", 9],
    ]
    _, issues = _recognised(settings, ["应急演练台账"], ["开展日子", "演练类型", "地点", "参与人数"], *rows)
    assert [issue.severity for issue in issues] == ["error"]
    assert issues[0].sentence == (
        "司法所/表.xlsx「Sheet1」第 2 行：不认识的列：开展日子，应为应急演练台账的列：演练日期。"
        "如有对应，请用 fazhi accept 加文件名指明（或写在 aliases.yml 的 columns 下）：“开展日子”可能是「演练日期」。"
    )


def test_an_accepted_title_is_used(specs, town):
    aliases = Aliases.model_validate({"columns": {"drills": {"开展日子": "held_on"}}})
    tables, issues = _recognised(
        town_settings(specs, town, aliases), ["应急演练台账"], ["开展日子", "演练类型", "地点", "参与人数"], DRILL[1:]
    )
    assert tables[0].columns["held_on"] == 0
    assert issues == []


def test_a_title_that_differs_by_one_character_is_not_taken(settings):
    rows = [["2025-03-05", "重庆某店", "消防", 3, 1]] * 3
    tables, _ = _recognised(
        settings, ["行政执法检查台账"], ["检查日期", "检查对象", "检查领域", "发现隐患数", "未整改数"], *rows
    )
    assert "hazards_fixed" not in tables[0].columns


def test_a_column_of_known_values_is_certain_whatever_its_title(settings):
    rows = [
        ["2025-03-05", "消防", "龙井村", 60],
        ["2025-04-05", "防汛", "龙井村", 61],
        ["2025-05-05", "地灾", "龙井村", 9],
    ]
    tables, _ = _recognised(settings, ["应急演练台账"], ["演练日期", "练的什么", "地点", "参与人数"], *rows)
    assert tables[0].columns["kind"] == 1


def test_two_columns_of_the_same_known_values_are_not_chosen_between(settings):
    rows = [["2025-03-05", "消防", "防汛", "龙井村", 60]] * 3
    tables, _ = _recognised(settings, ["应急演练台账"], ["演练日期", "计划科目", "实际科目", "地点", "参与人数"], *rows)
    assert "kind" not in tables[0].columns


def test_a_page_of_text_beside_a_table_changes_nothing(settings):
    page = make_sheet([["填表说明"], ["1.日期按年月日填写。"]], "填表说明")
    tables, issues = recognise(make_file("应急演练台账.xlsx", page, make_sheet([DRILLS, DRILL])), settings)
    assert [t.ledger for t in tables] == ["drills"]
    assert issues == []


def test_a_workbook_of_two_ledgers_gives_two_tables(settings):
    studies = make_sheet(
        [["学法培训台账"], ["学习日期", "学习类别", "学习内容", "参加人数"], ["2025-1-2", "专题学习", "x", 3]], "学法"
    )
    tables, _ = recognise(make_file("合订.xlsx", make_sheet([["应急演练台账"], DRILLS, DRILL]), studies), settings)
    assert [t.ledger for t in tables] == ["drills", "studies"]


def test_an_empty_workbook_is_told(settings):
    _, issues = recognise(make_file("司法所/空表.xlsx", make_sheet([])), settings)
    assert [(i.kind, i.sentence) for i in issues] == [
        ("file_empty", "司法所/空表.xlsx，应为一张台账。如确无内容，可不理会；否则请补交。")
    ]


def test_a_title_without_a_header_is_told(settings):
    _, issues = _recognised(settings, ["应急演练台账"], ["一", "二", "三"], ["甲", "乙", "丙"])
    assert (issues[0].kind, issues[0].severity) == ("header_missing", "error")
    assert issues[0].sentence == (
        "司法所/表.xlsx「Sheet1」：标题像应急演练台账，但没有找到表头，应为表头：演练日期、演练类型、地点、参与人数。"
        "列名写法不同的，请用 fazhi accept 加文件名指明各列；确无表头的，请填报单位补上。"
    )


def test_a_titled_table_under_unknown_headings_is_opened_and_its_mapping_shown(settings):
    rows = [[f"2025-0{n}-05", "龙井村村委会广场", 30] for n in range(1, 5)]
    _, issues = _recognised(settings, ["应急演练登记"], ["演练开展日", "场所", "人员数目"], *rows)
    assert [(issue.kind, issue.severity, issue.row) for issue in issues] == [("header_missing", "error", 2)]
    assert "“演练开展日”可能是「演练日期」" in issues[0].advice


def test_only_where_word_and_kind_agree_is_a_column_offered(settings):
    rows = [[f"2025-0{n}-05", "防汛", "龙井村", 30 + n, 40 + n] for n in range(1, 5)]
    _, issues = _recognised(settings, ["应急演练台账"], ["演练日期", "演练类型", "地点", "年龄", "参与者数"], *rows)
    advice = next(issue.advice for issue in issues if issue.kind == "columns_missing")
    assert "“年龄”没有相近的列" in advice and "“参与者数”可能是「参与人数」" in advice


def test_an_unknown_table_is_asked_about_and_may_be_dismissed(settings, specs, town):
    roster = (["值班日", "带班", "电话"], ["初一", "甲", "1"], ["初二", "乙", "2"], ["初三", "丙", "3"])
    _, issues = _recognised(settings, *roster, path="值班.xlsx")
    assert [(i.kind, i.severity) for i in issues] == [("sheet_unknown", "warning")]
    dismissed = town_settings(specs, town, Aliases.model_validate({"files": {"值班.xlsx": "无关"}}))
    assert _recognised(dismissed, *roster, path="值班.xlsx") == ([], [])


def test_two_ledgers_that_claim_one_sheet_are_not_chosen_between(settings, specs, town):
    sheet = (["日期", "类别", "名称"], ["2025-1-2", "某类", "某名"])
    tables, issues = _recognised(settings, *sheet, path="表.xlsx")
    assert tables == []
    assert issues[0].kind in ("sheet_ambiguous", "sheet_unknown")
    told = town_settings(specs, town, Aliases.model_validate({"files": {"表.xlsx": "honours"}}))
    assert [t.ledger for t in _recognised(told, *sheet, path="表.xlsx")[0]] == ["honours"]


@pytest.mark.parametrize(
    ("row", "asked"), [([2, "2025-08-08", "消防", "龙井村", 60], True), (["填表说明"], False), ([2], False)]
)
def test_a_sheet_without_a_header_that_continues_the_table_beside_it_is_asked_about(settings, row, asked):
    sheets = [make_sheet([["应急演练台账"], DRILLS, DRILL]), make_sheet([row], "Sheet2")]
    tables, issues = recognise(make_file("司法所/表.xlsx", *sheets), settings)
    assert len(tables) == 1
    assert [(i.kind, i.severity, i.sheet) for i in issues] == (
        [("sheet_unknown", "warning", "Sheet2")] if asked else []
    )


@pytest.mark.parametrize("title", ["承接赋权事项清单", "便民服务项目一览", ""])
def test_two_headings_that_stand_everywhere_name_no_ledger(settings, title):
    header, rows = ["事项类别", "事项名称", "是否网上可办"], [["处罚", "事项一", "是"], ["检查", "事项二", "否"]]
    tables, issues = _recognised(settings, [title], header, *rows, path="平安法治办/清单.xlsx")
    assert "service_items" not in [table.ledger for table in tables]
    assert tables or [issue.kind for issue in issues] == ["sheet_unknown"]


@pytest.mark.parametrize(
    ("path", "aside"),
    [
        ("应急管理办/旧版/应急演练台账.xlsx", "文件夹名中有“旧版”"), ("应急管理办/作废/演练.xlsx", "文件夹名中有“作废”"),
        ("应急管理办/2025年应急演练计划（年初）.xlsx", "文件名中有“计划”"), ("应急管理办/消防演练方案（定稿）.xlsx", "文件名中有“方案”"),
        ("应急管理办/应急演练计划完成情况.xlsx", ""), ("应急管理办/应急演练登记表（模板）.xlsx", ""), ("废弃物管理办/应急演练台账.xlsx", ""),
    ],
)  # fmt: skip
def test_records_in_a_folder_or_file_that_is_called_void_old_or_a_plan_wait(settings, path, aside):
    row = ["2025-03-05", "消防", "龙井村", 60]
    titles = ["演练日期", "演练类型", "地点", "参与人数"]
    tables, _ = recognise(make_file(path, make_sheet([["应急演练台账"], titles, row])), settings)
    assert [table.set_aside for table in tables] == [aside]


def test_a_plan_of_tasks_is_a_ledger_of_tasks(settings):
    titles, row = ["工作任务", "责任科室", "完成时限", "是否完成"], ["普法", "司法所", "2025-12-31", "是"]
    file = make_file(
        "平安法治办/2025年法治政府建设工作计划.xlsx", make_sheet([["法治政府建设任务分解台账"], titles, row])
    )
    assert [table.set_aside for table in recognise(file, settings)[0]] == [""]
