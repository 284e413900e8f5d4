"""More hostile and odd files: zip tricks, cells and parts of xlsx, old workbooks, markup, text."""

import io
import struct
import zipfile
from collections.abc import Callable

import xlwt

from made.hostile_workbooks import (
    LEDGER,
    MAIN,
    OFFICE,
    PACKAGE,
    compound,
    rows_xml,
    sheet_xml,
    workbook_parts,
    xlsx,
    zipped,
)

Case = tuple[str, Callable[[], bytes], str]
STRINGS = f'<sst xmlns="{MAIN}" count="2" uniqueCount="2"><si><t>甲</t></si><si><t>乙</t></si></sst>'
STYLES = f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'


# --- zip ------------------------------------------------------------------------------------------------------------


def spliced(change: Callable[[bytearray, int, int], None], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A good workbook after `change(data, place of the part's own header, place of its directory entry)`."""
    data = bytearray(xlsx())
    info = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo(part)
    change(data, info.header_offset, bytes(data).rindex(part.encode()) - 46)
    return bytes(data)


def setting(place: int, value: bytes, own: int | None = None) -> Callable[[], bytes]:
    """A good workbook with bytes of the sheet's directory entry (and of its own header) overwritten."""

    def change(data: bytearray, header: int, entry: int) -> None:
        data[entry + place : entry + place + len(value)] = value
        if own is not None:
            data[header + own : header + own + len(value)] = value

    return lambda: spliced(change)


def overlapping() -> bytes:
    """The directory lists one stretch of packed data under many names (a bomb without nesting)."""
    data = xlsx()
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    content = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/worksheets/sheet1.xml")
    body, directory, count = data[:start], data[start:end], len(workbook_parts())
    for number in range(50):
        name = f"xl/media/{number}.bin".encode()
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21, content.CRC, content.compress_size, 900_000_000,
            len(name), 0, 0, 0, 0, 0, content.header_offset,
        ) + name  # fmt: skip
    return (
        body
        + directory
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 50, count + 50, len(directory), start, 0)
    )


def zip64() -> bytes:
    """Sizes given in the 64-bit extra field, as large writers do."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in workbook_parts().items():
            with package.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    return buffer.getvalue()


class _Stream(io.BytesIO):
    """What cannot be wound back: zipfile then writes sizes after the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def streamed() -> bytes:
    buffer = _Stream()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in workbook_parts().items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def packed_by(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, content in workbook_parts().items():
            package.writestr(name, content)
    return buffer.getvalue()


def nested() -> bytes:
    return zipped({"a.xlsx": xlsx(), "b.xlsx": xlsx()})


def with_media(size: int) -> bytes:
    """A workbook with a large part that is not read."""
    return zipped(workbook_parts() | {"xl/media/image1.bin": bytes(range(256)) * (size >> 8)})


ZIP: dict[str, Case] = {
    "overlapping parts": ("a.xlsx", overlapping, "refused"),
    "zip64": ("a.xlsx", zip64, "read"),
    "sizes after the data": ("a.xlsx", streamed, "read"),
    "stored": ("a.xlsx", lambda: packed_by(zipfile.ZIP_STORED), "read"),
    "packed by bzip2": ("a.xlsx", lambda: packed_by(zipfile.ZIP_BZIP2), "refused"),
    "packed by lzma": ("a.xlsx", lambda: packed_by(zipfile.ZIP_LZMA), "refused"),
    "method unknown": ("a.xlsx", setting(10, b"\x63\0", 8), "refused"),
    "method differs": ("a.xlsx", setting(10, b"\0\0"), "refused"),
    "password flag": ("a.xlsx", setting(8, b"\x01\0", 6), "refused"),
    "size overstated": ("a.xlsx", setting(24, b"\xff\xff\xff\x0f"), "refused"),
    "packed size overstated": ("a.xlsx", setting(20, b"\xff\xff\xff\x0f"), "refused"),
    "offset beyond the file": ("a.xlsx", setting(42, b"\xff\xff\xff\x7f"), "refused"),
    "nested workbooks": ("a.zip", nested, "refused"),
    "text before the zip": ("a.xlsx", lambda: b"#!/bin/sh\n" + xlsx(), "refused"),
    "text after the zip": ("a.xlsx", lambda: xlsx() + b"\0" * 100, "read"),
    "comment with another directory": (
        "a.xlsx",
        lambda: xlsx()[:-2] + b"\x16\0" + b"PK\x05\x06" + b"\0" * 18,
        "refused",
    ),
    "too many parts": ("a.xlsx", lambda: zipped(workbook_parts() | {f"x/{n}": b"" for n in range(20_001)}), "refused"),
    "large part beside": ("a.xlsx", lambda: with_media(6 << 20), "refused"),
    "names that climb": ("a.xlsx", lambda: zipped(workbook_parts() | {"../../etc/passwd": b"x", "/abs": b"y"}), "read"),
    "only the end of a zip": ("a.xlsx", lambda: b"PK\x05\x06" + b"\0" * 18, "refused"),
    "four bytes": ("a.xlsx", lambda: b"PK\x03\x04", "refused"),
}


# --- xlsx -----------------------------------------------------------------------------------------------------------


def book(data: str | None = None, *, parts: dict[str, str] | None = None, **kwargs: str) -> Callable[[], bytes]:
    """A workbook with shared strings and styles around `<row>` elements; `parts` replaces or adds whole parts."""

    def build() -> bytes:
        made = workbook_parts({"sheet1.xml": sheet_xml(data, **kwargs)}, sharedStrings=STRINGS, styles=STYLES)
        return zipped(made | {name: text.encode("utf-8") for name, text in (parts or {}).items()})

    return build


def cells(*inner: str) -> str:
    """One row of `<c>` elements whose references are left out."""
    return "<row>" + "".join(inner) + "</row>"


def workbook_xml(sheets: str, more: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{more}<sheets>{sheets}</sheets></workbook>'


def related(*targets: str, mode: str = "", kind: str = "worksheet") -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


RELATED = "xl/_rels/workbook.xml.rels"
DOCTYPE = '<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">'
XXE = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def merged_beyond_reason() -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_002))
    return xlsx(after=f"<mergeCells>{ranges}</mergeCells>")


