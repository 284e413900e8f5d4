"""Numbers whose title says how to read them for certain: in hundreds (百张), in two parts that add up (男｜女, 万｜元)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell
from fazhi.recognition.headers import Table
from fazhi.recognition.rows import cells_at, entries
from fazhi.values.counts import MEASURE_WORDS, parse_number
from fazhi.values.normalise import bare

_SCALED = re.compile(r"([十百千万])([^十百千万亿]*)")
_WORTH = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_MONTH = re.compile(r"[本当](?:月|季度?|期|次|周)(?:数|完成数?)?")
_SO_FAR = re.compile(r"(?:本年|全年|年度)?累计(?:数|完成数?)?")
_MINIMUM_MONTHS = 3
# Sub-titles that name the whole of what stands beside them.
WHOLE = frozenset({"合计", "小计", "总计", "总数", "共计", "总人数", "总人次", "总额", "总金额", "计"})
# Sub-titles below one group that together are the whole, and what one of each is worth.
PARTS: tuple[Mapping[str, int], ...] = (
    {"男": 1, "女": 1},
    {"男性": 1, "女性": 1},
    {"万": 10_000, "元": 1},
    {"万元": 10_000, "元": 1},
)


def scale_of(note: str) -> int | None:
    """What one of a unit with a scale is worth: 百张 is 100, 千人次 1000; None for a plain or an unknown unit."""
    match = _SCALED.fullmatch(note)
    return _WORTH[match[1]] if match and (match[2] in MEASURE_WORDS) else None


def in_units(table: Table, position: int, worth: int) -> Table:
    """The table with a column's numbers multiplied; what is no number stays as it is."""

    def multiplied(row: Sequence[Cell]) -> Cell:
        cell = row[position]
        number = parse_number(cell).value
        return cell if number is None or isinstance(cell, bool) else _plain(Decimal(str(number)) * worth)

    return _rewritten(table, position, multiplied)


def summed(table: Table, ledger: Ledger, name: str, subs: Mapping[int, str]) -> Table | None:
    """The table with a column that holds the sum of its parts (`subs`: cell column -> sub-title), None where they may not add up."""
    worth = next((parts for parts in PARTS if sorted(parts) == sorted(subs.values())), None)
    position = table.columns[name]
    if worth is None or (("元" in worth) != (ledger.columns[name].kind == "money")):
        return None

    def added(row: Sequence[Cell]) -> Cell:
        cells = {sub: row[at] if at < len(row) else None for at, sub in subs.items()}
        if all(cell in (None, "") for cell in cells.values()):
            return row[position]
        numbers = {sub: Decimal(0) if cell in (None, "") else parse_number(cell).value for sub, cell in cells.items()}
        if any(number is None for number in numbers.values()):
            return "、".join(f"{sub}{cell}" for sub, cell in cells.items())  # no sum: the cell is told as unreadable
        parts = [Decimal(str(number)) * worth[sub] for sub, number in numbers.items()]
        if max(worth.values()) > 1 and all(
            part >= max(worth.values()) for part in parts
        ):  # the same amount in both units
            return _plain(parts[0]) if len(set(parts)) == 1 else "、".join(map(str, cells.values()))
        return _plain(sum(parts, Decimal(0)))

    made = _rewritten(table, position, added)
    units = {**made.money_units, name: "元"} if ledger.columns[name].kind == "money" else made.money_units
    known = {at: title for at, title in made.unknown.items() if at not in subs}
    return replace(made, money_units=units, unknown=known)


def of_the_month(table: Table, name: str, subs: Mapping[int, str]) -> Table | None:
    """The table with a column read from its 本月 where the 累计 beside it is certainly the running sum; else None."""
    month = next((at for at, sub in subs.items() if _MONTH.fullmatch(bare(sub))), None)
    total = next((at for at, sub in subs.items() if _SO_FAR.fullmatch(bare(sub))), None)
    if month is None or total is None or len(subs) != 2:
        return None
    records = entries(table).numbers
    numbers = [parse_number(cell).value or Decimal(0) for cell in cells_at(table, month, records)]
    totals = [parse_number(cell).value for cell in cells_at(table, total, records)]
    if len(records) < _MINIMUM_MONTHS or list(accumulate(numbers)) != totals:
        return None
    known = {at: title for at, title in table.unknown.items() if at not in subs}
    return replace(table, columns={**table.columns, name: month}, unknown=known)


def the_whole(table: Table, name: str, subs: Mapping[int, str]) -> Table | None:
    """The table with a column read from its 合计 where the others beside it add up to it in every record; else None."""
    whole = [at for at, sub in subs.items() if bare(sub) in WHOLE]
    records = entries(table).numbers
    if len(whole) != 1 or not records:
        return None
    numbers = {at: [parse_number(cell).value for cell in cells_at(table, at, records)] for at in subs}
    totals = numbers.pop(whole[0])
    if (
        any(total is None for total in totals)
        or [sum(x or 0 for x in parts) for parts in zip(*numbers.values(), strict=True)] != totals
    ):
        return None
    known = {at: title for at, title in table.unknown.items() if at not in subs}
    return replace(table, columns={**table.columns, name: whole[0]}, unknown=known)


def merged_once(table: Table, position: int) -> tuple[Table, list[tuple[int, int]]]:
    """The table with a number that is merged over several rows on its first row only, 0 below; those rows, 1-based."""
    sheet = table.sheet
    spans = [
        (top, left, bottom, right)
        for top, left, bottom, right in sheet.merged
        if left == position and bottom > top >= table.first_data_row and _is_number(sheet.rows, top, position)
    ]
    if not spans:
        return table, []
    rows = [list(row) for row in sheet.rows]
    for top, _, bottom, _ in spans:
        for number in range(top + 1, min(bottom + 1, len(rows))):
            rows[number] += [None] * (position + 1 - len(rows[number]))
            rows[number][position] = 0
    merged = [span for span in sheet.merged if span not in spans]
    return replace(table, sheet=replace(sheet, rows=rows, merged=merged)), [
        (top + 1, bottom + 1) for top, _, bottom, _ in spans
    ]


def _is_number(rows: Sequence[Sequence[Cell]], row: int, position: int) -> bool:
    return row < len(rows) and position < len(rows[row]) and parse_number(rows[row][position]).value is not None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _rewritten(table: Table, position: int, made: Callable[[Sequence[Cell]], Cell]) -> Table:
    """The table with one column's cells made anew below the header."""
    rows = list(table.sheet.rows)
    for number in range(table.first_data_row, len(rows)):
        row = rows[number]
        if any(cell not in (None, "") for cell in row):
            row = [*row, *[None] * (position + 1 - len(row))]
            row[position] = made(row)
            rows[number] = row
    return replace(table, sheet=replace(table.sheet, rows=rows))
