"""People who are masked (张某某, 李*): tables that say the same as another one otherwise, and records that only such names tell apart."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice

from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.replaced import MAJORITY, MANY, Replaced
from fazhi.dictionary.models import Ledger

_MASKED = re.compile(r".{1,2}?(?:某{1,2}[甲乙丙丁]?|[*＊×○〇]+.?|[xX]{1,3})")
_TELLING = frozenset({"person", "persons", "party", "identity", "phone", "text", "uscc"})  # days and kinds name nobody
_LOOKED_AT = 50  # cells of a column


def masked_copies(ledger: Ledger, parts: Sequence[CleanTable]) -> Iterator[Replaced]:
    """The tables, never for certain, whose rows are mostly those of a table with names, by surnames and all that else both say."""
    people = [name for name in ledger.naming_columns if ledger.columns[name].kind in ("person", "party")]
    masked = [number for number, part in enumerate(parts) if any(_is_masked(part, name) for name in people)]
    if not masked or len(masked) == len(parts):
        return
    for number in masked:
        for other in (one for one in range(len(parts)) if one not in masked):
            names = [name for name in ledger.columns if name in parts[number].values and name in parts[other].values]
            mine, theirs = (Counter(_surnames(parts[one], names, people)) for one in (number, other))
            common = (mine & theirs).total()
            if common >= MANY and common >= MAJORITY * mine.total():
                yield Replaced(number, other, "masked", False, mine.total() - common)
                break


def named_by_masks(record: Record, ledger: Ledger) -> bool:
    """Whether all that names a record is people's names that are not written in full, so that others may have the same."""
    telling = [name for name in ledger.naming_columns if ledger.columns[name].kind in _TELLING]
    values = [record.value(name).value for name in telling if name in record.part.values]
    naming = [str(value) for value in values if value]
    return bool(naming) and all(_MASKED.fullmatch(text) for text in naming)


def _is_masked(part: CleanTable, name: str) -> bool:
    filled = list(islice((str(value.value) for value in part.values.get(name, ()) if value.value), _LOOKED_AT))
    return 2 * sum(_MASKED.fullmatch(text) is not None for text in filled) > len(filled)


def _surnames(part: CleanTable, names: Sequence[str], people: Sequence[str]) -> list[tuple[Hashable, ...]]:
    """What each record says, of people the first character."""
    columns: list[list[Hashable]] = [
        [str(value.value)[:1] if value.value else "" for value in part.values[name]]
        if name in people
        else [value.key for value in part.values[name]]
        for name in names
    ]
    return list(zip(*columns, strict=True))
