"""Text, HTML, SpreadsheetML and ods: every cell as written, or refused by line."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.intake import CellError, Limits, RawSheet, Uncached
from fazhi.intake.delimited import read_delimited
from fazhi.intake.html import read_html
from fazhi.intake.model import Finding, Refused
from fazhi.intake.ods.read_ods import read_ods
from fazhi.intake.spreadsheetml.read_spreadsheetml import read_spreadsheetml
from fazhi.intake.text_decoding import decode
from fazhi.intake.worker import read_bytes
from made.hostile import OLD

LIMITS = Limits()


def text_rows(content: str | bytes) -> list[list[object]]:
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (sheet,), findings = read_delimited(data, LIMITS)
    assert findings == []
    return sheet.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert text_rows("姓名,镕喆\n甲,𠮷\n".encode(encoding)) == [["姓名", "镕喆"], ["甲", "𠮷"]]


@pytest.mark.parametrize("data", [b"\xff\xfea", "甲".encode()[:-1] + b"\xff", b"a\x00b", b"\x81", b"\x1b[0m"])
def test_undecodable_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        decode(data)


RARE = "姓名,村\n㛃𬱖,龍灘村\n堃喆龑,臺上村\n"
TAIWAN = "受理日期,村里,糾紛類型,結果\n2025/3/5,大同里,鄰里糾紛,調解成功\n"
JAPAN = "日付,氏名,区分\n2025/3/5,山田太郎,近所の紛争\n"
KOREA = "날짜,이름,분쟁 유형\n2025/3/5,김철수,이웃 분쟁\n"


def test_rare_and_traditional_characters_in_gb18030_are_read() -> None:
    for text in (RARE, TAIWAN):
        assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(TAIWAN, "big5"), (JAPAN, "shift_jis"), (JAPAN, "euc_jp"), (KOREA, "euc_kr"), ("日期,类型,结果", "utf-8")],
)
def test_what_is_gb18030_by_chance_only_is_refused(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    data = data.replace(b"\x97", b"\xe6", 1) if encoding == "utf-8" else data
    assert data.decode("gb18030") != text
    with pytest.raises(Refused, match="编码"):
        decode(data)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters(mark: str) -> None:
    rows = [["合计：1,000元；见附件", None], ["编号", "金额"], ["0071", "1.50"]]
    text = f"合计：1,000元；见附件{mark}\n编号{mark}金额\n0071{mark}1.50\n" if mark != "," else None
    if text:
        assert text_rows(text) == [rows[0][:1], *rows[1:]]
    assert text_rows(f"编号{mark}金额\n0071{mark}1.50\n") == rows[1:]


def test_records_quotes_and_blank_lines() -> None:
    text = '标题\r\n\r\n编号,"说明\n两行","引""号"\r\n,,\r\n0071, 有空格 ,x\r\n\r\n'
    assert text_rows(text) == [["标题"], [], ["编号", "说明\n两行", '引"号'], [], ["0071", " 有空格 ", "x"]]


def test_a_sep_line_names_the_delimiter_and_stays_a_record() -> None:
    assert text_rows("sep=;\na,1;b\n") == [[], ["a,1", "b"]]


@pytest.mark.parametrize(("text", "line"), [('a,b\n1,"2\n3,4\n', 2), ('a\n"b\nc"\n"d" e,f\n', 4)])
def test_an_open_quote_is_refused_by_line(text: str, line: int) -> None:
    with pytest.raises(Refused, match=f"第 {line} 行"):
        read_delimited(text.encode(), LIMITS)


FIELD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), max_size=6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(FIELD, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_read(table: list[list[str]]) -> None:
    text = "\r\n".join(",".join('"' + field.replace('"', '""') + '"' for field in row) for row in table)
    (sheet,), findings = read_delimited(b"\xef\xbb\xbf" + text.encode("utf-8"), LIMITS)
    wanted = [[field if field.strip() else None for field in row] for row in table]
    padded = [row + [None] * (4 - len(row)) for row in sheet.rows]
    padded += [[None] * 4] * (len(wanted) - len(padded))
    assert padded == [row + [None] * (4 - len(row)) for row in wanted]
    assert not [f for f in findings if f.severity == "error"]


def html_sheet(body: str) -> RawSheet:
    (sheet,), findings = read_html(f"<html><body>{body}</body></html>".encode(), LIMITS)
    assert findings == []
    return sheet


def test_html_spans_become_merged_ranges() -> None:
    sheet = html_sheet(
        "<table><tr><td colspan=2>标题</td></tr><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
    )
    assert sheet.rows == [["标题"], ["甲", "1"], [None, "2"]]
    assert sheet.merged == [(0, 0, 0, 1), (1, 0, 2, 0)]


def test_html_text_is_what_a_browser_shows() -> None:
    sheet = html_sheet(
        "<table><tr><td> a\n b<br>c<script>x</script></td><td>&nbsp;</td><td>&lt;b&gt;&#20013;</td></tr>"
    )
    assert sheet.rows == [["a b\nc", None, "<b>中"]]


def test_html_rows_are_the_documents_tr() -> None:
    sheet = html_sheet("<table><tr><td>一</td></tr></table>文<table><tr><td></td></tr><tr><td>三</td></tr></table>")
    assert sheet.rows == [["一"], [], ["三"]]


def test_html_text_above_the_table_is_kept_and_text_in_no_cell_told() -> None:
    table = "<table><caption>单位：万元</caption><tr><td>甲</td></tr></table>"
    (sheet,), findings = read_html(f"<title>x</title><h3>调解\n台账</h3>{table}<p>填表人：某</p>".encode(), Limits())
    assert (sheet.above, sheet.rows, findings) == (("调解 台账", "单位：万元"), [["甲"]], [])
    for lost in (
        "<table><tr><td>甲</td></tr><td>乙</td></table>",
        "<table><tr><td>甲</td>乙</tr></table>",
        "<table><tr><td>甲",
    ):
        assert [finding.severity for finding in read_html(lost.encode(), Limits())[1]] == ["error"]


def test_html_numbers_of_the_old_latin_set_are_its_letters() -> None:
    assert html_sheet("<table><tr><td>1&#150;2&#x85;</td></tr></table>").rows == [["1–2…"]]


def test_html_strike_and_hidden() -> None:
    sheet = html_sheet(
        "<style>.x1{text-decoration:line-through}</style><table>"
        "<tr><td><s>甲</s></td><td><del>乙</del>丙</td><td class=x1>丁</td>"
        "<td style='text-decoration:line-through'>戊</td><td><s></s></td></tr><tr style='display:none'><td>己</td></tr></table>"
    )
    assert sheet.struck == {1: 3}
    assert sheet.hidden_rows == {2}


def xml_sheet(table: str, styles: str = "") -> tuple[RawSheet, list[Finding]]:
    text = (
        f'<?xml version="1.0"?><Workbook xmlns="{OLD}" xmlns:ss="{OLD}">{styles}'
        f'<Worksheet ss:Name="台账"><Table>{table}</Table></Worksheet></Workbook>'
    )
    (sheet,), findings = read_spreadsheetml(text.encode("utf-8"), LIMITS)
    return sheet, findings


def test_spreadsheetml_places_and_types() -> None:
    def cell(kind: str, value: str, more: str = "") -> str:
        return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'

    sheet, findings = xml_sheet(
        f"<Row>{cell('String', '标题', 'ss:MergeAcross=' + chr(34) + '2' + chr(34))}{cell('String', '后')}</Row>"
        f'<Row ss:Index="4" ss:Hidden="1">{cell("DateTime", "2025-03-05T00:00:00.000")}'
        f"{cell('Number', '12', 'ss:Index=' + chr(34) + '3' + chr(34))}{cell('Boolean', '1')}{cell('Error', '#REF!')}"
        '<Cell ss:Formula="=1+1"/></Row>'
        f"<Row>{cell('String', '划去', 'ss:StyleID=' + chr(34) + 's1' + chr(34))}</Row>",
        '<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>',
    )
    assert sheet.rows[0] == ["标题", None, None, "后"]
    assert sheet.rows[3] == [datetime.date(2025, 3, 5), None, 12, True, CellError("#REF!"), Uncached("=1+1")]
    assert (sheet.merged, sheet.hidden_rows, sheet.struck) == ([(0, 0, 0, 2)], {4}, {5: 1})
    assert sheet.counted_rows == 3
    assert [finding.severity for finding in findings] == ["warning", "warning"]


ODS_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name, prefix in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "drawing": "draw",
    }.items()
)


def ods(table: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {ODS_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="台账">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return buffer.getvalue()


def test_ods_places_types_and_looks() -> None:
    struck = '<style:style style:name="c1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    (sheet,), findings = read_ods(
        ods(
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            '<table:table-row table:visibility="collapse"><table:table-cell/>'
            '<table:table-cell office:value-type="string" table:style-name="c1" table:number-columns-spanned="2">'
            "<text:p>划去</text:p></table:table-cell><table:covered-table-cell/>"
            '<table:table-cell office:value-type="date" office:date-value="2025-03-05"/>'
            '<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>'
            "</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>',
            struck,
        ),
        LIMITS,
    )
    assert findings == []
    assert sheet.rows == [[], [], [None, "划去", None, datetime.date(2025, 3, 5), 12]]
    assert (sheet.merged, sheet.hidden_rows, sheet.struck) == ([(2, 1, 2, 2)], {3}, {3: 1})


def test_ods_repeated_beyond_reason_is_refused() -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    with pytest.raises(Refused):
        read_ods(
            ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'),
            LIMITS,
        )


def test_ods_laid_out_over_lines_and_what_is_drawn_over_cells() -> None:
    """White space between the tags of a table is no content, nor is the text of a shape anchored to a cell."""
    (sheet,), findings = read_ods(
        ods(
            "\n <table:table-row>\n  <table:table-cell>\n   <draw:frame><text:p>图注</text:p></draw:frame>\n  </table:table-cell>"
            '\n  <table:table-cell office:value-type="string">\n   <text:p>甲<text:span> 乙</text:span></text:p>'
            "\n   <text:p>丙</text:p>\n  </table:table-cell>\n </table:table-row>\n"
        ),
        LIMITS,
    )
    assert (sheet.rows, findings) == ([[None, "甲 乙\n丙"]], [])


def test_ods_tabs_line_breaks_notes_with_a_date_and_errors_without_a_type() -> None:
    note = "<office:annotation><text:date>2025-03-05</text:date><text:p>核</text:p></office:annotation>"
    cells = f'<table:table-cell office:value-type="string">{note}<text:p>甲<text:tab/>乙<text:line-break/>丙</text:p></table:table-cell>'
    cells += '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>'
    (sheet,), findings = read_ods(ods(f"<table:table-row>{cells}</table:table-row>"), Limits())
    assert sheet.rows == [["甲\t乙\n丙", CellError("#DIV/0!")]]
    assert sheet.comments == {(1, 1): "核"}
    assert [finding.severity for finding in findings] == ["warning"]


def test_ods_in_one_xml_file() -> None:
    head = "<?xml version='1.0' encoding='UTF-8'?>\n<office:document "
    kept = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
    row = "<table:table-row><table:table-cell office:value-type='float' office:value='12'/></table:table-row>"
    body = f"<office:body><office:spreadsheet><table:table table:name='台账'>\n{row}\n</table:table>"
    flat = f"{head}{ODS_NAMESPACES} {kept}{body}</office:spreadsheet></office:body></office:document>".encode()
    file = read_bytes(flat, "a.fods", "", LIMITS)
    assert (file.kind, file.refused, [sheet.rows for sheet in file.sheets]) == ("ods", None, [[[12]]])


def test_the_exchange_formats_of_the_eighties_are_named() -> None:
    for text in (b"ID;PWXL;N;E\r\nC;Y1;X1;K12\r\nE\r\n", b'TABLE\r\n0,1\r\n"x"\r\n'):
        assert "SYLK" in (read_bytes(text, "a.csv", "", LIMITS).refused or "")
