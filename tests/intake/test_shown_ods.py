"""OpenDocument: a cell is what LibreOffice or WPS shows of it, by runs, data styles and inherited looks; all of it read twice."""

import datetime
from typing import Any

import pytest

from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, Finding, RawSheet, Refused, ShrunkNumber, YearlessDate
from fazhi.intake.ods import styles as ods_styles
from fazhi.intake.ods.read_ods import read_ods
from made.shown_sheets import ods, ods_cell, ods_format, ods_row

NUMBER = '<number:number number:min-integer-digits="1"/>'
RUNS = (
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="S2" style:family="text" style:parent-style-name="S"/>'
    '<style:style style:name="N" style:family="text"><style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="T" style:family="text"><style:text-properties style:text-line-through-type="double"/></style:style>'
    '<style:style style:name="U" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="V" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>'
    '<style:style style:name="L" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>'
    '<style:style style:name="P" style:family="paragraph"><style:text-properties style:text-line-through-style="solid"/></style:style>'
)


def read(rows: str, styles: str = "", **more: str) -> tuple[RawSheet, list[Finding]]:
    (sheet,), findings = read_ods(ods(rows, styles, **more), Limits())
    return sheet, findings


def shown(cell: str, styles: str = "", **more: str) -> Cell:
    sheet, findings = read(ods_row("<table:table-cell/>", cell, ods_cell("后")), styles, **more)
    assert findings == []
    return sheet.rows[0][1]


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (span("S", "60") + "80", "80"), (span("S2", "60") + span("N", "80"), "80"), (span("T", "6") + span("S", "0") + "80", "80"),
        ("50" + span("U", "1"), "50"), ("50" + span("V", "[2]"), "50"), ("10" + span("U", "3"), "10³"), ("120m" + span("U", "2"), "120m²"),
        ("H" + span("L", "2") + "O", "H2O"), (span("S", "6" + span("N", "8")) + "0", "80"), ("甲<text:s text:c='2'/>乙", "甲  乙"),
        ("<text:ruby><text:ruby-base>集中普法</text:ruby-base><text:ruby-text>jízhōng</text:ruby-text></text:ruby>", "集中普法"),
        ('60</text:p><text:p text:style-name="P">80', "60"), (span("X", "60"), "60"),
    ],
)  # fmt: skip
def test_runs_are_read_as_they_look(text: str, seen: str) -> None:
    assert shown(ods_cell(text), RUNS) == seen
    assert shown(ods_cell(text), common=RUNS) == seen


@pytest.mark.parametrize(
    ("value", "kind", "parts", "displayed", "seen"),
    [
        (0.35, "number", NUMBER + "<number:text>万元</number:text>", "0.35万元", "0.35万元"),
        (60, "number", NUMBER + "<number:text>余人</number:text>", "60余人", "60余人"),
        (80, "number", "<number:text>约</number:text>" + NUMBER, "约80", "约80"),
        (80, "number", "<number:text>约</number:text>" + NUMBER, "", "约80"),
        (300, "currency", '<number:currency-symbol number:language="en">US$</number:currency-symbol>' + NUMBER, "US$300", "US$300"),
        (300, "currency", '<number:currency-symbol number:language="zh">￥</number:currency-symbol>' + NUMBER, "￥300.00", 300),
        (300, "currency", '<number:currency-symbol number:language="ja">¥</number:currency-symbol>' + NUMBER, "¥300", "日元300"),
        (1.2, "percentage", NUMBER + "<number:text>%</number:text>", "120%", "120%"),
        (0.5, "number", NUMBER + "<number:text>%</number:text>", "0.5%", "0.5%"),
        (8, "number", NUMBER + '<number:text>"以上"</number:text>', '8"以上"', '8"以上"'),
        (1234567, "number", '<number:number number:display-factor="1000000"/><number:text>百万元</number:text>', "1百万元", "1.234567百万元"),
        (20250305, "number", '<number:number><number:embedded-text number:position="4">年</number:embedded-text></number:number>', "2025年0305", "2025年0305"),
        (0, "boolean", "<number:boolean/>", "", 0), (0.25, "number", "<number:fraction/>", "1/4", 0.25), (35000, "number", "<number:scientific-number/>", "3.50E+04", 35000),
        (5, "number", "", "5", 5),
    ],
)  # fmt: skip
def test_data_styles_are_read(value: float, kind: str, parts: str, displayed: str, seen: Cell) -> None:
    assert shown(ods_cell(value, "c", displayed), ods_format("c", kind, parts)) == seen
    assert shown(ods_cell(value, "c", displayed), common=ods_format("c", kind, parts)) == seen


