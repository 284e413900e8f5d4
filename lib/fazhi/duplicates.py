"""The same record entered twice: equal in every dictionary column that both layouts have, once cleaned."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from fazhi.layout import Table
from fazhi.specs import Ledger

if TYPE_CHECKING:
    from fazhi.cleaning import CleanTable

Layout = tuple[str, ...]
Place = tuple["CleanTable", int]


class Duplicates:
    """Remembers records, by layout, under the columns that each other layout shares with theirs."""

    def __init__(self, ledger: Ledger, tables: Sequence[Table]) -> None:
        self.columns, self.names_record = tuple(ledger.columns), ledger.names_record
        self.layouts = list(dict.fromkeys(map(self._layout, tables)))
        self.seen: dict[tuple[Layout, Layout], dict[Hashable, Place]] = {}

    def _layout(self, table: Table) -> Layout:
        return tuple(name for name in self.columns if name in table.columns)

    def of(self, part: "CleanTable") -> Callable[[int], str | None]:
        """A function to be asked of the table's records in their order: where an equal one stands that was asked of before.

        A record without an equal is remembered; where equal rows may be two events, every one is.
        """
        layout = self._layout(part.table)
        shared = {other: tuple(name for name in layout if name in other) for other in self.layouts}
        keys = {columns: _keys(part, columns) for columns in shared.values()}

        def earlier(at: int) -> str | None:
            equals = (
                places.get(keys[columns][at])
                for (kept, columns), places in self.seen.items()
                if shared[kept] == columns
            )
            found = next((place for place in equals if place is not None), None)
            if found is None or not self.names_record:
                for columns, made in keys.items():
                    self.seen.setdefault((layout, columns), {}).setdefault(made[at], (part, at))
            return None if found is None else _told(*found)

        return earlier


def _keys(part: "CleanTable", columns: Layout) -> Sequence[Hashable]:
    """What makes each of the records equal to another in these columns."""
    keys = [[value.key for value in part.values[name]] for name in columns]
    return list(zip(*keys, strict=True)) if keys else [()] * len(part.fates)


def _told(part: "CleanTable", at: int) -> str:
    sheet = f"「{part.sheet}」" if part.sheet else ""
    return f"{part.file}{sheet}第 {part.entries.numbers[at]} 行"
