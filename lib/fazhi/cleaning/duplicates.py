"""The same record entered twice: equal in every dictionary column that both layouts have, once cleaned."""

from collections.abc import Callable, Hashable, Sequence

from fazhi.cleaning.records import CleanTable, Record
from fazhi.dictionary.models import Ledger
from fazhi.recognition.headers import Table

Layout = tuple[str, ...]


class Duplicates:
    """Remembers records, by layout, under the columns that each other layout shares with theirs."""

    def __init__(self, ledger: Ledger, tables: Sequence[Table]) -> None:
        self.columns = tuple(ledger.columns)
        self.layouts = list(dict.fromkeys(map(self._layout, tables)))
        self.seen: dict[tuple[Layout, Layout], dict[int, tuple[CleanTable, int]]] = {}
        self.numbers: dict[Layout, dict[Hashable, int]] = {}

    def _layout(self, table: Table) -> Layout:
        return tuple(name for name in self.columns if name in table.columns)

    def of(self, part: CleanTable) -> Callable[[int], Record | None]:
        """A function to be asked of the table's records in their order: where an equal one stands that was asked of before.

        Every record is remembered; of equal ones the first is told.
        """
        layout = self._layout(part.table)
        shared = {other: tuple(name for name in layout if name in other) for other in self.layouts}
        keys = {columns: self._numbered(part, columns) for columns in shared.values()}
        remembered = [(self.seen.setdefault((layout, columns), {}), made) for columns, made in keys.items()]
        earlier_keys = [
            (self.seen[kept, columns], keys[columns]) for kept, columns in self.seen if shared[kept] == columns
        ]

        def earlier(at: int) -> Record | None:
            found = None
            for places, made in earlier_keys:
                if (found := places.get(made[at])) is not None:
                    break
            for places, made in remembered:
                places.setdefault(made[at], (part, at))
            return None if found is None else Record(*found)

        return earlier

    def _numbered(self, part: CleanTable, columns: Layout) -> list[int]:
        """A number for what each record says in these columns, the same for equal ones."""
        numbers = self.numbers.setdefault(columns, {})
        return [numbers.setdefault(key, len(numbers)) for key in part.keys(columns)]


def place_of(record: Record) -> str:
    """Where a record stands, in words."""
    sheet = f"「{record.part.sheet}」" if record.part.sheet else ""
    return f"{record.part.file}{sheet}第 {record.row} 行"
