"""What stands in or beside a column and could change a number: read where it is certain, asked where it is not."""

import pytest

from made.sheets import make_file, make_sheet

OUTREACH = ["宣传日期", "宣传形式", "入户家次", "发放宣传单"]
DAYS = [["2025-03-05", "入户宣传", 12, 30], ["2025-04-05", "入户宣传", 8, 25], ["2025-05-05", "集中宣传", 0, 40]]
DISPUTES = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"]
CASES = [
    [f"2025-0{n}-05", "龙井村", "邻里纠纷", f"张小{who}", f"李大{who}", "群众来访", "调解成功", n]
    for n, who in enumerate("甲乙丙丁", 1)
]


def outreach(header, rows=DAYS, **more):
    return make_sheet([["应急法治宣传台账"], header, *rows], **more)


def disputes(header, rows=CASES, **more):
    return make_sheet([["矛盾纠纷调解台账"], header, *rows], **more)


def asked(result):
    return [(issue.kind, issue.column) for issue in result.issues if issue.severity != "info"]


@pytest.fixture
def read(settings):
    """Recognise one sheet: read(sheet) gives its table and what is asked."""
    from fazhi.recognition.ledgers import recognise

    def run(sheet):
        tables, issues = recognise(make_file("应急管理办/台账.xlsx", sheet), settings)
        return tables[0], [(issue.kind, issue.found) for issue in issues if issue.severity != "info"]

    return run


@pytest.mark.parametrize(
    ("note", "worth"),
    [("百张", 100), ("千份", 1000), ("张", 1), ("万张", 10_000), ("单位：百张", 100), ("单位：张", 1)],
)
def test_a_count_in_hundreds_is_read_as_such(cleaned, note, worth):
    result = cleaned("emergency_outreach", outreach([*OUTREACH[:3], f"发放宣传单（{note}）"]))
    assert result.kept_values("leaflets") == [30 * worth, 25 * worth, 40 * worth]


@pytest.mark.parametrize("note", ["累计", "其中入户", "美元", "百"])
def test_a_note_that_is_not_understood_leaves_no_figure_and_is_asked_about(read, note):
    table, asked = read(outreach([*OUTREACH[:3], f"发放宣传单（{note}）"]))
    assert "leaflets" not in table.columns
    assert [kind for kind, _ in asked if kind == "title_unread"] == ["title_unread"]


def test_two_units_in_one_title_are_asked_about(read):
    table, asked = read(disputes([*DISPUTES[:7], "协议金额（元/万元）"]))
    assert "amount_yuan" not in table.columns
    assert "title_unread" in {kind for kind, _ in asked}


def test_how_to_fill_a_column_in_is_no_unit(read):
    table, asked = read(outreach([*OUTREACH[:3], "发放宣传单（必填）"]))
    assert "leaflets" in table.columns and asked == []


@pytest.mark.parametrize("unit", ["百张", "（百张）"])
def test_a_row_of_units_below_the_header_is_read(cleaned, unit):
    result = cleaned("emergency_outreach", outreach(OUTREACH, [["", "", "", unit], *DAYS]))
    assert result.kept_values("leaflets") == [3000, 2500, 4000]


def test_money_takes_its_unit_from_the_row_below(cleaned):
    result = cleaned("disputes", disputes(DISPUTES, [["", "", "", "", "", "", "", "万元"], *CASES]))
    assert [int(value) for value in result.kept_values("amount_yuan")] == [10_000, 20_000, 30_000, 40_000]


def grouped(*subs):
    rows = [[*row[:3], *range(n, n + len(subs))] for n, row in enumerate(DAYS, 1)]
    blanks = [""] * (len(subs) - 1)
    head = [["应急法治宣传台账"], [*OUTREACH, *blanks], ["", "", "", *subs], *rows]
    return make_sheet(head, merged=[(1, 3, 1, 2 + len(subs)), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)])


def test_men_and_women_are_added(cleaned):
    assert cleaned("emergency_outreach", grouped("男", "女")).kept_values("leaflets") == [3, 5, 7]


