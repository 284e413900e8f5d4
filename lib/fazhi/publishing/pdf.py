"""PDF by typst: the page of GB/T 9704-2012, tagged, PDF/A-2a and PDF/UA-1, the same bytes for the same document."""

import base64
import json
import re
from importlib import resources
from typing import Any

from fazhi import fonts
from fazhi.document import Document, Figure, Table
from fazhi.errors import PublishError
from fazhi.publishing.arrange import Arrangement, arrange, attachment_label, break_title, column_shares, notes

STANDARDS = ["a-2a", "ua-1"]
_LONG_WORD = re.compile(r"[!-~]{24,}")  # no Chinese line holds more half-width characters without a break


def render_pdf(document: Document) -> bytes:
    """The document as PDF. Raises PublishError where a character has no glyph or typst refuses the content."""
    import typst

    faces = fonts.resolve(document.meta.fonts)
    content = _content(document, faces)
    faces.require(json.dumps(content["page"], ensure_ascii=False) + document.meta.title)
    template = resources.files("fazhi.publishing").joinpath("templates/report.typ").read_bytes()
    try:
        pdf = typst.compile(
            template,
            format="pdf",
            font_paths=fonts.catalogue(),
            sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
            pdf_standards=STANDARDS,  # type: ignore[arg-type]
            timestamp=0,
        )
    except typst.TypstError as error:
        raise PublishError(f"PDF 排版未成：{error.message}。请把本条连同报告内容交维护人员。") from error
    return bytes(pdf)


def _content(document: Document, faces: fonts.Faces) -> dict[str, Any]:
    """What the template reads: strings, numbers and font names only."""
    roles = [role for role in fonts.ROLES if role != "latin"]
    return {
        "title": document.meta.title,
        "author": document.meta.issuer or document.meta.town,
        "keywords": ["法治政府建设", *([f"{document.meta.year}年"] if document.meta.year else [])],
        "fonts": {
            "latin": faces.families["latin"],
            "chains": {role: faces.chain(role) for role in roles},
            "thicken": {
                "title": faces.is_light("title"),  # 小标宋 is a heavy face
                "subheading": faces.families["subheading"]
                == faces.families["body"],  # no 楷体: heads must still stand out
            },
        },
        "page": _page(arrange(document)),
    }


def _page(page: Arrangement) -> dict[str, Any]:
    return {
        **{
            key: getattr(page, key)
            for key in ("document_number", "title_lines", "addressee", "attachment_note", "issuer", "date")
        },
        "notices": [_block(notice) for notice in page.notices],
        "body": [_block(block) for block in page.body],
        "attachments": [
            {
                "label": attachment_label(head),
                "title_lines": break_title(head.title),
                "blocks": [_block(b) for b in blocks],
            }
            for head, blocks in page.attachments
        ],
    }


def _block(block: Any) -> dict[str, Any]:
    content = _breakable(block.model_dump(mode="json", exclude={"svg", "png"}))
    if isinstance(block, Table):
        content |= {"notes": notes(block), "size": table_size(block), "shares": column_shares(block)}
    if isinstance(block, Figure):
        content |= {
            "notes": notes(block),
            "svg": block.svg,
            "png": "" if block.svg else list(base64.b64decode(block.png)),
        }
    return content


def table_size(table: Table) -> float:
    """Type size of a table in pt: 小四 (12), smaller where many columns share the 156 mm."""
    count = len(table.columns)
    return 12 if count <= 8 else 10.5 if count <= 12 else 9


def _breakable(value: Any) -> Any:
    """The same content, with places to break (zero-width spaces) in half-width words longer than a line."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word[0])), value)
    if isinstance(value, dict):
        return {key: _breakable(item) for key, item in value.items()}
    return [_breakable(item) for item in value] if isinstance(value, list) else value
