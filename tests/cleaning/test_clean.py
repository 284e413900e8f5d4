"""Fates, in their order, for ten rows or fewer; what is asked, word for word."""

from datetime import date
from decimal import Decimal

import pytest

from fazhi.cleaning.amounts import in_another_unit
from fazhi.dictionary.loading import load_specs
from fazhi.intake import YearlessDate
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet, records

DRILLS = ["序号", "演练日期", "演练类型", "地点", "参与人数", "备注"]
DISPUTES = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "协议金额(万元)", "结案日期"]


def drills(*rows, **more):
    return make_sheet([["应急演练台账"], DRILLS, *[list(row) for row in rows]], **more)


def disputes(*rows, header=DISPUTES, **more):
    return make_sheet([["矛盾纠纷调解台账"], header, *[list(row) for row in rows]], **more)


def fates(result):
    return [record.fate for record in records(result)]


GOOD = [1, "2025-03-05", "消防", "龙井村", 60, ""]


def test_every_row_of_the_sheet_has_one_fate(cleaned):
    result = cleaned("drills", drills(GOOD, [], ["合计", None, None, None, 60], ["填表人：甲", None, "审核人：乙"]))
    (told,) = result.fates
    assert list(zip(told.fates, told.reasons, strict=True)) == [
        ("not_data", "title"),
        ("not_data", "header"),
        ("kept", ""),
        ("not_data", "blank"),
        ("not_data", "total"),
        ("not_data", "footer"),
    ]


@pytest.mark.parametrize(
    ("row", "fate", "reason"),
    [
        ([1, "2025.13.5", "消防", "龙井村", 60, ""], "quarantined", "演练日期：月份不存在"),
        ([1, "", "消防", "龙井村", 60, ""], "quarantined", "演练日期：未填"),
        ([1, "2025-03-05", "消防", "龙井村", "", ""], "quarantined", "参与人数：未填"),
        ([1, "2025-03-05", "消防", "龙井村", -6, ""], "quarantined", None),
        ([1, "2024-12-30", "消防", "龙井村", 60, ""], "out_of_year", "演练日期不在2025年"),
        ([1, "2025-03-05", "消防", "龙井村", 60, "作废"], "cancelled", "备注作废"),
        ([1, "2025-03-05", "消防", "龙井村", 60, "此件已撤销"], "cancelled", "备注作废"),
        ([1, "2024-13-30", "消防", "龙井村", "", "作废"], "cancelled", "备注作废"),
        ([1, "2024-12-30", "消防", "龙井村", "", ""], "quarantined", "参与人数：未填"),
        ([1, "2025-03-05", "消防", "龙井村", 60, "未作废"], "kept", ""),
        ([1, "2025-03-05", "消防", "龙井村", 60, "申请撤销"], "kept", ""),
        ([1, "3月5日", "消防", "龙井村", "６０人", ""], "kept", ""),
    ],
)
def test_a_rows_fate(cleaned, row, fate, reason):
    record = records(cleaned("drills", drills(row)))[0]
    assert record.fate == fate
    assert reason is None or record.reason == reason


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (YearlessDate(2026, 12, 5), ["year_unlikely"]),
        (YearlessDate(2025, 12, 5), []),
        (date(2052, 3, 5), ["year_unlikely"]),
        (date(2024, 12, 30), ["rows_of_other_year"]),  # it is all there is
    ],
)
def test_a_year_that_is_not_shown_or_cannot_be_is_asked_about(cleaned, day, asked):
    result = cleaned("drills", drills([1, day, *GOOD[2:]]))
    assert fates(result) == ["kept" if day.year == 2025 else "out_of_year"]
    assert [issue.kind for issue in result.issues] == asked


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (["2025-01-03", "2024-01-05", "2025-01-12"], [4]),
        (["2024-01-05", "2025-02-03", "2025-03-03"], [3]),
        (["2023-01-05", "2025-02-03", "2025-03-03"], []),
        (["2024-01-05", "2024-12-30", "2025-02-03", "2025-03-03", "2025-04-03"], []),
        (["2024-12-30", "2025-01-03", "2025-02-03"], []),
        (["2026-01-05", "2025-11-03", "2025-12-03"], []),
    ],
)
def test_januarys_rows_that_carry_last_year_are_asked_about(cleaned, days, asked):
    result = cleaned("drills", drills(*([at, day, "消防", "龙井村", 60 + at, ""] for at, day in enumerate(days, 1))))
    assert [fate == "kept" for fate in fates(result)] == [day.startswith("2025") for day in days]
    assert [issue.row for issue in result.issues if issue.kind == "year_unlikely"] == asked


