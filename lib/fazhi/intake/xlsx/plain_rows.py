"""A short cut for large sheets: rows of the plainest shape are tallied by pattern and kept from the XML parser.

What the pattern takes away is counted just as the parser would; everything else goes to the parser as it is. A trick
(rows inside an XML comment, say) would make the two counts differ, which is an error, never a silent loss.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fazhi.intake.model import Position
from fazhi.intake.references import column_number

# A visible row, numbered, whose cells agree with its number and hold plain values, visible text or nothing.
# Atomic groups: a row that does not match is given up at once, not tried in every split of its texts.
_TEXT = rb"""<is><t(?: xml:space="preserve")?>(?!_x)(?>[^<&]*?[!-%'-;=-~\xe4-\xe9][^<&]*)</t></is>"""
_ROW = re.compile(
    rb'<row r="(\d{1,7})"(?![^>]*hidden)[^>/]*>'
    rb'((?>(?:<c r="([A-Z]{1,3})\1"(?: s="\d+")?(?: t="[sn]"(?:/>|><v>[^<\s]+</v></c>)|/>|><v>[^<\s]+</v></c>'
    rb'| t="inlineStr">' + _TEXT + rb"</c>))*))</row>"
)
# A pattern of more alternatives than this is slower than the parser.
MAXIMUM_SPECIALS = 60


@dataclass
class PlainRows:
    """Filters one sheet's XML; afterwards holds the tally. `special` are styles and strings the parser must see.

    `formats` are styles whose cells are noted, by 1-based place, in `formatted`.
    """

    special_styles: frozenset[int]
    special_strings: frozenset[int]
    formats: frozenset[int] = frozenset()
    formatted: dict[Position, int] = field(default_factory=dict)
    rows: int = 0
    filled: dict[int, int] = field(default_factory=dict)
    last_column: int = 0
    last_row: int = 0
    in_order: bool = True
    _noted: re.Pattern[bytes] | None = None
    _columns: dict[bytes, int] = field(default_factory=dict)

    def filter(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The XML without the rows tallied here."""
        special = self._special()
        styles = "|".join(map(str, sorted(self.formats))).encode("ascii")
        self._noted = re.compile(rb'<c r="([A-Z]+)\d+" s="(' + styles + rb')"(?: t="[A-Za-z]+")?>') if styles else None
        rest = b""
        for chunk in chunks:
            block = rest + chunk
            cut = block.rfind(b"</row>") + 6
            if cut < 6:
                rest = block
                continue
            yield self._strip(block[:cut], special)
            rest = block[cut:]
        yield rest

    def _special(self) -> re.Pattern[bytes] | None:
        styles = "|".join(map(str, sorted(self.special_styles)))
        strings = "|".join(map(str, sorted(self.special_strings)))
        choices = [rf' s="(?:{styles})"'] if styles else []
        choices += [rf' t="s"><v>(?:{strings})</v>'] if strings else []
        return re.compile("|".join(choices).encode("ascii")) if choices else None

    def _strip(self, block: bytes, special: re.Pattern[bytes] | None) -> bytes:
        kept, position = [], 0
        for match in _ROW.finditer(block):
            body = match[2]
            if special is not None and special.search(body):
                continue
            if match.start() > position:
                kept.append(block[position : match.start()])
            position = match.end()
            if cells := body.count(b"</c>"):
                self._tally(int(match[1]), body, cells, match[3])
        kept.append(block[position:])
        return b"".join(kept)

    def _tally(self, row: int, body: bytes, cells: int, last: bytes) -> None:
        """Count a row with so many cells that hold something; `last` is the letters of its last cell, blank or not."""
        for cell in self._noted.finditer(body) if self._noted else ():
            self.formatted[row, column_number(cell[1].decode("ascii"))] = int(cell[2])
        self.rows += 1
        self.in_order &= row > self.last_row
        self.last_row = max(row, self.last_row)
        self.filled[row] = self.filled.get(row, 0) + cells
        if last not in self._columns:
            self._columns[last] = column_number(last.decode("ascii"))
            self.last_column = max(self.last_column, self._columns[last])