def test_a_scaled_number_and_a_date_without_a_year_say_so() -> None:
    scaled = ods_format("k", "number", '<number:number number:decimal-places="1" number:display-factor="1000"/>')
    number = shown(ods_cell(35000, "k", "35.0"), scaled)
    assert (number, type(number)) == (35, ShrunkNumber)
    literal = '<number:number number:display-factor="1000"><number:embedded-text number:position="1">.</number:embedded-text></number:number>'
    number = shown(ods_cell(35000, "k", "3.5"), ods_format("k", "number", literal))
    assert (number, type(number)) == (3.5, ShrunkNumber)
    parts = "<number:month/><number:text>月</number:text><number:day/><number:text>日</number:text>"
    for cell in (ods_cell("d:2026-12-05", "d", "12月5日"), ods_cell(46361, "d", "12月5日")):
        day = shown(cell, ods_format("d", "date", parts))
        assert (day, type(day)) == (datetime.date(2026, 12, 5), YearlessDate)
    dated = ods_format("d", "date", "<number:year/>" + parts)
    assert type(shown(ods_cell("d:2026-12-05", "d", "2026年12月5日"), dated)) is datetime.date


def test_conditions_choose_the_data_style() -> None:
    parts = "<number:text>（</number:text>" + NUMBER + "<number:text>元）</number:text>"
    condition = '<style:map style:condition="value()&gt;=0" style:apply-style-name="Np"/>'
    styles = ods_format("p", "number", NUMBER + "<number:text>元</number:text>") + ods_format(
        "c", "number", parts + condition
    )
    assert shown(ods_cell(3, "c", "3元"), styles) == "3元"
    assert shown(ods_cell(-3, "c", "（3元）"), styles) == "-3元"


@pytest.mark.parametrize(("currency", "seen"), [("USD", "USD300"), ("JPY", "JPY300"), ("CNY", 300), ("", 300)])
def test_a_currency_is_told_by_the_cell_itself(currency: str, seen: Cell) -> None:
    cell = ods_cell(300, more=f'office:currency="{currency}"').replace('"float"', '"currency"')
    assert shown(cell) == seen


def test_a_percentage_is_told_by_the_cell_itself() -> None:
    assert shown(ods_cell(1.2, displayed="120%").replace('"float"', '"percentage"')) == "120%"
    assert shown(ods_cell(0.5).replace('"float"', '"percentage"')) == "50%"


UNIT = ods_format("u", "number", NUMBER + "<number:text>万元</number:text>")
INHERITED = [
    ('<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="u"/>', "", ""),
    ('<table:table-column/><table:table-column table:default-cell-style-name="u"/>', "", ""),
    ('<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="p"/>', 'table:default-cell-style-name="u"', ""),
    ("", "", "c"), ("", "", "u"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "row", "own"), INHERITED)
def test_a_cell_takes_the_style_of_its_row_column_or_parent(columns: str, row: str, own: str) -> None:
    styles = UNIT + ods_format("p", "percentage", NUMBER + "<number:text>%</number:text>")
    styles += '<style:style style:name="c" style:family="table-cell" style:parent-style-name="u"/>'
    rows = columns + ods_row("<table:table-cell/>", ods_cell(0.35, own, "0.35万元"), more=row)
    assert read(rows, styles)[0].rows[0][1] == "0.35万元"


def test_the_default_style_is_under_all() -> None:
    default = '<style:default-style style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:default-style>'
    assert read(ods_row(ods_cell("甲"), ods_cell(3)), common=default)[0].struck == {1: 2}


def test_cells_struck_whole_are_marked_however_they_repeat() -> None:
    style = '<style:style style:name="c" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    repeated = ods_cell(6, "c", "6", 'table:number-columns-repeated="2"')
    rows = ods_row(repeated, ods_cell(span("S", "60")), more='table:number-rows-repeated="2"')
    rows += ods_row(ods_cell(span("N", "6"), "c"), ods_cell(span("S", "6") + "0"))
    sheet, findings = read(rows, style + RUNS)
    assert (sheet.rows, findings) == ([[6, 6, "60"], [6, 6, "60"], ["6", "0"]], [])
    assert sheet.struck == {1: 3, 2: 3}


