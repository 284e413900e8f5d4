"""Whole tables compared: cumulative months, the same file twice, newer versions; and what only looks alike."""

from types import SimpleNamespace

import pytest

from fazhi.cleaning import versions
from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.version_names import later, named_as_versions, names_months_up_to
from made.sheets import make_sheet

HEAD = ["演练日期", "演练类型", "地点", "参与人数"]
YEAR = [[f"2025-{month:02}-05", "消防", "龙井村", 40 + month] for month in range(1, 13)]
DISPUTES = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"]


def drills(rows, name="Sheet1", **more):
    return make_sheet([["应急演练台账"], HEAD, *rows], name, **more)


def disputes(rows, name="Sheet1"):
    return make_sheet([["矛盾纠纷调解台账"], DISPUTES, *rows], name)


def cases(count, outcome="调解成功", amount=100):
    return [
        [
            f"2025-03-{day:02}",
            "龙井村",
            "邻里纠纷",
            f"张某{chr(0x4E00 + day)}",
            f"李某{chr(0x4E00 + day)}",
            "群众来访",
            outcome,
            amount,
        ]
        for day in range(1, count + 1)
    ]


def fates(result):
    return [part.fates.count("kept") for part in result.parts]


def asked(result):
    return [(issue.kind, issue.severity) for issue in result.issues]


def test_months_that_repeat_the_months_before_count_once(cleaned):
    result = cleaned("drills", *(drills(YEAR[:month]) for month in range(1, 13)))
    assert fates(result) == [0] * 11 + [12]
    assert set(asked(result)) == {("table_contained", "info")}
    sentence = result.issues[0].sentence
    assert "0.xlsx" in sentence and "第 3 行都已包含在 司法所/11.xlsx「Sheet1」第 3—14 行" in sentence


def test_the_same_table_sent_twice_counts_once_though_its_rows_name_no_record(cleaned):
    result = cleaned("drills", drills(YEAR[:6]), drills(YEAR[:6]))
    assert sum(fates(result)) == 6


def test_two_villages_with_one_equal_row_are_two_tables(cleaned):
    result = cleaned("drills", drills(YEAR[:3]), drills([YEAR[0], *YEAR[6:9]]))
    assert sum(fates(result)) == 7


def test_amended_rows_of_a_newer_version_replace_the_older_ones_and_are_asked_about(cleaned):
    amended = [*cases(20), *([*row[:7], 999] for row in cases(24)[20:])]
    result = cleaned("disputes", disputes(cases(24)), disputes(amended))
    assert sum(fates(result)) == 24
    assert [float(value) for value in result.kept_values("amount_yuan")].count(999.0) == 4
    assert {kind for kind, severity in asked(result) if severity == "warning"} == {"records_amended"}


@pytest.mark.parametrize("masks", [("某某", "某某"), ("**", "*"), ("某甲", "某乙")])
def test_a_copy_with_masked_names_does_not_count_and_is_asked_about(cleaned, masks):
    masked = [[*row[:3], row[3][0] + masks[0], row[4][0] + masks[1], *row[5:]] for row in cases(12)]
    result = cleaned("disputes", disputes(cases(12)), disputes(masked))
    assert (fates(result), asked(result)) == ([12, 0], [("table_masked", "warning")])


def test_a_table_of_masked_names_alone_counts(cleaned):
    masked = [[*row[:3], "张某某", "李某某", *row[5:]] for row in cases(12)]
    assert sum(fates(cleaned("disputes", disputes(cases(24)[12:]), disputes(masked)))) == 24


def test_names_say_which_version_is_newer(cleaned):
    amended = [*cases(20), *([*row[:7], 999] for row in cases(24)[20:])]
    result = cleaned("disputes", disputes(amended, "台账（改）"), disputes(cases(24), "台账"))
    assert sum(fates(result)) == 24
    assert [float(value) for value in result.kept_values("amount_yuan")].count(999.0) == 4
    assert ("table_version", "info") in asked(result)


