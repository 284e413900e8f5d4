"""Tables of one ledger compared as wholes: sent twice, cumulative months, a newer version of the same table.

Every record of a table has a fingerprint: its values in the columns that all tables of the ledger have. Two tables are
compared only where they hold a record in common and stand next to each other among those that do, so that the work grows
with the number of records, not with the square of the number of files. Exact matching of whole records, then of
what names them, is the deterministic record linkage of official statistics (Herzog, Scheuren & Winkler, Data Quality and
Record Linkage Techniques, 2007, ch. 8).
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Literal

from fazhi.cleaning.decided import BOTH, OPEN, Decisions, Said
from fazhi.cleaning.records import CleanTable
from fazhi.dictionary.models import Ledger
from fazhi.values.normalise import normalise

MANY = 3  # so many different records in common are no chance
MOST = 0.6  # of both tables: then one is a newer version of the other
Relation = Literal["contained", "version"]

_FINAL = re.compile(r"最终|终稿|定稿|最新|final", re.IGNORECASE)
_CHANGED = re.compile(r"修改|修订|更正|订正|重报|改|新|[vV](?:er)?\.?[2-9]|[(（]\d+[)）]|副本")
_OLD = re.compile(r"初稿|草稿|原始|旧|备份|[vV](?:er)?\.?1(?!\d)")
_COPY_NUMBER = re.compile(r"[(（](\d+)[)）]|[vV](?:er)?\.?(\d+)|第(\d+)[稿版]")
_DATE = re.compile(r"(20\d\d)[-._年]?(1[0-2]|0?[1-9])(?:[-._月]?([0-3]?\d))?日?")
_MONTH = re.compile(r"(?:1\s*[-—~至到]\s*)?(\d{1,2})月")


@dataclass(frozen=True)
class Replaced:
    """A table none of whose records count, since `by` holds them. `is_certain`: the names or the contents leave no doubt."""

    table: int  # places among the tables compared
    by: int
    relation: Relation
    is_certain: bool
    unmatched: int = 0  # records of the table that `by` does not hold as they are
    said: Said = OPEN  # what an analyst has decided of the two


def compare_tables(ledger: Ledger, parts: Sequence[CleanTable], decisions: Decisions) -> list[Replaced]:
    """The tables that another one replaces, each once; and, with that answer, those said to count beside another.

    A table wholly contained in another is replaced by it (cumulative months, the same file sent twice). Of two tables that
    share most of their records the one whose name says so, else the later one, is the newer version. What an analyst has
    decided goes before either.
    """
    prints = _fingerprints(ledger, parts)
    judged = (_judge(parts, prints, one, other) for one, other in sorted(_neighbours(prints, parts, decisions)))
    told = [_decided(parts, replaced, decisions) for replaced in judged if replaced is not None]
    found: dict[int, Replaced] = {}
    for replaced in sorted(told, key=lambda one: not one.said.answer):
        if replaced.said.answer != BOTH:
            found.setdefault(replaced.table, replaced)
    beside = [one for one in told if one.said.answer == BOTH]
    _keep_apart(found, beside, [len(keys) for keys in prints])
    return beside + [_last(found, replaced) for replaced in found.values()]


def _keep_apart(found: dict[int, Replaced], beside: Sequence[Replaced], sizes: Sequence[int]) -> None:
    """Of two tables that both count, a third that holds both replaces one only: it is the one or the other sent again.

    Where they are not of one size it is not certain which, and the analyst is asked.
    """
    for pair in beside:
        both = sorted((pair.table, pair.by), key=lambda number: (number not in found, sizes[number]))
        ends = {_last(found, found[number]).by if number in found else number for number in both}
        if len(ends) == 1:
            del found[both[0]]
            if both[1] in found:
                sure = sizes[both[0]] == sizes[both[1]] and found[both[1]].is_certain
                found[both[1]] = replace(found[both[1]], is_certain=sure)


def _decided(parts: Sequence[CleanTable], replaced: Replaced, decisions: Decisions) -> Replaced:
    """The same with what an analyst has said of it: perhaps the other one counts."""
    said = decisions.of_tables(parts[replaced.table], parts[replaced.by])
    if not said.answer or said.answer == BOTH or said.drops_older:
        return replace(replaced, said=said)
    return replace(replaced, said=said, table=replaced.by, by=replaced.table)


def _last(found: dict[int, Replaced], replaced: Replaced) -> Replaced:
    """The same, naming the table that counts in the end: 1月 is contained in 2月, which 3月 contains."""
    by, seen = replaced.by, {replaced.table}
    while by in found and by not in seen:
        seen.add(by)
        by = found[by].by
    return replace(replaced, by=by)


def _fingerprints(ledger: Ledger, parts: Sequence[CleanTable]) -> list[list[Hashable]]:
    """Of every table, what each record that is not void says in the columns that all tables have.

    Where the tables have too few columns in common, only those with the same columns are comparable.
    """
    layouts = [tuple(name for name in ledger.columns if name in part.table.columns) for part in parts]
    shared = [name for name in ledger.columns if all(name in layout for layout in layouts)]
    if len(shared) < max(2, MOST * max(map(len, layouts))):
        return [_records(part, layout, layout) for part, layout in zip(parts, layouts, strict=True)]
    return [_records(part, shared, ()) for part in parts]


def _records(part: CleanTable, columns: Sequence[str], tag: Hashable) -> list[Hashable]:
    return [(tag, key) for key, fate in zip(part.keys(columns), part.fates, strict=True) if fate != "cancelled"]


def _neighbours(
    prints: Sequence[Sequence[Hashable]], parts: Sequence[CleanTable], decisions: Decisions
) -> set[tuple[int, int]]:
    """Pairs of tables with a record in common that follow each other among all tables that hold it.

    One that is said to count beside its neighbour is compared with the others too: it may have been sent again.
    """
    apart = {number for number, part in enumerate(parts) if decisions.stand_apart(part)}
    holders: dict[Hashable, list[int]] = {}
    for number, keys in enumerate(prints):
        for key in set(keys):
            holders.setdefault(key, []).append(number)
    found = {pair for held in holders.values() for pair in pairwise(held)}
    beside = (
        (min(one, other), max(one, other))
        for held in (holders.values() if apart else ())
        for one in apart.intersection(held)
        for other in held
        if one != other
    )
    return found.union(beside)


def _judge(parts: Sequence[CleanTable], prints: Sequence[Sequence[Hashable]], one: int, other: int) -> Replaced | None:
    first, second = Counter(prints[one]), Counter(prints[other])
    common = first & second
    distinct, shared = len(common), common.total()
    if distinct < MANY:
        return _few(parts, first, second, shared, one, other)
    for inner, outer, held in ((one, other, first), (other, one, second)):
        twice = first == second and later(parts[inner], parts[outer])
        if shared == held.total() and not twice and not _is_aside(parts[outer]):
            return Replaced(inner, outer, "contained", True)
    if (
        (_is_aside(parts[one]) and _is_aside(parts[other]))
        or shared < MOST * min(first.total(), second.total())
        or shared < MANY
    ):
        return None
    if shared < MOST * max(first.total(), second.total()) and not _named_as_versions(parts[one], parts[other]):
        return None
    older, newer = (other, one) if later(parts[one], parts[other]) else (one, other)
    gone = (Counter(prints[older]) - Counter(prints[newer])).total()
    come = (Counter(prints[newer]) - Counter(prints[older])).total()
    certain = _named_as_versions(parts[one], parts[other]) and gone <= come and not _is_aside(parts[older])
    return Replaced(older, newer, "version", certain, gone)


def _few(
    parts: Sequence[CleanTable],
    first: "Counter[Hashable]",
    second: "Counter[Hashable]",
    shared: int,
    one: int,
    other: int,
) -> Replaced | None:
    """One or two records in common: certain only in months that add up (1月 in 1—2月), which their names or files say."""
    if not shared or parts[one].file == parts[other].file or not _named_in_series(parts[one], parts[other]):
        return None
    for inner, outer, held in ((one, other, first), (other, one, second)):
        if shared == held.total() and first != second:
            return Replaced(inner, outer, "contained", True)
    return None


def later(one: CleanTable, other: CleanTable) -> bool:
    """Whether `one` is the later version of two, by their names, else by their place among the files."""
    if _is_aside(one) != _is_aside(other):
        return _is_aside(other)
    mine, theirs = _rank(one), _rank(other)
    return mine > theirs if mine != theirs else (one.file, one.sheet) > (other.file, other.sheet)


def _is_aside(part: CleanTable) -> bool:
    """Whether the table lies in a hidden sheet or is called old, deleted, a backup: it replaces no other."""
    return bool(part.table.set_aside)


def _rank(part: CleanTable) -> tuple[int, tuple[int, ...], int, int]:
    """What a name says of how new its table is: final over changed over plain over old; then dates, months, numbers."""
    text = normalise(f"{PurePosixPath(part.file).stem} {part.sheet}")
    level = 3 if _FINAL.search(text) else -1 if _OLD.search(text) else 0
    changed = len(_CHANGED.findall(text)) if level >= 0 else 0
    dates = [tuple(int(piece or 0) for piece in match) for match in _DATE.findall(text)]
    months = [int(month) for month in _MONTH.findall(text)]
    numbers = [int(next(filter(None, match))) for match in _COPY_NUMBER.findall(text)]
    return (
        level + (1 if changed else 0),
        max(dates, default=()),
        max(months, default=0),
        max(numbers, default=0) + changed,
    )


def _named_as_versions(one: CleanTable, other: CleanTable) -> bool:
    """Whether the names say which of two is newer: 最终版, (2), 改, a later date."""
    return _rank(one) != _rank(other)


def _named_in_series(one: CleanTable, other: CleanTable) -> bool:
    """Whether two files are months of one series, or one's name is the other's with something added."""
    names = [re.sub(r"\d+|[一二三四五六七八九十]+", "", PurePosixPath(part.file).stem) for part in (one, other)]
    return names[0] == names[1] or names[0].startswith(names[1]) or names[1].startswith(names[0])


def row_span(part: CleanTable) -> Iterator[str]:
    """The rows of a table's records in words: 第 3—14 行."""
    numbers = part.entries.numbers
    if numbers:
        yield f"第 {numbers[0]}—{numbers[-1]} 行" if len(numbers) > 1 else f"第 {numbers[0]} 行"
