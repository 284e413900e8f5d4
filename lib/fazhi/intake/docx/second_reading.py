"""The second reading of a Word document: its tables' cells and all their text, by expat, which builds no tree."""

from dataclasses import dataclass, field
from xml.parsers import expat

from fazhi.intake.docx.names import FALLBACK, NAMESPACES
from fazhi.intake.html_check import squeezed

_SEPARATOR = " "
_CELLS = {
    f"{space}{_SEPARATOR}{name}": name for space in NAMESPACES for name in ("tbl", "tr", "tc", "t", "txbxContent")
}
_FALLBACK = FALLBACK.removeprefix("{").replace("}", _SEPARATOR)


@dataclass
class _Cell:
    """Where text goes: an open cell's list, or nowhere (None) between cells and in a text box."""

    text: list[str] | None = None


@dataclass
class SecondReading:
    """`tables`: of each table in the order of their beginnings, its rows, each its cells' texts without any space."""

    tables: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._texts: list[list[list[list[str]]]] = []
        self._open: list[list[list[list[str]]]] = []
        self._places: list[_Cell] = [_Cell()]
        self._in_text = False
        self._in_fallback = 0

    def finish(self) -> "SecondReading":
        """The reading, once the parser has been fed all."""
        self.tables = [[[squeezed(cell) for cell in row] for row in table] for table in self._texts]
        return self

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._in_fallback += name == _FALLBACK
        kind = "" if self._in_fallback else _CELLS.get(name, "")
        if kind == "tbl":
            self._texts.append([])
            self._open.append(self._texts[-1])
            self._places.append(_Cell())
        elif kind == "tr" and self._open:
            self._open[-1].append([])
        elif kind == "tc" and self._open and self._open[-1]:
            self._open[-1][-1].append([])
            self._places.append(_Cell(self._open[-1][-1][-1]))
        elif kind in ("tc", "txbxContent"):
            self._places.append(_Cell())
        self._in_text = kind == "t"

    def _end(self, name: str) -> None:
        kind = "" if self._in_fallback else _CELLS.get(name, "")
        self._in_fallback -= name == _FALLBACK
        self._in_text = False
        if kind in ("tbl", "tc", "txbxContent"):
            self._places.pop()
        if kind == "tbl":
            self._open.pop()

    def _characters(self, text: str) -> None:
        if self._in_text and (place := self._places[-1].text) is not None:
            place.append(text)
