"""A page's cell is what a browser shows of it: hidden keys, struck figures and readings left out, fields as filled in."""

import datetime
from pathlib import Path

import pytest

from fazhi.intake import Cell, RawFile, Reader, ShrunkNumber, YearlessDate

STYLE = """<style>.k{display:none} .gone, td.x span{text-decoration: line-through} #o i{visibility:hidden}
@media print{.p{display:none}} @media screen{.q{display:none}}</style>"""


def read(tmp_path: Path, cells: list[str], head: str = STYLE) -> RawFile:
    path = tmp_path / "a.xls"
    rows = "".join(f"<tr><td>甲</td><td>{cell}</td></tr>" for cell in cells)
    path.write_text(f"<html><head><meta charset=utf-8>{head}</head><body><table>{rows}</table></body></html>", "utf-8")
    with Reader() as reader:
        return reader.read(path, "a.xls")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<span style="display:none">00060</span>60', "60"), ('<span style="DISPLAY : none">00060</span>60', "60"),
        ('<span class="k">00060</span>60', "60"), ('<b class="a k">00060</b>60', "60"), ("<span hidden>1</span>60", "60"),
        ('<span class="k" style="display:inline">60</span>', "60"), ('<span class="q">9</span>60', "60"), ('<span class="p">60</span>', "60"),
        ('<span style="font-size:0">9</span>60', "60"), ('<span style="font-size:0.9em">6</span>0', "60"), ("<div id=o>60<i>9</i></div>", "60"),
        ("<s>50</s>70", "70"), ("<del>5</del><ins>7</ins>", "7"), ("<strike>50</strike> 70", "70"), ('<span class="gone">50</span>70', "70"),
        ('<font style="text-decoration:line-through">50</font>70', "70"), ("<b><s>50</s></b>70", "70"),
        ('<input value="6">', "6"), ('<input type="TEXT" value=" 6 ">', "6"), ('<input type=hidden value="9">6', "6"), ("<textarea>6</textarea>", "6"),
        ("<select><option>1<option selected>2</select>", "2"), ("<select><option>1</option><option>2</option></select>", "1"),
        ("<input type=checkbox checked>是<input type=checkbox>否", "☑是☐否"), ("<input type=radio>是 <input type=radio checked>否", "☐是 ☑否"),
        ("<ruby>集中普法<rp>(</rp><rt>jízhōng</rt><rp>)</rp></ruby>", "集中普法"), ("50<sup>1</sup>", "50"), ("50<sup>[2]</sup>", "50"),
        ("120m<sup>2</sup>", "120m²"), ("10<sup>3</sup>", "10³"), ("35<sup>50</sup>", "35⁵⁰"), ("H<sub>2</sub>O", "H2O"),
        ("<s>60</s>", "60"), ("一<br>二", "一\n二"),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(tmp_path: Path, cell: str, shown: str) -> None:
    file = read(tmp_path, ["标题", cell])
    assert file.sheets[0].rows[1][1] == shown
    assert file.findings == []


def test_a_figure_struck_whole_stays_and_is_marked(tmp_path: Path) -> None:
    sheet = read(tmp_path, ["<s>60</s>", '<span class="gone">60</span>', "<s>5</s>6"]).sheets[0]
    assert sheet.struck == {1: 1, 2: 1}


def test_styles_that_are_not_in_the_file_are_asked_about(tmp_path: Path) -> None:
    file = read(tmp_path, ['<span class="sr-only">00060</span>60'], head="")
    assert [(finding.severity, finding.row) for finding in file.findings] == [("warning", 1)]
    file = read(tmp_path, ["60"], head="<style>td[data-key]{display:none}</style>")
    assert [finding.severity for finding in file.findings] == ["warning"]


