"""Ledgers of another year, and ledgers of which nothing counts, are asked about; what belongs to two years is not."""

import pytest

from fazhi.cleaning.clean import clean
from fazhi.recognition.ledgers import recognise
from made.sheets import make_file, make_sheet

TITLE = ["演练日期", "演练类型", "地点", "参与人数"]
CASES = ["申请人", "被申请人", "受理日期", "结案日期", "纠纷类型", "调解结果"]
TASKS = ["工作任务", "责任科室", "完成时限", "是否完成"]


def drills(*days: str, title: str = "应急演练台账", name: str = "Sheet1"):
    return make_sheet([[title], TITLE, *([day, "消防", "龙井村", 60 + at] for at, day in enumerate(days))], name)


def disputes(*days: tuple[str, str]):
    rows = [[f"申{a}{b}", "李四", a, b, "邻里纠纷", "调解成功"] for a, b in days]
    return make_sheet([["矛盾纠纷调解台账"], CASES, *rows])


def asked(settings, ledger: str, **files):
    """Kind, severity, sheet and what was found, of the questions about whole files and ledgers."""
    sources = []
    for name, sheets in files.items():
        file = make_file(f"应急管理办/{name}.xlsx", *sheets)
        sources += [(file, table) for table in recognise(file, settings)[0]]
    issues = clean(settings.specs.ledgers[ledger], sources, settings, 2025).issues
    kinds = ("rows_of_other_year", "title_year", "none_counts")
    return [(i.kind, i.severity, i.sheet, i.found) for i in issues if i.kind in kinds]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2024-03-05", "2024-04-06"), "写有日期的 2 行中，2 行是2024年的"),
        (("2024-03-05", "2025-04-06"), "写有日期的 2 行中，1 行是2024年的"),
        (("2024-03-05", "2023-04-06", "2025-04-06"), "写有日期的 3 行中，2 行是2023年、2024年的"),
    ],
)
def test_a_file_of_which_half_the_rows_or_more_are_of_other_years_is_an_error(settings, days, found):
    assert asked(settings, "drills", a=[drills(*days)]) == [("rows_of_other_year", "error", "Sheet1", found)]


def test_a_few_rows_of_last_december_ask_nothing(settings):
    assert asked(settings, "drills", a=[drills("2024-12-30", "2025-03-05", "2025-04-06")]) == []


def test_last_decembers_file_among_this_years_months_is_an_error(settings):
    months = {f"month{m}": [drills(f"2025-0{m}-01", f"2025-0{m}-02")] for m in (1, 2, 3)}
    (issue,) = asked(settings, "drills", **months, december=[drills("2024-12-01", "2024-12-09")])
    assert issue[0] == "rows_of_other_year"


def test_a_sheet_whose_rows_all_fall_out_of_the_year_is_asked_about_among_others(settings):
    sheets = [drills("2025-01-03", "2025-01-09", name="1月"), drills("2024-02-03", name="2月")]
    assert [issue[2] for issue in asked(settings, "drills", a=sheets)] == ["2月"]


@pytest.mark.parametrize("days", [("3月5日", "4月6日"), ("2025-03-05", "2025-04-06")])
def test_a_title_of_another_year_is_an_error(settings, days):
    ((kind, severity, _, found),) = asked(settings, "drills", a=[drills(*days, title="2024年应急演练台账")])
    assert (kind, severity) == ("title_year", "error") and found.startswith("标题写的是2024年")


def test_a_file_name_of_another_year_is_an_error_for_ledgers_without_dates_too(settings):
    rows = [["姓名", "科室", "是否在编", "是否参加培训", "考试是否合格"], ["张三", "司法所", "是", "是", "是"]]
    found = asked(settings, "officers", **{"2024年行政执法人员名册": [make_sheet(rows)]})
    assert found == [("title_year", "error", "Sheet1", "文件名写的是2024年，各行都按2025年计")]


def test_a_workbook_with_a_sheet_for_each_year_asks_nothing(settings):
    sheets = [drills(*(f"{year}-03-0{day}" for day in (1, 2, 3)), name=f"{year}年") for year in (2023, 2024, 2025)]
    assert asked(settings, "drills", a=sheets) == []


def test_dates_without_a_year_are_of_the_year_that_their_sheet_is_named_for_where_another_is_named_for_this(
    cleaned, settings
):
    sheets = [drills("3月5日", "4月6日", name="2024年"), drills("3月5日", name="2025年")]
    assert asked(settings, "drills", a=sheets) == []
    file = make_file("a.xlsx", *sheets)
    sources = [(file, table) for table in recognise(file, settings)[0]]
    parts = clean(settings.specs.ledgers["drills"], sources, settings, 2025).parts
    assert [part.fates for part in parts] == [["out_of_year"] * 2, ["kept"]]


def test_without_a_sheet_of_this_year_they_are_asked_about(settings):
    sheets = [drills("3月5日", name="2024年"), drills("3月5日", name="Sheet2")]
    assert [(kind, sheet) for kind, _, sheet, _ in asked(settings, "drills", a=sheets)] == [("title_year", "2024年")]


def test_a_register_that_runs_over_several_years_asks_nothing(settings):
    days = ("2024-03-05", "2024-04-06", "2025-03-05")
    assert asked(settings, "drills", a=[drills(*days, title="2024—2025年应急演练台账")]) == []


def test_cases_of_december_closed_in_january_ask_nothing(settings):
    assert asked(settings, "disputes", a=[disputes(("2025-12-01", "2026-01-05"), ("2025-12-09", "2026-01-09"))]) == []
    last = [disputes(("2024-12-01", "2025-01-05"), ("2024-12-09", "2025-01-09"))]
    assert asked(settings, "disputes", a=last, b=[disputes(("2025-02-03", "2025-03-01"))]) == []


@pytest.mark.parametrize(("year", "kinds"), [(2024, ["rows_of_other_year"]), (2025, []), (2026, [])])
def test_tasks_that_were_all_due_before_the_year_are_last_years(settings, year, kinds):
    rows = [[f"任务{at}", "司法所", f"{year}-0{at}-28", "是"] for at in (5, 6, 7)]
    sheet = make_sheet([["法治政府建设任务分解台账"], TASKS, *rows])
    assert [issue[0] for issue in asked(settings, "tasks", a=[sheet])] == kinds


def test_a_ledger_of_which_no_row_counts_is_an_error_but_an_empty_one_is_not(settings):
    rows = [[TITLE[0], *TITLE[1:], "备注"], ["2025-03-05", "消防", "龙井村", 60, "作废"]]
    sheet = make_sheet([["应急演练台账"], *rows])
    assert asked(settings, "drills", a=[sheet]) == [("none_counts", "error", "", "读到 1 行，没有一行计入")]
    assert asked(settings, "drills", a=[drills()]) == []


def test_years_that_are_asked_about_row_by_row_are_not_asked_about_again(settings):
    """The kind year_unlikely."""
    assert asked(settings, "drills", a=[drills("2052-03-05", "2052-04-05", "2025-04-06")]) == []


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("12月5日", "1月6日"), ["标题写的是2024、2025年，没有写年份的日期都按2025年计"]),
        (("2024-12-05", "2025-01-06", "2025-02-06"), []),
    ],
)
def test_dates_without_a_year_under_a_title_of_two_are_asked_about(settings, days, found):
    told = asked(settings, "drills", a=[drills(*days, title="应急演练台账（2024年12月—2025年11月）")])
    assert [issue[3] for issue in told] == found
