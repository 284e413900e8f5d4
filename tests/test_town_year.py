"""A town's year tells what it lacks in words an analyst understands."""

import pytest

from fazhi.errors import LedgerError
from fazhi.town_year import open_year
from fazhi.workspace.files import write_json
from fazhi.workspace.results import STATISTICS
from made.figures import entry, ledger_state, statistics


def test_statistics_that_are_not_there_or_damaged_are_told(workspace):
    town = open_year(2025, workspace.root)
    with pytest.raises(LedgerError, match="2025年尚未统计。请先运行 02_statistics，或 fazhi run 2025"):
        town.statistics()
    path = write_json(town.processed / STATISTICS, {"indicators": {}})
    with pytest.raises(
        LedgerError, match=r"2025年的 statistics\.json 读不出（已损坏，或由别的版本生成）。请重新运行 fazhi run 2025"
    ):
        town.statistics()
    told = statistics({"disputes.mediated": entry(3)}, {"disputes": ledger_state(kept=3)})
    write_json(path, told)
    assert town.statistics() == told
