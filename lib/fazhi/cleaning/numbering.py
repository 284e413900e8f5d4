"""The running number of a sheet held against the rows that count: more of them than numbers may be one event over several rows."""

from collections.abc import Iterator, Sequence

from fazhi.cleaning.records import CleanTable
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue
from fazhi.recognition.rows import cells_at
from fazhi.values.normalise import bare
from fazhi.values.titles import IGNORED_TITLES, title_key


def about_numbering(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """A question where more rows count than the running number (序号) says there are; it may begin anew in each part of a sheet."""
    numbers = _numbers(part)
    kept = part.fates.count("kept")
    if numbers and kept > (largest := _reached(numbers)):
        yield Issue.of(
            "numbers_exceeded", part.file, part.sheet, ledger=ledger.id, column="序号", largest=largest, kept=kept
        )


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
