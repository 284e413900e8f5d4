"""DOCX by python-docx: the same page for Word and WPS, real styles, nothing locked, the same bytes every time."""

import io
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Mm, Pt

from fazhi.documents import docx_styles, docx_xml
from fazhi.documents.arrange import (
    Arrangement,
    arrange,
    attachment_label,
    break_title,
    document_time,
    notes,
    table_layout,
    width_em,
)
from fazhi.documents.filling import fill_pages
from fazhi.documents.model import Block, Document, Figure, Heading, Listing, Notice, Paragraph, Run, Table
from fazhi.documents.placeholders import ADDRESSEE, DATE, ISSUER, NUMBER, SIGNER, TITLE
from fazhi.documents.word_template import blank_page, template_page
from fazhi.workspace.files import repacked

_COMMENT_AUTHOR = "法治报告"


def render_docx(document: Document, template: bytes | None = None) -> bytes:
    """The document as DOCX. Each gap and each open figure in the text carries a comment saying what to verify.

    Parameters
    ----------
    document
        What is to be written.
    template
        The office's own Word file that it is written into, as `template_gate` has let it pass; None for the page of GB/T 9704.
    """
    page = arrange(document)
    page = fill_pages(page) if template is None else page  # the lines of another page are not known
    writer = _Writer(document, template)
    writer.front(page)
    writer.blocks(page.body, signed=bool(page.attachment_note or page.issuer or page.date))
    writer.end(page)
    writer.close_text()
    for head, blocks in page.attachments:
        writer.attachment(attachment_label(head), break_title(head.title))
        writer.blocks(blocks)
    writer.word.save(written := io.BytesIO())
    return repacked(written.getvalue(), document_time(document.meta))


