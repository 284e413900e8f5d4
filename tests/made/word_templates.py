"""Small Word templates of an office, sound and hostile."""

import io
from collections.abc import Callable

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

from fazhi.workspace.files import repacked

HEAD = "青木镇人民政府文件"


def template(*paragraphs: str, body_style: bool = True, footer: str = "") -> bytes:
    """A template with narrow margins, its own styles and these paragraphs."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(40), Mm(40)
    if body_style:
        own = word.styles.add_style("公文正文", WD_STYLE_TYPE.PARAGRAPH)
        own.font.size = Pt(15)
    for text in paragraphs:
        word.add_paragraph(text)
    if footer:
        section.footer.paragraphs[0].text = footer
    word.save(made := io.BytesIO())
    return made.getvalue()


def red_head() -> bytes:
    """With a head, the places of an official paper, and what is signed at its end."""
    return template(HEAD, "{{发文字号}}", "{{ 正文 }}", "{{发文机关}}", "{{成文日期}}", footer="{{单位}}办公室")


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The template with one part changed."""
    return repacked(data, edit=lambda name, content: edit(content) if name == part else content)


def with_part(data: bytes, name: str, content: bytes = b"x") -> bytes:
    """The template with one more part."""
    import zipfile

    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def with_relation(data: bytes, kind: str, target: str) -> bytes:
    """The template with a relation of its body to something outside."""
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    rels = "word/_rels/document.xml.rels"
    return edited(data, rels, lambda content: content.replace(b"</Relationships>", relation.encode()))


def with_body(data: bytes, xml: str) -> bytes:
    """The template with more in its body, before all else."""
    return edited(data, "word/document.xml", lambda content: content.replace(b"<w:body>", b"<w:body>" + xml.encode()))


def as_dotx(data: bytes) -> bytes:
    """The same as Word saves templates."""
    return edited(data, "[Content_Types].xml", lambda content: content.replace(b"document.main", b"template.main"))
