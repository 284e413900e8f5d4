"""The page of GB/T 9704-2012 in Word's terms: paper, grid, styles by role, page numbers outside.

Fonts are named, never embedded. Sizes in pt; twips are twentieths of a point.
"""

from collections.abc import Collection
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fazhi.documents.arrange import AREA_PT, CLOSING, OPENING
from fazhi.documents.docx_xml import element
from fazhi.documents.model import OPEN_MARK

CHARACTER_PT = AREA_PT / 28
LINE_PT = 28.95  # 225 mm / 22
FONTS = {
    "title": "方正小标宋_GBK",
    "heading": "黑体",
    "subheading": "楷体_GB2312",
    "body": "仿宋_GB2312",
    "page_number": "宋体",
    "latin": "Times New Roman",
}
TABLE_TEXT, TABLE_TITLE, FIGURE, NOTICE = "公文表格", "公文表题", "公文图", "公文提示"
NOTE, ATTACHMENT_TITLE = "公文图表注", "公文附件标题"
TABLE_PT = 12.0


def new_document(fonts: dict[str, str]) -> WordDocument:
    """An empty document with page, styles and page numbers; `fonts` maps roles to the unit's own families."""
    names = {**FONTS, **fonts}
    document = docx.Document()
    forget_thumbnail(document)
    _set_defaults(document, names)
    set_styles(document, names)
    _set_page(document)
    set_page_numbers(document)
    return document


def name_fonts(owner: Any, east_asian: str, latin: str) -> None:
    """Fonts of a style or run by name; the theme's, which would win over names, are removed."""
    properties = owner.get_or_add_rPr()
    found = properties.find(qn("w:rFonts"))
    if found is not None:
        properties.remove(found)
    named = element("rFonts", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=latin)
    style = properties.find(qn("w:rStyle"))
    properties.insert(0 if style is None else 1, named)


def forget_thumbnail(document: WordDocument) -> None:
    """The template's preview picture shows another document."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _set_defaults(document: WordDocument, names: dict[str, str]) -> None:
    defaults = next(document.styles.element.iter(qn("w:rPrDefault")))
    defaults.clear()
    properties = element("rPr")
    latin = names["latin"]
    properties.append(element("rFonts", ascii=latin, hAnsi=latin, eastAsia=names["body"], cs=latin))
    properties.extend([element("sz", val=32), element("szCs", val=32), element("lang", val="en-US", eastAsia="zh-CN")])
    defaults.append(properties)


def set_styles(document: WordDocument, names: dict[str, str], kept: Collection[str] = (), body: str = "Normal") -> None:
    """Every style of the paper by role but those `kept`, which the document has of its own; `body` is what the text's is called."""
    latin, text = names["latin"], names["body"]
    plain: dict[str, Any] = {"first_line": 0, "align": Align.LEFT}
    middle: dict[str, Any] = {"first_line": 0, "align": Align.CENTER}
    wanted: list[tuple[str, str, float, dict[str, Any]]] = [
        (body, text, 16, {}),
        ("Title", names["title"], 22, middle),
        *((f"Heading {level}", names[role], 16, {"outline": level - 1})
          for level, role in enumerate(("heading", "subheading", "body", "body"), 1)),
        ("Caption", names["heading"], 12, {**middle, "pitch": 20}),
        (TABLE_TITLE, names["heading"], 12, {**middle, "pitch": 20}),
        (TABLE_TEXT, text, TABLE_PT, {**middle, "pitch": 18}),
        (NOTE, text, 10.5, {**plain, "pitch": 16}),
        (NOTICE, text, 12, {**plain, "pitch": 18}),
        (FIGURE, text, 16, {**middle, "pitch": None}),
        (ATTACHMENT_TITLE, names["title"], 22, {**middle, "outline": 1}),
        ("Footer", names["page_number"], 14, {"first_line": 0, "pitch": 16}),
        ("annotation text", text, 10.5, {**plain, "pitch": None}),
    ]  # fmt: skip
    for name, east_asian, size, format_ in wanted:
        if name not in kept:
            _set_style(document, name, east_asian, names["page_number"] if name == "Footer" else latin, size, **format_)
    _finish_styles(document, kept)


def _finish_styles(document: WordDocument, kept: Collection[str]) -> None:
    """What some of the styles have besides."""
    if TABLE_TITLE not in kept:
        table_title = document.styles[TABLE_TITLE].paragraph_format
        table_title.keep_with_next, table_title.space_before = True, Pt(8)
    if FIGURE not in kept:
        document.styles[FIGURE].paragraph_format.keep_with_next = True
    if "annotation text" not in kept:
        document.styles["annotation text"].element.styleId = "CommentText"  # the id python-docx gives its comments
    if NOTICE not in kept:
        _box(document.styles[NOTICE])


