"""The paragraphs and runs of a part of a Word file, as they stand once all tracked changes are accepted."""

from collections.abc import Iterator
from typing import Any

from fazhi.intake.model import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
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


def runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph as they stand once all changes are accepted; not those of a text box anchored in it."""
    for run in paragraph.iter(f"{W}r"):
        above = []
        for parent in run.iterancestors():
            if parent is paragraph:
                break
            above.append(parent.tag)
        if f"{W}del" not in above and f"{W}moveFrom" not in above and f"{W}p" not in above:
            yield run


def run_text(run: Any) -> str:
    """The text of a run; a tab or a break is one character."""
    pieces = []
    for child in run:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            pieces.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)
