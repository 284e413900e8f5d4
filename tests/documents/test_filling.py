"""A chart that does not fit lets text and tables go before it; nothing is lost, no number moves."""

import pytest

from fazhi.documents import filling
from fazhi.documents.arrange import arrange
from fazhi.documents.model import Column, Document, Figure, Heading, Paragraph, Run, Table
from made.sample_document import chart

TEXT = Paragraph(runs=(Run(text="一行正文"),))
HEAD = Heading(level=1, text="一、标题", depth=1)


def figure() -> Figure:
    return chart().model_copy(update={"caption": "图", "source": "来源"})


def table(rows: int) -> Table:
    return Table(caption="表", columns=(Column(title="甲"), Column(title="乙")), rows=(("一", "2"),) * rows)


def order(*blocks: object, start: int) -> list[str]:
    return [block.type for block in filling.filled(blocks, start)]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (0, ["figure", "table", "heading"]),
        (15, ["table", "figure", "heading"]),  # seven lines left, the chart takes nine
        (20, ["figure", "table", "heading"]),  # two lines are not worth it
    ],
)
def test_a_long_table_goes_before_a_chart_that_does_not_fit(start: int, found: list[str]) -> None:
    assert 7 < filling.lines(figure()) <= 10
    assert order(figure(), table(12), HEAD, start=start) == found


def test_no_chart_leaves_its_section_nor_lets_a_table_go_that_does_not_fit_either() -> None:
    assert order(figure(), HEAD, TEXT, start=15) == ["figure", "heading", "paragraph"]
    assert order(figure(), table(6), start=18) == ["figure", "table"]
    assert order(figure(), figure(), TEXT, start=15) == ["figure", "figure", "paragraph"]


def test_lines_are_those_of_the_page() -> None:
    assert filling.lines(Paragraph(runs=(Run(text="字" * 26),))) == 1
    assert filling.lines(Paragraph(runs=(Run(text="字" * 27),))) == 2
    assert filling.lines(HEAD) == 1


def test_the_whole_paper_is_there_in_its_own_numbers() -> None:
    blocks = [*[TEXT] * 14, figure(), table(12), TEXT]
    page = filling.fill_pages(arrange(Document(meta={"title": "题"}, blocks=blocks)))
    assert [getattr(block, "caption", "") for block in page.body] == [""] * 14 + ["表1　表", "图1　图", ""]
