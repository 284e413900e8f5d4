"""The document for publication: its numbers are those of the clean tables, and no small count is in any part of it."""

import json
import re

import pytest

from fazhi.documents.html import render_html
from fazhi.trend_report.document import compose
from fazhi.trend_report.explorer import explorer_data
from fazhi.trends.finding import Finding
from made.explorer_views import HOSTILE, cases, view_of

TWO_YEARS = [*cases(2024, (20, "龙井村", "邻里纠纷"), (9, "青木村", "合同纠纷"), (7, "桂花村", "物业纠纷")),
             *cases(2025, (24, "龙井村", "邻里纠纷"), (12, "青木村", "合同纠纷"), (1, "桂花村", "物业纠纷"))]  # fmt: skip


def embedded(page):
    return json.loads(re.search(r'<script type="application/json" id="explorer-data">(.*?)</script>', page, re.S)[1])


def test_the_page_the_tables_and_the_clean_rows_say_the_same(settings):
    view = view_of(settings, TWO_YEARS)
    document = compose(view, [])
    tables = {block.caption: block for block in document.blocks if block.type == "table"}
    rows = {row[0]: row[1:] for row in tables["各村（居）受理件数（件）"].rows}
    assert rows == {"龙井村": ("20", "24", "44"), "其余": ("16", "13", "29"), "合计": ("36", "37", "73")}
    data = embedded(render_html(document))
    assert data == json.loads(json.dumps(explorer_data(view, view.published())))
    for line in data["lines"]:
        if line["d"] == "village":
            assert [str(sum(counts)) for counts in line["v"].values()] == list(rows[line["n"]][:2])


def test_of_one_year_no_sum_stands_beside_the_same_number(settings):
    rows = [case for case in TWO_YEARS if case[0].startswith("2025") or "2025" in str(case[0])]
    for cases_of, heads in ((TWO_YEARS, ["村（居）", "2024年", "2025年", "合计"]), (rows, ["村（居）", "2025年"])):
        tables = {one.id: one for one in compose(view_of(settings, cases_of), []).blocks if one.type == "table"}
        assert [column.title for column in tables["by-village"].columns] == heads


def test_what_is_small_is_nowhere_in_the_page(settings):
    page = render_html(compose(view_of(settings, TWO_YEARS), []))
    assert "桂花村" not in page
    assert "物业纠纷" not in page


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "没有矛盾纠纷调解台账，或台账中没有计入的行"),
        (cases(2025, (2, "龙井村", "邻里纠纷")), "各年件数都少于公布下限（3件）"),
    ],
    ids=["none", "two"],
)
def test_where_nothing_can_be_published_the_document_says_so(settings, rows, why):
    (only,) = compose(view_of(settings, rows), []).blocks
    assert only.runs[0].text == f"{why}，没有可以公布的趋势。"


def test_hostile_names_stay_text(settings):
    """A name that would end the element, begin markup or end a line of a script."""
    rows = [
        (day, HOSTILE if village == "龙井村" else village, kind, source) for day, village, kind, source in TWO_YEARS
    ]
    page = render_html(compose(view_of(settings, rows), [Finding("change", HOSTILE, "firm", village=HOSTILE)]))
    assert "<img" not in page
    assert page.count("</script>") == 2
    data = embedded(page)
    assert HOSTILE.replace("\u2028", " ") in {line["n"] for line in data["lines"]}
    assert "\u2028" not in page


def finding(**about):
    return Finding("hotspot", "某句。", "firm", **about)


def test_a_finding_leads_to_where_it_can_be_seen(settings):
    document = compose(
        view_of(settings, TWO_YEARS), [finding(village="龙井村"), finding(category="合同纠纷"), finding()]
    )
    (explorer,) = (block for block in document.blocks if block.type == "explorer")
    assert [item.link.partition("&")[0] for item in explorer.findings] == [
        "#village=%E9%BE%99%E4%BA%95%E6%9D%91", "", "#from=2024",
    ]  # fmt: skip
    assert {item.confidence for item in explorer.findings} == {"把握：可靠"}


def test_on_paper_the_findings_are_a_list(settings):
    from fazhi.documents.arrange import arrange

    one, two = (arrange(compose(view_of(settings, TWO_YEARS), [finding()] * n)).body for n in (1, 2))
    assert "某句。（把握：可靠）" in [block.runs[0].text for block in one if block.type == "paragraph"]
    assert next(b.items for b in two if b.type == "list") == ("1. 某句。（把握：可靠）", "2. 某句。（把握：可靠）")
    assert not [block for block in (*one, *two) if block.type == "explorer"]


def test_figures_and_tables_have_numbers_and_the_text_refers_to_each(settings):
    from fazhi.documents.arrange import arrange

    body = arrange(compose(view_of(settings, TWO_YEARS), [])).body
    shown = [block.caption.split("　")[0] for block in body if block.type in ("figure", "table")]
    assert [label for label in shown if label[0] == "图"] == [f"图{n}" for n in range(1, 8)]
    text = "".join(run.text for block in body if block.type == "paragraph" for run in block.runs)
    assert set(re.findall(r"[图表]\d+", text)) == set(shown)


def test_what_is_within_chance_is_told_apart_from_the_findings(settings):
    notes = [Finding("change", "合计持平。", "none"), Finding("forecast", "不给出预测。", "none")]
    blocks = compose(view_of(settings, TWO_YEARS), notes).blocks
    (explorer,) = (block for block in blocks if block.type == "explorer")
    signal = any("信号，不等于发现" in getattr(block, "caption", "") for block in blocks)
    said = (
        "经检验没有超出偶然波动的变化；控制图上有信号，只提示看哪里，不等于发现。"
        if signal
        else "没有发现超出偶然波动的变化。"
    )
    assert [item.sentence for item in explorer.findings] == [said]
    told = ["".join(run.text for run in block.runs) for block in blocks if block.type == "paragraph"]
    assert "没有超出偶然波动，或不能下结论的：合计持平。" in told


def headline(document):
    (explorer,) = (block for block in document.blocks if block.type == "explorer")
    return [item.sentence for item in explorer.findings]


def test_the_headline_agrees_with_the_charts_and_with_what_is_withheld(settings):
    alone = [Finding("change", "只有2025年的台账，没有其他年份，不能比较。", "none", period="2025")]
    assert headline(compose(view_of(settings, cases(2025, (40, "龙井村", "邻里纠纷"))), alone)) == [alone[0].sentence]
    hidden = [Finding("repeat", "某句。", "firm")]
    assert headline(compose(view_of(settings, TWO_YEARS), hidden)) == [
        "有变化或须核实之处，因涉及小的数，或尚待核实，不在此列出。"
    ]
