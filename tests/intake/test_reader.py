"""The reader: what the sample and small workbooks built here read to, cell by cell, and what a dying process costs."""

import datetime
import hashlib
import os
import sys
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from fazhi.intake import CellError, Limits, RawFile, RawSheet, Reader, Uncached
from made.hostile_workbooks import LEDGER, MAIN, rows_xml, sheet_xml, workbook_parts, zipped

SAMPLE = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def reader() -> Reader:
    with Reader() as opened:
        yield opened


def read(reader: Reader, path: Path, content: bytes | None = None) -> RawFile:
    if content is not None:
        path.write_bytes(content)
    return reader.read(path, path.name)


def only_sheet(file: RawFile) -> RawSheet:
    assert file.refused is None
    assert len(file.sheets) == 1
    return file.sheets[0]


def sample_files() -> list[Path]:
    return sorted(p for year in SAMPLE.iterdir() if year.is_dir() for p in year.rglob("*") if p.is_file())


def test_the_whole_sample_is_read_without_a_finding(reader: Reader) -> None:
    files = sample_files()
    assert len(files) > 40
    for path in files:
        file = reader.read(path, path.relative_to(SAMPLE).as_posix())
        assert (file.refused, file.findings) == (None, []), file.path
        assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        for sheet in file.sheets:
            assert sheet.counted_rows == sum(1 for row in sheet.rows if row)
            assert not sheet.rows or sheet.rows[-1], "trailing blank rows are cut"


