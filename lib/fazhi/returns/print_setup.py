"""What an office set up for printing, taken over into its copy: the area to print and the rows repeated on each page."""

import re

from lxml import etree
from openpyxl.workbook import Workbook

from fazhi.intake.xlsx.package import Package
from fazhi.intake.xlsx.workbook_parts import main_part, read_workbook

_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!,]+))!(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+|\$?\d+:\$?\d+)")


def keep_print_setup(book: Workbook, package: Package) -> None:
    """Set both on the pages of `book`, which stand in the order of the package's sheets; other than plain ranges are left.

    The package's workbook part has passed the gate: it declares no document type.
    """
    pages = dict(zip((entry.name for entry in read_workbook(package).sheets), book.worksheets, strict=False))
    root = etree.fromstring(package.read(main_part(package)), etree.XMLParser(resolve_entities=False, no_network=True))
    for name in root.iter("{*}definedName"):
        kind, place = name.get("name", "").casefold(), _PLACE.fullmatch((name.text or "").strip())
        page = pages.get((place[1] or place[2]).replace("''", "'")) if place else None
        if place is None or page is None:
            continue
        is_rows = place[3].replace("$", "").replace(":", "").isdigit()
        if kind == "_xlnm.print_area" and not is_rows:
            page.print_area = place[3]
        elif kind == "_xlnm.print_titles" and is_rows:
            page.print_title_rows = place[3].replace("$", "")
