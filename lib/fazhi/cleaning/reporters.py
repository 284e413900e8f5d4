"""Whose tables they are, by the names of their files and sheets: two villages, or two offices, report each its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi.cleaning.records import CleanTable


@dataclass(frozen=True)
class Places:
    """The villages and offices of a town."""

    villages: Sequence[str] = ()
    offices: Sequence[str] = ()

    def differ(self, one: CleanTable, other: CleanTable) -> bool:
        """Whether two tables are called after different villages or offices."""
        return self.are_two_villages(one, other) or _differ(self.offices, one, other)

    def are_two_villages(self, one: CleanTable, other: CleanTable) -> bool:
        """Whether two tables are called after different villages."""
        return _differ(self.villages, one, other)


def _differ(names: Sequence[str], one: CleanTable, other: CleanTable) -> bool:
    mine, theirs = ({name for name in names if name in f"{part.file} {part.sheet}"} for part in (one, other))
    return bool(mine and theirs) and not mine & theirs
