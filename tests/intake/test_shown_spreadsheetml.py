"""SpreadsheetML: a cell is what Excel shows of it, by runs, number formats and inherited styles; all of it read twice."""

import datetime
from typing import Any

import pytest

from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, Finding, RawSheet, Refused, ShrunkNumber, YearlessDate
from fazhi.intake.spreadsheetml import read_spreadsheetml as reading
from fazhi.intake.spreadsheetml.read_spreadsheetml import read_spreadsheetml
from made.shown_sheets import xml_2003, xml_2003_cell, xml_2003_format


def read(rows: str, *more: str) -> tuple[RawSheet, list[Finding]]:
    (sheet,), findings = read_spreadsheetml(xml_2003(rows, *more), Limits())
    return sheet, findings


def shown(cell: str, *more: str) -> Cell:
    sheet, findings = read(f"<Row><Cell/>{cell}</Row>", *more)
    assert findings == []
    return sheet.rows[0][1]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<S>40</S>20", "20"), ("<S>40</S><Font>20</Font>", "20"), ("<B><S>4</S></B><S><B>0</B></S>20", "20"), ("50<Sup>1</Sup>", "50"),
        ("50<Sup>[2]</Sup>", "50"), ("120m<Sup>2</Sup>", "120m²"), ("10<Sup>3</Sup>", "10³"), ("H<Sub>2</Sub>O", "H2O"),
        ('<Span html:Style="text-decoration:line-through">40</Span>20', "20"), ("<B>4</B>0", "40"), (" <S>无</S> ", " 无 "),
    ],
)  # fmt: skip
def test_runs_are_read_as_they_look(text: str, seen: str) -> None:
    assert shown(xml_2003_cell(text)) == seen


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.35, '0.00"万元"', "0.35万元"), (60, '0"余人"', "60余人"), (80, '"约"0', "约80"), (300, "[$US$-409]#,##0", "US$300"),
        (0.5, "Percent", "50%"), (1.2, "0%", "120%"), (0.5, "0.0", 0.5), (3, "Euro Currency", "€3"), (500, "Currency", 500), (1, "Yes/No", "Yes"),
        (-3, '0"元";(0"元")', "-3元"), (3, ";;;", None), (45721, "yyyy/m/d", datetime.date(2025, 3, 5)),
    ],
)  # fmt: skip
def test_number_formats_are_read(value: float, code: str, seen: Cell) -> None:
    rows = f"<Row><Cell/>{xml_2003_cell(value, 's')}{xml_2003_cell('后')}</Row>"
    assert read(rows, xml_2003_format("s", code))[0].rows[0][1] == seen


def test_a_scaled_number_and_a_date_without_a_year_say_so() -> None:
    styles = xml_2003_format("k", "0\\.0,") + xml_2003_format("d", 'm"月"d"日"')
    scaled = shown(xml_2003_cell(35000, "k"), styles)
    assert (scaled, type(scaled)) == (3.5, ShrunkNumber)
    for cell in (xml_2003_cell("2026-12-05T00:00:00.000", "d", "DateTime"), xml_2003_cell(46361, "d")):
        day = shown(cell, styles)
        assert (day, type(day)) == (datetime.date(2026, 12, 5), YearlessDate)


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ('<Column ss:StyleID="u" ss:Span="1"/><Row><Cell/><Cell>{}</Cell></Row>', ""),
        ('<Column/><Column ss:StyleID="u"/><Row><Cell/><Cell>{}</Cell></Row>', ""),
        ('<Column ss:Index="2" ss:StyleID="p"/><Row ss:StyleID="u"><Cell/><Cell>{}</Cell></Row>', ""),
        ('<Row><Cell/><Cell ss:StyleID="c">{}</Cell></Row>', '<Style ss:ID="c" ss:Parent="u"><Font ss:Bold="1"/></Style>'),
        ("<Row><Cell/><Cell>{}</Cell></Row>", xml_2003_format("Default", '0.00"万元"')),
    ],
)  # fmt: skip
def test_a_cell_takes_the_style_of_its_row_column_or_parent(rows: str, more: str) -> None:
    styles = xml_2003_format("u", '0.00"万元"') + xml_2003_format("p", "0%") + more
    assert read(rows.format('<Data ss:Type="Number">0.35</Data>'), styles)[0].rows[0][1] == "0.35万元"


def test_a_cell_struck_whole_is_marked_and_stays() -> None:
    style = '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>'
    rows = f"<Row>{xml_2003_cell('<S>60</S>')}{xml_2003_cell(80, 's')}</Row><Row>{xml_2003_cell('<S>6</S>0')}</Row>"
    sheet, _ = read(rows, style)
    assert (sheet.rows, sheet.struck) == ([["60", 80], ["0"]], {1: 2})


def test_fills_comments_page_header_and_date_system_are_kept() -> None:
    sheet, _ = read(
        f'<Row ss:Index="2"><Cell ss:StyleID="f"/>{xml_2003_cell("标题")}'
        '<Cell><Data ss:Type="String">金额</Data><Comment ss:Author="王"><ss:Data><B>王:</B>单位：万元</ss:Data></Comment></Cell></Row>',
        '<Style ss:ID="f"><Interior ss:Color="#ffff00" ss:Pattern="Solid"/></Style>',
        '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>',
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><PageSetup><Header x:Data="&amp;C台账&amp;R单位：万元"/>'
        "</PageSetup></WorksheetOptions>",
    )
    assert sheet.fills == {(2, 1): "FFFF00"}
    assert sheet.comments == {(2, 3): "王:单位：万元"}
    assert sheet.above == ("台账", "单位：万元")
    assert sheet.is_1904


def test_a_serial_counts_from_1904_where_the_workbook_does() -> None:
    book = '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>'
    assert shown(xml_2003_cell(44259, "d"), xml_2003_format("d", "Short Date"), book) == datetime.date(2025, 3, 5)


@pytest.mark.parametrize("lost", ["cells", "styles", "is_1904"])
def test_readings_that_differ_are_told(monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    genuine: Any = reading.read_again

    def read_otherwise(data: bytes, every_cell: bool) -> Any:
        second = genuine(data, every_cell)
        if lost == "cells":
            second.sheets[0].cells[1, 2] = ("n", "4")
        else:
            setattr(second, lost, {} if lost == "styles" else True)
        return second

    monkeypatch.setattr(reading, "read_again", read_otherwise)
    rows = f"<Row>{xml_2003_cell('甲')}{xml_2003_cell(5)}</Row>"
    if lost == "cells":
        assert [(f.severity, f.row, f.column) for f in read(rows)[1]] == [("error", 1, "B")]
    else:
        with pytest.raises(Refused, match="单元格格式不同"):
            read(rows, xml_2003_format("s", "0%"))