@pytest.mark.parametrize("subs", [("本月", "累计"), ("应发", "实发"), ("上半年", "下半年")])
def test_other_parts_are_asked_about_and_neither_is_read(read, subs):
    table, asked = read(grouped(*subs))
    assert "leaflets" not in table.columns
    assert [found for kind, found in asked if kind == "group_of_numbers"] == [
        f"下面分“{subs[0]}”、“{subs[1]}”，不知该读哪一列"
    ]


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("状态", ["正常", "作废", "正常", "正常"]),
        ("所属镇街", ["石门街道", "白沙镇", "白沙镇", "石门街道"]),
        ("数量", [1, 3, 1, 2]),
        ("是否有效", ["是", "是", "否", "是"]),
        ("计量单位", ["件", "百件", "件", "件"]),
    ],
)
def test_a_column_that_may_change_the_count_is_asked_about(cleaned, title, cells):
    rows = [[*row, cell] for row, cell in zip(CASES, cells, strict=True)]
    assert ("column_decides", title) in asked(cleaned_disputes(cleaned, [*DISPUTES, title], rows))


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("镇街", ["青木镇"] * 4),
        ("数量", [1] * 4),
        ("状态", ["正常"] * 4),
        ("是否有效", ["是"] * 4),
        ("联系人电话", [1] * 4),
    ],
)
def test_one_that_changes_nothing_is_not(cleaned, title, cells):
    rows = [[*row, cell] for row, cell in zip(CASES, cells, strict=True)]
    told = asked(cleaned_disputes(cleaned, [*DISPUTES, title], rows))
    assert [kind for kind, _ in told if kind == "column_decides"] == []


def cleaned_disputes(cleaned, header, rows):
    """The ledger cleaned, its recognition's questions with those of the cleaning."""
    from dataclasses import replace

    from fazhi.dictionary.aliases import Aliases
    from fazhi.dictionary.loading import load_specs
    from fazhi.dictionary.models import Unit
    from fazhi.recognition.ledgers import recognise
    from fazhi.town_year import town_settings
    from made.sheets import TOWN

    sheet = disputes(header, rows)
    settings = town_settings(load_specs(), Unit.model_validate(TOWN), Aliases())
    _, issues = recognise(make_file("司法所/0.xlsx", sheet), settings)
    result = cleaned("disputes", sheet)
    return replace(result, issues=[*issues, *result.issues])


def test_a_line_that_says_what_follows_is_void_is_asked_about(read):
    _, asked = read(disputes(DISPUTES, [*CASES[:3], ["以下为作废登记"], CASES[3]]))
    assert ("column_decides", "这一行写着“以下为作废登记”，下面还有 1 行") in asked


def test_a_comment_that_says_void_is_asked_about(read):
    _, asked = read(disputes(DISPUTES, comments={(4, 2): "此件重复登记，作废"}))
    assert [found for kind, found in asked if kind == "column_decides"] == ["批注里写着“重复登记”"]


def test_colours_in_place_of_words_leave_no_figure_and_are_asked_about(read):
    rows = [[*row[:6], "", row[7]] for row in CASES]
    table, asked = read(disputes(DISPUTES, rows, fills={(3, 7): "00FF00", (4, 7): "FF0000"}))
    assert "outcome" not in table.columns
    assert ("column_decides", "没有写字，只涂了颜色") in asked


def test_a_record_void_in_another_column_than_the_remark_is_asked_about(read):
    rows = [*CASES[:2], [*CASES[2][:5], "群众来访（作废）", *CASES[2][6:]], CASES[3]]
    _, asked = read(disputes(DISPUTES, rows))
    assert ("column_decides", "写着“作废”") in asked


def test_a_number_merged_over_rows_counts_once(cleaned):
    rows = [[*DAYS[0][:3], 90], [*DAYS[1][:3], None], [*DAYS[2][:3], None]]
    result = cleaned("emergency_outreach", outreach(OUTREACH, rows, merged=[(2, 3, 4, 3)]))
    assert result.kept_values("leaflets") == [90, 0, 0]


@pytest.mark.parametrize(
    ("wan", "yuan", "right"),
    [
        ((3, 4), (30000, 40000), [30000, 40000]),
        ((3, 4), (500, None), [30500, 40000]),
        ((3, 4), (35000, 40000), [40000]),
    ],
)
def test_an_amount_in_two_units_is_added_but_where_it_is_the_same_one_twice(cleaned, wan, yuan, right):
    titles = [*DISPUTES[:7], "协议金额（元）", "协议金额（万元）"]
    rows = [[*row[:7], small, large] for row, small, large in zip(CASES, yuan, wan, strict=False)]
    assert cleaned("disputes", disputes(titles, rows)).kept_values("amount_yuan") == right


def test_that_a_number_is_merged_is_told(settings):
    from fazhi.recognition.ledgers import recognise

    rows = [[*DAYS[0][:3], 90], [*DAYS[1][:3], None]]
    _, issues = recognise(make_file("应急管理办/a.xlsx", outreach(OUTREACH, rows, merged=[(2, 3, 3, 3)])), settings)
    assert [(one.kind, one.severity, one.found) for one in issues] == [("number_merged", "info", "第 3—4 行合写一个数")]


def test_a_number_merged_with_its_day_may_be_one_event_and_is_asked_about(read):
    rows = [[*DAYS[0][:3], 90], [None, *DAYS[1][1:3], None]]
    _, told = read(outreach(OUTREACH, rows, merged=[(2, 0, 3, 0), (2, 3, 3, 3)]))
    assert told == [("column_decides", "第 3—4 行的日期和数都合写一个，像是一件")]


