"""The appendix workbook: one table a sheet, for people and for programs, from sheets as data and back.

Laid out by the guidance for accessible spreadsheets (UK Government Analysis Function, "Releasing statistics in
spreadsheets"): a contents sheet with links, a notes sheet, a table a sheet that starts in column A, no merged or empty
cells in it, words for what is missing, no colour that carries meaning. Text is only ever text.
"""

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from fazhi.documents.printable import plain
from fazhi.documents.tables import NONE, NOT_APPLICABLE, WITHHELD, Cell, Field, Sheet, Typed
from fazhi.workspace.files import repacked

FORMATS: dict[str, str] = {
    "text": "@", "count": "#,##0", "decimal": "#,##0.##", "money": "#,##0.00", "rate": "0.0%", "percent": "0%", "growth": '+0.0%;-0.0%;0.0%', "difference": "+#,##0.##;-#,##0.##;0",
    "points": '+0.0%;-0.0%;0.0%',
}  # fmt: skip
SHORTHAND = {
    NONE: "缺台账、上年没有台账，或没有可以计算的内容，不等于 0",
    NOT_APPLICABLE: "这一项没有分母，或者不作比较",
    WITHHELD: "有数，但涉及个人事务，小于公布下限，或者会透露这样的数；不等于不适用，也不等于没有",
    "其余类型": "个别类别的数小于公布下限，为保护个人信息合在一起",
}
CONTENTS, NOTES = "目录", "说明"
_LONGEST = 32_000  # characters a cell holds
_LINE = 16  # points; programs other than Excel do not work out the height of wrapped text
_WIDEST = 60  # characters of half width, wider text is wrapped
_PAPER = 140  # characters of half width that can be read on A4 across; wide tables have narrower columns
_HIGHEST = 409  # points, Excel's limit of a row


def write_workbook(sheets: Sequence[Sheet], title: str, town: str, year: int) -> bytes:
    """The workbook of some sheets; ledger text is text in it, never a formula or a link.

    Parameters
    ----------
    sheets
        In their order; a contents sheet stands before them.
    title, town, year
        For the contents sheet and the properties.

    Returns
    -------
    bytes
        An .xlsx; the same sheets give the same bytes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
        "default_format_properties": {"font_name": "宋体", "font_size": 11},
    }  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title, "author": town, "created": datetime(year, 12, 31)})
    styles = _Styles(book)
    names = {sheet.id: f"{number} {sheet.title}"[:31] for number, sheet in enumerate(sheets, 1)}
    _write_contents(book.add_worksheet(CONTENTS), sheets, names, title, styles)
    _write_notes(book.add_worksheet(NOTES), styles)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(names[sheet.id]), sheet, styles)
    book.close()
    return repacked(buffer.getvalue(), edit=_in_chinese)


def _in_chinese(name: str, content: bytes) -> bytes:
    """The document's language, which xlsxwriter cannot set: a screen reader goes by it."""
    end = b"</cp:coreProperties>"
    return content.replace(end, b"<dc:language>zh-CN</dc:language>" + end) if name == "docProps/core.xml" else content


class _Styles:
    def __init__(self, book: Any) -> None:
        self._book, self._made = book, {}  # type: ignore[var-annotated]
        self.title = book.add_format({"bold": True, "font_size": 14})
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        self.head = book.add_format(head)
        self.number_head = book.add_format({**head, "align": "right", "indent": 1})
        self.no_number = book.add_format({"align": "right", "indent": 1, "valign": "top"})
        self.link = book.add_format({"font_color": "#0B4F9E", "underline": 1})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, kind: str) -> Any:
        if kind not in self._made:
            look = {"text_wrap": True} if kind == "text" else {"align": "right", "indent": 1}
            self._made[kind] = self._book.add_format({"num_format": FORMATS[kind], "valign": "top", **look})
        return self._made[kind]


def _write_contents(page: Any, sheets: Sequence[Sheet], names: Mapping[str, str], title: str, styles: _Styles) -> None:
    page.write_string(0, 0, plain(title), styles.title)
    page.write_string(1, 0, f"共 {len(sheets)} 张表，每张工作表一张。点表名可以跳到该表，点“说明”看缩略词。")
    page.write_url(2, 0, f"internal:'{NOTES}'!A1", styles.link, NOTES)
    _table(page, 3, "tbl_contents", (Field("表"), Field("行数", "count")), len(sheets), styles)
    for number, sheet in enumerate(sheets, 4):
        page.write_url(number, 0, f"internal:'{names[sheet.id]}'!A1", styles.link, names[sheet.id])
        page.write_number(number, 1, len(sheet.rows), styles.of("count"))
    page.set_column(0, 0, 48)
    _print(page, 3, 3 + len(sheets), 1)


