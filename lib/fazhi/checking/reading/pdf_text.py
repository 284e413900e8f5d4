"""The text of a PDF draft: lines joined that a page's width has broken, cells of a table kept apart by tabs."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from fazhi.checking.reading.tables import Cell, Table
from fazhi.intake.model import Refused
from fazhi.quantities import find_quantities

_WIDE = 1.2  # a gap of so many heights of a character parts two cells
_NUMBERS = re.compile(r"(?:^|\t)[-+]?\d[\d,.]*%?(?=\t|$)")


def pdf_text(data: bytes) -> str:
    """The text of a PDF. Raises Refused for one that is broken or locked."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Refused("PDF 已损坏或设有密码") from None
    try:
        pages = [_page(page.get_textpage()) for page in document]
    finally:
        document.close()
    return joined_lines("\n".join(pages))


def _page(page: Any) -> str:
    """The text of a page; a blank that is as wide as between cells is a tab."""
    count = page.count_chars()
    text = page.get_text_range(0, count) if count else ""
    if len(text) != count:
        return text
    pieces = list(text)
    for at in range(1, count - 1):
        if text[at] == " " and not (text[at - 1] + text[at + 1]).isspace():
            _, bottom, right, top = page.get_charbox(at - 1)
            left = page.get_charbox(at + 1)[0]
            if left - right > _WIDE * max(top - bottom, 4):
                pieces[at] = "\t"
    return "".join(pieces)


def joined_lines(text: str) -> str:
    """Lines that a page's width has broken, joined again: a line goes on where it ends in the middle of a sentence."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])", "", text)  # justified lines
    text = re.sub(r"\n\s*[-—]\s*\d+\s*[-—]\s*(?=\n|$)", "", text)  # page numbers
    return re.sub(
        r"(?<=[^\n。；！？：:])\n(?=[^\n（(一二三四五六七八九十第])",
        lambda match: "" if _goes_on(text, match.start()) else "\n",
        text,
    )


def _goes_on(text: str, at: int) -> bool:
    """Whether the line that ends here fills the page's width, and is no row of a table, nor the next."""
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at + 1)
    beside = text[begin : end if end >= 0 else len(text)]
    return at - begin > 20 and "\t" not in beside


def certain_rows(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables of a PDF, with only those rows in cells that have as many as the titles: a blank cell leaves no trace there."""
    return tuple(_certain(table) for table in tables)


def _certain(table: Table) -> Table:
    most = Counter(len(row) for row in table).most_common(1)[0][0]
    titles = "\t".join(cell.text for cell in table[0])
    is_titled = len(table[0]) == most and not _NUMBERS.search(titles) and not find_quantities(titles)
    return tuple(row if is_titled and len(row) == most else (_whole(row),) for row in table)


def _whole(row: Sequence[Cell]) -> Cell:
    return Cell(row[0].start, row[-1].end, " ".join(cell.text for cell in row))
