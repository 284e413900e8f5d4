"""What a form can say of its rows and cells: each feature on a sheet small enough to check by hand."""

from typing import Any

import pytest

from fazhi.cleaning.clean import clean
from fazhi.cleaning.records import Cleaned
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.form import form_of_content
from fazhi.recognition.ledgers import recognise
from fazhi.town_year import town_settings
from made.sheets import make_file, make_sheet, records


@pytest.fixture
def read(specs, town):
    """Clean one sheet on a form: read(form's content, rows) gives what is cleaned and the issues of its recognition."""

    def run(
        content: dict[str, Any], rows: list[list[Any]], *, path="司法所/表.xlsx", name="Sheet1", **more: Any
    ) -> tuple[Cleaned, list]:
        form = form_of_content("own", {"title": "本镇的表", **content}, specs.ledgers)
        settings = town_settings(specs, town, Aliases(), [form])
        file = make_file(path, make_sheet(rows, name, **more))
        tables, issues = recognise(file, settings)
        return clean(specs.ledgers[form.ledger], [(file, table) for table in tables], settings, 2025), issues

    return run


CONTRACTS = {
    "ledger": "contracts",
    "headings": ["文件名", "种类", "何日", "结论"],
    "columns": {"文件名": "contract", "何日": "reviewed_on", "结论": "opinion"},
    "where": {"种类": ["*合同*"]},
}
HEADER = ["文件名", "种类", "何日", "结论"]


def told(issues) -> list[tuple[str, int | None]]:
    return [(issue.kind, issue.row) for issue in issues if issue.kind != "columns_missing"]


def test_rows_of_other_ledgers_are_set_aside_and_told(read):
    rows = [HEADER, ["甲", "行政合同", "2025-03-05", "同意"], ["乙", "规范性文件", "2025-03-06", "同意"]]
    result, issues = read(CONTRACTS, rows)
    assert [(record.fate, record.reason) for record in records(result)] == [
        ("kept", ""),
        ("other_ledger", "种类不是本台账的"),
    ]
    assert told(issues) == [("rows_other_ledger", None)]
    assert "规范性文件" in next(issue.found for issue in issues if issue.kind == "rows_other_ledger")


def test_a_row_that_may_belong_elsewhere_is_verified_first(read):
    content = {**CONTRACTS, "elsewhere": {"种类": ["*文件*"]}}
    rows = [HEADER, ["甲", "", "2025-03-05", "同意"], ["乙", "招商项目", "2025-03-06", "同意"]]
    result, issues = read(content, rows)
    assert [record.fate for record in records(result)] == ["quarantined", "quarantined"]
    assert told(issues) == [("row_quarantined", 2), ("row_quarantined", 3)]


def test_only_rows_of_ours_count(read):
    content = {**CONTRACTS, "where": {"种类": ["本镇"]}}
    rows = [HEADER, ["甲", "青木镇人民政府", "2025-03-05", "同意"], ["乙", "白沙镇", "2025-03-06", "同意"]]
    assert [record.fate for record in records(read(content, rows)[0])] == ["kept", "other_ledger"]


HAZARDS = {
    "ledger": "inspections",
    "headings": ["日子", "单位", "问题", "销号"],
    "columns": {"日子": "inspected_on", "单位": "target"},
    "ignore": ["问题"],
    "record": ["日子", "单位"],
    "count": {"hazards_found": {"问题": ["*"]}, "hazards_fixed": {"销号": ["是"]}},
}


def test_hazards_as_rows_make_visits_with_their_numbers(read):
    rows = [
        ["日子", "单位", "问题", "销号"],
        ["2025-03-05", "甲厂", "电线", "√"],
        [None, None, "灭火器", "否"],
        ["2025-03-06", "乙厂", "通道", "√"],
        ["2025-03-05", "甲厂", "台账", "√"],
    ]
    result, issues = read(HAZARDS, rows, merged=[(1, 0, 2, 0), (1, 1, 2, 1)])
    assert (result.kept, result.kept_values("hazards_found"), result.kept_values("hazards_fixed")) == (
        2,
        [3, 1],
        [2, 1],
    )
    assert result.fates[0].reasons == ["header", "", "part", "", "part"]
    assert told(issues) == [("rows_joined", 3)]


