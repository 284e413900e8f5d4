"""xlsx and xlsm: values by calamine from a package laid anew of proved parts, everything else from the XML."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from python_calamine import CalamineSheet

from fazhi.intake import cross_check
from fazhi.intake.calamine_values import open_values, sheet_values
from fazhi.intake.limits import Limits
from fazhi.intake.looks import apply_looks, differing_dates
from fazhi.intake.model import CellError, Finding, Position, RawSheet, Rows, Uncached, rows_with_content
from fazhi.intake.xlsx.package import Package, Part, build, stored
from fazhi.intake.xlsx.shared_strings import read_strings, uncounted
from fazhi.intake.xlsx.sheet_scan import Context, SheetScan, scan_sheet
from fazhi.intake.xlsx.styles import Styles, read_styles
from fazhi.intake.xlsx.workbook_parts import SheetEntry, Workbook, drawn_texts, read_comments, read_workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DIMENSION = re.compile(rb"(<(?:\w+:)?dimension)\b([^<>]*?)(?=/?>)")
_EXTENT = re.compile(rb"""\s+ref\s*=\s*(["'])[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?\1\s*""")
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def read_xlsx(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All worksheets and what is to be said of them."""
    package = Package(data, limits)
    workbook = read_workbook(package)
    if not workbook.sheets:
        return [], []
    sheets: list[RawSheet] = []
    names, findings = cross_check.distinct([entry.name for entry in workbook.sheets])
    styles = read_styles(package, workbook.styles_part)
    scans, values = _both_readings(package, workbook, styles, limits)
    for number, scan in enumerate(scans):
        rows = sheet_values(values(number))
        entry = replace(workbook.sheets[number], name=names[number])
        sheet, said = _assemble(package, entry, rows, scan, workbook.is_1904)
        codes = {place: styles.formats[style] for place, style in scan.formatted.items()}
        said += apply_looks(sheet.name, sheet.rows, codes, scan.read)
        sheets.append(sheet)
        findings += said
    return sheets, findings


def _both_readings(
    package: Package, workbook: Workbook, styles: Styles, limits: Limits
) -> tuple[list[SheetScan], Callable[[int], CalamineSheet]]:
    """The scans of all sheets, and what gives the values of a sheet by number.

    A small workbook is scanned first: its scan also guards the reader of values. Of a large one the first sheet's
    values are read meanwhile on the other core (a quarter of the time); should that cost the process, so be it.
    """
    content = plain_package(package, workbook)
    every_cell = _unpacked_bytes(package, workbook) <= limits.compared_bytes
    if every_cell:
        scans = _scan(package, workbook, styles, limits, every_cell)
        return scans, open_values(content).get_sheet_by_index
    with ThreadPoolExecutor(max_workers=1) as second_core:
        opened = second_core.submit(open_values, content)
        del content  # of which the reader has a copy
        first = second_core.submit(lambda: opened.result().get_sheet_by_index(0))
        scans = _scan(package, workbook, styles, limits, every_cell)
    book, ready = opened.result(), [first.result()]  # which is let go once it is taken
    return scans, lambda number: ready.pop() if number == 0 else book.get_sheet_by_index(number)


def _scan(package: Package, workbook: Workbook, styles: Styles, limits: Limits, every_cell: bool) -> list[SheetScan]:
    strings = read_strings(package, workbook.strings_part, every_cell)
    context = Context(strings, styles, limits, every_cell)
    return [scan_sheet(package, entry.part, context) for entry in workbook.sheets]


def _unpacked_bytes(package: Package, workbook: Workbook) -> int:
    """Size of all sheets and strings."""
    parts = {entry.part for entry in workbook.sheets} | ({workbook.strings_part} if workbook.strings_part else set())
    return sum(package.size(part) for part in parts)


def plain_package(package: Package, workbook: Workbook) -> bytes:
    """A package that holds the sheets under plain names, and only parts that were unpacked and checked.

    So the reader sees what was scanned: letter case and backslashes of part names, doubles, strict namespaces of
    the workbook, equal sheet names and stray parts cannot make it read something else.
    """
    numbers = range(1, len(workbook.sheets) + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    book += f'<workbookPr date1904="{int(workbook.is_1904)}"/><sheets>{listed}</sheets></workbook>'
    parts: dict[str, Part] = {
        "[Content_Types].xml": _text(
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}"/></Types>'
        ),
        "_rels/.rels": _text(
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": _text(book),
        "xl/_rels/workbook.xml.rels": _text(
            f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}</Relationships>'
        ),
    }
    if workbook.styles_part:
        parts["xl/styles.xml"] = package.packed(workbook.styles_part)
    if workbook.strings_part:
        parts["xl/sharedStrings.xml"] = _strings(package, workbook.strings_part)
    for number, entry in zip(numbers, workbook.sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(package, entry.part)
    return build(parts)


def _sheet(package: Package, part: str) -> Part:
    """The sheet as it lies, or with an extent in place of one that says nothing, at which the reader of values breaks off."""
    head = next(package.chunks(part), b"").partition(b"sheetData")[0]
    if all(_EXTENT.fullmatch(attributes) for _, attributes in _DIMENSION.findall(head)):
        return package.packed(part)
    whole = package.read(part)
    return stored(_DIMENSION.sub(rb'\1 ref="A1"', whole[: len(head)]) + whole[len(head) :])


def _strings(package: Package, part: str) -> Part:
    """The shared strings as they lie, or without their count where it cannot be true: `<si/>` takes five bytes."""
    counts = re.findall(rb"ount\s*=\s*[\"'](\d+)", next(package.chunks(part), b"")[:2000])
    if any(len(count) > 9 or int(count) * 5 > package.size(part) for count in counts):
        return stored(uncounted(package.read(part)))
    return package.packed(part)


def _text(content: str) -> Part:
    return stored(content.encode("utf-8"))


def _assemble(
    package: Package, entry: SheetEntry, rows: Rows, scan: SheetScan, is_1904: bool
) -> tuple[RawSheet, list[Finding]]:
    """One sheet of both readings."""
    marked: dict[Position, CellError | Uncached] = {}
    marked.update({place: CellError(code) for place, code in scan.errors.items()})
    marked.update({place: Uncached(formula) for place, formula in scan.uncached.items()})
    cross_check.put_back(rows, marked)
    name = entry.name
    sheet = RawSheet(
        name,
        rows,
        scan.merged,
        frozenset(scan.hidden),
        dict(scan.struck),
        entry.visible,
        read_comments(package, entry.part),
        scan.counted_rows,
        tuple(dict.fromkeys([*scan.printed, *drawn_texts(package, entry.part)])),
        scan.fills,
        is_1904,
    )
    cross_check.put_back_negatives(rows, scan.cells)
    said = cross_check.count_findings(sheet) + cross_check.repeated_findings(name, scan.repeated)
    if rows_with_content(rows) == scan.counted_rows:
        said += cross_check.value_finding(name, _differences(rows, scan, is_1904))
    if not scan.in_order:
        said.append(_disordered(name))
    return sheet, said + cross_check.marked_findings(name, marked)


def _differences(rows: Rows, scan: SheetScan, is_1904: bool) -> list[Position]:
    """Places where the readings differ; of a large sheet rows whose cells with content are not equally many."""
    if scan.cells:
        return sorted({*cross_check.differences(rows, scan.cells, is_1904), *differing_dates(rows, scan.numbers)})
    counts = {number: len(row) - row.count(None) for number, row in enumerate(rows, 1) if row}
    rows_there = () if counts == scan.filled else counts.keys() | scan.filled
    return sorted((row, 1) for row in rows_there if counts.get(row) != scan.filled.get(row))


def _disordered(name: str) -> Finding:
    advice = "已按行号归位；请用 Excel 打开核对后另存"
    return Finding("warning", name, None, None, "文件里的行或单元格次序错乱", "按行号、列号排列", advice)