def test_a_struck_row_is_cancelled_and_a_struck_cell_is_asked_about(cleaned):
    result = cleaned("drills", drills(GOOD, GOOD, struck={3: 5, 4: 1}))
    assert fates(result) == ["cancelled", "kept"]
    assert [issue.kind for issue in result.issues] == ["cell_struck"]


@pytest.mark.parametrize(
    ("remark", "fate", "outcome"),
    [
        ("原登记有误，第5行作废，以本行为准", "cancelled", "按作废处理，不计入"),
        ("申请撤销", "kept", "照常计入"),
    ],
)
def test_a_remark_that_speaks_of_voiding_is_asked_about(cleaned, remark, fate, outcome):
    result = cleaned("drills", drills([*GOOD[:-1], remark]))
    assert fates(result) == [fate]
    assert [(issue.kind, issue.column) for issue in result.issues] == [("row_cancelled_by_remark", "备注")]
    assert result.issues[0].advice == f"本行{outcome}；如不对，请改写备注。"


def test_the_whole_message_of_a_quarantined_row(cleaned):
    result = cleaned("drills", drills([1, "2025年2月30日", "消防", "龙井村", 60, ""]))
    assert [issue.sentence for issue in result.issues] == [
        "司法所/0.xlsx「Sheet1」第 3 行「演练日期」：“2025年2月30日”（该月没有这一天），应为有效日期，如 2025-03-05。"
        "本行暂不计入。请填报单位核对原件后更正。"
    ]


def test_an_unknown_value_keeps_its_row_in_no_category_and_offers_the_nearest(cleaned):
    result = cleaned("drills", drills([1, "2025-03-05", "防汛演习", "龙泉村", 60, ""]))
    record = records(result)[0]
    assert record.fate == "kept"
    assert record.value("kind").value is None
    assert record.value("village").value is None
    assert [(i.column, i.severity) for i in result.issues] == [("演练类型", "error"), ("地点", "error")]
    assert "防汛" in result.issues[0].advice


def test_同上_and_cells_merged_downwards_take_the_value_above(cleaned):
    rows = [GOOD, [2, "2025-04-05", "〃〃", None, 1, ""], [], [3, "上同", "防汛", None, 2, ""]]
    result = cleaned("drills", drills(*rows, merged=[(2, 3, 5, 3)]))
    got = [
        (r.value("held_on").value.isoformat(), r.value("kind").value, r.value("village").value) for r in records(result)
    ]
    assert got == [("2025-03-05", "消防", "龙井村"), ("2025-04-05", "消防", "龙井村"), ("2025-04-05", "防汛", "龙井村")]


def test_同上_with_nothing_above_is_not_guessed(cleaned):
    assert fates(cleaned("drills", drills([1, "同上", "消防", "龙井村", 60, ""]))) == ["quarantined"]


def test_a_yearless_date_lies_on_or_after_the_rows_first_date(cleaned):
    record = records(cleaned("disputes", disputes(["12月30日", "龙井村", "邻里", "甲某", "乙某", "3.5", "1月4日"])))[0]
    assert record.value("accepted_on").value.isoformat() == "2025-12-30"
    assert record.value("closed_on").value.isoformat() == "2026-01-04"


@pytest.mark.parametrize(
    ("written", "yuan"),
    [("3.5", "35000"), (0.1, "1000"), ("¥35,000元", "35000"), ("叁万伍仟元整", "35000"), ("/", "0"), ("", "0")],
)
def test_money_takes_the_headers_unit_unless_the_cell_has_its_own(cleaned, written, yuan):
    record = records(cleaned("disputes", disputes(["2025-1-2", "龙井村", "邻里", "甲某", "乙某", written, ""])))[0]
    assert record.value("amount_yuan").value == Decimal(yuan)


def test_an_optional_date_that_cannot_be_read_is_left_out_and_told(cleaned):
    result = cleaned("disputes", disputes(["2025-1-2", "龙井村", "邻里", "甲某", "乙某", "1", "2025-13-1"]))
    assert fates(result) == ["kept"]
    assert records(result)[0].value("closed_on").value is None
    assert [(i.kind, i.column) for i in result.issues] == [("value_unreadable", "结案日期")]


