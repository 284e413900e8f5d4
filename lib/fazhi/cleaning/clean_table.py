"""Clean records as a typed table: canonical columns, private ones gone or pseudonyms, and where each row stands."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, compress, repeat
from typing import Any

import pyarrow as pa

from fazhi.cleaning.records import Cleaned, SheetFates
from fazhi.dictionary.models import Column
from fazhi.workspace.files import account_table

SOURCE_LABELS = {
    "source_file": "来自哪个文件，`data/raw/<年度>` 以下的路径",
    "source_sheet": "来自哪张工作表；文本和网页没有，为空文字",
    "source_row": "来自第几行，从 1 起，即 Excel 的行号",
}
SOURCE = tuple(SOURCE_LABELS)
FEN = pa.decimal128(18, 2)

_ARROW: dict[str, pa.DataType] = {
    "date": pa.date32(), "money": FEN, "count": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
}  # fmt: skip
_PANDAS: dict[pa.DataType, str] = {
    pa.string(): "unicode", pa.date32(): "date", FEN: "decimal", pa.int64(): "int64", pa.float64(): "float64", pa.bool_(): "bool",
}  # fmt: skip


def clean_table(cleaned: Cleaned, pseudonym: Callable[[str], str], redact: Callable[[str], str] = str) -> pa.Table:
    """Make the clean table of a ledger.

    Parameters
    ----------
    cleaned
        The ledger's records; those that count are taken.
    pseudonym
        Makes the stand-in for a name.
    redact
        Takes private values out of running text.

    Returns
    -------
    pyarrow.Table
        A row per record that counts. Columns: those of the dictionary that may be seen, then `source_file`, `source_sheet`,
        `source_row` (1-based).
    """
    shown = {name: column for name, column in cleaned.ledger.columns.items() if column.published}
    arrays: dict[str, pa.Array] = {}
    for name, column in shown.items():
        values, show = cleaned.kept_values(name), _shower(column, pseudonym, redact)
        arrays[name] = pa.array(list(map(show, values)) if show else values, type=arrow_type(column))
    places = [(part, list(compress(part.entries.numbers, part.is_kept))) for part in cleaned.parts]
    for name, attribute in zip(SOURCE, ("file", "sheet"), strict=False):
        sources = chain.from_iterable(repeat(getattr(part, attribute), len(rows)) for part, rows in places)
        arrays[name] = pa.array(sources, type=pa.string())
    arrays["source_row"] = pa.array(chain.from_iterable(rows for _, rows in places), type=pa.int64())
    table = pa.table(arrays)
    return table.replace_schema_metadata({"pandas": json.dumps(_pandas_types(table.schema))})


def _pandas_types(schema: pa.Schema) -> dict[str, Any]:
    """What pandas writes beside a frame of Arrow types, by which it reads the table in these types again."""
    import pandas as pd

    columns = []
    for field in schema:
        kind, exactly = _PANDAS[field.type], None
        numpy_type = f"{field.type}[pyarrow]"
        if pa.types.is_decimal(field.type):
            numpy_type, exactly = "object", {"precision": field.type.precision, "scale": field.type.scale}
        columns.append(
            {"name": field.name, "field_name": field.name, "pandas_type": kind, "numpy_type": numpy_type, "metadata": exactly}
        )  # fmt: skip
    creator = {"library": "pyarrow", "version": pa.__version__}
    return {
        "index_columns": [], "column_indexes": [], "columns": columns, "attributes": {}, "creator": creator,
        "pandas_version": pd.__version__,
    }  # fmt: skip


def arrow_type(column: Column) -> pa.DataType:
    """The type of a column in the clean table."""
    return _ARROW.get(column.kind, pa.string())


def _shower(
    column: Column, pseudonym: Callable[[str], str], redact: Callable[[str], str]
) -> Callable[[Any], Any] | None:
    """How a column's values are made fit to be seen; None where they are so already. Equal values are made once."""
    if column.pseudonym:
        return cache(lambda value: None if value is None else pseudonym(str(value)))
    if column.kind in ("text", "uscc"):
        return cache(lambda value: None if value is None else redact(value))
    return (lambda value: None if value is None else float(value)) if column.kind == "number" else None


def fate_table(sheets: Sequence[SheetFates]) -> pa.Table:
    """A row per raw row: file, sheet, row, ledger, fate, reason."""
    found: dict[str, list[Any]] = {name: [] for name in ("file", "sheet", "row", "ledger", "fate", "reason")}
    for sheet in sheets:
        count = len(sheet.fates)
        for name in ("file", "sheet", "ledger"):
            found[name] += [getattr(sheet, name)] * count
        found["row"] += range(sheet.begins + 1, sheet.begins + count + 1)
        found["fate"] += sheet.fates
        found["reason"] += sheet.reasons
    return account_table(found)
