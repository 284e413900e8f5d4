"""What a reader of each of the three files sees, as text; charts are left out, as Word has them as pictures."""

import io
import re
import zipfile

import pypdfium2 as pdfium
from docx.oxml.ns import qn
from lxml import etree, html

from fazhi.documents.docx import render_docx
from fazhi.documents.html import render_html
from fazhi.documents.model import Document, Table
from fazhi.documents.pdf import render_pdf

NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


def comparable(document: Document) -> Document:
    """Without charts, and no digit in a table's head, which the PDF repeats on every page."""
    return document.model_copy(
        update={"blocks": tuple(map(_plain, (b for b in document.blocks if b.type != "figure")))}
    )


def _plain(block: object) -> object:
    if not isinstance(block, Table):
        return block
    columns = tuple(column.model_copy(update={"title": re.sub(r"\d", "", column.title)}) for column in block.columns)
    return block.model_copy(update={"columns": columns})


def word_text(document: Document) -> str:
    """Paragraphs and tables in their order."""
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(p.itertext(qn("w:t"))) for p in root.iter(qn("w:p")))


def page_text(document: Document) -> str:
    """The HTML page without its evidence."""
    (article,) = html.document_fromstring(render_html(document)).xpath("//article")
    for drawing in article.xpath(".//svg|.//style"):
        drawing.getparent().remove(drawing)
    return "\n".join(article.itertext())


def paper_text(document: Document) -> str:
    """The PDF without its page numbers."""
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(render_pdf(document))]
    return re.sub(r"— \d+ —|\u200b", "", "\n".join(pages))


def numbers(text: str) -> list[str]:
    return NUMBER.findall(text)
