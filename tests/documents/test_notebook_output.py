"""What a notebook shows: tables as they should be read, charts whole in their cell."""

import base64
import re

import pandas as pd

from fazhi.documents.notebook_output import preview, table
from made.sample_document import chart


def test_amounts_are_written_out_and_missing_ones_are_blank():
    shown = table(pd.DataFrame({"合计（元）": [6393300.0, 29500.5, None]}), "t")
    assert re.findall(r">([\d.e+]*)</td>", shown.html) == ["6393300", "29500.5", ""]
    assert shown.text.split() == ["合计（元）", "6393300", "29500.5"]


def test_a_chart_is_a_picture_no_wider_than_its_cell():
    html = preview(chart())
    data = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert data is not None and base64.b64decode(data[1]).decode() == chart().svg
    assert "max-width: 100%" in html
