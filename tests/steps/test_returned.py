"""Workbooks for the offices: their own look and cells, marks that explain, nothing that acts, nobody else's rows."""

import io
import re
import zipfile

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from fazhi import town_year
from fazhi.privacy import output_scan
from fazhi.privacy.register import note_private
from fazhi.recognition.survey import survey
from fazhi.returns import office_copy
from fazhi.steps import clean, returned, statistics
from fazhi.steps.survey import survey_year
from made.sheets import write_workbook

HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "身份证号", "案件来源", "调解结果"]
GOOD = ["2025-01-02", "龙井村", "邻里", "欧阳青禾", "110101189001011234", "来访", "成功"]
BAD = ["2025.13.5", "龙井村", "邻里", "司马长风", "110101189001015678", "网格排查", "成功"]


def build(workspace):
    """Survey, clean and count 2025, and return the workbooks: name -> workbook as openpyxl reads it."""
    year = town_year.open_year(2025, workspace)
    survey_year(year)
    for ledger in year.settings.specs.ledgers:
        clean.clean_ledger(year, ledger)
    statistics.write_statistics(year)
    returned.write_returned(year)
    folder = year.processed / "returned"
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.xlsx"))}
    return {name: (openpyxl.load_workbook(io.BytesIO(data)), data) for name, data in found.items()}


def faults(book):
    """The list's rows: sheet, row, column, found, and where the link leads."""
    page = book.worksheets[0]
    rows = [list(row) for row in page.iter_rows()]
    top = next(number for number, row in enumerate(rows) if row[0].value == "序号")
    return [
        (*[cell.value for cell in row[2:6]], row[8].hyperlink.location if row[8].hyperlink else None)
        for row in rows[top + 1 :]
    ]


@pytest.fixture
def office_workbook(workspace):
    """A workbook with a look, and with everything in it that must not pass."""
    path = workspace.raw(2025) / "司法所" / "纠纷.xlsx"
    write_workbook(path, ["矛盾纠纷调解台账"], HEAD, GOOD, BAD, ["=1+1", *GOOD[1:]], sheet="某月")
    book = openpyxl.load_workbook(path)
    page = book.active
    page["A2"].font, page["A2"].fill = Font(bold=True, name="黑体"), PatternFill("solid", fgColor="FFDDEEFF")
    page.column_dimensions["B"].width = 33
    page.merge_cells("A1:G1")
    page.row_dimensions[4].hidden = True
    page.print_area, page.print_title_rows, page.freeze_panes = "A1:J9", "1:2", "A3"
    page["C3"].comment = Comment("本所自己的批注", "所长")
    page["A4"].comment = Comment("欧阳青禾说的", "所长")
    page["H3"].hyperlink = "http://example.invalid/x"
    page["H3"] = "链接"
    page["I3"] = '=cmd|"/c calc"!A1'
    page["A5"].data_type, page["A5"].quotePrefix = "s", True
    page.add_data_validation(DataValidation("list", formula1='"来访,排查发现"', sqref="F3:F9"))
    page.add_data_validation(DataValidation("list", formula1="[1]Sheet1!$A$1:$A$2", sqref="G3:G9"))
    for name in ("须更正事项", "很长" * 15 + "a"):
        book.create_sheet(name)["A1"] = "<b>&说明\n第二行</b>"
    book.save(path)
    return path


def test_the_office_s_own_workbook_with_marks(workspace, office_workbook):
    [(name, (book, _))] = build(workspace).items()
    assert name == "司法所/纠纷.xlsx"
    assert book.sheetnames == ["须更正事项 2", "某月", "须更正事项", "很长" * 15 + "a"]
    page = book["某月"]
    assert (page["A2"].font.b, page["A2"].font.name, page["A2"].fill.fgColor.rgb) == (True, "黑体", "FFDDEEFF")
    assert (page.column_dimensions["B"].width, str(page.merged_cells)) == (33, "A1:G1")
    assert (page.print_area, page.print_title_rows, page.freeze_panes) == ("'某月'!$A$1:$J$9", "$1:$2", "A3")
    assert page["A4"].fill.fgColor.rgb == office_copy.FILLS["error"]
    assert page["A4"].comment.text == (
        "〔须更正〕受理日期：“2025.13.5”（月份不存在）\n应为：有效日期，如 2025-03-05\n请核对原件后改正或补填；改正以前本行不计入。"
        "\n\n欧阳青禾说的"
    )
    assert not page.row_dimensions[4].hidden
    assert page["F4"].fill.fgColor.rgb == office_copy.FILLS["warning"]
    assert "应为：群众来访、主动排查、平台派单、派出所移交、法院委派之一" in page["F4"].comment.text
    assert page["C3"].comment.text == "本所自己的批注"
    assert page["A3"].fill.fgColor.rgb not in office_copy.FILLS.values()
    listed = faults(book)
    assert ("某月", 4, "受理日期", "“2025.13.5”（月份不存在）", "'某月'!A4") in listed
    assert book.active.title == "须更正事项 2"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets[1:]] == [False] * 3


