"""Answers of `fazhi accept` lead on: one for near spellings, one for what is no column or place, and never the same question again."""

import json

import pandas as pd
import pytest
import yaml

from fazhi import town_year
from made.counted_year import count_year
from made.sheets import write_workbook

HEADER = ["受理日期", "发生在哪", "纠纷类型", "案件来源", "涉及件数", "调解结果", "天气"]
ROWS = [
    ["2025-01-02", "龙井村", "邻里", "网格员日常排查", 1, "成功", "晴"],
    ["2025-01-03", "县城广场", "邻里", "网格员日常排查的", 1, "成功", "晴"],
    ["2025-01-04", "县城广场", "合同", "网格员日常 排查", 1, "成功", "雨"],
    ["植树节", "龙井村", "合同", "主动排查", 1, "成功", "雨"],
]


@pytest.fixture
def town(workspace):
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEADER, *ROWS)
    count_year(workspace)
    return workspace


def _asked(accept):
    return {question["written"]: question for question in json.loads(accept("--json")[1])}


def test_one_answer_holds_for_all_near_spellings(accept, town):
    code, told = accept()
    assert code == 1
    assert (
        "1. 矛盾纠纷调解台账「案件来源」：“网格员日常 排查”（还有“网格员日常排查”“网格员日常排查的”，一并记为同一个意思），3 处"
        in told
    )
    assert accept("1", "主动排查")[0] == 0
    count_year(town)
    sources = pd.read_parquet(town.processed(2025) / "clean" / "disputes.parquet")["source"]
    assert set(sources) == {"主动排查"}


def test_a_title_that_is_no_column_and_a_place_that_is_none_are_asked_about_once(accept, town):
    assert accept("columns.disputes", "天气", "无关")[0] == 0
    assert accept("columns.disputes", "发生在哪", "村(居)")[0] == 0
    count_year(town)
    assert "县城广场" in _asked(accept)
    assert accept("villages", "县城广场", "空")[0] == 0
    issues = count_year(town)
    asked = _asked(accept)
    assert not {"天气", "县城广场"} & set(asked)
    assert not issues[issues["kind"] == "columns_missing"]["found"].str.contains("天气").any()
    kept = pd.read_parquet(town.processed(2025) / "clean" / "disputes.parquet")
    assert kept["village"].fillna("").tolist() == ["龙井村", "", ""]


def test_a_date_that_cannot_be_read_is_in_the_list_and_its_answer_is_read(accept, town):
    assert _asked(accept)["植树节"]["target"] == "disputes.accepted_on"
    assert accept("disputes.accepted_on", "植树节", "2025-03-12")[0] == 0
    count_year(town)
    kept = pd.read_parquet(town.processed(2025) / "clean" / "disputes.parquet")
    assert str(kept["accepted_on"].max())[:10] == "2025-03-12"
    assert "植树节" not in _asked(accept)


@pytest.mark.parametrize("text", ["villages:\n", "villages: {县城广场: }\n", "offices:\nvillages: {}\n"])
def test_a_section_that_was_left_empty_is_no_mistake(town, text):
    town.aliases_file.write_text(text, encoding="utf-8")
    assert town_year.open_year(2025, town).settings.aliases.villages in ({}, {"县城广场": None})


def test_several_answers_are_given_at_once_by_number_or_by_column(accept, town):
    asked = json.loads(accept("--json")[1])
    numbers = {question["written"]: at for at, question in enumerate(asked, 1)}
    assert "天气" not in numbers  # like no column, while another title may be the one that is missing
    assert accept("columns.disputes", "天气", "无关")[0] == 0
    assert accept(f"{numbers['发生在哪']}=村(居)", f"{numbers['植树节']}=2025-03-12")[0] == 0
    assert accept("disputes.source", "网格员日常排查=主动排查", "网格员日常排查的=主动排查", "巡逻=空")[0] == 0
    told = town.aliases_file.read_text(encoding="utf-8")
    assert "天气: 无关" in told
    assert yaml.safe_load(told)["values"]["disputes.accepted_on"] == {"植树节": "2025-03-12"}
    assert "网格员日常排查的: 主动排查" in told
    assert "巡逻: null" in told


def test_of_several_answers_none_is_recorded_where_one_is_wrong(accept, town):
    code, told = accept("disputes.source", "网格员日常排查=主动排查", "巡逻=主动排查查")
    assert code == 2
    assert "最接近的是：主动排查" in told
    assert not town.aliases_file.exists()
