"""How an office's copy is printed: the area and the rows repeated on each page as the office set them, words in no cell around it."""

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree
from openpyxl.workbook import Workbook

from fazhi.intake.xlsx.package import Package
from fazhi.intake.xlsx.workbook_parts import main_part, read_workbook

_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!,]+))!(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+|\$?\d+:\$?\d+)")

_MAXIMUM_PRINTED = 240  # characters of a header or footer: Excel takes 255
_SAYS_MUCH = re.compile("单位|[12]\\d{3}")  # a unit or a year decides what the cells mean


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


def print_words(page: Any, words: Sequence[str]) -> None:
    """Put words that stand in no cell (above a table in Word or on a web page) into the page's header, then its footer.

    There they are read again when the copy comes back, and every row keeps its number. Units and years come first where there is
    no room for all.
    """
    ranked = sorted(words, key=lambda text: not _SAYS_MUCH.search(text))
    for paper, texts in ((page.oddHeader, ranked[:3]), (page.oddFooter, ranked[3:6])):
        room = _MAXIMUM_PRINTED
        for part, text in zip((paper.center, paper.right, paper.left), texts, strict=False):
            written = " ".join(text.split()).replace("&", "&&")
            if len(written) <= room:
                part.text = written
                room -= len(written)
