"""xls (BIFF8 and older in an OLE file): values by calamine, looks and a second reading of every cell by xlrd."""

import contextlib
import io
from collections import Counter
from dataclasses import dataclass, field

import xlrd
from xlrd.book import Book
from xlrd.formatting import std_format_strings
from xlrd.sheet import Cell as XlrdCell
from xlrd.sheet import Sheet

from fazhi.intake import cross_check, number_formats
from fazhi.intake.biff_mending import mended
from fazhi.intake.calamine_values import open_values, sheet_values
from fazhi.intake.limits import Limits
from fazhi.intake.looks import apply_looks, differing_dates
from fazhi.intake.model import Cell, CellError, Finding, Position, RawSheet, Refused, Rows, Uncached, rows_with_content
from fazhi.intake.printed import page_texts
from fazhi.intake.runs import Run, shown_text

_WORKSHEET = "WorkSheet"
_KINDS = {xlrd.XL_CELL_TEXT: "str", xlrd.XL_CELL_BOOLEAN: "b", xlrd.XL_CELL_ERROR: "e"}


@dataclass
class _Second:
    """xlrd's reading of a sheet: content by 1-based place, as (type, text)."""

    cells: dict[Position, tuple[str, str]] = field(default_factory=dict)
    errors: dict[Position, CellError | Uncached] = field(default_factory=dict)
    struck: Counter[int] = field(default_factory=Counter)
    read: dict[Position, Cell] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    numbers: dict[Position, bool] = field(default_factory=dict)
    fills: dict[Position, str] = field(default_factory=dict)

    def counted_rows(self) -> int:
        return len({row for row, _ in self.cells})


def read_xls(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All worksheets and what is to be said of them; of a file that cannot be read as it is, with its quirks mended."""
    try:
        return _read(data, data, limits)
    except MemoryError:
        raise
    except BaseException:  # a reader's panic is one
        whole = mended(data)
        if whole is None:
            raise
    return _read(*whole, limits)


def _read(stream: bytes, data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """The worksheets by both readers, of whom xlrd also takes the bare stream."""
    book = _open_second(stream)
    if not book.nsheets:
        raise Refused("里面没有工作表，文件不完整；请用 Excel 打开，另存为 .xlsx 后重新提交")
    values = open_values(data)
    numbers = [i for i, meta in enumerate(values.sheets_metadata) if str(meta.typ).endswith(_WORKSHEET)]
    if len(numbers) != book.nsheets:
        raise Refused("两种方法读出的工作表数目不同，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交")
    sheets: list[RawSheet] = []
    names, findings = cross_check.distinct([looks.name for looks in book.sheets()])
    for number, looks, name in zip(numbers, book.sheets(), names, strict=True):
        looks.name = name
        second = _second_reading(book, looks)
        if cross_check.box_cells(second.cells.keys()) > limits.box_cells:
            raise Refused("内容分布过散，大片空白超过限制；请删去表格以外的零散内容后重新提交")
        sheet, said = _assemble(book, looks, second, sheet_values(values.get_sheet_by_index(number)))
        sheets.append(sheet)
        findings += said
    return sheets, findings


class _Book(Book):
    """xlrd's workbook without its evaluation of defined names, which fails on names that Excel takes."""

    def names_epilogue(self) -> None:
        pass


class _Sheet(Sheet):
    """xlrd's sheet that passes over notes it cannot place, and keeps the page's header and footer and the texts of boxes."""

    printed: tuple[str, ...] = ()

    def read(self, bk: Book) -> object:
        self.printed = page_texts(bk.mem, self._position, bk.biff_version, bk.encoding)
        self._boxes: list[str] = []
        return super().read(bk)

    def handle_txo(self, data: bytes) -> object:
        box = super().handle_txo(data)
        if box is not None:
            self._boxes.append(box.text.strip())
        return box

    def above(self) -> tuple[str, ...]:
        """Texts in no cell; those of notes, which lie in boxes too, are left out."""
        notes = {note.text.strip() for note in self.cell_note_map.values()}
        return tuple(dict.fromkeys([*self.printed, *(text for text in self._boxes if text and text not in notes)]))

    def handle_note(self, data: bytes, txos: object) -> None:
        with contextlib.suppress(AssertionError):
            super().handle_note(data, txos)


def _open_second(data: bytes) -> Book:
    """xlrd's workbook. A file it cannot read cannot be counted twice, so it is refused."""
    xlrd.book.Book, xlrd.sheet.Sheet = _Book, _Sheet
    try:
        # The gate has followed every chain; what xlrd calls corruption beyond that hinders no other reader.
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,
            logfile=io.StringIO(),
        )
    except MemoryError:
        raise
    except Exception:  # xlrd raises whatever its parsing runs into
        raise Refused("旧格式（.xls）内容已损坏或不完整；请用 Excel 打开，另存为 .xlsx 后重新提交") from None


