"""Pages filled on paper: a chart that does not fit on what is left of a page lets what follows it go before.

The lines of a page are reckoned, not set: an error costs some white, never a word. Numbers are given before, so that a chart
that stands later keeps its own.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from fazhi.documents.arrange import (
    AREA_PT,
    CELL_MARGINS_PT,
    Arrangement,
    break_title,
    notes,
    table_layout,
    width_em,
)
from fazhi.documents.model import Block, Figure, Heading, Listing, Paragraph, Table

LINES, LINE_PT, CHARACTERS = 22, 28.95, 28.0  # of a page of GB/T 9704
CAPTION_PT = 30.4  # of one line, with the gap beside it
WORTH = 4  # lines left white that are worth another order
_VIEW = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


def fill_pages(page: Arrangement) -> Arrangement:
    """The paper with its charts where they leave no page half empty."""
    flowing = not (page.body or page.issuer or page.date)  # attachments one after the other, of tables
    attachments = [
        (head, blocks if flowing else filled(blocks, 3 + len(break_title(head.title))))
        for head, blocks in page.attachments
    ]
    return replace(page, body=filled(page.body, _front(page)), attachments=attachments)


def _front(page: Arrangement) -> int:
    """The lines above the text."""
    boxes = sum(
        16 + 18 * sum(math.ceil(width_em(item) * 12 / AREA_PT) for item in (one.title, *one.items))
        for one in page.notices
    )
    number = 3 if page.document_number or page.signer else 0
    return _on_grid(boxes) + number + len(page.title_lines) + 1 + bool(page.addressee)


def filled(blocks: Sequence[Block], start: int = 0) -> list[Block]:
    """The blocks in an order that fills pages, the first at line `start` of its page."""
    waiting, made, at = list(blocks), list[Block](), start
    while waiting:
        block = waiting.pop(0)
        left = LINES - at % LINES
        if isinstance(block, Figure) and lines(block) > left >= WORTH and waiting and _flows(waiting[0], left):
            waiting.insert(1, block)
            block = waiting.pop(0)
        made.append(block)
        at = _after(block, at)
    return made


def _flows(block: Block, left: int) -> bool:
    """Whether a block fills what is left of a page: text, and a table that fits or may be torn."""
    if isinstance(block, Table):
        return lines(block) <= left or not table_layout(block).whole
    return isinstance(block, Paragraph | Listing)


def _after(block: Block, at: int) -> int:
    """The line after a block that begins at line `at`, on the next page where it has to."""
    high, left = lines(block), LINES - at % LINES
    whole = isinstance(block, Figure) or (isinstance(block, Table) and table_layout(block).whole)
    if isinstance(block, Heading) and left <= high:  # never at the foot of a page
        return at + left + high
    return at + high + (left if whole and left < high <= LINES else 0)


def lines(block: Block) -> int:
    """How many lines of the page a block takes."""
    match block:
        case Heading():
            return _wrapped(block.text)
        case Paragraph():
            return _wrapped("".join(run.text for run in block.runs))
        case Listing():
            return sum(_wrapped(item) for item in block.items)
        case Table():
            return _on_grid(CAPTION_PT * bool(block.caption) + _rows(block) + _notes(block))
        case Figure():
            return _on_grid(4 + _height(block) + CAPTION_PT * bool(block.caption) + _notes(block))
    return 0


def _wrapped(text: str) -> int:
    return max(1, math.ceil((width_em(text) + 2) / CHARACTERS))


def _rows(table: Table) -> float:
    layout = table_layout(table)
    ems = [max(1.0, (share * AREA_PT - CELL_MARGINS_PT) / layout.size) for share in layout.shares]
    rows = [tuple(column.title for column in table.columns), *table.rows]
    tall = (max(math.ceil(width_em(cell) / em) for cell, em in zip(row, ems, strict=True)) for row in rows)
    return sum(max(1, count) * layout.size * 1.5 + 4 for count in tall)


def _notes(block: Table | Figure) -> float:
    return sum(16 * math.ceil(width_em(line) * 10.5 / AREA_PT) for line in notes(block))


def _height(figure: Figure) -> float:
    """Points; of a picture of unknown size, two thirds of its width."""
    found = _VIEW.search(figure.svg)
    ratio = float(found[2]) / float(found[1]) if found else 2 / 3
    return figure.width_mm / 25.4 * 72 * ratio


def _on_grid(points: float) -> int:
    return math.ceil(points / LINE_PT - 0.001)
