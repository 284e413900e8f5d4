"""From the executed notebook to the files an office signs, in a process that has rendered one document before.

Every round renders another document, so that nothing is reused. The others get the same content: nbconvert the same
notebook, Chromium and WeasyPrint (where they are installed) the same page.
"""

import shutil
import tempfile
from collections.abc import Callable
from importlib import util
from itertools import count
from pathlib import Path

import pypdfium2
from nbconvert.exporters import HTMLExporter

from benchmarks.measuring import YEAR, Row, fazhi_year, run, timed
from fazhi.documents.from_notebook import from_notebook
from fazhi.documents.model import Document
from fazhi.documents.publish import RENDERERS
from fazhi.engine.notebook_files import load_nbformat

_NEXT = count(0x4E00)
PAGES = 100


def measure(folder: Path) -> list[Row]:
    """Three files of the sample's report and of a long one; one PDF beside those of browsers."""
    fazhi_year(folder)
    notebook = folder / "data" / "processed" / str(YEAR) / "notebooks" / "03_report.ipynb"
    report = _read(notebook)
    page = folder / "report.html"
    page.write_bytes(RENDERERS["html"](report))
    long, pages = _long(report)
    _all(report)
    nbconvert = HTMLExporter()
    others = timed(lambda: nbconvert.from_filename(str(notebook)), 3)
    rows = [
        Row("report: notebook to HTML, PDF and Word", timed(lambda: _all(_read(notebook)), 5), "nbconvert's own HTML", others, goal="under 0.6 s"),
        Row(f"{pages} pages: HTML, PDF and Word", timed(lambda: _all(long), 3), goal="under 3 s"),
    ]  # fmt: skip
    pdf = timed(lambda: RENDERERS["pdf"](_another(report)), 5)
    return rows + [Row("report: PDF", pdf, name, timed(call, 2)) for name, call in _browsers(page).items()]


def _read(notebook: Path) -> Document:
    return from_notebook(load_nbformat().read(notebook, as_version=4))


def _another(document: Document) -> Document:
    """The same document under another title."""
    title = document.meta.title + chr(next(_NEXT))
    return document.model_copy(update={"meta": document.meta.model_copy(update={"title": title})})


def _all(document: Document) -> None:
    other = _another(document)
    for render in RENDERERS.values():
        render(other)


def _long(document: Document) -> tuple[Document, int]:
    """The report's own blocks over and over, until it has the pages."""
    blocks = [block for block in document.blocks if block.type != "notice"]
    repeated = blocks
    while (pages := len(pypdfium2.PdfDocument(RENDERERS["pdf"](document)))) < PAGES:
        repeated = repeated + blocks * max(1, (PAGES - pages) // 12)
        document = document.model_copy(update={"blocks": tuple(repeated)})
    return document, pages


def _browsers(page: Path) -> dict[str, Callable[[], object]]:
    """What else could print the page, where it is installed."""
    found: dict[str, Callable[[], object]] = {}
    if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
        with tempfile.TemporaryDirectory() as profile:
            options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        target = f"--print-to-pdf={page.with_suffix('.pdf')}"
        found["headless Chromium"] = lambda: run(page.parent, chromium, *options, target, page.as_uri())
    if util.find_spec("weasyprint"):
        import weasyprint

        found["WeasyPrint"] = lambda: weasyprint.HTML(filename=str(page)).write_pdf()
    return found
