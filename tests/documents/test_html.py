"""The HTML page: nothing from outside, every figure in the text leads to its evidence, headings in order."""

import base64
import hashlib
import itertools
import re

import pytest
from lxml import html

from fazhi.documents.drawing import COLOURS
from fazhi.documents.html import render_html
from fazhi.documents.model import Document
from made.sample_document import HOSTILE, hostile, sample


def tree(document: Document) -> html.HtmlElement:
    return html.document_fromstring(render_html(document))


def test_nothing_comes_from_outside() -> None:
    page = render_html(sample())
    assert set(re.findall(r"https?://[^\s\"'<)]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.findall(r"<(?:link|iframe|object|embed|base|form)\b|@import|url\((?!#|data:font)", page)


def test_only_the_known_script_may_run() -> None:
    page = tree(sample())
    (script,) = page.iter("script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{digest}';" in policy
    assert not [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on")]


def test_every_figure_in_the_text_leads_to_its_evidence() -> None:
    page = tree(sample())
    links = {link.text: link.get("href")[1:] for link in page.xpath("//a[@class='number']")}
    assert list(links) == ["136件次", "94.4%【待核实】"]
    row = page.get_element_by_id(links["136件次"]).text_content()
    for shown in ("2025年合同合法性审查台账中计入的行数", "136件次", "2024年：111件次", "增长22.52%"):
        assert shown in row
    for shown in ("司法所/合同.xlsx「Sheet1」：136行", "司法所136行", "fazhi trace contracts.reviewed --year 2025"):
        assert shown in row
    rate = page.get_element_by_id(links["94.4%【待核实】"]).text_content()
    for shown in ("数值：94.4%", "分子：118；分母：125", "增长2.4个百分点", "台账中有待核实的行，此数可能变动（3行）"):
        assert shown in rate
    back = page.xpath("//a[@class='back']/@href")
    assert all(page.get_element_by_id(target[1:]) is not None for target in back)


def test_links_and_ids_fit() -> None:
    page = tree(sample())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.xpath("//a/@href")} <= set(ids)


def test_headings_step_down_one_at_a_time() -> None:
    levels = [int(e.tag[1]) for e in tree(sample()).iter("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_tables_and_charts_can_be_heard() -> None:
    page = tree(sample())
    assert page.xpath("//table/thead//th/@scope") == ["col"] * 7
    assert page.xpath("//div[@class='chart']/@aria-label") == ["2025年各月受理件数"]
    assert page.get("lang") == "zh-CN"


def test_punctuation_stays_with_the_figure_before_it() -> None:
    kept = [e.text_content() for e in tree(sample()).xpath("//span[@class='keep']")]
    assert kept == ["136件次，", "94.4%【待核实】。"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_comes_out_as_characters(text: str) -> None:
    page = tree(hostile())
    assert text in page.xpath("//h1")[0].text_content()
    for path in ("//h2", "//td", "//caption", "//figcaption", "//li", "//p", "//a[@class='number']", "//code"):
        assert any(text in e.text_content() for e in page.xpath(path)), path
    assert any(text in label for label in page.xpath("//@aria-label"))
    assert not page.xpath("//img|//a[starts-with(@href, 'javascript')]")
    assert len(page.xpath("//script")) == 1


def test_the_same_document_gives_the_same_page() -> None:
    assert render_html(sample()) == render_html(Document(**sample().to_json()))


def test_evidence_of_a_comparison_names_both_years_in_their_own_unit() -> None:
    content = sample().to_json()
    change = {"label": "合同较上年变化", "shown": "增长23%", "value": 0.2252, "unit": "%", "previous_unit": "件次"}
    content["evidence"]["c"] = {**change, "numerator": 136, "denominator": 111, "previous": 111, "previous_year": 2024}
    content["evidence"]["c"] |= {"change": 0.2252}
    content["blocks"] = [{"type": "paragraph", "runs": [{"text": "增长23%", "figure": "c", "open": True}]}]
    page = tree(Document(**content))
    row = page.get_element_by_id("e1").text_content()  # evidence stands in the order of the text
    for shown in ("数值：22.52%", "本年：136件次；上年：111件次", "2024年：111件次", "变化：增长22.52%"):
        assert shown in row
    content["evidence"]["c"] |= {
        "numerator": 7,
        "denominator": 4,
        "previous": 4,
        "change": 0.75,
        "value": 3,
        "unit": "件次",
    }
    assert "变化：增加3件次" in tree(Document(**content)).get_element_by_id("e1").text_content()
    assert page.xpath("//span[@class='keep']")[0].text_content() == "增长23%※"


def style(page: html.HtmlElement) -> str:
    return str(page.xpath("//style")[0].text)


def block_of(css: str, start: str) -> str:
    """What a rule with rules inside holds."""
    rest = css[css.index(start) :]
    return rest[: rest.index("\n}")]


def test_each_colour_of_a_chart_has_its_own_on_a_dark_screen() -> None:
    css = style(tree(sample()))
    dark = block_of(css, "@media screen and (prefers-color-scheme: dark)")
    for colour in COLOURS:
        assert f".s-{colour} {{ stroke: " in dark
        assert f".f-{colour} {{ fill: " in (dark if colour != "paper" else css)
    found = {name for chart in tree(sample()).xpath("//svg//*/@class") for name in chart.split()}
    assert found and found <= {f"{way}-{colour}" for way in "fs" for colour in COLOURS}


def test_on_a_phone_text_is_not_spread_and_what_scrolls_says_so() -> None:
    page = tree(sample())
    css = style(page)
    assert "align: justify" not in css[: css.index("@media (min-width: 48rem)")]
    shade = block_of(css, ".scroll {")
    assert shade.count(" local") == 2 and shade.count(" scroll") == 2
    assert all(table.getparent().get("class").startswith("scroll") for table in page.iter("table"))


def test_short_names_of_rows_are_not_torn() -> None:
    def shown(name: str) -> str:
        table = {"type": "table", "caption": "", "columns": [{"title": "甲"}], "rows": [[name]]}
        return str(tree(Document(meta={"title": "题"}, blocks=[table])).xpath("//table/@class"))

    assert (shown("第一季度"), shown("一个很长很长的名字叫")) == ("['short']", "[]")
