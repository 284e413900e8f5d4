"""The tables of a draft: their cells, the lines above them, and the year they tell of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product

from fazhi.checking.reading.aligned import columns_of, width_of


@dataclass(frozen=True)
class Cell:
    """The text of one cell, and where it stands in the draft."""

    start: int
    end: int
    text: str


Table = tuple[tuple[Cell, ...], ...]

_STROKE = re.compile(r"[|｜│┃]")
_APART = re.compile(r" *\u3000? *\t *|[ \u3000]{2,}|\u3000")
_RULE = re.compile(r"[\s|｜│┃:：+\-─━┄┼├┤┬┴┌┐└┘═]+")
_LISTED = re.compile(
    r"[ \t]*(?:[(（]?[\d一二三四五六七八九十]{1,3}(?:[)）.、．]|(?=[\s]))+)?[ \t]*(?P<name>(?:(?!  )[^：:，。；|｜\d\n\t]){2,24}?)(?:[：:]|—+|[ \u3000]+)[ \u3000]*"
    r"(?P<value>(?!\d+[.、．]\D)[约近超]?\d(?:(?!  )[^，。；：:\n\t]){0,24})[；;。.]?[ \t]*"
)  # 调解纠纷：125件
_NUMBER = re.compile(r"[-+−]?\d[\d,.]*[%％]?")
_LONGEST_LISTED = 80  # characters of a line that is a name with its number
_CAPTION = 60  # characters of a line above a table that may be its title
_NO_TITLE = re.compile(r"^(?:注|资料来源|数据来源|来源|说明)|[。；]$")
_MOST_COLUMNS = 100  # of a table that stands in columns by blanks
_BESIDE = 3  # lines above or below that may be no rows of the table: its title, who filled it in
_LINES = 3  # above a table, its title and its units among them


def tables_in(text: str, known: Sequence[Table] = ()) -> list[Table]:
    """The tables that a plain text holds besides those `known`: rows of cells between strokes, tabs or wide blanks, names with numbers."""
    spans = sorted((cell.start, cell.end) for table in known for row in table for cell in row)
    begins = [begin for begin, _ in spans]
    found: list[Table] = []
    at, lines = 0, []
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1

    def mark_of(line: tuple[int, str]) -> re.Pattern[str] | None:
        at = bisect_right(begins, line[0]) - 1
        return None if at >= 0 and line[0] <= spans[at][1] else _mark(line[1])

    for mark, group in groupby(lines, key=mark_of):
        written = [one for one in group if not _RULE.fullmatch(one[1])] if mark else []
        rows = [_cells(start, line, mark) for start, line in written]
        rows = _in_columns(rows, written) if mark is _APART and len(rows) > 1 else rows
        if len(rows) > 1 and max(map(len, rows)) > 1:
            if found and _goes_on(text, found[-1], rows):
                found[-1] += tuple(rows)
            else:
                found.append(tuple(rows))
    return found


def _goes_on(text: str, table: Table, rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether rows without titles go on with the table above a blank line."""
    between = text[table[-1][-1].end : rows[0][0].start]
    is_alike = len(rows[0]) == len(table[-1]) > 2
    return is_alike and not between.strip(" \n|｜│┃") and bool(_NUMBER.fullmatch(rows[0][-1].text.strip()))


def _mark(line: str) -> re.Pattern[str] | None:
    """What stands between the cells of a line; none where it is no row of a table."""
    if len(_STROKE.findall(line)) >= 2 or (_RULE.fullmatch(line) and line.strip()):
        return _STROKE
    listed = _LISTED.fullmatch(line) if len(line) <= _LONGEST_LISTED else None
    if listed and (listed.start("name") > len(line) - len(line.lstrip()) or not _APART.search(line.strip())):
        return _LISTED
    return _APART if _APART.search(line.strip()) and "。" not in line else None


def _in_columns(rows: list[tuple[Cell, ...]], lines: Sequence[tuple[int, str]]) -> list[tuple[Cell, ...]]:
    """The rows that stand in columns, with empty cells where blanks leave them out; lines above and below may be none of them."""
    if any(one.end + 1 == other.start for row in rows for one, other in pairwise(row)):
        return rows  # tabs
    if max(map(len, rows)) > _MOST_COLUMNS:
        return []
    for above, below in sorted(product(range(_BESIDE), repeat=2), key=sum):
        part = rows[above : len(rows) - below]
        numbers = sum(bool(re.match(r"[-+约近超]?\d", cell.text.strip())) for row in part for cell in row[1:])
        if len(part) < 2 or numbers < len(part) / 2:
            continue
        places = [
            [(width_of(line[: cell.start - start]), width_of(line[: cell.end - start])) for cell in row]
            for row, (start, line) in zip(part, lines[above:], strict=False)
        ]
        is_even = len({len(row) for row in part}) == 1
        if under := [[*range(len(row))] for row in part] if is_even else columns_of(places):
            most = max(map(len, part))
            return [_filled(row, columns, most) for row, columns in zip(part, under, strict=True)]
    return []


def _filled(row: tuple[Cell, ...], columns: Sequence[int], most: int) -> tuple[Cell, ...]:
    """The row with an empty cell in each column where it has none, which stands where the one before it ends."""
    cells, at, made = dict(zip(columns, row, strict=True)), row[0].start, list[Cell]()
    for number in range(most):
        made.append(cells.get(number, Cell(at, at, "")))
        at = made[-1].end
    return tuple(made)


def _cells(start: int, line: str, mark: re.Pattern[str] | None) -> tuple[Cell, ...]:
    if mark is _LISTED and (listed := _LISTED.fullmatch(line)):
        return tuple(
            Cell(start + listed.start(name), start + listed.end(name), listed[name]) for name in ("name", "value")
        )
    assert mark is not None
    inner = line.strip(" " if mark is _APART and "\t" in line else None)  # a tab at the beginning: a cell left empty
    begin, cells, at = start + line.index(inner), [], 0
    for match in [*mark.finditer(inner), None]:
        end = match.start() if match else len(inner)
        cells.append(Cell(begin + at, begin + end, inner[at:end]))
        at = match.end() if match else end
    framed = bool(_STROKE.match(inner)) and mark is _STROKE
    closed = framed and bool(_STROKE.search(inner[-1]))
    return tuple(cells[1 : -1 if closed else None] if framed else cells)


def caption(text: str, table: Table, floor: int = 0) -> str:
    """The short lines right above a table, from `floor` on, where another may end: its title, its units."""
    above = (
        text[max(floor, table[0][0].start - 400) : max(floor, table[0][0].start)].rstrip("\n |｜│┃+-─━┌┬┐").split("\n")
    )
    near: list[str] = []
    for line in reversed([one.strip() for one in above if one.strip()]):
        if len(near) == _LINES or len(line) > _CAPTION or _STROKE.search(line) or _NO_TITLE.search(line):
            break
        near.insert(0, line)
    return "\n".join(near)
