"""The second reading of a page: its rows' texts by the standard library's parser, which shares no code with lxml's."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from fazhi.intake import cross_check
from fazhi.intake.model import Finding

SILENT = ("script", "style", "title")
_NO_FIELDS = ("hidden", "button", "submit", "reset", "image", "file", "password")
_MAXIMUM_ABOVE = 50


def squeezed(pieces: Iterable[str]) -> str:
    """Texts as one, without any space: the two parsers lay out space differently."""
    return re.sub(r"\s+", "", "".join(pieces))


def field_text(attributes: Mapping[str, str | None]) -> str:
    """What an `<input>` shows: its text, or a box ticked or not."""
    kind = (attributes.get("type") or "text").strip().lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in attributes else "☐"
    return (attributes.get("value") or "") if kind not in _NO_FIELDS else ""


@dataclass
class _Table:
    """An open table: the number of its open row, and whether a cell of it is open."""

    row: int | None = None
    in_cell: bool = False


class SecondReading(HTMLParser):
    """`rows`: the squeezed text of every `<tr>`'s own cells; `above`: texts before the first row, outside all rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[str] = []
        self.above: list[str] = []
        self._pieces: list[list[str]] = []
        self._tables = [_Table()]
        self._silent = 0
        self._in_caption = False
        self._strays = 0

    @classmethod
    def of(cls, text: str) -> "SecondReading":
        """The reading of the page in `text`."""
        reading = cls()
        reading.feed(text)
        reading.close()
        reading.rows = [squeezed(pieces) for pieces in reading._pieces]
        return reading

    def findings(self, texts: list[str]) -> list[Finding]:
        """Errors where `texts`, the rows' texts as read first, are others, a table's text is in no cell, or a table has no end."""
        if len(self._tables) > 1:
            found, expected = "网页在表格结束之前断开，后面的行可能缺失", "表格完整"
            return [Finding("error", "", len(self.rows), None, found, expected, "请重新导出后提交")]
        if self._strays:
            found = f"表格里有 {self._strays} 处文字不在任何单元格中，没有读入"
            return [Finding("error", "", None, None, found, "文字都在单元格中", cross_check.RESAVE)]
        count = max(len(texts), len(self.rows))
        pairs = zip(texts + [""] * count, self.rows + [""] * count, strict=False)
        return cross_check.value_finding("", [(row, 1) for row, (one, other) in enumerate(pairs, 1) if one != other])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        table = self._tables[-1]
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "tr":
            self._pieces.append([])
            table.row, table.in_cell = len(self._pieces) - 1, False
        elif tag in ("td", "th"):
            table.in_cell = table.row is not None
        elif tag in SILENT:
            self._silent += 1
        elif tag == "input" and (text := field_text(dict(attrs))):
            self.handle_data(text)
        self._in_caption = tag == "caption" or (self._in_caption and tag not in ("tr", "tbody", "thead", "table"))

    def handle_endtag(self, tag: str) -> None:
        table = self._tables[-1]
        if tag in ("tr", "td", "th"):
            table.in_cell = False
            table.row = None if tag == "tr" else table.row
        elif tag == "table" and len(self._tables) > 1:
            self._tables.pop()
        elif tag in ("body", "html"):
            self._tables = [_Table()]
        elif tag in SILENT and self._silent:
            self._silent -= 1
        self._in_caption &= tag != "caption"

    def handle_data(self, data: str) -> None:
        if self._silent or not data.strip():
            return
        table = self._tables[-1]
        if table.in_cell and table.row is not None:
            self._pieces[table.row].append(data)
        elif len(self._tables) == 1 or self._in_caption:
            if not self._pieces and len(self.above) < _MAXIMUM_ABOVE:
                self.above.append(" ".join(data.split()))
        else:
            self._strays += 1
