"""A table taken apart: its rows of titles, and the columns that stand together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazhi.checking.reading.tables import Cell, Table
from fazhi.checking.table_binding.titles import UNIT, is_figure

_FILLED_IN = re.compile(r"[^:：]{1,12}[:：].*")  # 填报单位：…
_NUMBERED = re.compile(r"[(（]?(?:[甲乙丙丁戊己庚辛]|\d{1,2}(?:\s*[=＝].*)?)[)）]?")  # the columns of a form: 甲 乙 1 2
_SIGNS = re.compile(r"[（(]\s*[-+＋−－–±、/]+\s*[)）]")  # 增（+）减（-）
_AMONG = re.compile(r"^其\s*中[:：]?")  # above the parts of the column before
_UNITS = re.compile(r"单位[:：]\s*((?:(?!单位)[^\n)）|]){1,30})")


@dataclass(frozen=True)
class Block:
    """Columns of a table that stand together: their titles, and the rows below."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    units: tuple[str, ...]  # of the table
    lasts: tuple[str, ...] = ()  # of each title the lowest part, where it has several


def blocks(table: Table, caption: str) -> Iterator[Block]:
    """The table, or its parts where the same titles come again to the right; rows with one text at its head are its title."""
    rows = list(table)
    while len(rows) > 1 and (above := _above_heads(rows[0])):
        caption, rows = f"{caption}\n{above}", rows[1:]
    rows = [row for row in rows if not _is_numbering(row)] or rows
    many = _heads(rows)
    heads = [_texts(row) for row in rows[:many]]
    rows = [*rows[:many], *(row for row in rows[many:] if _texts(row) not in heads)]  # on a new page they stand again
    titles, wide = _titles(rows[:many]), max(map(len, rows))
    titles += [""] * (wide - len(titles))
    lasts = [*_lasts(rows[:many]), *[""] * wide][:wide]
    told = "、".join(_UNITS.findall("\n".join([caption, *(cell.text for row in rows[: max(1, many)] for cell in row)])))
    units = tuple(dict.fromkeys(one for one in re.split(r"[、,，/／和 \u3000]+", told) if re.fullmatch(UNIT, one)))
    below = rows[many:]
    parts = _side_by_side(titles, below)
    if _goes_across(parts, below):
        below = [row[at:end] for row in below for at, end in parts]
        parts = parts[:1]
    for at, end in parts:
        part = tuple(row[at:end] for row in below if row[at:end])
        yield Block(tuple(titles[at:end]), part, caption, units, tuple(lasts[at:end]))


def _side_by_side(titles: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> list[tuple[int, int]]:
    """The columns, from and to, of lists that stand side by side: titles come again, or all but that of what each names."""
    wide = len(titles)
    for size in range(2, wide // 2 + 1):
        parts, at = list[tuple[int, int]](), 0
        while at < wide:
            at += bool(at) and not titles[at]  # an empty column between
            parts.append((at, at + size))
            at += size
        is_whole = at == wide and any(titles) and len({tuple(titles[low + 1 : high]) for low, high in parts}) == 1
        if is_whole and (
            titles == list(titles[:size]) * (wide // size) or all(_names(low, titles, rows) for low, _ in parts)
        ):
            return parts
    return [(0, wide)]


def _goes_across(parts: Sequence[tuple[int, int]], rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether lists side by side are one that is read row by row, as in a form: 法律咨询 82件 | 其中来访 40件."""
    return any(_AMONG.match(row[at].text.strip()) for row in rows for at, _ in parts[1:] if at < len(row))


def _names(at: int, titles: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether a column names what its rows tell of: it has a title, and texts without figures below."""
    texts = [text for row in rows if at < len(row) and (text := row[at].text.strip())]
    return bool(titles[at] and texts) and not any(map(is_figure, texts))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text.strip() for cell in row]


def _above_heads(row: Sequence[Cell]) -> str:
    """What a row says that stands above the titles: the table's own title, who filled it in and when."""
    texts = [text for text in _texts(row) if text]
    alone = alone_in(row)
    if alone:
        return "" if is_figure(alone) else alone
    return "　".join(texts) if len(row) > 2 and texts and all(map(_FILLED_IN.fullmatch, texts)) else ""


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 甲 乙 1 2 3."""
    texts = [text for text in _texts(row) if text]
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    is_counted = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1
    return len(texts) > 2 and is_counted and all(map(_NUMBERED.fullmatch, texts))


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


def _lasts(heads: Sequence[Sequence[Cell]]) -> list[str]:
    """The lowest of several titles of each column."""
    columns = [
        [row[at].text.strip() for row in heads if at < len(row)] for at in range(max(map(len, heads), default=0))
    ]
    return [next((one for one in reversed(column) if one), "") if len(heads) > 1 else "" for column in columns]


def _titles(heads: Sequence[Sequence[Cell]]) -> list[str]:
    """The title of each column, those above it first."""
    grid = [[_SIGNS.sub("", cell.text.strip()) for cell in row] for row in heads]
    for number, row in enumerate(grid):
        for at in range(1, len(row)):
            if not row[at] and any(at < len(lower) and lower[at] for lower in grid[number + 1 :]):
                row[at] = row[at - 1]
    wide = max(map(len, grid), default=0)
    return ["".join(dict.fromkeys(_AMONG.sub("", row[at]) for row in grid if at < len(row))) for at in range(wide)]
