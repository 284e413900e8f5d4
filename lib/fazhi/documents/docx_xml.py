"""Paragraphs, runs, tables and comments in WordprocessingML, built directly: python-docx's own calls take a millisecond
a run, and a long table has thousands.

Children stand in the order of ECMA-376, which Word insists on.
"""

from collections.abc import Sequence
from typing import Any

from docx.oxml.parser import oxml_parser

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = {"w": _W}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: Any, **attributes: Any) -> Any:
    """A WordprocessingML element; attributes without their prefix."""
    made = oxml_parser.makeelement(f"{{{_W}}}{tag}", {f"{{{_W}}}{k}": str(v) for k, v in attributes.items()}, _NAMES)
    made.extend(children)
    return made


def run(text: str, *, fonts: tuple[str, str] | None = None, size: float = 0, marked: bool = False) -> Any:
    """A stretch of text; `fonts` (East Asian, Latin) and `size` (pt) where they differ from the style's.

    Of a run with Chinese it says that “ ” — … belong to the Chinese font; Word takes them for Latin otherwise.
    """
    named = {"ascii": fonts[1], "hAnsi": fonts[1], "eastAsia": fonts[0], "cs": fonts[1]} if fonts else {}
    if not text.isascii():
        named["hint"] = "eastAsia"
    properties = [element("rFonts", **named)] if named else []
    if size:
        properties += [element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))]
    if marked:
        properties.append(element("highlight", val="yellow"))
    words = element("t")
    words.text = text
    words.set(_SPACE, "preserve")
    return element("r", *([element("rPr", *properties)] if properties else []), words)


def paragraph(
    style: str,
    *content: Any,
    keep_next: bool = False,
    page_break_before: bool = False,
    right_tab: int = 0,
    indent: dict[str, int] | None = None,
    align: str = "",
    outline: int | None = None,
) -> Any:
    """A paragraph of a style (by id); what else is given differs from the style. `indent`: attributes of w:ind; `right_tab`: twips."""
    properties = [element("pStyle", val=style)]
    if keep_next:
        properties.append(element("keepNext"))
    if page_break_before:
        properties.append(element("pageBreakBefore"))
    if right_tab:
        properties.append(element("tabs", element("tab", val="right", pos=right_tab)))
    if indent is not None:
        properties.append(element("ind", **indent))
    if align:
        properties.append(element("jc", val=align))
    if outline is not None:
        properties.append(element("outlineLvl", val=outline))
    return element("p", element("pPr", *properties), *content)


def tab() -> Any:
    return element("r", element("tab"))


def line_break() -> Any:
    return element("r", element("br"))


def table(caption: str, widths: Sequence[int], rows: Sequence[Any], style: str) -> Any:
    """A table with all its rules, columns as wide as told (twips); `caption` is what a screen reader says of it."""
    properties = element(
        "tblPr",
        element("tblStyle", val=style),
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        *([element("tblCaption", val=caption)] if caption else []),
    )
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in widths)), *rows)


def row(widths: Sequence[int], cells: Sequence[Any], *, head: bool) -> Any:
    """A row of paragraphs, never torn over pages; a head is repeated on every page."""
    properties = element("trPr", element("cantSplit"), *([element("tblHeader")] if head else []))
    made = [
        element("tc", element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center")), cell)
        for width, cell in zip(widths, cells, strict=True)
    ]
    return element("tr", properties, *made)


def comment(number: int, text: str, author: str, initials: str, when: str) -> Any:
    """A comment for the comments part; `when` as 2026-01-09T00:00:00Z."""
    reference = element("r", element("rPr", element("rStyle", val="CommentReference")), element("annotationRef"))
    about = {"id": number, "author": author, "date": when, "initials": initials}
    return element("comment", paragraph("CommentText", reference, run(text)), **about)


def commented(number: int, content: Any) -> list[Any]:
    """`content` with the marks that hang comment `number` on it."""
    reference = element(
        "r", element("rPr", element("rStyle", val="CommentReference")), element("commentReference", id=number)
    )
    return [element("commentRangeStart", id=number), content, element("commentRangeEnd", id=number), reference]
