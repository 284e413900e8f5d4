"""A district's ledger: this town's rows count, the others have a fate that says so."""

import pytest

from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet, records

HEAD = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]


def district(title, *towns, merged=(), place=0):
    rows = [["行政处罚台账"], [*HEAD[:place], title, *HEAD[place:]]]
    for number, town in enumerate(towns, 1):
        row = [f"罚决〔2025〕{number}号", f"2025-0{number}-07", f"张小{number}", "占道经营", 100 * number, "是"]
        rows.append([*row[:place], town, *row[place:]])
    return make_sheet(rows, merged=list(merged))


def fates(result):
    return [record.fate for record in records(result)]


def asked(result):
    return [issue.kind for issue in result.issues if issue.severity != "info"]


@pytest.mark.parametrize("title", ["镇街", "所属镇街", "乡镇（街道）", "镇（街道）", "属地"])
@pytest.mark.parametrize("own", ["青木镇", "青木", "青木镇人民政府", "渝江区青木镇", "本镇"])
def test_only_this_towns_rows_count(cleaned, title, own):
    result = cleaned("penalties", district(title, own, "白沙镇", "石门街道", own))
    assert fates(result) == ["kept", "other_town", "other_town", "kept"]
    assert [int(value) for value in result.kept_values("fine_yuan")] == [100, 400]


def test_one_line_tells_how_many_rows_are_whose(cleaned):
    result = cleaned("penalties", district("镇街", "青木镇", "白沙镇", "白沙镇", "石门街道"))
    told = [issue for issue in result.issues if issue.kind == "rows_elsewhere"]
    assert [issue.found for issue in told] == ["本镇 1 行；别的镇街 3 行（白沙镇 2、石门街道 1），不计入"]
    assert asked(result) == []


def test_merged_towns_are_those_of_all_their_rows(cleaned):
    result = cleaned("penalties", district("镇街", "青木镇", None, "白沙镇", None, merged=[(2, 0, 3, 0), (4, 0, 5, 0)]))
    assert fates(result) == ["kept", "kept", "other_town", "other_town"]


def test_faults_in_other_towns_rows_are_not_asked_about(cleaned):
    sheet = district("镇街", "青木镇", "白沙镇", place=6)
    sheet.rows[3][1] = "待定"
    result = cleaned("penalties", sheet)
    assert fates(result) == ["kept", "other_town"] and asked(result) == []


def kinds(settings, sheet):
    from fazhi.recognition.ledgers import recognise
    from made.sheets import make_file

    return [issue.kind for issue in recognise(make_file("a.xlsx", sheet), settings)[1] if issue.severity != "info"]


@pytest.mark.parametrize(
    "towns",
    [("白沙镇", "石门街道"), ("青木镇", "青木镇、白沙镇"), ("青木镇", "青木镇工业园")],
    ids=["none fits", "two at once", "not quite"],
)
def test_what_is_not_certain_is_asked_about(settings, towns):
    assert kinds(settings, district("镇街", *towns)) == ["column_decides"]


def test_where_a_person_lives_says_nothing_of_whose_row_it_is(cleaned, settings):
    sheet = district("当事人所属乡镇", "青木镇", "白沙镇")
    assert kinds(settings, sheet) == ["column_decides"]
    assert fates(cleaned("penalties", sheet)) == ["kept", "kept"]


def test_a_column_that_says_the_same_town_throughout_is_no_question(settings):
    assert kinds(settings, district("镇街", "青木镇", "青木镇")) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["白沙镇行政处罚台账"], "表上写着“白沙镇”，不是青木镇的"), (["渝江区白沙镇2025年行政处罚台账"], "表上写着“白沙镇”，不是青木镇的"),
        (["行政处罚台账", "填报单位：石门街道综合行政执法大队"], "表上写着“石门街道”，不是青木镇的"),
        (["青木镇行政处罚台账"], None), (["渝江区青木镇行政处罚台账"], None), (["各镇（街道）行政处罚台账"], None), (["村镇建设行政处罚台账"], None),
        (["乡镇行政处罚台账"], None), (["送法下乡行政处罚台账"], None), (["行政处罚台账", "填报单位：综合行政执法大队"], None),
        (["白沙镇、青木镇联合行政处罚台账", "青木镇综合行政执法大队"], None),
    ],
)  # fmt: skip
def test_a_table_under_another_towns_name_is_asked_about(settings, lines, found):
    row = ["罚决〔2025〕1号", "2025-03-07", "张小甲", "占道经营", 100, "是"]
    file = make_file("综合行政执法大队/行政处罚台账.xlsx", make_sheet([*[[line] for line in lines], HEAD, row]))
    told = [issue.found for issue in recognise(file, settings)[1] if issue.kind == "column_decides"]
    assert told == ([found] if found else [])
