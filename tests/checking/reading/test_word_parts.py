"""Word files as WPS, Word and LibreOffice write them: what is seen of them is read, and what is not seen is not."""

import io
import zipfile
from decimal import Decimal

import docx
import pytest
from lxml import etree

from fazhi.checking.answering.answer import with_comments
from fazhi.checking.reading.draft import read_draft
from fazhi.checking.reading.word_parts import W, place_in, seen

from .test_draft import answer, word

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHOWN = '<w:vanish w:val="0"/>'
_BODY = f'<w:document xmlns:w="{W[1:-1]}" xmlns:mc="{_MC}"><w:body>{{}}</w:body></w:document>'


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def drafted(tmp_path, *paragraphs, parts=()):
    """A Word file with these paragraphs (XML), and further parts."""
    path = word(tmp_path, "")
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            body = "".join(one if one.startswith("<w:tbl>") else f"<w:p>{one}</w:p>" for one in paragraphs)
            target.writestr(name, _BODY.format(body) if name == "word/document.xml" else source.read(name))
        for name, content in parts:
            target.writestr(name, content)
    path.write_bytes(made.getvalue())
    return path


def changed(kind, inner, author="王某"):
    return f'<w:{kind} w:id="9" w:author="{author}">{inner}</w:{kind}>'


def deleted(text, author="王某"):
    return changed("del", f"<w:r><w:delText>{text}</w:delText></w:r>", author)


@pytest.mark.parametrize(
    "written",
    [
        f"<w:sdt><w:sdtContent>{run('开展应急演练4')}</w:sdtContent></w:sdt>{run('1场。')}",
        f"<w:smartTag>{run('开展应急演练')}<w:smartTag>{run('41')}</w:smartTag></w:smartTag>{run('场。')}",
        f"{run('开展应急演练')}<w:fldSimple w:instr='REF a'>{run('41')}</w:fldSimple>{run('场。')}",
        f"{run('开展应急演练4')}<w:hyperlink>{run('1')}</w:hyperlink>{run('场。')}",
        f"{run('开展应急演练')}<mc:AlternateContent><mc:Choice>{run('41')}</mc:Choice><mc:Fallback>{run('41')}</mc:Fallback></mc:AlternateContent>{run('场。')}",
        f"{run('开展应急')}<w:r><w:ruby><w:rt>{run('yǎn1')}</w:rt><w:rubyBase>{run('演')}</w:rubyBase></w:ruby></w:r>{run('练41场。')}",
        f"{run('开展应急演练4')}{run('99', '<w:vanish/>')}{run('1场。')}",
        f"{run('开展应急演练')}{run('4', _SHOWN)}{run('1场。')}",
        f"{run('开展应急演练')}<w:r><w:sym w:font='宋体' w:char='0034'/><w:sym w:font='Symbol' w:char='F031'/></w:r>{run('场。')}",
        f"{run('开展应急演练4')}<w:r><w:softHyphen/></w:r>{run('1场。')}",
        f"{run('开展应急演练4')}<w:r><w:lastRenderedPageBreak/><w:t>1场。</w:t></w:r>",
        run("开展应急演练4\u00ad1\u200d场。"),
        run("开展应急演练４１场。"),
        f"{run('开展应急演练')}{deleted('14')}{changed('ins', run('4'))}{run('1场。')}",
        f"{run('开展应急演练')}{changed('ins', deleted('14', '李某') + run('41'))}{run('场。')}",
        f"{changed('moveFrom', run('开展应急演练14场。'))}{changed('moveTo', run('开展应急演练41场。'))}",
    ],
)  # fmt: skip
def test_a_wrong_figure_is_found_and_remarked_at_its_place(tmp_path, written):
    path = drafted(tmp_path, written)
    told = answer(read_draft(path))
    assert [(one.verdict, one.claim.quantity.value) for one in told.judgements] == [("wrong", 41)]
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), told)))
    marks = [mark.tag.removeprefix(W) for mark in made.element.iter() if mark.tag.startswith(f"{W}commentR")]
    assert marks == ["commentRangeStart", "commentRangeEnd", "commentReference"]
    before, after = (
        "".join(etree.fromstring(xml).itertext())
        for xml in (zipfile.ZipFile(path).read("word/document.xml"), made.element.xml.encode())
    )
    assert "".join(before.split()) == "".join(after.split())


def test_a_comment_stands_on_a_figure_behind_unseen_characters(tmp_path):
    path = drafted(tmp_path, run("开\u200b展应急演练\u00ad4\u200d1场，很好。"))
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), answer(read_draft(path)))))
    assert [one.text for one in made.paragraphs[0].runs if one.text] == [
        "开\u200b展应急演练",
        "\u00ad4\u200d1场",
        "，很好。",
    ]


