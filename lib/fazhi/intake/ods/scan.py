"""The second reading of content.xml (OpenDocument 1.3 part 3, chapter 9): every cell, and what is shown of it."""

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from xml.parsers import expat

from fazhi.intake.limits import Limits
from fazhi.intake.model import CellError, Position, Range, Refused, Uncached
from fazhi.intake.ods.styles import Look, Styles
from fazhi.intake.rich_text import local_name
from fazhi.intake.runs import Run, shown_text

_NUMBERS = ("float", "percentage", "currency")
_YUAN = ("", "CNY", "RMB")
# What a formula shows that failed, where the writer gives no type for it (LibreOffice before 4.1, WPS).
_ERROR = re.compile(r"#(?:DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|N/A)|Err:\d{3}")
_CELLS = ("table-cell", "covered-table-cell")


@dataclass
class Table:
    """One sheet as scanned; places are 1-based. `cells`: type and text; `read`, `formats`: what is shown of them;
    `displayed`: what the writer's own program showed of numbers, where that is not the bare number; `serials`: numbers whose format is a date's; `overdrawn`: texts of cells that a shape is anchored to."""

    name: str
    visible: bool
    cells: dict[Position, tuple[str, str]] = field(default_factory=dict)
    marked: dict[Position, CellError | Uncached] = field(default_factory=dict)
    struck: dict[int, int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    comments: dict[Position, str] = field(default_factory=dict)
    read: dict[Position, str] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    displayed: dict[Position, str] = field(default_factory=dict)
    serials: list[Position] = field(default_factory=list)
    painted: list[tuple[Range, str]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    overdrawn: dict[Position, str] = field(default_factory=dict)


class _Kept(NamedTuple):
    """A cell with content, or several alike."""

    column: int
    repeated: int
    kind: str
    text: str
    look: Look
    formula: str = ""
    displayed: str = ""
    is_struck: bool = False
    read: str | None = None


class Scanner:
    """Feed `parser`; afterwards `tables` and `is_1904` are what was read."""

    def __init__(self, styles: Styles, limits: Limits) -> None:
        self.tables: list[Table] = []
        self.is_1904 = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._limits = limits
        self._styles = styles
        self._row = self._column = self._rows_repeated = 0
        self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._row_cells: list[_Kept] = []
        self._cell: dict[str, str] | None = None
        # Depth within the cell, and the depth at which something drawn over it began: its text is no content.
        self._depth = self._drawn = 0
        self._is_overdrawn = False
        self._text: list[str] = []
        self._runs: list[Run] = []
        self._looks: list[Run] = []
        self._ruby = 0
        self._note: list[str] | None = None
        self._in_paragraph = False
        self._shape = ""  # what a paragraph of a text box or shape says

    def _start(self, name: str, raw: dict[str, str]) -> None:
        local = local_name(name)
        attributes = {local_name(key): value for key, value in raw.items()}
        if local == "table":  # within a cell too: then the sheets' numbers differ
            self._start_table(attributes)
        elif self._cell is not None:
            self._start_within(local, attributes)
        elif local == "null-date":
            self.is_1904 = attributes.get("date-value", "").startswith("1904-01-01")
        elif not self.tables:
            return
        elif local == "p":  # of a shape beside the cells
            self._in_paragraph = True
        elif local == "table-column":
            self._start_column(attributes)
        elif local == "table-row":
            self._start_row(attributes)
        elif local in _CELLS:
            # The same `value-type` comes in two namespaces; the extension's tells errors from text.
            attributes["is-error"] = str(any(k.startswith("calcext") and v == "error" for k, v in raw.items()))
            self._cell, self._depth, self._drawn, self._is_overdrawn = attributes, 0, 0, False
            self._text, self._runs, self._looks = [], [], [Run("")]

    def _start_table(self, attributes: dict[str, str]) -> None:
        style = self._styles.of("table", attributes.get("style-name", ""))
        table = Table(attributes.get("name", ""), style.get("display") != "false")
        table.above = list(self._styles.pages.get(style.get("master", "Default"), []))
        self.tables.append(table)
        self._row = self._column = 0
        self._column_styles = {}

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = self._column + 1
        self._column = min(self._column + _count(attributes.get("number-columns-repeated")), self._limits.columns)
        if style := attributes.get("default-cell-style-name"):
            self._column_styles.update(dict.fromkeys(range(first, self._column + 1), style))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._column, self._row_cells = 0, []
        self._row_style = attributes.get("default-cell-style-name", "")
        self._rows_repeated = _count(attributes.get("number-rows-repeated"))
        if attributes.get("visibility") in ("collapse", "filter") and self._rows_repeated < self._limits.rows // 2:
            self.tables[-1].hidden.update(range(self._row + 1, self._row + self._rows_repeated + 1))

    def _start_within(self, local: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._in_paragraph |= local == "p"
        self._looks.append(self._look_of_run(local, attributes))
        self._ruby += local == "ruby-text"
        if local == "annotation" and self._depth == 1:
            self._note = []
            self._drawn = 1
        elif self._depth == 1 and local != "p":
            self._drawn, self._is_overdrawn = 1, True
        if not self._drawn or self._note is not None:
            self._start_text(local, attributes)

    def _look_of_run(self, local: str, attributes: dict[str, str]) -> Run:
        """How text within an element looks, as far as the cell's own style does not say."""
        family = {"span": "text", "p": "paragraph"}.get(local)
        said = (
            self._styles.of(family, attributes.get("style-name", "")) if family and "style-name" in attributes else {}
        )
        outer = self._looks[-1]
        struck = said["struck"] == "1" if "struck" in said else outer.struck
        return Run("", struck, int(said.get("level", outer.level)))

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        if local == "p" and (self._text if self._note is None else self._note):
            self._add("\n")
        elif local == "s":
            self._add(" " * min(_count(attributes.get("c")), 1000))
        elif local in ("tab", "line-break"):
            self._add("\n" if local == "line-break" else "\t")

    def _characters(self, text: str) -> None:
        if self._note is not None:
            if self._in_paragraph:  # its date and author stand beside them
                self._note.append(text)
        elif self._in_paragraph and (self._drawn or self._cell is None):
            self._shape += text
        elif self._cell is not None and self._depth and not self._drawn:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._note is not None:
            self._note.append(text)
            return
        self._text.append(text)
        if not self._ruby:
            self._runs.append(self._looks[-1]._replace(text=text))

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "p":
            self._end_paragraph()
        if self._cell is not None and self._depth:
            self._depth -= 1
            self._drawn = self._drawn if self._depth else 0
            self._looks.pop()
            self._ruby -= local == "ruby-text"
            if local == "annotation":
                self._end_note()
        elif local in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
        elif local == "table-row" and self.tables:
            self._end_row()

    def _end_paragraph(self) -> None:
        self._in_paragraph = False
        if self.tables and self._shape.strip():
            self.tables[-1].above.append(self._shape.strip())
        self._shape = ""

    def _end_note(self) -> None:
        if self._note and self._cell is not None and self.tables:
            self.tables[-1].comments[self._row + 1, self._column + 1] = "".join(self._note).strip()
        self._note = None

    def _end_cell(self, attributes: dict[str, str]) -> None:
        table, top, left = self.tables[-1], self._row, self._column
        down, across = _count(attributes.get("number-rows-spanned")), _count(attributes.get("number-columns-spanned"))
        if down * across > 1:
            table.merged.append((top, left, top + down - 1, left + across - 1))
        kept = self._kept(attributes)
        if kept.look.fill:
            table.painted.append(((top, left, top + self._rows_repeated - 1, left + kept.repeated - 1), kept.look.fill))
        if self._is_overdrawn and kept.kind == "str":
            table.overdrawn[top + 1, left + 1] = kept.text
        if kept.text.strip() or kept.kind == "uncached":
            self._row_cells.append(kept)
        self._column += kept.repeated
        self._cell = None

    def _kept(self, attributes: dict[str, str]) -> _Kept:
        names = attributes.get("style-name"), self._row_style, self._column_styles.get(self._column + 1)
        looks = self._styles.looks
        look = looks.get(next((name for name in names if name), ""), looks[""])
        displayed = "".join(self._text)
        kind, text = _content(attributes, displayed)
        if kind == "n" and not look.matters and (code := _implied_format(attributes)):
            look = replace(look, code=code, matters=True, is_date=False)
        read, is_struck = self._shown(displayed, look)
        return _Kept(
            self._column + 1,
            _count(attributes.get("number-columns-repeated")),
            kind,
            text,
            look,
            attributes.get("formula", ""),
            displayed.strip(),
            is_struck or (look.struck and kind != "str"),
            read if kind == "str" and text == displayed and read != text else None,
        )

    def _shown(self, text: str, look: Look) -> tuple[str, bool]:
        """What is read of the cell's text, and whether it is struck out as a whole."""
        if len(self._runs) == len(self._text) and all(run.struck is None and not run.level for run in self._runs):
            return text, look.struck and bool(text.strip())
        return shown_text(self._runs, look.struck)

    def _end_row(self) -> None:
        count = sum(kept.repeated for kept in self._row_cells)
        if count * self._rows_repeated > self._limits.box_cells or self._column > self._limits.columns * 2:
            raise Refused("重复的单元格数目异常，疑似有害文件；请用 Excel 打开，另存为 .xlsx 后重新提交")
        if count:
            for row in range(self._row + 1, self._row + self._rows_repeated + 1):
                for kept in self._row_cells:
                    for column in range(kept.column, kept.column + kept.repeated):
                        self._keep((row, column), kept)
        self._row += self._rows_repeated

    def _keep(self, place: Position, kept: _Kept) -> None:
        table = self.tables[-1]
        table.cells[place] = (kept.kind, kept.text)
        if kept.kind == "e":
            table.marked[place] = CellError(kept.text)
        elif kept.kind == "uncached":
            table.marked[place] = Uncached(kept.formula)
        elif kept.kind == "n" and kept.displayed != kept.text:
            table.displayed[place] = kept.displayed
        if kept.is_struck:
            table.struck[place[0]] = table.struck.get(place[0], 0) + 1
        elif kept.read is not None:
            table.read[place] = kept.read
        if kept.look.matters:
            table.formats[place] = kept.look.code
        if kept.kind == "n" and kept.look.is_date:
            table.serials.append(place)


def _implied_format(attributes: dict[str, str]) -> str:
    """The format of a cell whose type is a percentage or foreign money, for a style that shows neither."""
    if attributes.get("value-type") == "percentage":
        return "0%"
    currency = attributes.get("currency", "")
    return "" if currency in _YUAN else f"[${currency}]General"


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
