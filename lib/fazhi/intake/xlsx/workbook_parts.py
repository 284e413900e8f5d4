"""The parts of an xlsx package beside its sheets: workbook, relations, comments."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from fazhi.intake.model import Position, Refused
from fazhi.intake.references import position
from fazhi.intake.rich_text import RichText, local_name
from fazhi.intake.xlsx.package import Package, canonical

Attributes = dict[str, str]


@dataclass(frozen=True)
class SheetEntry:
    """A worksheet as the workbook lists it. `part` is its canonical name."""

    name: str
    part: str
    visible: bool


@dataclass
class Workbook:
    """What the workbook part says."""

    sheets: list[SheetEntry] = field(default_factory=list)
    is_1904: bool = False
    strings_part: str | None = None
    styles_part: str | None = None


def elements(package: Package, part: str, start: Callable[[str, Attributes], None]) -> None:
    """Call `start(local name, attributes)` for every element of the part."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(local_name(name), attributes)
    package.feed(parser, package.chunks(part))


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (last word of its type, canonical target part) of a part; empty where it has none."""
    folder, base = posixpath.split(canonical(part))
    name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    found: dict[str, tuple[str, str]] = {}

    def start(local: str, attributes: Attributes) -> None:
        if local == "Relationship" and attributes.get("TargetMode", "").lower() != "external":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2].lower()
            found[attributes.get("Id", "")] = (kind, canonical(posixpath.normpath(path)))

    if name in package:
        elements(package, name, start)
    return found


def main_part(package: Package) -> str:
    """The workbook part, by the package's relations, else by its usual name."""
    for kind, target in relations(package, "").values():
        if kind == "officedocument" and target in package:
            return target
    for name in ("xl/workbook.xml", "workbook.xml"):
        if name in package:
            return name
    raise Refused("里面没有工作簿部件，文件不完整；请用 Excel 打开，另存为 .xlsx 后重新提交")


def read_workbook(package: Package) -> Workbook:
    """Sheets in order, the date system, and where strings and styles lie. Raises Refused where two readings differ."""
    part = main_part(package)
    related = relations(package, part)
    workbook = Workbook()
    for kind, target in related.values():
        if kind == "sharedstrings" and target in package:
            workbook.strings_part = target
        if kind == "styles" and target in package:
            workbook.styles_part = target
    listed = _Listed()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = listed.start, listed.end
    package.feed(parser, package.chunks(part))
    if (listed.is_1904, [_name(sheet) for sheet in listed.sheets]) != _second_reading(package.read(part)):
        raise Refused("两种方法读出的工作表清单或日期系统不同，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交")
    workbook.is_1904 = listed.is_1904
    for attributes in listed.sheets:
        _add_sheet(workbook, package, related, attributes)
    return workbook


class _Listed:
    """Parser events of the workbook part: extensions have elements of the same names in namespaces of their own."""

    def __init__(self) -> None:
        self.is_1904 = False
        self.sheets: list[Attributes] = []
        self._path: list[str] = []
        self._space = ""

    def start(self, name: str, attributes: Attributes) -> None:
        space, _, local = name.rpartition(" ")
        if not self._path:
            self._space = space
        self._path.append(local if space == self._space else name)
        if self._path[1:] == ["workbookPr"]:
            self.is_1904 = _is_1904(attributes.get("date1904"))
        elif self._path[1:] == ["sheets", "sheet"]:
            self.sheets.append(attributes)

    def end(self, _: str) -> None:
        self._path.pop()


def _is_1904(text: str | None) -> bool:
    return (text or "0").strip().lower() in ("1", "true", "on")


def _name(sheet: Attributes) -> str:
    return sheet.get("name", "")


def _second_reading(content: bytes) -> tuple[bool, list[str]]:
    """The date system and the names of all sheets, by another parser and from the tree."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    properties = root.findall(f"{space}workbookPr")
    names = [sheet.get("name", "") for sheet in root.iterfind(f"{space}sheets/{space}sheet")]
    return bool(properties) and _is_1904(properties[-1].get("date1904")), names


def _add_sheet(
    workbook: Workbook, package: Package, related: dict[str, tuple[str, str]], attributes: Attributes
) -> None:
    """Charts, dialogs and macro modules hold no cells and are left out."""
    name = attributes.get("name", "")
    link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
    kind, target = related.get(link, ("", ""))
    if kind in ("chartsheet", "dialogsheet") or not link:
        return
    if target not in package:
        raise Refused("有工作表的内容不在文件里，文件不完整；请用 Excel 打开修复，另存为 .xlsx 后重新提交")
    if any(entry.part == target for entry in workbook.sheets):
        raise Refused("有两张工作表指向同一份内容，文件不正常；请用 Excel 打开修复，另存为 .xlsx 后重新提交")
    workbook.sheets.append(SheetEntry(name, target, attributes.get("state", "visible").lower() == "visible"))


def read_comments(package: Package, sheet_part: str) -> dict[Position, str]:
    """Notes of a sheet by 1-based row and column."""
    found: dict[Position, str] = {}
    for kind, target in relations(package, sheet_part).values():
        if kind == "comments" and target in package:
            _read_comment_part(package, target, found)
    return found


def _read_comment_part(package: Package, part: str, found: dict[Position, str]) -> None:
    parser = expat.ParserCreate()
    text, place = RichText(), None

    def start(name: str, attributes: Attributes) -> None:
        nonlocal text, place
        local = local_name(name)
        if local == "comment":
            text, place = RichText(), position(attributes.get("ref", ""))
        else:
            text.start(local, attributes)

    def end(name: str) -> None:
        local = local_name(name)
        text.end(local)
        if local == "comment" and place:
            found[place] = text.text().strip()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda characters: text.characters(characters)
    package.feed(parser, package.chunks(part))


def drawn_texts(package: Package, sheet_part: str) -> list[str]:
    """The paragraphs of a sheet's text boxes and shapes, in order."""
    texts: list[str] = []
    for kind, target in relations(package, sheet_part).values():
        if kind == "drawing" and target in package:
            _read_drawing(package, target, texts)
    return texts


def _read_drawing(package: Package, part: str, texts: list[str]) -> None:
    """Text lies in `a:t` of the paragraphs of a shape (`xdr:sp`); charts and pictures have theirs in parts of their own."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    pieces: list[str] = []
    in_text = False

    def start(name: str, _: Attributes) -> None:
        nonlocal in_text
        in_text = local_name(name) == "t"

    def end(name: str) -> None:
        nonlocal in_text
        in_text = False
        if local_name(name) == "p":
            texts.extend([text] if (text := "".join(pieces).strip()) else [])
            pieces.clear()

    def characters(text: str) -> None:
        if in_text:
            pieces.append(text)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    package.feed(parser, package.chunks(part))
