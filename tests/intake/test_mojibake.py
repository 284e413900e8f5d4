"""A wrong code page garbles text: told where the words make sense in another, and never of words that make sense."""

import pytest

from fazhi.intake import Limits
from fazhi.intake.mojibake import garbled_texts
from fazhi.intake.worker import read_bytes
from made.sheets import make_sheet
from made.shown_sheets import xml_2003, xml_2003_cell

TEXTS = ["行政处罚台账", "演练日期", "参与人数"]


@pytest.mark.parametrize(
    ("truly", "read_as"),
    [
        ("gb18030", "latin-1"), ("gb18030", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gb18030", "mac_roman"), ("gb18030", "cp437"),
        ("utf-8", "cp437"), ("gb18030", "cp1251"),
    ],
)  # fmt: skip
def test_text_by_the_wrong_code_page_is_a_warning(truly: str, read_as: str) -> None:
    rows = [["1", None], ["2", *(text.encode(truly).decode(read_as) for text in TEXTS)]]
    (finding,) = garbled_texts([make_sheet(rows, "台账")])
    assert (finding.severity, finding.sheet, finding.row, finding.column) == ("warning", "台账", 2, "B")
    assert "乱码" in finding.found


@pytest.mark.parametrize(
    "texts",
    [
        [*TEXTS, "联通", "喆喆", "镕基", "鑫淼"], ["Ärger über Öl", "façade naïve", "ÐÐ"], ["Φ100 αβγ", "±5℃", "№12", "Решение"], ["¥１２３", "——", "……", "①②③"],
        ["琛屾斂澶勭綒鍙拌处"],
    ],
)  # fmt: skip
def test_words_that_make_sense_are_no_finding(texts: list[str]) -> None:
    assert garbled_texts([make_sheet([[text] for text in texts])]) == []


def test_a_file_whose_declared_encoding_lies_says_so() -> None:
    cells = "".join(xml_2003_cell(text) for text in TEXTS)
    text = xml_2003(f"<Row>{cells}</Row>").decode().replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"')
    file = read_bytes(text.encode("gb18030"), "a.xls", "", Limits())
    assert [(finding.severity, "乱码" in finding.found) for finding in file.findings] == [("warning", True)]
