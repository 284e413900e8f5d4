"""A ledger's clean table in plain Python values: a town's ledger has few rows, and pandas takes longer over them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


class CleanRows:
    """The rows of a clean table by column: text, int, Decimal, float, bool or date, None for nothing.

    A column is unpacked when it is first asked for, equal values as one object; it is not to be changed. Rows are spoken of
    by their places, from 0.
    """

    def __init__(self, table: "pa.Table") -> None:
        self._table = table
        self._cells: dict[str, list[Any]] = {}

    @property
    def names(self) -> list[str]:
        """The columns, in order."""
        return list(self._table.column_names)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __contains__(self, name: object) -> bool:
        return name in self._table.column_names

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self._cells:
            encoded = self._table.column(name).combine_chunks().dictionary_encode()
            values = [*encoded.dictionary.to_pylist(), None]
            self._cells[name] = [values[code] for code in encoded.indices.fill_null(len(values) - 1).to_pylist()]
        return self._cells[name]

    def empty(self) -> "CleanRows":
        """The same columns without a row."""
        return CleanRows(self._table.slice(0, 0))
