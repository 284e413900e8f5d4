"""Hand corrections: each line is checked, made or told; no content is repeated."""

from datetime import date, datetime

import pytest

from fazhi import town_year
from fazhi.errors import LedgerError
from fazhi.intake import YearlessDate
from fazhi.recognition.corrections import apply, read_corrections, unused
from fazhi.steps import clean
from made.sheets import make_file, make_sheet, records, write_workbook

HEAD = "file,sheet,row,column,was,is,who,when,why\n"
SHEET = make_sheet([["应急演练台账"], ["演练日期", "参与\n人数"], ["2042-03-05", 60], ["2025-03-06", 61]])


def lines(tmp_path, text, encoding="utf-8"):
    (tmp_path / "corrections.csv").write_bytes((HEAD + text).encode(encoding))
    return read_corrections(tmp_path / "corrections.csv")


def corrected(tmp_path, text):
    file, issues = apply(make_file("a.xlsx", SHEET), lines(tmp_path, text))
    return file.sheets[0].rows, issues


def test_a_cell_is_corrected_by_its_title_and_told_with_who_when_and_why(tmp_path):
    rows, issues = corrected(tmp_path, "a.xlsx,Sheet1,3,演练日期,2042-03-05,2025-03-05,王某,2025-12-20,笔误\n")
    assert rows[2] == ["2025-03-05", 60]
    assert SHEET.rows[2][0] == "2042-03-05"
    assert [issue.sentence for issue in issues] == [
        "a.xlsx「Sheet1」第 3 行「演练日期」：已按 corrections.csv 第 2 行更正（王某，2025-12-20：笔误）。"
    ]


@pytest.mark.parametrize(("column", "was"), [("参与人数", "60"), ("B", "６０"), ("b", " 60 ")])
def test_a_column_goes_by_title_or_letter_and_was_by_its_reading(tmp_path, column, was):
    rows, _ = corrected(tmp_path, f"a.xlsx,Sheet1,3,{column},{was},66,王某,2025-12-20,笔误\n")
    assert rows[2][1] == "66"


@pytest.mark.parametrize(
    ("cell", "was"),
    [
        (date(2042, 4, 5), "2042/4/5"), (date(2042, 4, 5), "2042-04-05 0:00"), ("2042-03-05", "2042/3/5"), ("2042.3.5", "2042/3/5"),
        ("2042年3月5日", "2042/3/5"), (datetime(2042, 4, 5, 9, 30), "2042/4/5 9:30"), ("3/5", "3月5日"), ("12-05", "12月5日"),
        (YearlessDate(2026, 12, 5), "12月5日"), (YearlessDate(2026, 12, 5), "2026/12/5"), (1000, "1,000"), (1000, "1000.0"), ("1000元", "1000元"),
        (0.35, "0.350"), ("1,234.50", "1234.5"), (1234567, "¥1,234,567.00"), (-3, "-3.0"),
    ],
)  # fmt: skip
def test_was_is_compared_as_a_date_or_a_number_however_excel_respells_it(tmp_path, cell, was):
    file = make_file("a.xlsx", make_sheet([["标题"], [cell]]))
    rows = apply(file, lines(tmp_path, f'a.xlsx,Sheet1,2,A,"{was}",改,王,今,误\n', "gb18030"))[0].sheets[0].rows
    assert rows[1] == ["改"]


@pytest.mark.parametrize(
    ("cell", "was"),
    [
        (date(2042, 4, 5), "2042/4/6"), (date(2042, 4, 5), "4月5日"), (datetime(2042, 4, 5, 9, 30), "2042/4/5"), (1000, "1,00"), (1000, "1,0000"),
        (10.5, "105"), ("60余人", "60"), ("0.35万元", "0.35"), (None, "0"), ("2042年3月", "2042/3/1"),
    ],
)  # fmt: skip
def test_another_date_or_number_is_not_what_was(tmp_path, cell, was):
    file = make_file("a.xlsx", make_sheet([["标题"], [cell, "后"]]))
    issues = apply(file, lines(tmp_path, f'a.xlsx,Sheet1,2,A,"{was}",改,王,今,误\n'))[1]
    assert [issue.kind for issue in issues] == ["correction_unused"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a.xlsx,Sheet1,3,演练日期,2041-03-05,x,王,今,误\n", "单元格现在的内容与 was 不符"),
        ("a.xlsx,Sheet1,9,演练日期,a,x,王,今,误\n", "没有这一行"),
        ("a.xlsx,Sheet1,3,演练时长,a,x,王,今,误\n", "没有这一列"),
        ("a.xlsx,二月,3,演练日期,a,x,王,今,误\n", "没有这张工作表"),
    ],
)
def test_a_line_that_does_not_fit_is_told_and_changes_nothing(tmp_path, text, fault):
    rows, issues = corrected(tmp_path, text)
    assert rows == SHEET.rows
    assert [(i.kind, i.severity) for i in issues] == [("correction_unused", "error")]
    assert issues[0].found == f"corrections.csv 第 2 行没有用上：{fault}"


