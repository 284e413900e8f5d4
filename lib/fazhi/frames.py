"""Clean records as a typed table: canonical columns, private ones gone or pseudonyms, and where each row stands."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from fazhi.cells import Value
from fazhi.cleaning import Cleaned, Fate
from fazhi.pseudonyms import pseudonym
from fazhi.specs import Column

if TYPE_CHECKING:
    import pandas as pd

SOURCE = ("source_file", "source_sheet", "source_row")
FEN = pa.decimal128(18, 2)

_ARROW: dict[str, pa.DataType] = {
    "date": pa.date32(), "money": FEN, "count": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
}  # fmt: skip


def clean_frame(cleaned: Cleaned, key: bytes, redact: Callable[[str], str] = str) -> "pd.DataFrame":
    """A row per kept record. Columns: those of the dictionary that may be seen, then `source_file`, `source_sheet`, `source_row`.

    `redact` takes private values out of running text.
    """
    import pandas as pd

    shown = {name: column for name, column in cleaned.ledger.columns.items() if column.published}
    arrays: dict[str, pa.Array] = {}
    kept, nothing = cleaned.kept, Value()
    for name, column in shown.items():
        values = [record.values.get(name, nothing).value for record in kept]
        show = _shower(column, key, redact)
        arrays[name] = pa.array(list(map(show, values)) if show else values, type=_ARROW.get(column.kind, pa.string()))
    for name, part in zip(SOURCE, ("file", "sheet"), strict=False):
        arrays[name] = pa.array([getattr(record, part) for record in kept], type=pa.string())
    arrays["source_row"] = pa.array([record.row.number for record in kept], type=pa.int64())
    return pa.table(arrays).to_pandas(types_mapper=pd.ArrowDtype)


def _shower(column: Column, key: bytes, redact: Callable[[str], str]) -> Callable[[Any], Any] | None:
    """How a column's values are made fit to be seen; None where they are so already. Equal values are made once."""
    if column.pseudonym:
        return cache(lambda value: None if value is None else pseudonym(key, str(value)))
    if column.kind in ("text", "uscc"):
        return cache(lambda value: None if value is None else redact(value))
    return (lambda value: None if value is None else float(value)) if column.kind == "number" else None


def fate_table(fates: Sequence[Fate]) -> pa.Table:
    """A row per raw row: file, sheet, row, ledger, fate, reason."""
    names = list(Fate.__dataclass_fields__)
    schema = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in names])
    return pa.table({name: [getattr(fate, name) for fate in fates] for name in names}, schema)