@pytest.mark.parametrize("minus", ["<w:noBreakHyphen/>", "<w:t>\u2011</w:t>", "<w:t>\u2212</w:t>", "<w:t>\ufe63</w:t>"])
def test_a_hyphen_that_does_not_break_is_a_minus(tmp_path, minus):
    path = drafted(tmp_path, f"{run('同比增速为')}<w:r>{minus}</w:r>{run('3.2%。')}")
    assert [one.claim.quantity.value for one in answer(read_draft(path)).judgements] == [Decimal("-3.2")]


def test_a_tab_parts_numbers(tmp_path):
    path = drafted(tmp_path, f"{run('1')}<w:r><w:tab/></w:r>{run('250件')}")
    assert [one.claim.quantity.text for one in answer(read_draft(path)).judgements] == ["250件"]


def test_paragraphs_whose_parting_is_deleted_are_one(tmp_path):
    mark = "<w:pPr><w:rPr><w:del w:id='5' w:author='王某'/></w:rPr></w:pPr>"
    path = drafted(tmp_path, f"{mark}{run('开展应急演练4')}", run("1场。"), run("开展应急演练14场。"))
    told = answer(read_draft(path))
    assert [(one.verdict, one.claim.quantity.text) for one in told.judgements] == [("wrong", "41场"), ("right", "14场")]
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), told)))
    assert len(list(made.paragraphs[0]._p.iter(f"{W}commentRangeStart"))) == 1


def test_a_deleted_row_is_no_row_of_the_table(tmp_path):
    def row(name, number, mark="", change="{}"):
        cells = "".join(
            f"<w:tc><w:p>{change.format(run(text) if change == '{}' else f'<w:r><w:delText>{text}</w:delText></w:r>')}</w:p></w:tc>"
            for text in (name, number)
        )
        return f"<w:tr><w:trPr>{mark}</w:trPr>{cells}</w:tr>"

    gone = row("应急演练", "41", "<w:del w:id='1' w:author='王某'/>", "<w:del w:id='2' w:author='王某'>{}</w:del>")
    table = f"<w:tbl>{row('指标', '数量')}{gone}{row('应急演练', '14')}</w:tbl>"
    draft = read_draft(drafted(tmp_path, table))
    assert [[cell.text for cell in line] for line in draft.tables[0]] == [["指标", "数量"], ["应急演练", "14"]]
    assert draft.tracked == ("删去“41”（王某）",)


def test_all_who_changed_a_figure_are_named(tmp_path):
    nested = changed("ins", deleted("52", "李某"))
    written = f"{run('开展应急演练1')}{deleted('25')}{nested}{changed('ins', run('4'), '李某')}{run('场。')}"
    assert read_draft(drafted(tmp_path, written)).tracked == ("“125场”改为“14场”（王某、李某）",)


def test_a_moved_sentence_is_told_as_moved_and_one_that_changed_on_the_way_as_changed(tmp_path):
    moved = [changed("moveFrom", run("开展应急演练14场。")), changed("moveTo", run("开展应急演练14场。"))]
    cut = [deleted("法律咨询660件次。"), changed("ins", run("法律咨询606件次。"))]
    draft = read_draft(drafted(tmp_path, moved[0], cut[0], run("正文。"), moved[1], cut[1]))
    assert draft.tracked == ("移动“14场”（王某）", "删去“660件次”（王某）", "插入“606件次”（王某）")


def test_figures_in_headers_and_footers_are_told_once(tmp_path):
    header = f'<w:hdr xmlns:w="{W[1:-1]}"><w:p>{run("开展应急演练41场")}</w:p></w:hdr>'
    parts = [
        ("word/header1.xml", header),
        ("word/header2.xml", header),
        ("word/footer1.xml", header.replace("41", "15")),
    ]
    path = drafted(tmp_path, run("正文。"), parts=parts)
    made = docx.Document(io.BytesIO(with_comments(path.read_bytes(), answer(read_draft(path)))))
    (comment,) = made.comments
    assert comment.text.splitlines() == [
        "页脚第 1 段：15场：与台账不符。2025年“应急演练”应为14场。", "页眉第 1 段：41场：与台账不符。2025年“应急演练”应为14场。",
    ]  # fmt: skip


def test_places_count_what_is_seen():
    written = "开\u200b展\u00ad4"
    assert seen(written) == "开展4"
    assert [written[place_in(written, at) :] for at in range(4)] == [written, "\u200b展\u00ad4", "\u00ad4", ""]
