"""Drafts read however they are split, changed or broken, and given back with comments."""

import io
import zipfile
from decimal import Decimal

import docx
import pytest

from fazhi.checking.answering.answer import Answer, as_data, as_json, with_comments
from fazhi.checking.answering.page import as_page
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.checking.reading.draft import read_draft
from fazhi.checking.reading.pdf_text import joined_lines
from fazhi.checking.reading.word_parts import W
from fazhi.dictionary.loading import load_specs
from fazhi.errors import LedgerError

LEDGERS = Ledgers(
    2025,
    (Figure(load_specs().indicators["drills.held"], Decimal(14), Decimal(12), {}),),
    lambda *_: None,
    {},
    (),
    frozenset(),
)


def word(tmp_path, *runs, table=(), name="稿.docx"):
    """A Word file with one paragraph of these runs, and a table cell a text."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    if table:
        cells = document.add_table(rows=1, cols=len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    path = tmp_path / name
    document.save(path)
    return path


def answer(draft, name="稿.docx"):
    return Answer(name, 2025, draft, tuple(judge(bind(draft.text, LEDGERS), LEDGERS)))


def test_a_figure_split_over_runs_and_one_in_a_table_are_found(tmp_path):
    draft = read_draft(word(tmp_path, "开展应急演", "练1", "4", "场。", table=("应急演练15场",)))
    assert [one.verdict for one in answer(draft).judgements] == ["right", "wrong"]


def test_the_draft_comes_back_with_a_comment_at_the_wrong_figure_and_the_same_bytes_each_time(tmp_path):
    path = word(tmp_path, "开展应急演练", "4", "1场。")
    made = [with_comments(path.read_bytes(), answer(read_draft(path))) for _ in range(2)]
    assert made[0] == made[1]
    (comment,) = docx.Document(io.BytesIO(made[0])).comments
    assert comment.text == "41场：与台账不符。2025年“应急演练”应为14场。"
    assert "开展应急演练41场。" in [paragraph.text for paragraph in docx.Document(io.BytesIO(made[0])).paragraphs]


def test_tracked_changes_are_taken_as_accepted_and_listed(tmp_path):
    path = word(tmp_path, "开展应急演练41场。")
    inserted = f'<w:ins w:author="王某" xmlns:w="{W[1:-1]}"><w:r><w:t>14</w:t></w:r></w:ins>'
    deleted = f'<w:del w:author="王某" xmlns:w="{W[1:-1]}"><w:r><w:delText>41</w:delText></w:r></w:del>'
    path.write_bytes(
        edited(
            path,
            lambda text: text.replace(
                "开展应急演练41场。", f"开展应急演练</w:t></w:r>{deleted}{inserted}<w:r><w:t>场。"
            ),
        )
    )
    draft = read_draft(path)
    assert "应急演练14场" in draft.text
    assert draft.tracked == ("“41场”改为“14场”（王某）",)


def test_a_change_within_a_number_is_told_by_the_whole_figures_and_one_of_words_not_at_all(tmp_path):
    path = word(tmp_path, "开展应急演练125场，发放罚款2.95万元，共评查23次，镇党委会学法。")
    pieces = {
        "25场": ("1", "25", "52", "场"), "2.95万元": ("", "2.95万", "2.95", "元"), "23次": ("", "23次", "", ""), "镇党委会": ("", "镇", "", "党委会"),
    }  # fmt: skip

    def change(text):
        for figure, (left, was, now, right) in pieces.items():
            new = f'</w:t></w:r><w:del w:author="Unknown Author"><w:r><w:delText>{was}</w:delText></w:r></w:del>'
            new += f'<w:ins w:author="Unknown Author"><w:r><w:t>{now}</w:t></w:r></w:ins><w:r><w:t>{right}'
            text = text.replace(left + figure if left else figure, left + new)
        return text

    path.write_bytes(edited(path, change))
    assert read_draft(path).tracked == (
        "“125场”改为“152场”（不详）",
        "“2.95万元”改为“2.95元”（不详）",
        "删去“23次”（不详）",
    )


def test_what_fazhi_has_remarked_before_is_taken_away_and_other_comments_stay(tmp_path):
    path = word(tmp_path, "开展应急演练", "41", "场。")
    document = docx.Document(path)
    for author in ("法治报告", "法治核对", "王科"):
        document.add_comment(document.paragraphs[0].runs[1], text=f"{author}说", author=author)
    document.save(path)
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), answer(read_draft(path)))))
    assert sorted(comment.author for comment in made.comments) == ["法治核对", "王科"]
    assert {comment.text for comment in made.comments} == {"王科说", "41场：与台账不符。2025年“应急演练”应为14场。"}
    marks = [mark for tag in ("Start", "End") for mark in made.element.iter(f"{W}commentRange{tag}")]
    assert len(marks) == 4 and made.paragraphs[0].text == "开展应急演练41场。"


def test_a_figure_in_a_text_box_has_its_comment_where_the_box_is_anchored(tmp_path):
    path = word(tmp_path, "正文。")
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>开展应急演练41场。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    path.write_bytes(edited(path, lambda text: text.replace("</w:p>", box, 1)))
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), answer(read_draft(path)))))
    (mark,) = made.element.iter(f"{W}commentRangeStart")
    assert [one.text for one in made.comments] and not list(mark.iterancestors(f"{W}txbxContent"))


def edited(path, change, without=""):
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in set(source.namelist()) - {without}:
            content = source.read(name)
            if name == "word/document.xml":
                content = change(content.decode()).encode()
            target.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "稿.txt"
    path.write_bytes("一、工作情况\r\n开展应急演练14场，化解矛盾纠纷，受理登记。".encode(encoding))
    assert [one.verdict for one in answer(read_draft(path)).judgements] == ["right"]


def test_lines_that_a_page_has_broken_are_joined():
    assert (
        "十四届" not in joined_lines("a")
        and joined_lines("我镇全年组织开展了各类应急演练共计达到了十\n四场。")
        == "我镇全年组织开展了各类应急演练共计达到了十\n四场。"
    )
    assert (
        joined_lines("我镇全年组织开展了各类应急演练和培训活动共计达到\n14场。\n下一段。")
        == "我镇全年组织开展了各类应急演练和培训活动共计达到14场。\n下一段。"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.txt", b"", "空文件"), ("坏.docx", b"PK\x03\x04broken", "没有核对"), ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为 .docx"),
        ("图.pdf", b"%PDF-1.4 broken", "PDF 已损坏"), ("图.png", b"\x89PNG\r\n", "不是 .docx"), ("空白.txt", b" \n ", "没有文字"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_chinese(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LedgerError, match=said):
        read_draft(tmp_path / name)


def test_a_bomb_and_an_entity_are_refused(tmp_path):
    path = word(tmp_path, "开展应急演练14场。")
    path.write_bytes(edited(path, lambda text: text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1)))
    with pytest.raises(LedgerError, match="没有核对"):
        read_draft(path)


def test_a_bomb_is_refused_in_words_of_word(tmp_path):
    path = word(tmp_path, "开展应急演练14场。")
    path.write_bytes(edited(path, lambda text: text.replace("开展", "A" * 50_000_000)))
    with pytest.raises(LedgerError, match=r"压缩炸弹；请用 Word 打开"):
        read_draft(path)


def test_a_comment_stands_on_the_figure_alone(tmp_path):
    path = word(tmp_path, "全年开展应急演练41场，参加的人很多。")
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), answer(read_draft(path)))))
    texts = [run.text for run in made.paragraphs[0].runs if run.text]
    assert texts == ["全年开展应急演练", "41场", "，参加的人很多。"]


def test_what_cannot_be_written_again_is_answered_without_comments(tmp_path):
    path = word(tmp_path, "开展应急演练41场。")
    broken = edited(path, lambda text: text, without="[Content_Types].xml")
    path.write_bytes(broken)
    told = answer(read_draft(path))
    assert told.is_wrong
    assert with_comments(broken, told) is None


def test_a_paragraph_of_very_many_runs_is_answered_in_time(tmp_path):
    path = word(tmp_path, *["开展应急", "演练41场。"] * 4000)
    made = with_comments(path.read_bytes(), answer(read_draft(path)))
    comments = [comment.text for comment in docx.Document(io.BytesIO(made)).comments]
    assert "处没有批注，见核对网页" in comments[-1]


def test_our_own_comments_are_no_part_of_a_draft_and_those_of_others_keep_their_dates(tmp_path):
    path = word(tmp_path, "开展应急演练41场。")
    document = docx.Document(path)
    document.add_comment(document.paragraphs[0].runs, text="演练15场？", author="王某", initials="王")
    document.save(path)
    path.write_bytes(with_comments(path.read_bytes(), answer(read_draft(path))))
    again = answer(read_draft(path))
    assert [one.claim.quantity.text for one in again.judgements] == ["41场", "15场"]
    with zipfile.ZipFile(path) as package:
        assert package.read("word/comments.xml").count(b"w:date=") == 1


def test_markup_in_a_draft_stays_text(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text("<script>alert(1)</script>应急演练41场", encoding="utf-8")
    page = as_page(answer(read_draft(path), "<b>.txt"))
    assert "<script>" not in page and "<b>" not in page
    assert '"verdict": "wrong"' in as_json(answer(read_draft(path)))


def test_what_is_said_of_a_footnote_stands_at_the_mark_that_refers_to_it(tmp_path):
    path = word(tmp_path, "应急工作见注", "。")
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    path.write_bytes(edited(path, lambda text: text.replace("</w:p>", mark, 1)))
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in ((1, "见附表"), (7, "开展应急演练41场。"))
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W[1:-1]}">{notes}</w:footnotes>')
    made = with_comments(path.read_bytes(), answer(read_draft(path)))
    (comment,) = docx.Document(io.BytesIO(made)).comments
    assert comment.text == "脚注：41场：与台账不符。2025年“应急演练”应为14场。"
    body = docx.Document(io.BytesIO(made)).element.xml
    assert body.index("commentRangeStart") < body.index("footnoteReference") < body.index("commentRangeEnd")


def test_what_a_figure_counts_is_told_whether_a_ledger_answers_or_not(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text("开展应急演练41场，巡查河道126公里。\n|事项|数|\n|铲雪|14次|\n", encoding="utf-8")
    claims = as_data(answer(read_draft(path)))["claims"]
    assert [one["counted"] for one in claims] == ["开展应急演练", "巡查河道", "铲雪"]


def test_a_sentence_without_an_end_is_quoted_around_each_figure(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text("，".join(["开展应急演练41场"] * 1000), encoding="utf-8")
    told = answer(read_draft(path))
    sentences = [one["sentence"] for one in as_data(told)["claims"]]
    assert len(sentences) == 1000 and all("应急演练41场" in one for one in sentences)
    assert max(map(len, sentences)) < 1100 and sentences[0].endswith("…") and sentences[-1].startswith("…")