def test_nothing_in_it_acts(workspace, office_workbook):
    [(book, data)] = build(workspace).values()
    page = book["某月"]
    assert (page["A5"].value, page["A5"].data_type, page["A5"].quotePrefix) == ("=1+1", "s", True)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert page["H3"].hyperlink is None
    assert [rule.formula1 for rule in page.data_validations.dataValidation] == ['"来访,排查发现"']
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert not [name for name in names if re.search(r"external|embed|vba|media|customXml", name)]
        text = b"".join(archive.read(name) for name in names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"example.invalid" not in text
    assert b"cmd|" not in text
    assert b"TargetMode" not in text
    assert b"<f>" not in text
    core = re.findall(rb"<dcterms:\w+[^>]*>([^<]*)<", text)
    assert core == [b"2025-12-31T00:00:00Z"] * 2
    assert book.properties.language == "zh-CN"


def test_same_files_same_bytes(workspace, office_workbook):
    assert {n: d for n, (_, d) in build(workspace).items()} == {n: d for n, (_, d) in build(workspace).items()}


def test_what_we_add_holds_nothing_private_and_nothing_of_another_office(workspace, office_workbook):
    other = [["2025-01-02", "龙井村", "邻里", "令狐一白", "110101189001019999", "天上掉下", "成功"]]
    write_workbook(workspace.raw(2025) / "综治办" / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEAD, *other)
    found = build(workspace)
    assert list(found) == ["司法所/纠纷.xlsx", "综治办/纠纷.xlsx"]
    year = town_year.open_year(2025, workspace)
    hidden = note_private(workspace, year.settings, survey(workspace, 2025, year.settings))
    assert output_scan.scan_matches({f"returned/{n}": data for n, (_, data) in found.items()}, hidden) == {}
    text = {
        name: str([[cell.value for cell in row] for page in book for row in page.iter_rows()])
        for name, (book, _) in found.items()
    }
    assert "欧阳青禾" in text["司法所/纠纷.xlsx"]
    assert "令狐一白" not in text["司法所/纠纷.xlsx"]
    assert "欧阳青禾" not in text["综治办/纠纷.xlsx"]


def test_a_private_value_in_our_own_words_is_an_offence(workspace, office_workbook):
    [(book, _)] = build(workspace).values()
    book.worksheets[0]["K1"] = "欧阳青禾"
    book.save(out := io.BytesIO())
    year = town_year.open_year(2025, workspace)
    hidden = note_private(workspace, year.settings, survey(workspace, 2025, year.settings))
    assert output_scan.scan_matches({"returned/司法所/纠纷.xlsx": out.getvalue()}, hidden) == {
        "returned/司法所/纠纷.xlsx": {"person"}
    }


def test_names_never_meet(workspace):
    names = returned.names_of(["a/x.xls", "a/x.xlsx", "a/X.csv", "a/b/x.csv", "x.csv", "x.tsv", "a/x（xls）.xlsx"])
    assert names["a/x.xlsx"] == "a/x.xlsx"
    assert names["x.csv"] == "未注明科室/x.xlsx"
    assert names["a/b/x.csv"] == "a/b/x.xlsx"
    assert len({name.casefold() for name in names.values()}) == 7


def test_from_xls_csv_and_html_an_xlsx_of_the_same_layout(workspace):
    folder = workspace.raw(2025) / "司法所"
    folder.mkdir()
    old = xlwt.Workbook()
    page = old.add_sheet("一季度")
    bold = xlwt.easyxf("font: bold on, name 楷体; pattern: pattern solid, fore_colour yellow; borders: left thin")
    page.write_merge(0, 0, 0, 6, "矛盾纠纷调解台账", bold)
    for column, (title, cell) in enumerate(zip(HEAD, BAD, strict=True)):
        page.write(1, column, title, bold)
        page.write(2, column, cell)
    page.col(1).width = 256 * 30
    old.save(str(folder / "纠纷.xls"))
    text = "矛盾纠纷调解台账\n" + ",".join(HEAD) + "\n" + ",".join(BAD) + "\n"
    (folder / "窗口.csv").write_text(text, encoding="gb18030")
    cells = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (["矛盾纠纷调解台账"], HEAD, BAD)
    )
    (folder / "网页.xls").write_text(f"<html><table>{cells}</table></html>", encoding="utf-8")
    found = build(workspace)
    assert sorted(found) == ["司法所/窗口.xlsx", "司法所/纠纷.xlsx", "司法所/网页.xlsx"]
    for name, (book, _) in found.items():
        page = book.worksheets[1]
        assert [cell.value for cell in page[3]] == BAD, name
        assert page["A3"].comment.text.startswith("〔须更正〕受理日期"), name
    page = found["司法所/纠纷.xlsx"][0]["一季度"]
    assert (page["A2"].font.b, page["A2"].font.name, page["A2"].fill.fgColor.rgb) == (True, "楷体", "FFFFFF00")
    assert (page["A2"].border.left.style, page.column_dimensions["B"].width, str(page.merged_cells)) == (
        "thin",
        30,
        "A1:G1",
    )


