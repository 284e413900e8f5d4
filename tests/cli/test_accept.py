"""`fazhi accept` as an analyst meets it: list, decide, run again."""

import json

import pytest

from fazhi.cli.main import main
from made.counted_year import count_year
from made.sheets import write_workbook

HEADER = ["受理日期", "发生在哪", "纠纷类型", "案件来源", "调解结果"]
ROWS = [
    ["2025-01-02", "龙井村", "邻里", "网格排查", "成功"],
    ["2025-01-03", "老街片区", "邻里", "网格排查", "成功"],
    ["2025-01-04", "龙井村", "合同", "主动排查", "成功"],
]


@pytest.fixture
def town(workspace):
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEADER, *ROWS)
    write_workbook(
        workspace.raw(2025) / "值班.xlsx", ["值班安排"], ["班次", "谁", "几点", "电话"], *([["早", "甲", 8, 1]] * 4)
    )
    count_year(workspace)
    return workspace


def test_the_open_questions_are_listed_with_the_nearest_known_names(accept):
    code, told = accept()
    assert code == 1
    assert (
        "1. 矛盾纠纷调解台账「案件来源」：“网格排查”，2 处，如 司法所/纠纷.xlsx「Sheet1」第 3 行\n   相近的有：主动排查"
        in told
    )
    assert "矛盾纠纷调解台账的列名：“发生在哪”，1 处" in told
    assert "是哪一本台账：“值班.xlsx”" in told
    questions = json.loads(accept("--json")[1])
    assert [question["target"] for question in questions] == ["disputes.source", "columns.disputes", "files"]
    assert questions[1]["nearest"][0] == "村(居)"


def test_decisions_are_recorded_applied_and_numbers_stay(accept, town):
    code, told = accept("1", "主动排查", "--date", "2026-01-08")
    assert (code, told) == (
        0,
        "已记入 aliases.yml：values.disputes.source：“网格排查”为“主动排查”。下次 fazhi run 2025 起生效。\n",
    )
    assert "已记为“主动排查”，下次运行生效" in accept()[1]
    assert accept("2", "村(居)")[0] == 0
    assert accept("3", "无关")[0] == 0
    text = town.aliases_file.read_text(encoding="utf-8")
    assert "网格排查: 主动排查  # 2026-01-08\n" in text
    assert "发生在哪: village" in text
    issues = count_year(town)
    assert set(issues[issues["kind"] == "value_unknown"]["found"]) == {"“老街片区”（不在规定的取值中）"}
    assert not issues["kind"].isin(["sheet_unknown", "columns_missing"]).any() or "发生在哪" not in str(issues["found"])
    code, told = accept()
    assert "1. 矛盾纠纷调解台账「村(居)」：“老街片区”" in told
    assert accept("1", "青木")[0] == 2
    assert accept("villages", "老街片区", "金凤社区")[0] == 0
    assert "value_unknown" not in set(count_year(town)["kind"])


def test_what_is_not_known_is_refused_with_the_nearest(accept, town):
    assert (
        "没有项目“disputes.sorce”，最接近的是：disputes.source" in accept("disputes.sorce", "网格排查", "主动排查")[1]
    )
    assert "最接近的是：主动排查" in accept("1", "主动排查查")[1]
    assert "没有台账“值班表”" in accept("3", "值班表")[1]
    assert "“群众来访”本来就是规定的取值" in accept("disputes.source", "群众来访", "主动排查")[1]
    assert "不是可以对照的列" in accept("disputes.applicant", "某", "某某")[1]
    assert "没有第 9 个问题，共 3 个" in accept("9", "主动排查")[1]
    assert accept("1")[0] == 2
    assert not town.aliases_file.exists()


def test_an_earlier_decision_is_told_and_replaced_only_when_asked(accept, town):
    town.aliases_file.write_text("values:\n  disputes.source: {网格排查: 主动排查}  # 所长定\n", encoding="utf-8")
    assert accept("disputes.source", "网格排查", "主动排查")[1].startswith("aliases.yml 已有这一条，没有改动")
    code, told = accept("矛盾纠纷调解台账.案件来源", "网格 排查", "平台派单")
    assert code == 2
    assert "已写明“网格 排查”为“主动排查”，与这次的“平台派单”不一致" in told
    assert accept("disputes.source", "网格 排查", "平台派单", "--replace")[0] == 0
    assert "{网格排查: 平台派单}  # 所长定；" in town.aliases_file.read_text(encoding="utf-8")


def test_a_value_that_means_nothing_and_one_of_another_kind(accept, town):
    assert accept("1", "空")[0] == 0
    assert accept("penalties.paid", "分期", "否")[0] == 0
    assert accept("drills.held_on", "植树节", "2025-03-12")[0] == 0
    assert "不认“某天”" in accept("drills.held_on", "那天", "某天")[1]
    told = town.aliases_file.read_text(encoding="utf-8")
    assert "网格排查: null" in told
    assert "分期: false" in told
    assert "value_unknown" not in set(count_year(town).query("column == '案件来源'")["kind"])


def test_before_the_first_run(workspace, capsys):
    assert main(["accept", "--workspace", str(workspace.root)]) == 2
    assert "还没有结果。请先运行 fazhi run 2025" in capsys.readouterr().err


def test_a_category_of_the_towns_own_is_written_and_kept(accept, town):
    code, told = accept("1", "自成一类", "--date", "2026-01-08")
    assert (code, told.startswith("已记入 aliases.yml：own.disputes.source：“网格排查”自成一类。")) == (0, True)
    assert "disputes.source: [网格排查]  # 2026-01-08" in town.aliases_file.read_text(encoding="utf-8")
    assert "已记为“自成一类”" in accept()[1]
    assert accept("disputes.source", "网格排查", "自成一类")[1].startswith("aliases.yml 已有这一条")
    assert "不是分类的列，不能“自成一类”" in accept("villages", "老街片区", "自成一类")[1]
    assert "网格排查" not in str(set(count_year(town).query("kind == 'value_unknown'")["found"]))
    assert accept("disputes.source", "大厅来访", "群众来访")[0] == 0
    assert "已写明“大厅来访”为“群众来访”，没有改动" in accept("disputes.source", "大厅来访", "自成一类")[1]
