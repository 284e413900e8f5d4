"""The order and the fixed parts of the paper, decided once for all three formats (GB/T 9704-2012)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from fazhi.documents.model import (
    GAP_MARK,
    OPEN_MARK,
    Attachment,
    Block,
    Document,
    Explorer,
    Figure,
    Heading,
    Listing,
    Meta,
    Notice,
    Paragraph,
    Run,
    Table,
)
from fazhi.documents.numbering import numbered

AREA_PT = 442.2  # width of the type area, 156 mm
WHOLE_ROWS = 6  # longer tables may go on to the next page, so that none is left half empty
COMFORTABLE = 11  # characters that a column of a table should hold on one line
CELL_MARGINS_PT = 11.0  # left and right of a cell's text, with the rule
TITLE_WIDTH = 20.0  # characters of 22 pt on a line of it
OPENING, CLOSING = "（《〈「『【〔“‘", "，。、；：？！）》〉」』】〕”’％%"
# A title breaks where a phrase ends; inside a word or a number it never does.
_PHRASE = re.compile(r"(?=关于|对于|贯彻|印发|开展)|(?<=年度)|(?<=[年月及和与、，：）》”])(?![度底初])|(?=[（《“])")
_AMOUNT = re.compile(r"[-+\d.,%]+")  # is not cut over lines


@dataclass(frozen=True)
class Arrangement:
    """The parts of the paper in their order; empty ones are not printed."""

    notices: list[Notice]
    document_number: str
    signer: str
    title_lines: list[str]
    addressee: str
    body: list[Block]
    attachment_note: list[str]
    issuer: str
    date: str
    attachments: list[tuple[Attachment, list[Block]]]


def arrange(document: Document, on_screen: bool = False) -> Arrangement:
    """Notices first, then front matter, body, list of attachments, signature (公文版 only), attachments.

    What is for the screen alone (`Explorer`) becomes a list elsewhere.
    """
    meta, official = document.meta, document.meta.form == "公文版"
    blocks = numbered(document.blocks)
    notices, body, attachments = _divide(blocks if on_screen else list(map(_on_paper, blocks)))
    return Arrangement(
        notices=notices,
        document_number=meta.document_number if official else "",
        signer=meta.signer if official else "",
        title_lines=break_title(meta.title),
        addressee=meta.addressee.rstrip("：:") + "：" if official and meta.addressee else "",
        body=body,
        attachment_note=_attachment_note([attachment for attachment, _ in attachments]),
        issuer=meta.issuer if official else "",
        date=meta.date if official else "",
        attachments=attachments,
    )


def _divide(blocks: Sequence[Any]) -> tuple[list[Notice], list[Block], list[tuple[Attachment, list[Block]]]]:
    notices: list[Notice] = []
    body: list[Block] = []
    attachments: list[tuple[Attachment, list[Block]]] = []
    current, depth = body, 0
    for block in blocks:
        if isinstance(block, Notice):
            notices.append(block)
        elif isinstance(block, Attachment):
            current, depth = [], 2  # its number and its title are headings of depth 1 and 2
            attachments.append((block, current))
        elif isinstance(block, Heading):
            depth = min(block.level, depth + 1)
            current.append(block.model_copy(update={"depth": depth}))
        else:
            current.append(_finished(block))
    return notices, body, _numbered(attachments)


def _numbered(attachments: list[tuple[Attachment, list[Block]]]) -> list[tuple[Attachment, list[Block]]]:
    """Several attachments have numbers; a single one has none (GB/T 9704 7.3.4)."""
    if len(attachments) == 1:
        return attachments
    return [
        (head.model_copy(update={"number": head.number or place}), blocks)
        for place, (head, blocks) in enumerate(attachments, 1)
    ]


def _on_paper(block: Block) -> Block:
    return block.listing() if isinstance(block, Explorer) else block


def _finished(block: Block) -> Block:
    """Gaps with their mark; the numbers of an ordered list as typed text, as the paper has them; a list of one is a paragraph."""
    if isinstance(block, Paragraph):
        return block.model_copy(update={"runs": _marked_runs(block.runs)})
    if isinstance(block, Listing) and len(block.items) == 1:
        return Paragraph(runs=(Run(text=block.items[0]),), says=block.says)
    if isinstance(block, Listing) and block.ordered:
        return block.model_copy(update={"items": tuple(f"{n}. {item}" for n, item in enumerate(block.items, 1))})
    return block


def _marked_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Where all of several figures of a paragraph may still move, one mark before it says so of them all."""
    figures = [run for run in runs if run.figure or run.gap or run.open]
    if len(figures) > 1 and all(run.open and not run.gap for run in figures):
        return (Run(text=OPEN_MARK), *runs)
    return tuple(map(_marked, runs))


def _marked(run: Run) -> Run:
    """A gap, or a figure that may still move, carries its mark as text: seen in every format and never by colour alone."""
    if run.gap and "待核实" not in run.text:
        return run.model_copy(update={"text": run.text + GAP_MARK})
    return run.model_copy(update={"text": run.text + OPEN_MARK}) if run.open and not run.gap else run


def _attachment_note(attachments: list[Attachment]) -> list[str]:
    """附件：title, or one numbered line each (GB/T 9704 7.3.4: no full stop after a name)."""
    if len(attachments) == 1:
        return [f"附件：{attachments[0].title}"]
    numbered = [f"{a.number}.{a.title}" for a in attachments]
    return [("附件：" if place == 0 else "　　　") + line for place, line in enumerate(numbered)]


