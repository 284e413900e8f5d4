"""The document model: text is only characters, faults are named, pictures are only drawings."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.documents.model import MIME, Document, Run
from fazhi.documents.notebook_output import display
from fazhi.documents.printable import plain
from fazhi.documents.svg import clean_svg
from fazhi.errors import PublishError
from made.sample_document import META, sample

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def build(*blocks: object, **content: object) -> Document:
    return Document(meta={"title": "报告"}, blocks=blocks, **content)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("合同\n审查\t136件", "合同 审查 136件"),
        ("零\u200b宽\ufeff和\u202e反向", "零宽和反向"),
        ("控\x00制\x1b符", "控□制□符"),
        ("半个\ud83d代理", "半个□代理"),
        ("异体\U000e0100字\ufe0f", "异体字"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("镕喆〔2025〕12号", "镕喆〔2025〕12号"),
    ],
)
def test_text_is_printable_and_on_one_line(written: str, read: str) -> None:
    assert plain(written) == read


@given(st.text())
def test_any_text_is_printable_and_stays_so(text: str) -> None:
    shown = plain(text)
    shown.encode("utf-8")
    assert plain(shown) == shown
    assert not any(c in shown for c in "\r\n\t\x00\u202e\u200b")


def test_a_document_survives_json() -> None:
    document = sample()
    assert Document(**json.loads(json.dumps(document.to_json()))) == document


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"type": "marquee"}, "文档第 2 块的类型“marquee”不认识，应为 heading、paragraph、"),
        ({"type": "heading", "level": 5, "text": "x"}, "文档第 2 块的“heading.level”不对："),
        (
            {"type": "heading", "level": 1, "text": "x", "colour": "red"},
            "文档第 2 块的“heading.colour”不对：没有这个字段。",
        ),
        ({"type": "paragraph"}, "文档第 2 块的“paragraph.runs”不对：缺少。"),
        (
            {"type": "table", "caption": "表", "columns": [{"title": "甲"}], "rows": [["1", "2"]]},
            "表“表”第 1 行有 2 格，应为 1 格",
        ),
        ({"type": "figure", "id": "f", "caption": "图", "alt": "图"}, "图“图”没有图像"),
    ],
)
def test_a_faulty_block_is_named(block: dict, message: str) -> None:
    with pytest.raises(PublishError) as error:
        build({"type": "heading", "level": 1, "text": "一、"}, block)
    assert message in str(error.value)


def test_a_figure_in_the_text_needs_its_evidence() -> None:
    with pytest.raises(PublishError, match=r"“136件次”引用了“contracts\.reviewed”，但文档没有它的出处"):
        build({"type": "paragraph", "runs": [Run(text="136件次", figure="contracts.reviewed")]})


def test_a_misspelt_meta_key_is_an_error() -> None:
    with pytest.raises(PublishError, match=r"文档的“meta\.adressee”不对：没有这个字段"):
        Document(meta=META | {"adressee": "区政府"}, blocks=[])


def test_display_hands_over_the_model_and_escaped_html() -> None:
    document = build({"type": "paragraph", "runs": [{"text": "<b>甲</b>"}]})
    bundle = display(document)._repr_mimebundle_()
    assert Document(**bundle[MIME]) == document
    assert "<p>&lt;b&gt;甲&lt;/b&gt;</p>" in bundle["text/html"]
    assert bundle["text/plain"] == "报告（1 块，0 个有出处的数）"


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        "<a href='https://example.org'><text>x</text></a>",
        "<path onload='alert(1)'/>",
        "<use xlink:href='https://example.org/a.svg#b'/>",
        "<image href='https://example.org/a.png'/>",
        "<image href='data:image/svg+xml;base64,AAAA'/>",
        "<path style='fill:url(https://example.org/x)'/>",
        "<path fill='url(//example.org/x)'/>",
        "<style>*{}</style><script/>",
        "<path>",
    ],
)
def test_a_picture_that_does_more_than_draw_is_refused(content: str) -> None:
    with pytest.raises(PublishError):
        clean_svg(SVG.format(content), "f")


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("<text>&a;</text>")
    with pytest.raises(PublishError, match="实体"):
        clean_svg(bomb, "f")


def test_ids_of_a_drawing_become_its_own() -> None:
    drawing = SVG.format(
        '<defs><path id="p"/><style>*{fill:red}</style></defs><use xlink:href="#p" clip-path="url(#p)"/>'
    )
    cleaned = clean_svg(drawing, "图 1")
    assert 'id="--1-p"' in cleaned and 'href="#--1-p"' in cleaned and 'clip-path="url(#--1-p)"' in cleaned
    assert "style" not in cleaned
    assert clean_svg(cleaned, "图 1") == cleaned
