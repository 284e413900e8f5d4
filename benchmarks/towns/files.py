"""Write sheets as the files offices send: xlsx, xls, csv, or an HTML table saved as .xls; the same bytes every time."""

import csv
import io
import zipfile
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlwt
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from .sheets import Sheet

STILL = datetime(2026, 1, 1)


def as_text(value: Any) -> str:
    """A cell in a text file: dates as Excel shows them, whole floats without a point."""
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d %H:%M}"
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    """A workbook with cell styles, merges and hidden rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for r, cells in enumerate(sheet.rows, start=1):
            for c, value in enumerate(cells, start=1):
                if value != "":
                    put_cell(page.cell(r, c), value, r in sheet.struck or (r, c - 1) in sheet.struck_cells)
        for first, left, last, right in sheet.merges:
            page.merge_cells(start_row=first, start_column=left + 1, end_row=last, end_column=right + 1)
        for r in sheet.hidden:
            page.row_dimensions[r].hidden = True
    save(book, path)


def put_cell(cell: Any, value: Any, struck: bool) -> None:
    """One value with its number format and font."""
    cell.value = value
    if isinstance(value, date):
        cell.number_format = (
            "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else 'm"月"d"日"' if value.day % 5 == 0 else "yyyy-mm-dd"
        )
    if struck:
        cell.font = Font(strike=True)


def write_long_xlsx(path: Path, sheet: Sheet) -> None:
    """A ledger of very many rows, written as a stream; no merges."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet.name)
    for r, cells in enumerate(sheet.rows, start=1):
        if r in sheet.struck:
            styled = [WriteOnlyCell(page, value=v) for v in cells]
            for one in styled:
                one.font = Font(strike=True)
            page.append(styled)
        else:
            page.append(cells)
    save(book, path)


def save(book: Any, path: Path) -> None:
    """Save a workbook without the clock in it."""
    book.properties.created = STILL
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "docProps/core.xml":
                data = data.split(b"<dcterms:modified")[0] + b"</cp:coreProperties>"
            new.writestr(zipfile.ZipInfo(item.filename, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def xls_styles() -> dict[tuple[bool, str], Any]:
    """One style for each strike and number format: xls holds few."""
    styles = {}
    for struck in (False, True):
        for fmt in ("General", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"):
            styles[struck, fmt] = xlwt.easyxf("font: struck_out on" if struck else "", num_format_str=fmt)
    return styles


def write_xls(path: Path, sheets: list[Sheet]) -> None:
    """A workbook of Excel 97."""
    book, styles = xlwt.Workbook(encoding="utf-8"), xls_styles()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in sheet.merges}
        for r, cells in enumerate(sheet.rows, start=1):
            for c, value in enumerate(cells):
                fmt = (
                    "yyyy-mm-dd hh:mm"
                    if isinstance(value, datetime)
                    else "yyyy-mm-dd"
                    if isinstance(value, date)
                    else "General"
                )
                style = styles[r in sheet.struck or (r, c) in sheet.struck_cells, fmt]
                if (r, c) in merged:
                    r2, c2 = merged[r, c]
                    page.write_merge(r - 1, r2 - 1, c, c2, value, style)
                elif value != "":
                    page.write(r - 1, c, value, style)
        for r in sheet.hidden:
            page.row(r - 1).hidden = True
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(raw.getvalue())


def write_csv(path: Path, sheet: Sheet, encoding: str, delimiter: str) -> None:
    """A text file; a row without cells is an empty line."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for cells in sheet.rows:
        if cells:
            writer.writerow([as_text(v) for v in cells])
        else:
            out.write("\r\n")
    mark = "\ufeff" if encoding == "utf-16-be" else ""  # Python writes the mark itself in its other UTF-16
    path.write_bytes((mark + out.getvalue()).encode(encoding))


def write_html(path: Path, sheet: Sheet, encoding: str) -> None:
    """A table that some system exported under the name of a workbook."""
    spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in sheet.merges}
    covered = {(r, c) for r1, c1, r2, c2 in sheet.merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
    covered -= set(spans)
    width = max(len(cells) for cells in sheet.rows)
    lines = []
    for r, cells in enumerate(sheet.rows, start=1):
        padded = [*cells, *[""] * (width - len(cells))]
        tds = [td(v, spans.get((r, c)), r in sheet.struck) for c, v in enumerate(padded) if (r, c) not in covered]
        lines.append(f"<tr>{''.join(tds)}</tr>")
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body>'
    body = head + '<table border="1">\n' + "\n".join(lines) + "\n</table></body></html>"
    path.write_bytes(body.encode("gb18030" if encoding == "gb2312" else encoding))  # as Windows programs label it


def write_docx(path: Path, sheet: Sheet, above: list[str]) -> None:
    """A document with the paragraphs and the table."""
    document = docx.Document()
    for text in filter(None, above):
        document.add_paragraph(text)
    width = max(len(cells) for cells in sheet.rows)
    table = document.add_table(len(sheet.rows), width)
    for cells, row in zip(sheet.rows, table.rows, strict=True):
        for cell, value in zip(row.cells, cells, strict=False):
            cell.text = as_text(value)
    document.core_properties.created = document.core_properties.modified = STILL
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, (2026, 1, 1, 0, 0, 0)), old.read(item), zipfile.ZIP_DEFLATED)


def td(value: Any, span: tuple[int, int] | None, struck: bool) -> str:
    """One table cell."""
    text = escape(as_text(value)).replace("\n", "<br>") or "&nbsp;"
    text = f"<s>{text}</s>" if struck and text != "&nbsp;" else text
    size = "".join(f' {n}="{v}"' for n, v in zip(("rowspan", "colspan"), span or (1, 1), strict=True) if v > 1)
    return f"<td{size}>{text}</td>"
