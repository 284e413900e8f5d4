"""What a notebook shows: tables as they should be read, charts whole in their cell."""

import base64
import re

import pandas as pd

from fazhi.documents.notebook_output import MAXIMUM_ROWS, preview, table
from made.sample_document import chart


def test_amounts_are_written_out_and_missing_ones_are_blank():
    shown = table(["合计（元）"], [(6393300.0,), (29500.5,), (None,)], "t")
    assert re.findall(r">([\d.e+]*)</td>", shown.html) == ["6393300", "29500.5", ""]
    assert shown.text.split() == ["合计（元）", "6393300", "29500.5"]


def test_a_chart_is_a_picture_no_wider_than_its_cell():
    html = preview(chart())
    data = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert data is not None and base64.b64decode(data[1]).decode() == chart().svg
    assert "max-width: 100%" in html


def test_text_is_aligned_as_pandas_writes_a_frame():
    rows = [("甲\n乙", 5, None), ("$x$\t", None, 0.5), ("", 12345, 1e10)]
    titles = ["名\r称", "行", "比例"]
    cells = [("甲\n乙", "5", ""), ("$x$\t", "", "0.5"), ("", "12345", "1e+10")]
    assert table(titles, rows, "t").text == pd.DataFrame(cells, columns=titles).to_string(index=False)


def test_a_column_is_of_numbers_where_no_cell_is_anything_else():
    html = table(["行", "文件", "空"], [(1, 2, None), (None, "a", None)], "t").html
    rows = re.findall(r"<tr>(<td.*)</tr>", html)
    number = '<td class="number">'
    assert rows == [f"{number}1</td><td>2</td>{number}</td>", f"{number}</td><td>a</td>{number}</td>"]


def test_rows_that_are_not_listed_are_counted():
    shown = table(["行"], [(row,) for row in range(MAXIMUM_ROWS + 2)], "t")
    assert shown.html.count('<td class="number">') == MAXIMUM_ROWS
    assert "另有 2 行未列出。" in shown.html
    assert table(["行"], [], "t").text == "没有。"
