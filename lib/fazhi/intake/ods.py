"""ods and fods (LibreOffice, WPS): values by calamine, looks and a second reading of every cell from content.xml."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from fazhi.intake import cross_check
from fazhi.intake.calamine_values import open_values, sheet_values
from fazhi.intake.limits import Limits
from fazhi.intake.model import CellError, Finding, Position, Range, RawSheet, Refused, Rows, Uncached, rows_with_content
from fazhi.intake.rich_text import local_name
from fazhi.intake.text_decoding import as_utf8, needs_utf8
from fazhi.intake.xlsx.package import Package, build, feed, stored

_CONTENT = "content.xml"
_NUMBERS = ("float", "percentage", "currency")
_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
# Space before a tag of the table's frame or a paragraph is layout of the XML, which calamine takes for content.
_LAYOUT = re.compile(rb">\s+(?=</?table:|<text:p[\s/>])")
# calamine passes over both within a paragraph.
_MARKS = ((re.compile(rb"<text:tab\b[^<>]*/>"), b"&#9;"), (re.compile(rb"<text:line-break\b[^<>]*/>"), b"&#10;"))
# What a formula shows that failed, where the writer gives no type for it (LibreOffice before 4.1, WPS).
_ERROR = re.compile(r"#(?:DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|N/A)|Err:\d{3}")
_RESAVE = "请用 WPS 或 LibreOffice 打开，另存为 .xlsx 后重新提交"


@dataclass
class _Table:
    """One sheet as scanned; places are 1-based."""

    name: str
    visible: bool
    cells: dict[Position, tuple[str, str]] = field(default_factory=dict)
    marked: dict[Position, CellError | Uncached] = field(default_factory=dict)
    struck: dict[int, int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    comments: dict[Position, str] = field(default_factory=dict)


def read_ods(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All sheets and what is to be said of them; `data` is the package or, where all is in one XML file, that file."""
    content = _content_xml(data, limits)
    scanner = _Scanner(limits)
    feed(scanner.parser, iter([content]))
    if any(cross_check.box_cells(table.cells.keys()) > limits.box_cells for table in scanner.tables):
        raise Refused("内容分布过散，大片空白超过限制；请删去表格以外的零散内容后重新提交")
    values = open_values(_plain_package(content))
    if len(values.sheet_names) != len(scanner.tables):
        raise Refused(f"两种方法读出的工作表数目不同，文件不正常；{_RESAVE}")
    sheets: list[RawSheet] = []
    names, findings = cross_check.distinct([table.name for table in scanner.tables])
    for number, table in enumerate(scanner.tables):
        table.name = names[number]
        sheet, said = _assemble(table, sheet_values(values.get_sheet_by_index(number)))
        sheets.append(sheet)
        findings += said
    return sheets, findings


def _plain_package(content: bytes) -> bytes:
    """A package of the content alone, written so that calamine reads it as it is meant."""
    content = _LAYOUT.sub(b">", content)
    for mark, character in _MARKS:
        content = mark.sub(character, content)
    parts = {"mimetype": _TYPE, "META-INF/manifest.xml": _MANIFEST, _CONTENT: content}
    return build({name: stored(part) for name, part in parts.items()})


