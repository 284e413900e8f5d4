"""Private values and paths are found in every part of every kind of output, seen or unseen."""

import base64
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from fazhi.documents import fonts
from fazhi.privacy.output_scan import machine_paths, scan_matches
from fazhi.privacy.private_index import PrivateIndex

NAME = "欧阳青禾"
CODED = "".join(f"\\u{ord(character):04x}" for character in NAME)


@pytest.fixture(scope="module")
def hidden():
    return PrivateIndex.of({NAME: "person", "13800001234": "phone"}, b"k" * 32)


def png(text: str, kind: bytes = b"iTXt") -> bytes:
    body = {
        b"iTXt": b"Comment\0\0\0\0\0" + text.encode(),
        b"zTXt": b"Comment\0\0" + zlib.compress(text.encode()),
    }[kind]
    chunk = kind + body
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))


def office(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (part, content) in enumerate(parts.items()):
            archive.writestr(part.replace("__", "/").replace("_DOT_", "."), content, compresslevel=number % 9 + 1)
    return buffer.getvalue()


def parquet(name: str = "matter", values: object = ("其他",), **metadata: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    array = values if isinstance(values, pa.Array) else pa.array(values)
    pq.write_table(pa.table({name: array}).replace_schema_metadata(metadata), buffer)
    return buffer.getvalue()


def parquet_cases():
    import pyarrow as pa

    yield parquet(values=["其他", NAME])
    yield parquet(values=[NAME.encode()])
    yield parquet(values=[[{"a": NAME}]])
    yield parquet(values=pa.array(["甲", NAME]).dictionary_encode())
    yield parquet(name=NAME)
    yield parquet(note=NAME)
    yield parquet(values=[13800001234])
    yield parquet(values=[13800001234.0, None])


def notebook(output: dict) -> bytes:
    return json.dumps({"cells": [{"outputs": [{"data": output}]}], "metadata": {}}).encode()


def pdf(source: str) -> bytes:
    import typst

    text = f'#set text(font: "{fonts.SERIF}")\n{source}'
    return bytes(typst.compile(text.encode(), format="pdf", font_paths=fonts.catalogue()))


def plain_pdf(annotation: bytes) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + (
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[<</Type/Annot/Subtype/Text/Contents"
            + annotation
        )
        + b">>]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


W = "<w:document><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:document>"
CASES = {
    "json": ("a.json", f'{{"x": ["{NAME}"]}}'.encode()),
    "json key": ("a.json", f'{{"{NAME}": 1}}'.encode()),
    "json escapes": ("a.json", f'{{"x": "{CODED}"}}'.encode()),
    "json number": ("a.json", b'{"x": 13800001234}'),
    "broken json": ("a.json", f'{{"x": "{NAME}'.encode()),
    "notebook text": ("a.ipynb", notebook({"text/plain": ["一\n", f"{NAME[:2]}", f"{NAME[2:]}\n"]})),
    "notebook html": ("a.ipynb", notebook({"text/html": "<td>欧阳<b>青</b>禾</td>"})),
    "notebook document": ("a.ipynb", notebook({"application/x+json": {"runs": [{"text": NAME}]}})),
    "notebook picture": ("a.ipynb", notebook({"image/png": base64.b64encode(png(NAME)).decode()})),
    "notebook metadata": ("a.ipynb", json.dumps({"cells": [], "metadata": {"x": NAME}}).encode()),
    "html text": ("a.html", f"<p>{NAME}</p>".encode()),
    "html split": ("a.html", "<p>欧阳<b class='x'>青</b>禾</p>".encode()),
    "html attribute": ("a.html", f'<p title="{NAME}">x</p>'.encode()),
    "html entities": ("a.html", f"<p>{''.join(f'&#{ord(c)};' for c in NAME)}</p>".encode()),
    "html comment": ("a.html", f"<!-- {NAME} -->".encode()),
    "html script": ("a.html", f"<script>x = '{CODED}'</script>".encode()),
    "html svg": ("a.html", "<svg><text>欧阳<tspan>青禾</tspan></text></svg>".encode()),
    "data uri": ("a.html", b'<img src="data:image/svg+xml;base64,' + base64.b64encode(f"<svg>{NAME}</svg>".encode()) + b'">'),
    "data uri picture": ("a.html", b'<img src="data:image/png;base64,' + base64.b64encode(png(NAME)) + b'">'),
    "svg": ("a.svg", f"<svg><desc>{NAME}</desc></svg>".encode()),
    "picture": ("a.png", png(NAME)),
    "packed picture": ("a.png", png(NAME, b"zTXt")),
    "text": ("a.txt", NAME.encode()),
    "gibberish": ("a.bin", b"\xff\xfe\x00" + NAME.encode() + b"\xff"),
    "file name": (f"figures/{NAME}.svg", b"<svg/>"),
    "docx runs": ("a.docx", office(document_DOT_xml=W.format('欧阳</w:t></w:r><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t xml:space="preserve">青禾'))),
    "docx comment": ("a.docx", office(word__comments_DOT_xml=f"<w:comment><w:p><w:t>{NAME}</w:t></w:p></w:comment>")),
    "docx author": ("a.docx", office(word__comments_DOT_xml=f'<w:comment w:author="{NAME}"/>')),
    "docx properties": ("a.docx", office(docProps__core_DOT_xml=f"<dc:creator>{NAME}</dc:creator>")),
    "docx custom": ("a.docx", office(customXml__item1_DOT_xml=f"<x y='{NAME}'/>")),
    "docx media": ("a.docx", office(word__media__image1_DOT_png=png(NAME))),
    "docx media name": ("a.docx", office(**{f"word__media__{NAME}_DOT_png": b"x"})),
    "docx embedded": ("a.docx", office(word__embeddings__a_DOT_xlsx=office(a_DOT_xml=f"<t>{NAME}</t>"))),
    "xlsx string": ("a.xlsx", office(xl__sharedStrings_DOT_xml="<sst><si><t>x</t></si><si><r><t>欧阳</t></r><r><t>青禾</t></r></si></sst>")),
    "xlsx number": ("a.xlsx", office(xl__worksheets__sheet1_DOT_xml="<c><v>12</v></c><c><v>13800001234</v></c>")),
    "xlsx sheet name": ("a.xlsx", office(xl__workbook_DOT_xml=f'<sheet name="{NAME}"/>')),
    "pdf text": ("a.pdf", pdf(NAME)),
    "pdf wrapped": ("a.pdf", pdf(f"#set page(width: 80pt, margin: 10pt)\n{NAME}{NAME}{NAME}")),
    "pdf title": ("a.pdf", pdf(f'#set document(title: "{NAME}")\n1')),
    "pdf outline": ("a.pdf", pdf(f"#set heading(numbering: none)\n= {NAME}")),
    "pdf alternative text": ("a.pdf", pdf(f'#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"/>"), format: "svg", alt: "{NAME}")')),
    "pdf annotation": ("a.pdf", plain_pdf(b"(\xfe\xff" + NAME.encode("utf-16-be") + b")")),
    "pdf annotation in octal": ("a.pdf", plain_pdf(b"(\\376\\377" + b"".join(b"\\%03o" % byte for byte in NAME.encode("utf-16-be")) + b")")),
    "pdf annotation in hex": ("a.pdf", plain_pdf(b"<FEFF" + NAME.encode("utf-16-be").hex().encode() + b">")),
    "pdf annotation number": ("a.pdf", plain_pdf(b"(call 138 0000 1234)")),
    **{f"parquet {number}": ("a.parquet", data) for number, data in enumerate(parquet_cases())},
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_found_in_every_part_of_every_kind_of_file(hidden, case):
    name, data = CASES[case]
    assert list(scan_matches({name: data, "clean.json": b"{}"}, hidden)) == [name]


@pytest.mark.parametrize("case", ["html text", "json", "docx runs", "pdf title", "parquet 0"])
def test_without_it_nothing_is_found(case):
    name, data = CASES[case]
    assert scan_matches({name: data}, PrivateIndex.of({"柳絮飞": "person"}, b"k" * 32)) == {}


def test_cells_and_lines_are_kept_apart(hidden):
    outputs = {
        "a.html": "<td>欧阳</td><td>青禾</td>".encode(),
        "a.xlsx": office(a_DOT_xml="<si><t>欧阳</t></si><si><t>青禾</t></si>"),
        "a.docx": office(a_DOT_xml="<w:p><w:t>欧阳</w:t></w:p><w:p><w:t>青禾</w:t></w:p>"),
        "a.json": '{"a": ["欧阳", "青禾"]}'.encode(),
    }
    assert scan_matches(outputs, hidden) == {}


def test_a_folder_of_this_machine_is_found(tmp_path):
    folder = str(tmp_path / "王某的 台账")
    outputs = {
        "a.json": json.dumps({"x": f"{folder}/data"}).encode(),
        "b.html": f'<a href="file://{folder.replace(" ", "%20")}/x">'.encode(),
        "c.docx": office(a_DOT_xml=f"<a>{folder}</a>"),
        "d.json": b'{"x": "data/raw/2025"}',
    }
    assert scan_matches(outputs, PrivateIndex(b""), [folder]) == {
        name: {"path"} for name in ("a.json", "b.html", "c.docx")
    }


@pytest.mark.parametrize(
    "written", ["/tmp/%E9%95%87/x", "%2Ftmp%2F镇", "占 5%，在 %2ftmp/%E9%95%87 中", "/%74mp/镇%E4"]
)
def test_a_folder_is_found_however_much_of_it_is_in_percents(written):
    assert scan_matches({"a.txt": written.encode()}, PrivateIndex.of({}, b""), ["/tmp/镇"]) == {"a.txt": {"path"}}


@pytest.mark.parametrize("written", ["/tmp/%E9%95镇", "%252Ftmp/镇", "/tmp/5%镇", "%/tmp%镇"])
def test_what_only_looks_like_a_folder_is_none(written):
    assert scan_matches({"a.txt": written.encode()}, PrivateIndex.of({}, b""), ["/tmp/镇"]) == {}


def test_the_folders_of_this_machine():
    assert {str(Path.home()), "/tmp/town"} <= set(machine_paths(Path("/tmp/town")))
