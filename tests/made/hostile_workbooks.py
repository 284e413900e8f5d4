"""Workbooks built by hand, whole and odd: zip packages and OLE files after the public descriptions of the formats."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def rows_xml(rows: list[list[str]], first: int = 1) -> str:
    """`<row>` elements of inline strings."""
    return "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{v}</t></is></c>' for c, v in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, start=first)
    )


LEDGER = [["日期", "事项", "人数"], ["2025-03-05", "学习", "12"], ["2025-03-06", "宣传", "30"]]


def sheet_xml(data: str | None = None, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A worksheet part around `<row>` elements."""
    data = rows_xml(LEDGER) if data is None else data
    return f'<worksheet xmlns="{namespace}" xmlns:r="{OFFICE}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def workbook_parts(
    sheets: dict[str, str] | None = None, names: list[str] | None = None, **more: str
) -> dict[str, bytes]:
    """The parts of a workbook: `sheets` by part file name, `names` as the workbook lists them, `more` under `xl/`."""
    sheets = {"sheet1.xml": sheet_xml()} if sheets is None else sheets
    names = names or [f"表{n}" for n in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/{file}"/>'
        for n, file in enumerate(sheets, 1)
    )
    for part in more:
        related += f'<Relationship Id="{part}" Type="{OFFICE}/{part}" Target="{part}.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
    }
    parts |= {f"xl/worksheets/{file}": content for file, content in sheets.items()}
    parts |= {f"xl/{part}.xml": content for part, content in more.items()}
    return {name: content.encode("utf-8") for name, content in parts.items()}


def zipped(parts: dict[str, bytes], extra: list[tuple[str, bytes]] | None = None) -> bytes:
    """A zip of the parts, then of `extra` ones, which may repeat a name."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, content in [*parts.items(), *(extra or [])]:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def xlsx(data: str | None = None, **kwargs: str) -> bytes:
    """A workbook of one sheet around `<row>` elements."""
    return zipped(workbook_parts({"sheet1.xml": sheet_xml(data, **kwargs)}))


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    """`data` with the one occurrence of `old` replaced."""
    assert data.count(old) >= 1
    return data.replace(old, new)


def wrong_checksum() -> bytes:
    """The sheet's CRC in both headers is one that the content does not have."""
    content = sheet_xml().encode("utf-8")
    right = struct.pack("<I", zlib.crc32(content))
    return patched(xlsx(), right, struct.pack("<I", zlib.crc32(content) ^ 1))


def understated_size() -> bytes:
    """The sheet's unpacked size is declared as 100 bytes."""
    content = sheet_xml().encode("utf-8")
    return patched(xlsx(), struct.pack("<I", len(content)), struct.pack("<I", 100))


def bomb() -> bytes:
    """A sheet of 48 MB of blanks in 48 KB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    size, checksum, packed = 0, 0, io.BytesIO()
    block = b" " * (1 << 20)
    for _ in range(48):
        packed.write(packer.compress(block))
        checksum, size = zlib.crc32(block, checksum), size + len(block)
    packed.write(packer.flush())
    return _with_raw_part(workbook_parts(), "xl/worksheets/sheet1.xml", packed.getvalue(), size, checksum)


def _with_raw_part(parts: dict[str, bytes], name: str, packed: bytes, size: int, checksum: int) -> bytes:
    """A zip whose part `name` is the given deflate stream."""
    body, directory = io.BytesIO(), io.BytesIO()
    entries = {n: (0, c, len(c), zlib.crc32(c)) for n, c in parts.items()}
    entries[name] = (8, packed, size, checksum)
    for entry, (method, content, length, crc) in entries.items():
        raw = entry.encode("utf-8")
        common = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 0x21, crc, len(content), length, len(raw), 0)
        place = body.tell()
        body.write(b"PK\x03\x04" + common + raw + content)
        directory.write(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, place) + raw)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(entries), len(entries), directory.tell(), body.tell(), 0)
    return body.getvalue() + directory.getvalue() + end


def entity_declaration() -> bytes:
    """Billion laughs in the shared strings."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    strings = f'<!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]><sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return zipped(workbook_parts({"sheet1.xml": sheet_xml(data)}, sharedStrings=strings))


