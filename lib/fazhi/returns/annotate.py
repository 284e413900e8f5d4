"""A copy marked for its office: faulty cells filled and explained, and a first sheet that lists all of them with links."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from fazhi.issues import SEVERITY_LABELS
from fazhi.recognition.return_sheet import LEADS, MARK, ORIGINAL, TITLE
from fazhi.returns.office_copy import FILLS, Copy, free_name, note, put
from fazhi.workspace.files import repacked

_HEADS = ("序号", "轻重", "工作表", "行", "列", "现在是", "应为", "怎么办", "位置")
_WIDTHS = (6, 8, 16, 7, 16, 34, 34, 40, 8)
_LABELS = {**SEVERITY_LABELS, "error": "须更正"}
_CORE = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Fault:
    """One thing to mend, in the office's words. `row` is the raw sheet's, 1-based; `at` its cell column, 0-based."""

    severity: str
    sheet: str
    row: int | None
    at: int | None
    column: str
    found: str
    expected: str
    advice: str

    @property
    def comment(self) -> str:
        """The comment's text."""
        column = f"{self.column}：" if self.column else ""
        expected = f"\n应为：{self.expected}" if self.expected else ""
        return f"{LEADS[self.severity]}{column}{self.found}{expected}\n{self.advice}"


def annotate(copy: Copy, faults: Sequence[Fault], original: str, lines: Sequence[str]) -> None:
    """Fill and explain the faulty cells, and put a list of them, 须更正事项, before the office's sheets.

    Parameters
    ----------
    copy
        The office's workbook; changed in place.
    faults
        In the order of the list. One without a cell of its own stands in the list only.
    original
        The name of the raw file, which the list says.
    lines
        Stand above the list.
    """
    cells: dict[tuple[str, int, int], list[Fault]] = {}
    for fault in faults:
        if (place := _cell(copy, fault)) is not None:
            cells.setdefault((fault.sheet, *place), []).append(fault)
    for (sheet, row, column), here in cells.items():
        _explain(copy.pages[sheet], row, column, here)
    _list(copy, faults, original, lines)


def _cell(copy: Copy, fault: Fault) -> tuple[int, int] | None:
    """Where a fault's mark goes; a cell inside a merged range has it at the range's corner."""
    page: Any = copy.pages.get(fault.sheet)
    if page is None or fault.row is None:
        return None
    place = copy.place(fault.sheet, fault.row, fault.at if fault.at is not None else 0)
    if place is None:
        return None
    row, column = place
    if fault.at is None:
        column = (
            next((cell.column for cell in page[row] if cell.value not in (None, "")), 1) if row <= page.max_row else 1
        )
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return area.min_row, area.min_col
    return row, column


def _explain(page: Any, row: int, column: int, here: Sequence[Fault]) -> None:
    cell = page.cell(row, column)
    grave = "error" if any(fault.severity == "error" for fault in here) else "warning"
    cell.fill = PatternFill("solid", fgColor=FILLS[grave])
    own = [cell.comment.text] if cell.comment else []
    note(cell, "\n\n".join([*dict.fromkeys(fault.comment for fault in here), *own]))
    if page.row_dimensions[row].hidden:
        page.row_dimensions[row].hidden = False
    if cell.column_letter in page.column_dimensions:
        page.column_dimensions[cell.column_letter].hidden = False


def _list(copy: Copy, faults: Sequence[Fault], original: str, lines: Sequence[str]) -> None:
    page = copy.book.create_sheet(free_name(TITLE, copy.book.sheetnames), 0)
    for number, text in enumerate([TITLE, MARK, f"{ORIGINAL}{original}", *lines], 1):
        put(page.cell(number, 1), text)
    page.cell(1, 1).font = Font(bold=True, size=16)
    top = 4 + len(lines)
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), 1):
        put(page.cell(top, column), head)
        page.cell(top, column).font = Font(bold=True)
        page.column_dimensions["ABCDEFGHI"[column - 1]].width = width
    for number, fault in enumerate(faults, 1):
        _line(copy, page, top + number, number, fault)
        heights = (
            len(str(c.value or "").encode("gb18030", "replace")) // w + 1
            for c, w in zip(page[top + number], _WIDTHS, strict=True)
        )
        page.row_dimensions[top + number].height = 15 * max(heights)
    rule = Side("thin", color="FFBFBFBF")
    for cells in page.iter_rows(top, top + len(faults)):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(rule, rule, rule, rule)
    page.freeze_panes = page.cell(top + 1, 1)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{top}:{top}"
    copy.book.active = 0


def _line(copy: Copy, page: Any, row: int, number: int, fault: Fault) -> None:
    shown: list[object] = [number, _LABELS[fault.severity], fault.sheet, fault.row, fault.column, fault.found]
    for column, value in enumerate([*shown, fault.expected, fault.advice], 1):
        put(page.cell(row, column), value)
    page.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[fault.severity])
    target: Any = copy.pages.get(fault.sheet)
    if target is not None:
        place = _cell(copy, fault)
        name = f"{target.cell(*place).coordinate}" if place else "A1"
        link = page.cell(row, 9)
        put(link, "转到")
        link.hyperlink = Hyperlink(
            ref=link.coordinate, location=f"'{target.title.replace(chr(39), chr(39) * 2)}'!{name}"
        )
        link.font = Font(color="FF0B4F9E", underline="single")


def packed(book: Workbook, town: str, year: int) -> bytes:
    """The workbook's bytes: same content, same bytes; dated by the year it is about."""
    when = datetime(year, 12, 31)
    book.properties = DocumentProperties(creator=town, created=when, modified=when, language="zh-CN")
    book.save(written := io.BytesIO())

    def dated(name: str, content: bytes) -> bytes:  # openpyxl writes the time of saving
        return _STAMP.sub(rb"\g<1>" + f"{when:%Y-%m-%dT00:00:00Z}".encode(), content) if name == _CORE else content

    return repacked(written.getvalue(), edit=dated)
