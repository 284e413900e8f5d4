"""Habits of reporting the same thing more than once, in ledgers that name their records and in those that do not.

Each ends with the right count, or with a question and the figures marked; never with a silent doubling or loss.
"""

from collections import Counter

import pytest

from fazhi.cleaning.clean import clean
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet

HEADS = {
    "drills": ("应急演练台账", ["演练日期", "演练类型", "地点", "参与人数"]),
    "disputes": (
        "矛盾纠纷调解台账",
        ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"],
    ),
    "penalties": ("行政处罚台账", ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "是否缴纳", "罚款金额"]),
    "inspections": ("行政执法检查台账", ["检查日期", "检查对象", "检查领域", "检查人员", "发现隐患数"]),
    "emergency_outreach": ("应急法治宣传台账", ["宣传日期", "宣传形式", "入户家次", "发放宣传单"]),
}
LEDGERS = sorted(HEADS)
NAMED_BY_NUMBER = {"penalties": 1}  # the place of the date
NAMED = ("disputes", "inspections", "penalties")
HIDDEN = {"visible": False}


def _row(ledger, n):
    day = f"2025-{1 + n % 12:02}-{3 + n // 12:02}"
    return {
        "drills": [day, ("消防", "地质灾害", "森林防火")[n % 3], ("龙井村", "青木村")[n % 2], 40 + n],
        "disputes": [
            day,
            "龙井村",
            "邻里纠纷",
            f"张{chr(0x4E10 + n)}",
            f"李{chr(0x5E10 + n)}",
            "群众来访",
            "调解成功",
            n,
        ],
        "penalties": [f"青罚〔2025〕{n + 1}号", day, f"{chr(0x4E10 + n)}记店", "占道经营", "是", 200 + n],
        "inspections": [day, f"{chr(0x4E10 + n)}记饭店", "消防", "张三、李四", n % 3],
        "emergency_outreach": [day, "入户宣传", 10 + n, 300 + n],
    }[ledger]


def rows(ledger, count=24, start=0):
    return [_row(ledger, n) for n in range(start, start + count)]


def edit(table, *places, by=1):
    """The table with the last column of some rows changed."""
    return [[*row[:-1], row[-1] + by] if at in places else row for at, row in enumerate(table)]


@pytest.fixture
def count(settings):
    """How many records count, and the kinds of what is asked."""

    def run(ledger, *files):
        title, head = HEADS[ledger]
        sources = []
        for path, *sheets in sorted(files, key=lambda file: file[0]):
            made = [make_sheet([[title], head, *table], name, **more) for name, table, more in map(_sheet, sheets)]
            file = make_file(path, *made)
            sources += [(file, table) for table in recognise(file, settings)[0]]
        result = clean(settings.specs.ledgers[ledger], sources, settings, 2025)
        asked = Counter(issue.kind for issue in result.issues if issue.severity != "info")
        assert all(
            len(told.fates) == len(table.sheet.rows) for told, (_, table) in zip(result.fates, sources, strict=True)
        )
        return result.kept, asked

    return run


def _sheet(given):
    return given if isinstance(given, tuple) else ("Sheet1", given, {})


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("each", [1, 2, 5])
def test_months_that_repeat_the_months_before(count, ledger, each):
    table = rows(ledger, 12 * each)
    assert count(ledger, *((f"科/{month}月.xlsx", table[: each * month]) for month in range(1, 13))) == (12 * each, {})


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize(("each", "name"), [(2, "1-12月累计"), (2, "全年"), (5, "台账")])
def test_months_beside_the_year_to_date(count, ledger, each, name):
    table = rows(ledger, 12 * each)
    months = [(f"科/{month}月.xlsx", table[each * (month - 1) : each * month]) for month in range(1, 13)]
    assert count(ledger, *months, (f"科/{name}.xlsx", table)) == (12 * each, {})
    kept, asked = count(ledger, *months, (f"科/{name}.xlsx", edit(table, 3, 15)))
    assert kept == 12 * each and asked


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_year_to_date_of_which_early_rows_are_amended_and_deleted_midway(count, ledger):
    table = sorted(rows(ledger), key=lambda row: row[NAMED_BY_NUMBER.get(ledger, 0)])
    amended = edit(table, 1)
    later = [row for at, row in enumerate(edit(amended, 9)) if at != 2]
    sent = [(month, (table if month < 4 else amended if month < 8 else later)[: 2 * month]) for month in range(1, 12)]
    assert count(ledger, *((f"科/台账（1-{month}月）.xlsx", held) for month, held in [*sent, (12, later)])) == (23, {})


