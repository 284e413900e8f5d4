"""Forms: known by all their headings, read by what they say, and a plan is asked about."""

import pytest

from fazhi.dictionary.form import Form, check_form, load_forms
from fazhi.dictionary.loading import load_specs
from fazhi.errors import SpecError
from fazhi.recognition.forms import form_columns, form_of, intended_only
from fazhi.recognition.headers import Header
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet

FORM = Form(
    id="visits",
    title="检查表",
    source="test",
    ledger="inspections",
    headings=("检查时间", "检查单位名称", "单位地址", "发现问题（条）"),
    columns={"检查单位名称": "target"},
    ignore=("单位地址",),
)


def header(*titles: str) -> Header:
    return Header(0, 0, tuple((title,) for title in titles))


def on(*titles: str):
    return make_sheet([list(titles), ["1"] * len(titles)])


def test_a_form_is_known_by_all_its_headings_in_any_order() -> None:
    whole = on("序号", "发现问题", "单位地址", "检查单位名称", "检查时间")
    found = form_of(whole, [FORM])
    assert found is not None and found[0] == FORM and found[1].last_row == 0
    assert form_of(on("检查时间", "检查单位名称", "发现问题"), [FORM]) is None
    assert form_of(whole, [FORM, FORM]) is None


LONG = FORM.model_copy(update={"id": "long", "headings": tuple("甲乙丙丁戊己")})


@pytest.mark.parametrize(
    ("titles", "known"),
    [
        ("甲乙丙丁戊己", True),
        ("己甲乙丙丁戊庚", True),  # moved, one added
        ("甲乙丙丁戊", True),  # one dropped
        ("甲乙丙丁戊庚", True),  # one reworded
        ("甲乙丙丁", False),
    ],
)
def test_a_form_of_many_headings_stands_small_changes(titles: str, known: bool) -> None:
    assert (form_of(on(*titles), [LONG]) is not None) is known


def test_a_whole_match_goes_before_one_with_something_missing_and_a_towns_own_before_the_packages() -> None:
    other = LONG.model_copy(update={"id": "other", "headings": (*tuple("甲乙丙丁戊"), "庚")})
    town = LONG.model_copy(update={"id": "town", "of_town": True})
    assert [form_of(on(*"甲乙丙丁戊庚"), forms)[0].id for forms in ([LONG, other], [LONG, town])] == ["other", "town"]


def test_a_form_outranks_the_ledgers_own_titles() -> None:
    written = header("检查时间", "被检查单位", "检查单位名称", "单位地址")
    titles = {"被检查单位": "target", "检查时间": "inspected_on", "单位地址": "field"}
    assert form_columns(FORM, written, titles) == {"target": 2, "inspected_on": 0}


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("应急演练计划表", "计划"),
        ("应急演练台账", ""),
        ("工作计划", ""),
        ("应急演练方案", "方案"),
        ("2025年应急演练安排表（第一季度）", "安排"),
        ("关于开展应急演练的通知", "通知"),
        ("应急演练目录", "目录"),
    ],
)
def test_a_plan_beside_the_ledgers_name_is_no_record(title: str, word: str) -> None:
    assert intended_only([title], load_specs().ledgers["drills"]) == word


def test_a_list_of_what_is_there_is_no_plan() -> None:
    ledgers = load_specs().ledgers
    assert intended_only(["行政规范性文件清理结果目录"], ledgers["normative_documents"]) == ""
    assert intended_only(["法律服务事项目录"], ledgers["service_items"]) == ""


def test_headings_are_no_titles(settings) -> None:
    sheet = make_sheet(
        [["姓名", "是否监督工作人员", "电话", "备注", "民族"], ["甲", "否", "1", "", "汉"], ["乙", "否", "2", "", "汉"]]
    )
    kinds = [issue.kind for issue in recognise(make_file("某办/名单.xlsx", sheet), settings)[1]]
    assert kinds == ["sheet_unknown"]


def test_shipped_forms_name_what_exists() -> None:
    ledgers = load_specs().ledgers
    assert {form.ledger for form in load_forms()} <= {"", *ledgers}
    assert all(form.source for form in load_forms()), "a form that is shipped says where it comes from"
    with pytest.raises(SpecError, match="targt"):
        check_form(FORM.model_copy(update={"columns": {"检查单位名称": "targt"}}), ledgers)