class _Writer:
    """The Word document being written, and how many pictures and comments it holds."""

    def __init__(self, document: Document, template: bytes | None) -> None:
        self.source = document
        names = {**docx_styles.FONTS, **document.meta.fonts}
        self.heading_fonts = names["heading"], names["latin"]
        self.subheading_fonts = names["subheading"], names["latin"]
        self.page = template_page(template, document.meta) if template else blank_page(document.meta.fonts)
        self.word, self.style_ids, self.at = self.page.word, self.page.styles, self.page.top
        self.pictures, self.comments = len(self.word.element.body.findall(f".//{qn('wp:docPr')}")), self.page.comments
        self._describe()

    def _describe(self) -> None:
        meta, properties = self.source.meta, self.word.core_properties
        properties.title, properties.author, properties.language = meta.title, meta.issuer or meta.town, "zh-CN"
        properties.last_modified_by, properties.comments, properties.revision = properties.author, "", 1
        properties.created = properties.modified = document_time(meta).replace(tzinfo=None)

    def paragraph(self, text: str = "", style: str = "Normal", **more: Any) -> None:
        self._add(style, [docx_xml.run(text)] if text else [], **more)

    def _add(self, style: str, content: list[Any], **more: Any) -> None:
        self.at.addprevious(docx_xml.paragraph(self.style_ids[style], *content, **more))

    def front(self, page: Arrangement) -> None:
        for notice in page.notices:
            self._notice(notice)
        self.at, given = self.page.text, self.page.given
        if (page.document_number or page.signer) and not given & {NUMBER, SIGNER}:
            self._number_and_signer(page)
            self.paragraph()
            self.paragraph()
        if TITLE not in given:
            self._lines(page.title_lines, "Title")
            self.paragraph()
        if page.addressee and ADDRESSEE not in given:
            self.paragraph(page.addressee, indent=docx_styles.indent(0))

    def _number_and_signer(self, page: Arrangement) -> None:
        """Number left, who signed right, each one character in (GB/T 9704 7.2.5, 7.2.6)."""
        made = [docx_xml.run(page.document_number)]
        if page.signer:
            made += [docx_xml.tab(), docx_xml.run("签发人："), docx_xml.run(page.signer, fonts=self.subheading_fonts)]
        right = round((self.page.area_pt - docx_styles.CHARACTER_PT) * 20)
        self._add("Normal", made, indent=docx_styles.indent(1), right_tab=right)

    def _lines(self, lines: list[str], style: str) -> None:
        runs = [part for line in lines for part in (docx_xml.line_break(), docx_xml.run(line))]
        self._add(style, runs[1:])

    def _notice(self, notice: Notice) -> None:
        self._add(docx_styles.NOTICE, [docx_xml.run(notice.title, fonts=self.heading_fonts)])
        for item in notice.items:
            self.paragraph(f"· {item}", docx_styles.NOTICE)
        self.paragraph()

    def end(self, page: Arrangement) -> None:
        """The list of attachments and the signature: date four characters in, issuer centred over it (7.3.5.1).

        All on one page with the end of the text: a page with nothing but a signature is not allowed (7.3.5.5).
        """
        theirs = bool(self.page.given & {ISSUER, DATE})
        signed = bool(page.issuer or page.date) and not theirs
        if page.attachment_note:
            self.paragraph(keep_next=True)
            *lines, last = page.attachment_note
            for line in lines:
                self.paragraph(line, keep_next=True)
            self.paragraph(last, keep_next=signed or theirs)
        if signed:
            self.paragraph(keep_next=True)
            self.paragraph(keep_next=True)
            wider = (width_em(page.issuer) - width_em(page.date)) / 2
            for text, right in ((page.issuer, 4 - min(wider, 4)), (page.date, max(4, wider))):
                indent = docx_styles.indent(0, right_pt=right * docx_styles.CHARACTER_PT)
                self.paragraph(text, indent=indent, align="right", keep_next=text is page.issuer)

    def close_text(self) -> None:
        """What follows stands behind all that a template has."""
        self.page.close_text()
        self.at = self.page.end

    def attachment(self, label: str, title_lines: list[str]) -> None:
        self.paragraph(label, "Heading 1", indent=docx_styles.indent(0), page_break_before=True)
        self.paragraph(keep_next=True)
        self._lines(title_lines, docx_styles.ATTACHMENT_TITLE)
        self.paragraph(keep_next=True)

    def blocks(self, blocks: list[Block], *, signed: bool = False) -> None:
        """The blocks in order; the last one stays with what follows where the paper is `signed`."""
        for place, block in enumerate(blocks, 1):
            self._block(block, signed and place == len(blocks))

    def _block(self, block: Block, keep_next: bool) -> None:
        match block:
            case Heading():
                outline = block.depth - 1 if block.depth != block.level else None
                self.paragraph(block.text, f"Heading {block.level}", outline=outline)
            case Paragraph():
                self._add("Normal", [part for run in block.runs for part in self._run(run)], keep_next=keep_next)
            case Listing():
                for item in block.items:
                    last = item is block.items[-1]
                    self.paragraph(item if block.ordered else f"• {item}", keep_next=keep_next and last)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)

    def _run(self, run: Run) -> list[Any]:
        made = docx_xml.run(run.text, fonts=self.heading_fonts if run.bold else None, marked=run.gap)
        if not (run.gap or run.open):
            return [made]
        when = document_time(self.source.meta).strftime("%Y-%m-%dT%H:%M:%SZ")
        about = docx_xml.comment(self.comments, self._to_verify(run), _COMMENT_AUTHOR, "核", when)
        self.word.part._comments_part.element.append(about)
        self.comments += 1
        return docx_xml.commented(self.comments - 1, made)

    def _to_verify(self, run: Run) -> str:
        """What a comment says of a gap or an open figure: the evidence's own words where there is evidence."""
        evidence = self.source.evidence.get(run.figure or "")
        said = [evidence.label, evidence.definition, evidence.trace] if evidence else ["此处尚缺数据"]
        if run.open and evidence and evidence.open_rows:
            said.insert(0, f"台账有{evidence.open_rows}行待核实，此数可能变动")
        return "待核实：" + "。".join(filter(None, said))

    def _figure(self, figure: Figure) -> None:
        self.pictures += 1
        relation, image = self.word.part.get_or_add_image(io.BytesIO(figure.as_png()))
        size = image.scaled_dimensions(min(Mm(figure.width_mm), Pt(self.page.area_pt)), None)
        inline = CT_Inline.new_pic_inline(self.pictures, relation, f"图{self.pictures}.png", *size)
        inline.docPr.set("descr", figure.alt)
        inline.docPr.set("name", f"图{self.pictures}")
        self._add(docx_styles.FIGURE, [docx_xml.element("r", docx_xml.element("drawing", inline))])
        if figure.caption:
            self.paragraph(figure.caption, "Caption", keep_next=bool(notes(figure)))
        self._notes(figure)

    def _notes(self, block: Table | Figure) -> None:
        lines = notes(block)
        for place, line in enumerate(lines, 1):
            self.paragraph(line, docx_styles.NOTE, keep_next=place < len(lines))

    def _table(self, table: Table) -> None:
        if table.caption:
            self.paragraph(table.caption, docx_styles.TABLE_TITLE)
        layout = table_layout(table)
        widths = [round(share * self.page.area_pt * 20) for share in layout.shares]
        last, noted = len(table.rows) - 1, bool(notes(table))
        head = [self._cell(column.title, layout.size, "center", layout.whole, head=True) for column in table.columns]
        rows = [docx_xml.row(widths, head, head=True)]
        for place, row in enumerate(table.rows):
            aligned = zip(row, table.columns, strict=True)
            # No row stands alone on a page, nor a total, nor a note.
            kept = layout.whole or place in (0, last - 1) if place < last else noted
            cells = [self._cell(text, layout.size, column.align, kept) for text, column in aligned]
            rows.append(docx_xml.row(widths, cells, head=False))
        self.at.addprevious(docx_xml.table(table.caption, widths, rows, self.page.table_style))
        self._notes(table)

    def _cell(self, text: str, size: float, align: str, keep_next: bool, *, head: bool = False) -> Any:
        run = docx_xml.run(
            text, fonts=self.heading_fonts if head else None, size=0 if size == docx_styles.TABLE_PT else size
        )
        return docx_xml.paragraph(self.style_ids[docx_styles.TABLE_TEXT], run, align=align, keep_next=keep_next)
