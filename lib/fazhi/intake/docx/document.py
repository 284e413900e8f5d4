"""The parts of a Word document: its body, styles, comments and notes; which tables it holds, and what is said between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from fazhi.intake.docx.cell_text import paragraph_text
from fazhi.intake.docx.looks import TextStyles
from fazhi.intake.docx.names import FALLBACK, NAMESPACES, name_of, value_of
from fazhi.intake.docx.second_reading import SecondReading
from fazhi.intake.model import Refused
from fazhi.intake.xlsx.package import Package
from fazhi.intake.xlsx.workbook_parts import relations

_BROKEN = "内部 XML 已损坏；请用 Word 或 WPS 打开修复，另存为 .docx 后重新提交"
_NO_BODY = "里面没有正文，文件不完整；请用 Word 或 WPS 打开，另存为 .docx 后重新提交"
_BESIDE = frozenset({"bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", ""})
_NOTES = {"comments": "comment", "footnotes": "footnote", "endnotes": "endnote"}
_ABOVE = 10  # paragraphs before a table that may be its title, office, date, unit
_ABOUT_LAST = ("注", "备注", "说明")  # how a paragraph begins that belongs to the table before it


@dataclass
class WordTable:
    """One table as a reader sees it: elements without a paragraph between them, their numbers, and the words beside it.

    `is_next`: no words stand between it and the table before.
    """

    elements: list[etree._Element]
    numbers: list[int]
    words: list[str]
    is_next: bool


class WordDocument:
    """A document's parts, proved and parsed; `second` is the body's other reading."""

    def __init__(self, package: Package) -> None:
        self._package = package
        part = _main_part(package)
        second = SecondReading()
        package.feed(second.parser, package.chunks(part))
        self.second = second.finish()
        self._related = sorted(relations(package, part).values())
        self.body = self._parsed(part)
        if self.body.tag not in {f"{{{space}}}document" for space in NAMESPACES}:
            raise Refused(_NO_BODY)
        self.styles = TextStyles(next(self._parts("styles"), None))

    def tables(self) -> list[WordTable]:
        """All tables in the order of their beginnings, those in cells and text boxes too."""
        found = _Tables(self.styles)
        for element in self.body.iter("{*}tbl", "{*}p"):
            name = name_of(element)
            if name not in ("tbl", "p") or any(above.tag == FALLBACK for above in element.iterancestors()):
                continue
            if name == "tbl":
                found.add_table(element)
            else:
                found.add_text(element)
        return found.finish()

    def page_texts(self) -> list[str]:
        """What stands in the header and footer of the pages."""
        roots = [*self._parts("header"), *self._parts("footer")]
        paragraphs = [one for root in roots for one in root.iter("{*}p") if name_of(one) == "p"]
        texts = [paragraph_text(one, self.styles) for one in paragraphs[:_ABOVE]]
        return [text for text in dict.fromkeys(texts) if text]

    def notes(self) -> dict[tuple[str, str], str]:
        """The texts of comments, footnotes and endnotes by kind and id."""
        found = {}
        for kind, name in _NOTES.items():
            for root in self._parts(kind):
                for note in (one for one in root if name_of(one) == name):
                    paragraphs = [one for one in note.iter("{*}p") if name_of(one) == "p"]
                    text = "\n".join(paragraph_text(one, self.styles) for one in paragraphs)
                    found[name, value_of(note, "id")] = text.strip()
        return found

    def _parts(self, kind: str) -> Iterator[etree._Element]:
        for own, part in self._related:
            if own == kind and part in self._package:
                yield self._parsed(part)

    def _parsed(self, part: str) -> etree._Element:
        """The root of a part; nothing outside it is read."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self._package.read(part), parser)
        except (etree.XMLSyntaxError, ValueError):
            raise Refused(_BROKEN) from None
        if root.getroottree().docinfo.doctype:
            raise Refused(_BROKEN)
        return root


class _Tables:
    """Tables and the paragraphs between them, as they come."""

    def __init__(self, styles: TextStyles) -> None:
        self._styles = styles
        self._tables: list[WordTable] = []
        self._waiting: list[str] = []
        self._number = 0

    def add_table(self, element: etree._Element) -> None:
        number, self._number = self._number, self._number + 1
        before = next((one for one in element.itersiblings(preceding=True) if name_of(one) not in _BESIDE), None)
        if before is not None and self._tables and self._tables[-1].elements[-1] is before:
            self._tables[-1].elements.append(element)
            self._tables[-1].numbers.append(number)
            return
        is_next = bool(self._tables) and not self._waiting
        words = [*self._beside(element), *self._shared_out()]
        self._tables.append(WordTable([element], [number], words, is_next))

    def add_text(self, paragraph: etree._Element) -> None:
        around = [name_of(above) for above in paragraph.iterancestors()]
        place = next((name for name in around if name in ("tc", "txbxContent")), "")
        text = paragraph_text(paragraph, self._styles) if place != "tc" else ""
        if text and "tc" in around and self._tables:
            self._tables[-1].words.append(text)
        elif text:
            self._waiting.append(text)

    def finish(self) -> list[WordTable]:
        if self._tables:
            self._tables[-1].words += self._waiting[:_ABOVE]
        return self._tables

    def _beside(self, element: etree._Element) -> list[str]:
        """What the cell says before a table that lies in it."""
        if not any(name_of(above) == "tc" for above in element.iterancestors()):
            return []
        before = (one for one in element.itersiblings(preceding=True) if name_of(one) == "p")
        return [text for one in reversed(list(islice(before, _ABOVE))) if (text := paragraph_text(one, self._styles))]

    def _shared_out(self) -> list[str]:
        """The words before a new table; notes among them go to the table they stand under."""
        waiting, self._waiting = self._waiting, []
        if not self._tables:
            return waiting[-_ABOVE:]
        self._tables[-1].words += [text for text in waiting if text.startswith(_ABOUT_LAST)][:_ABOVE]
        return [text for text in waiting if not text.startswith(_ABOUT_LAST)][-_ABOVE:]


def _main_part(package: Package) -> str:
    for kind, target in relations(package, "").values():
        if kind == "officedocument" and target in package:
            return target
    if "word/document.xml" in package:
        return "word/document.xml"
    raise Refused(_NO_BODY)
