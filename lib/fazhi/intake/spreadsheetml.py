"""SpreadsheetML 2003 ("XML 表格 2003", often named .xls): read by expat, its rows counted again by lxml."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from fazhi.intake import cross_check
from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, CellError, Finding, Position, Range, RawSheet, Refused, Rows, Uncached, trimmed
from fazhi.intake.rich_text import local_name
from fazhi.intake.text_decoding import as_utf8, needs_utf8
from fazhi.intake.xlsx.package import feed

_BROKEN = "“XML 表格 2003”内容已损坏；请用 Excel 打开修复，另存为 .xlsx 后重新提交"


@dataclass
class _Sheet:
    name: str
    visible: bool = True
    rows: Rows = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    struck: dict[int, int] = field(default_factory=dict)
    comments: dict[Position, str] = field(default_factory=dict)
    marked: dict[Position, CellError | Uncached] = field(default_factory=dict)


def read_spreadsheetml(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All worksheets and what is to be said of them."""
    data = as_utf8(data) if needs_utf8(data) else data
    scanner = _Scanner(limits)
    feed(scanner.parser, iter([data]))
    counts = _second_count(data)
    if len(counts) != len(scanner.sheets):
        raise Refused(_BROKEN)
    names, findings = cross_check.distinct([sheet.name for sheet in scanner.sheets])
    for sheet, name in zip(scanner.sheets, names, strict=True):
        sheet.name = name
    sheets = [_finish(sheet, count) for sheet, count in zip(scanner.sheets, counts, strict=True)]
    findings += [finding for sheet in sheets for finding in cross_check.count_findings(sheet)]
    for sheet in scanner.sheets:
        findings += cross_check.marked_findings(sheet.name, sheet.marked)
    return sheets, findings


def _finish(sheet: _Sheet, count: int) -> RawSheet:
    return RawSheet(
        sheet.name,
        trimmed(sheet.rows),
        sheet.merged,
        frozenset(sheet.hidden),
        sheet.struck,
        sheet.visible,
        sheet.comments,
        count,
    )


class _Scanner:
    """Parser events of the document, prefixes left out."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[_Sheet] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._limits = limits
        self._style = ""
        self._struck_styles: set[str] = set()
        self._column = 0
        self._cell: dict[str, str] = {}
        self._type: str | None = None
        self._text: list[str] = []
        self._in_data = self._in_comment = False

    def _start(self, name: str, raw: dict[str, str]) -> None:
        local = local_name(name)
        attributes = {local_name(key): value for key, value in raw.items()}
        if local == "Style":
            self._style = attributes.get("ID", "")
        elif local == "Font" and attributes.get("StrikeThrough") == "1":
            self._struck_styles.add(self._style)
        elif local == "Worksheet":
            self.sheets.append(_Sheet(attributes.get("Name", "")))
        elif local == "Row" and self.sheets:
            self._start_row(attributes)
        elif local == "Cell" and self.sheets:
            self._start_cell(attributes)
        elif local == "Comment":
            self._in_comment, self._text = True, []
        elif local == "Visible":
            self._in_data, self._text = True, []
        elif local == "Data" and not self._in_comment:
            if self._type is not None:  # a cell has one; of two, one would be lost
                raise Refused(_BROKEN)
            self._in_data, self._type, self._text = True, attributes.get("Type", "String"), []

    def _start_row(self, attributes: dict[str, str]) -> None:
        rows = self.sheets[-1].rows
        number = _number(attributes.get("Index"), len(rows) + 1)
        if number > self._limits.rows or number <= len(rows):
            raise Refused(_BROKEN)
        rows.extend([] for _ in range(number - len(rows)))
        self._column = 0
        if attributes.get("Hidden") == "1":
            self.sheets[-1].hidden.add(number)
        # `Span` tells that the next rows have the same format; they hold no cells.

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._type, self._text = attributes, None, []
        self._column = _number(attributes.get("Index"), self._column + 1)
        if self._column > self._limits.columns:
            raise Refused(_BROKEN)

    def _characters(self, text: str) -> None:
        if self._in_data or self._in_comment:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "Data" and not self._in_comment:
            self._in_data = False
            self._keep("".join(self._text))
        elif local == "Comment":
            self._in_comment = False
            self.sheets[-1].comments[len(self.sheets[-1].rows), self._column] = "".join(self._text).strip()
        elif local == "Cell" and self.sheets:
            self._end_cell()
        elif local == "Visible" and self.sheets:
            self.sheets[-1].visible = "".join(self._text).strip() == "SheetVisible"
            self._in_data = False

    def _keep(self, text: str) -> None:
        sheet = self.sheets[-1]
        value = _value(self._type or "String", text)
        if value is None:
            return
        row, place = sheet.rows[-1], (len(sheet.rows), self._column)
        row.extend([None] * (self._column - len(row)))
        row[self._column - 1] = value
        if isinstance(value, CellError):
            sheet.marked[place] = value
        if self._cell.get("StyleID") in self._struck_styles:
            sheet.struck[place[0]] = sheet.struck.get(place[0], 0) + 1

    def _end_cell(self) -> None:
        sheet = self.sheets[-1]
        if self._type is None and "Formula" in self._cell:
            cross_check.put_back(sheet.rows, {(len(sheet.rows), self._column): Uncached(self._cell["Formula"])})
            sheet.marked[len(sheet.rows), self._column] = Uncached(self._cell["Formula"])
        across, down = _number(self._cell.get("MergeAcross"), 0), _number(self._cell.get("MergeDown"), 0)
        if across or down:
            top, left = len(sheet.rows) - 1, self._column - 1
            sheet.merged.append((top, left, top + down, left + across))
            self._column += across


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def _value(kind: str, text: str) -> Cell:
    if kind == "Error":
        return CellError(text)
    if kind == "Number":
        return _plain_number(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return _moment(text.strip())
    return text or None


def _plain_number(text: str) -> Cell:
    try:
        number = float(text)
    except ValueError:
        raise Refused(_BROKEN) from None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _moment(text: str) -> Cell:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise Refused(_BROKEN) from None
    return moment if moment.time() != datetime.time() else moment.date()


def _second_count(data: bytes) -> list[int]:
    """Rows with data or a formula of each worksheet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Refused(_BROKEN) from None
    return [sum(map(_has_content, sheet.iter("{*}Row"))) for sheet in root.iter("{*}Worksheet")]


def _has_content(row: etree._Element) -> bool:
    return any(_texts(row)) or any("}Formula" in key for cell in row.iter("{*}Cell") for key in cell.attrib)


def _texts(row: etree._Element) -> Iterator[str]:
    for cell in row.iter("{*}Cell"):
        for child in cell.iterchildren("{*}Data"):
            yield "".join(child.itertext())
