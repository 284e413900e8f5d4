"""Clean records as a typed table: canonical columns, private ones gone or pseudonyms, and where each row stands."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from fazhi.cleaning import Cleaned, Fate, Record
from fazhi.pseudonyms import pseudonym
from fazhi.specs import Column

SOURCE = ("source_file", "source_sheet", "source_row")
FEN = pa.decimal128(18, 2)

_ARROW: dict[str, pa.DataType] = {
    "date": pa.date32(), "money": FEN, "count": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
}  # fmt: skip


def clean_frame(cleaned: Cleaned, key: bytes, redact: Callable[[str], str] = str) -> pd.DataFrame:
    """A row per kept record. Columns: those of the dictionary that may be seen, then `source_file`, `source_sheet`, `source_row`.

    `redact` takes private values out of running text.
    """
    shown = {name: column for name, column in cleaned.ledger.columns.items() if column.published}
    arrays: dict[str, pa.Array] = {}
    for name, column in shown.items():
        values = [_value(record, name, column, key, redact) for record in cleaned.kept]
        arrays[name] = pa.array(values, type=_ARROW.get(column.kind, pa.string()))
    for name, part in zip(SOURCE, ("file", "sheet"), strict=False):
        arrays[name] = pa.array([getattr(record, part) for record in cleaned.kept], type=pa.string())
    arrays["source_row"] = pa.array([record.row.number for record in cleaned.kept], type=pa.int64())
    return pa.table(arrays).to_pandas(types_mapper=pd.ArrowDtype)


def _value(record: Record, name: str, column: Column, key: bytes, redact: Callable[[str], str]) -> Any:
    value = record.values.get(name)
    if value is None or value.value is None:
        return None
    if column.pseudonym:
        return pseudonym(key, str(value.value))
    if column.kind in ("text", "uscc"):
        return redact(value.value)
    return float(value.value) if column.kind == "number" else value.value


def fate_frame(fates: Sequence[Fate]) -> pd.DataFrame:
    """A row per raw row: file, sheet, row, ledger, fate, reason."""
    names = list(Fate.__dataclass_fields__)
    frame = pd.DataFrame([[getattr(fate, name) for name in names] for fate in fates], columns=names)
    return frame.astype({name: "int64" if name == "row" else "string" for name in names})
