"""The same record entered twice: equal in every dictionary column that both layouts have, once cleaned."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from fazhi.layout import Table
from fazhi.specs import Ledger

if TYPE_CHECKING:
    from fazhi.cleaning import Record

Layout = tuple[str, ...]


class Duplicates:
    """Remembers kept records, by layout, under the columns each later layout shares with theirs."""

    def __init__(self, ledger: Ledger, tables: Sequence[Table]) -> None:
        self.columns = tuple(ledger.columns)
        self.layouts = {id(table): self._layout(table) for table in tables}
        layouts = list(dict.fromkeys(self.layouts.values()))
        self.shared = {(a, b): tuple(name for name in a if name in b) for a in layouts for b in layouts}
        self.seen: dict[tuple[Layout, Layout], dict[Hashable, Record]] = {}
        self.latest: tuple[Record | None, dict[Layout, Hashable]] = (None, {})

    def _layout(self, table: Table) -> Layout:
        return tuple(name for name in self.columns if name in table.columns)

    def earlier(self, record: "Record") -> str | None:
        """Where an equal record kept before stands, or None."""
        layout = self.layouts[id(record.table)]
        for (kept_layout, columns), places in self.seen.items():
            if self.shared[kept_layout, layout] == columns:
                found = places.get(self._key(record, columns))
                if found is not None:
                    return _place(found)
        return None

    def add(self, record: "Record") -> None:
        layout = self.layouts[id(record.table)]
        for columns in dict.fromkeys(self.shared[layout, other] for first, other in self.shared if first == layout):
            self.seen.setdefault((layout, columns), {}).setdefault(self._key(record, columns), record)

    def _key(self, record: "Record", columns: Layout) -> Hashable:
        """What makes the record equal to another in these columns; asked for twice of each record, made once."""
        if self.latest[0] is not record:
            self.latest = (record, {})
        keys = self.latest[1]
        if columns not in keys:
            keys[columns] = tuple([record.values[name].key for name in columns])
        return keys[columns]


def _place(record: "Record") -> str:
    sheet = f"「{record.sheet}」" if record.sheet else ""
    return f"{record.file}{sheet}第 {record.row.number} 行"
