"""The appendix workbook: accessible, the same bytes again, and text that is only text."""

import io
import zipfile

import openpyxl
import pytest

from fazhi.documents.tables import NONE, NOT_APPLICABLE, Field, Sheet, Typed
from fazhi.documents.workbook import read_workbook, write_workbook

HOSTILE = [
    "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-2+3", "http://example.org/", "internal:'目录'!A1", "{{ 7*7 }}", "<b>&amp;",
    "_x0041_", "a\x00b\x1fc", "长" * 40_000, "\t制表", "12345678901234567890",
]  # fmt: skip
PLAIN = Sheet(
    "numbers", "数字", [Field("名称"), Field("数", "count"), Field("率", "rate", NOT_APPLICABLE)],
    [["甲", 12, 0.5], ["乙", None, None], ["丙", Typed(0.25, "rate"), 1.0]], ["说明一。"], "某台账",
)  # fmt: skip
TEXTS = Sheet("texts", "文字", [Field("序", "count"), Field("文字")], [[n, text] for n, text in enumerate(HOSTILE)])
EMPTY = Sheet("empty", "空表", [Field("事项"), Field("数", "count")], [])


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_workbook([PLAIN, TEXTS, EMPTY], "附表", "青木镇", 2025))
    return path


def test_tables_come_back_as_they_went_in(book):
    found = read_workbook(book)
    assert found["numbers"] == [
        {"名称": "甲", "数": 12, "率": 0.5},
        {"名称": "乙", "数": NONE, "率": NOT_APPLICABLE},
        {"名称": "丙", "数": 0.25, "率": 1},
    ]
    assert found["empty"] == [{"事项": "没有", "数": NOT_APPLICABLE}]
    assert [row["行数"] for row in found["contents"]] == [3, len(HOSTILE), 0]


def test_the_same_tables_give_the_same_bytes(book):
    assert write_workbook([PLAIN, TEXTS, EMPTY], "附表", "青木镇", 2025) == book.read_bytes()


def test_ledger_text_is_never_a_formula_or_a_link(book):
    page = openpyxl.load_workbook(book)["2 文字"]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    links = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'目录'!A1"]
    texts = [row["文字"] for row in read_workbook(book)["texts"]]
    assert texts[0] == HOSTILE[0]
    assert texts[9] == "a□b□c"
    assert texts[10].startswith("长长") and texts[10].endswith("……（余略）")
    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as parts:
        assert not [name for name in parts.namelist() if "external" in name.lower()]
        assert b"TargetMode" not in b"".join(parts.read(name) for name in parts.namelist())


def test_it_follows_the_guidance_for_accessible_spreadsheets(book):
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames == ["目录", "说明", "1 数字", "2 文字", "3 空表"]
    about = opened.properties
    assert (about.title, about.creator, about.language) == ("附表", "青木镇", "zh-CN")
    for page in opened.worksheets:
        (table,) = page.tables.values()
        assert table.displayName.startswith("tbl_")
        assert not page.merged_cells.ranges
        assert page["A1"].value
        rows = list(page[table.ref])
        assert all(cell.value not in (None, "") for row in rows for cell in row)
        assert rows[-1][-1].row == page.max_row
        assert all(page.cell(row, 1).value is not None for row in range(1, page.max_row + 1))
        assert page.freeze_panes == f"A{rows[1][0].row}"
        assert page.print_area
        assert page.print_title_rows == f"${rows[0][0].row}:${rows[0][0].row}"
        assert all(page.column_dimensions[cell.column_letter].width >= 8 for cell in rows[0])
    link = opened["目录"]["A5"].hyperlink
    assert link.location == "'1 数字'!A1"