def test_where_records_cannot_be_told_apart_that_is_asked(read):
    content = {**HAZARDS, "headings": ["日子", "问题", "销号"]}
    rows = [["日子", "问题", "销号"], ["2025-03-05", "电线", "√"], ["2025-03-05", "通道", "√"]]
    assert ("column_decides", None) in told(read(content, rows)[1])


@pytest.mark.parametrize("nothing", ["无", "/", "未发现隐患", "无安全隐患", None])
def test_nothing_found_is_no_hazard(read, nothing):
    rows = [["日子", "单位", "问题", "销号"], ["2025-03-05", "甲厂", nothing, ""], ["2025-03-06", "乙厂", "电线", "是"]]
    result, _ = read(HAZARDS, rows)
    assert (result.kept, result.kept_values("hazards_found")) == (2, [0, 1])


def test_what_may_be_counted_or_not_is_asked_about(read):
    rows = [["日子", "单位", "问题", "销号"], ["2025-03-05", "甲厂", "电线", "见附件"]]
    result, issues = read(HAZARDS, rows)
    assert result.kept_values("hazards_fixed") == [0]
    assert told(issues) == [("column_decides", 2)]


def test_a_row_counts_once_where_there_is_no_number(read):
    content = {"ledger": "consultations", "headings": ["何日", "何人", "何事"], "columns": {"何日": "consulted_on"}}
    rows = [["何日", "何人", "何事"], ["2025-03-05", "甲", "乙"], ["2025-03-06", "丙", "丁"]]
    assert read({**content, "count": {"cases": {}}}, rows)[0].kept_values("cases") == [1, 1]
    assert read({**content, "constants": {"cases": 1}}, rows)[0].kept_values("cases") == [1, 1]
    numbered = [[*rows[0], "件次"], [*rows[1], 3]]
    assert read({**content, "constants": {"cases": 1}}, numbered)[0].kept_values("cases") == [3]


def test_numbers_in_several_columns_add_up(read):
    content = {
        "ledger": "inspections",
        "headings": ["日子", "单位", "当场整改", "已复查"],
        "columns": {"日子": "inspected_on", "单位": "target"},
        "sum": {"hazards_fixed": ["当场整改", "已复查"]},
    }
    rows = [["日子", "单位", "当场整改", "已复查"], ["2025-03-05", "甲", 2, 1], ["2025-03-06", "乙", None, "不详"]]
    result, issues = read(content, rows)
    assert [record.fate for record in records(result)] == ["kept", "quarantined"]
    assert result.kept_values("hazards_fixed") == [3]
    short = [row[:3] for row in rows]
    assert ("column_decides", None) not in told(issues)
    found, issues = read({**content, "headings": ["日子", "单位", "当场整改"]}, short)
    assert "hazards_fixed" not in found.parts[0].table.columns
    assert ("column_decides", None) in told(issues)


@pytest.mark.parametrize(
    ("piece", "written", "village"),
    [
        ({"split": "-", "at": 3}, "青山区-青木镇-龙井村-第2网格", "龙井村"),
        ({"split": "/", "at": -1}, "青木镇/金凤社区", "金凤社区"),
        ({}, "龙井村村委会广场", "龙井村"),
        ({}, "龙井村与金凤社区交界处", None),
        ({}, "镇政府三楼会议室", None),
    ],
)
def test_a_piece_of_a_cell_is_read(read, piece, written, village):
    content = {
        "ledger": "drills",
        "headings": ["何日", "何处", "几人"],
        "columns": {"何日": "held_on", "何处": "village", "几人": "participants"},
        "part": {"village": piece},
    }
    result, _ = read(content, [["何日", "何处", "几人"], ["2025-03-05", written, 30]])
    assert result.kept_values("village") == [village]


DECISIONS = {
    "ledger": "decisions",
    "headings": ["何日", "何事", "论证"],
    "columns": {"何日": "decided_on", "何事": "matter"},
}


WRITTEN = ["网站公示", "青府〔2025〕3号", "否", "", "/", "未论证"]


def test_whatever_is_filled_in_means_yes_but_a_denial(read):
    content = {**DECISIONS, "columns": {**DECISIONS["columns"], "论证": "expert_review"}, "filled": ["expert_review"]}
    rows = [["何日", "何事", "论证"]]
    rows += [["2025-03-05", f"事{n}", cell] for n, cell in enumerate(WRITTEN)]
    assert read(content, rows)[0].kept_values("expert_review") == [True, True, False, None, None, False]


