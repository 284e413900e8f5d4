"""The text of a page's cell: all that is written in it, and the runs that a browser shows, form fields as filled in."""

from collections.abc import Iterator

from lxml import etree

from fazhi.intake.html_check import SILENT, field_text
from fazhi.intake.html_looks import StyleSheet
from fazhi.intake.runs import Run

BREAK = "\ue000"
_NO_TEXT = (*SILENT, "table")


def written_in(cell: etree._Element) -> Iterator[str]:
    """Every piece of text in the cell and every field's value, hidden or not."""
    yield cell.text or ""
    for child in cell:
        if isinstance(child.tag, str) and child.tag not in _NO_TEXT:
            if child.tag == "input":
                yield field_text(dict(child.attrib))
            yield from written_in(child)
        yield child.tail or ""


def runs_in(cell: etree._Element, styles: StyleSheet) -> tuple[list[Run], bool]:
    """The runs that are shown, struck where they are or None as the cell is; and whether some may be hidden."""
    runs: list[Run] = []
    doubtful = _collect(cell, runs, Run("", None, 0), styles)
    return runs, doubtful


def _collect(element: etree._Element, runs: list[Run], look: Run, styles: StyleSheet) -> bool:
    """Add the runs within the element, each with the look that its ancestors give it."""
    doubtful = False
    runs.append(look._replace(text=element.text or ""))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NO_TEXT:
            doubtful |= _collect_child(child, runs, look, styles)
        runs.append(look._replace(text=child.tail or ""))
    return doubtful


def _collect_child(child: etree._Element, runs: list[Run], look: Run, styles: StyleSheet) -> bool:
    own = styles.look(child)
    if own.hidden:
        return False
    inner = Run("", True if own.struck else look.struck, own.level or look.level)
    if child.tag in ("br", "p", "div"):
        runs.append(look._replace(text=BREAK))
    if child.tag == "input":
        runs.append(inner._replace(text=field_text(dict(child.attrib))))
    if child.tag == "select":
        runs.append(inner._replace(text=_chosen(child)))
        return own.doubtful
    return _collect(child, runs, inner, styles) or own.doubtful


def _chosen(select: etree._Element) -> str:
    """The options chosen, the first where none is."""
    options = list(select.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    if not chosen and "multiple" not in select.attrib:
        chosen = options[:1]
    kept = chosen if "multiple" in select.attrib else chosen[-1:]
    return "、".join("".join(option.itertext()).strip() for option in kept)
