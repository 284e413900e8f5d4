"""What the cell styles of an xlsx package say: number formats that matter, struck fonts, backgrounds. Read twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from fazhi.intake import number_formats
from fazhi.intake.model import Refused
from fazhi.intake.rich_text import is_on
from fazhi.intake.xlsx.package import Package

Attributes = dict[str, str]
_TWO_READINGS = "两种方法读出的单元格格式不同，文件不正常；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
# White, and the colours that a pattern of one colour does not use.
_NO_COLOUR = ("FFFFFF", "theme0", "indexed9", "indexed1", "indexed64", "indexed65")


@dataclass(frozen=True)
class Styles:
    """By number of the cell style: formats that can change a meaning, dates, struck fonts, backgrounds."""

    formats: Mapping[int, str] = field(default_factory=dict)
    dates: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    fills: Mapping[int, str] = field(default_factory=dict)


def read_styles(package: Package, part: str | None) -> Styles:
    """The styles in `part`. Raises Refused where two readings of formats and fonts differ."""
    if part is None:
        return Styles()
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    package.feed(parser, package.chunks(part))
    codes, struck = reader.codes(), reader.struck()
    if (codes, struck) != _second_reading(package.read(part)):
        raise Refused(_TWO_READINGS)
    return Styles(
        {number: code for number, code in enumerate(codes) if number_formats.matters(code)},
        frozenset(number for number, code in enumerate(codes) if number_formats.is_date(code)),
        frozenset(number for number, line in enumerate(struck) if line),
        reader.backgrounds(),
    )


class _Reader:
    """Parser events of the part: only elements of its own namespace, at their own depth, are Excel's."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._space = ""
        self._own: dict[int, str] = {}
        self._fonts: list[bool] = []
        self._fills: list[str] = []
        self._cells: list[tuple[int, int, int]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        space, _, local = name.rpartition(" ")
        if not self._path:
            self._space = space
        self._path.append(local if space == self._space else name)
        place = "/".join(self._path[1:])
        if place == "numFmts/numFmt":
            self._own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif place == "fonts/font":
            self._fonts.append(False)
        elif place == "fonts/font/strike":
            self._fonts[-1] = is_on(attributes)
        elif place == "fills/fill":
            self._fills.append("")
        elif place == "fills/fill/patternFill/fgColor":
            self._fills[-1] = _colour(attributes)
        elif place == "fills/fill/patternFill" and attributes.get("patternType") == "none":
            self._path[-1] = "nothing"
        elif place == "cellXfs/xf":
            numbers = (_number(attributes.get(key)) for key in ("numFmtId", "fontId", "fillId"))
            self._cells.append(tuple(numbers))  # type: ignore[arg-type]

    def end(self, _: str) -> None:
        self._path.pop()

    def codes(self) -> list[str]:
        return [self._own.get(number) or number_formats.BUILT_IN.get(number, "General") for number, _, _ in self._cells]

    def struck(self) -> list[bool]:
        return [font < len(self._fonts) and self._fonts[font] for _, font, _ in self._cells]

    def backgrounds(self) -> dict[int, str]:
        fills = {
            number: self._fills[fill] for number, (_, _, fill) in enumerate(self._cells) if fill < len(self._fills)
        }
        return {number: colour for number, colour in fills.items() if colour and colour not in _NO_COLOUR}


def _colour(attributes: Attributes) -> str:
    """RRGGBB, or the colour's number where it is of a theme or a palette."""
    if rgb := attributes.get("rgb"):
        return rgb[-6:].upper()
    named = next((key + attributes[key] for key in ("theme", "indexed") if key in attributes), "")
    tint = attributes.get("tint", "0")
    return named if tint in ("0", "") else f"{named}{tint}"


def _second_reading(content: bytes) -> tuple[list[str], list[bool]]:
    """Format and struck font of each cell style, by another parser and from the tree."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    own = {
        _number(child.get("numFmtId")): child.get("formatCode", "")
        for child in root.iterfind(f"{space}numFmts/{space}numFmt")
    }
    fonts = [
        [is_on(dict(strike.attrib)) for strike in font.iterfind(f"{space}strike")][-1:] == [True]
        for font in root.iterfind(f"{space}fonts/{space}font")
    ]
    codes, struck = [], []
    for cell in root.iterfind(f"{space}cellXfs/{space}xf"):
        number, font = _number(cell.get("numFmtId")), _number(cell.get("fontId"))
        codes.append(own.get(number) or number_formats.BUILT_IN.get(number, "General"))
        struck.append(font < len(fonts) and fonts[font])
    return codes, struck


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