ONE = ["2025-1-2", "龙井村", "邻里", "甲某、乙 某", "丙某", "1", ""]
SAME = ["2025年1月2日", "青木镇龙井", "邻里纠纷", "乙某，甲某", "丙　某", "10000元", "/"]


def test_the_same_record_written_differently_is_a_duplicate(cleaned):
    result = cleaned("disputes", disputes(ONE, SAME))
    assert fates(result) == ["kept", "duplicate"]
    assert records(result)[1].reason == "与司法所/0.xlsx「Sheet1」第 3 行相同"


def test_another_party_is_another_record(cleaned):
    assert fates(cleaned("disputes", disputes(ONE, [*ONE[:4], "丁某", *ONE[5:]]))) == ["kept", "kept"]


def test_a_duplicate_in_another_file_ignores_columns_that_one_layout_lacks(cleaned):
    short = disputes(SAME[:2] + SAME[3:6], header=DISPUTES[:2] + DISPUTES[3:6])
    assert fates(cleaned("disputes", disputes(ONE), short)) == ["kept", "duplicate"]


def test_a_row_equal_to_one_that_does_not_count_is_kept(cleaned):
    assert fates(cleaned("disputes", disputes(ONE, SAME, struck={3: 6}))) == ["cancelled", "kept"]


def test_equal_rows_of_a_ledger_that_names_no_record_are_two_events(cleaned):
    result = cleaned("drills", drills(GOOD, [2, *GOOD[1:]]))
    assert fates(result) == ["kept", "kept"]
    assert [(i.kind, i.severity) for i in result.issues] == [("row_duplicate_event", "info")]


def test_no_message_repeats_a_private_value(cleaned):
    row = ["2025-13-2", "甲某", "甲某的事", "甲某", "乙某", "甲某付", "13800001234"]
    told = "".join(issue.sentence for issue in cleaned("disputes", disputes(row)).issues)
    assert "甲某" not in told
    assert "13800001234" not in told


def test_a_due_date_in_another_year_is_no_reason_to_leave_a_task_out(cleaned):
    sheet = make_sheet(
        [["任务分解台账"], ["工作任务", "责任科室", "完成时限", "是否完成"], ["某事", "司法所", "2026-01-31", "是"]]
    )
    assert fates(cleaned("tasks", sheet)) == ["kept"]


def test_an_accepted_spelling_is_read_as_what_it_means_in_any_kind_of_column(cleaned, specs, town):
    from fazhi.dictionary.aliases import Aliases
    from fazhi.town_year import town_settings

    accepted = {
        "drills.kind": {"演习": "消防"},
        "drills.participants": {"全体": 60},
        "drills.village": {"机关院坝": None},
    }
    using = town_settings(specs, town, Aliases.model_validate({"values": accepted}))
    result = cleaned("drills", drills([1, "2025-03-05", "演习", "机关院坝", "全体", ""]), using=using)
    values = [records(result)[0].value(name).value for name in ("kind", "participants", "village")]
    assert values == ["消防", 60, None]
    assert result.issues == []


def test_a_short_number_of_an_unknown_column_hides_nothing_of_a_date(cleaned):
    rows = [
        ["应急演练台账"],
        ["演练日期", "演练类型", "地点", "参与人数", "车辆"],
        ["2025-06-31", "消防", "龙井村", 20, "20"],
    ]
    (issue,) = (i for i in cleaned("drills", make_sheet(rows)).issues if i.column == "演练日期")
    assert issue.found == "“2025-06-31”（该月没有这一天）"


def test_an_amount_that_no_township_signs_is_asked_about(cleaned):
    header = [*DISPUTES[:5], "协议金额(万元)", "结案日期"]
    row = ["2025-1-2", "龙井村", "邻里", "甲某", "丙某", 35000, ""]
    result = cleaned("disputes", disputes(row, [*row[:3], "丁某", *row[4:5], 3.5, ""], header=header))
    told = [(issue.kind, issue.severity, issue.found) for issue in result.issues]
    assert told == [("amount_implausible", "warning", "有 1 行在 1 亿元以上")]