def far_cell() -> bytes:
    return xlsx(rows_xml(LEDGER) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def beyond_the_grid() -> bytes:
    return xlsx(rows_xml(LEDGER) + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>')


def formatted_to_the_end() -> bytes:
    """The last row carries a format and no content."""
    return xlsx(rows_xml(LEDGER) + '<row r="1048576" ht="20"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row>')


def rows_out_of_order() -> bytes:
    rows = [f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in (3, 1, 2)]
    return xlsx("".join(rows))


def repeated_row() -> bytes:
    """Two rows say they are row 2, with content in one cell."""
    return xlsx(rows_xml(LEDGER[:2]) + rows_xml(LEDGER[2:], first=2))


def repeated_cell() -> bytes:
    return xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')


def same_sheet_names() -> bytes:
    sheets = {"sheet1.xml": sheet_xml(), "sheet2.xml": sheet_xml(rows_xml(LEDGER[:1]))}
    return zipped(workbook_parts(sheets, names=["台账", "台账"]))


def missing_sheet() -> bytes:
    parts = workbook_parts({"sheet1.xml": sheet_xml(), "sheet2.xml": sheet_xml()})
    del parts["xl/worksheets/sheet2.xml"]
    return zipped(parts)


def missing_string() -> bytes:
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>甲</t></si></sst>'
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c></row>'
    return zipped(workbook_parts({"sheet1.xml": sheet_xml(data)}, sharedStrings=strings))


def errors_and_formulas() -> bytes:
    cells = '<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>SUM(C1:C9)</f></c><c r="C1"><f>1+1</f><v>2</v></c>'
    return xlsx(f'<row r="1">{cells}</row>')


def renamed(parts: dict[str, bytes], change: Callable[[str], str]) -> bytes:
    return zipped({change(name): content for name, content in parts.items()})


def utf16_sheet() -> bytes:
    parts = workbook_parts()
    text = '<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml()
    return zipped(parts | {"xl/worksheets/sheet1.xml": text.encode("utf-16")})


def prefixed_sheet() -> bytes:
    text = sheet_xml().replace("xmlns=", "xmlns:x=")
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        text = (
            text.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>").replace(f"</{tag}>", f"</x:{tag}>")
        )
    return zipped(workbook_parts({"sheet1.xml": text}))


def strict_workbook() -> bytes:
    parts = workbook_parts({"sheet1.xml": sheet_xml(namespace=STRICT)})
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    return zipped(
        {
            name: content.replace(MAIN.encode(), STRICT.encode()).replace(OFFICE.encode(), strict.encode())
            for name, content in parts.items()
        }
    )


def negative_date() -> bytes:
    """A date before 1900, which readers turn into midnight."""
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    data = '<row r="1"><c r="A1" s="0"><v>-5</v></c></row>'
    return zipped(workbook_parts({"sheet1.xml": sheet_xml(data)}, styles=styles))


def compound(streams: dict[str, bytes], fat_edit: Callable[[list[int]], None] = lambda fat: None) -> bytes:
    """An OLE file with these streams, 512-byte sectors; `fat_edit` may damage the sector table."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    sectors: list[bytes] = []
    fat: list[int] = []

    def add(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[i : i + 512].ljust(512, b"\0") for i in range(0, max(len(content), 1), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), end])
        return first

    entries = [("Root Entry", 5, end, 0)]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")  # below that streams lie in the mini stream
        entries.append((name, 2, add(content), len(content)))
    directory = b""
    for number, (name, kind, start, size) in enumerate(entries):
        raw = (name + "\0").encode("utf-16-le")
        child = 1 if number == 0 and len(entries) > 1 else free
        right = number + 1 if 0 < number < len(entries) - 1 else free
        directory += struct.pack("<64sHBBIII36xIQ", raw, len(raw), kind, 1, free, right, child, start, size)
    start_of_directory = add(directory)
    fat_sector = len(sectors)
    fat.append(0xFFFFFFFD)
    fat_edit(fat)
    sectors.append(b"".join(struct.pack("<I", n) for n in fat).ljust(512, b"\xff"))
    header = struct.pack(
        "<8s16xHHHHH6xIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, start_of_directory, 0
    )
    header += struct.pack("<IIIII", 4096, end, 0, end, 0) + struct.pack("<I", fat_sector) + b"\xff" * (108 * 4)
    return header + b"".join(sectors)


def looping_chain() -> bytes:
    def loop(fat: list[int]) -> None:
        fat[3] = 1

    return compound({"Workbook": b"\x09\x08\x10\x00" + b"\0" * 8000}, loop)


def password_record() -> bytes:
    """A BIFF stream whose globals begin with BOF and FILEPASS."""
    bof = struct.pack("<HH", 0x0809, 16) + b"\x00\x06\x05\x00" + b"\0" * 12
    return compound({"Workbook": bof + struct.pack("<HH", 0x2F, 54) + b"\0" * 54})
