"""A report on an office's own page: all of the template stands, its places are filled, its styles are used."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from fazhi.checking.reading.draft import read_draft
from fazhi.documents.docx import render_docx
from fazhi.documents.model import Document
from fazhi.documents.template_gate import check_template
from made.sample_document import sample
from made.word_templates import HEAD, as_dotx, edited, red_head, template


def official() -> Document:
    document = sample()
    more = {
        "form": "公文版", "document_number": "青木府发〔2026〕3号", "issuer": "青木镇人民政府", "date": "2026年1月20日",
        "addressee": "区人民政府", "title": "青木镇年度报告", "town": "青木镇",
    }  # fmt: skip
    return document.model_copy(update={"meta": document.meta.model_copy(update=more)})


def opened(data: bytes, document: Document | None = None):
    check_template(data)
    return docx.Document(io.BytesIO(render_docx(document or official(), data)))


@pytest.fixture(scope="module")
def word():
    return opened(red_head())


def test_the_text_stands_between_head_and_signature(word):
    texts = [one.text for one in word.paragraphs]
    order = [HEAD, "青木府发〔2026〕3号", "青木镇年度报告", "区人民政府：", "青木镇人民政府", "2026年1月20日"]
    places = [texts.index(text) for text in order]
    assert places == sorted(places)
    assert all(texts.count(text) == 1 for text in order) and not any("{{" in text for text in texts)
    attachments = [place for place, text in enumerate(texts) if text.startswith("附件") and "：" not in text]
    assert min(attachments) > places[-1]


def test_the_box_of_what_is_open_stands_on_top(word):
    assert word.paragraphs[0].style.name == "公文提示" and word.paragraphs[0].text == "待核实"


def test_page_and_foot_are_the_templates_own(word):
    section = word.sections[0]
    assert round(section.left_margin.mm) == 40
    assert [one.text for one in section.footer.paragraphs] == ["青木镇办公室"]
    wide = [sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid) / 20 for table in word.tables]
    assert wide and max(wide) <= 130 / 25.4 * 72 + 1  # no table is wider than the page's 130 mm


def test_styles_are_the_templates_where_it_has_them(word):
    body = next(one for one in word.paragraphs if one.text == "区人民政府：")
    assert body.style.name == "公文正文" and body.style.font.size.pt == 15
    assert word.styles["Normal"].font.size is None  # what the template says of it
    missing = opened(template("{{正文}}", body_style=False))
    text = next(one for one in missing.paragraphs if one.text == "区人民政府：")
    assert text.style.name == "公文正文" and text.style.font.size.pt == 16  # made as the paper has it


def test_an_empty_document_gives_its_page_and_we_number_it():
    word = opened(template())
    assert round(word.sections[0].left_margin.mm) == 40 and "PAGE" in word.sections[0].footer._element.xml
    texts = [one.text for one in word.paragraphs]
    number = next(place for place, text in enumerate(texts) if text.startswith("青木府发〔2026〕3号"))
    assert number < texts.index("青木镇年度报告") < texts.index("2026年1月20日")


def test_a_template_of_word_serves_as_well_and_gives_the_same_bytes():
    assert render_docx(official(), as_dotx(red_head())) == render_docx(official(), as_dotx(red_head()))
    assert [one.text for one in opened(as_dotx(red_head())).paragraphs][-1]


def test_tables_have_rules_where_the_template_knows_no_grid():
    bare = edited(red_head(), "word/styles.xml", lambda xml: xml.replace(b'"Table Grid"', b'"Some Grid"'))
    table = opened(bare).tables[0]
    assert table.style.name == "Table Grid" and table.style.element.find(f".//{qn('w:tblBorders')}") is not None


def test_titles_that_nobody_has_set_up_are_ours_and_others_the_templates():
    black = b'<w:color w:val="000000"/>'

    def set_up(xml: bytes) -> bytes:
        at = xml.index(b'w:styleId="Heading1"')
        start = xml.index(b"<w:color", at)
        return xml[:start] + black + xml[xml.index(b"/>", start) + 2 :]

    word = opened(edited(red_head(), "word/styles.xml", set_up))
    first, second = word.styles["Heading 1"], word.styles["Heading 2"]
    assert first.font.size.pt == 14 and second.font.size.pt == 16  # the template's, which is Word's; the paper's


def test_names_of_styles_as_libreoffice_writes_them():
    other = edited(red_head(), "word/styles.xml", lambda xml: xml.replace(b'w:val="heading 1"', b'w:val="Heading 1"'))
    word = opened(other)
    assert any(one.style.style_id == "Heading1" for one in word.paragraphs)
    assert sorted(ids := [style.style_id for style in word.styles]) == sorted(set(ids))


def test_a_lock_and_a_template_of_the_template_are_cut_off():
    lock = b'<w:documentProtection w:edit="readOnly"/><w:trackRevisions/>'
    locked = edited(red_head(), "word/settings.xml", lambda xml: xml.replace(b"<w:zoom", lock + b"<w:zoom"))
    assert "documentProtection" not in opened(locked).settings.element.xml


def test_a_draft_on_a_template_is_read_as_any_other(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx(official(), red_head()))
    text = read_draft(path).text
    assert HEAD in text and "青木镇年度报告" in text
