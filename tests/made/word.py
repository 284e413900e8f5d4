"""Word documents written by hand, part by part: what Word, WPS and worse may put into one."""

from collections.abc import Callable

from made.hostile_workbooks import patched, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TITLES = ["检查日期", "被检查单位", "发现问题数"]
ROWS = [TITLES, ["2025-03-05", "陶家商店", "2"], ["2025-03-06", "河口酒坊", "0"]]

Case = tuple[str, Callable[[], bytes], str]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    """A cell of paragraphs, or of plain text."""
    content = content if content.startswith("<w:") else paragraph(run(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    made = (one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (), style: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{style}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def plain(rows: list[list[str]] = ROWS) -> str:
    return table(*(row(*cells) for cells in rows))


def document(body: str, before: str = "", namespace: str = W) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{namespace}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()


def parts(body: str, **more: str) -> dict[str, bytes]:
    """A document's parts; `more`: the content of `word/<name>.xml` without its root's name spaces."""
    kinds = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/relationships/{n}" Target="{n}.xml"/>' for n in more)
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/word/document.xml" '
        f'ContentType="{_TYPE}.document.main+xml"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/relationships/'
        f'officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{kinds}</Relationships>'.encode(),
        "word/document.xml": document(body),
    }
    for name, content in more.items():
        made[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'.encode()
    return made


def docx(body: str | None = None, **more: str) -> bytes:
    return zipped(parts(plain() if body is None else body, **more))


def replaced(name: str, content: bytes) -> bytes:
    return zipped(parts(plain()) | {name: content})


def bomb() -> bytes:
    return docx(plain() + paragraph(run("0" * (64 << 20))))


def _deep(levels: int) -> str:
    made = plain()
    for _ in range(levels):
        made = table(row(cell(made + paragraph())))
    return made


CASES: dict[str, Case] = {
    "word": ("a.docx", docx, "read"),
    "word named xlsx": ("a.xlsx", docx, "read"),
    "word of paragraphs": ("a.docx", lambda: docx(paragraph(run("通知"))), "refused"),
    "word without body": ("a.docx", lambda: zipped({n: c for n, c in parts("").items() if "document.xml" not in n}), "refused"),
    "word with another root": ("a.docx", lambda: replaced("word/document.xml", f'<w:p xmlns:w="{W}"/>'.encode()), "refused"),
    "word in strict names": ("a.docx", lambda: replaced("word/document.xml", document(plain(), namespace=STRICT)), "read"),
    "word in utf-16": ("a.docx", lambda: replaced("word/document.xml", document(plain()).decode().replace("UTF-8", "UTF-16").encode("utf-16")), "read"),
    "word with entity": ("a.docx", lambda: replaced("word/document.xml", document(plain(), '<!DOCTYPE a [<!ENTITY b "c">]>')), "refused"),
    "word with entity in styles": ("a.docx", lambda: zipped(parts(plain(), styles="") | {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "refused"),
    "word with broken xml": ("a.docx", lambda: replaced("word/document.xml", document(plain())[:-20]), "refused"),
    "word cut short": ("a.docx", lambda: docx()[:-60], "refused"),
    "word bomb": ("a.docx", bomb, "refused"),
    "word with a damaged name": ("a.docx", lambda: patched(docx(), b"word/document.xml", b"word/documenX.xml"), "refused"),
    "word with a part repeated": ("a.docx", lambda: zipped(parts(plain()), [("word/document.xml", document(plain()))]), "refused"),
    "word tables without end": ("a.docx", lambda: docx(_deep(200)), "refused"),
    "word with a huge span": ("a.docx", lambda: docx(table(row(cell("一", '<w:gridSpan w:val="99999999"/>')))), "refused"),
    "word with wide rows": ("a.docx", lambda: docx(table(*(row(cell("一", '<w:gridSpan w:val="16000"/>')) for _ in range(1200)))), "read"),
    "word with an empty table": ("a.docx", lambda: docx(table()), "read"),
    "word with words beside cells": ("a.docx", lambda: docx(table("<w:tr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tr>")), "read"),
    "word of a broken half": ("a.docx", lambda: docx(plain() + paragraph() + plain([["2025-03-07", "竹林超市", "1"]])), "findings"),
    "old word": ("a.doc", lambda: b"{\\rtf1 a}", "refused"),
}  # fmt: skip
