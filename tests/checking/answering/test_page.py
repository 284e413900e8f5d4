"""The page of an answer: what is to be mended stands first and points at its place, tables stay tables, nothing is lost."""

import re
from decimal import Decimal

from fazhi.checking.answering.page import as_page
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.check import judged
from fazhi.checking.reading.draft import read_draft
from fazhi.dictionary.loading import load_specs

DRAFT = "一、工作\n开展应急演练41场。\n|事项|2025年|\n|应急演练（场）|14|\n（1）应急演练：15场；\n（2）植树：300棵\n结束语。"


def test_the_page_of_a_draft(tmp_path):
    figure = Figure(load_specs().indicators["drills.held"], Decimal(14), Decimal(12), {})
    (tmp_path / "稿.txt").write_text(DRAFT, encoding="utf-8")
    draft = read_draft(tmp_path / "稿.txt")
    page = as_page(judged(draft, "稿.txt", 2025, Ledgers(2025, (figure,), lambda *_: None, {}, (), frozenset())))
    links, places = re.findall(r'href="#(n\d+)"', page), re.findall(r'class="wrong" id="(n\d+)"', page)
    assert links == places and len(links) == 2
    assert page.index("需要改或者核对的") < page.index("开展应急演练<mark")
    assert '<tr><td>应急演练（场）</td><td><mark class="right"' in page and "<td>（1）应急演练</td>" in page
    body = re.sub(r"<small>.*?</small>|<[^>]+>", "", page.partition("<h2>稿件</h2>")[2].partition("</style>")[2])
    assert re.sub(r"\s", "", body) == re.sub(r"[\s|]", "", DRAFT)
