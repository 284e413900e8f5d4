"""A ledger's cleaning as a step of the year."""

from fazhi import town_year
from fazhi.steps.clean import mark_failed
from fazhi.workspace.issue_table import read_account


def test_a_ledger_whose_cleaning_broke_off_is_told_and_leaves_nothing_of_an_earlier_run(workspace):
    year = town_year.open_year(2025, workspace)
    old = year.processed / "clean" / "drills.parquet"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    mark_failed(year, "drills")
    assert not old.exists()
    (issue,) = read_account(year.processed / "accounts" / "drills.issues.parquet")
    assert (issue.kind, issue.severity, issue.file) == ("ledger_failed", "error", year.ledger("drills").title)
