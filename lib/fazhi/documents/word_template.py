"""The page that a report is written on in Word: ours, or the office's own template with its red head, margins, styles and seal.

Of a template all stands as it is. The text takes the place of `{{正文}}`, other places are filled in, and what they give is
not written a second time. A style of ours is the template's where it has one of that name or role; it is made where not.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from fazhi.documents import docx_styles
from fazhi.documents.arrange import AREA_PT
from fazhi.documents.docx_xml import element
from fazhi.documents.model import Meta
from fazhi.documents.placeholders import (
    ADDRESSEE,
    BODY,
    DATE,
    ISSUER,
    NUMBER,
    SIGNER,
    TITLE,
    fill,
    found_in,
    is_place,
)
from fazhi.workspace.files import repacked

OWN_BODY = "公文正文"
_GRID = "Table Grid"
_TEMPLATE, _DOCUMENT = (
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml".encode()
    for kind in ("template", "document")
)
# Role -> what templates of offices call it, besides the role's own name.
_NAMES: dict[str, tuple[str, ...]] = {
    "Normal": (OWN_BODY, "正文样式", "文件正文"),
    "Title": ("公文标题", "文件标题", "大标题", "主标题"),
    **{
        f"Heading {level}": (f"{number}级标题", f"公文{number}级标题", f"公文标题{level}")
        for level, number in enumerate("一二三四", 1)
    },
    "Caption": ("图题",),
    docx_styles.TABLE_TITLE: ("表题", "表格标题"),
    docx_styles.TABLE_TEXT: ("表格文字", "表格正文", "表文"),
    docx_styles.NOTE: ("表注", "图表注"),
    docx_styles.NOTICE: (),
    docx_styles.FIGURE: (),
    docx_styles.ATTACHMENT_TITLE: ("附件标题",),
    "Footer": (),
    "annotation text": (),
}
_OWN_NAMES = re.compile(r"heading \d|caption|header|footer|annotation text")
_BODY_SIZE = 14  # pt; a Normal below it is Word's own, which nobody has set up for a 公文


@dataclass
class WordPage:
    """An open Word document to be written into.

    `styles`: role -> id. What is written goes before `at`; `top`, `text` and `end` are the places of notices, of the text and
    of attachments. `given`: the places that the template fills itself. `area_pt`: the width of its type area.
    """

    word: WordDocument
    styles: Mapping[str, str]
    top: Any
    text: Any
    end: Any
    given: frozenset[str] = frozenset()
    area_pt: float = AREA_PT
    table_style: str = "TableGrid"
    comments: int = 0

    def close_text(self) -> None:
        """Take the mark of the text's place away, once it is written; the break of a section that hangs on it stays."""
        if self.text is self.end:
            return
        if self.text.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
            self.text.getparent().remove(self.text)
        else:
            for run in self.text.findall(qn("w:r")):
                self.text.remove(run)


def blank_page(fonts: dict[str, str]) -> WordPage:
    """The page of GB/T 9704."""
    word = docx_styles.new_document(fonts)
    end = word.element.body.sectPr
    return WordPage(word, {style.name: style.style_id for style in word.styles}, end, end, end)


def template_page(template: bytes, meta: Meta) -> WordPage:
    """The office's own page; `template` has passed `template_gate`."""
    word = docx.Document(io.BytesIO(repacked(template, edit=_as_document)))
    _cut_off(word)
    _name_styles(word)
    roots = [word.element.body, *_heads_and_feet(word)]
    given = frozenset(name for root in roots for name in found_in(root))
    values = _values(meta)
    for root in roots:
        fill(root, values)
    body = word.element.body
    end = body.get_or_add_sectPr()
    text = next((one for one in body.findall(qn("w:p")) if is_place(one, BODY)), end)
    if text is end:
        for one in list(body)[:-1]:
            body.remove(one)
    return WordPage(
        word, _styles(word, {**docx_styles.FONTS, **meta.fonts}), body[0], text, end, given,
        _area_pt(text, end), _table_style(word), _next_comment(word),
    )  # fmt: skip


