"""The Word file: GB/T 9704 in Word's terms, comments at gaps, nothing locked; the same numbers as in PDF and HTML."""

import io
import re
import zipfile

import docx
import pypdfium2 as pdfium
from docx.oxml.ns import qn
from lxml import etree

from fazhi.documents.docx import render_docx
from fazhi.documents.html import render_html
from fazhi.documents.model import Document
from fazhi.documents.pdf import render_pdf
from made.docx_order import out_of_order
from made.published import comparable, numbers, page_text, paper_text, word_text
from made.sample_document import HOSTILE, META, hostile, sample


def word(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(render_docx(document)))


def parts(document: Document) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_three_files_hold_the_same_numbers() -> None:
    plain = comparable(sample())
    expected = numbers(word_text(plain))
    assert len(expected) > 120
    assert numbers(page_text(plain)) == expected
    assert numbers(paper_text(plain)) == expected


def test_a_figures_caption_and_source_are_in_word_too() -> None:
    assert "图1　矛盾纠纷逐月上升" in word_text(sample())
    assert numbers(page_text(sample())) == numbers(word_text(sample()))


def test_number_and_signer_share_a_line() -> None:
    line = next(one for one in word(sample()).paragraphs if "青木府" in one.text)
    assert line.text == "青木府〔2026〕3号\t签发人：张某某"
    tab = line._p.pPr.find(qn("w:tabs"))[0]
    assert (tab.get(qn("w:val")), tab.get(qn("w:pos"))) == ("right", "8528")  # 27 of 28 characters


def test_page_and_grid() -> None:
    section = word(sample()).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_styles_name_the_office_fonts_and_no_theme() -> None:
    styles = word(sample(fonts={"body": "仿宋"})).styles
    named = {
        name: styles[name].element.rPr.find(qn("w:rFonts")) for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert [named[name].get(qn("w:eastAsia")) for name in named] == ["仿宋", "方正小标宋_GBK", "黑体", "楷体_GB2312"]
    assert not [key for fonts in named.values() for key in fonts.attrib if "Theme" in key]
    spacing = styles["Normal"].element.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")


def test_runs_with_chinese_say_so_for_their_quotes() -> None:
    runs = [run for p in word(sample()).paragraphs for run in p.runs if not run.text.isascii()]
    assert len(runs) > 10
    assert {run._r.rPr.find(qn("w:rFonts")).get(qn("w:hint")) for run in runs} == {"eastAsia"}


def test_headings_are_real_and_step_by_one() -> None:
    found = word(sample())
    heads = [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith("Heading")]
    assert heads[0] == ("Heading 1", "一、主要举措和成效")
    skipped = next(p for p in found.paragraphs if p.text == "（1）跳级的标题")
    assert skipped._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "2"


def test_footers_differ_on_odd_and_even_pages() -> None:
    found = word(sample())
    assert found.settings.odd_and_even_pages_header_footer
    section = found.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (int(odd.alignment), int(even.alignment)) == (2, 0)
    assert "PAGE" in etree.tostring(odd._p, encoding="unicode")


def test_tables_repeat_their_head_and_fill_the_width() -> None:
    (table,) = word(sample()).tables
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True] + [False] * 40
    assert abs(sum(c.width.pt for c in table.columns) - 442.2) < 1
    assert table.cell(40, 2).text == "50.00"


def test_neither_a_row_nor_a_total_stands_alone_on_a_page() -> None:
    rows = word(sample()).tables[0].rows
    kept = [row.cells[0].paragraphs[0]._p.pPr.keepNext is not None for row in rows[1:]]
    assert [place for place, bound in enumerate(kept) if bound] == [0, 38, 39]  # the last with the notes below


def test_pictures_have_words_and_room() -> None:
    found = word(sample())
    (shape,) = found.inline_shapes
    assert shape._inline.docPr.get("descr") == "2025年各月受理件数"
    assert round(shape.width.mm) == 150


