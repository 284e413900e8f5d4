"""Tables of Word documents read as a reader of the document sees them."""

import io
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest

from fazhi.intake import Limits, RawFile, RawSheet
from fazhi.intake.docx import read_docx as module
from fazhi.intake.worker import read_bytes
from made.hostile_workbooks import compound, zipped
from made.word import ROWS, cell, document, docx, paragraph, parts, plain, row, run, table

TITLES = ["日期", "单位", "件数"]
INS = '<w:ins w:id="1" w:author="a">{}</w:ins>'
DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def read(data: bytes, name: str = "a.docx", limits: Limits | None = None) -> RawFile:
    return read_bytes(data, name, "0" * 64, limits or Limits())


def only(body: str, **more: str) -> tuple[RawSheet, RawFile]:
    file = read(docx(body, **more))
    assert (file.refused, file.kind) == (None, "docx")
    return file.sheets[0], file


def one_cell(content: str, **more: str) -> tuple[object, RawFile]:
    sheet, file = only(table(row(*TITLES), row("1月2日", cell(content), "3")), **more)
    return sheet.rows[1][1] if len(sheet.rows[1]) > 1 else None, file


def test_a_document_of_words_writer_is_read_with_what_stands_around_its_tables() -> None:
    made = python_docx.Document()
    made.sections[0].header.paragraphs[0].text = "某镇"
    made.add_paragraph("安全检查台账")
    made.add_paragraph("单位：万元")
    for rows in (ROWS, ROWS[:2]):
        grid = made.add_table(len(rows), 3)
        for line, cells in zip(grid.rows, rows, strict=True):
            for place, text in zip(line.cells, cells, strict=True):
                place.text = text
        made.add_paragraph("注：不含复查")
        made.add_paragraph("第二张表")
    out = io.BytesIO()
    made.save(out)
    file = read(out.getvalue())
    assert [(sheet.name, sheet.rows, sheet.counted_rows) for sheet in file.sheets] == [
        ("表1", ROWS, 3), ("表2", ROWS[:2], 2),
    ]  # fmt: skip
    assert file.sheets[0].above == ("安全检查台账", "单位：万元", "注：不含复查", "某镇")
    assert file.sheets[1].above == ("第二张表", "注：不含复查", "某镇")
    assert file.findings == []


@pytest.mark.parametrize(
    ("content", "shown", "said"),
    [
        ("陶家", "陶家", ""),
        (paragraph(run("陶"), run("家")) + paragraph(run("商店")), "陶家\n商店", ""),
        (paragraph(run("10", '<w:strike w:val="true"/>'), run("12")), "12", ""),
        (paragraph(run("10", "<w:dstrike/>"), run("12", '<w:strike w:val="0"/>')), "12", ""),
        (paragraph(run("12"), run("3", "<w:vanish/>")), "12", "隐藏文字"),
        (paragraph(run("12米"), run("2", '<w:vertAlign w:val="superscript"/>')), "12米²", ""),
        (paragraph(run("12"), run("[1]", '<w:vertAlign w:val="superscript"/>')), "12", ""),
        (paragraph(DELETED.format("10"), INS.format(run("12"))), "12", "修订"),
        (paragraph(f"<w:moveFrom>{run('10')}</w:moveFrom><w:moveTo>{run('12')}</w:moveTo>"), "12", "修订"),
        (paragraph(run("陶"), properties="<w:rPr><w:del/></w:rPr>") + paragraph(run("家")), "陶家", ""),
        (paragraph(FIELD.format("begin"), "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>", FIELD.format("separate"), run("12"), FIELD.format("end")), "12", ""),
        (paragraph(FIELD.format("begin"), run("10"), FIELD.format("separate"), run("12"), FIELD.format("end"), run("件")), "12件", ""),
        (paragraph(f'<w:fldSimple w:instr="DATE">{run("12")}</w:fldSimple>'), "12", ""),
        (paragraph(f"<w:hyperlink>{run('陶家')}</w:hyperlink>"), "陶家", ""),
        (paragraph(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('点击输入')}</w:sdtContent></w:sdt>"), None, ""),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('陶家'))}</w:sdtContent></w:sdt>", "陶家", ""),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "√", ""),
        (paragraph('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', run("是")), "☑是", ""),
        (paragraph('<w:r><w:sym w:font="Webdings" w:char="F052"/></w:r>'), "�", "认不出的符号"),
        (paragraph("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox></w:ffData></w:fldChar></w:r>", FIELD.format("end"), run("是")), "☑是", ""),
        (paragraph("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='成功'/><w:listEntry w:val='失败'/></w:ddList></w:ffData></w:fldChar></w:r>", FIELD.format("end")), "失败", ""),
        (paragraph(run("1"), "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num></m:f></m:oMath>"), "1", "公式对象"),
        (paragraph("<w:r><w:ruby><w:rt><w:r><w:t>tao</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>陶</w:t></w:r></w:rubyBase></w:ruby></w:r>"), "陶", ""),
        (paragraph("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:tab/><w:t>3</w:t></w:r>"), "1-2 3", ""),
        (paragraph("<w:r><mc:AlternateContent><mc:Choice><w:t>12</w:t></mc:Choice><mc:Fallback><w:t>10</w:t></mc:Fallback></mc:AlternateContent></w:r>"), "12", ""),
    ],
)  # fmt: skip
def test_a_cell_is_what_its_reader_sees(content: str, shown: str | None, said: str) -> None:
    value, file = one_cell(content)
    assert value == shown
    assert [said in finding.found for finding in file.findings] == ([True] if said else [])
    assert all((finding.row, finding.column) == (2, "B") for finding in file.findings)


