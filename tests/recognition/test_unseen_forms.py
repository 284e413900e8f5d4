"""Sheets as other towns keep them, in wordings that no form was written from: read right, or asked about, never wrong unsaid."""

from collections import Counter

import pytest

from fazhi.cleaning.clean import clean
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet

PENALTIES = [
    ["行政相对人名称", "行政相对人类别", "证件类型", "证件号码", "行政处罚决定书文号", "违法行为类型", "违法事实", "处罚依据", "处罚类别1", "处罚类别2",
     "处罚内容", "罚款金额（万元）", "没收违法所得、没收非法财物的金额（万元）", "暂扣或吊销证照名称及编号", "处罚决定日期", "处罚有效期", "公示截止期",
     "处罚机关", "处罚机关统一社会信用代码", "数据来源单位", "备注"],
    ["甲", "自然人", "身份证", "1", "青木执罚〔2025〕1号", "占道经营", "占道", "某法", "罚款", "", "罚款200元", 0.02, "", "", "2025/03/05", "2099/12/31",
     "2028/3/5", "青木镇人民政府", "2", "青木镇人民政府", ""],
    ["乙", "自然人", "身份证", "3", "青木执罚〔2025〕2号", "消防违法", "堵塞", "某法", "警告", "", "警告", "", "", "", "2025/04/05", "2099/12/31",
     "2028/4/5", "青木镇人民政府", "2", "青木镇人民政府", ""],
]  # fmt: skip
MEDIATION = [
    ["龙井村人民调解委员会调解案件登记表（2025年）"],
    ["序号", "案件编号", "受理时间", "申请人姓名", "被申请人姓名", "纠纷类型", "案情简介", "受理方式", "调解结果", "协议形式", "协议涉及金额（元）", "结案时间", "调解员姓名"],
    ["1", "L1", "2025.3.5", "张甲", "李乙", "邻里纠纷", "噪声", "主动排查", "调解成功", "口头协议", 0, "2025.3.8", "王某"],
    ["3", "L3", "2025.4.6", "张戊", "李己", "合同纠纷", "欠款", "来访", "调解中", "", 0, "", "王某"],
    ["2", "L2", "2025.4.5", "张丙", "李丁", "劳动争议", "欠薪", "来访", "调解成功", "书面协议", 3000, "2025.4.9", "王某"],
    ["3", "L3", "2025.4.6", "张戊", "李己", "合同纠纷", "欠款", "来访", "调解中", "", 0, "", "王某"],
]  # fmt: skip
RANDOM = [
    ["序号", "抽查计划名称", "抽查任务名称", "检查对象名称", "统一社会信用代码", "抽查事项", "检查时间", "检查机关", "检查人员", "检查结果", "公示时间"],
    ["1", "年度计划", "任务一", "甲厂", "91500000MA68HJ8825", "用电", "2025-03-05", "青木镇", "王某", "未发现问题", "2025-03-20"],
    ["2", "年度计划", "任务一", "乙厂", "91500000MA6972BEKA", "用电", "2025-03-06", "青木镇", "王某", "发现问题已责令改正", "2025-03-20"],
]  # fmt: skip
PARTS = [
    ["青木镇应急办2025年执法检查情况登记表"],
    ["序号", "检查时间", "被检查单位名称", "被检查单位地址", "检查人员", "检查内容", "发现隐患（处）", "当场整改（处）", "责令限期整改（处）", "已复查（处）"],
    ["1", "2025-03-05", "甲厂", "龙井村", "王某", "用电", 3, 1, 2, 2],
    ["2", "2025-03-06", "乙厂", "龙井村", "王某", "用电", 2, 0, 2, 1],
]  # fmt: skip
DECISIONS = [
    ["青木镇2025年重大行政决策程序履行情况"],
    ["序号", "决策事项名称", "承办单位", "决策时间", "公众参与", "专家论证", "风险评估", "合法性审查", "集体讨论决定"],
    ["1", "垃圾分类方案", "党政办", "2025-05-20", "网站公示", "专家论证会纪要", "青风评〔2025〕1号", "青司审〔2025〕3号", "5月20日党委会"],
    ["2", "公墓选址", "党政办", "2025-06-20", "座谈会", "未开展", "青风评〔2025〕2号", "青司审〔2025〕4号", "6月20日镇长办公会"],
]  # fmt: skip
REVIEWS = [
    ["合法性审查工作登记表"],
    ["序号", "送审单位", "事项名称", "事项类别", "送审时间", "审查人员", "审查结论", "审结时间", "备注"],
    ["1", "党政办", "保洁合同", "合同", "2025-03-01", "王某", "同意", "2025-03-05", ""],
    ["2", "司法所", "建房管理办法", "行政规范性文件", "2025-03-01", "王某", "同意", "2025-03-06", ""],
    ["3", "党政办", "租赁协议", "协议", "2025-03-01", "王某", "修改后同意", "2025-03-07", ""],
]  # fmt: skip
HAZARDS = [
    ["青木镇安全隐患排查治理台账"],
    ["序号", "检查日期", "单位名称", "单位地址", "隐患内容", "隐患级别", "整改措施", "整改时限", "整改责任人", "整改情况"],
    ["1", "2025-03-05", "甲厂", "龙井村", "电线", "一般", "更换", "15天", "王某", "已整改"],
    ["2", "2025-03-05", "甲厂", "龙井村", "灭火器", "一般", "更换", "15天", "王某", "正在整改"],
    ["3", "2025-03-06", "乙厂", "龙井村", "通道", "一般", "清理", "15天", "王某", "已整改"],
]  # fmt: skip
STUDIES = [
    ["2025年领导干部学法情况登记表"],
    ["序号", "学习时间", "学习类型", "学习主题", "参学人数", "主持人"],
    ["1", "2025-03-05", "专题学习", "宪法", 40, "王某"],
    ["2", "2025-04-05", "法律法规学习", "民法典", 35, "王某"],
]
PUBLICITY = [
    ["青木镇普法宣传活动登记"],
    ["序号", "活动时间", "活动地点", "活动类别", "活动内容", "受众人次", "发放资料数"],
    ["1", "2025-03-05", "广场", "集中普法", "宪法", 120, 300],
    ["2", "2025-04-05", "中学", "法治进校园", "防欺凌", 400, 400],
]
PLATFORM = [
    ["任务编号", "检查对象名称", "统一社会信用代码", "检查时间", "检查人员", "检查领域", "发现隐患数量", "已整改隐患数量", "检查结果"],
    *[[f"T{n}", f"厂{n}", "9150", f"2025/3/{n}", "王某", "消防", 2, 1, "不合格"] for n in range(1, 5)],
]  # fmt: skip
CASES = [
    ["行政处罚案件统计表"],
    ["序号", "案号", "案由", "当事人姓名", "立案日期", "处罚决定书文号", "处罚决定日期", "罚款（元）", "缴款情况", "结案日期"],
    *[[n, f"立{n}", "占道经营", "甲", f"2025-03-0{n}", f"青罚〔2025〕{n}号", f"2025-03-1{n}", 200, "已缴纳", f"2025-03-2{n}"] for n in range(1, 4)],
]  # fmt: skip
LISTED = [
    ["重大行政决策台账"],
    ["序号", "决策事项名称", "决策时间", "履行程序", "承办单位"],
    [1, "垃圾分类方案", "2025-05-20", "征求意见、专家论证、风险评估、合法性审查、集体讨论", "党政办"],
    [2, "公墓选址", "2025-06-20", "合法性审查、集体讨论", "党政办"],
]
NOT_WHAT_IT_LOOKS_LIKE = [
    ["法律咨询接待情况统计"],
    ["月份", "来访", "来电", "网络", "合计"],
    ["1月", 3, 4, 5, 12],
    ["2月", 3, 4, 5, 12],
    ["3月", 1, 1, 1, 3],
]
ANNUAL = [
    ["青木镇2025年度行政处罚实施情况统计表"],
    ["警告", "通报批评", "罚款", "没收违法所得、没收非法财物", "暂扣许可证件", "责令停产停业", "吊销许可证件", "行政拘留", "其他行政处罚", "合计（宗）", "罚没金额（万元）"],
    [1, 0, 12, 0, 0, 0, 0, 0, 0, 13, 2.95],
]  # fmt: skip
RANDOM_PLAN = [
    ["2025年“双随机、一公开”抽查工作计划"],
    ["序号", "检查主体", "年度计划名称", "检查内容", "计划开展时间", "股室", "抽查比例", "抽查频次", "抽查数量"],
    [1, "青木镇", "用电检查", "用电", "3月", "应急管理办", "5%", 1, "3户"],
]  # fmt: skip