def test_each_gap_carries_a_comment() -> None:
    found = word(sample())
    assert [(c.author, c.text) for c in found.comments] == [("法治报告", "待核实：调解成功率")]
    assert "94.4%【待核实】" in word_text(sample())


def test_nothing_is_locked_or_from_outside() -> None:
    files = parts(sample())
    for name, content in files.items():
        assert b'TargetMode="External"' not in content, name
        assert b"documentProtection" not in content and b"w:sdt>" not in content, name
    assert not [name for name in files if "thumbnail" in name]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_docx(sample()) == render_docx(Document(**sample().to_json()))
    properties = word(sample()).core_properties
    assert (properties.title, properties.author) == (META["title"], META["issuer"])
    assert properties.created.isoformat()[:10] == "2026-01-09"


def test_markup_comes_out_as_characters() -> None:
    shown = word_text(hostile())
    pdf = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(render_pdf(hostile())))
    pdf = re.sub(r"[\s\u200b\ufffe]|—\d+—", "", pdf)
    for text in HOSTILE:
        assert shown.count(text) >= 8
        assert re.sub(r"\s", "", text) in pdf
    comments = "".join(c.text for c in word(hostile()).comments)
    assert all(text in comments for text in HOSTILE)


def test_an_open_figure_is_marked_in_all_three_and_explained_in_word() -> None:
    content = sample().to_json()
    name = next(iter(content["evidence"]))
    content["blocks"] = [{"type": "paragraph", "runs": [{"text": "136件次", "figure": name, "open": True}]}]
    content["evidence"][name]["open_rows"] = 3
    document = Document(**content)
    shown = word(document)
    assert "136件次※" in "".join(paragraph.text for paragraph in shown.paragraphs)
    assert [comment.text.startswith("待核实：台账有3行待核实，此数可能变动") for comment in shown.comments] == [True]
    assert "136件次※" in re.sub(r"<[^>]+>|\s", "", render_html(document))


def test_children_stand_in_the_order_that_word_insists_on() -> None:
    for source in (sample(), hostile()):
        for name, content in parts(source).items():
            if name.endswith(".xml") and name.startswith("word/") and "theme" not in name:
                assert out_of_order(content) == [], name


def test_the_order_check_finds_a_fault() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    assert out_of_order(f"<w:pPr {space}><w:jc/><w:ind/></w:pPr>".encode()) == ["pPr: jc ind"]
    assert out_of_order(f"<w:rPr {space}><w:color/><w:b/></w:rPr>".encode()) == ["rPr: color b"]


def test_comments_hang_on_their_run_and_ids_are_their_own() -> None:
    root = etree.fromstring(parts(hostile())["word/document.xml"])
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [found.get(qn("w:id")) for found in root.iter(qn(f"w:{mark}"))]
        assert ids == [str(comment.comment_id) for comment in word(hostile()).comments]
        assert len(ids) == len(set(ids))
    assert len({found.get("id") for found in root.iter("{*}docPr")}) == len(list(root.iter("{*}docPr")))


def test_an_edit_survives() -> None:
    opened = word(sample())
    paragraph = next(p for p in opened.paragraphs if "136件次" in p.text)
    run = next(r for r in paragraph.runs if "136件次" in r.text)
    run.text = run.text.replace("136", "137")
    opened.save(saved := io.BytesIO())
    again = docx.Document(io.BytesIO(saved.getvalue()))
    assert any("137件次" in p.text for p in again.paragraphs)
    assert [c.text for c in again.comments] == [c.text for c in word(sample()).comments]


def test_the_signature_stays_with_the_end_of_the_text() -> None:
    paragraphs = list(word(sample()).element.body.iter(qn("w:p")))
    texts = ["".join(p.itertext(qn("w:t"))) for p in paragraphs]
    end = max(place for place, text in enumerate(texts) if text == META["date"])
    start = texts.index("附件：1.主要数据表") - 1
    assert all(p.pPr.keepNext is not None for p in paragraphs[start:end])
    assert paragraphs[end].pPr.keepNext is None
