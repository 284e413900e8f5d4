"""The paragraphs and runs of a part of a Word file, as they stand once all tracked changes are accepted."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from fazhi.intake.model import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DELETED = (f"{W}del", f"{W}moveFrom")
_ELSEWHERE = (f"{W}p", f"{W}rt", _FALLBACK)
_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
OUR_NAMES = ("法治核对", "法治报告")  # as whom fazhi itself comments


def parse_part(content: bytes) -> Any:
    """The root of a part of a Word file; nothing outside it is read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Refused("文档已损坏，请在 Word 中打开修复，另存后再核对") from None
    if root.getroottree().docinfo.doctype:
        raise Refused("文档里有不该有的声明（DOCTYPE）")
    return root


def paragraphs(root: Any) -> Iterator[Any]:
    """Every paragraph of a part in order, in tables and text boxes too; what Word keeps twice for old readers is left out."""
    for paragraph in root.iter(f"{W}p"):
        if not any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            yield paragraph


def every_run(paragraph: Any) -> Iterator[tuple[Any, list[Any]]]:
    """The runs of a paragraph that are seen, deleted ones too, each with what it stands in there.

    Not those of a text box anchored in it, of the reading above a character, what is kept for old readers, and hidden text.
    """
    for run in paragraph.iter(f"{W}r"):
        above = list(takewhile(lambda one: one is not paragraph, run.iterancestors()))
        if not any(one.tag in _ELSEWHERE for one in above) and not _is_hidden(run):
            yield run, above


def runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph as they stand once all changes are accepted."""
    for run, above in every_run(paragraph):
        if not any(one.tag in DELETED for one in above):
            yield run


def goes_on(paragraph: Any) -> bool:
    """Whether its end is deleted: once all changes are accepted, the next paragraph goes on where it ends."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    following = next(paragraph.itersiblings(f"{W}p", f"{W}tbl"), None)
    is_deleted = marks is not None and any(mark.tag in DELETED for mark in marks)
    return is_deleted and following is not None and following.tag == f"{W}p"


def is_deleted_row(row: Any) -> bool:
    """Whether a row of a table is gone once all changes are accepted."""
    return row.find(f"{W}trPr/{W}del") is not None


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def run_text(run: Any) -> str:
    """The text of a run without what is not seen (soft hyphens, marks of no width); a tab, a break or a symbol is one character."""
    pieces = []
    for child in run:
        if child.tag == f"{W}t":
            pieces.append(seen(child.text or ""))
        elif child.tag == f"{W}tab":
            pieces.append("\t")
        elif child.tag in (f"{W}br", f"{W}cr"):
            pieces.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif child.tag == f"{W}sym":
            pieces.append(_symbol(child))
    return "".join(pieces)


def _symbol(mark: Any) -> str:
    """A character given by its number; one of a font of pictures is a blank."""
    code = int(mark.get(f"{W}char") or "20", 16)
    is_digit = chr(code & 0xFF).isdigit() and mark.get(f"{W}font") == "Symbol"
    return chr(code) if code < 0xE000 else chr(code & 0xFF) if is_digit else " "


def seen(text: str) -> str:
    """A text without the characters that nobody sees."""
    return text.translate(_UNSEEN)


def place_in(written: str, place: int) -> int:
    """Where in a text as it is written a place of what is seen of it lies."""
    at = 0
    for index, char in enumerate(written):
        if at == place:
            return index
        at += ord(char) not in _UNSEEN
    return len(written)