def test_a_line_for_a_file_that_is_not_there_is_told(tmp_path):
    issues = unused(lines(tmp_path, "b.xlsx,,3,A,a,b,王,今,误\n"), {"a.xlsx"})
    assert [i.found for i in issues] == ["corrections.csv 第 2 行没有用上：没有这个文件"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a.xlsx,,三,A,a,b,王,今,误\n", "第 2 行的 row 应为行号"),
        ("a.xlsx,,²,A,a,b,王,今,误\n", "第 2 行的 row 应为行号"),
        ("a.xlsx,,3,A,a,b,,,\n", "第 2 行没有写明 who、when、why"),
        ("a.xlsx,,3,A,1,000,b,王,今,误\n", "第 2 行的列比标题多"),
        ("a.xlsx,,3,A,a,b,王,今," + "误" * 200_000, "第 2 行的内容过长"),
    ],
)
def test_a_line_that_says_too_little_stops_the_run(tmp_path, text, message):
    with pytest.raises(LedgerError, match=message):
        lines(tmp_path, text)


def test_blank_lines_are_passed_over_and_lines_keep_their_numbers(tmp_path):
    made = lines(tmp_path, ',,,,,,,,\n\na.xlsx,,3,A,"a\nb",c,王,今,误\na.xlsx,,4,A,a,=1+1,王,今,误,,\n')
    assert [(c.line, c.row, c.was, c.value) for c in made] == [(5, 3, "a\nb", "c"), (6, 4, "a", "=1+1")]


def test_a_line_given_twice_is_made_once_and_told(tmp_path):
    line = "a.xlsx,Sheet1,3,演练日期,2042-03-05,2025-03-05,王某,2025-12-20,笔误\n"
    rows, issues = corrected(tmp_path, line + line)
    assert rows[2][0] == "2025-03-05"
    assert [issue.severity for issue in issues] == ["info", "error"]


def test_headings_may_be_chinese(tmp_path):
    line = "a.xlsx,Sheet1,3,B,60,66,王某,2025-12-20,笔误\n"
    text = f"文件,工作表,行,列,原为,改为,更正人,日期,原因\n{line}"
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8-sig")
    assert read_corrections(tmp_path / "corrections.csv") == lines(tmp_path, line)


def test_a_file_without_its_columns_stops_the_run(tmp_path):
    for text in ("", "file;sheet;row\n", "文件,表,行\n"):
        (tmp_path / "corrections.csv").write_text(text, encoding="utf-8")
        with pytest.raises(LedgerError, match="缺少列"):
            read_corrections(tmp_path / "corrections.csv")


def test_gb18030_is_read_and_no_file_means_none(tmp_path):
    assert lines(tmp_path, "台账.xlsx,,3,A,a,b,王,今,误\n", "gb18030")[0].file == "台账.xlsx"
    assert read_corrections(tmp_path / "none.csv") == []


def test_a_corrected_row_counts_and_a_changed_corrections_file_is_noticed(workspace):
    write_workbook(
        workspace.raw(2025) / "演练.xlsx", ["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"],
        ["2042-03-05", "消防", "龙井村", 60],
    )  # fmt: skip
    town = town_year.open_year(2025, workspace.root)
    assert [r.fate for r in records(clean.clean_ledger(town, "drills"))] == ["out_of_year"]
    text = HEAD + "演练.xlsx,Sheet1,3,演练日期,2042-03-05,2025-03-05,王某,2025-12-20,笔误\n"
    workspace.corrections_file(2025).write_text(text, encoding="utf-8")
    assert [r.fate for r in records(clean.clean_ledger(town, "drills"))] == ["kept"]
