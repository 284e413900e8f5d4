"""Tables of a plain text as people type them: cells under each other by blanks, empty ones left out."""

import re
from itertools import groupby

from fazhi.checking.reading.aligned import width_of

Mark = tuple[int, int, str]  # as in other_drafts


def aligned(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The text with its lines of cells (| … |) in columns by blanks, and where its marks stand then."""
    made, moved, at = "", list[Mark](), 0
    for is_table, group in groupby(text.split("\n"), key=lambda line: line.startswith("|")):
        lines = [*group]
        widths = _widths(lines) if is_table else []
        for line in lines:
            pieces = list(re.finditer(r"(?<=\|)[^|]+(?=\|)", line)) if is_table else [re.match(".*", line)]
            for number, piece in enumerate(filter(None, pieces)):
                cell = piece[0].strip() if is_table else piece[0]
                begin = at + piece.start() + (piece[0].index(cell) if cell else 0)
                inside = [one for one in marks if begin <= one[0] and one[1] <= begin + len(cell) and one[0] < one[1]]
                moved += [(len(made) + start - begin, len(made) + end - begin, rule) for start, end, rule in inside]
                made += cell + " " * (widths[number] - width_of(cell) + 3 if is_table else 0)
            made = (made.rstrip(" ") if is_table else made) + "\n"
            at += len(line) + 1
    return made.removesuffix("\n"), moved


def _widths(lines: list[str]) -> list[int]:
    """How wide each column is."""
    rows = [[width_of(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
    return [max(row[at] for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
