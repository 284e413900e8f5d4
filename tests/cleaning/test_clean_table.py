"""The clean table as pandas reads it: in the types of Arrow, as if pandas had written it."""

import json

import pandas as pd

from fazhi.cleaning.clean_table import SOURCE, clean_table
from fazhi.cleaning.records import Cleaned


def empty_tables(specs):
    return [clean_table(Cleaned(ledger, [], []), str) for ledger in specs.ledgers.values()]


def test_pandas_is_told_what_it_would_have_written_itself(specs):
    for table in empty_tables(specs):
        frame = table.to_pandas(types_mapper=pd.ArrowDtype)
        written = type(table).from_pandas(frame, preserve_index=False).schema
        assert table.schema.equals(written, check_metadata=True)


def test_the_tables_of_the_package_hold_every_kind_of_cell(specs):
    told = {
        one["pandas_type"]
        for table in empty_tables(specs)
        for one in json.loads(table.schema.metadata[b"pandas"])["columns"]
    }
    assert told == {"unicode", "date", "decimal", "int64", "float64", "bool"}
    assert all(tuple(table.column_names[-3:]) == SOURCE for table in empty_tables(specs))