def _content_xml(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(b"PK"):
        return as_utf8(data) if needs_utf8(data) else data
    package = Package(data, limits)
    if _CONTENT not in package:
        raise Refused(f"里面没有表格内容，文件不完整；{_RESAVE}")
    return package.read(_CONTENT)


def _assemble(table: _Table, rows: Rows) -> tuple[RawSheet, list[Finding]]:
    cross_check.put_back(rows, table.marked)
    sheet = RawSheet(
        table.name,
        rows,
        table.merged,
        frozenset(table.hidden),
        table.struck,
        table.visible,
        table.comments,
        len({row for row, _ in table.cells}),
    )
    said = cross_check.count_findings(sheet)
    if rows_with_content(rows) == sheet.counted_rows:
        said += cross_check.value_finding(table.name, cross_check.differences(rows, table.cells, is_1904=False))
    return sheet, said + cross_check.marked_findings(table.name, table.marked)


class _Scanner:
    """Parser events of content.xml (OpenDocument 1.3 part 3, chapter 9), prefixes left out."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[_Table] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._limits = limits
        self._style = ""
        self._struck_styles: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._row = self._column = self._rows_repeated = 0
        self._row_cells: list[tuple[int, int, dict[str, str], str, str]] = []
        self._cell: dict[str, str] | None = None
        # Depth within the cell, and the depth at which something drawn over it began: its text is no content.
        self._depth = self._drawn = 0
        self._text: list[str] = []
        self._note: list[str] | None = None
        self._in_paragraph = False

    def _start(self, name: str, raw: dict[str, str]) -> None:
        local = local_name(name)
        attributes = {local_name(key): value for key, value in raw.items()}
        if local in ("style", "text-properties", "table-properties"):
            self._start_style(local, attributes)
        elif local == "table":
            self.tables.append(
                _Table(attributes.get("name", ""), attributes.get("style-name") not in self._hidden_styles)
            )
            self._row = 0
        elif local == "table-row" and self.tables:
            self._start_row(attributes)
        elif local in ("table-cell", "covered-table-cell") and self.tables:
            # The same `value-type` comes in two namespaces; the extension's tells errors from text.
            attributes["is-error"] = str(any(k.startswith("calcext") and v == "error" for k, v in raw.items()))
            self._cell, self._text, self._depth, self._drawn = attributes, [], 0, 0
        elif self._cell is not None:
            self._start_within(local, attributes)

    def _start_style(self, local: str, attributes: dict[str, str]) -> None:
        if local == "style":
            self._style = attributes.get("name", "")
        elif local == "text-properties" and _is_line(attributes):
            self._struck_styles.add(self._style)
        elif local == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._column, self._row_cells = 0, []
        self._rows_repeated = _count(attributes.get("number-rows-repeated"))
        if attributes.get("visibility") in ("collapse", "filter") and self._rows_repeated < self._limits.rows // 2:
            self.tables[-1].hidden.update(range(self._row + 1, self._row + self._rows_repeated + 1))

    def _start_within(self, local: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._in_paragraph |= local == "p"
        if local == "annotation":
            self._note = []
        elif self._depth == 1 and local != "p":
            self._drawn = 1
        if not self._drawn:
            self._start_text(local, attributes)

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        pieces = self._text if self._note is None else self._note
        if local == "p" and pieces:
            pieces.append("\n")
        elif local == "s":
            pieces.append(" " * min(_count(attributes.get("c")), 1000))
        elif local in ("tab", "line-break"):
            pieces.append("\n" if local == "line-break" else "\t")

    def _characters(self, text: str) -> None:
        if self._note is not None:
            if self._in_paragraph:  # its date and author stand beside them
                self._note.append(text)
        elif self._cell is not None and self._depth and not self._drawn:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = local_name(name)
        if self._cell is not None and self._depth:
            self._depth -= 1
            self._in_paragraph &= local != "p"
            self._drawn = self._drawn if self._depth else 0
            if local == "annotation":
                self._end_note()
        elif local in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
        elif local == "table-row" and self.tables:
            self._end_row()

    def _end_note(self) -> None:
        if self._note and self._cell is not None and self.tables:
            self.tables[-1].comments[self._row + 1, self._column + 1] = "".join(self._note).strip()
        self._note = None

    def _end_cell(self, attributes: dict[str, str]) -> None:
        repeated = _count(attributes.get("number-columns-repeated"))
        kind, text = _content(attributes, "".join(self._text))
        down, across = _count(attributes.get("number-rows-spanned")), _count(attributes.get("number-columns-spanned"))
        if down * across > 1:
            top, left = self._row, self._column
            self.tables[-1].merged.append((top, left, top + down - 1, left + across - 1))
        if text.strip() or kind == "uncached":
            self._row_cells.append((self._column + 1, repeated, attributes, kind, text))
        self._column += repeated
        self._cell = None

    def _end_row(self) -> None:
        count = sum(repeated for _, repeated, *_ in self._row_cells)
        if count * self._rows_repeated > self._limits.box_cells or self._column > self._limits.columns * 2:
            raise Refused("重复的单元格数目异常，疑似有害文件；请用 Excel 打开，另存为 .xlsx 后重新提交")
        if count:
            for row in range(self._row + 1, self._row + self._rows_repeated + 1):
                self._keep_row(row)
        self._row += self._rows_repeated

    def _keep_row(self, row: int) -> None:
        table = self.tables[-1]
        for first, repeated, attributes, kind, text in self._row_cells:
            for column in range(first, first + repeated):
                table.cells[row, column] = (kind, text)
                if kind == "e":
                    table.marked[row, column] = CellError(text)
                elif kind == "uncached":
                    table.marked[row, column] = Uncached(attributes.get("formula", ""))
            if attributes.get("style-name") in self._struck_styles:
                table.struck[row] = table.struck.get(row, 0) + repeated


def _is_line(attributes: dict[str, str]) -> bool:
    return any(attributes.get(f"text-line-through-{what}", "none") != "none" for what in ("style", "type"))


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _content(attributes: dict[str, str], shown: str) -> tuple[str, str]:
    """The cell's type in the words of `agreement.same_value`, and its text."""
    kind = attributes.get("value-type", "")
    if attributes["is-error"] == "True" or ("formula" in attributes and _ERROR.fullmatch(shown.strip())):
        return "e", shown
    if kind in _NUMBERS:
        return "n", attributes.get("value", "")
    if kind in ("date", "time", "boolean"):
        return {"date": "d", "time": "t", "boolean": "b"}[kind], attributes.get(f"{kind}-value", "")
    text = attributes.get("string-value", shown)
    return ("uncached", "") if not text and not kind and "formula" in attributes else ("str", text)