@pytest.mark.parametrize("ledger", LEDGERS)
def test_of_files_whose_names_say_nothing_the_one_that_goes_on_longer_counts_and_is_asked_about(settings, ledger):
    """乙 is sent first and the last of the three by name."""
    table = sorted(rows(ledger), key=lambda row: row[NAMED_BY_NUMBER.get(ledger, 0)])
    amended = edit(table, 1, by=1000)
    title, head = HEADS[ledger]
    sources = []
    for path, held in (("丙", amended[:12]), ("乙", table[:6]), ("甲", amended)):
        file = make_file(f"科/{path}.xlsx", make_sheet([[title], head, *held]))
        sources += [(file, made) for made in recognise(file, settings)[0]]
    result = clean(settings.specs.ledgers[ledger], sources, settings, 2025)
    assert result.kept == 24
    assert [issue.severity for issue in result.issues].count("warning") == 1
    label = {c.label: n for n, c in settings.specs.ledgers[ledger].columns.items()}
    assert sum(float(value) > 900 for value in result.kept_values(label[head[-1]])) == 1


@pytest.mark.parametrize("ledger", LEDGERS)
def test_quarters_beside_the_year_in_one_workbook(count, ledger):
    table = rows(ledger)
    quarters = [(f"第{n}季度", table[6 * n - 6 : 6 * n], {}) for n in range(1, 5)]
    assert count(ledger, ("科/台账.xlsx", *quarters, ("全年", table, {}))) == (24, {})


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize(
    "names",
    [
        ("台账", "台账（改）", "台账最终版"),
        ("台账20250301", "台账20250601", "台账20251201"),
        ("台账", "台账(2)", "台账(3)"),
        ("台账", "台账 - 副本", "台账 - 副本 (2)"),
        ("台账v1", "台账v2", "台账v3"),
        ("台账3月5日", "台账10月5日", "台账12月5日"),
        ("台账0305", "台账1005", "台账1205"),
    ],
)
def test_amended_twice(count, ledger, names):
    table = rows(ledger)
    versions = table, edit(table, 1, 2), edit(table, 1, 2, 5, by=2)
    assert count(ledger, *((f"科/{name}.xlsx", one) for name, one in zip(names, versions, strict=True)))[0] == 24


@pytest.mark.parametrize("ledger", LEDGERS)
def test_deleted_rows_that_come_back(count, ledger):
    table = rows(ledger)
    sent = [("科/台账.xlsx", table), ("科/台账(2).xlsx", table[:20]), ("科/台账(3).xlsx", table)]
    assert count(ledger, *sent) == (24, {})


@pytest.mark.parametrize("ledger", LEDGERS)
def test_rows_that_the_final_version_lacks_are_asked_about(count, ledger):
    table = rows(ledger)
    kept, asked = count(ledger, ("科/台账.xlsx", table), ("科/台账最终版.xlsx", table[:22]))
    assert kept == (24 if ledger in NAMED else 22)
    assert asked == {"table_version": 1}


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("name", ["台账最终版", "另一份"])
def test_a_row_struck_in_what_is_sent_again(count, ledger, name):
    table = rows(ledger)
    struck = ("Sheet1", table, {"struck": {7: len(table[0])}})
    kept, asked = count(ledger, ("科/台账.xlsx", table), (f"科/{name}.xlsx", struck))
    assert kept == 23 or asked, (kept, asked)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_copied_sheet_that_was_edited(count, ledger):
    table = rows(ledger)
    kept, _ = count(ledger, ("科/台账.xlsx", ("Sheet1", table, {}), ("Sheet1 (2)", edit(table, 1, 4), {})))
    assert kept == 24
    longer = edit(rows(ledger, 25), 1, 4)
    assert count(ledger, ("科/台账.xlsx", ("Sheet1", table, {}), ("Sheet1 (2)", longer, {})))[0] == 25


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_hidden_sheet_of_older_rows(count, ledger):
    table = rows(ledger)
    assert count(ledger, ("科/台账.xlsx", ("表", table, {}), ("稿", table[:18], HIDDEN))) == (24, {})
    assert count(ledger, ("科/台账.xlsx", ("稿", table[:18], HIDDEN), ("表", table, {}))) == (24, {})
    kept, _ = count(ledger, ("科/台账.xlsx", ("表", table, {}), ("稿", edit(table, 1, 2, 3)[:18], HIDDEN)))
    assert kept == 24
    kept, asked = count(ledger, ("科/台账.xlsx", ("表", table[:20], {}), ("稿", table[10:], HIDDEN)))
    assert kept == 20 and "sheet_set_aside" in asked


@pytest.mark.parametrize("ledger", LEDGERS)
def test_deleted_rows_on_a_sheet_of_their_own(count, ledger):
    table = rows(ledger)
    assert count(ledger, ("科/台账.xlsx", ("表", table[:20], {}), ("已删除", table[20:], {}))) == (
        20,
        {"sheet_set_aside": 1},
    )
    assert count(ledger, ("科/台账.xlsx", ("表", table, {}), ("已删除", table[20:], {}))) == (24, {})


