"""A table taken apart: its rows of titles, and the columns that stand together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazhi.checking.table_titles import UNIT, is_figure
from fazhi.checking.tables import Cell, Table

_UNITS = re.compile(r"单位[:：]\s*([^\n)）|]{1,30})")


@dataclass(frozen=True)
class Block:
    """Columns of a table that stand together: their titles, and the rows below."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    units: tuple[str, ...]  # of the table


def blocks(table: Table, caption: str) -> Iterator[Block]:
    """The table, or its parts where the same titles come again to the right; rows with one text at its head are its title."""
    rows = list(table)
    while len(rows) > 1 and (alone := alone_in(rows[0])) and not is_figure(alone):
        caption, rows = f"{caption}\n{alone}", rows[1:]
    many = _heads(rows)
    titles, wide = _titles(rows[:many]), max(map(len, rows))
    titles += [""] * (wide - len(titles))
    told = _UNITS.search("\n".join([caption, *(cell.text for row in rows[: max(1, many)] for cell in row)]))
    units = tuple(one for one in re.split(r"[、,，/／和 ]+", told[1]) if re.fullmatch(UNIT, one)) if told else ()
    size = next(
        (size for size in range(2, wide // 2 + 1) if any(titles) and titles == titles[:size] * (wide // size)), wide
    )
    for at in range(0, wide, size):
        part = tuple(row[at : at + size] for row in rows[many:] if row[at : at + size])
        yield Block(tuple(titles[at : at + size]), part, caption, units)


def alone_in(row: Sequence[Cell]) -> str:
    """The text of a row that has but one."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    return texts[0] if len(texts) == 1 and len(row) > 1 else ""


def _heads(rows: Sequence[tuple[Cell, ...]]) -> int:
    """How many rows of titles a table begins with."""
    many = 0
    for row in rows[:3]:
        texts = [cell.text.strip() for cell in row]
        if any(is_figure(one) for one in texts) or not any(texts) or (many and not _goes_on(rows[many - 1], texts)):
            break
        many += 1
    return many if many < len(rows) else 0


def _goes_on(above: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether a row of titles goes on in the next: merged cells leave blanks in one of the two."""
    before = [cell.text.strip() for cell in above]
    spread = any(at and not one and at < len(texts) and texts[at] for at, one in enumerate(before))
    return spread or bool(before[0] and (not texts[0] or texts[0] == before[0]) and any(texts[1:]))


def _titles(heads: Sequence[Sequence[Cell]]) -> list[str]:
    """The title of each column, those above it first."""
    grid = [[cell.text.strip() for cell in row] for row in heads]
    for number, row in enumerate(grid):
        for at in range(1, len(row)):
            if not row[at] and any(at < len(lower) and lower[at] for lower in grid[number + 1 :]):
                row[at] = row[at - 1]
    wide = max(map(len, grid), default=0)
    return ["".join(dict.fromkeys(row[at] for row in grid if at < len(row))) for at in range(wide)]