def test_a_list_of_procedures_in_one_cell_is_told_apart(read):
    words = {"expert_review": ["专家论证"], "risk_assessment": ["风险评估"]}
    content = {**DECISIONS, "listed": {"论证": words}}
    rows = [["何日", "何事", "论证"]]
    rows += [
        ["2025-03-05", f"事{n}", cell]
        for n, cell in enumerate(["专家论证、风险评估", "风险评估", "未经专家论证", "见档案"])
    ]
    result, _ = read(content, rows)
    assert result.kept_values("expert_review") == [True, False, None, None]
    assert result.kept_values("risk_assessment") == [True, True, False, None]
    assert [issue.kind for issue in result.issues].count("value_unreadable") == 3


@pytest.mark.parametrize(
    ("title", "sheet", "file", "value"),
    [
        ("龙井村调解台账", "Sheet1", "表", "龙井村"),
        ("调解台账", "金凤社区", "龙井村", "金凤社区"),
        ("调解台账", "Sheet1", "青木村", "青木村"),
    ],
)
def test_a_village_is_taken_from_the_title_the_sheet_or_the_file(read, title, sheet, file, value):
    content = {
        "ledger": "disputes",
        "headings": ["何日", "甲方", "乙方"],
        "columns": {"何日": "accepted_on"},
        "taken": {"village": ["title", "sheet", "file"]},
    }
    rows = [[title], ["何日", "甲方", "乙方"], ["2025-03-05", "张", "李"]]
    result, issues = read(content, rows, path=f"司法所/{file}.xlsx", name=sheet)
    assert result.kept_values("village") == [value]
    assert ("value_taken", None) in told(issues)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("清理结果（截至2025年6月30日）", "2025-06-30"),
        ("2025年6月清理结果", "2025-06-30"),
        ("2025年度清理结果", "2025-12-31"),
        ("2025年1月1日至6月30日清理结果", "2025-06-30"),
        ("2025年度清理结果 清理时间：2025年10月20日", "2025-10-20"),
        ("2025年度清理结果 填报日期：2025年11月2日", "2025-12-31"),
        ("清理结果", None),
    ],
)
def test_a_date_is_taken_from_the_title(read, title, day):
    content = {
        "ledger": "normative_documents",
        "headings": ["名目", "字号", "意见"],
        "columns": {"名目": "document", "字号": "document_no", "意见": "result"},
        "taken": {"reviewed_on": ["title"]},
    }
    result, issues = read(content, [[title], ["名目", "字号", "意见"], ["甲", "1号", "废止"]])
    assert [str(value) for value in result.kept_values("reviewed_on")] == ([day] if day else [])
    assert ("columns_missing" in {issue.kind for issue in issues if issue.severity == "error"}) is (day is None)


def test_nothing_is_read_of_a_plan_and_a_town_need_not_be_told_again(specs, town):
    content = {"title": "演练计划", "kind": "plan", "headings": ["何日", "何处", "几人"]}
    file = make_file("应急管理办/演练.xlsx", make_sheet([["何日", "何处", "几人"], ["2025-03-05", "龙井村", 30]]))
    for of_town, kinds in ((True, []), (False, ["sheet_unknown"])):
        form = form_of_content("own", content, specs.ledgers, of_town)
        tables, issues = recognise(file, town_settings(specs, town, Aliases(), [form]))
        assert (tables, [issue.kind for issue in issues]) == ([], kinds)


def test_a_value_may_mean_nothing_and_a_header_may_be_said(read):
    content = {
        "ledger": "publicity",
        "headings": ["何日", "何种", "几人"],
        "header": [3, 3],
        "columns": {"何日": "held_on", "何种": "kind", "几人": "people"},
        "values": {"kind": {"讲座": None}},
    }
    rows = [["何日", "何种", "几人"], ["填", "填", "填"], ["何日", "何种", "几人"], ["2025-03-05", "讲座", 30]]
    result, _ = read(content, rows)
    assert (result.kept_values("kind"), result.kept_values("people")) == ([None], [30])
    assert [issue.kind for issue in result.issues] == []
