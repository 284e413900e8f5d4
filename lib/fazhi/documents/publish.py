"""From an executed notebook to the files an office can sign: HTML, PDF, Word and the figures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fazhi.documents import fonts
from fazhi.documents.docx import render_docx
from fazhi.documents.from_notebook import from_notebook
from fazhi.documents.html import prepare as prepare_html
from fazhi.documents.html import render_html
from fazhi.documents.model import Document, Figure
from fazhi.documents.pdf import render_pdf
from fazhi.documents.template_gate import read_template
from fazhi.engine.notebook_files import load_nbformat
from fazhi.workspace.files import write_bytes

RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda document: render_html(document).encode("utf-8"),
    "pdf": render_pdf,
    "docx": render_docx,
}


def prepare() -> None:
    """Look the fonts up and load the page once, before processes part that each make a document."""
    fonts.resolve({})
    prepare_html()


def publish(notebook: Path, name: str, form: str, folder: str, template: str = "") -> dict[str, Any]:
    """Write an executed notebook as a document.

    Parameters
    ----------
    notebook
        The executed notebook.
    name
        The document's, without an ending.
    form
        One of `RENDERERS`, or `figures` for its charts as files.
    folder
        Where it goes.
    template
        The office's own Word template; empty: the page of GB/T 9704.

    Returns
    -------
    dict
        The names written, and the fonts by role.

    Raises
    ------
    PublishError
        The document cannot be set.
    """
    document = from_notebook(load_nbformat().read(notebook, as_version=4), title=name)
    if template:
        own = Path(template)
        made = {f"{name}.{form}": render_docx(document, read_template(own.parent, own.name))}
    else:
        made = _figures(document) if form == "figures" else {f"{name}.{form}": RENDERERS[form](document)}
    for path, data in made.items():
        write_bytes(Path(folder) / path, data)
    return {"files": sorted(made), "fonts": fonts.resolve(document.meta.fonts).record}


def _figures(document: Document) -> dict[str, bytes]:
    drawn = [block for block in document.blocks if isinstance(block, Figure)]
    pictures = {f"figures/{block.id}.svg": block.svg.encode("utf-8") for block in drawn}
    return pictures | {f"figures/{block.id}.png": block.as_png() for block in drawn}
