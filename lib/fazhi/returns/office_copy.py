"""An office's ledger as a workbook to mark and send back: its look, its cells as they were read, and nothing that acts.

Of an .xlsx only sheets, strings, styles and theme are taken, so macros, embedded objects, links to other files, tables
and pictures cannot pass. Formulas are replaced by the results they showed: a formula may call other files or programs,
and this program vouches for the cells it has read, not for what a formula would do elsewhere.
"""

import io
import math
import re
import zipfile
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fazhi.intake import RawFile, RawSheet
from fazhi.intake.limits import Limits
from fazhi.intake.model import CellError, Uncached
from fazhi.intake.xlsx.package import Package, Part, build, stored
from fazhi.intake.xlsx.read_xlsx import plain_package
from fazhi.intake.xlsx.workbook_parts import read_workbook
from fazhi.recognition.return_sheet import LEADS, is_return_sheet
from fazhi.returns.print_setup import keep_print_setup, print_words
from fazhi.returns.xls_styles import copy_styles

MAXIMUM_CELLS = 40_000  # cells of a whole copy; openpyxl takes 40 µs for each
MAXIMUM_MERGED = (
    1_000  # merged ranges of a whole copy; openpyxl holds each new one against all before it: 30 s for 10,000
)
MAXIMUM_BYTES = 6 << 20  # of unpacked sheets whose look is kept: formatting down to the last row is not
MAXIMUM_ROWS = 2_000  # faulty rows of a workbook too large to copy whole
FILLS = {"error": "FFFFB4A8", "warning": "FFFFE59A"}
_ROW_NUMBER = "原行号"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_PLAIN_LIST = re.compile(r'"[^"]*"')
_LEFT_OUT = (
    "mergeCells|hyperlinks|tableParts|legacyDrawing|legacyDrawingHF|drawing|picture|oleObjects|controls|extLst|customProperties"
    "|conditionalFormatting|AlternateContent|webPublishItems|smartTags|drawingHF|scenarios|customSheetViews|cellWatches"
)
_TAIL = re.compile(rf"<((?:\w+:)?(?:{_LEFT_OUT}))(?:\s[^>]*)?(?:/>|>.*?</\1\s*>)".encode(), re.DOTALL)
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


@dataclass
class Copy:
    """A workbook with the office's sheets by name. Where it is not whole, `rows` says which row each kept one stands in."""

    book: Workbook
    pages: dict[str, Worksheet] = field(default_factory=dict)
    rows: Mapping[str, Mapping[int, int]] | None = None

    def place(self, sheet: str, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell of the raw sheet stands (1-based row, 0-based column of the raw one); None where its row is left out."""
        if self.rows is None:
            return row, column + 1
        at = self.rows.get(sheet, {}).get(row)
        return None if at is None else (at, column + 2)


def office_copy(file: RawFile, data: bytes, faulty: Mapping[str, Set[int]], headers: Mapping[str, int]) -> Copy:
    """The office's workbook to be annotated, with its looks where openpyxl can read them.

    Parameters
    ----------
    file, data
        What was read of the raw file, and its bytes.
    faulty
        Sheet -> its faulty rows, 1-based.
    headers
        Sheet -> how many rows stand above its first record.

    Returns
    -------
    Copy
        Of a workbook too large only headers and faulty rows, with their row numbers in a column in front.
    """
    if any(len(sheet.merged) > MAXIMUM_MERGED for sheet in file.sheets) or _cells(file) > MAXIMUM_CELLS:
        return extract(file, faulty, headers)
    copy = Copy(_looks(file, data) or Workbook())
    if not copy.book.worksheets or len(copy.book.worksheets) != len(file.sheets) or _differs(copy.book, file.sheets):
        copy.book = Workbook()
        copy.book.remove(copy.book.worksheets[0])
        for sheet in file.sheets:
            _fill(copy.book.create_sheet(), sheet)
        _dress_old(copy.book, file, data)
    for number, (page, sheet) in enumerate(zip(copy.book.worksheets, file.sheets, strict=True)):
        _disarm(page, sheet)
        page.title = f"fazhi {number}"  # so that each name is free when its turn comes
    for page, sheet in zip(list(copy.book.worksheets), file.sheets, strict=True):
        if is_return_sheet(sheet):
            copy.book.remove(page)
            continue
        page.title = free_name(sheet.name or "台账", copy.book.sheetnames)
        page.sheet_state = "visible" if sheet.visible or sheet.name in faulty else "hidden"
        copy.pages[sheet.name] = page
    return copy


def _cells(file: RawFile) -> int:
    return sum(len(sheet.rows) * max(map(len, sheet.rows), default=0) for sheet in file.sheets)


def free_name(name: str, taken: Sequence[str]) -> str:
    """A sheet name that Excel takes and no other sheet has."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", ILLEGAL_CHARACTERS_RE.sub("", name)).strip("'")[:31] or "表"
    known = {other.casefold() for other in taken}
    number, found = 1, name
    while found.casefold() in known:
        number += 1
        found = f"{name[: 30 - len(str(number))]} {number}"
    return found


