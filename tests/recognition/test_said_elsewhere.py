"""What is said of records elsewhere than in a column of their own: by heading rows, by what a sheet or file is called."""

from datetime import date

import pytest

from made.sheets import make_file, make_sheet

HEAD = ["受理日期", "纠纷类型", "申请人", "被申请人", "调解结果"]


def case(month, who, day="05"):
    return [f"2025-0{month}-{day}", "邻里纠纷", f"张小{who}", f"李大{who}", "调解成功"]


@pytest.fixture
def clean_file(settings):
    """Clean the disputes of one file: clean_file(path, sheet, …) gives the result and what recognition said."""
    from fazhi.cleaning.clean import clean
    from fazhi.recognition.ledgers import recognise

    def run(path, *sheets):
        file = make_file(path, *sheets)
        tables, issues = recognise(file, settings)
        ledger = settings.specs.ledgers[tables[0].ledger]
        return clean(ledger, [(file, table) for table in tables], settings, 2025), [issue.kind for issue in issues]

    return run


def under(*rows):
    return make_sheet([["矛盾纠纷调解台账"], HEAD, *rows])


@pytest.mark.parametrize("heading", ["龙井村", "一、龙井村", "（一）龙井村：", "龙井村（2件）", "青木镇龙井村"])
def test_a_village_as_a_heading_row_is_that_of_the_records_below(clean_file, heading):
    sheet = under([heading], case(1, "甲"), case(2, "乙"), ["桂花社区"], case(1, "丙"), ["小计", None, 1])
    result, told = clean_file("司法所/台账.xlsx", sheet)
    assert result.kept_values("village") == ["龙井村", "龙井村", "桂花社区"]
    assert "column_elsewhere" in told


def test_a_type_as_a_heading_row_is_read_too(clean_file):
    head = ["受理日期", "村(居)", "申请人", "被申请人", "调解结果"]
    rows = [
        ["2025-01-05", "龙井村", "张小甲", "李大甲", "调解成功"],
        ["2025-02-05", "青木村", "张小乙", "李大乙", "调解成功"],
    ]
    sheet = make_sheet([["矛盾纠纷调解台账"], head, ["邻里纠纷"], rows[0], ["合同纠纷"], rows[1]])
    result, _ = clean_file("司法所/台账.xlsx", sheet)
    assert result.kept_values("category") == ["邻里纠纷", "合同纠纷"]


def test_a_heading_that_is_no_village_is_asked_about(clean_file):
    sheet = under(["龙井村"], case(1, "甲"), ["桂花社区"], case(2, "乙"), ["镇直单位"], case(3, "丙"))
    result, _ = clean_file("司法所/台账.xlsx", sheet)
    assert result.kept_values("village") == ["龙井村", "桂花社区", None]
    assert [issue.column for issue in result.issues if issue.kind == "value_unknown"] == ["村(居)"]


def test_records_above_the_first_heading_leave_the_column_missing(clean_file):
    sheet = under(case(1, "甲"), ["桂花社区"], case(2, "乙"))
    result, told = clean_file("司法所/台账.xlsx", sheet)
    assert "columns_missing" in told and "village" not in result.parts[0].table.columns


def test_sheets_named_by_village_say_the_village(clean_file):
    sheets = [
        make_sheet([["矛盾纠纷调解台账"], HEAD, case(1, who)], name=name)
        for who, name in zip("甲乙", ["龙井村", "桂花社区2025年"], strict=True)
    ]
    result, _ = clean_file("司法所/台账.xlsx", *sheets)
    assert result.kept_values("village") == ["龙井村", "桂花社区"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("司法所/龙井村矛盾纠纷台账.xlsx", "矛盾纠纷调解台账"),
        ("司法所/台账.xlsx", "青木镇龙井村2025年矛盾纠纷调解台账"),
    ],
)
def test_the_file_or_the_title_may_name_the_village(clean_file, path, title):
    result, _ = clean_file(path, make_sheet([[title], HEAD, case(1, "甲")]))
    assert result.kept_values("village") == ["龙井村"]


def test_a_village_in_its_own_column_is_not_overruled(clean_file):
    rows = [["矛盾纠纷调解台账"], [*HEAD, "村(居)"], [*case(1, "甲"), "青木村"]]
    result, told = clean_file("司法所/台账.xlsx", make_sheet(rows, name="龙井村"))
    assert result.kept_values("village") == ["青木村"] and "column_elsewhere" not in told


def test_an_empty_column_is_filled_from_the_heading(clean_file):
    rows = [["矛盾纠纷调解台账"], [*HEAD, "村(居)"], ["龙井村"], case(1, "甲"), ["青木村"], case(2, "乙")]
    result, _ = clean_file("司法所/台账.xlsx", make_sheet(rows))
    assert result.kept_values("village") == ["龙井村", "青木村"]


DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]


@pytest.mark.parametrize("month", ["三月", "3月", "3月份", "（三月份）", "2025年3月"])
def test_days_below_a_month_are_dates(clean_file, month):
    rows = [["应急演练台账"], DRILLS, [month], ["5日", "消防", "龙井村", 60], [12, "防汛", "青木村", 40]]
    result, _ = clean_file("应急管理办/台账.xlsx", make_sheet(rows))
    assert result.kept_values("held_on") == [date(2025, 3, 5), date(2025, 3, 12)]


def test_a_sheet_named_by_month_says_the_month_of_its_days(clean_file):
    sheets = [make_sheet([["应急演练台账"], DRILLS, ["5日", "消防", "龙井村", n]], name=f"{n}月") for n in (3, 11)]
    result, _ = clean_file("应急管理办/台账.xlsx", *sheets)
    assert result.kept_values("held_on") == [date(2025, 3, 5), date(2025, 11, 5)]


def test_whole_dates_below_a_month_stay(clean_file):
    rows = [["应急演练台账"], DRILLS, ["三月"], ["2025-04-05", "消防", "龙井村", 60]]
    result, _ = clean_file("应急管理办/台账.xlsx", make_sheet(rows))
    assert result.kept_values("held_on") == [date(2025, 4, 5)]
