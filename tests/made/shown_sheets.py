"""Small SpreadsheetML and OpenDocument sheets whose styles, runs and formats change what is shown."""

import io
import zipfile
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


_SPACES = {
    "office": "office",
    "table": "table",
    "draw": "drawing",
    "text": "text",
    "style": "style",
    "number": "datastyle",
    "fo": "xsl-fo-compatible",
}
_DECLARED = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _SPACES.items()
)


def ods(rows: str, styles: str = "", common: str = "", pages: str = "", before: str = "", table: str = "") -> bytes:
    """An OpenDocument package of one sheet 台账; `styles`: automatic ones, `common` and `pages`: in styles.xml, `before`: the table."""
    content = (
        f"<office:document-content {_DECLARED}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet>{before}<table:table table:name="台账" {table}>{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    shared = (
        f"<office:document-styles {_DECLARED}><office:styles>{common}</office:styles><office:master-styles>{pages}</office:master-styles>"
        "</office:document-styles>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
        if common or pages:
            package.writestr("styles.xml", shared)
    return buffer.getvalue()


def ods_cell(value: Any, style: str = "", displayed: str = "", more: str = "") -> str:
    """A cell with a number and the text `displayed` of it, a date (`d:2025-03-05`), or paragraphs of runs."""
    chosen = f" table:style-name={quoteattr(style)}" if style else ""
    if isinstance(value, str):
        kind = f'date" office:date-value="{value[2:]}' if value.startswith("d:") else "string"
        text = displayed if value.startswith("d:") else value
    else:
        kind, text = f'float" office:value="{value}', displayed
    return f'<table:table-cell{chosen} office:value-type="{kind}" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods_format(name: str, kind: str, parts: str) -> str:
    """A cell style `name` with a number format of that kind."""
    style = f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="N{name}"/>'
    return f'<number:{kind}-style style:name="N{name}">{parts}</number:{kind}-style>{style}'