@pytest.mark.parametrize("ledger", LEDGERS)
def test_three_offices(count, ledger):
    table = rows(ledger)
    assert count(ledger, ("甲/台账.xlsx", table[:8]), ("乙/台账.xlsx", table[8:16]), ("丙/台账.xlsx", table[16:])) == (
        24,
        {},
    )
    kept, asked = count(
        ledger, ("甲/台账.xlsx", table[:11]), ("乙/台账.xlsx", table[8:19]), ("丙/台账.xlsx", table[16:])
    )
    assert (kept, asked) == (24, {}) if ledger in NAMED else (30, {"rows_repeated": 2})
    kept, asked = count(ledger, ("甲/台账.xlsx", table[:13]), ("乙/台账.xlsx", table[12:]))
    assert (kept, asked) == (24, {}) if ledger in NAMED else (25, {"rows_repeated": 1})


@pytest.mark.parametrize("ledger", NAMED)
def test_an_event_that_two_offices_tell_differently_is_asked_about(count, ledger):
    table = rows(ledger)
    kept, asked = count(ledger, ("甲/台账.xlsx", table[:9]), ("乙/台账.xlsx", edit(table, 8)[8:]))
    assert (kept, asked) == (25, {"record_alike": 1})


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("amended", [range(0, 24, 2), range(20)])
def test_a_re_sent_table_of_which_most_was_amended(count, ledger, amended):
    table = rows(ledger)
    kept, asked = count(ledger, ("科/台账.xlsx", table), ("科/台账修订.xlsx", edit(table, *amended)))
    assert kept == 24 and asked


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_small_tables_sent_twice(count, ledger, size):
    table = rows(ledger, size)
    assert count(ledger, ("科/台账.xlsx", table), ("科/台账(1).xlsx", table)) == (size, {})
    kept, asked = count(ledger, ("科/台账.xlsx", rows(ledger, 3)), ("科/台账改.xlsx", edit(rows(ledger, 3), 1)))
    assert kept == 3 and asked


@pytest.mark.parametrize("ledger", LEDGERS)
def test_tidy_months_ask_nothing(count, ledger):
    table = rows(ledger, 60)
    assert count(ledger, *((f"科/{month}月.xlsx", table[5 * month - 5 : 5 * month]) for month in range(1, 13))) == (
        60,
        {},
    )
    assert count(ledger, ("科/一月.xlsx", table[:12]), ("科/二月.xlsx", table[12:14])) == (14, {})


MONTHS = [(month, [f"2025-{month:02}-05", f"2025-{month:02}-19"]) for month in range(1, 5)]
HELD = [[day, "入户宣传", 10 + month, 300] for month, days in MONTHS for day in days]
SUMMED = [[f"2025-{month:02}-28", "入户宣传", 20 + 2 * month, 600] for month, _ in MONTHS]


def test_a_sheet_of_monthly_sums_in_the_ledgers_own_columns_does_not_count_and_is_asked_about(count):
    held, summed, half = ("明细", HELD, {}), ("按月", SUMMED, {}), (("上", HELD[:4], {}), ("下", HELD[4:], {}))
    assert count("emergency_outreach", ("科/台账.xlsx", held, summed)) == (8, {"table_sums": 1})
    assert count("emergency_outreach", ("科/台账.xlsx", *half, summed)) == (8, {"table_sums": 1})
    assert count("emergency_outreach", ("科/台账.xlsx", held), ("科/按月.xlsx", edit(SUMMED, 2))) == (12, {})


def test_the_same_days_of_two_villages_are_asked_about(settings):
    title, head = HEADS["emergency_outreach"]
    sources = []
    for village in ("青木村", "龙井村"):
        file = make_file(f"{village}/{village}台账.xlsx", make_sheet([[title], head, *HELD[:4]]))
        sources += [(file, made) for made in recognise(file, settings)[0]]
    issues = clean(settings.specs.ledgers["emergency_outreach"], sources, settings, 2025).issues
    assert [issue.kind for issue in issues if issue.severity == "warning"] == ["table_contained"]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_files_of_the_last_three_months_count_each_row_once(count, ledger):
    table = sorted(rows(ledger), key=lambda row: row[NAMED_BY_NUMBER.get(ledger, 0)])
    files = [(f"科/第{month}期.xlsx", table[2 * month - 6 : 2 * month]) for month in range(3, 13)]
    assert count(ledger, *files) == (24, {})
    assert count(ledger, *files, ("科/全年.xlsx", table)) == (24, {})
    kept, asked = count(ledger, *files[:-1], (files[-1][0], edit(files[-1][1], 0)))
    assert kept == 24 or asked
