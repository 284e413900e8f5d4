"""From an executed notebook to the files an office can sign: HTML, PDF, Word and the figures, each written whole."""

import base64
from pathlib import Path

import nbformat

from fazhi import fonts
from fazhi.document import Document, Figure
from fazhi.publishing.docx import render_docx
from fazhi.publishing.html import render_html
from fazhi.publishing.pdf import render_pdf
from fazhi.publishing.reading import from_notebook
from fazhi.storage import write_bytes, write_text


def publish(notebook: Path, folder: Path, name: str) -> dict[str, str]:
    """Write `name`.html, .pdf and .docx and the figures; all are rendered before the first is put in place.

    Gives back the fonts used, role -> family. Raises `PublishError` where the document cannot be set.
    """
    document = from_notebook(nbformat.read(notebook, as_version=4), title=name)
    page, pdf, docx = render_html(document), render_pdf(document), render_docx(document)
    write_text(folder / f"{name}.html", page)
    write_bytes(folder / f"{name}.pdf", pdf)
    write_bytes(folder / f"{name}.docx", docx)
    _write_figures(document, folder / "figures")
    return fonts.resolve(document.meta.fonts).used


def _write_figures(document: Document, folder: Path) -> None:
    for block in document.blocks:
        if isinstance(block, Figure):
            write_text(folder / f"{block.id}.svg", block.svg)
            write_bytes(folder / f"{block.id}.png", base64.b64decode(block.png))