def test_a_hidden_cell_is_gone_and_a_hidden_column_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    hidden = '<td style="display:none">9</td>'
    rows = ["<tr><td>日期</td><td>人数</td></tr>", f"<tr>{hidden}<td>1</td><td>2</td></tr>"]
    with Reader() as reader:
        path.write_text(f"<meta charset=utf-8><table>{''.join(rows)}</table>", "utf-8")
        assert reader.read(path, "a.xls").sheets[0].rows[1] == ["1", "2"]
        path.write_text(f"<meta charset=utf-8><table>{rows[1] * 2}</table>", "utf-8")
        assert reader.read(path, "a.xls").sheets[0].rows[1] == ["9", "1", "2"]


def cells(tmp_path: Path, *written: str, head: str = "") -> list[Cell]:
    """The second column of a page whose cells are these."""
    path = tmp_path / "a.xls"
    rows = "".join(f"<tr><td>甲</td>{cell}<td>乙</td></tr>" for cell in written)
    path.write_text(f"<html><head><meta charset=utf-8>{head}</head><body><table>{rows}</table></body></html>", "utf-8")
    with Reader() as reader:
        file = reader.read(path, "a.xls")
    assert file.findings == []
    return [row[1] for row in file.sheets[0].rows]


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("<td style='mso-number-format:\"0\\.00\\0022万元\\0022\"'>0.35</td>", "0.35万元"), ("<td class=u>1,200</td>", "1200余人"),
        ("<td style='mso-number-format:\"0\\.00\\0022万元\\0022\"' x:num=\"0.35\">0.35万元</td>", "0.35万元"),
        ("<td style='mso-number-format:\"0\\.00\\0022万元\\0022\"'>0.35万元</td>", "0.35万元"), ("<td style='mso-number-format:Percent'>0.5</td>", "50%"),
        ("<td style='mso-number-format:Percent'>50%</td>", "50%"), ("<td style=\"mso-number-format:'\\@'\">001</td>", "001"),
        ("<td style='mso-number-format:\"\\#\\,\\#\\#0\\.00\"'>1,200.00</td>", "1,200.00"), ('<td x:num="0.6">1</td>', "1"),
        ('<td x:num>35000</td>', "35000"), ("<td style='mso-number-format:\"yyyy\\\\/m\\\\/d\"' x:num=\"45721\">2025/3/5</td>", "2025/3/5"),
    ],
)  # fmt: skip
def test_a_number_format_is_read_as_excel_shows_it(tmp_path: Path, cell: str, seen: str) -> None:
    head = '<style>.u{mso-number-format:"0\\0022余人\\0022"}</style>'
    assert cells(tmp_path, cell, head=head) == [seen]


def test_a_stored_number_that_is_shown_divided_and_a_date_without_a_year_say_so(tmp_path: Path) -> None:
    by_format = '<td style="mso-number-format:\'0\\.0\\,\'" x:num="35000">35.0</td>'
    dated = '<td style=\'mso-number-format:"m\\0022月\\0022d\\0022日\\0022"\' x:num="46361">12月5日</td>'
    shown = cells(tmp_path, by_format, '<td x:num="35000">35.0</td>', dated)
    assert shown == [35, 35, datetime.date(2026, 12, 5)]
    assert [type(cell) for cell in shown] == [ShrunkNumber, ShrunkNumber, YearlessDate]


def test_backgrounds_and_tips_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    rows = '<tr bgcolor="silver"><td title="作废">1</td><td style="background:#FFF">2</td></tr><tr><td class=g></td><td bgcolor=yellow>3</td></tr>'
    rows += '<tr><td style="background-color: rgb(255, 0, 1)">4</td><td>5</td></tr>'
    path.write_text(f"<meta charset=utf-8><style>.g{{background:#abc}}</style><table>{rows}</table>", "utf-8")
    with Reader() as reader:
        sheet = reader.read(path, "a.xls").sheets[0]
    assert sheet.fills == {(1, 1): "C0C0C0", (2, 1): "AABBCC", (2, 2): "YELLOW", (3, 1): "FF0001"}
    assert sheet.comments == {(1, 1): "作废"}