def test_runs_of_repeated_cells_are_read_in_each() -> None:
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>{span("S", "60")}80</text:p></table:table-cell>'
    sheet, _ = read(ods_row(cell, more='table:number-rows-repeated="2"'), RUNS)
    assert sheet.rows == [["80", "80"], ["80", "80"]]


def test_fills_comments_page_words_and_date_system_are_kept() -> None:
    fill = '<style:style style:name="f" style:family="table-cell"><style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
    fill += '<style:style style:name="ta" style:family="table" style:master-page-name="M"/>'
    note = "<office:annotation><text:p>王:</text:p><text:p>单位：万元</text:p></office:annotation>"
    rows = ods_row(
        '<table:table-cell table:style-name="f" table:number-columns-repeated="16384"/>',
        more='table:number-rows-repeated="2"',
    )
    rows += ods_row(
        f'<table:table-cell office:value-type="string">{note}<text:p>金额</text:p></table:table-cell>',
        ods_cell("乙", "f"),
    )
    pages = (
        '<style:master-page style:name="M"><style:header><style:region-left><text:p><text:sheet-name>???</text:sheet-name></text:p></style:region-left>'
        "<style:region-right><text:p>单位：<text:span>万元</text:span></text:p><text:p>青木镇</text:p></style:region-right></style:header>"
        '<style:footer style:display="false"><text:p>不印</text:p></style:footer></style:master-page>'
        '<style:master-page style:name="Default"><style:header><text:p>别的表</text:p></style:header></style:master-page>'
    )
    null = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    sheet, _ = read(rows, fill, pages=pages, before=null, table='table:style-name="ta"')
    assert sheet.fills == {(row, column): "FFFF00" for row in (1, 2) for column in (1, 2)} | {(3, 2): "FFFF00"}
    assert sheet.comments == {(3, 1): "王:\n单位：万元"}
    assert sheet.above == ("单位：万元", "青木镇")
    assert sheet.is_1904


def test_a_hidden_sheet_is_known_by_its_style_or_its_parent() -> None:
    styles = (
        '<style:style style:name="a" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    styles += '<style:style style:name="b" style:family="table" style:parent-style-name="a"/>'
    assert not read(ods_row(ods_cell("甲")), styles, table='table:style-name="b"')[0].visible
    assert read(ods_row(ods_cell("甲")), styles)[0].visible


def test_serials_count_from_1904_and_lists_of_validity_are_no_content() -> None:
    before = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings><table:content-validations>'
        '<table:content-validation table:name="v"><table:help-message><text:p>请选</text:p></table:help-message></table:content-validation>'
        "</table:content-validations>"
    )
    parts = "<number:year/><number:month/><number:day/>"
    assert shown(ods_cell(44259, "d", "20250305"), ods_format("d", "date", parts), before=before) == datetime.date(
        2025, 3, 5
    )
    assert shown(ods_cell("d:2025-03-05", "d"), ods_format("d", "date", parts), before=before) == datetime.date(
        2025, 3, 5
    )


@pytest.mark.parametrize(
    ("value", "displayed"), [(300, "US$300"), (60, "60余人"), (35000, "3.5"), (0.5, "50%"), (5, "5万"), (12, "1,200")]
)
def test_what_was_displayed_and_is_not_read_is_an_error(value: float, displayed: str) -> None:
    findings = read(ods_row(ods_cell("甲"), ods_cell(value, "", displayed)))[1]
    assert [(f.severity, f.row, f.column) for f in findings] == [("error", 1, "B")]


@pytest.mark.parametrize(
    ("value", "displayed"),
    [(300, "¥ 300.00 "), (-1234.5, "(1,234.50)"), (0.6, "1"), (35000, "###"), (35000, "三万五千"), (2.4, "2"), (0, "-"), (1e-7, "0"), (35000, "3.5E+04")],
)  # fmt: skip
def test_displays_that_say_no_more_are_no_findings(value: float, displayed: str) -> None:
    assert shown(ods_cell(value, "", displayed)) == value


def test_styles_that_two_parsers_tell_differently_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def feed_nothing(*_: Any) -> None:
        pass

    monkeypatch.setattr(ods_styles, "_feed_again", feed_nothing)
    with pytest.raises(Refused, match="单元格格式不同"):
        read(ods_row(ods_cell("甲")), RUNS)
