"""What the styles of an OpenDocument file say of what is shown, and the words its pages are printed with. Read twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.parsers import expat

from lxml import etree

from fazhi.intake import number_formats
from fazhi.intake.model import Refused
from fazhi.intake.ods.data_styles import KINDS, DataStyle
from fazhi.intake.rich_text import local_name
from fazhi.intake.xlsx.package import feed

Key = tuple[str, str]  # family and name
StyleProperties = dict[str, str]

_TWO_READINGS = "两种方法读出的单元格格式不同，文件不正常；请用 WPS 或 LibreOffice 打开，另存为 .xlsx 后重新提交"
_PRINTED = frozenset(f"{what}{which}" for what in ("header", "footer") for which in ("", "-left", "-first"))
_REGIONS = frozenset(f"region-{side}" for side in ("left", "center", "right"))
_TEXT_TAGS = frozenset(("p", "span", "s", "tab", "line-break", "a")) | _REGIONS | _PRINTED
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Look:
    """What a cell's style makes of it: number format (and whether it can show another meaning, or a date), struck font,
    background (RRGGBB or "")."""

    code: str = "General"
    struck: bool = False
    fill: str = ""
    matters: bool = False
    is_date: bool = False


@dataclass
class Styles:
    """What was read. `own`: each style's own properties, by family and name; `pages`: words printed, by master page."""

    own: dict[Key, StyleProperties] = field(default_factory=dict)
    data: dict[str, DataStyle] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    _resolved: dict[Key, StyleProperties] = field(default_factory=dict, compare=False)

    def of(self, family: str, name: str) -> StyleProperties:
        """What the style says, with what it takes from its parents and the family's default."""
        if (family, name) not in self._resolved:
            self._resolved[family, name] = self._resolve(family, name)
        return self._resolved[family, name]

    def _resolve(self, family: str, name: str) -> StyleProperties:
        said: StyleProperties = {}
        passed: set[str] = set()
        while name not in passed:
            passed.add(name)
            own = self.own.get((family, name), {})
            said = {**own, **said}
            name = own.get("parent", "")
        return said

    @cached_property
    def looks(self) -> dict[str, Look]:
        """The look of each cell style; of the default one under ""."""
        return {name: self._look(name) for family, name in [*self.own, ("table-cell", "")] if family == "table-cell"}

    def _look(self, name: str) -> Look:
        said = self.of("table-cell", name)
        data = self.data.get(said.get("data", ""))
        fill = said.get("fill", "").lstrip("#").upper()
        has_fill = len(fill) == 6 and fill != "FFFFFF"
        code = data.code(self.data) if data else "General"
        meaning = number_formats.matters(code), number_formats.is_date(code)
        return Look(code, said.get("struck") == "1", fill if has_fill else "", *meaning)


def read_styles(parts: Iterable[bytes]) -> Styles:
    """The styles of these XML parts, later ones over earlier ones. Raises Refused where two parsers tell them differently."""
    first, second = _Reader(), _Reader()
    for part in parts:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        first.is_over = second.is_over = False
        parser.StartElementHandler, parser.EndElementHandler = first.start, first.end
        parser.CharacterDataHandler = first.data
        feed(parser, _without_events_of_the_body(first, parser, part))
        _feed_again(second, part)
    if first.styles != second.styles:
        raise Refused(_TWO_READINGS)
    return first.styles


def _without_events_of_the_body(reader: "_Reader", parser: "expat.XMLParserType", part: bytes) -> Iterator[bytes]:
    for start in range(0, len(part), _CHUNK):
        if reader.is_over:
            parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        yield part[start : start + _CHUNK]


def _feed_again(reader: "_Reader", part: bytes) -> None:
    """By lxml, up to the sheets' content."""
    parser = etree.XMLParser(target=reader, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for start in range(0, len(part), _CHUNK):
            if reader.is_over:
                return
            parser.feed(part[start : start + _CHUNK])
    except etree.XMLSyntaxError:
        raise Refused(_TWO_READINGS) from None


class _Reader:
    """Parser events of either parser, prefixes and namespaces left out; the document's body is passed over."""

    def __init__(self) -> None:
        self.styles = Styles()
        self.is_over = False
        self._style: StyleProperties | None = None
        self._data: DataStyle | None = None
        self._page: list[str] | None = None
        self._open: list[tuple[str, dict[str, str]]] = []
        self._text = ""

    def start(self, tag: str, raw: dict[str, str]) -> None:
        local = _local(tag)
        self.is_over |= local == "body"
        if self.is_over:
            return
        attributes = {_local(key): value for key, value in raw.items()}
        if local in ("style", "default-style"):
            self._style = {"parent": attributes.get("parent-style-name", "")} if local == "style" else {}
            self._style |= _kept(attributes, {"data-style-name": "data", "master-page-name": "master"})
            self.styles.own[attributes.get("family", "table-cell"), attributes.get("name", "")] = self._style
        elif local in KINDS:
            self._data = self.styles.data[attributes.get("name", "")] = DataStyle(local == "percentage-style")
        elif local == "master-page":
            self._page = self.styles.pages[attributes.get("name", "")] = []
        elif self._style is not None:
            self._style |= _properties(local, attributes)
        elif self._data is not None:
            self._data.start(local, attributes)
        self._open.append((local, attributes))
        if local == "p" or self._data is not None:
            self._text = ""

    def data(self, text: str) -> None:
        if self._data is not None or (self._page is not None and self._is_printed()):
            self._text += text

    def _is_printed(self) -> bool:
        """Whether the place is in words of a page's header or footer, not in a field such as its number."""
        tags = [local for local, _ in self._open]
        at = next((at for at, local in enumerate(tags) if local in _PRINTED), None)
        return at is not None and self._open[at][1].get("display") != "false" and set(tags[at:]) <= _TEXT_TAGS

    def end(self, _: str) -> None:
        if self.is_over or not self._open:
            return
        local, attributes = self._open.pop()
        if local in ("style", "default-style"):
            self._style = None
        elif local in KINDS:
            self._data = None
        elif self._data is not None:
            self._data.end(local, attributes, self._text)
            self._text = ""
        elif self._page is not None and local == "p" and self._text.strip():
            self._page.append(self._text.strip())
            self._text = ""

    def close(self) -> None:
        """Asked for by lxml."""


def _local(name: str) -> str:
    return name.rpartition("}")[2] if "}" in name else local_name(name)


def _kept(attributes: dict[str, str], names: dict[str, str]) -> StyleProperties:
    return {ours: attributes[theirs] for theirs, ours in names.items() if theirs in attributes}


def _properties(local: str, attributes: dict[str, str]) -> StyleProperties:
    """What a properties element says that matters."""
    if local == "table-properties":
        return _kept(attributes, {"display": "display"})
    if local == "table-cell-properties":
        return _kept(attributes, {"background-color": "fill"})
    if local != "text-properties":
        return {}
    said = {}
    lines = [attributes[name] for name in ("text-line-through-style", "text-line-through-type") if name in attributes]
    if lines:
        said["struck"] = str(int(any(line != "none" for line in lines)))
    if "text-position" in attributes:
        said["level"] = str(_level(attributes["text-position"]))
    return said


def _level(position: str) -> int:
    """1 of `super 58%` and `33% 58%`, -1 of `sub 58%` and `-33% 58%`."""
    height = position.split(" ")[0]
    if height in ("super", "sub"):
        return 1 if height == "super" else -1
    return -1 if height.startswith("-") else int(height.strip("0%.") != "")
