"""Small tables whose records a larger one holds together: months and their year to date."""

from collections.abc import Iterator, Sequence

from fazhi.cleaning.records import CleanTable
from fazhi.cleaning.replaced import MAJORITY, MANY, Counts, Replaced
from fazhi.cleaning.version_names import is_aside, names_months_up_to


def add_up(parts: Sequence[CleanTable], counts: Sequence[Counts]) -> list[Replaced]:
    """The tables, too small to tell by themselves, whose records a larger one holds together; `counts`: the records of each.

    Each record is given to the largest table that has it, so that the work grows with the records. Those that are held as
    they are, are contained for certain where the larger table is called the sum or mostly consists of them.
    """
    held_by: dict[int, int] = {}
    shown = [number for number, part in enumerate(parts) if not is_aside(part)]
    for number in sorted(shown, key=lambda one: (len(parts[one].fates), one)):
        held_by |= dict.fromkeys(counts[number], number)
    shared: dict[int, dict[int, int]] = {}
    for number in shown:
        for key, count in counts[number].items():
            if (owner := held_by[key]) != number:
                held = shared.setdefault(owner, {})
                held[number] = held.get(number, 0) + min(count, counts[owner][key])
    return [found for owner, held in shared.items() for found in _members(parts, owner, held)]


def _members(parts: Sequence[CleanTable], owner: int, held: dict[int, int]) -> Iterator[Replaced]:
    """The tables that are parts of `owner`; `held`: how many of each one's records it has."""
    sizes = {number: len(parts[number].fates) for number in (owner, *held)}
    members = {
        number: count
        for number, count in held.items()
        if 2 * count >= sizes[number] and sizes[number] < MAJORITY * sizes[owner]
    }
    rows, common = sum(sizes[number] for number in members), sum(members.values())
    if len(members) < 2 or common < MANY or common < MAJORITY * rows:
        return
    largest = max(names_months_up_to(parts[number]) for number in members)
    sums = common >= MAJORITY * sizes[owner] or names_months_up_to(parts[owner]) >= max(1, largest)
    for number, count in members.items():
        if count == sizes[number]:
            yield Replaced(number, owner, "contained", sums)
        else:
            yield Replaced(number, owner, "version", False, sizes[number] - count)
