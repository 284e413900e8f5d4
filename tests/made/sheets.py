"""Small made-up sheets, workbooks and a made-up town, so that every expectation can be checked by hand."""

from pathlib import Path
from typing import Any

from fazhi.cleaning.records import Cleaned, Record
from fazhi.intake import RawFile, RawSheet

TOWN = {
    "name": "青木镇",
    "villages": ["龙井村", "青木村", "金凤社区", "桂花村", "桂花社区", "青木居委会"],
    "offices": ["党政办", "司法所", "应急管理办", "综合行政执法大队"],
}


def make_sheet(rows: list[list[Any]], name: str = "Sheet1", **more: Any) -> RawSheet:
    """A sheet of plain cells."""
    defaults = {"merged": [], "hidden_rows": frozenset(), "struck": {}, "visible": True, "comments": {}}
    counted = sum(any(cell not in (None, "") for cell in row) for row in rows)
    return RawSheet(name=name, rows=rows, **{**defaults, "counted_rows": counted, **more})


def make_file(path: str, *sheets: RawSheet) -> RawFile:
    return RawFile(path=path, kind="xlsx", sha256="", sheets=list(sheets), findings=[], refused=None)


def records(result: Cleaned) -> list[Record]:
    """All records of a ledger in order."""
    return [Record(part, at) for part in result.parts for at in range(len(part.fates))]


def write_workbook(path: Path, *rows: list[Any], sheet: str = "Sheet1") -> Path:
    """A workbook with one sheet of plain cells."""
    import openpyxl

    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path