@pytest.mark.parametrize(
    ("in_wan", "amounts", "doubtful"),
    [
        (True, [12_000, 5_000, 35_000_000, 20_000], [2]), (True, [12_000, 5_000, 9_000, 20_000], []),
        (True, [30_000, 50_000, 15_000_000], []), (False, [35_000, 3, 12_000], [1]), (False, [35_000, 12.5, 120_000], [1]),
        (False, [200_000, 20, 20, 5_000], []), (False, [35_000, 12_000], []), (True, [], []),
    ],
)  # fmt: skip
def test_amounts_in_another_unit_than_their_column_stand_out(in_wan, amounts, doubtful):
    yuan = {at: Decimal(str(amount)) for at, amount in enumerate(amounts)}
    assert in_another_unit(yuan, in_wan=in_wan) == doubtful


LARGE = [
    (name, column, 4_190_000_000 if spec.kind == "money" else 4_000_000)
    for name, ledger in load_specs().ledgers.items()
    for column, spec in ledger.columns.items()
    if spec.kind in ("money", "count")
]


@pytest.mark.parametrize(("ledger", "column", "number"), LARGE, ids=[f"{name}.{column}" for name, column, _ in LARGE])
def test_every_column_of_money_or_of_counts_asks_about_numbers_of_no_township(
    cleaned, keeping, specs, ledger, column, number
):
    """The kind amount_implausible: without a year before."""
    columns = specs.ledgers[ledger].columns
    plain = {"date": "2025-03-05", "money": 3, "count": 3, "boolean": "是", "village": "龙井村", "office": "司法所"}

    def row(value: int) -> list[object]:
        return [
            value if name == column else next(iter(spec.values)) if spec.values else plain.get(spec.kind, f"甲{name}")
            for name, spec in columns.items()
        ]

    sheet = [[specs.ledgers[ledger].title], [spec.label for spec in columns.values()], row(number), row(30)]
    issues = cleaned(ledger, make_sheet(sheet), using=keeping(ledger)).issues
    assert [i.column for i in issues if i.kind == "amount_implausible"] == [columns[column].label]
    fewer = [*sheet[:2], row(5), row(30)]
    assert "amount_implausible" not in {
        i.kind for i in cleaned(ledger, make_sheet(fewer), using=keeping(ledger)).issues
    }


def test_deadlines_that_name_no_day_count_and_other_dates_stay_as_strict(cleaned):
    header = ["工作任务", "责任科室", "完成时限", "是否完成"]
    due = ["6月底前", "长期坚持", "每季度", "2025年12月", "6月前", None]
    rows = [[f"任务{at}", "司法所", day, "是"] for at, day in enumerate(due)]
    result = cleaned("tasks", make_sheet([["法治政府建设任务分解台账"], header, *rows]))
    assert fates(result) == ["kept"] * 4 + ["quarantined"] * 2
    assert [record.value("due_on").value for record in records(result)[:4]] == [
        date(2025, 6, 30), None, None, date(2025, 12, 31),
    ]  # fmt: skip
    assert fates(cleaned("drills", drills([1, "6月底前", *GOOD[2:]]))) == ["quarantined"]


@pytest.mark.parametrize(
    ("remark", "fate", "asked"),
    [
        ("撤案", "cancelled", []),
        ("不予行政处罚", "cancelled", []),
        ("已移送公安机关", "cancelled", []),
        ("移送法院强制执行", "kept", ["row_cancelled_by_remark"]),
        ("建议撤案", "kept", []),
        ("已缴清", "kept", []),
    ],
)
def test_a_case_that_was_dropped_is_no_penalty(cleaned, remark, fate, asked):
    header = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳", "备注"]
    rows = [[f"罚〔2025〕{at}号", "2025-03-05", "甲某", "占道", 100, "是", remark if at == 1 else ""] for at in (1, 2)]
    result = cleaned("penalties", make_sheet([["行政处罚台账"], header, *rows]))
    assert fates(result) == [fate, "kept"]
    assert [issue.kind for issue in result.issues] == asked


def test_a_column_that_nobody_knows_and_that_says_cases_were_dropped_is_asked_about(settings):
    """The kind column_decides."""
    header = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳", "处理意见"]
    rows = [[f"罚〔2025〕{at}号", "2025-03-05", "甲某", "占道", 100, "是", "不予处罚"] for at in (1, 2)]
    file = make_file("a.xlsx", make_sheet([["行政处罚台账"], header, *rows]))
    assert "column_decides" in {issue.kind for issue in recognise(file, settings)[1]}