@pytest.mark.parametrize("large", ["cells", "merged ranges"])
def test_of_a_workbook_too_large_only_the_faulty_rows(workspace, large):
    path = workspace.raw(2025) / "司法所" / "纠纷.xlsx"
    write_workbook(path, ["矛盾纠纷调解台账"], HEAD, *([GOOD] * 5), BAD, GOOD)
    book = openpyxl.load_workbook(path)
    if large == "cells":
        book.active["XFD4"] = "远"
    else:
        for number in range(20, 21 + office_copy.MAXIMUM_MERGED):
            book.active.merge_cells(f"J{number}:K{number}")
    book.save(path)
    [(book, _)] = build(workspace).values()
    page = book.worksheets[1]
    assert [[cell.value for cell in row][:2] for row in page.iter_rows()] == [
        [1, "矛盾纠纷调解台账"], ["原行号", "受理日期"], [8, "2025.13.5"],
    ]  # fmt: skip
    assert page["B3"].comment.text.startswith("〔须更正〕受理日期")
    assert "原工作簿太大" in book.worksheets[0]["A5"].value


def test_files_that_cannot_be_read_are_listed_for_their_office(workspace):
    (workspace.raw(2025) / "党政办").mkdir()
    (workspace.raw(2025) / "党政办" / "坏.xlsx").write_bytes(b"PK\x03\x04 cut short")
    [(name, (book, _))] = build(workspace).items()
    assert name == "党政办/未能读入的文件.xlsx"
    assert faults(book)[0][2] == "党政办/坏.xlsx"


def test_a_style_that_openpyxl_cannot_read_costs_the_look_only(workspace, office_workbook):
    with zipfile.ZipFile(office_workbook) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'rgb="FFDDEEFF"', b'rgb="nonsense"')
    with zipfile.ZipFile(office_workbook, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    [(book, _)] = build(workspace).values()
    assert book["某月"]["A4"].comment.text.startswith("〔须更正〕")
    assert book["某月"]["A3"].value == "2025-01-02"


def test_the_marked_workbook_comes_back_mended_in_part(workspace, office_workbook):
    [(book, _)] = build(workspace).values()
    book["某月"]["A4"] = "2025-03-05"
    book.save(office_workbook)
    [(again, _)] = build(workspace).values()
    assert again.sheetnames == ["须更正事项 2", "某月", "须更正事项", "很长" * 15 + "a"]
    assert ("某月", 4, "案件来源") in {row[:3] for row in faults(again)}
    assert ("某月", 4, "受理日期") not in {row[:3] for row in faults(again)}
    assert (again["某月"]["A4"].comment.text, again["某月"]["A4"].fill.fgColor.rgb) == ("欧阳青禾说的", "00000000")
    assert again["某月"]["C3"].comment.text == "本所自己的批注"


def test_with_nothing_left_to_mend_the_workbook_disappears(workspace):
    path = write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEAD, BAD)
    assert list(build(workspace)) == ["司法所/纠纷.xlsx"]
    write_workbook(path, ["矛盾纠纷调解台账"], HEAD, GOOD)
    left = build(workspace)
    assert list(left) in ([], ["司法所/纠纷.xlsx"])
    assert not left or "受理日期" not in {row[2] for row in faults(left["司法所/纠纷.xlsx"][0])}


def test_a_marked_workbook_beside_its_original_is_told(workspace):
    path = write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEAD, BAD)
    [(_, data)] = build(workspace).values()
    (path.parent / "纠纷（更正）.xlsx").write_bytes(data)
    year = town_year.open_year(2025, workspace)
    told = [issue for issue in survey(workspace, 2025, year.settings).issues if issue.kind == "returned_twice"]
    assert [issue.place for issue in told] == ["司法所/纠纷（更正）.xlsx"]
    assert "它的原件 司法所/纠纷.xlsx 也还在" in told[0].found
    path.unlink()
    assert not [issue for issue in survey(workspace, 2025, year.settings).issues if issue.kind == "returned_twice"]
