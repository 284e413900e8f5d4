"""Private values are found in every kind of output, in any width and spacing; plain words are not."""

import io
import zipfile

import pandas as pd
import pytest

from conftest import make_file, make_sheet
from fazhi.disclosure import Secrets, offences, secrets, texts
from fazhi.recognition import recognise
from fazhi.sources import Source, Survey

HEADER = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "身份证号", "联系电话", "调解结果"]
ROW = ["2025-1-2", "龙井村", "邻里", "欧阳青禾、柳 絮", "报告", "500107187810106044", "138-0000 1234", "成功"]


@pytest.fixture
def hidden(known):
    file = make_file("司法所/纠纷.xlsx", make_sheet([["矛盾纠纷调解台账"], HEADER, ROW]))
    return secrets(Survey(2025, [Source(file, recognise(file, known)[0])], []), known)


def test_every_private_value_is_sought_and_a_name_that_is_our_word_only_alone(hidden):
    assert set(hidden.anywhere) == {"欧阳青禾", "柳絮", "500107187810106044", "13800001234"}
    assert set(hidden.alone) == {"报告"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("调解员为欧阳青禾调解", {"person"}),
        ("柳　絮", {"person"}),
        ("欧\u200b阳青禾", {"person"}),
        ("电话１３８００００１２３４", {"phone"}),
        ("138 0000 1234", {"phone"}),
        ("证号500107187810106044。", {"identity"}),
        ("<td>报告</td>", {"person"}),
        ("法治政府建设情况报告", set()),
        ("青禾欧阳", set()),
        ("1380000", set()),
    ],
)
def test_a_text(hidden, text, kinds):
    assert hidden.found_in([text.replace("<td>", " ").replace("</td>", " ")]) == kinds


def _docx(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:p><w:t>欧阳</w:t></w:p><w:p><w:t>{text[:2]}</w:t><w:t>{text[2:]}</w:t></w:p>"
        )
    return buffer.getvalue()


def _parquet(text: str) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame({"matter": ["其他", text]}).to_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.json", lambda t: f'{{"x": "{t}"}}'.encode()),
        ("a.ipynb", lambda t: f'{{"text": "一\\n{t}"}}'.encode()),
        ("a.html", lambda t: f"<p title='x'>{t[:2]}<b>{t[2:]}</b></p>".replace("<b>", "").replace("</b>", "").encode()),
        ("a.svg", lambda t: f"<svg><text>{t}</text></svg>".encode()),
        ("a.docx", _docx),
        ("a.parquet", _parquet),
    ],
)  # fmt: skip
def test_it_is_found_in_every_kind_of_file(hidden, name, make):
    assert offences({name: make("欧阳青禾"), "clean.json": b"{}"}, hidden) == {name: {"person"}}


def test_it_is_found_in_a_pdf(hidden):
    import typst

    pdf = typst.compile(b'#set text(font: "Noto Serif SC")\n13800001234', format="pdf")
    assert offences({"a.pdf": bytes(pdf)}, hidden) == {"a.pdf": {"phone"}}


def test_a_picture_holds_no_text():
    assert list(texts("a.png", b"\x89PNG")) == []


def test_no_secrets_find_nothing():
    assert Secrets({}, {}).found_in(["任何文字"]) == set()
