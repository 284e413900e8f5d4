"""The parts of an xlsx package beside its sheets: workbook, relations, strings, styles, comments."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from fazhi.intake.model import Position, Refused
from fazhi.intake.references import position
from fazhi.intake.rich_text import RichText, is_on, local_name
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
    """Sheets in order, the date system, and where strings and styles lie."""
    part = main_part(package)
    related = relations(package, part)
    workbook = Workbook()
    for kind, target in related.values():
        if kind == "sharedstrings" and target in package:
            workbook.strings_part = target
        if kind == "styles" and target in package:
            workbook.styles_part = target

    def start(local: str, attributes: Attributes) -> None:
        if local == "workbookPr":
            workbook.is_1904 = attributes.get("date1904", "0").lower() in ("1", "true", "on")
        elif local == "sheet":
            _add_sheet(workbook, package, related, attributes)

    elements(package, part, start)
    return workbook


def _add_sheet(
    workbook: Workbook, package: Package, related: dict[str, tuple[str, str]], attributes: Attributes
) -> None:
    """Charts, dialogs and macro modules hold no cells and are left out."""
    name = attributes.get("name", "")
    link = next((value for key, value in attributes.items() if key != "id" and local_name(key) == "id"), "")
    kind, target = related.get(link, ("", ""))
    if kind in ("chartsheet", "dialogsheet") or not link:
        return
    if target not in package:
        raise Refused("有工作表的内容不在文件里，文件不完整；请用 Excel 打开修复，另存为 .xlsx 后重新提交")
    if any(entry.part == target for entry in workbook.sheets):
        raise Refused("有两张工作表指向同一份内容，文件不正常；请用 Excel 打开修复，另存为 .xlsx 后重新提交")
    workbook.sheets.append(SheetEntry(name, target, attributes.get("state", "visible").lower() == "visible"))


def read_struck_styles(package: Package, part: str | None) -> frozenset[int]:
    """Numbers of the cell styles whose font is struck through."""
    if part is None:
        return frozenset()
    reader = _StyleReader()
    elements(package, part, reader.start)
    return reader.struck()


class _StyleReader:
    """Fonts and cell formats, as their elements come."""

    def __init__(self) -> None:
        self._section = ""
        self._fonts: list[bool] = []
        self._formats: list[int] = []

    def start(self, local: str, attributes: Attributes) -> None:
        if local in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "borders", "cellStyles"):
            self._section = local
        elif self._section == "fonts" and local == "font":
            self._fonts.append(False)
        elif self._section == "fonts" and local == "strike" and self._fonts:
            self._fonts[-1] = is_on(attributes)
        elif self._section == "cellXfs" and local == "xf":
            self._formats.append(_number(attributes.get("fontId")))

    def struck(self) -> frozenset[int]:
        fonts = self._fonts
        return frozenset(i for i, font in enumerate(self._formats) if font < len(fonts) and fonts[font])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


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
