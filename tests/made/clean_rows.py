"""Clean tables made of frames."""

import pandas as pd
import pyarrow as pa

from fazhi.workspace.clean_rows import CleanRows


def clean_rows(frame: pd.DataFrame) -> CleanRows:
    """A frame as the clean table that was written of it would be read."""
    return CleanRows(pa.Table.from_pandas(frame, preserve_index=False))
