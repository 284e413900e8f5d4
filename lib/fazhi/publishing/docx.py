"""DOCX by python-docx: the same page for Word and WPS, real styles, nothing locked, the same bytes every time."""

import base64
import io
import zipfile
from datetime import datetime
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from fazhi.document import Block, Document, Figure, Heading, Listing, Notice, Paragraph, Run, Table
from fazhi.publishing import docx_styles as styles
from fazhi.publishing.arrange import (
    AREA_PT,
    Arrangement,
    arrange,
    attachment_label,
    break_title,
    column_shares,
    document_time,
    notes,
    stays_whole,
    table_size,
    width_em,
)
from fazhi.svg import to_png

_ALIGN = {"left": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT}
_COMMENT_AUTHOR = "法治报告"


def render_docx(document: Document) -> bytes:
    """The document as DOCX. Each gap and each open figure in the text carries a comment saying what to verify."""
    page = arrange(document)
    writer = _Writer(document)
    writer.front(page)
    for block in page.body:
        writer.block(block)
    writer.end(page)
    for head, blocks in page.attachments:
        writer.attachment(attachment_label(head), break_title(head.title))
        for block in blocks:
            writer.block(block)
    _hint_chinese(writer.word)
    return _packed(writer.word, document_time(document.meta))


class _Writer:
    """The Word document being written, and how many pictures it holds."""

    def __init__(self, document: Document) -> None:
        self.source = document
        self.names = {**styles.FONTS, **document.meta.fonts}
        self.word = styles.new_document(document.meta.fonts)
        self.style_ids = {style.name: style.style_id for style in self.word.styles}
        self.pictures = 0
        self._describe()

    def _describe(self) -> None:
        meta, properties = self.source.meta, self.word.core_properties
        properties.title, properties.author, properties.language = meta.title, meta.issuer or meta.town, "zh-CN"
        properties.last_modified_by, properties.comments, properties.revision = properties.author, "", 1
        properties.created = properties.modified = document_time(meta).replace(tzinfo=None)

    def paragraph(self, text: str = "", style: str = "Normal", indent: int | None = None) -> Any:
        paragraph = self.word.add_paragraph(text)
        paragraph._p.style = self.style_ids[style]  # python-docx looks a style up by name in milliseconds
        if indent is not None:
            styles.set_indent(paragraph._p, indent)
        return paragraph

    def front(self, page: Arrangement) -> None:
        for notice in page.notices:
            self.notice(notice)
        if page.document_number:
            self.paragraph(page.document_number, indent=0).alignment = Align.CENTER
            self.paragraph()
            self.paragraph()
        self._lines(page.title_lines, "Title")
        self.paragraph()
        if page.addressee:
            self.paragraph(page.addressee, indent=0)

    def _lines(self, lines: list[str], style: str) -> None:
        paragraph = self.paragraph(style=style)
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            paragraph.add_run(line)

    def notice(self, notice: Notice) -> None:
        title = self.paragraph(style=styles.NOTICE).add_run(notice.title)
        styles.name_fonts(title._r, self.names["heading"], self.names["latin"])
        for item in notice.items:
            self.paragraph(f"· {item}", styles.NOTICE)
        self.paragraph()

    def end(self, page: Arrangement) -> None:
        """The list of attachments and the signature: date four characters in, issuer centred over it (7.3.5.1)."""
        if page.attachment_note:
            self.paragraph()
            for line in page.attachment_note:
                self.paragraph(line)
        if page.issuer or page.date:
            self.paragraph()
            self.paragraph()
            wider = (width_em(page.issuer) - width_em(page.date)) / 2
            for text, right in ((page.issuer, 4 - min(wider, 4)), (page.date, max(4, wider))):
                paragraph = self.paragraph(text)
                paragraph.alignment = Align.RIGHT
                styles.set_indent(paragraph._p, 0, right_pt=right * styles.CHARACTER_PT)

    def attachment(self, label: str, title_lines: list[str]) -> None:
        paragraph = self.paragraph(label, "Heading 1", indent=0)
        paragraph.paragraph_format.page_break_before = True
        self.paragraph()
        self._lines(title_lines, styles.ATTACHMENT_TITLE)
        self.paragraph()

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._runs(block)
            case Listing():
                for item in block.items:
                    self.paragraph(item if block.ordered else f"• {item}")
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)

    def _heading(self, heading: Heading) -> None:
        paragraph = self.paragraph(heading.text, f"Heading {heading.level}")
        if heading.depth != heading.level:
            paragraph._p.get_or_add_pPr().append(styles.element("outlineLvl", val=heading.depth - 1))

    def _runs(self, block: Paragraph) -> None:
        paragraph = self.paragraph()
        for run in block.runs:
            added = paragraph.add_run(run.text)
            if run.bold:
                styles.name_fonts(added._r, self.names["heading"], self.names["latin"])
            if run.gap or run.open:
                self._comment(added, run)

    def _comment(self, added: Any, run: Run) -> None:
        """A comment saying what is open, a gap in yellow: the evidence's own words where there is evidence."""
        evidence = self.source.evidence.get(run.figure or "")
        if run.gap:
            added.font.highlight_color = WD_COLOR_INDEX.YELLOW
        said = [evidence.label, evidence.definition, evidence.trace] if evidence else ["此处尚缺数据"]
        rows = (
            [f"台账有{evidence.open_rows}行待核实，此数可能变动"]
            if run.open and evidence and evidence.open_rows
            else []
        )
        text = "待核实：" + "。".join(filter(None, rows + said))
        comment = self.word.add_comment(added, text=text, author=_COMMENT_AUTHOR, initials="核")
        comment._comment_elm.set(qn("w:date"), document_time(self.source.meta).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _figure(self, figure: Figure) -> None:
        self.pictures += 1
        png = base64.b64decode(figure.png) if figure.png else to_png(figure.svg, figure.width_mm)
        run = self.paragraph(style=styles.FIGURE).add_run()
        about = run.add_picture(io.BytesIO(png), width=Mm(figure.width_mm))._inline.docPr
        about.set("descr", figure.alt)
        about.set("id", str(self.pictures))
        about.set("name", f"图{self.pictures}")
        if figure.caption:
            self.paragraph(figure.caption, "Caption")
        self._notes(figure)

    def _notes(self, block: Table | Figure) -> None:
        for line in notes(block):
            self.paragraph(line, styles.NOTE)

    def _table(self, table: Table) -> None:
        if table.caption:
            self.paragraph(table.caption, "Caption").paragraph_format.keep_with_next = True
        widths = [share * AREA_PT for share in column_shares(table)]
        made = self.word.add_table(0, len(widths), "Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        made._tbl.tblPr.append(styles.element("tblCaption", val=table.caption))
        for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(round(width * 20)))
        self._row(made, [column.title for column in table.columns], [], table_size(table))
        for row in table.rows:
            self._row(made, list(row), [_ALIGN[column.align] for column in table.columns], table_size(table))
        if stays_whole(table):
            for row in made._tbl.tr_lst if notes(table) else made._tbl.tr_lst[:-1]:
                WordParagraph(row.tc_lst[0].p_lst[0], made).paragraph_format.keep_with_next = True
        self._notes(table)

    def _row(self, made: Any, texts: list[str], aligns: list[Align], size: float) -> None:
        """One row; without `aligns` it is the head, repeated on every page."""
        row = made.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(styles.element("cantSplit"))
        if not aligns:
            properties.append(styles.element("tblHeader"))
        for place, (cell, text) in enumerate(zip(row._tr.tc_lst, texts, strict=True)):
            cell.get_or_add_tcPr().vAlign_val = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.p_lst[0].style = self.style_ids[styles.TABLE_TEXT]
            paragraph = WordParagraph(cell.p_lst[0], made)
            run = paragraph.add_run(text)
            if size != 12:
                run.font.size = Pt(size)
            if aligns:
                paragraph.alignment = aligns[place]
            else:
                styles.name_fonts(run._r, self.names["heading"], self.names["latin"])


def _hint_chinese(word: WordDocument) -> None:
    """Say of every run with Chinese that “ ” — … belong to the Chinese font; Word takes them for Latin otherwise."""
    for run in word.element.body.iter(qn("w:r")):
        if not run.text.isascii():
            run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _packed(word: WordDocument, when: datetime) -> bytes:
    """The file with every zip entry dated by the document, so that the same document gives the same bytes."""
    word.save(written := io.BytesIO())
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (max(when.year, 1980), when.month, when.day, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
