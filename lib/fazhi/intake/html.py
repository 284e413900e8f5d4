"""HTML tables saved as .xls: the document's `<tr>` in order are the rows."""

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree
from lxml import html as lxml_html

from fazhi.intake import cross_check
from fazhi.intake.html_check import SecondReading, squeezed
from fazhi.intake.html_formats import shown_cell
from fazhi.intake.html_looks import Look, StyleSheet
from fazhi.intake.html_text import BREAK, runs_in, written_in
from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, Finding, Position, Range, RawSheet, Refused, Rows, trimmed
from fazhi.intake.runs import shown_text
from fazhi.intake.text_decoding import decode

_CELLS = ("td", "th")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
# Numbers that mean letters of Windows' Latin set to every browser, and controls to libxml2.
_OLD_NUMBER = re.compile(r"&#(?:1[2-5]\d|x[89][0-9a-f]);?", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPAN_LIMIT = 1000


def read_html(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All tables of the document as one sheet without a name; every cell is text."""
    text = _decode_html(data)
    document = _parse(text)
    styles = StyleSheet(document)
    builder = _Grid(limits, styles, _hides_columns(document, styles))
    for tr in document.iter("tr"):
        builder.add_row(tr)
    if not builder.rows:
        raise Refused("是网页，里面没有表格；请提交 Excel 工作簿（.xlsx）或 CSV 文本")
    second = SecondReading.of(text)
    said = second.findings(builder.written)
    counted = sum(1 for row in second.rows if row) if said else sum(1 for row in builder.rows if any(row))
    sheet = RawSheet(
        "",
        trimmed(builder.rows),
        builder.merged,
        frozenset(builder.hidden),
        builder.struck,
        counted_rows=counted,
        comments=builder.comments,
        above=tuple(second.above),
        fills=builder.fills,
    )
    return [sheet], cross_check.count_findings(sheet) + said + _doubts(styles, builder.doubtful)


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


def _hides_columns(document: etree._Element, styles: StyleSheet) -> bool:
    """Whether hidden cells are whole columns, as Excel writes them: every row of a table hides equally many."""
    counts: dict[etree._Element | None, set[int]] = {}
    for tr in document.iter("tr"):
        cells = list(_cells_of(tr))
        if len(cells) > 1:
            hidden = sum(styles.look(cell).hidden for cell in cells)
            counts.setdefault(next(tr.iterancestors("table"), None), set()).add(hidden)
    return all(len(hidden) == 1 for hidden in counts.values())


def _doubts(styles: StyleSheet, doubtful: list[int]) -> list[Finding]:
    """A warning where what is hidden rests on styles that are not in the file or not understood."""
    if not doubtful and not styles.unread:
        return []
    found = "网页里有的文字可能不显示（样式不在文件中或看不懂），已按显示读入"
    advice = "请用 Excel 打开核对数字，另存为 .xlsx 后重新提交"
    return [Finding("warning", "", doubtful[0] if doubtful else None, None, found, "读入的就是看到的", advice)]


class _Grid:
    """Rows laid out with their spans; positions that a span covers stay blank. `written`: all that stands in each row."""

    def __init__(self, limits: Limits, styles: StyleSheet, hides_columns: bool) -> None:
        self.rows: Rows = []
        self.written: list[str] = []
        self.merged: list[Range] = []
        self.hidden: set[int] = set()
        self.struck: dict[int, int] = {}
        self.doubtful: list[int] = []
        self.comments: dict[Position, str] = {}
        self.fills: dict[Position, str] = {}
        self._limits = limits
        self._styles = styles
        self._hides_columns = hides_columns
        # Column → last row (0-based) that a cell from above still covers, per table.
        self._covered: dict[etree._Element | None, dict[int, int]] = {}

    def add_row(self, tr: etree._Element) -> None:
        number = len(self.rows)
        if number >= self._limits.rows:
            raise Refused("网页表格的行数超过上限；请分成几个文件提交")
        covered = self._covered.setdefault(next(tr.iterancestors("table"), None), {})
        row: dict[int, Cell] = {}
        column = 0
        look = self._styles.look(tr)
        cells = list(_cells_of(tr))
        for cell in cells:
            if not self._hides_columns and self._styles.look(cell).hidden:
                continue
            while covered.get(column, -1) >= number:
                column += 1
            column = self._add_cell(cell, number, column, covered, row, look)
        width = max(row, default=-1) + 1
        self.rows.append([row.get(c) for c in range(width)])
        self.written.append(squeezed(text for cell in cells for text in written_in(cell)))
        if look.hidden:
            self.hidden.add(number + 1)

    def _add_cell(
        self,
        cell: etree._Element,
        number: int,
        column: int,
        covered: dict[int, int],
        row: dict[int, Cell],
        outer: Look,
    ) -> int:
        """Place one cell; the column after it."""
        down, across = _span(cell, "rowspan"), _span(cell, "colspan")
        if column + across > self._limits.columns:
            raise Refused("网页表格的列数超过上限，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交")
        own = self._styles.look(cell)
        runs, doubtful = runs_in(cell, self._styles)
        text, all_struck = shown_text(runs, outer.struck or own.struck)
        text = _laid_out(text)
        self._note(cell, (number + 1, column + 1), own.fill or outer.fill)
        if text:
            row[column] = shown_cell(cell, text, own.code)
            if all_struck:
                self.struck[number + 1] = self.struck.get(number + 1, 0) + 1
            if doubtful or own.doubtful:
                self.doubtful.append(number + 1)
        if down > 1 or across > 1:
            self.merged.append((number, column, number + down - 1, column + across - 1))
        for c in range(column, column + across):
            covered[c] = number + down - 1
        return column + across

    def _note(self, cell: etree._Element, place: Position, fill: str) -> None:
        """Keep what stands beside the cell's text: its tip, its background."""
        if fill and fill != "FFFFFF":
            self.fills[place] = fill
        if tip := cell.get("title", "").strip():
            self.comments[place] = tip


def _cells_of(tr: etree._Element) -> Iterator[etree._Element]:
    """The row's own cells, not those of a table within one of them."""
    return (child for child in tr.iter(*_CELLS) if next(child.iterancestors("tr")) is tr)


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _SPAN_LIMIT) if text.isascii() and text.isdigit() else 1


def _laid_out(text: str) -> str:
    """Text as a browser lays it out: runs of space made one, `<br>` and paragraphs made line breaks."""
    lines = [line.strip(" ") for line in _SPACE.sub(" ", text).split(BREAK)]
    return "\n".join(line for line in lines if line.strip())