def office_workbook(path: Path) -> None:
    """A ledger with all that an office does to one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["学习台账"])
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["日期", "编号", "人数", "金额"])
    sheet.append([datetime.datetime(2025, 3, 5), "007", 12, 3.5])
    sheet.append([datetime.datetime(2025, 3, 5, 10, 30), "008", True, "作废"])
    sheet.append([datetime.time(10, 30), " ", None, "尾"])
    for cell in sheet[5]:
        cell.font = Font(strike=True)
    block = TextBlock(InlineFont(strike=True), "划去")
    sheet["B4"] = CellRichText(block)
    sheet["D6"] = CellRichText("留", block)
    sheet.row_dimensions[4].hidden = True
    sheet["C4"].comment = Comment("核对", "审核人")
    sheet["F4"].number_format = "yyyy-mm-dd"
    book.create_sheet("隐").sheet_state = "hidden"
    book.save(path)


def test_an_xlsx_keeps_places_types_and_looks(reader: Reader, tmp_path: Path) -> None:
    office_workbook(tmp_path / "a.xlsx")
    file = read(reader, tmp_path / "a.xlsx")
    sheet, hidden = file.sheets
    assert (file.kind, file.findings) == ("xlsx", [])
    assert sheet.rows == [
        ["学习台账"],
        [],
        ["日期", "编号", "人数", "金额"],
        [datetime.date(2025, 3, 5), "划去", 12, 3.5],
        [datetime.datetime(2025, 3, 5, 10, 30), "008", True, "作废"],
        [datetime.time(10, 30), None, None, "留"],
    ]
    assert type(sheet.rows[3][2]) is int
    assert sheet.merged == [(0, 0, 0, 3)]
    assert sheet.hidden_rows == {4}
    assert sheet.struck == {4: 1, 5: 4}
    assert sheet.comments == {(4, 3): "核对"}
    assert sheet.counted_rows == 5
    assert (sheet.visible, hidden.visible, hidden.rows) == (True, False, [])


def test_an_xls_keeps_places_types_and_looks(reader: Reader, tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    struck = xlwt.easyxf("font: struck_out on")
    date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write_merge(1, 1, 0, 2, "标题")
    sheet.write(3, 0, datetime.date(2025, 3, 5), date)
    sheet.write(3, 1, "007")
    sheet.write(3, 2, 12)
    sheet.write(4, 0, "作废", struck)
    sheet.write_rich_text(4, 1, [("划去", xlwt.easyfont("struck_out on")), ("留", xlwt.easyfont(""))])
    sheet.write(4, 2, True)
    sheet.row(3).hidden = True
    book.save(str(tmp_path / "a.xls"))
    file = read(reader, tmp_path / "a.xls")
    got = only_sheet(file)
    assert (file.kind, file.findings) == ("xls", [])
    assert got.rows == [[], ["标题"], [], [datetime.date(2025, 3, 5), "007", 12], ["作废", "留", True]]
    assert got.merged == [(1, 0, 1, 2)]
    assert (got.hidden_rows, got.struck, got.counted_rows) == ({4}, {5: 1}, 3)


def test_the_1904_date_system(reader: Reader, tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = datetime.datetime(1904, 1, 1)
    book.active.append([datetime.datetime(2025, 3, 5)])
    book.save(tmp_path / "a.xlsx")
    file = read(reader, tmp_path / "a.xlsx")
    assert (only_sheet(file).rows, file.findings) == ([[datetime.date(2025, 3, 5)]], [])


def test_error_cells_and_uncached_formulas_are_no_blanks(reader: Reader, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["合计", "=SUM(B2:B9)", "#REF!"])
    book.save(tmp_path / "a.xlsx")
    file = read(reader, tmp_path / "a.xlsx")
    assert only_sheet(file).rows == [["合计", Uncached("SUM(B2:B9)"), CellError("#REF!")]]
    assert [(f.severity, f.row, f.column) for f in file.findings] == [("warning", 1, "B"), ("warning", 1, "C")]


def test_long_numbers_are_a_warning_a_column_and_never_quoted(reader: Reader, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["姓名", "证件", "电话"], ["甲", 110101189901011234, 13800000000], ["乙", 110101189901015678, "x"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    file = read(reader, tmp_path / "a.xlsx")
    name, number, phone = only_sheet(file).rows[1]
    assert (name, type(number), phone) == ("甲", float, 13800000000)
    (finding,) = file.findings
    assert (finding.severity, finding.row, finding.column) == ("warning", 2, "B")
    assert finding.found == "有 2 个超过 15 位的数字存成了数值，末几位已丢失"


def test_a_lost_row_is_an_error_that_names_the_sheet(reader: Reader, tmp_path: Path) -> None:
    data = rows_xml(LEDGER[:2]) + rows_xml(LEDGER[2:], first=2)
    parts = workbook_parts({"sheet1.xml": sheet_xml(data), "sheet2.xml": sheet_xml()}, names=["台账", "好"])
    file = read(reader, tmp_path / "a.xlsx", zipped(parts))
    errors = [(f.sheet, f.found) for f in file.findings if f.severity == "error" and f.row is None]
    assert errors == [("台账", "读出 2 行，另一种方法数得 3 行")]
    assert file.sheets[0].counted_rows == 3


def test_a_large_workbook_is_counted_by_pattern(reader: Reader, tmp_path: Path) -> None:
    """Above `compared_bytes` the short cut must find the same rows, marks and strikes as the whole scan."""
    cells = '<c r="A{r}" s="0" t="s"><v>{s}</v></c><c r="B{r}"><v>{r}</v></c><c r="C{r}" s="1"/>'
    rows = [f'<row r="{r}" spans="1:3">{cells.format(r=r, s=r % 3)}</row>' for r in range(1, 40)]
    rows[4] = '<row r="5" hidden="1"><c r="A5" s="1" t="s"><v>0</v></c></row>'
    rows[5] = '<row r="6"><c r="A6" t="e"><v>#N/A</v></c></row>'
    rows[7] = (
        '<row r="8"><c r="A8" t="inlineStr"><is><t>/</t></is></c><c r="B8" s="1" t="inlineStr"><is><t>划</t></is></c></row>'
    )
    rows[8] = (
        '<row r="9"><c r="A9" t="inlineStr"><is><t>甲</t></is></c><c r="B9" t="inlineStr"><is><t> </t></is></c></row>'
    )
    rows[9] = '<row r="10"><c r="A10" t="inlineStr"><is><t>_x0009_</t></is></c></row>'
    rows[6] = '<row r="7"><c r="A7" s="0"/><c r="B7" t="s"><v>2</v></c></row>'
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si><r><rPr><strike/></rPr><t>乙</t></r></si><si><t>　</t></si></sst>'
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    )
    parts = workbook_parts({"sheet1.xml": sheet_xml("".join(rows))}, sharedStrings=strings, styles=styles)
    whole = read(reader, tmp_path / "a.xlsx", zipped(parts))
    with Reader(Limits(compared_bytes=100)) as counting:
        counted = read(counting, tmp_path / "a.xlsx")
    assert counted == whole
    assert only_sheet(whole).counted_rows == 37
    assert (only_sheet(whole).struck[5], only_sheet(whole).struck[8]) == (1, 1)
    assert {f.severity for f in whole.findings} == {"warning"}


def test_a_large_workbook_with_a_lost_row_is_an_error(tmp_path: Path) -> None:
    data = rows_xml(LEDGER[:2]) + rows_xml(LEDGER[2:], first=2)
    with Reader(Limits(compared_bytes=100)) as counting:
        file = read(counting, tmp_path / "a.xlsx", zipped(workbook_parts({"sheet1.xml": sheet_xml(data)})))
    assert "error" in [finding.severity for finding in file.findings]


def test_one_process_serves_many_files(reader: Reader, tmp_path: Path) -> None:
    read(reader, tmp_path / "a.csv", b"a\n")
    first = reader._process.child.pid
    read(reader, tmp_path / "b.csv", b"a\n")
    assert reader._process.child.pid == first


def test_a_process_that_dies_costs_one_file(tmp_path: Path) -> None:
    with Reader() as own:
        read(own, tmp_path / "a.csv", b"a\n")
        own._process.child.kill()
        own._process.child.wait()
        assert read(own, tmp_path / "b.csv", b"b\n").sheets[0].rows == [["b"]], "a fresh process reads it again"


def test_files_begun_on_early_are_read_as_each_by_itself(tmp_path: Path) -> None:
    files = [(tmp_path / name, name) for name in ("a.csv", "none.csv", "b.csv", "c.csv", "d.csv")]
    with Reader() as own:
        apart = [
            read(own, path, path.name.encode()) if path.stem != "none" else own.read(path, path.name)
            for path, _ in files
        ]
        assert list(own.read_all(files)) == apart
        reading = own.read_all(files[2:])
        next(reading)
        own._process.child.kill()
        own._process.child.wait()
        assert list(reading) == apart[3:], "a fresh process reads what the dead one had begun"


def test_what_is_begun_on_and_not_taken_is_read_anew(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    with Reader() as own:
        for path in (first, second):
            path.write_bytes(b"old\n")
        reading = own.read_all([(first, "a.csv"), (second, "b.csv")])
        next(reading)
        reading.close()
        assert read(own, second, b"new\n").sheets[0].rows == [["new"]]


def test_a_process_out_of_time_is_ended(tmp_path: Path) -> None:
    with Reader(Limits(seconds=0.01, seconds_per_mebibyte=0)) as own:
        file = read(own, tmp_path / "a.csv", b"1,2,3,4,5,6,7,8\n" * 400_000)
        assert "时限" in (file.refused or "")
        own.limits = Limits()
        assert read(own, tmp_path / "b.csv", b"b\n").sheets[0].rows == [["b"]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe that never ends")
def test_what_is_no_file_is_not_opened(reader: Reader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert "打不开" in (reader.read(tmp_path / "a.csv", "a.csv").refused or "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space reliably")
def test_a_file_beyond_memory_is_refused(tmp_path: Path) -> None:
    with Reader(Limits(memory_bytes=60 << 20)) as own:
        file = read(own, tmp_path / "a.csv", b"1,2,3,4,5,6,7,8\n" * 400_000)
        assert file.refused is not None
        assert read(own, tmp_path / "b.csv", b"b\n").sheets[0].rows == [["b"]]


def test_a_missing_file_and_a_large_one_are_refused(tmp_path: Path) -> None:
    with Reader(Limits(file_bytes=10)) as own:
        assert "打不开" in (own.read(tmp_path / "none.csv", "none.csv").refused or "")
        assert "上限" in (read(own, tmp_path / "a.csv", b"a,b\n" * 9).refused or "")


def test_nothing_a_file_holds_is_quoted(reader: Reader, tmp_path: Path) -> None:
    secret = "张三丰"
    for name, content in {
        "a.csv": f'{secret},"x\n'.encode(),
        "b.csv": f"{secret}\0".encode(),
        "c.xlsx": zipped(workbook_parts({"sheet1.xml": f"<worksheet>{secret}</sheet>"})),
    }.items():
        file = read(reader, tmp_path / name, content)
        assert file.refused and secret not in file.refused