READ = [
    ("法人", "penalties", PENALTIES, 2, {"fine_yuan": [200, 0], "offence": ["占道经营", "消防违法"]}),
    ("龙井村", "disputes", MEDIATION, 3, {"source": ["主动排查", "群众来访", "群众来访"], "village": ["龙井村"] * 3}),
    ("Sheet1", "inspections", RANDOM, 2, {}),
    ("Sheet1", "inspections", PARTS, 2, {"hazards_found": [3, 2], "hazards_fixed": [3, 1]}),
    ("Sheet1", "decisions", DECISIONS, 2, {"public_participation": [True, True], "expert_review": [True, False], "collective_decision": [True, True]}),
    ("Sheet1", "contracts", REVIEWS, 2, {"opinion": ["通过", "修改后通过"], "contract": ["保洁合同", "租赁协议"]}),
    ("Sheet1", "inspections", HAZARDS, 2, {"hazards_found": [2, 1], "hazards_fixed": [1, 1]}),
    ("Sheet1", "studies", STUDIES, 2, {"attendance": [40, 35], "kind": ["专题学习", "法律法规学习"]}),
    ("Sheet1", "inspections", PLATFORM, 4, {"hazards_found": [2] * 4, "hazards_fixed": [1] * 4}),
    ("Sheet1", "penalties", CASES, 3, {"fine_yuan": [200] * 3, "paid": [True] * 3}),
    ("Sheet1", "decisions", LISTED, 2, {"expert_review": [True, False], "legality_review": [True, True]}),
    ("Sheet1", "publicity", PUBLICITY, 2, {"people": [120, 400], "kind": ["集中普法", "法治进校园"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "ledger", "rows", "kept", "values"), READ, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_sheet_of_another_town_is_read(settings, sheet, ledger, rows, kept, values):
    file = make_file("某办/表.xlsx", make_sheet(rows, sheet))
    tables, issues = recognise(file, settings)
    assert [table.ledger for table in tables] == [ledger], [issue.sentence for issue in issues]
    result = clean(settings.specs.ledgers[ledger], [(file, tables[0])], settings, 2025)
    assert result.kept == kept, [issue.sentence for issue in (*issues, *result.issues)]
    assert {name: result.kept_values(name) for name in values} == values
    told = Counter(fate for sheet in result.fates for fate in sheet.fates)
    assert sum(told.values()) == len(rows)


@pytest.mark.parametrize("rows", [ANNUAL, RANDOM_PLAN], ids=["annual report", "random plan"])
def test_a_summary_and_a_plan_are_told_and_never_read(settings, rows):
    tables, issues = recognise(make_file("某办/表.xlsx", make_sheet(rows)), settings)
    assert (tables, [(issue.kind, issue.severity) for issue in issues]) == ([], [("sheet_unknown", "warning")])
    assert "没有计入" in issues[0].sentence


def test_monthly_numbers_under_a_ledgers_name_are_asked_about_and_never_read(settings):
    tables, issues = recognise(make_file("某办/表.xlsx", make_sheet(NOT_WHAT_IT_LOOKS_LIKE)), settings)
    assert tables == [] and {issue.severity for issue in issues} <= {"error", "warning"}


def test_a_title_that_is_like_one_is_taken_only_where_its_cells_are_of_the_kind(settings):
    header = ["检查日期", "检查对象", "检查领域", "发现问题"]
    rows = [[f"2025-03-0{n}", f"厂{n}", "消防", "灭火器过期"] for n in range(1, 5)]
    (table,), issues = recognise(
        make_file("某办/检查.xlsx", make_sheet([["行政执法检查台账"], header, *rows])), settings
    )
    assert "hazards_found" not in table.columns
    assert "发现问题" in next(issue.found for issue in issues if issue.kind == "columns_missing")


def test_a_summary_beside_tables_that_are_asked_about_is_no_question_of_its_own(settings):
    table = make_sheet([["哪天的", "啥子", "几个"], *[[f"2025-0{n}-05", "吵架", n] for n in range(1, 6)]], "甲")
    summary = make_sheet([["月份", "件数", "占比"], ["上半年", 31, "48%"], ["下半年", 33, "52%"]], "汇总")
    dated = make_sheet([["哪天", "件数", "占比"], ["2025-01-05", 31, "48%"], ["2025-02-05", 33, "52%"]], "汇总")

    def asked(*sheets):
        return [one.sheet for one in recognise(make_file("a.xlsx", *sheets), settings)[1] if one.severity != "info"]

    assert asked(table, summary) == ["甲"]
    assert asked(summary) == ["汇总"]  # alone it may be all that there is
    assert asked(table, dated) == ["甲", "汇总"]


def test_a_table_titled_as_one_ledger_is_never_counted_as_another_by_its_columns(settings):
    header = ["活动时间", "活动形式", "参与人数", "几户"]
    rows = [[f"2025-0{n}-05", "集中普法", 40 + n, n] for n in range(1, 5)]
    sheet = make_sheet([["2025年应急法治宣传情况登记表"], header, *rows])
    tables, issues = recognise(make_file("a.xlsx", sheet), settings)
    assert tables == []
    assert [(one.kind, "应急法治宣传台账" in one.sentence) for one in issues] == [("header_missing", True)]


def test_a_form_that_names_no_column_of_its_ledger_stops_nothing(settings):
    from dataclasses import replace

    from fazhi.dictionary.form import form_of_content

    content = {"title": "甲", "ledger": "drills", "headings": ["哪天的", "啥子", "几个"], "ignore": ["啥子"]}
    form = form_of_content("甲", content, settings.specs.ledgers)
    sheet = make_sheet([["哪天的", "啥子", "几个"], ["元旦", "吵架", "几个"]])
    tables, issues = recognise(make_file("a.xlsx", sheet), replace(settings, forms=(form,)))
    assert (tables, [one.kind for one in issues]) == ([], ["sheet_unknown"])


@pytest.mark.parametrize(
    ("title", "header", "row", "ledger", "columns"),
    [
        ("纠纷调处登记表", ["接案日期", "甲方", "乙方", "发生地", "案由", "线索来源", "调处结论", "协议方式", "协议标的额", "调结日期"],
         ["2025.3.5", "应小满", "樊延年", "龙井村", "邻里纠纷", "群众来访", "调解成功", "书面", 300, "2025.3.9"],
         "disputes", "accepted_on applicant respondent village category source outcome agreement amount_yuan"),
        ("执法巡查登记表", ["巡查日期", "商户名称", "领域", "查出问题", "整改完成"],
         ["2025.3.5", "利民超市", "消防", 2, 1], "inspections", "inspected_on target field hazards_found hazards_fixed"),
        ("重大决策程序登记表", ["会议日期", "议题", "公开征求意见", "专家评审", "社会稳定风险评估", "法制审核", "集体研究"],
         ["2025.3.5", "场镇改造", "是", "是", "是", "是", "是"], "decisions",
         "decided_on matter public_participation expert_review risk_assessment legality_review collective_decision"),
    ],
)  # fmt: skip
def test_a_sheet_in_a_towns_own_words_is_read_without_a_question(settings, title, header, row, ledger, columns):
    rows = [[f"2025.{n}.5", *row[1:]] for n in range(1, 5)]
    tables, issues = recognise(make_file("a.xlsx", make_sheet([[f"青木镇2025年{title}"], header, *rows])), settings)
    assert [table.ledger for table in tables] == [ledger]
    assert set(columns.split()) <= tables[0].columns.keys()
    assert [one.kind for one in issues if one.severity == "error"] == []


def test_headings_that_are_near_each_other_are_told_apart_or_asked(settings):
    """Two parties and two days of one case: none may stand for the other."""
    header = ["登记日期", "申请人姓名", "被申请人姓名", "村居", "纠纷性质", "调解情况", "办结日期"]
    rows = [[f"2025.{n}.5", "应小满", "樊延年", "龙井村", "邻里纠纷", "调解成功", f"2025.{n}.9"] for n in range(1, 5)]
    sheet = make_sheet([["人民调解登记表"], header, *rows])
    (table,), issues = recognise(make_file("a.xlsx", sheet), settings)
    assert (table.columns["applicant"], table.columns["respondent"], table.columns["closed_on"]) == (1, 2, 6)
    assert "accepted_on" not in table.columns  # 登记 may be another day than 受理
    asked = next(one for one in issues if one.kind == "columns_missing")
    assert asked.severity == "error" and "登记日期" in asked.sentence


def test_the_longer_name_in_a_title_says_whose_a_table_is(settings):
    header = ["演练日期", "演练类型", "地点", "参与人数"]
    rows = [[f"2025.{n}.5", "防汛", "龙井村", 30] for n in range(1, 5)]
    named = make_sheet([["应急法治宣传及应急演练登记表"], header, *rows])
    assert [table.ledger for table in recognise(make_file("a.xlsx", named), settings)[0]] == ["drills"]
    header = ["决定日期", "案卷文号", "当事人", "罚款金额", "案由"]
    rows = [[f"2025.{n}.5", f"〔2025〕{n}号", "某店", 30, "占道经营"] for n in range(1, 5)]
    reviewed = make_sheet([["行政处罚案卷评查登记表"], header, *rows])
    assert [table.ledger for table in recognise(make_file("a.xlsx", reviewed), settings)[0]] != ["penalties"]
