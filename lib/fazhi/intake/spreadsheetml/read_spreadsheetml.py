"""SpreadsheetML 2003: values and looks by expat, every cell and style again by lxml."""

from lxml import etree

from fazhi.intake import cross_check
from fazhi.intake.limits import Limits
from fazhi.intake.looks import apply_looks
from fazhi.intake.model import Finding, RawSheet, Refused, rows_with_content, trimmed
from fazhi.intake.spreadsheetml.scan import BROKEN, Scanned, Scanner
from fazhi.intake.spreadsheetml.second_reading import SecondReading, Sheet, read_again
from fazhi.intake.text_decoding import as_utf8, needs_utf8
from fazhi.intake.xlsx.package import feed

_TWO_READINGS = "两种方法读出的单元格格式不同，文件不正常；请用 Excel 打开，另存为 .xlsx 后重新提交"


def read_spreadsheetml(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All worksheets and what is to be said of them."""
    data = as_utf8(data) if needs_utf8(data) else data
    scanner = Scanner(limits)
    feed(scanner.parser, iter([data]))
    second = _again(data, limits)
    if len(second.sheets) != len(scanner.sheets):
        raise Refused(BROKEN)
    if (second.is_1904, second.styles) != (scanner.is_1904, scanner.styles):
        raise Refused(_TWO_READINGS)
    names, findings = cross_check.distinct([sheet.name for sheet in scanner.sheets])
    sheets: list[RawSheet] = []
    for scanned, again, name in zip(scanner.sheets, second.sheets, names, strict=True):
        scanned.name = name
        sheet, said = _assemble(scanned, again, scanner.is_1904)
        sheets.append(sheet)
        findings += said
    return sheets, findings


def _again(data: bytes, limits: Limits) -> SecondReading:
    try:
        return read_again(data, every_cell=len(data) <= limits.compared_bytes)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(BROKEN) from None


def _assemble(scanned: Scanned, again: Sheet, is_1904: bool) -> tuple[RawSheet, list[Finding]]:
    rows = trimmed(scanned.rows)
    sheet = RawSheet(
        scanned.name,
        rows,
        scanned.merged,
        frozenset(scanned.hidden),
        scanned.struck,
        scanned.visible,
        scanned.comments,
        again.rows,
        tuple(dict.fromkeys(scanned.printed)),
        scanned.fills,
        is_1904,
    )
    said = cross_check.count_findings(sheet)
    if again.cells and rows_with_content(rows) == again.rows:
        said += cross_check.value_finding(sheet.name, cross_check.differences(rows, again.cells, is_1904))
    said += apply_looks(sheet.name, rows, scanned.formats, scanned.read)
    return sheet, said + cross_check.marked_findings(sheet.name, scanned.marked)