def _set_style(
    document: WordDocument,
    name: str,
    east_asian: str,
    latin: str,
    size: float,
    *,
    first_line: int = 2,
    align: Align = Align.JUSTIFY,
    pitch: float | None = LINE_PT,
    outline: int | None = None,
) -> None:
    """A paragraph style: exact line pitch in pt (None: as high as its content), indent in characters, outline level."""
    known = name in document.styles
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    style.hidden = False
    style.quick_style = True
    _set_characters(style, east_asian, latin, size)
    format_ = style.paragraph_format
    format_.alignment, format_.widow_control, format_.keep_with_next = align, False, outline is not None
    properties = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:snapToGrid", "w:spacing", "w:ind", "w:outlineLvl", "w:contextualSpacing"):
        for found in properties.findall(qn(tag)):
            properties.remove(found)
    format_.space_before = format_.space_after = Pt(0)
    spacing = properties.find(qn("w:spacing"))
    spacing.set(qn("w:line"), "240" if pitch is None else str(round(pitch * 20)))
    spacing.set(qn("w:lineRule"), "auto" if pitch is None else "exact")
    spacing.addnext(element("ind", **indent(first_line)))
    for tag in ("autoSpaceDE", "autoSpaceDN"):  # no extra gap between Chinese and digits: 28 characters a line
        spacing.addprevious(element(tag, val=0))
    if size != 16 or pitch is None:  # LibreOffice would give 22 pt two lines of the grid, 12 pt a whole one
        spacing.addprevious(element("snapToGrid", val=0))
    if outline is not None:
        properties.append(element("outlineLvl", val=outline))


def _set_characters(style: Any, east_asian: str, latin: str, size: float) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    name_fonts(style.element, east_asian, latin)
    properties = style.element.get_or_add_rPr()
    for tag in ("w:color", "w:szCs", "w:spacing", "w:kern"):
        for found in properties.findall(qn(tag)):
            properties.remove(found)
    size_element = properties.find(qn("w:sz"))
    size_element.addnext(element("szCs", val=round(size * 2)))
    if size == 16:  # 15.75 pt a character, so that 28 fit 442.2 pt; a negative charSpace in the grid breaks LibreOffice
        size_element.addprevious(element("spacing", val=-5))


def indent(first_line: int, right_pt: float = 0) -> dict[str, int]:
    """Attributes of w:ind: first line in characters, and a gap on the right in pt."""
    right = {"right": round(right_pt * 20)} if right_pt else {}
    return {**right, "firstLineChars": first_line * 100, "firstLine": round(first_line * CHARACTER_PT * 20)}


def _box(style: Any) -> None:
    """A frame round all paragraphs of the style that stand together."""
    border = element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        border.append(element(side, val="single", sz=8, space=4, color="B00020"))
    properties = style.element.get_or_add_pPr()
    anchor = properties.find(qn("w:autoSpaceDE"))
    anchor.addprevious(border)


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.header_distance = Mm(15)
    section.footer_distance = Mm(35 - 7 + 2.66) - Pt(16)  # the page number's dash lies 7 mm below the type area
    properties = section._sectPr
    for found in properties.findall(qn("w:docGrid")):
        properties.remove(found)
    properties.append(element("docGrid", type="lines", linePitch=round(LINE_PT * 20)))
    settings = document.settings.element
    for tag in ("w:characterSpacingControl", "w:savePreviewPicture"):
        for found in settings.findall(qn(tag)):
            settings.remove(found)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.find(qn("w:compat")).addprevious(element("characterSpacingControl", val="compressPunctuation"))
    for tag, characters in (("noLineBreaksAfter", OPENING), ("noLineBreaksBefore", CLOSING + OPEN_MARK)):
        settings.find(qn("w:compat")).addprevious(element(tag, lang="zh-CN", val=characters))


def set_page_numbers(document: WordDocument) -> None:
    """— 1 — outside: right on odd pages, left on even ones, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side, align in (
        (section.footer, "right", Align.RIGHT),
        (section.even_page_footer, "left", Align.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = document.styles["Footer"], align
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn(f"w:{side}"), "280")
        indent.set(qn(f"w:{side}Chars"), "100")
        paragraph.add_run("— ")
        _page_field(paragraph)
        paragraph.add_run(" —")


def _page_field(paragraph: Any) -> None:
    for kind in ("begin", "code", "separate", "value", "end"):
        run = paragraph.add_run("1" if kind == "value" else "")
        if kind == "code":
            code = element("instrText")
            code.text = " PAGE "
            code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run._r.append(code)
        elif kind != "value":
            run._r.append(element("fldChar", fldCharType=kind))