def test_rows_deleted_in_the_newer_version_are_asked_about(cleaned):
    result = cleaned("disputes", disputes(cases(24), "初稿"), disputes(cases(20)[:19] + cases(25)[24:], "定稿"))
    assert sum(fates(result)) == 25
    assert asked(result) == [("table_version", "warning")]


def test_a_nameless_table_is_replaced_as_a_whole_by_its_newer_version(cleaned):
    result = cleaned("drills", drills(YEAR, "演练"), drills([*YEAR[:10], [*YEAR[10][:3], 99], YEAR[11]], "演练(改)"))
    assert fates(result) == [0, 12]
    assert asked(result) == [("table_version", "info")]


@pytest.mark.parametrize(
    "name", ["旧表", "已删除", "备份", "演练（作废）", "bak", "计划", "草稿", "填写模板", "剔除", "已删"]
)
def test_a_sheet_called_old_waits_and_is_asked_about(cleaned, name):
    result = cleaned("drills", drills(YEAR[:4]), drills(YEAR[6:9], name))
    assert [part.fates.count("quarantined") for part in result.parts] == [0, 3]
    assert asked(result) == [("sheet_set_aside", "error")]


@pytest.mark.parametrize("name", ["老旧小区", "旧城改造", "新旧动能", "计划完成情况", "演练台账（含方案）"])
def test_a_name_in_which_old_means_something_else_counts(cleaned, name):
    assert sum(fates(cleaned("drills", drills(YEAR[:4], name)))) == 4


def test_a_hidden_sheet_that_a_shown_one_holds_asks_nothing(cleaned):
    result = cleaned("drills", drills(YEAR[:4], "稿", visible=False), drills(YEAR))
    assert fates(result) == [0, 12]
    assert asked(result) == [("table_contained", "info")]


def test_a_hidden_sheet_replaces_nothing(cleaned):
    result = cleaned("drills", drills(YEAR[:4]), drills(YEAR, "全部", visible=False))
    assert fates(result)[0] == 4
    assert ("sheet_set_aside", "error") in asked(result)


def test_a_thousand_monthly_files_are_compared_with_their_neighbours_only(cleaned, monkeypatch):
    compared = []
    judge = versions._judge
    monkeypatch.setattr(versions, "_judge", lambda *told: compared.append(told[2:]) or judge(*told))
    rows = [[f"2025-{1 + n // 28:02}-{1 + n % 28:02}", "消防", "龙井村", n] for n in range(300)]
    result = cleaned("drills", *(drills(rows[: n + 1]) for n in range(0, 300, 5)))
    assert sum(fates(result)) == 296
    assert len(compared) < 60 * 2


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("初稿/台账", "定稿/台账"),
        ("台账12月5日", "台账12月28日"),
        ("台账1205", "台账1228"),
        ("台账2025.12.05", "台账12.28"),
        ("报送稿", "报送稿终"),
    ],
)
def test_names_of_folders_and_days_say_which_of_two_is_newer(older, newer):
    one, other = (
        CleanTable(
            f"{name}.xlsx", SimpleNamespace(set_aside="", sheet=SimpleNamespace(name="Sheet1")), None, {}, [], []
        )
        for name in (older, newer)
    )
    assert named_as_versions(one, other) and later(other, one, of_versions=False)
    assert not later(one, other, of_versions=False)


@pytest.mark.parametrize(
    ("name", "months"), [("1-3月", 3), ("12月5日", 0), ("1月1日至6月30日", 6), ("3月", 3), ("全年", 12)]
)
def test_a_day_in_a_name_is_no_month_that_the_table_runs_up_to(name, months):
    part = CleanTable(f"{name}.xlsx", SimpleNamespace(set_aside="", sheet=SimpleNamespace(name="表")), None, {}, [], [])
    assert names_months_up_to(part) == months
