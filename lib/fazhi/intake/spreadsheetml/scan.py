"""The first reading of a SpreadsheetML file: parser events of expat, names without prefixes."""

import datetime
from dataclasses import dataclass, field
from xml.parsers import expat

from fazhi.intake import cross_check, number_formats
from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, CellError, Position, Range, Refused, Rows, Uncached
from fazhi.intake.printed import printed_texts
from fazhi.intake.references import moment_of
from fazhi.intake.rich_text import local_name
from fazhi.intake.runs import Run, is_plain, shown_text
from fazhi.intake.spreadsheetml.styles import Look, StyleProperties, looks, properties_of

BROKEN = "“XML 表格 2003”内容已损坏；请用 Excel 打开修复，另存为 .xlsx 后重新提交"
_STRUCK_TAGS, _LEVELS = ("S", "Strike", "Del"), {"Sup": 1, "Sub": -1}


@dataclass
class Scanned:
    """One sheet; places are 1-based. `rows`: values as stored; `read`, `formats`: what is shown of them; the rest as in
    model.RawSheet."""

    name: str
    visible: bool = True
    rows: Rows = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    struck: dict[int, int] = field(default_factory=dict)
    comments: dict[Position, str] = field(default_factory=dict)
    marked: dict[Position, CellError | Uncached] = field(default_factory=dict)
    read: dict[Position, Cell] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    fills: dict[Position, str] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)


class Scanner:
    """Feed `parser`; afterwards `sheets`, `styles` (as `styles.properties_of` gives them) and `is_1904` are what was read."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[Scanned] = []
        self.styles: dict[str, StyleProperties] = {}
        self.is_1904 = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._limits = limits
        self._looks: dict[str, Look] = {}
        self._style = ""
        # Of the table, its columns and the open row: what a cell without a style of its own has.
        self._table_style = self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._column = 0
        self._cell: dict[str, str] = {}
        self._type: str | None = None
        self._text: list[str] = []
        self._runs: list[Run] = []
        self._tags: list[tuple[bool, int]] = []
        self._in_data = self._in_comment = False

    def _start(self, name: str, raw: dict[str, str]) -> None:
        local = local_name(name)
        attributes = {local_name(key): value for key, value in raw.items()}
        if self._in_data:
            self._tags.append(
                (local in _STRUCK_TAGS or "line-through" in attributes.get("Style", ""), _LEVELS.get(local, 0))
            )
        elif local in ("Style", "NumberFormat", "Font", "Interior"):
            self._start_style(local, attributes)
        elif local == "Worksheet":
            self._looks = looks(self.styles)
            self.sheets.append(Scanned(attributes.get("Name", "")))
        elif self.sheets:
            self._start_within(local, attributes)
        elif local == "Date1904":
            self.is_1904 = True

    def _start_style(self, local: str, attributes: dict[str, str]) -> None:
        if self.sheets:  # of a condition, or where no style belongs
            return
        if local == "Style":
            self._style = attributes.get("ID", "")
        self.styles[self._style] = {
            **({} if local == "Style" else self.styles.get(self._style, {})),
            **properties_of(local, attributes),
        }

    def _start_within(self, local: str, attributes: dict[str, str]) -> None:
        """An element of a worksheet."""
        if local == "Row":
            self._start_row(attributes)
        elif local == "Cell":
            self._start_cell(attributes)
        elif local == "Comment":
            self._in_comment, self._text = True, []
        elif local == "Visible":
            self._begin_text()
        elif local == "Data" and not self._in_comment:
            if self._type is not None:  # a cell has one; of two, one would be lost
                raise Refused(BROKEN)
            self._type = attributes.get("Type", "String")
            self._begin_text()
        elif local in ("Header", "Footer"):
            self.sheets[-1].printed += printed_texts(attributes.get("Data", ""))
        elif local == "Table":
            self._table_style, self._column_styles, self._column = attributes.get("StyleID", ""), {}, 0
        elif local == "Column":
            self._start_column(attributes)

    def _begin_text(self) -> None:
        self._in_data, self._text, self._runs, self._tags = True, [], [], []

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = _number(attributes.get("Index"), self._column + 1)
        self._column = min(first + _number(attributes.get("Span"), 0), self._limits.columns)
        if style := attributes.get("StyleID"):
            self._column_styles.update(dict.fromkeys(range(first, self._column + 1), style))

    def _start_row(self, attributes: dict[str, str]) -> None:
        rows = self.sheets[-1].rows
        number = _number(attributes.get("Index"), len(rows) + 1)
        if number > self._limits.rows or number <= len(rows):
            raise Refused(BROKEN)
        rows.extend([] for _ in range(number - len(rows)))
        self._column, self._row_style = 0, attributes.get("StyleID", "")
        if attributes.get("Hidden") == "1":
            self.sheets[-1].hidden.add(number)
        # `Span` tells that the next rows have the same format; they hold no cells.

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._type = attributes, None
        self._column = _number(attributes.get("Index"), self._column + 1)
        if self._column > self._limits.columns:
            raise Refused(BROKEN)
        if fill := self._look().fill:
            self.sheets[-1].fills[len(self.sheets[-1].rows), self._column] = fill

    def _look(self) -> Look:
        """The look of the open cell."""
        names = self._cell.get("StyleID"), self._row_style, self._column_styles.get(self._column), self._table_style
        return self._looks.get(next((name for name in names if name), ""), self._looks["Default"])

    def _characters(self, text: str) -> None:
        if self._in_data:
            self._text.append(text)
            struck, level = any(tag[0] for tag in self._tags), next((tag[1] for tag in self._tags if tag[1]), 0)
            self._runs.append(Run(text, struck or None, level))
        elif self._in_comment:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = local_name(name)
        if self._in_data and self._tags:
            self._tags.pop()
        elif local == "Data" and self._in_data:
            self._in_data = False
            self._keep("".join(self._text))
        elif local == "Comment":
            self._in_comment = False
            self.sheets[-1].comments[len(self.sheets[-1].rows), self._column] = "".join(self._text).strip()
        elif local == "Cell" and self.sheets:
            self._end_cell()
        elif local == "Visible" and self._in_data:
            self.sheets[-1].visible = "".join(self._text).strip() == "SheetVisible"
            self._in_data = False

    def _keep(self, text: str) -> None:
        sheet, look = self.sheets[-1], self._look()
        value = _value(self._type or "String", text)
        if isinstance(value, int | float) and not isinstance(value, bool) and number_formats.is_date(look.code):
            value = moment_of(value, self.is_1904)
        if value is None:
            return
        row, place = sheet.rows[-1], (len(sheet.rows), self._column)
        row.extend([None] * (self._column - len(row)))
        row[self._column - 1] = value
        if isinstance(value, CellError):
            sheet.marked[place] = value
        self._note_look(place, look)

    def _note_look(self, place: Position, look: Look) -> None:
        """Note what is shown of the cell just kept."""
        sheet = self.sheets[-1]
        text, struck = shown_text(self._runs, look.struck)
        if struck:
            sheet.struck[place[0]] = sheet.struck.get(place[0], 0) + 1
        elif not is_plain(self._runs):
            sheet.read[place] = text
        if number_formats.matters(look.code):
            sheet.formats[place] = look.code

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
    return text if text.strip() else None


def _plain_number(text: str) -> Cell:
    try:
        number = float(text)
    except ValueError:
        raise Refused(BROKEN) from None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _moment(text: str) -> Cell:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise Refused(BROKEN) from None
    return moment if moment.time() != datetime.time() else moment.date()
