"""nbconvert exporters: an executed notebook's document as HTML, PDF or DOCX (`jupyter nbconvert --to fazhi_pdf`)."""

from typing import Any, ClassVar

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from fazhi.documents.docx import render_docx
from fazhi.documents.from_notebook import from_notebook
from fazhi.documents.html import render_html
from fazhi.documents.model import Document
from fazhi.documents.pdf import render_pdf


class _DocumentExporter(Exporter):
    """Reads the document out of the notebook and hands it to one renderer."""

    extension: ClassVar[str]

    def _file_extension_default(self) -> str:
        return self.extension

    def render(self, document: Document) -> str | bytes:
        raise NotImplementedError

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "")
        return self.render(from_notebook(notebook, title=name)), resources


class HtmlExporter(_DocumentExporter):
    """One HTML file with the evidence behind every figure."""

    export_from_notebook = "法治报告 HTML"
    output_mimetype = "text/html"
    extension = ".html"

    def render(self, document: Document) -> str:
        return render_html(document)


class PdfExporter(_DocumentExporter):
    """The page of GB/T 9704 as PDF."""

    export_from_notebook = "法治报告 PDF"
    output_mimetype = "application/pdf"
    extension = ".pdf"

    def render(self, document: Document) -> bytes:
        return render_pdf(document)


class DocxExporter(_DocumentExporter):
    """The page of GB/T 9704 for Word and WPS."""

    export_from_notebook = "法治报告 Word"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    extension = ".docx"

    def render(self, document: Document) -> bytes:
        return render_docx(document)