def _write_notes(page: Any, styles: _Styles) -> None:
    page.write_string(0, 0, NOTES, styles.title)
    page.write_string(1, 0, "表中没有空格子。没有数字处写明原因。")
    page.write_url(2, 0, f"internal:'{CONTENTS}'!A1", styles.link, "回到目录")
    _table(page, 3, "tbl_notes", (Field("写法"), Field("意思")), len(SHORTHAND), styles)
    for number, (word, meaning) in enumerate(SHORTHAND.items(), 4):
        page.write_string(number, 0, word)
        page.write_string(number, 1, meaning, styles.wrap)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, _WIDEST)
    _print(page, 3, 3 + len(SHORTHAND), 1)


def _write_sheet(page: Any, sheet: Sheet, styles: _Styles) -> None:
    about = [*sheet.notes, *([f"资料来源：{sheet.source}"] if sheet.source else [])]
    page.write_string(0, 0, plain(sheet.title), styles.title)
    for number, line in enumerate(about, 1):
        page.write_string(number, 0, _text(line))
    top = len(about) + 1
    page.write_url(top, 0, f"internal:'{CONTENTS}'!A1", styles.link, "回到目录")
    rows = sheet.rows or [["没有", *([NOT_APPLICABLE] * (len(sheet.fields) - 1))]]
    _table(page, top + 1, f"tbl_{sheet.id}", sheet.fields, len(rows), styles, sheet.title)
    for number, row in enumerate(rows, top + 2):
        for column, (cell, field) in enumerate(zip(row, sheet.fields, strict=True)):
            _write_cell(page, number, column, cell, field, styles)
    widths = _widths(sheet.fields, rows)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, row in enumerate(rows, top + 2):
        page.set_row(number, min(_HIGHEST, _LINE * max(map(_lines, row, sheet.fields, widths))))
    _print(page, top + 1, top + 1 + len(rows), len(sheet.fields) - 1)


def _table(
    page: Any, top: int, name: str, fields: Sequence[Field], rows: int, styles: _Styles, about: str = ""
) -> None:
    heads = {True: styles.head, False: styles.number_head}
    columns = [{"header": field.title, "header_format": heads[field.kind == "text"]} for field in fields]
    options = {
        "name": name,
        "columns": columns,
        "style": "Table Style Light 1",
        "banded_rows": False,
        "autofilter": True,
    }
    if about:
        options["description"] = about
    page.add_table(top, 0, top + rows, len(fields) - 1, options)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)


def _print(page: Any, top: int, bottom: int, right: int) -> None:
    page.print_area(0, 0, bottom, right)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&C— &P —")


def _write_cell(page: Any, row: int, column: int, cell: Cell, field: Field, styles: _Styles) -> None:
    value, kind = (cell.value, cell.kind) if isinstance(cell, Typed) else (cell, field.kind)
    if value is None:
        value = field.missing
    if isinstance(value, str):
        numeric = field.kind != "text"
        page.write_string(row, column, _text(value), styles.no_number if numeric else styles.of("text"))
    else:
        page.write_number(row, column, value, styles.of(kind))


def _text(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "……（余略）"


def _widths(fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Columns wide enough for their longest cells, in characters of half width; narrower where the paper ends."""
    wanted = [_width(field, [row[column] for row in rows]) for column, field in enumerate(fields)]
    widest = next((most for most in (_WIDEST, 48, 40) if sum(min(most, width) for width in wanted) <= _PAPER), 32)
    return [min(widest, width) for width in wanted]


def _width(field: Field, cells: Iterable[Cell]) -> int:
    longest = max((_columns(_shown(cell, field)) for cell in cells), default=0)
    return max(8, longest, _columns(field.title) + 3) + 2


def _lines(cell: Cell, field: Field, width: int) -> int:
    return -(-_columns(_shown(cell, field)) // (width - 1))


def _shown(cell: Cell, field: Field) -> str:
    value = cell.value if isinstance(cell, Typed) else cell
    if isinstance(value, str):
        return value
    return field.missing if value is None else f"{value:,.2f}"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def read_workbook(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table of an appendix workbook by its id: a mapping title -> value a row; what is missing is its word."""
    import openpyxl

    found = {}
    for page in openpyxl.load_workbook(path).worksheets:
        for name, area in page.tables.items():
            head, *rows = ([cell.value for cell in row] for row in page[area])
            found[name.removeprefix("tbl_")] = [dict(zip(head, row, strict=True)) for row in rows]
    return found