def attachment_label(attachment: Attachment) -> str:
    return f"附件{attachment.number}" if attachment.number else "附件"


def notes(block: Table | Figure) -> list[str]:
    """The small lines below a table or a figure."""
    note = [f"注：{block.note}"] if isinstance(block, Table) and block.note else []
    return note + ([f"资料来源：{block.source}"] if block.source else [])


def document_time(meta: Meta) -> datetime:
    """The moment written into the files: the paper's own date, never the clock's."""
    day = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", meta.date)
    parts = [int(part) for part in day.groups()] if day else [(meta.year or 1999) + 1, 1, 1]
    try:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)


def width_em(text: str) -> float:
    """Width in characters of the line: a full-width one is 1, a half-width one 0.55."""
    return 0.55 * len(text) if text.isascii() else sum(map(_character_em, text))


@cache
def _character_em(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55


@dataclass(frozen=True)
class Layout:
    """How a table is set: type size in pt, each column's share of the width (sum 1), whether it stays on one page."""

    size: float
    shares: list[float]
    whole: bool


def table_layout(table: Table) -> Layout:
    """小四 (12 pt), smaller where columns would be cramped; columns as wide as given, else by what their cells hold."""
    needs = _needs(table)
    size = _size(needs)
    given = [column.width for column in table.columns if column.width]
    widths = given if len(given) == len(needs) else _widths(needs, size)
    whole = len(table.rows) <= WHOLE_ROWS and all(width_em(cell) <= 40 for row in table.rows for cell in row)
    return Layout(size, [width / sum(widths) for width in widths], whole)


def _size(needs: list[tuple[float, float]]) -> float:
    """The largest size at which columns are comfortable, else at which no word has to be cut."""
    room = AREA_PT - CELL_MARGINS_PT * len(needs)
    comfortable, least = sum(min(most, COMFORTABLE) for _, most in needs), sum(least for least, _ in needs)
    fitting = [size for size, wanted in ((12, comfortable), (10.5, comfortable), (9, least)) if wanted * size <= room]
    return fitting[0] if fitting else 7.5


def _widths(needs: list[tuple[float, float]], size: float) -> list[float]:
    """Widths in characters: where not all fit on one line, each column gets what its longest word needs and the rest
    goes where cells are longest."""
    margins = CELL_MARGINS_PT / size
    room = AREA_PT / size - margins * len(needs)
    least, most = sum(least for least, _ in needs), sum(most for _, most in needs)
    part = min(max((room - least) / (most - least), 0), 1) if most > least else 1
    return [least + part * (most - least) + margins for least, most in needs]


def _needs(table: Table) -> list[tuple[float, float]]:
    """The least and the full width of each column in characters; a title may take several lines of three."""
    needs = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        words = {word for cell in cells for word in re.findall("[!-~]+", cell)}
        least = max((min(_cell_em(word), 9 if _AMOUNT.fullmatch(word) else 6.6) for word in words), default=0)
        full = max((_cell_em(cell) for cell in cells), default=0)
        needs.append((max(least, min(full, 6), 3), max(full, width_em(column.title), 3)))
    return needs


def _cell_em(text: str) -> float:
    """Width in characters of a cell, with the room that a percent sign and a plus take in the typefaces of other machines."""
    return width_em(text) + 0.4 * text.count("%") + 0.3 * text.count("+")


def break_title(title: str, width: float = TITLE_WIDTH) -> list[str]:
    """The title in as few lines as fit `width`, cut where phrases end, the lines as equal as possible."""
    if width_em(title) <= width:
        return [title]
    cuts = [m.start() for m in _PHRASE.finditer(title) if 0 < m.start() < len(title)]
    pieces = [title[a:b] for a, b in pairwise([0, *cuts, len(title)])]
    pieces = [part for piece in pieces for part in _cut_long(piece, width)]
    return _even_lines(pieces, width)


def _cut_long(piece: str, width: float) -> list[str]:
    """A phrase longer than a line, cut between characters where no rule of line ends forbids it."""
    if width_em(piece) <= width:
        return [piece]
    allowed = [i for i in range(1, len(piece)) if _may_break(piece[i - 1], piece[i])]
    fitting = [i for i in allowed if width_em(piece[:i]) <= width]
    anywhere = (i for i in range(len(piece) - 1, 0, -1) if width_em(piece[:i]) <= width)
    cut = fitting[-1] if fitting else next(anywhere, 1)  # a word longer than a line is cut where the line ends
    return [piece[:cut], *_cut_long(piece[cut:], width)]


def _may_break(before: str, after: str) -> bool:
    if before in OPENING or after in CLOSING or after == "的":
        return False
    return not (before.isascii() and before.isalnum() and (after.isascii() or after in "年月日"))


def _even_lines(pieces: list[str], width: float) -> list[str]:
    """The fewest lines, and among those the split with the smallest sum of squared widths."""
    best: dict[int, tuple[int, float, list[str]]] = {len(pieces): (0, 0.0, [])}
    for start in range(len(pieces) - 1, -1, -1):
        options = []
        for end in range(start + 1, len(pieces) + 1):
            line = "".join(pieces[start:end])
            if end > start + 1 and width_em(line) > width:
                break
            count, cost, rest = best[end]
            options.append((count + 1, cost + width_em(line) ** 2, [line, *rest]))
        best[start] = min(options)
    return best[0][2]