def test_wholly_struck_text_is_given_and_counted() -> None:
    sheet, _ = only(
        table(row(*TITLES), row(*(cell(paragraph(run(t, "<w:strike/>"))) for t in ("1月2日", "陶家", "2"))))
    )
    assert (sheet.rows[1], sheet.struck) == (["1月2日", "陶家", "2"], {2: 3})


STYLES = (
    '<w:style w:type="paragraph" w:styleId="A"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="C"/></w:style>'
    '<w:style w:type="character" w:styleId="D"><w:rPr><w:strike/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("style", "properties", "struck"),
    [("A", "", 1), ("B", "", 1), ("C", "", 0), ("B", '<w:strike w:val="0"/>', 0), ("B", '<w:rStyle w:val="D"/>', 0), ("C", '<w:rStyle w:val="D"/>', 1)],
)  # fmt: skip
def test_strike_comes_from_styles_too(style: str, properties: str, struck: int) -> None:
    text = paragraph(run("作废", properties), properties=f'<w:pStyle w:val="{style}"/>')
    sheet, _ = only(table(row(*TITLES), row("1月2日", cell(text), "2")), styles=STYLES)
    assert sheet.struck.get(2, 0) == struck


def test_merged_cells_lie_where_they_are_seen() -> None:
    restart, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    sheet, file = only(
        table(
            row(cell("村", restart), cell("件数", '<w:gridSpan w:val="2"/>')),
            row(cell("", on), "上半年", "下半年"),
            row(cell("陶家", restart), "1", "2"),
            row(cell("看不见", on), "3", "4"),
            row(cell("河口", on), cell("5", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")),
        )
    )
    assert sheet.rows == [["村", "件数"], [None, "上半年", "下半年"], ["陶家", "1", "2"], [None, "3", "4"], [None, "5"]]
    assert sheet.merged == [(0, 0, 1, 0), (0, 1, 0, 2), (2, 0, 4, 0), (4, 1, 4, 2)]
    assert [(f.row, f.column, "另有文字" in f.found) for f in file.findings] == [(4, "A", True)]


def test_a_cell_that_goes_on_from_nothing_is_a_cell() -> None:
    sheet, _ = only(table(row(*TITLES), row(cell("1月2日", "<w:vMerge/>"), "陶家", "2")))
    assert (sheet.rows[1], sheet.merged) == (["1月2日", "陶家", "2"], [])


@pytest.mark.parametrize(
    ("widths", "spans"),
    [
        ((2000, 60, 1940, 2000), [(1, 2, 1), (2, 1, 1)]),  # a border dragged by a hair
        ((2000, 600, 1400, 2000), [(1, 2, 1), (2, 1, 1)]),  # one dragged by a centimetre
    ],
)
def test_columns_are_those_a_reader_sees(widths: tuple[int, ...], spans: list[tuple[int, ...]]) -> None:
    rows = [TITLES, ["1月2日", "陶家", "2"], ["1月3日", "河口", "1"]]
    made = [
        row(*(cell(text, f'<w:gridSpan w:val="{span}"/>') for text, span in zip(cells, spans[min(at, 1)], strict=True)))
        for at, cells in enumerate(rows)
    ]
    assert only(table(*made, widths=widths))[0].rows == rows


def test_rows_that_begin_further_right_and_split_cells_keep_their_places() -> None:
    made = table(
        row(*TITLES),
        row("陶家", "2", properties='<w:gridBefore w:val="1"/>'),
        row(cell("合计", '<w:gridSpan w:val="2"/>'), "2"),
        widths=(2000, 2000, 2000),
    )
    assert only(made)[0].rows == [TITLES, [None, "陶家", "2"], ["合计", None, "2"]]


def test_deleted_rows_are_blank_and_inserted_ones_are_there() -> None:
    sheet, file = only(
        table(
            row(*TITLES),
            row("1月2日", "陶家", "2", properties="<w:del/>"),
            row("1月3日", "河口", "1", properties="<w:ins/>"),
        )
    )
    assert sheet.rows == [TITLES, [], ["1月3日", "河口", "1"]]
    assert [f.severity for f in file.findings] == ["warning"]


def test_wrapped_rows_and_cells_are_found() -> None:
    wrapped = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    made = table(row(*TITLES), wrapped.format(row("1月2日", wrapped.format(cell("陶家")), "2")))
    assert only(made)[0].rows[1] == ["1月2日", "陶家", "2"]


def test_tables_within_cells_and_boxes_are_tables_of_their_own() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{plain()}{paragraph(run('盖章'))}</w:txbxContent></w:pict></w:r>"
    file = read(docx(table(row(cell(paragraph(run("安全检查台账")) + plain() + paragraph()))) + paragraph(box)))
    assert [len(sheet.rows) for sheet in file.sheets] == [1, 3, 3]
    assert file.sheets[1].above == ("安全检查台账",)
    assert [finding.found[:5] for finding in file.findings] == ["有 1 个"]
    assert read(docx(table(row(cell(plain() + paragraph()))))).findings == []


def test_what_goes_on_without_a_paragraph_is_one_table() -> None:
    sheet, file = only(plain() + '<w:bookmarkStart w:id="1"/>' + plain([["2025-03-07", "竹林超市", "1"]]))
    assert (len(file.sheets), len(sheet.rows), sheet.counted_rows, file.findings) == (1, 4, 4, [])


@pytest.mark.parametrize(
    ("between", "rows", "asked"),
    [
        ("", [["2025-03-07", "竹林超市", "1"]], True),
        ("", [["场所", "负责人", "电话"]], False),
        ("", [["2025-03-07", "1"]], False),
        ("二、另一张", [["2025-03-07", "竹林超市", "1"]], False),
        ("", ROWS, False),
    ],
)
def test_the_rest_of_a_table_without_titles_is_asked_for(between: str, rows: list[list[str]], asked: bool) -> None:
    file = read(docx(plain() + paragraph(run(between) if between else "") + plain(rows)))
    assert [(f.severity, f.sheet) for f in file.findings] == ([("error", "表1")] if asked else [])


def test_comments_notes_and_fills_go_with_their_cell() -> None:
    marked = paragraph(
        run("陶家"), '<w:r><w:commentReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    body = table(row(*TITLES), row("1月2日", cell(marked, '<w:shd w:fill="FFFF00"/>'), "2"))
    sheet, _ = only(
        body,
        comments=f'<w:comment w:id="7">{paragraph(run("作废"))}</w:comment>',
        footnotes=f'<w:footnote w:id="2">{paragraph(run("重复"))}</w:footnote>',
    )
    assert sheet.comments == {(2, 2): "作废\n重复"}
    assert sheet.fills == {(2, 2): "FFFF00"}


def test_embedded_workbooks_are_told_of() -> None:
    _, file = only(plain() + paragraph('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'))
    assert ["嵌有别的文件" in finding.found for finding in file.findings] == [True]


def test_a_cell_that_the_readings_differ_on_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = module.read_grid

    def lossy(*given: object) -> object:
        grid = real(*given)
        return replace(grid, written=[*grid.written[:2], [*grid.written[2][:2], ""]])

    monkeypatch.setattr(module, "read_grid", lossy)
    (finding,) = only(plain())[1].findings
    assert (finding.severity, finding.row, finding.column) == ("error", 3, "C")
    assert ".docx" in finding.advice


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (docx(paragraph(run("通知"))), "通知.docx", "里面没有表格；"),
        (compound({"WordDocument": b"x"}), "a.doc", "另存为 .docx"),
        (b"{\\rtf1 a}", "a.doc", "另存为 .docx"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "a.doc", "另存为 .docx"),
        (b"%PDF-1.7", "a.pdf", ".xlsx、.docx"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt", "另存为 .docx"),
        (docx()[:-60], "a.docx", "另存为 .docx"),
    ],
)
def test_what_is_not_read_says_what_to_do(data: bytes, name: str, said: str) -> None:
    refused = read(data, name).refused or ""
    assert said in refused
    assert "Excel 或 WPS" not in refused


def test_limits_hold_for_documents() -> None:
    wide = table(*(row(cell("一"), cell("", '<w:gridSpan w:val="9"/>'), cell("二")) for _ in range(200)))
    assert "上限" in (read(docx(wide), limits=replace(Limits(), box_cells=500)).refused or "")
    assert "上限" in (read(docx(plain()), limits=replace(Limits(), rows=2)).refused or "")
    assert "上限" in (read(docx(plain()), limits=replace(Limits(), cell_characters=5)).refused or "")


def test_the_package_needs_no_relations(tmp_path: Path) -> None:
    made = {name: content for name, content in parts(plain()).items() if name == "word/document.xml"}
    assert read(zipped(made)).sheets[0].rows == ROWS
    assert read(zipped(made | {"word/document.xml": document(plain())}), "a.zip").kind == "docx"
