"""A template that is broken, acts by itself or reaches outside is refused in one sentence."""

import pytest

from fazhi.documents.template_gate import check_template, read_template
from fazhi.errors import SpecError
from fazhi.intake.model import Refused
from made.word_templates import HEAD, as_dotx, edited, red_head, template, with_body, with_part, with_relation

FIELD = "<w:p><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
HOSTILE = {
    "macros": (with_part(red_head(), "word/vbaProject.bin"), "宏"),
    "macro type": (
        edited(red_head(), "[Content_Types].xml", lambda xml: xml.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            b"application/vnd.ms-word.document.macroEnabled.main")),
        "带宏",
    ),
    "object": (with_part(red_head(), "word/embeddings/oleObject1.bin"), "嵌入的对象"),
    "control": (with_part(red_head(), "word/activeX/activeX1.xml", b"<a/>"), "控件"),
    "picture elsewhere": (with_relation(red_head(), "image", "http://x/seal.png"), "存在别处"),
    "frame": (with_relation(red_head(), "frame", "file:///c:/x"), "存在别处"),
    "document type": (
        edited(red_head(), "word/styles.xml", lambda xml: xml.replace(b"<w:styles", b'<!DOCTYPE a [<!ENTITY b "c">]><w:styles', 1)),
        "文档类型声明",
    ),
    "field": (with_body(red_head(), FIELD.format(" DDEA", "UTO c:\\\\x ")), "取内容的域"),
    "broken xml": (edited(red_head(), "word/styles.xml", lambda xml: xml[:200]), "XML 已损坏"),
    "cut off": (red_head()[:3000], "损坏"),
    "old": (b"\xd0\xcf\x11\xe0" + bytes(600), "旧格式"),
    "bomb": (with_part(red_head(), "word/big.xml", b"<a>" + b" " * (120 << 20) + b"</a>"), "过大"),
    "no place": (template(HEAD), "没有写报告放在哪里"),
    "two places": (template("{{正文}}", "{{正文}}"), "写一次"),
    "within a line": (template("以下：{{正文}}"), "单独成一段"),
    "unknown": (template("{{正文}}", "{{文号}}"), "不认识“{{文号}}”"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE)
def test_hostile(data, why):
    with pytest.raises(Refused, match=why):
        check_template(data)


@pytest.mark.parametrize("data", [red_head(), as_dotx(red_head()), template()])
def test_sound(data):
    check_template(data)


def test_links_of_a_reader_and_the_templates_own_template_are_no_reason_to_refuse():
    check_template(
        with_relation(with_relation(red_head(), "hyperlink", "http://x"), "attachedTemplate", "file:///c:/a.dotm")
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("没有.docx", "没有找到"),
        ("模板.docm", "带宏的"),
        ("../模板.docx", "只写文件名"),
        ("/etc/模板.docx", "只写文件名"),
        ("坏.docx", "不能用：压缩结构已损坏。"),
    ],
)
def test_what_the_setting_names_is_told_in_one_sentence(tmp_path, name, said):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(SpecError, match=said) as told:
        read_template(tmp_path, name)
    assert "unit.yml 的 word_template" in str(told.value) and "\n" not in str(told.value)


def test_the_file_is_given_back_as_it_is(tmp_path):
    (tmp_path / "模板.dotx").write_bytes(as_dotx(red_head()))
    assert read_template(tmp_path, "模板.dotx") == as_dotx(red_head())
