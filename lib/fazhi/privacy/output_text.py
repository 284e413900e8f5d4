"""Every text in an output file, whatever its format: what the search for private values looks at."""

import base64
import binascii
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fazhi.privacy.folded_text import SOFT_BREAK
from fazhi.workspace.paths import FOLDER

# Inside a line of text these tags change nothing: a name may go on after them.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|button|cite|code|dfn|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|tspan|u|wbr"
    r"|w:r|w:t|w:rPr|w:hyperlink|w:ins|w:smartTag|w:sdt|w:sdtContent|r|t|rPr)(?:\s[^<>]*)?>"
)
_RUN_SETTINGS = re.compile(r"<(w:rPr|rPr)(?:\s[^<>]*)?>.*?</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(r"=\"([^\"<]*)\"|='([^'<]*)'")
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_DATA_URI = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*?)(;base64)?,([^\"'\s)<>]*)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_PDF_HEX = re.compile(rb"<\s*(?:FEFF|feff)([0-9A-Fa-f\s]*)>")
_PDF_WIDE = re.compile(rb"\((?:\xfe\xff|\\376\\377)((?:\\.|[^\\)])*)\)", re.DOTALL)
_PDF_NARROW = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
_PDF_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_MINIMUM_NUMBER = 10**6  # a smaller one is nobody's number


def texts(name: str, data: bytes) -> Iterator[str]:
    """Every text in a file: cells, paragraphs, attributes, metadata, the names and contents of files in it."""
    if name.startswith(f"{FOLDER}/"):
        yield from _added_texts(data)
    elif data.startswith(b"PAR1"):
        yield from _parquet_texts(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _zip_texts(data)
    elif data.startswith(b"%PDF"):
        yield from _pdf_texts(data)
    elif data.startswith(b"\x89PNG"):
        yield from _png_texts(data)
    elif Path(name).suffix.lower() in (".json", ".ipynb"):
        yield from _json_texts(data)
    elif Path(name).suffix.lower() in (".xml", ".rels"):
        yield from _xml_texts(_decoded(data))
    else:
        yield from _markup_texts(_decoded(data))


def _decoded(data: bytes) -> str:
    """Text, or whatever text there is in other bytes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("utf-8", "ignore") + "\n" + data.decode("utf-16-le", "ignore")


def _markup_texts(text: str) -> Iterator[str]:
    """HTML, SVG, XML or plain text: as it is written (attributes, comments, scripts), and as it is read."""
    for kind, _, coded, content in _DATA_URI.findall(text):
        if "font" not in kind:
            yield from _embedded(content, bool(coded))
    text = _DATA_URI.sub(" ", text)
    yield _ESCAPE.sub(_unescaped, html.unescape(text))
    if "<" in text:
        yield _as_read(re.sub(r"\s*\n\s*", " ", text))


def _xml_texts(text: str) -> Iterator[str]:
    """A part of a Word file or a workbook: its attributes and comments, and what is read."""
    written = {value for pair in _ATTRIBUTE.findall(text) for value in pair}
    yield html.unescape("\n".join((*sorted(written), *_COMMENT.findall(text))))
    yield _as_read(_RUN_SETTINGS.sub("", text))


def _as_read(text: str) -> str:
    """Without tags: those inside a line leave nothing, all others part what stands before and after them."""
    return html.unescape(_TAG.sub("\n", _INLINE.sub("", text)))


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _embedded(content: str, coded: bool) -> Iterator[str]:
    if not coded:
        yield from _markup_texts(unquote(content))
        return
    try:
        yield from texts("", base64.b64decode(unquote(content), validate=False))
    except (binascii.Error, ValueError):
        yield content


def _json_texts(data: bytes) -> Iterator[str]:
    """Every key and string of JSON or a notebook; pictures in it decoded, lists of lines joined."""
    try:
        content = json.loads(data)
    except ValueError:
        yield from _markup_texts(_decoded(data))
        return
    for text in _strings(content):
        if "<" in text or "data:" in text or "\\u" in text:
            yield from _markup_texts(text)
        else:
            yield text


def _strings(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if key in ("png", "image/png", "image/jpeg"):
            yield from _embedded(value.replace("\n", ""), True)
        else:
            yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _strings(item, name)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield from _strings("".join(value) if key in ("source", "text") or "/" in key else "\n".join(value), key)
        else:
            for item in value:
                yield from _strings(item)
    elif isinstance(value, int) and value > _MINIMUM_NUMBER:
        yield str(value)


def _parquet_texts(data: bytes) -> Iterator[str]:
    """Column names, all values and the file's own metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(data))
    for key, value in (file.metadata.metadata or {}).items():
        if key != b"ARROW:schema":  # holds what the schema below says
            yield from (_decoded(key), _decoded(value))
    table = file.read(use_threads=False)
    yield from (_decoded(part) for pair in (table.schema.metadata or {}).items() for part in pair)
    for field, column in zip(table.schema, table.columns, strict=True):
        yield field.name
        yield from (_decoded(part) for pair in (field.metadata or {}).items() for part in pair)
        if not (pa.types.is_boolean(field.type) or pa.types.is_temporal(field.type)):
            values = column.unique() if not pa.types.is_nested(field.type) else column
            yield from _leaves(values.to_pylist())


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, bytes):
        yield _decoded(value)
    elif isinstance(value, dict):
        yield from _leaves([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str):
        yield value
    elif value is not None and value > _MINIMUM_NUMBER:
        yield f"{value:.0f}"


def _zip_texts(data: bytes) -> Iterator[str]:
    """The parts of a Word file or a workbook, with what is embedded in them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield _decoded(archive.comment)
        for part in archive.infolist():
            yield from (part.filename, _decoded(part.comment), _decoded(part.extra))
            yield from texts(part.filename, archive.read(part))


def _added_texts(data: bytes) -> Iterator[str]:
    """What we put into a workbook that goes back to its office: the first sheet, styles, metadata.

    Its other sheets, their names and comments are the office's own, but for what the first sheet says too.
    """
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    yield from (str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row if cell != "")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name
            if not re.match(r"xl/(worksheets/|comments|sharedStrings|workbook\.xml)", name):
                yield from texts(name, archive.read(name))


def _png_texts(data: bytes) -> Iterator[str]:
    """The text chunks of a picture, and its EXIF block; pixels hold none."""
    place = 8
    while place + 12 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if kind not in (b"IDAT", b"PLTE", b"IHDR"):
            chunk = data[place + 8 : place + 8 + size]
            yield _decoded(chunk)
            yield from (_decoded(part) for at in range(min(len(chunk), 90)) if (part := _inflated(chunk[at:])))
        place += size + 12


def _inflated(data: bytes) -> bytes:
    if data[:1] != b"\x78":
        return b""
    try:
        return zlib.decompressobj().decompress(data, 1 << 24)
    except zlib.error:
        return b""


def _pdf_texts(data: bytes) -> Iterator[str]:
    """What is read on the pages, and every string of the objects: titles, outline, alternative texts, annotations, XMP."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            yield page.get_textpage().get_text_range().replace("\r\n", SOFT_BREAK)
    finally:
        document.close()
    for stream in (*_PDF_STREAM.findall(data), data):
        content = _inflated(stream) or stream
        if b"xmpmeta" in content[:2000]:
            yield from _markup_texts(_decoded(content))
        yield from (_wide(binascii.unhexlify(re.sub(rb"\s", b"", found))) for found in _PDF_HEX.findall(content))
        yield from (_wide(_literal(found)) for found in _PDF_WIDE.findall(content))
        if content is data or b"/Type" in content:
            yield from (_literal(found).decode("latin-1") for found in _PDF_NARROW.findall(content))


def _wide(content: bytes) -> str:
    return content.decode("utf-16-be", "ignore")


def _literal(content: bytes) -> bytes:
    """A PDF string without its escapes."""

    if b"\\" not in content:
        return content

    def plain(found: re.Match[bytes]) -> bytes:
        octal, other = found.groups()
        return bytes([int(octal, 8) & 255]) if octal else _PDF_ESCAPES.get(other, other)

    return re.sub(rb"\\(?:([0-7]{1,3})|(.))", plain, content, flags=re.DOTALL)