XLSX: dict[str, Case] = {
    "external doctype": ("a.xlsx", lambda: zipped(workbook_parts({"sheet1.xml": DOCTYPE + sheet_xml()})), "refused"),
    "external entity": ("a.xlsx", lambda: zipped(workbook_parts({"sheet1.xml": XXE + sheet_xml(cells("<c><v>&e;</v></c>"))})), "refused"),
    "doctype in the workbook": ("a.xlsx", book(parts={"xl/workbook.xml": XXE + workbook_xml("")}), "refused"),
    "utf-7 sheet": ("a.xlsx", lambda: zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="UTF-7"?>' + sheet_xml()).encode("utf-7")}), "read"),
    "gbk sheet": ("a.xlsx", lambda: zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="GBK"?>' + sheet_xml()).encode("gbk")}), "read"),
    "broken utf-8": ("a.xlsx", lambda: zipped(workbook_parts() | {"xl/worksheets/sheet1.xml": sheet_xml().encode("gbk")}), "refused"),
    "deep nesting": ("a.xlsx", lambda: xlsx(after="<a>" * 50_000 + "</a>" * 50_000), "read"),
    "huge attribute": ("a.xlsx", lambda: xlsx(f'<row r="1" x="{"y" * 5_000_000}"><c r="A1"><v>1</v></c></row>'), "refused"),
    "rows without numbers": ("a.xlsx", book(cells("<c><v>1</v></c>", "<c><v>2</v></c>") * 3), "read"),
    "numbers out of range": ("a.xlsx", book('<row r="0"><c r="A0"><v>1</v></c></row>'), "refused"),
    "row number beyond int": ("a.xlsx", book(f'<row r="{9**30}"><c><v>1</v></c></row>'), "refused"),
    "cell in another row": ("a.xlsx", book('<row r="1"><c r="A9"><v>1</v></c></row>'), "findings"),
    "cells out of order": ("a.xlsx", book('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>'), "findings"),
    "column beyond XFD": ("a.xlsx", book('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "refused"),
    "string number below nought": ("a.xlsx", book(cells('<c t="s"><v>-1</v></c>')), "refused"),
    "string number that is none": ("a.xlsx", book(cells('<c t="s"><v>甲</v></c>')), "refused"),
    "number that is none": ("a.xlsx", book(cells("<c><v>1,5</v></c>", "<c><v>2</v></c>")), "read"),
    "infinite number": ("a.xlsx", book(cells("<c><v>1e999</v></c>")), "findings"),
    "not a number": ("a.xlsx", book(cells("<c><v>NaN</v></c>")), "read"),
    "every type": ("a.xlsx", book(cells('<c t="s"><v>1</v></c>', '<c t="str"><v>文</v></c>', '<c t="b"><v>1</v></c>', '<c t="d"><v>2025-03-05</v></c>', '<c t="d"><v>10:00:00</v></c>', '<c t="inlineStr"><is><r><t>甲</t></r></is></c>', '<c s="1"><v>45721</v></c>')), "read"),
    "unknown type": ("a.xlsx", book(cells('<c t="z"><v>1</v></c>')), "refused"),
    "inline text in a value": ("a.xlsx", book(cells('<c t="inlineStr"><v>甲</v></c>')), "findings"),
    "date of day nought": ("a.xlsx", book(cells('<c s="1"><v>0</v></c>', '<c s="1"><v>60</v></c>')), "findings"),
    "date beyond the year 9999": ("a.xlsx", book(cells('<c s="1"><v>99999999</v></c>')), "read"),
    "array and shared formulas": ("a.xlsx", book(cells('<c><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c>', '<c><f t="shared" ref="B1:B9" si="0">A1</f><v>2</v></c>', '<c><f t="shared" si="0"/><v>3</v></c>')), "read"),
    "shared formula without a value": ("a.xlsx", book(cells('<c><f t="shared" si="0"/></c>')), "findings"),
    "escapes": ("a.xlsx", book(cells('<c t="str"><v>_x005F_x000D_</v></c>', '<c t="str"><v>_x0009_</v></c>', '<c t="inlineStr"><is><t>甲_x000D_</t></is></c>')), "read"),
    "style number beyond": ("a.xlsx", book(cells('<c s="99999999"><v>1</v></c>')), "read"),
    "huge style table": ("a.xlsx", book(parts={"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 65_000}</cellXfs></styleSheet>'}), "read"),
    "a hundred thousand merged ranges": ("a.xlsx", merged_beyond_reason, "refused"),
    "merged range that is none": ("a.xlsx", lambda: xlsx(after='<mergeCells><mergeCell ref="ZZZ99999999:#REF!"/><mergeCell/></mergeCells>'), "refused"),
    "rows in a comment": ("a.xlsx", book(rows_xml(LEDGER) + "<!--" + rows_xml(LEDGER, first=9) + "-->"), "read"),
    "value in cdata": ("a.xlsx", book(cells('<c t="str"><v><![CDATA[甲<乙]]></v></c>')), "findings"),
    "two tables of rows": ("a.xlsx", lambda: xlsx(after=f"<sheetData>{rows_xml(LEDGER, first=9)}</sheetData>"), "findings"),
    "external target": ("a.xlsx", book(parts={RELATED: related("http://example.invalid/s.xml", mode=' TargetMode="External"')}), "refused"),
    "absolute target": ("a.xlsx", book(parts={RELATED: related("/xl/worksheets/sheet1.xml")}), "read"),
    "climbing target": ("a.xlsx", book(parts={RELATED: related("../xl/worksheets/sheet1.xml")}), "read"),
    "target outside": ("a.xlsx", book(parts={RELATED: related("../../../etc/passwd")}), "refused"),
    "no relations": ("a.xlsx", book(parts={RELATED: related()}), "refused"),
    "one part for two sheets": ("a.xlsx", book(parts={"xl/workbook.xml": workbook_xml('<sheet name="甲" sheetId="1" r:id="rId1"/><sheet name="乙" sheetId="2" r:id="rId1"/>')}), "refused"),
    "only a chart sheet": ("a.xlsx", book(parts={RELATED: related("chartsheets/sheet1.xml", kind="chartsheet")}), "refused"),
    "very hidden sheet": ("a.xlsx", book(parts={"xl/workbook.xml": workbook_xml('<sheet name="甲" sheetId="1" state="veryHidden" r:id="rId1"/>')}), "read"),
    "no sheets": ("a.xlsx", book(parts={"xl/workbook.xml": workbook_xml("")}), "refused"),
    "name with markup and line ends": ("a.xlsx", book(parts={"xl/workbook.xml": workbook_xml('<sheet name="&lt;b&gt;&#10;=1+1" sheetId="1" r:id="rId1"/>')}), "read"),
    "the 1904 system": ("a.xlsx", book(cells('<c s="1"><v>44259</v></c>'), parts={"xl/workbook.xml": workbook_xml('<sheet name="甲" sheetId="1" r:id="rId1"/>', '<workbookPr date1904="1"/>')}), "read"),
    "fewer strings than said": ("a.xlsx", book(cells('<c t="s"><v>0</v></c>'), parts={"xl/sharedStrings.xml": STRINGS.replace('"2"', '"99999999"')}), "read"),
    "spaces only": ("a.xlsx", book(cells('<c t="str"><v> \u3000\t</v></c>')), "read"),
}  # fmt: skip


# --- xls ------------------------------------------------------------------------------------------------------------


def old_book(rows: int = 3) -> bytes:
    made, buffer = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = made.add_sheet("台账")
    for row in range(rows):
        sheet.write(row, 0, f"第{row}行" + "长" * (3000 if row == 1 else 1))
        sheet.write(row, 1, row)
    made.save(buffer)
    return buffer.getvalue()


def header_patched(place: int, value: int) -> Callable[[], bytes]:
    """A good old workbook with one number of its OLE header changed."""
    return lambda: old_book()[:place] + struct.pack("<I", value) + old_book()[place + 4 :]


def record_patched(kind: int, offset: int, value: bytes) -> Callable[[], bytes]:
    """A good old workbook with the first record of a kind overwritten with `value` from `offset` on."""

    def build() -> bytes:
        data, place = old_book(), 512
        while (found := struct.unpack_from("<HH", data, place))[0] != kind:
            place += 4 + found[1]
        return data[: place + offset] + value + data[place + offset + len(value) :]

    return build


XLS: dict[str, Case] = {
    "old book": ("a.xls", old_book, "read"),
    "fat list that loops": ("a.xls", header_patched(68, 1), "refused"),
    "directory beyond the file": ("a.xls", header_patched(48, 0x00FFFFFF), "refused"),
    "mini fat beyond the file": ("a.xls", header_patched(60, 0x00FFFFFF), "refused"),
    "sector size nought": ("a.xls", lambda: old_book()[:30] + b"\0\0" + old_book()[32:], "refused"),
    "cut in a record": ("a.xls", lambda: old_book()[:1500], "refused"),
    "string count wrong": ("a.xls", record_patched(0xFC, 4, b"\xff\xff\xff\x7f\xff\xff\xff\x7f"), "read"),
    "record length beyond": ("a.xls", record_patched(0x85, 2, b"\xff\xff"), "refused"),
    "sheet place beyond": ("a.xls", record_patched(0x85, 4, b"\xff\xff\xff\x7f"), "refused"),
    "label to no string": ("a.xls", record_patched(0xFD, 10, b"\xff\xff\xff\x00"), "refused"),
    "row far away": ("a.xls", record_patched(0xFD, 4, b"\xff\xff"), "findings"),
    "codepage unknown": ("a.xls", record_patched(0x42, 4, b"\x39\x30"), "read"),  # its texts are UTF-16
    "old book with noughts behind": ("a.xls", lambda: old_book() + b"\0" * 4096, "read"),
    "excel 4 stream": ("a.xls", lambda: b"\x09\x04\x06\x00\x00\x04\x10\x00" + b"\x0a\x00\x00\x00", "refused"),
    "ppt": ("a.xls", lambda: compound({"PowerPoint Document": b"x"}), "refused"),
}


# --- markup ---------------------------------------------------------------------------------------------------------

OLD = "urn:schemas-microsoft-com:office:spreadsheet"


def html(body: str, head: str = "", encoding: str = "utf-8") -> Callable[[], bytes]:
    """A page with one table around `body`."""
    return lambda: f"<html><head>{head}</head><body><table>{body}</table></body></html>".encode(encoding)


def page_row(*texts: str) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"


def xml_2003(rows: str, more: str = "") -> Callable[[], bytes]:
    """A workbook in the XML of Excel 2003 around `<Row>` elements."""
    book = f'<Workbook xmlns="{OLD}" xmlns:ss="{OLD}" xmlns:h="http://www.w3.org/TR/REC-html40">{more}'
    table = f'<Worksheet ss:Name="台账"><Table>{rows}</Table></Worksheet></Workbook>'
    return lambda: ('<?xml version="1.0"?>' + book + table).encode("utf-8")


def old_cell(text: str, kind: str = "String", more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'


SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
)


def ods(rows: str, names: tuple[str, ...] = ("台账",), before: str = "") -> Callable[[], bytes]:
    """An OpenDocument package whose sheets all hold `rows`."""
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name in names)
    content = f"<office:spreadsheet>{before}{tables}</office:spreadsheet>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f"<office:document-content {SPACES}><office:body>{content}</office:body></office:document-content>",
    }
    return lambda: zipped({name: text.encode("utf-8") for name, text in parts.items()})


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


GOOD = page_row("日期", "人数") + page_row("2025-03-05", "12")
CHARSET = '<meta charset="{}">'
MARKUP: dict[str, Case] = {
    "script and style": ("a.xls", html("<script>document.write('<tr><td>x')</script>" + GOOD, "<style>td{}</style>"), "read"),
    "charset that lies": ("a.xls", html(GOOD, CHARSET.format("gbk")), "read"),
    "charset unknown": ("a.xls", html(GOOD, CHARSET.format("x-none"), "gb18030"), "read"),
    "page in utf-16": ("a.xls", html(GOOD, encoding="utf-16"), "read"),
    "page in big5": ("a.xls", html(page_row("臺帳調解"), CHARSET.format("big5"), "big5"), "refused"),
    "rows never closed": ("a.xls", html("<tr><td>日期<td>人数<tr><td>2025-03-05<td>12"), "read"),
    "table within a cell": ("a.xls", html(page_row("甲", f"乙<table>{page_row('丙')}</table>") + GOOD), "read"),
    "spans beyond reason": ("a.xls", html('<tr><td rowspan="65000" colspan="16000">甲</td></tr>' * 50), "refused"),
    "row span over the end": ("a.xls", html('<tr><td rowspan="9">甲</td><td>乙</td></tr><tr><td>丙</td></tr>'), "read"),
    "entities": ("a.xls", html(page_row("&lt;甲&gt;&nbsp;&#20057;&amp;", "&#x1F600;", "&bogus;")), "read"),
    "comment about rows": ("a.xls", html(f"<!-- {GOOD} -->" + GOOD), "read"),
    "page with nought": ("a.xls", html(page_row("甲\0")), "refused"),
    "page of blanks": ("a.xls", html(page_row("", " ")), "read"),
    "deep page": ("a.xls", html("<tr><td>" + "<b>" * 20_000 + "甲" + "</b>" * 20_000 + "</td></tr>"), "findings"),
    "page after a doctype": ("a.xls", lambda: b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + html(page_row("&e;"))(), "read"),
    "mhtml": ("a.xls", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table>", "refused"),
    "row jumps": ("a.xls", xml_2003(f'<Row ss:Index="5">{old_cell("甲", more=" ss:Index=&quot;3&quot;".replace("&quot;", chr(34)))}</Row>'), "read"),
    "row jumps back": ("a.xls", xml_2003(f'<Row ss:Index="5">{old_cell("甲")}</Row><Row ss:Index="2">{old_cell("乙")}</Row>'), "refused"),
    "row jumps beyond": ("a.xls", xml_2003(f'<Row ss:Index="99999999">{old_cell("甲")}</Row>'), "refused"),
    "error and formula": ("a.xls", xml_2003(f'<Row>{old_cell("#REF!", "Error")}<Cell ss:Formula="=R1C1"/></Row>'), "findings"),
    "rich text": ("a.xls", xml_2003("<Row>" + old_cell("<h:B>甲</h:B>乙") + "</Row>"), "read"),
    "number that is text": ("a.xls", xml_2003(f'<Row>{old_cell("十二", "Number")}</Row>'), "refused"),
    "two data in a cell": ("a.xls", xml_2003('<Row><Cell><Data ss:Type="String">甲</Data><Data ss:Type="String">乙</Data></Cell></Row>'), "refused"),
    "merged to the end": ("a.xls", xml_2003(f"<Row>{old_cell('甲', more=' ss:MergeAcross=' + chr(34) + '99999999' + chr(34))}{old_cell('乙')}</Row>"), "refused"),
    "ods": ("a.ods", ods(ods_row(ods_cell("甲")) * 2), "read"),
    "ods rows repeated": ("a.ods", ods(ods_row(ods_cell("甲"), more=' table:number-rows-repeated="60000"')), "read"),
    "ods blanks repeated": ("a.ods", ods(ods_row(ods_cell("甲")) + ods_row("<table:table-cell/>", more=' table:number-rows-repeated="1048575"')), "read"),
    "ods cells repeated": ("a.ods", ods(ods_row(ods_cell("甲", ' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1048576"')), "refused"),
    "ods repeated nought times": ("a.ods", ods(ods_row(ods_cell("甲"), more=' table:number-rows-repeated="-3"')), "refused"),
    "ods entity": ("a.ods", lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": XXE.encode() + b"<a/>"}), "refused"),
    "ods without content": ("a.ods", lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "refused"),
    "ods of same names": ("a.ods", ods(ods_row(ods_cell("甲")), ("台账", "台账")), "findings"),
    "ods table in a table": ("a.ods", ods(ods_row(f"<table:table-cell><table:table>{ods_row(ods_cell('乙'))}</table:table></table:table-cell>")), "refused"),
    "ods error and formula": ("a.ods", ods(ods_row('<table:table-cell table:formula="of:=A1"/>', ods_cell("甲"))), "findings"),
}  # fmt: skip


# --- text -----------------------------------------------------------------------------------------------------------

TEXT: dict[str, Case] = {
    "gb18030 of four bytes": ("a.csv", lambda: "姓名,村\n㐀𠮷,龙\n".encode("gb18030"), "read"),
    "utf-16 big-endian": ("a.csv", lambda: b"\xfe\xff" + "甲,乙\n1,2\n".encode("utf-16-be"), "read"),
    "utf-16 cut in a letter": ("a.csv", lambda: "甲,乙\n".encode("utf-16")[:-1], "refused"),
    "utf-32": ("a.csv", lambda: "甲,乙\n".encode("utf-32"), "read"),
    "mark within": ("a.csv", lambda: "甲,乙\n\ufeff丙,丁\n".encode(), "read"),
    "two marks": ("a.csv", lambda: b"\xef\xbb\xbf\xef\xbb\xbf\xe7\x94\xb2,1\n", "read"),
    "latin-1 that is gb18030 by chance": ("a.csv", lambda: "résumé noël,1\n".encode("latin-1"), "refused"),
    "big5 that is gb18030 by chance": ("a.csv", lambda: "村民,調解員,糾紛類型,結果\n".encode("big5"), "refused"),
    "latin-1": ("a.csv", lambda: "café,naïve\n".encode("latin-1"), "refused"),
    "half gb18030, half utf-8": ("a.csv", lambda: "甲乙丙\n".encode() + "丁戊\n".encode("gb18030"), "refused"),
    "carriage returns only": ("a.csv", lambda: b"a,b\r1,2\r3,4\r", "read"),
    "line ends mixed": ("a.csv", lambda: b"a,b\r\n1,2\n3,4\r5,6", "read"),
    "line end in quotes": ("a.csv", lambda: b'a,b\n"1\n2","3\r\n4"\n', "read"),
    "quotes within": ("a.csv", lambda: b'a,b\n"say ""x""",2\n', "read"),
    "quote in the middle": ("a.csv", lambda: b'a,b\n5" pipe,2\n', "read"),
    "delimiters mixed": ("a.csv", lambda: b"a;b,c\n1;2,3\n4;5,6\n", "read"),
    "one long field": ("a.csv", lambda: b'a,"' + b"x" * 200_000 + b'"\n', "refused"),
    "one long line": ("a.csv", lambda: b"1," * 20_000 + b"\n", "refused"),
    "only delimiters": ("a.csv", lambda: b",,,\n,,,\n", "read"),
    "only the sep line": ("a.csv", lambda: b"sep=;\n", "read"),
    "sep line in quotes": ("a.csv", lambda: b'"sep=;"\na;b\n', "read"),
    "sep of a letter": ("a.csv", lambda: b"sep=x\naxb\n", "read"),
    "escape characters": ("a.csv", lambda: b"a,\x1b[31mred\n", "refused"),
    "formula text": ("a.csv", lambda: b"=cmd|' /C calc'!A0,@SUM(1)\n", "read"),
    "damaged number": ("a.csv", lambda: b"id\n1.1E+17\n5.00107E+17\n", "findings"),
    "unpaired surrogate": ("a.csv", lambda: b"\xed\xa0\x80,1\n", "refused"),
    "direction marks": ("a.csv", lambda: "\u202egnp.exe,1\n".encode(), "read"),
    "rtf": ("a.xls", lambda: b"{\\rtf1 x}", "refused"),
    "sylk": ("a.csv", lambda: b"ID;PWXL;N;E\r\nC;Y1;X1;K12\r\nE\r\n", "refused"),
    "shebang": ("a.csv", lambda: b"#!/bin/sh\necho 1,2\n", "read"),
    "pdf and zip in one": ("a.xlsx", lambda: b"%PDF-1.7\n" + xlsx(), "refused"),
    "only a mark": ("a.csv", lambda: b"\xef\xbb\xbf", "refused"),
}  # fmt: skip

MORE = ZIP | XLSX | XLS | MARKUP | TEXT
