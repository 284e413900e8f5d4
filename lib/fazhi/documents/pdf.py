"""PDF by typst: the page of GB/T 9704-2012, tagged, PDF/A-2a and PDF/UA-1, the same bytes for the same document."""

import base64
import json
import math
import re
from dataclasses import asdict
from importlib import resources
from typing import Any

from fazhi.documents import fonts
from fazhi.documents.arrange import (
    AREA_PT,
    CELL_MARGINS_PT,
    Arrangement,
    arrange,
    attachment_label,
    break_title,
    document_time,
    notes,
    table_layout,
    width_em,
)
from fazhi.documents.filling import fill_pages
from fazhi.documents.model import Document, Figure, Listing, Notice, Paragraph, Table
from fazhi.errors import PublishError

BREAK = "\u200b"  # zero-width space: a place to break that shows nothing and needs no glyph
LINE_WORD = 24  # half-width characters that still fit a line of text
TOFU_NOTE = "□后的编号是所用字体里没有的字的 Unicode 码"
TALL = 24  # lines of a cell beyond which its row may be torn over pages


def render_pdf(document: Document) -> bytes:
    """The document as PDF. Raises PublishError where a character has no glyph or typst refuses the content."""
    import typst

    faces = fonts.resolve(document.meta.fonts)
    content = _content(_with_tofu(document, faces), faces)
    shown = json.dumps(content["page"], ensure_ascii=False).replace(BREAK, "")
    faces.require(shown + document.meta.title)
    template = resources.files("fazhi.documents").joinpath("templates/report.typ").read_bytes()
    try:
        pdf = typst.compile(
            template,
            format="pdf",
            font_paths=fonts.catalogue(),
            sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=document_time(document.meta),
        )
    except typst.TypstError as error:
        raise PublishError(f"PDF 排版未成：{error.message}。请把本条连同报告内容交维护人员。") from error
    return bytes(pdf)


def _with_tofu(document: Document, faces: fonts.Faces) -> Document:
    """The document with `□(U+2714)` for each character without a glyph in what repeats ledgers: tables, notices, lists.

    A tick in a cell or an emoji in a file's name costs no document; the narrative and all titles are held to the glyphs.
    """

    def shown(text: str) -> str:
        for character in faces.missing(text):
            text = text.replace(character, f"□(U+{ord(character):04X})")
        return text

    def legible(block: Any) -> Any:
        if isinstance(block, Table):
            rows = tuple(tuple(map(shown, row)) for row in block.rows)
            notes = [block.note, TOFU_NOTE if rows != block.rows else ""]
            return block.model_copy(update={"rows": rows, "note": "；".join(filter(None, notes))})
        if isinstance(block, Notice | Listing):
            return block.model_copy(update={"items": tuple(map(shown, block.items))})
        return block

    return document.model_copy(update={"blocks": tuple(map(legible, document.blocks))})


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
            "thicken": _thicken(faces),
        },
        "page": _page(fill_pages(arrange(document))),
    }


def _thicken(faces: fonts.Faces) -> dict[str, float]:
    """Strokes in pt that stand in for a heavier face where the unit's own is not installed."""
    used = faces.families
    return {
        "title": 0.5 if faces.is_light("title") else 0,  # 小标宋 is heavy
        "heading": 0.3 if used["heading"] == fonts.SANS else 0,  # lighter than 黑体
        "subheading": 0.15 if used["subheading"] == used["body"] else 0,  # no 楷体 to tell it by
    }


def _page(page: Arrangement) -> dict[str, Any]:
    body = [_block(block) for block in page.body]
    signed = page.attachment_note or page.issuer or page.date
    closing = body[-1:] if signed and body and _is_short(page.body[-1]) else []
    return {
        **{
            key: getattr(page, key)
            for key in ("document_number", "signer", "title_lines", "addressee", "attachment_note", "issuer", "date")
        },
        "flowing": not (page.body or page.issuer or page.date),
        "notices": [_block(notice) for notice in page.notices],
        "body": body[: len(body) - len(closing)],
        "closing": closing,  # what stays with the attachments' names and the signature
        "attachments": [
            {
                "label": attachment_label(head),
                "title_lines": break_title(head.title),
                "blocks": [_block(b) for b in blocks],
            }
            for head, blocks in page.attachments
        ],
    }


def _is_short(block: Any) -> bool:
    """Whether a block is a paragraph that leaves room on its page for the signature."""
    return isinstance(block, Paragraph) and sum(width_em(run.text) for run in block.runs) <= 28 * 10


def _block(block: Any) -> dict[str, Any]:
    content = _breakable(block.model_dump(mode="json", exclude={"svg", "png"}), LINE_WORD)
    if isinstance(block, Table):
        content |= _table(block)
    if isinstance(block, Figure):
        content |= {
            "notes": notes(block),
            "svg": block.svg,
            "png": "" if block.svg else list(base64.b64decode(block.png)),
        }
    return content


def _table(table: Table) -> dict[str, Any]:
    """Cells with places to break in what is longer than their column is wide; which rows may be torn over pages."""
    layout = table_layout(table)
    ems = [(share * AREA_PT - CELL_MARGINS_PT) / layout.size for share in layout.shares]
    limits = [max(1, int(em / 0.56)) for em in ems]
    columns = [
        {**column.model_dump(mode="json"), "title": _breakable(column.title, limit)}
        for column, limit in zip(table.columns, limits, strict=True)
    ]
    rows = [[_breakable(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in table.rows]
    high = [max(width_em(cell) / em for cell, em in zip(row, ems, strict=True)) for row in table.rows]
    return {
        "notes": notes(table), **asdict(layout), "columns": columns, "rows": rows, "tall": [lines > TALL for lines in high],
        "bound": _bound([math.ceil(lines) or 1 for lines in high], len(notes(table))),
    }  # fmt: skip


def _bound(high: list[int], noted: int) -> list[tuple[int, int]]:
    """Which rows stay together, as (first, how many): the first two, the last two with the notes, as far as they fit on a page."""
    count = len(high) + bool(noted)
    ends = [(0, count)] if len(high) < 4 else [(0, 2), (len(high) - 2, 2 + bool(noted))]
    return [(first, rows) for first, rows in ends if rows > 1 and sum(high[first : first + rows]) + noted <= TALL]


def _breakable(value: Any, limit: int) -> Any:
    """The same content, with places to break in half-width words longer than `limit` characters."""
    if isinstance(value, str):
        return re.sub(
            f"[!-~]{{{limit + 1},}}", lambda word: BREAK.join(re.findall(f".{{1,{min(limit, 6)}}}", word[0])), value
        )
    if isinstance(value, dict):
        return {key: _breakable(item, limit) for key, item in value.items()}
    return [_breakable(item, limit) for item in value] if isinstance(value, list) else value
