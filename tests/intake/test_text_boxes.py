"""Text boxes over a sheet are read with the texts above its table: a unit or a title may stand in one."""

import io
from types import SimpleNamespace

import xlsxwriter

from fazhi.intake import Limits
from fazhi.intake.ods.read_ods import read_ods
from fazhi.intake.worker import read_bytes
from fazhi.intake.xls import _Sheet
from made.shown_sheets import ods, ods_cell, ods_row


def test_a_workbooks_text_boxes_are_read() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("台账")
        sheet.write(0, 0, "标题")
        sheet.insert_textbox(0, 3, "单位：万元\n青木镇")
        book.add_worksheet("二").write(0, 0, "无")
    file = read_bytes(buffer.getvalue(), "a.xlsx", "", Limits())
    assert [sheet.above for sheet in file.sheets] == [("单位：万元", "青木镇"), ()]
    assert file.sheets[0].rows == [["标题"]]


def test_shapes_beside_and_in_the_cells_of_an_opendocument_are_read() -> None:
    box = "<draw:frame><draw:text-box><text:p>单位：<text:span>万元</text:span></text:p></draw:text-box></draw:frame>"
    note = "<office:annotation><text:p>核</text:p></office:annotation>"
    cell = ods_cell("甲").replace("<text:p>", f"{box.replace('单位', '金额单位')}{note}<text:p>", 1)
    (sheet,), findings = read_ods(ods(f"<table:shapes>{box}</table:shapes>{ods_row(cell)}"), Limits())
    assert sheet.above == ("单位：万元", "金额单位：万元")
    assert (sheet.rows, sheet.comments, findings) == ([["甲"]], {(1, 1): "核"}, [])


def test_the_boxes_of_an_xls_are_read_without_those_of_notes() -> None:
    sheet = _Sheet.__new__(_Sheet)
    sheet.printed, sheet._boxes = ("第一页",), ["单位：万元", "核", ""]
    sheet.cell_note_map = {(0, 0): SimpleNamespace(text="核 ")}
    assert sheet.above() == ("第一页", "单位：万元")