# --- the office's own look -------------------------------------------------------------------------------------------


def _looks(file: RawFile, data: bytes) -> Workbook | None:
    """The workbook as openpyxl reads it from the parts we take; None where it is none or openpyxl cannot read it."""
    if file.kind not in ("xlsx", "xlsm"):
        return None
    try:
        package = Package(data, Limits())
        content = _parts(package)
        if content is None:
            return None
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
        for page, sheet in zip(book.worksheets, file.sheets, strict=True):
            _merge(page, sheet)
        keep_print_setup(book, package)
        return book
    except Exception:  # openpyxl raises whatever a style it does not know runs into; values and widths remain then
        return None


def _parts(package: Package) -> bytes | None:
    workbook = read_workbook(package)
    if sum(package.size(entry.part) for entry in workbook.sheets) > MAXIMUM_BYTES:
        return None
    parts: dict[str, Part] = {}
    with zipfile.ZipFile(io.BytesIO(plain_package(package, workbook))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            parts[name] = stored(_without_tail(content) if name.startswith("xl/worksheets/") else content)
    if "xl/sharedStrings.xml" in parts:
        types = parts["[Content_Types].xml"].packed
        override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>'.encode()
        parts["[Content_Types].xml"] = stored(types.replace(b"</Types>", override))
    theme = next((name for name in package.names() if re.fullmatch(r"xl/theme/theme\d*\.xml", name)), None)
    if theme is not None:
        parts["xl/theme/theme1.xml"] = stored(package.read(theme))
    return build(parts)


def _without_tail(content: bytes) -> bytes:
    """A sheet's XML without what stands behind its cells and acts, or leads to parts that are not taken."""
    end = content.rfind(b"sheetData")
    return content[:end] + _TAIL.sub(b"", content[end:]) if end >= 0 else content


def _differs(book: Workbook, sheets: Sequence[RawSheet]) -> bool:
    """Whether a sheet lacks a row that was read (a dialect that openpyxl passes over)."""
    return any(
        any(cell not in (None, "") for cell in row) and all(cell.value is None for cell in page[number])
        for page, sheet in zip(book.worksheets, sheets, strict=True)
        for number, row in list(enumerate(sheet.rows, 1))[:20]
    )


def _disarm(page: Any, sheet: RawSheet) -> None:
    """Text stays text, formulas become what they showed; the office's own comments are put back, ours of last time go."""
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                put(cell, _at(sheet, cell.row, cell.column))
            elif isinstance(cell.value, str):
                put(cell, cell.value)
    page.data_validations.dataValidation = [
        rule
        for rule in page.data_validations.dataValidation
        if rule.type == "list" and _PLAIN_LIST.fullmatch(rule.formula1 or "")
    ]
    page.page_setup.id = None
    page.sheet_view.tabSelected = False
    for (row, column), text in sheet.comments.items():
        cell = page.cell(row, column)
        own = [part for part in text.split("\n\n") if not part.startswith(tuple(LEADS.values()))]
        if own:
            note(cell, "\n\n".join(own))
        if text.startswith(tuple(LEADS.values())) and cell.fill.fgColor.rgb in FILLS.values():
            cell.fill = PatternFill()


def _at(sheet: RawSheet, row: int, column: int) -> object:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    return cells[column - 1] if column <= len(cells) else None


# --- cells -----------------------------------------------------------------------------------------------------------


def put(cell: Any, value: object) -> None:
    """Set a cell to what was read. Text is only ever text, also when the cell is edited later."""
    if isinstance(value, CellError | Uncached):
        value = value.code if isinstance(value, CellError) else ""
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if isinstance(value, date) and value.year < 1900:
        value = value.isoformat() if not isinstance(value, datetime) else value.isoformat(" ")
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
    cell.value = text
    if text:
        cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def note(cell: Any, text: str) -> None:
    """A comment, as large as its text needs."""
    from openpyxl.comments import Comment

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:8_000]
    lines = sum(1 + len(line) // 22 for line in clean.splitlines())
    cell.comment = Comment(clean, "台账检查", width=300, height=min(400, 24 + 18 * lines))


def _fill(page: Any, sheet: RawSheet) -> None:
    """The sheet's cells and what is read beside them: backgrounds, rows struck through, words in no cell."""
    for number, row in enumerate(sheet.rows, 1):
        is_struck = sheet.struck.get(number, 0) == sum(value is not None for value in row)
        for column, value in enumerate(row, 1):
            if value is not None:
                put(page.cell(number, column), value)
                if is_struck:
                    page.cell(number, column).font = Font(strike=True)
    for (number, column), colour in sheet.fills.items():
        if _COLOUR.fullmatch(colour):
            page.cell(number, column).fill = PatternFill("solid", fgColor=f"FF{colour}")
    _merge(page, sheet)
    for number in sheet.hidden_rows:
        page.row_dimensions[number].hidden = True
    print_words(page, sheet.above)
    _widths(page, sheet.rows)


def _merge(page: Any, sheet: RawSheet) -> None:
    """Merge the sheet's ranges; a large one as far as there is content, as each of its cells is held in memory."""
    width = max(map(len, sheet.rows), default=0)
    for top, left, bottom, right in sheet.merged:
        if (bottom - top + 1) * (right - left + 1) > MAXIMUM_MERGED:
            bottom, right = min(bottom, len(sheet.rows) - 1), min(right, width - 1)
        if (bottom, right) != (top, left) and bottom >= top and right >= left:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _widths(page: Any, rows: Sequence[Sequence[object]]) -> None:
    for column in range(max(map(len, rows), default=0)):
        texts = [str(row[column]) for row in rows[:200] if column < len(row) and sum(c is not None for c in row) > 1]
        longest = max((len(text.encode("gb18030", "replace")) for text in texts), default=0)
        page.column_dimensions[get_column_letter(column + 1)].width = min(40, max(8, longest + 2))


def _dress_old(book: Workbook, file: RawFile, data: bytes) -> None:
    if file.kind == "xls":
        copy_styles(book, data)


def extract(file: RawFile, faulty: Mapping[str, Set[int]], headers: Mapping[str, int]) -> Copy:
    """Only the header and the faulty rows of the sheets that have any, each with its row number before it."""
    copy = Copy(Workbook(), rows={})
    copy.book.remove(copy.book.worksheets[0])
    placed: dict[str, dict[int, int]] = {}
    for sheet in file.sheets:
        if sheet.name not in faulty:
            continue
        wanted = sorted({*range(1, headers.get(sheet.name, 1) + 1), *sorted(faulty[sheet.name])[:MAXIMUM_ROWS]})
        wanted = [number for number in wanted if number <= len(sheet.rows)]
        page = copy.book.create_sheet(free_name(sheet.name or "台账", copy.book.sheetnames))
        placed[sheet.name] = {number: at for at, number in enumerate(wanted, 1)}
        for at, number in enumerate(wanted, 1):
            put(page.cell(at, 1), _ROW_NUMBER if number == headers.get(sheet.name, 1) else number)
            for column, value in enumerate(sheet.rows[number - 1], 2):
                put(page.cell(at, column), value)
        _widths(page, [[0, *sheet.rows[number - 1]] for number in wanted])
        copy.pages[sheet.name] = page
    copy.rows = placed
    return copy
