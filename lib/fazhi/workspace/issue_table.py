"""Issues as tables: issues.parquet and the accounts are their dump, with a column a field, and are read back here."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi.errors import LedgerError
from fazhi.issues import Issue
from fazhi.workspace.files import account_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_COLUMNS = tuple(field.name for field in fields(Issue))
_OF_THE_YEAR = ("office", "changes")  # not known while a ledger is cleaned: the accounts lack them
_OF_AN_ACCOUNT = tuple(name for name in _COLUMNS if name not in _OF_THE_YEAR)


def account_of_issues(issues: Iterable[Issue]) -> "pa.Table":
    """The issues of one ledger as a table, the gravest first, then by place; without what only the year knows of them."""
    ordered = sorted(issues, key=Issue.sort_key)
    return account_table({name: [getattr(issue, name) for issue in ordered] for name in _OF_AN_ACCOUNT})


def issue_frame(issues: Sequence[Issue]) -> "pd.DataFrame":
    """The issues of a year as pandas shows them, a row each, in the order given."""
    return nullable(account_table({name: [getattr(issue, name) for issue in issues] for name in _COLUMNS}))


def read_account(path: Path) -> list[Issue]:
    """The issues of one ledger's account, in its order."""
    return _read(path, _OF_AN_ACCOUNT)


def read_issues(path: Path) -> list[Issue]:
    """The issues of issues.parquet, in its order. Raises LedgerError where another version of fazhi wrote it, without a column."""
    return _read(path, _COLUMNS)


def _read(path: Path, columns: Sequence[str]) -> list[Issue]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:  # by no further thread: a process with two cannot be forked
        lacking = [name for name in columns if name not in file.schema_arrow.names]
        if lacking:
            year = next(part.name for part in path.parents if part.name != "accounts")
            raise LedgerError(
                f"{year}年的 {path.name} 是另一版程序写的，没有 {'、'.join(lacking)} 列。请重新运行 fazhi run {year}。"
            )
        table = file.read(columns=list(columns), use_threads=False)
    values = (table[name].to_pylist() for name in columns)
    return [Issue(*row) for row in zip(*values, strict=True)]


def nullable(table: "pa.Table") -> "pd.DataFrame":
    """Text and whole numbers of an account as pandas' own types that may be missing."""
    import pandas as pd
    import pyarrow as pa

    return table.to_pandas(types_mapper={pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype()}.get)
