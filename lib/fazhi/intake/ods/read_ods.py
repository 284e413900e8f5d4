"""ods and fods (LibreOffice, WPS): values by calamine, looks and a second reading of every cell from content.xml."""

import re

from fazhi.intake import cross_check
from fazhi.intake.calamine_values import open_values, sheet_values
from fazhi.intake.limits import Limits
from fazhi.intake.looks import apply_looks
from fazhi.intake.model import Finding, Position, RawSheet, Refused, Rows, rows_with_content
from fazhi.intake.ods.displayed import displayed_otherwise
from fazhi.intake.ods.scan import Scanner, Table
from fazhi.intake.ods.styles import read_styles
from fazhi.intake.references import moment_of
from fazhi.intake.text_decoding import as_utf8, needs_utf8
from fazhi.intake.xlsx.package import Package, build, feed, stored

_CONTENT, _STYLES = "content.xml", "styles.xml"
_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
# Space before a tag of the table's frame or a paragraph is layout of the XML, which calamine takes for content.
_LAYOUT = re.compile(rb">\s+(?=</?table:|<text:p[\s/>]|</?office:annotation|<dc:)")
# calamine passes over both within a paragraph.
_MARKS = ((re.compile(rb"<text:tab\b[^<>]*/>"), b"&#9;"), (re.compile(rb"<text:line-break\b[^<>]*/>"), b"&#10;"))
_RESAVE = "请用 WPS 或 LibreOffice 打开，另存为 .xlsx 后重新提交"


def read_ods(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All sheets and what is to be said of them; `data` is the package or, where all is in one XML file, that file."""
    *common, content = _parts(data, limits)
    scanner = Scanner(read_styles([*common, content]), limits)
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
        sheet, said = _assemble(table, sheet_values(values.get_sheet_by_index(number)), scanner.is_1904)
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


def _parts(data: bytes, limits: Limits) -> list[bytes]:
    """The common styles, where they are a part of their own, and the content, as UTF-8."""
    if not data.startswith(b"PK"):
        return [as_utf8(data) if needs_utf8(data) else data]
    package = Package(data, limits)
    if _CONTENT not in package:
        raise Refused(f"里面没有表格内容，文件不完整；{_RESAVE}")
    return [package.read(part) for part in (_STYLES, _CONTENT) if part in package]


def _assemble(table: Table, rows: Rows, is_1904: bool) -> tuple[RawSheet, list[Finding]]:
    cross_check.put_back(rows, table.marked)
    _without_shapes(rows, table)
    sheet = RawSheet(
        table.name,
        rows,
        table.merged,
        frozenset(table.hidden),
        table.struck,
        table.visible,
        table.comments,
        len({row for row, _ in table.cells}),
        tuple(dict.fromkeys(table.above)),
        _fills(table),
        is_1904,
    )
    said = cross_check.count_findings(sheet)
    places: set[Position] = set()
    if rows_with_content(rows) == sheet.counted_rows:
        places.update(cross_check.differences(rows, table.cells, is_1904))
    _make_dates(rows, table, is_1904)
    looks = apply_looks(table.name, rows, table.formats, table.read)
    places.update(displayed_otherwise(rows, table.displayed))
    said += cross_check.value_finding(table.name, sorted(places))
    return sheet, said + looks + cross_check.marked_findings(table.name, table.marked)


def _without_shapes(rows: Rows, table: Table) -> None:
    """Take the words of shapes, which calamine reads before a cell's own, out of the cells."""
    for (row, column), text in table.overdrawn.items():
        cell = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        if isinstance(cell, str) and cell.endswith(text) and text.strip():
            rows[row - 1][column - 1] = text


def _make_dates(rows: Rows, table: Table, is_1904: bool) -> None:
    """Numbers in a date's format are that date, as in every other kind of workbook."""
    for row, column in table.serials:
        cell = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            rows[row - 1][column - 1] = moment_of(cell, is_1904)


def _fills(table: Table) -> dict[Position, str]:
    """Backgrounds within the sheet's content."""
    last_row, last_column = (max(numbers) for numbers in zip(*table.cells, strict=True)) if table.cells else (0, 0)
    return {
        (row + 1, column + 1): colour
        for (top, left, bottom, right), colour in table.painted
        for row in range(top, min(bottom + 1, last_row))
        for column in range(left, min(right + 1, last_column))
    }
