"""A clean table in plain values, as pandas would show it and as it was written."""

from datetime import date
from decimal import Decimal

import pyarrow as pa

from fazhi.workspace.clean_rows import CleanRows

COLUMNS = {
    "accepted_on": pa.array([date(2025, 3, 5), None, date(2025, 3, 5)]),
    "amount_yuan": pa.array([Decimal("0.10"), Decimal("0.10"), None], type=pa.decimal128(18, 2)),
    "done": pa.array([True, False, None]),
    "people": pa.array([None, None, None], type=pa.int64()),
    "rate": pa.array([0.5, None, 1.0]),
    "village": pa.array(["", None, "龙井村"]),
}


def test_cells_are_plain_and_nothing_is_none():
    rows = CleanRows(pa.table(COLUMNS))
    assert {name: rows[name] for name in rows.names} == {name: cells.to_pylist() for name, cells in COLUMNS.items()}
    assert len(rows) == 3 and "village" in rows and "source" not in rows


def test_a_table_of_several_chunks_is_one():
    parts = [pa.table(COLUMNS), pa.table(COLUMNS).slice(1, 1)]
    assert CleanRows(pa.concat_tables(parts))["village"] == ["", None, "龙井村", None]


def test_a_table_without_rows_keeps_its_columns():
    rows = CleanRows(pa.table(COLUMNS)).empty()
    assert (len(rows), rows.names, rows["village"]) == (0, [*COLUMNS], [])
