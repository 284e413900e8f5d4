"""What Excel shows of a page's cell beyond its text: the number that it stores (x:num) in the format of its style."""

import re

from lxml import etree

from fazhi.intake import number_formats
from fazhi.intake.model import Cell, ShrunkNumber, YearlessDate
from fazhi.intake.references import moment_of

_FORMAT = re.compile(r"""mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;]+)""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{4})|\\(.)")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[Ee][+-]?\d+)?")
_PERCENT = {"percent": "0.00%"}
_ROUNDED = 0.4, 2.5  # 0.6 shown as 1, 2.4 as 2; beyond, it is another scale


def format_of(style: str) -> str:
    """The number format of a style as Excel writes it to a page, its escapes undone; "" where there is none."""
    found = _FORMAT.search(style)
    if not found:
        return ""
    code = found[1].strip().strip("\"'")
    code = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2], code)
    return _PERCENT.get(code.lower(), code)


def shown_cell(cell: etree._Element, text: str, code: str) -> Cell:
    """What Excel shows of a cell with this text: the text, or what the format makes of the number that is stored or written."""
    kept = next((value for name, value in cell.attrib.items() if str(name).rpartition(":")[2] == "num"), "")
    number = _number(kept) if kept else _number(text)
    if number is None:
        return text
    if number_formats.is_date(code):
        moment = number_formats.shown(moment_of(number, False), code) if kept else None
        return moment if isinstance(moment, YearlessDate) else text
    if code and number_formats.matters(code):
        return number_formats.shown(number, code)
    said = _number(text)
    if kept and said and abs(number) >= 0.5 and not _ROUNDED[0] < said / number < _ROUNDED[1]:
        return ShrunkNumber(said)
    return text


def _number(text: str) -> float | None:
    plain = text.strip()
    return float(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None
