"""Small SpreadsheetML and OpenDocument sheets whose styles, runs and formats change what is shown."""

from typing import Any
from xml.sax.saxutils import quoteattr

_OFFICE = "urn:schemas-microsoft-com:office"


def xml_2003(rows: str, styles: str = "", book: str = "", options: str = "") -> bytes:
    """A SpreadsheetML workbook of one sheet 台账; `book`: elements before the styles, `options`: after the table."""
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{_OFFICE}:spreadsheet" xmlns:ss="{_OFFICE}:spreadsheet" '
        f'xmlns:x="{_OFFICE}:excel" xmlns:html="http://www.w3.org/TR/REC-html40">{book}<Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="台账"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    ).encode()


def xml_2003_cell(value: Any, style: str = "", kind: str = "") -> str:
    """A cell with text of HTML runs, a number or (`kind` DateTime) a moment."""
    kind = kind or ("String" if isinstance(value, str) else "Number")
    chosen = f" ss:StyleID={quoteattr(style)}" if style else ""
    return f'<Cell{chosen}><ss:Data ss:Type="{kind}" xmlns="http://www.w3.org/TR/REC-html40">{value}</ss:Data></Cell>'


def xml_2003_format(name: str, code: str, more: str = "") -> str:
    return f"<Style ss:ID={quoteattr(name)} {more}><NumberFormat ss:Format={quoteattr(code)}/></Style>"
