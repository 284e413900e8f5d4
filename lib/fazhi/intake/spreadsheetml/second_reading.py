"""The second reading of a SpreadsheetML file: rows, cells and styles by lxml, from the tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from fazhi.intake.model import Position
from fazhi.intake.spreadsheetml.styles import StyleProperties, properties_of

_OWN = "{urn:schemas-microsoft-com:office:spreadsheet}"
_KINDS = {"Number": "n", "Boolean": "b", "Error": "e", "DateTime": "d"}


@dataclass
class Sheet:
    """Rows with data or a formula, and cells with data by 1-based place as (type, text); none when only counting."""

    rows: int = 0
    cells: dict[Position, tuple[str, str]] = field(default_factory=dict)


@dataclass
class SecondReading:
    """`is_1904`, styles by ID as `styles.properties_of` gives them, and the sheets in order."""

    is_1904: bool
    styles: dict[str, StyleProperties]
    sheets: list[Sheet]


def read_again(data: bytes, every_cell: bool) -> SecondReading:
    """The file in `data`. Raises XMLSyntaxError where it is none that lxml takes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(data, parser)
    styles: dict[str, StyleProperties] = {}
    for style in root.iter("{*}Style"):
        said = styles[_attribute(style, "ID")] = {}
        for element in style.iter("{*}Style", "{*}NumberFormat", "{*}Font", "{*}Interior"):
            attributes = {etree.QName(name).localname: value for name, value in element.attrib.items()}
            said |= properties_of(etree.QName(element).localname, attributes)
    is_1904 = next(root.iter("{*}Date1904"), None) is not None
    return SecondReading(is_1904, styles, [_sheet(sheet, every_cell) for sheet in root.iter("{*}Worksheet")])


def _sheet(worksheet: etree._Element, every_cell: bool) -> Sheet:
    sheet = Sheet()
    number = 0
    for row in worksheet.iter("{*}Row"):
        index = _attribute(row, "Index")
        number = int(index) if index else number + 1
        sheet.rows += _has_content(row)
        if every_cell:
            sheet.cells.update({(number, column): cell for column, cell in _cells(row)})
    return sheet


def _cells(row: etree._Element) -> Iterator[tuple[int, tuple[str, str]]]:
    column = 0
    for cell in row.iterchildren("{*}Cell"):
        index = _attribute(cell, "Index")
        column = int(index) if index else column + 1
        data = next(cell.iterchildren("{*}Data"), None)
        text = "" if data is None else "".join(data.itertext())
        if text.strip():
            yield column, (_KINDS.get(_attribute(data, "Type"), "str"), text)
        elif data is None and _attribute(cell, "Formula"):
            yield column, ("uncached", "")
        across = _attribute(cell, "MergeAcross")
        column += int(across) if across else 0


def _has_content(row: etree._Element) -> bool:
    for cell in row.iterchildren("{*}Cell"):
        data = next(cell.iterchildren("{*}Data"), None)
        if _attribute(cell, "Formula") if data is None else "".join(data.itertext()).strip():
            return True
    return False


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(_OWN + name) or element.get(name) or ""
