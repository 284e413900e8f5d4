"""Issues as tables: for the accounts on disk, and for pandas."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi.issues.catalogue import SEVERITY_LABELS
from fazhi.issues.issue import Issue
from fazhi.workspace.files import account_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def issue_table(issues: Sequence[Issue]) -> "pa.Table":
    """A row an issue, gravest first, then by place."""
    order = list(SEVERITY_LABELS)
    ranked = sorted(
        issues, key=lambda i: (order.index(i.severity), i.file, i.sheet, i.row or 0, i.column, i.kind, i.found)
    )
    return account_table({name: [getattr(issue, name) for issue in ranked] for name in Issue.__dataclass_fields__})


def issue_frame(issues: Sequence[Issue]) -> "pd.DataFrame":
    """The same for pandas."""
    return nullable(issue_table(issues))


def nullable(table: "pa.Table") -> "pd.DataFrame":
    """Text and whole numbers of an account as pandas' own types that may be missing."""
    import pandas as pd
    import pyarrow as pa

    return table.to_pandas(types_mapper={pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype()}.get)
