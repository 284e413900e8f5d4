"""A notebook that is run before those it reads from says which comes first."""

import pytest

from fazhi.errors import LedgerError
from fazhi.steps import report, returned, statistics
from fazhi.town_year import open_year


@pytest.mark.parametrize(
    ("step", "first"),
    [
        (statistics.write_statistics, "台账尚未清理。请先逐本运行 01_clean_ledger"),
        (report.read_statistics, "尚未统计。请先运行 02_statistics"),
        (returned.write_returned, "尚未统计。请先运行 02_statistics"),
    ],
)
def test_it_says_which_notebook_comes_first(workspace, step, first):
    with pytest.raises(LedgerError, match=f"^2025年的?{first}，或 fazhi run 2025。"):
        step(open_year(2025, workspace))
