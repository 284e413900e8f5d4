"""Tables in notebooks: every text is only text, in cells, titles and captions."""

from lxml import html

from fazhi.documents.notebook_output import Shown, table
from fazhi.number_words import count, percent
from made.figures import entry

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "$x$ \\(y\\) \\href{javascript:alert(1)}{x}",
    "&amp; {{7*7}}",
)


def test_ledger_text_is_text_in_cells_titles_and_captions():
    shown = table([f"{text}列" for text in TEXTS], [TEXTS], "t", TEXTS[0] + TEXTS[1])
    page = html.fromstring(shown._repr_html_())
    assert {e.tag for e in page.iter()} == {"div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert page.xpath("//caption")[0].text == TEXTS[0] + TEXTS[1]
    assert [cell.text for cell in page.xpath("//td")] == list(TEXTS)
    assert [cell.text for cell in page.xpath("//th")] == [f"{text}列" for text in TEXTS]


def test_no_formula_is_set_from_ledger_text():
    assert "mathjax_ignore" in html.fromstring(Shown("<p>$x$</p>", "$x$")._repr_html_()).get("class")


def test_a_figure_is_rounded_here_as_in_the_report():
    share = entry(0.0625, unit="%", change=-0.0625)
    assert (share.shown(0.0625), share.shown_change) == (percent(0.0625), "-6.3个百分点")
    assert entry(2.675, unit="万元").shown(2.675) == count(2.675, "万元", 2)
    assert entry(None).shown(None) == "—"
