"""Running numbers of figures and tables and the references to them: closed up where one is left out, never typed."""

import pytest

from fazhi.documents.arrange import arrange
from fazhi.documents.model import Document, Figure, Run, Table
from fazhi.documents.numbering import see
from made.sample_document import chart


def figure(id: str, caption: str = "某图") -> Figure:
    return chart().model_copy(update={"id": id, "caption": caption})


def paper(*blocks: object) -> Document:
    return Document(meta={"title": "题"}, blocks=blocks)


def paragraph(*runs: object) -> dict[str, object]:
    return {"type": "paragraph", "runs": [{"text": run} if isinstance(run, str) else run for run in runs]}


def table(id: str, caption: str = "某表") -> Table:
    return Table(id=id, caption=caption, columns=({"title": "甲"},), rows=(("1",),))


def said(document: Document) -> list[str]:
    page = arrange(document)
    blocks = [*page.body, *(block for _, inside in page.attachments for block in inside)]
    return ["".join(r.text for r in b.runs) if b.type == "paragraph" else getattr(b, "caption", "") for b in blocks]


def test_numbers_run_through_text_and_attachments() -> None:
    head = {"type": "attachment", "title": "附图"}
    document = paper(
        paragraph("件数增加", see("a", "t"), "。"), table("t"), head, figure("a"), {**head, "title": "附表"}, figure("b"), table("u")
    )  # fmt: skip
    assert said(document) == ["件数增加（见图1、表1）。", "表1　某表", "图1　某图", "图2　某图", "表2　某表"]


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ((figure("b"),), "件数增加（见图1）。"),
        ((figure("a"), figure("b")), "件数增加（见图1、图2）。"),
        ((), "件数增加。"),
    ],
    ids=["one left out", "both", "none"],
)
def test_numbers_close_up_and_nothing_refers_to_what_is_left_out(blocks: tuple[Figure, ...], text: str) -> None:
    assert said(paper(paragraph("件数增加", see("a", "b"), "。"), *blocks))[0] == text


def test_no_brackets_after_brackets() -> None:
    assert (
        said(paper(paragraph("最多的是两年（各26件）", see("a"), "。"), figure("a")))[0]
        == "最多的是两年（各26件），见图1。"
    )


def test_a_number_that_somebody_typed_is_replaced() -> None:
    assert said(paper(figure("a", "图7　某图"), table("t", "表 3-1：某表"), figure("b", ""))) == [
        "图1　某图",
        "表1　某表",
        "图2",
    ]


OPEN, SURE = Run(text="5件", open=True), Run(text="7件", figure="f")


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((OPEN, Run(text="，"), OPEN, Run(text="。")), "※5件，5件。"),
        ((OPEN, Run(text="，"), SURE, Run(text="。")), "5件※，7件。"),
        ((OPEN, Run(text="。")), "5件※。"),
    ],
    ids=["all open", "one of two", "only one"],
)
def test_one_mark_before_it_says_that_all_figures_of_a_paragraph_may_move(runs: tuple[Run, ...], text: str) -> None:
    evidence = {"f": {"label": "某", "shown": "7件"}}
    document = Document(meta={"title": "题"}, blocks=[{"type": "paragraph", "runs": runs}], evidence=evidence)
    assert said(document) == [text]


def test_a_list_of_one_is_a_paragraph() -> None:
    (block,) = arrange(paper({"type": "list", "items": ["只有一条"], "ordered": True})).body
    assert block.type == "paragraph" and block.runs[0].text == "只有一条"
