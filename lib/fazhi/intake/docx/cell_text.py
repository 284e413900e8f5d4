"""What a person reads in one cell of a table, all changes accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from fazhi.intake.docx.looks import Look, TextStyles
from fazhi.intake.docx.names import FALLBACK, child, is_on, name_of, number_of, value_of
from fazhi.intake.runs import Run, shown_text

_MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
# Elements whose text is not the cell's: tables and text boxes in it are read by themselves, properties are no text.
ELSEWHERE = frozenset({"tbl", "txbxContent", "rPr", "pPr", "sdtPr", "sdtEndPr", "tcPr", FALLBACK})
_GONE = frozenset({"del", "moveFrom"})
_CHARACTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Boxes and ticks of Word's symbol fonts, by font and character.
_SYMBOLS = {
    **{("wingdings", code): sign for code, sign in
       {"FC": "√", "FB": "×", "FE": "☑", "FD": "☒", "A8": "☐", "6F": "☐", "70": "☐", "71": "☐", "78": "☒"}.items()},
    **{("wingdings 2", code): sign for code, sign in
       {"50": "√", "4F": "×", "52": "☑", "53": "☒", "54": "☒", "51": "☒", "A3": "☐", "2A": "☐", "30": "☐", "35": "☐"}.items()},
}  # fmt: skip
UNKNOWN = "�"
_TICKED = {True: "☑", False: "☐"}


@dataclass
class CellText:
    """A cell as read. `written`: all its text in the file, shown or not. `notes`: ids of comments and notes, by kind."""

    runs: list[Run] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    hidden: bool = False
    changed: bool = False
    unclear: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)

    def shown(self) -> tuple[str, bool]:
        """The text, and whether all of it is struck through."""
        text, struck = shown_text(self.runs, cell_struck=False)
        return text.strip(), struck


def read_cell(cell: etree._Element, styles: TextStyles, table: etree._Element) -> CellText:
    """The text of a cell's own paragraphs."""
    reading = _Reading(styles, table)
    for paragraph in _paragraphs(cell):
        reading.add(paragraph)
    return reading.text


def paragraph_text(paragraph: etree._Element, styles: TextStyles) -> str:
    """What a paragraph outside of tables says, on one line."""
    reading = _Reading(styles, None)
    reading.add(paragraph)
    return " ".join(reading.text.shown()[0].split())


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for one in element:
        name = name_of(one)
        if name == "p":
            yield one
        elif name and name not in ELSEWHERE:
            yield from _paragraphs(one)


class _Reading:
    """Goes through a cell's paragraphs in order; fields may reach from one into the next."""

    def __init__(self, styles: TextStyles, table: etree._Element | None) -> None:
        self.text = CellText()
        self._styles, self._table = styles, table
        self._look = Look()
        self._paragraph: etree._Element | None = None
        self._in_codes: list[bool] = []  # of each open field: whether its codes are still being told
        self._begins = True

    def add(self, paragraph: etree._Element) -> None:
        if not self._begins:
            self._show("\n")
        self._paragraph, self._look = paragraph, Look()
        self._walk(paragraph, shown=True)
        self._begins = child(paragraph, "pPr", "rPr", "del") is not None  # a deleted end joins the next paragraph

    def _walk(self, element: etree._Element, shown: bool) -> None:
        for one in element:
            name = name_of(one)
            if name in _GONE:
                self.text.changed = True
                self._walk(one, shown=False)
            elif name == "ins" or name == "moveTo":
                self.text.changed = True
                self._walk(one, shown)
            elif name == "r":
                self._look = self._styles.look(one, self._paragraph, self._table)
                self._walk(one, shown)
            elif name == "rt":  # the reading set above a word
                self._walk(one, shown=False)
            elif name == "sdt":
                self._walk(one, shown and not is_on(child(one, "sdtPr", "showingPlcHdr")))
            elif name not in ELSEWHERE:
                self._piece(one, name, shown)

    def _piece(self, element: etree._Element, name: str, shown: bool) -> None:
        if name == "t":
            self.text.written.append(element.text or "")
            self._show(element.text or "", shown)
        elif name in _CHARACTERS:
            self._show(_CHARACTERS[name], shown)
        elif name == "sym":
            self._show(_symbol(element), shown)
        elif name == "fldChar":
            self._field(element, shown)
        elif name in ("commentReference", "footnoteReference", "endnoteReference"):
            self.text.notes.append((name.removesuffix("Reference"), value_of(element, "id")))
        elif name.startswith(tuple(f"{{{space}}}oMath" for space in _MATHS)):
            self.text.unclear = True
        elif name not in ("delText", "instrText", "delInstrText"):
            self._walk(element, shown)

    def _field(self, element: etree._Element, shown: bool) -> None:
        kind = value_of(element, "fldCharType")
        if kind == "begin":
            self._show(_form_field(child(element, "ffData")), shown)
            self._in_codes.append(True)
        elif kind == "separate" and self._in_codes:
            self._in_codes[-1] = False
        elif kind == "end" and self._in_codes:
            self._in_codes.pop()

    def _show(self, text: str, shown: bool = True) -> None:
        if not text or not shown or any(self._in_codes):
            return
        if self._look.hidden:
            self.text.hidden |= bool(text.strip())
            return
        self.text.runs.append(Run(text, self._look.struck, self._look.level))


def _symbol(element: etree._Element) -> str:
    code = value_of(element, "char").upper()
    return _SYMBOLS.get((value_of(element, "font").lower(), code[-2:]), UNKNOWN)


def _form_field(data: etree._Element | None) -> str:
    """What a box to tick or a list of a protected form shows: it has no text of its own."""
    box, choice = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        said = is_on(child(box, "checked"))
        return _TICKED[bool(is_on(child(box, "default")) if said is None else said)]
    if choice is None:
        return ""
    entries = [value_of(one) for one in choice if name_of(one) == "listEntry"]
    picked = number_of(child(choice, "result"), default=number_of(child(choice, "default")))
    return entries[picked] if picked < len(entries) else ""
