"""A Word table laid out in rows and columns, as its reader sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from fazhi.intake.docx.cell_text import UNKNOWN, CellText, read_cell
from fazhi.intake.docx.columns import Borders, cell_columns
from fazhi.intake.docx.looks import TextStyles
from fazhi.intake.docx.names import child, is_on, name_of, number_of, value_of
from fazhi.intake.html_check import squeezed
from fazhi.intake.limits import Limits
from fazhi.intake.model import Position, Range, Refused, Rows

_TOO_WIDE = "表格的列数超过上限，文件不正常；请在 Word 中打开核对，另存为 .docx 后重新提交"

_TOO_LARGE = "表格的行列数超过上限；请分成几个文件提交"
_TOO_LONG = "单元格里的文字超过上限，文件不正常；请在 Word 中打开核对，另存为 .docx 后重新提交"


@dataclass
class Grid:
    """A table as read; places are 1-based, ranges 0-based. `written`: of each row, of each cell, all its text without space.

    `marks`: cells with tracked changes (`changed`), hidden text (`hidden`), formulas or signs that no text tells (`unclear`), a table
    beside their text (`nested`), text that a merged cell covers (`lost`). `notes`: ids of comments and notes, by kind.
    """

    rows: Rows = field(default_factory=list)
    written: list[list[str]] = field(default_factory=list)
    borders: list[Borders] = field(default_factory=list)
    merged: dict[Position, Range] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    struck: dict[int, int] = field(default_factory=dict)
    fills: dict[Position, str] = field(default_factory=dict)
    notes: dict[Position, list[tuple[str, str]]] = field(default_factory=dict)
    marks: dict[str, list[Position]] = field(default_factory=dict)

    def mark(self, what: str, place: Position) -> None:
        self.marks.setdefault(what, []).append(place)


def read_grid(tables: list[etree._Element], styles: TextStyles, limits: Limits) -> Grid:
    """The rows of tables that stand one against the other without a paragraph between: they look like one."""
    grid = Grid()
    rows = [(row, table) for table in tables for row in _inner(table, "tr")]
    borders = [_borders(row, limits) for row, _ in rows]
    widths = [
        number_of(column, "w")
        for grid_columns in _inner(tables[0], "tblGrid")
        for column in _inner(grid_columns, "gridCol")
    ]
    grid.borders = cell_columns(borders, widths)
    if len(rows) > limits.rows or sum(places[-1] for places in grid.borders) > limits.box_cells:
        raise Refused(_TOO_LARGE)
    above: dict[int, Range] = {}
    for number, ((row, table), places) in enumerate(zip(rows, grid.borders, strict=True)):
        above = _Row(grid, number, row, places, above).read(table, styles, limits)
    return grid


def _inner(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, whatever they are wrapped in; not those of a table within."""
    for one in element:
        name = name_of(one)
        if name == wanted:
            yield one
        elif name not in ("tbl", "tc", "p"):
            yield from _inner(one, wanted)


def _borders(row: etree._Element, limits: Limits) -> Borders:
    at = number_of(child(row, "trPr", "gridBefore"))
    found = [at]
    for cell in _inner(row, "tc"):
        at += max(1, number_of(child(cell, "tcPr", "gridSpan"), default=1))
        if at > limits.columns:
            raise Refused(_TOO_WIDE)
        found.append(at)
    return tuple(found)


class _Row:
    """Lays one row below those before it. `above`: the merged cells that may go on here, by the column they begin in."""

    def __init__(self, grid: Grid, number: int, row: etree._Element, places: Borders, above: dict[int, Range]) -> None:
        self._grid, self._number, self._row = grid, number, row
        self._places, self._above = places, above
        self._is_deleted = child(row, "trPr", "del") is not None
        self._is_changed = self._is_deleted or child(row, "trPr", "ins") is not None

    def read(self, table: etree._Element, styles: TextStyles, limits: Limits) -> dict[int, Range]:
        """Add the row to the grid; the merged cells that may go on below it."""
        self._grid.rows.append([None] * self._places[-1])
        self._grid.written.append([])
        open_below: dict[int, Range] = {}
        before: Range | None = None
        for at, cell in enumerate(_inner(self._row, "tc")):
            text = read_cell(cell, styles, table)
            self._grid.written[-1].append(squeezed(text.written))
            place = (self._number, self._places[at], self._number, self._places[at + 1] - 1)
            before = self._continued(cell, place, before)
            if before is None:
                before = place
                self._put(cell, text, place, limits)
            elif text.shown()[0] and not self._is_deleted:
                self._grid.mark("lost", (self._number + 1, place[1] + 1))
            if before[:2] != before[2:]:
                self._grid.merged[before[:2]] = before
            if child(cell, "tcPr", "vMerge") is not None:
                open_below[before[1]] = before
        if is_on(child(self._row, "trPr", "hidden")):
            self._grid.hidden_rows.add(self._number + 1)
        return open_below

    def _continued(self, cell: etree._Element, place: Range, before: Range | None) -> Range | None:
        """The merged cell that this one is part of, made larger by it; None where it is a cell of its own."""
        across, down = child(cell, "tcPr", "hMerge"), child(cell, "tcPr", "vMerge")
        if across is not None and value_of(across) != "restart" and before is not None:
            return before[0], before[1], before[2], place[3]
        if down is None or value_of(down) == "restart":
            return None
        over = self._above.get(place[1])
        return (over[0], over[1], place[2], over[3]) if over and over[3] == place[3] else None

    def _put(self, cell: etree._Element, text: CellText, place: Range, limits: Limits) -> None:
        row, column = self._number + 1, place[1] + 1
        shown, struck = text.shown()
        if len(shown) > limits.cell_characters:
            raise Refused(_TOO_LONG)
        if text.changed or self._is_changed:
            self._grid.mark("changed", (row, column))
        if self._is_deleted or child(cell, "tcPr", "cellDel") is not None:
            return
        for what, there in (("hidden", text.hidden), ("unclear", text.unclear or UNKNOWN in shown)):
            if there:
                self._grid.mark(what, (row, column))
        if shown and next(cell.iter("{*}tbl"), None) is not None:
            self._grid.mark("nested", (row, column))
        if shown:
            self._grid.rows[-1][column - 1] = shown
        if struck:
            self._grid.struck[row] = self._grid.struck.get(row, 0) + 1
        colour = value_of(child(cell, "tcPr", "shd"), "fill").upper()
        if len(colour) == 6 and colour not in ("FFFFFF", "AUTO"):
            self._grid.fills[row, column] = colour
        if text.notes:
            self._grid.notes[row, column] = text.notes