def _as_document(name: str, content: bytes) -> bytes:
    return content.replace(_TEMPLATE, _DOCUMENT) if name == "[Content_Types].xml" else content


def _values(meta: Meta) -> dict[str, str]:
    return {
        TITLE: meta.title, ADDRESSEE: meta.addressee.rstrip("：:"), NUMBER: meta.document_number, SIGNER: meta.signer,
        ISSUER: meta.issuer, DATE: meta.date, "单位": meta.town, "年度": str(meta.year or ""),
    }  # fmt: skip


def _cut_off(word: WordDocument) -> None:
    """The template's own template lies on some machine, and its preview shows another document; nothing is locked or tracked."""
    docx_styles.forget_thumbnail(word)
    settings = word.settings
    for tag in ("attachedTemplate", "documentProtection", "writeProtection", "trackRevisions"):
        for found in settings.element.findall(qn(f"w:{tag}")):
            settings.element.remove(found)
    relations = word.part._settings_part.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/attachedTemplate")]:
        del relations[key]


def _name_styles(word: WordDocument) -> None:
    """Names of Word's own styles as Word writes them: LibreOffice writes Heading 1, which would be another style beside ours."""
    for name in word.styles.element.iter(qn("w:name")):
        written = name.get(qn("w:val"), "")
        if _OWN_NAMES.fullmatch(written.lower()):
            name.set(qn("w:val"), written.lower())


def _heads_and_feet(word: WordDocument) -> Iterator[Any]:
    for one in word.part.rels.values():
        if not one.is_external and one.reltype.endswith(("/header", "/footer")):
            yield one.target_part.element


def _styles(word: WordDocument, names: dict[str, str]) -> dict[str, str]:
    """Role -> id: the template's own styles, ours where it has none."""
    paragraphs = {style.name: style for style in word.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    own: dict[str, str] = {}
    for role, others in _NAMES.items():
        called = next((name for name in (*others, role) if name in paragraphs), None)
        if called is not None and (called != role or _is_set_up(paragraphs[called])):
            own[role] = called
    has_feet = any(True for _ in _heads_and_feet(word))
    docx_styles.set_styles(word, names, {*own, *([OWN_BODY] if "Normal" in own else [])}, OWN_BODY)
    if not has_feet:
        docx_styles.set_page_numbers(word)
    made = {role: own.get(role, OWN_BODY if role == "Normal" else role) for role in _NAMES}
    return {role: word.styles[name].style_id for role, name in made.items()}


def _is_set_up(style: Any) -> bool:
    """Whether somebody has set up a style of Word's own: its body is small, its titles are in a colour of the theme."""
    if style.name == "Normal":
        return style.font.size is not None and style.font.size.pt >= _BODY_SIZE
    colour = style.element.find(f"{qn('w:rPr')}/{qn('w:color')}")
    return colour is None or colour.get(qn("w:themeColor")) is None


def _area_pt(text: Any, end: Any) -> float:
    """The width of the type area of the section that the text stands in."""
    after = (one.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for one in (text, *text.itersiblings()))
    section = next((one for one in after if one is not None), end)
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    try:
        left, right = (int(margins.get(qn(f"w:{side}"))) for side in ("left", "right"))
        width = (int(size.get(qn("w:w"))) - left - right) / 20
    except (AttributeError, TypeError, ValueError):  # left to Word's defaults
        return AREA_PT
    return width if width > AREA_PT / 3 else AREA_PT


def _table_style(word: WordDocument) -> str:
    """The id of a style with all rules; Word calls it anything."""
    if _GRID in word.styles:
        return str(word.styles[_GRID].style_id)
    made = word.styles.add_style(_GRID, WD_STYLE_TYPE.TABLE)
    made.element.styleId = "FazhiGrid"  # an id that no other style has
    borders = (element(side, val="single", sz=4, space=0, color="auto")
               for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    made.element.append(element("tblPr", element("tblBorders", *borders)))
    return str(made.style_id)


def _next_comment(word: WordDocument) -> int:
    """The first number that no comment of the template has."""
    numbers = [int(one.get(qn("w:id"))) for one in word.part._comments_part.element.findall(qn("w:comment"))]
    return max(numbers, default=-1) + 1