def test_words_merged_over_rows_are_filled_down(cleaned):
    rows = [DAYS[0], [DAYS[1][0], None, *DAYS[1][2:]], [DAYS[2][0], None, *DAYS[2][2:]]]
    result = cleaned("emergency_outreach", outreach(OUTREACH, rows, merged=[(2, 1, 4, 1)]))
    assert result.kept_values("form") == ["入户宣传"] * 3


def test_the_unit_in_a_note_below_the_table_is_heeded(cleaned):
    result = cleaned("disputes", disputes(DISPUTES, [*CASES, ["注：协议金额单位为万元"]]))
    assert [int(value) for value in result.kept_values("amount_yuan")] == [10_000, 20_000, 30_000, 40_000]


def test_two_dates_of_one_title_are_asked_about(read):
    rows = [[*row, f"2025-0{n}-20"] for n, row in enumerate(CASES, 1)]
    table, asked = read(disputes([*DISPUTES, "受理日期"], rows))
    assert "accepted_on" in table.columns
    assert ("group_of_numbers", "这个列名有两列，内容不同，读了第一列") in asked


def test_the_same_column_twice_is_not(read):
    rows = [[*row, row[0]] for row in CASES]
    _, asked = read(disputes([*DISPUTES, "受理日期"], rows))
    assert "group_of_numbers" not in {kind for kind, _ in asked}


def by_month(*pairs, titles=("本月", "累计")):
    rows = [[f"2025-0{month}-05", "集中宣传", 1, *pair] for month, pair in enumerate(pairs, 1)]
    head = [["应急法治宣传台账"], [*OUTREACH, ""], ["", "", "", *titles], *rows]
    return make_sheet(head, merged=[(1, 3, 1, 4), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)])


@pytest.mark.parametrize("titles", [("本月", "累计"), ("当月", "本年累计")])
def test_a_running_sum_beside_the_month_says_that_the_month_counts(cleaned, titles):
    result = cleaned("emergency_outreach", by_month((30, 30), (25, 55), (0, 55), titles=titles))
    assert result.kept_values("leaflets") == [30, 25, 0]


def test_a_running_sum_before_the_month_is_none_either(cleaned):
    result = cleaned("emergency_outreach", by_month((30, 30), (55, 25), (75, 20), titles=("累计", "本月")))
    assert result.kept_values("leaflets") == [30, 25, 20]


def test_a_running_sum_that_does_not_add_up_is_asked_about(read):
    table, asked = read(by_month((30, 30), (25, 60), (10, 70)))
    assert "leaflets" not in table.columns and "group_of_numbers" in [kind for kind, _ in asked]


def undivided(sheet):
    """The sheet as a CSV file holds it: without its merged cells."""
    return make_sheet(sheet.rows)


def test_a_header_of_two_rows_is_known_without_merged_cells(cleaned, read):
    assert cleaned("emergency_outreach", undivided(grouped("男", "女"))).kept_values("leaflets") == [3, 5, 7]
    table, asked = read(undivided(grouped("应发", "实发")))
    assert "leaflets" not in table.columns and "group_of_numbers" in {kind for kind, _ in asked}


def parted(subs, *numbers):
    rows = [[*day[:3], *row] for day, row in zip(DAYS, numbers, strict=True)]
    head = [["应急法治宣传台账"], [*OUTREACH, *[""] * (len(subs) - 1)], ["", "", "", *subs]]
    return make_sheet([*head, *rows])


def test_a_whole_is_read_where_its_parts_add_up_to_it(cleaned, read):
    subs = ("干部", "群众", "小计")
    whole = cleaned("emergency_outreach", parted(subs, [1, 2, 3], [None, 4, 4], [5, 6, 11]))
    assert whole.kept_values("leaflets") == [3, 4, 11]
    table, asked = read(parted(subs, [1, 2, 3], [3, 4, 8], [5, 6, 11]))
    assert "leaflets" not in table.columns and "group_of_numbers" in {kind for kind, _ in asked}


@pytest.mark.parametrize(
    ("notes", "right"), [(("男", "女"), [3, 7, 11]), (("合计", "其中党员"), None), (("应发", "实发"), None)]
)
def test_neighbours_titled_alike_but_for_their_brackets_are_parts(cleaned, read, notes, right):
    titles = [*OUTREACH[:3], *(f"发放宣传单（{note}）" for note in notes)]
    rows = [[*day[:3], 2 * n + 1, 2 * n + 2] for n, day in enumerate(DAYS)]
    table, asked = read(outreach(titles, rows))
    if right is None:
        assert "leaflets" not in table.columns and "title_unread" in {kind for kind, _ in asked}
    else:
        assert cleaned("emergency_outreach", outreach(titles, rows)).kept_values("leaflets") == right
