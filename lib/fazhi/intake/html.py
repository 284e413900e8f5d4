"""HTML tables saved as .xls: the document's `<tr>` in order are the rows."""

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree
from lxml import html as lxml_html

from fazhi.intake import cross_check
from fazhi.intake.html_check import SecondReading, squeezed
from fazhi.intake.limits import Limits
from fazhi.intake.model import Finding, Range, RawSheet, Refused, Rows, trimmed
from fazhi.intake.text_decoding import decode

_CELLS = ("td", "th")
_STRUCK_TAGS = ("s", "del", "strike")
_LINE_THROUGH = re.compile(r"text-(line-through|decoration(-line)?)\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# Numbers that mean letters of Windows' Latin set to every browser, and controls to libxml2.
_OLD_NUMBER = re.compile(r"&#(?:1[2-5]\d|x[89][0-9a-f]);?", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPAN_LIMIT = 1000
_BREAK = "\ue000"


def read_html(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All tables of the document as one sheet without a name; every cell is text."""
    text = _decode_html(data)
    document = _parse(text)
    struck_classes = _struck_classes(document)
    builder = _Grid(limits, struck_classes)
    for tr in document.iter("tr"):
        builder.add_row(tr)
    if not builder.rows:
        raise Refused("是网页，里面没有表格；请提交 Excel 工作簿（.xlsx）或 CSV 文本")
    second = SecondReading.of(text)
    texts = [squeezed(cell for cell in row if isinstance(cell, str)) for row in builder.rows]
    sheet = RawSheet(
        "",
        trimmed(builder.rows),
        builder.merged,
        frozenset(builder.hidden),
        builder.struck,
        counted_rows=sum(1 for row in second.rows if row),
        above=tuple(second.above),
    )
    return [sheet], cross_check.count_findings(sheet) + second.findings(texts)


def _decode_html(data: bytes) -> str:
    """By mark, strict UTF-8, strict GB18030; refused where the page declares an encoding that is none of these."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, declared[1].decode("ascii") if declared else "")


def _parse(text: str) -> etree._Element:
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    text = _OLD_NUMBER.sub(lambda number: unescape(number[0]), text)
    document = etree.fromstring(text.encode("utf-8"), parser)
    if document is None:
        raise Refused("是网页，里面没有表格；请提交 Excel 工作簿（.xlsx）或 CSV 文本")
    return document


def _struck_classes(document: etree._Element) -> frozenset[str]:
    """Classes that the document's style sheet strikes through (Excel writes cell formats so)."""
    css = " ".join("".join(style.itertext()) for style in document.iter("style"))
    found: set[str] = set()
    for selector, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if _LINE_THROUGH.search(rules):
            found.update(re.findall(r"\.([\w-]+)", selector))
    return frozenset(found)


class _Grid:
    """Rows laid out with their spans; positions that a span covers stay blank."""

    def __init__(self, limits: Limits, struck_classes: frozenset[str]) -> None:
        self.rows: Rows = []
        self.merged: list[Range] = []
        self.hidden: set[int] = set()
        self.struck: dict[int, int] = {}
        self._limits = limits
        self._struck_classes = struck_classes
        # Column → last row (0-based) that a cell from above still covers, per table.
        self._covered: dict[etree._Element | None, dict[int, int]] = {}

    def add_row(self, tr: etree._Element) -> None:
        number = len(self.rows)
        if number >= self._limits.rows:
            raise Refused("网页表格的行数超过上限；请分成几个文件提交")
        covered = self._covered.setdefault(next(tr.iterancestors("table"), None), {})
        row: dict[int, str] = {}
        column = 0
        for cell in _cells_of(tr):
            while covered.get(column, -1) >= number:
                column += 1
            column = self._add_cell(tr, cell, number, column, covered, row)
        width = max(row, default=-1) + 1
        self.rows.append([row.get(c) for c in range(width)])
        if self._is_hidden(tr):
            self.hidden.add(number + 1)

    def _add_cell(
        self,
        tr: etree._Element,
        cell: etree._Element,
        number: int,
        column: int,
        covered: dict[int, int],
        row: dict[int, str],
    ) -> int:
        """Place one cell; the column after it."""
        down, across = _span(cell, "rowspan"), _span(cell, "colspan")
        if column + across > self._limits.columns:
            raise Refused("网页表格的列数超过上限，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交")
        text = _text_of(cell)
        if text:
            row[column] = text
            if self._is_struck(tr, cell):
                self.struck[number + 1] = self.struck.get(number + 1, 0) + 1
        if down > 1 or across > 1:
            self.merged.append((number, column, number + down - 1, column + across - 1))
        for c in range(column, column + across):
            covered[c] = number + down - 1
        return column + across

    def _is_hidden(self, tr: etree._Element) -> bool:
        return "hidden" in tr.attrib or bool(_HIDDEN.search(tr.get("style", "")))

    def _is_struck(self, tr: etree._Element, cell: etree._Element) -> bool:
        """Whether all of the cell's text is struck through: by its row, itself, or the elements within."""
        if self._strikes(tr) or self._strikes(cell):
            return True
        return all(self._piece_is_struck(element, cell) for element, _ in _pieces(cell))

    def _piece_is_struck(self, element: etree._Element, cell: etree._Element) -> bool:
        while element is not cell:
            if self._strikes(element):
                return True
            element = element.getparent()
        return False

    def _strikes(self, element: etree._Element) -> bool:
        if element.tag in _STRUCK_TAGS or _LINE_THROUGH.search(element.get("style", "")):
            return True
        return not self._struck_classes.isdisjoint(element.get("class", "").split())


def _cells_of(tr: etree._Element) -> Iterator[etree._Element]:
    """The row's own cells, not those of a table within one of them."""
    return (child for child in tr.iter(*_CELLS) if next(child.iterancestors("tr")) is tr)


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _SPAN_LIMIT) if text.isascii() and text.isdigit() else 1


def _pieces(cell: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Non-blank pieces of the cell's own text with the element each lies in."""
    for element in cell.iter():
        if not isinstance(element.tag, str) or _is_foreign(element, cell):
            continue
        if element.text and element.text.strip():
            yield element, element.text
        for child in element:
            if child.tail and child.tail.strip():
                yield element, child.tail


def _is_foreign(element: etree._Element, cell: etree._Element) -> bool:
    """Whether the element is a script, a style, or lies in a table within the cell."""
    while element is not cell:
        if element.tag in ("script", "style", "table"):
            return True
        element = element.getparent()
    return False


def _text_of(cell: etree._Element) -> str:
    """The cell's text as a browser shows it: runs of space made one, `<br>` and paragraphs made line breaks."""
    parts: list[str] = []
    _collect(cell, parts)
    text = _SPACE.sub(" ", "".join(parts))
    lines = [line.strip(" ") for line in text.split(_BREAK)]
    return "\n".join(line for line in lines if line.strip())


def _collect(element: etree._Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "table"):
            if child.tag in ("br", "p", "div"):
                parts.append(_BREAK)
            _collect(child, parts)
        if child.tail:
            parts.append(child.tail)
