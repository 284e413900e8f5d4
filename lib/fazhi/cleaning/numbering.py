"""How many records a sheet says it has, by its running number or in words, held against the rows that count."""

import re
from collections.abc import Iterator, Sequence

from fazhi.cleaning.records import CleanTable
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue
from fazhi.recognition.headers import text_at
from fazhi.recognition.rows import cells_at
from fazhi.values.normalise import bare, compact
from fazhi.values.titles import IGNORED_TITLES, title_key

_FEW_CELLS = 2  # of a line that is no record
_TOLD = re.compile(r"(?:^以上|^[总合]|[(])[共总合]?计?:?(\d{1,5})[件场起宗份次](?![人均/])")


def about_numbering(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """A question where more rows count than the running number (序号) says there are; it may begin anew in each part of a sheet."""
    numbers = _numbers(part)
    kept = part.fates.count("kept")
    if numbers and kept > (largest := _reached(numbers)):
        yield Issue.of(
            "numbers_exceeded", part.file, part.sheet, ledger=ledger.id, column="序号", largest=largest, kept=kept
        )


def about_told_count(part: CleanTable, parts: Sequence[CleanTable], ledger: Ledger) -> Iterator[Issue]:
    """A question where a line beside the records says how many there are (共5场), and no rows or sums of counts are so many:
    of its table, its file or all."""
    sheet, header = part.table.sheet, part.table.header
    for row, filled in enumerate(sheet.filled):
        if not 0 < filled <= _FEW_CELLS or header.first_row <= row <= header.last_row:
            continue
        for at in range(len(sheet.rows[row])):
            told = _TOLD.search(compact(text_at(sheet, row, at)))
            groups = ([part], [one for one in parts if one.file == part.file], parts) if told else ()
            found = [count for group in groups for count in _counts(group, ledger)]
            if told and int(told[1]) not in found:
                yield Issue.of(
                    "total_differs", part.file, part.sheet, row=row + 1, ledger=ledger.id, written=told[0].strip("("),
                    added=found[0],
                )  # fmt: skip


def _counts(parts: Sequence[CleanTable], ledger: Ledger) -> list[int]:
    """How many records count, how many there are with those that do not, and the sums of the columns of counts."""
    fates = [fate for part in parts for fate in part.fates]
    counting = [(part, at) for part in parts for at, fate in enumerate(part.fates) if fate == "kept"]
    names = [name for name, column in ledger.columns.items() if column.kind == "count"]
    sums = [sum(part.values[name][at].value or 0 for part, at in counting if name in part.values) for name in names]
    return [len(counting), fates.count("kept") + fates.count("duplicate"), len(fates), *sums]


def _numbers(part: CleanTable) -> list[int]:
    """The running numbers of the records, in their order; empty where the sheet has none."""
    titles = part.table.header.titles
    place = next((i for i, names in enumerate(titles) if names and _is_numbering(names[0])), None)
    if place is None:
        return []
    cells = cells_at(part.table, place, part.entries.numbers)
    return [number for cell in cells if (number := _whole(cell)) is not None]


def _is_numbering(title: str) -> bool:
    return bare(title) in IGNORED_TITLES or title_key(title) in IGNORED_TITLES


def _whole(cell: object) -> int | None:
    if isinstance(cell, str):
        text = bare(cell)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return int(cell) if cell == int(cell) and cell > 0 else None


def _reached(numbers: Sequence[int]) -> int:
    """How many there are by the running number: the largest, or where it begins anew the largest of each run together."""
    starts = [at for at, number in enumerate(numbers) if number == 1]
    if len(starts) < 2:
        return max(numbers)
    ends = [*starts[1:], len(numbers)]
    return sum(max(numbers[start:end]) for start, end in zip([0, *starts[1:]], ends, strict=True))