def _assemble(book: Book, looks: _Sheet, second: _Second, rows: Rows) -> tuple[RawSheet, list[Finding]]:
    cross_check.put_back(rows, second.errors)
    cross_check.put_back_negatives(rows, second.cells)
    sheet = RawSheet(
        looks.name,
        rows,
        sorted((top, left, bottom - 1, right - 1) for top, bottom, left, right in looks.merged_cells),
        frozenset(row + 1 for row, info in looks.rowinfo_map.items() if info.hidden),
        dict(second.struck),
        looks.visibility == 0,
        {(row + 1, column + 1): note.text.strip() for (row, column), note in looks.cell_note_map.items()},
        second.counted_rows(),
        looks.above(),
        second.fills,
        bool(book.datemode),
    )
    said = cross_check.count_findings(sheet)
    if rows_with_content(rows) == sheet.counted_rows:
        places = {
            *cross_check.differences(rows, second.cells, bool(book.datemode)),
            *differing_dates(rows, second.numbers),
        }
        said += cross_check.value_finding(sheet.name, sorted(places))
    said += _outside(looks, second) + apply_looks(sheet.name, rows, second.formats, second.read)
    return sheet, said + cross_check.marked_findings(sheet.name, second.errors)


def _outside(looks: Sheet, second: _Second) -> list[Finding]:
    """An error where content lies beyond the sheet's own DIMENSIONS record.

    The format has no checksums, and a damaged place would pass both readings. Some writers are one off; of 635 sheets
    of other projects' tests 2 are further off (2026-11). An extent that no sheet can have declares nothing.
    """
    declared = looks._dimnrows, looks._dimncols
    if not second.cells or not (0 < declared[0] <= 65536 and 0 < declared[1] <= 256):
        return []
    row, column = (max(numbers) for numbers in zip(*second.cells, strict=True))
    if row <= declared[0] + 1 and column <= declared[1] + 1:
        return []
    found = "有内容落在工作表自己声明的范围之外"
    return [Finding("error", looks.name, row, None, found, "内容都在声明的范围内", cross_check.RESAVE)]


def _second_reading(book: Book, looks: Sheet) -> _Second:
    second = _Second()
    for row in range(looks.nrows):
        for column, cell in enumerate(looks.row(row)):
            place = (row + 1, column + 1)
            if cell.xf_index is not None and (colour := _background(book, cell.xf_index)):
                second.fills[place] = colour
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or not _text(cell).strip():
                continue
            second.cells[place] = (_KINDS.get(cell.ctype, "n"), _text(cell))
            if cell.ctype == xlrd.XL_CELL_ERROR:
                second.errors[place] = CellError(second.cells[place][1])
            _look(book, looks, second, place, cell)
    return second


def _look(book: Book, looks: Sheet, second: _Second, place: Position, cell: XlrdCell) -> None:
    """Note what the cell's font and format make of it."""
    code = _format(book, cell.xf_index)
    if number_formats.matters(code):
        second.formats[place] = code
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        second.numbers[place] = number_formats.is_date(code)
    own = bool(book.font_list[book.xf_list[cell.xf_index].font_index].struck_out)
    runs = looks.rich_text_runlist_map.get((place[0] - 1, place[1] - 1))
    text, struck = shown_text(_runs(book, cell.value, runs), own) if runs else ("", own)
    if struck:
        second.struck[place[0]] += 1
    elif runs and text != cell.value:
        second.read[place] = text


def _runs(book: Book, text: str, starts: list[tuple[int, int]]) -> list[Run]:
    """The text in runs: what stands before the first has the cell's own font."""
    ends = [start for start, _ in starts[1:]] + [len(text)]
    runs = [Run(text[: starts[0][0]])]
    for (start, number), end in zip(starts, ends, strict=True):
        font = book.font_list[number]
        runs.append(Run(text[start:end], bool(font.struck_out), {1: 1, 2: -1}.get(font.escapement, 0)))
    return [run for run in runs if run.text]


def _format(book: Book, style: int) -> str:
    """The number format of a style. The standard currency formats are those of the reader's country."""
    key = book.xf_list[style].format_key
    code = str(book.format_map[key].format_str) if key in book.format_map else "General"
    if code == std_format_strings.get(key, "General"):
        return number_formats.BUILT_IN.get(key, "General")
    return code


def _background(book: Book, style: int) -> str:
    background = book.xf_list[style].background
    colour = book.colour_map.get(background.pattern_colour_index) if background.fill_pattern else None
    return "{:02X}{:02X}{:02X}".format(*colour) if colour and colour != (255, 255, 255) else ""


def _text(cell: XlrdCell) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return cell.value if isinstance(cell.value, str) else repr(cell.value)
