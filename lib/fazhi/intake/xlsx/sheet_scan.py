"""The second reading of an xlsx sheet: its XML taken in by expat, sharing no code with the reader of values."""

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.parsers import expat

from fazhi.intake.limits import Limits
from fazhi.intake.model import Position, Range, Refused, column_letters
from fazhi.intake.printed import printed_texts
from fazhi.intake.references import cell_range, column_number
from fazhi.intake.rich_text import RichText, local_name, unescaped
from fazhi.intake.runs import Run, is_plain, shown_text
from fazhi.intake.xlsx.package import Package
from fazhi.intake.xlsx.plain_rows import MAXIMUM_SPECIALS, PlainRows
from fazhi.intake.xlsx.shared_strings import SharedStrings, refuse_cdata
from fazhi.intake.xlsx.styles import Attributes, Styles

_PRINTED = frozenset(f"{which}{what}" for which in ("odd", "even", "first") for what in ("Header", "Footer"))
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_BEYOND = re.compile(r"[A-Za-z]{4,}[0-9]")  # a column behind XFD, which is Excel's last


@dataclass
class SheetScan:
    """What the scan found; rows and columns are 1-based. `cells` holds type
    as written and text (shared strings looked up); it is empty when only counting, and so are `numbers` (whether they are dates) and `fills`.
    `read`: what a person reads in cells whose runs of text look different; `formatted`: cells whose number format
    can change a meaning, with their style; `printed`: header and footer of the page."""

    counted_rows: int = 0
    filled: dict[int, int] = field(default_factory=dict)
    cells: dict[Position, tuple[str, str]] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    uncached: dict[Position, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    struck: Counter[int] = field(default_factory=Counter)
    read: dict[Position, str] = field(default_factory=dict)
    formatted: dict[Position, int] = field(default_factory=dict)
    numbers: dict[Position, bool] = field(default_factory=dict)
    fills: dict[Position, str] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    in_order: bool = True
    repeated: list[Position] = field(default_factory=list)
    first_column: int = 0
    last_column: int = 0

    def box_cells(self) -> int:
        """Cells of the rectangle around all content."""
        if not self.filled:
            return 0
        return (max(self.filled) - min(self.filled) + 1) * (self.last_column - self.first_column + 1)


@dataclass(frozen=True)
class Context:
    """What the sheets of a workbook share. `every_cell`: keep each cell for comparison, not only counts."""

    strings: SharedStrings
    styles: Styles
    limits: Limits
    every_cell: bool


def scan_sheet(package: Package, part: str, context: Context) -> SheetScan:
    """Scan the sheet in `part` of the package."""
    scanner = _Scanner(context)
    chunks = package.chunks(part)
    special, styles = context.strings.blank | context.strings.struck.keys(), context.styles
    if not context.every_cell:
        refuse_cdata(scanner.parser)
    if context.every_cell or len(special) + len(styles.struck) + len(styles.formats) > MAXIMUM_SPECIALS:
        package.feed(scanner.parser, chunks)
    else:
        plain = PlainRows(styles.struck, frozenset(special), frozenset(styles.formats))
        package.feed(scanner.parser, plain.filter(chunks))
        _add_plain(scanner.scan, plain)
    _check_box(scanner.scan, context.limits)
    return scanner.scan


def _add_plain(scan: SheetScan, plain: PlainRows) -> None:
    for row, count in plain.filled.items():
        scan.filled[row] = scan.filled.get(row, 0) + count
    scan.counted_rows += plain.rows
    scan.formatted.update(plain.formatted)
    scan.in_order &= plain.in_order
    scan.first_column = 1 if plain.filled else scan.first_column
    scan.last_column = max(scan.last_column, plain.last_column)


def _check_box(scan: SheetScan, limits: Limits) -> None:
    if scan.box_cells() > limits.box_cells:
        place = f"第 {max(scan.filled)} 行、{column_letters(scan.last_column - 1)} 列"
        raise Refused(f"内容远至{place}，大片空白超过限制；请删去表格以外的零散内容后重新提交")


class _Scanner:
    """Parser events of one sheet part. Rows and cells may leave out their numbers: then they follow the last one."""

    def __init__(self, context: Context) -> None:
        self.scan = SheetScan()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._root
        self._strings, self._limits = context.strings, context.limits
        self._styles, self._every_cell = context.styles, context.every_cell
        self._row = self._column = self._highest = 0
        self._row_has_content = False
        self._cell: tuple[int, int, str, int] = (0, 0, "n", 0)
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: RichText | None = None
        self._pieces: list[str] = []

    def _root(self, name: str, _: Attributes) -> None:
        """All elements of a sheet carry the root's prefix, if any; knowing it saves a split for every element."""
        prefix = name[: len(name) - len(local_name(name))]
        self._c, self._v, self._r, self._f, self._is = (prefix + local for local in ("c", "v", "row", "f", "is"))
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == self._c:
            self._start_cell(attributes)
        elif name == self._v or name == self._f:
            self._pieces = []
            self.parser.CharacterDataHandler = self._pieces.append
        elif name == self._r:
            self._start_row(attributes)
        elif self._inline is not None:
            self._inline.start(local_name(name), attributes)
        elif name == self._is:
            self._inline = RichText()
            self.parser.CharacterDataHandler = self._inline.characters
        elif (local := local_name(name)) == "mergeCell":
            merged = cell_range(attributes.get("ref", ""))
            if merged:
                self.scan.merged.append(merged)
        elif local in _PRINTED:
            self._pieces = []
            self.parser.CharacterDataHandler = self._pieces.append

    def _end(self, name: str) -> None:
        if name == self._c:
            self._end_cell()
        elif name == self._v:
            self.parser.CharacterDataHandler = None
            self._value = "".join(self._pieces)
        elif name == self._f:
            self.parser.CharacterDataHandler = None
            self._formula = "".join(self._pieces)
        elif name == self._is:
            self.parser.CharacterDataHandler = None
        elif self._inline is not None:
            self._inline.end(local_name(name))
        elif name == self._r:
            self.scan.counted_rows += self._row_has_content
            self._row_has_content = False
        elif local_name(name) in _PRINTED:
            self.parser.CharacterDataHandler = None
            self.scan.printed += printed_texts("".join(self._pieces))

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = int(number) if number and number.isdigit() else self._row + 1
        if not 1 <= row <= self._limits.rows:
            raise Refused("行号超出 Excel 的范围，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交")
        self.scan.in_order &= row > self._highest
        self._row, self._column = row, 0
        self._highest = max(self._highest, row)
        self._row_has_content = False
        if attributes.get("hidden", "0") in ("1", "true", "on"):
            self.scan.hidden.add(row)

    def _start_cell(self, attributes: Attributes) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        row, column = self._row, self._column + 1
        if match:
            row, column = int(match[2]), column_number(match[1])
        elif _BEYOND.match(attributes.get("r", "")):
            column = self._limits.columns + 1
        if not (1 <= row <= self._limits.rows and column <= self._limits.columns):
            raise Refused("单元格位置超出 Excel 的范围，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交")
        self.scan.in_order &= row == self._row and column > self._column
        self._column = column
        style = attributes.get("s", "0")
        self._cell = (row, column, attributes.get("t", "n"), int(style) if style.isdigit() else 0)
        self._value = self._formula = self._inline = None

    def _end_cell(self) -> None:
        row, column, kind, style = self._cell
        text, struck, runs = self._text(kind), None, None
        if kind == "s" and text:
            runs = self._strings.rich.get(int(text)) if text.isdigit() else None
            text, struck = self._shared(text)
        elif self._inline is not None:
            text, struck = self._inline.text(), self._inline.struck()
            runs = None if is_plain(self._inline.runs) else self._inline.runs
            self._inline = None
        text = text if unescaped(text).strip() else ""
        if self._every_cell and style in self._styles.fills:
            self.scan.fills[row, column] = self._styles.fills[style]
        if text or self._is_uncached(kind):
            self._keep((row, column), kind, text)
            self._look((row, column), kind, style, struck, runs)

    def _look(self, place: Position, kind: str, style: int, struck: bool | None, runs: list[Run] | None) -> None:
        """Note what the cell's font and format make of it."""
        struck = style in self._styles.struck if struck is None else struck
        if runs:
            read, struck = shown_text(runs, style in self._styles.struck)
            if not struck:
                self.scan.read[place] = unescaped(read)
        if struck:
            self.scan.struck[place[0]] += 1
        if style in self._styles.formats:
            self.scan.formatted[place] = style
        if kind == "n" and self._every_cell:
            self.scan.numbers[place] = style in self._styles.dates

    def _is_uncached(self, kind: str) -> bool:
        """A formula without a stored result; one whose result is the empty string has type `str`."""
        return self._formula is not None and kind != "str"

    def _text(self, kind: str) -> str:
        value = self._value or ""
        return value if kind == "str" else value.strip()

    def _shared(self, index: str) -> tuple[str, bool | None]:
        number = int(index) if index.isdigit() else -1
        if not 0 <= number < self._strings.count:
            raise Refused("单元格指向不存在的文字，文件已损坏；请用 Excel 打开修复，另存为 .xlsx 后重新提交")
        text = self._strings.texts[number] if self._every_cell else index
        return "" if number in self._strings.blank else text, self._strings.struck.get(number)

    def _keep(self, place: Position, kind: str, text: str) -> None:
        row, column = place
        scan = self.scan
        self._row_has_content = True
        scan.filled[row] = scan.filled.get(row, 0) + 1
        if place in scan.cells:
            scan.repeated.append(place)
        scan.first_column = min(scan.first_column or column, column)
        scan.last_column = max(scan.last_column, column)
        if self._every_cell:
            scan.cells[place] = (kind, text)
        if kind == "e":
            scan.errors[place] = text
        elif not text:
            scan.uncached[place] = self._formula or ""
