"""The same rows in every kind of file that an office sends."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt

Rows = Sequence[Sequence[Any]]


def as_xlsx(rows: Rows) -> bytes:
    """A workbook of Excel 2007."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(written := io.BytesIO())
    return written.getvalue()


def as_xls(rows: Rows) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if cell is not None:
                page.write(number, at, cell)
    book.save(written := io.BytesIO())
    return written.getvalue()


def as_csv(rows: Rows) -> bytes:
    """Text as Excel writes it in China."""
    csv.writer(written := io.StringIO()).writerows(rows)
    return written.getvalue().encode("gb18030")


def as_html(rows: Rows) -> bytes:
    """A page saved as .xls."""
    lines = ("".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) for row in rows)
    return ("<html><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></html>").encode()


KINDS: list[tuple[str, Callable[[Rows], bytes]]] = [
    ("a.xlsx", as_xlsx), ("a.xls", as_xls), ("page.xls", as_html), ("a.csv", as_csv),
]  # fmt: skip
