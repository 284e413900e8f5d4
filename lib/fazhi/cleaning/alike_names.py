"""Records of a ledger's tables that are named alike, and how many events two tables have in common."""

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from fazhi.cleaning.records import CleanTable

MAXIMUM_TABLES = 24  # of those that hold one event, so many that follow each other are compared
Place = tuple[int, int]  # of a record: the table's place among the tables, its own in the table
Names = Sequence[object]  # what names each record of a table; None where something is missing


def alike(names: Sequence[Names], parts: Sequence[CleanTable], fates: Collection[str]) -> list[list[Place]]:
    """Records of these fates that are named alike, in the order of the tables."""
    first: dict[object, Place] = {}
    groups: dict[object, list[Place]] = {}
    for table, (keys, part) in enumerate(zip(names, parts, strict=True)):
        for at, (key, fate) in enumerate(zip(keys, part.fates, strict=True)):
            if key is None or fate not in fates:
                continue
            place = table, at
            if (earlier := first.setdefault(key, place)) is not place:
                groups.setdefault(key, [earlier]).append(place)
    return list(groups.values())


def events_in_common(
    names: Sequence[Names], parts: Sequence[CleanTable], fates: Collection[str]
) -> Counter[tuple[int, int]]:
    """How many events of these fates two tables both hold, of tables that follow each other among all that hold one."""
    numbers: dict[object, int] = {}
    held = [
        {
            numbers.setdefault(key, len(numbers))
            for key, fate in zip(keys, part.fates, strict=True)
            if key is not None and fate in fates
        }
        for keys, part in zip(names, parts, strict=True)
    ]
    sizes = list(map(len, held))
    tables = np.repeat(np.arange(len(held)), sizes)
    events = np.fromiter((event for one in held for event in one), dtype=np.int64, count=sum(sizes))
    order = np.argsort(events, kind="stable")
    events, tables = events[order], tables[order]
    common: Counter[tuple[int, int]] = Counter()
    for apart in range(1, MAXIMUM_TABLES):
        same = events[apart:] == events[:-apart]
        if not same.any():
            break
        pairs, counts = np.unique(tables[:-apart][same] * len(held) + tables[apart:][same], return_counts=True)
        common.update(
            {divmod(pair, len(held)): count for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True)}
        )
    return common
