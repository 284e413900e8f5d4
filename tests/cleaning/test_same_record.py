"""Records that name the same event but differ: one counts, both are shown; equal rows without names are events of their own."""

import pytest

from made.sheets import make_sheet

DISPUTES = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"]
CASE = ["2025-03-05", "龙井村", "邻里纠纷", "张三丰", "李四光", "群众来访", "调解中", 0]
OTHER = ["2025-04-05", "青木村", "邻里纠纷", "王小五", "赵小六", "群众来访", "调解成功", 500]


def sheet(*rows):
    return make_sheet([["矛盾纠纷调解台账"], DISPUTES, *rows])


def amended(case, **columns):
    places = {"outcome": 6, "amount": 7, "day": 0}
    row = list(case)
    for name, value in columns.items():
        row[places[name]] = value
    return row


def told(result):
    return [(issue.kind, issue.severity, issue.row) for issue in result.issues]


def kept(result, name):
    return list(result.kept_values(name))


def test_the_later_stage_counts_wherever_it_stands(cleaned):
    done = amended(CASE, outcome="调解成功", amount=800)
    for sheets in ((sheet(CASE, OTHER), sheet(done)), (sheet(done), sheet(CASE, OTHER))):
        result = cleaned("disputes", *sheets)
        assert sorted(kept(result, "outcome")) == ["调解成功", "调解成功"]
        assert [kind for kind, *_ in told(result)] == ["record_amended"]


def test_both_rows_and_what_differs_are_shown_without_a_name(cleaned):
    issue = cleaned("disputes", sheet(CASE), sheet(amended(CASE, outcome="调解成功"))).issues[0]
    assert issue.severity == "warning"
    assert "司法所/0.xlsx「Sheet1」第 3 行" in issue.sentence and "司法所/1.xlsx" in issue.sentence
    assert "调解结果调解中改为调解成功" in issue.sentence
    assert "张三丰" not in issue.sentence


def many(amount):
    """Ten cases, of which the first two have this amount."""
    people = "甲乙丙丁戊己庚辛壬癸"
    return [
        [
            f"2025-02-{n + 1:02}",
            "龙井村",
            "邻里纠纷",
            f"张小{who}",
            f"李大{who}",
            "群众来访",
            "调解成功",
            amount if n < 2 else 5,
        ]
        for n, who in enumerate(people)
    ]


def test_amended_twice_counts_once_with_the_last(cleaned):
    result = cleaned("disputes", *(sheet(*many(amount)) for amount in (100, 200, 300)))
    assert sorted(float(value) for value in kept(result, "amount_yuan")) == [5.0] * 8 + [300.0] * 2
    assert {(kind, severity) for kind, severity, _ in told(result)} == {("record_amended", "warning")}


def test_two_offices_that_share_some_cases_count_them_once(cleaned):
    others = [
        ["2025-05-05", "青木村", "合同纠纷", f"王二{n}", f"赵三{n}", "主动排查", "调解成功", 7] for n in "子丑寅卯辰"
    ]
    result = cleaned("disputes", sheet(*many(100)), sheet(*[[*row[:7], 6] for row in many(5)[:5]], *others))
    assert len(kept(result, "outcome")) == 15
    assert {kind for kind, severity, _ in told(result) if severity == "warning"} == {"records_amended"}


def test_a_single_pair_that_differs_counts_twice_until_decided(cleaned):
    result = cleaned("disputes", sheet(OTHER, amended(OTHER, amount=600)))
    assert len(kept(result, "outcome")) == 2
    assert told(result) == [("record_alike", "warning", 3)]


def test_the_same_parties_on_another_day_are_another_case(cleaned):
    result = cleaned("disputes", sheet(CASE, amended(CASE, day="2025-06-01")))
    assert len(kept(result, "outcome")) == 2
    assert told(result) == []


def test_decisions_in_two_offices_ledgers_count_once(cleaned):
    head = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]
    rows = [[f"青罚〔2025〕{n}号", "2025-03-05", f"某{n}店", "占道经营", 200, "是"] for n in range(1, 6)]
    again = [[*row[:4], 300, "是"] for row in rows]
    sheets = (make_sheet([["行政处罚台账"], head, *some]) for some in (rows, again))
    result = cleaned("penalties", *sheets)
    assert [float(value) for value in kept(result, "fine_yuan")] == [300.0] * 5


def test_consultations_without_names_are_events_of_their_own_and_asked_about_once(cleaned):
    head = ["咨询日期", "咨询事项", "咨询方式", "件次"]
    rows = [["2025-03-05", "劳动争议", "来访", 1]] * 5
    result = cleaned("consultations", make_sheet([["法律咨询登记台账"], head, *rows]))
    assert len(kept(result, "cases")) == 5
    (issue,) = [issue for issue in result.issues if issue.kind == "identity_missing"]
    assert issue.found == "没有填写咨询人、联系电话，其中 4 行与别的行完全相同"


@pytest.mark.parametrize(
    ("parties", "asked"),
    [(("张某", "李某"), ["identity_missing"]), (("张*", "李**"), ["identity_missing"]), (("张三丰", "李四光"), []), (("张某", "李四光"), [])],
)  # fmt: skip
def test_equal_rows_whose_people_are_masked_count_once_and_are_asked_about(cleaned, parties, asked):
    case = [*CASE[:3], *parties, *CASE[5:]]
    result = cleaned("disputes", sheet(case, case))
    assert result.parts[0].fates == ["kept", "duplicate"]
    assert [kind for kind, *_ in told(result)] == asked


def test_every_row_has_one_fate(cleaned):
    result = cleaned("disputes", sheet(*many(100)), sheet(*many(200)))
    assert [part.fates.count("superseded") for part in result.parts] == [2, 0]
    assert [part.fates.count("duplicate") for part in result.parts] == [0, 8]
    assert all(len(told.fates) == 12 for told in result.fates)
