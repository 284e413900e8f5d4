"""Forms: known by all their headings, read by what they say, and a plan is asked about."""

import pytest

from fazhi.dictionary.form import Form, check_form, load_forms
from fazhi.dictionary.loading import load_specs
from fazhi.errors import SpecError
from fazhi.recognition.forms import form_columns, form_of, intended_only
from fazhi.recognition.headers import Header

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


def test_a_form_is_known_by_all_its_headings_in_any_order() -> None:
    whole = header("序号", "发现问题", "单位地址", "检查单位名称", "检查时间")
    assert form_of([whole], [FORM]) == (FORM, whole)
    assert form_of([header("检查时间", "检查单位名称", "发现问题")], [FORM]) is None
    assert form_of([whole], [FORM, FORM]) is None


def test_a_form_outranks_the_ledgers_own_titles() -> None:
    written = header("检查时间", "被检查单位", "检查单位名称", "单位地址")
    titles = {"被检查单位": "target", "检查时间": "inspected_on", "单位地址": "field"}
    assert form_columns(FORM, written, titles) == {"target": 2, "inspected_on": 0}


@pytest.mark.parametrize(
    ("title", "word"), [("应急演练计划表", "计划"), ("应急演练台账", ""), ("工作计划", ""), ("应急演练方案", "方案")]
)
def test_a_plan_beside_the_ledgers_name_is_no_record(title: str, word: str) -> None:
    assert intended_only([title], load_specs().ledgers["drills"]) == word


def test_shipped_forms_name_what_exists() -> None:
    ledgers = load_specs().ledgers
    assert {form.ledger for form in load_forms()} <= set(ledgers)
    with pytest.raises(SpecError, match="targt"):
        check_form(FORM.model_copy(update={"columns": {"检查单位名称": "targt"}}), ledgers)
