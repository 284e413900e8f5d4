"""Tables of Word within others, and sentences in their cells: each figure is read once, and remarked at its place."""

import io
from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from fazhi.checking.answering.answer import with_comments
from fazhi.checking.answering.page import as_page
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.check import judged
from fazhi.checking.reading.draft import read_draft
from fazhi.dictionary.loading import load_specs

VALUES = {"disputes.mediated": (125, 118), "drills.held": (14, 12), "inspections.visits": (371, 352)}


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    figures = [Figure(specs[name], Decimal(now), Decimal(before), {}) for name, (now, before) in VALUES.items()]
    return Ledgers(2025, tuple(figures), lambda *_: None, {}, (), frozenset())


def _filled(table, rows):
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _written(folder, drills="14", note="全年调解纠纷125件。", last="执法检查371家次。"):
    """A table with a sentence across its last row, in the cell beside it a table, and a sentence below that."""
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    _filled(table, [("事项", "2025年", "2024年"), ("调解纠纷（件）", "125", "118"), (note, "", "")])
    table.cell(2, 1).merge(table.cell(2, 2))
    inner = table.cell(2, 1).add_table(rows=2, cols=2)
    _filled(inner, [("应急演练（场）", "植树（棵）"), (drills, "300")])
    table.cell(2, 1).add_paragraph(last)
    document.add_paragraph("其余见附件。")
    document.save(folder / "稿.docx")
    return folder / "稿.docx"


def _answer(path, ledgers):
    draft = read_draft(path)
    return judged(draft, path.name, 2025, ledgers)


def test_each_figure_is_read_once_wherever_it_stands(tmp_path, ledgers):
    answer = _answer(_written(tmp_path), ledgers)
    told = [(one.claim.quantity.text, one.verdict) for one in answer.judgements]
    assert told == [
        ("125", "right"), ("118", "right"), ("125件", "right"), ("14", "right"), ("300", "unknown"), ("371家次", "right"),
    ]  # fmt: skip
    for one in answer.judgements:
        quantity = one.claim.quantity
        assert answer.draft.text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize("wrong", [{"drills": "41"}, {"note": "全年调解纠纷152件。"}, {"last": "执法检查317家次。"}])
def test_a_wrong_one_is_found_alone_and_has_its_comment_and_its_colour(tmp_path, wrong, ledgers):
    path = _written(tmp_path, **wrong)
    answer = _answer(path, ledgers)
    assert answer.counts["wrong"] == 1 and answer.counts["doubtful"] == 0
    assert len(docx.Document(io.BytesIO(with_comments(path.read_bytes(), answer))).comments) == 1
    assert as_page(answer).count('<mark class="wrong" id=') == 1


def test_tables_within_tables_many_times_end(tmp_path, ledgers):
    document = docx.Document()
    place = document.add_table(rows=2, cols=2)
    for _ in range(30):
        place = place.cell(0, 0).add_table(rows=2, cols=2)
    _filled(place, [("应急演练（场）", "调解纠纷（件）"), ("41", "125")])
    document.save(tmp_path / "稿.docx")
    assert [one.verdict for one in _answer(tmp_path / "稿.docx", ledgers).judgements] == ["wrong", "right"]


def test_a_comment_says_where_the_right_figure_comes_from(tmp_path, ledgers):
    path = _written(tmp_path, drills="41")
    known = replace(ledgers, titles={"drills": "应急演练台账"}, keepers={"drills": "应急管理办"})
    (comment,) = docx.Document(io.BytesIO(with_comments(path.read_bytes(), _answer(path, known)))).comments
    assert comment.text == "41：与台账不符。2025年“应急演练”应为14场。依据：应急演练台账（应急管理办）。"
