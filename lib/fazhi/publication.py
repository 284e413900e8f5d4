"""From an executed notebook to the files an office can sign: HTML, PDF, Word and the figures, as bytes."""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

from fazhi import fonts
from fazhi.document import Document, Figure
from fazhi.notebooks import load_nbformat
from fazhi.publishing.docx import render_docx
from fazhi.publishing.html import render_html
from fazhi.publishing.pdf import render_pdf
from fazhi.publishing.reading import from_notebook

RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda document: render_html(document).encode("utf-8"),
    "pdf": render_pdf,
    "docx": render_docx,
}


def render(notebook: Path, name: str, formats: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """`name` in each of the formats (`RENDERERS`) and the figures, each path -> content; and the fonts used, role -> family.

    Raises `PublishError` where the document cannot be set.
    """
    document = from_notebook(load_nbformat().read(notebook, as_version=4), title=name)
    files = {f"{name}.{form}": RENDERERS[form](document) for form in formats}
    return files | _figures(document), fonts.resolve(document.meta.fonts).used


def _figures(document: Document) -> dict[str, bytes]:
    drawn = [block for block in document.blocks if isinstance(block, Figure)]
    pictures = {f"figures/{block.id}.svg": block.svg.encode("utf-8") for block in drawn}
    return pictures | {f"figures/{block.id}.png": base64.b64decode(block.png) for block in drawn if block.png}
