"""A ledger's cleaning as a step of the year."""

from fazhi import town_year
from fazhi.steps.clean import mark_failed
from fazhi.workspace.files import read_rows


def test_a_ledger_whose_cleaning_broke_off_is_told_and_leaves_nothing_of_an_earlier_run(workspace):
    year = town_year.open_year(2025, workspace)
    old = year.processed / "clean" / "drills.parquet"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    mark_failed(year, "drills")
    assert not old.exists()
    (told,) = read_rows(year.processed / "accounts" / "drills.issues.parquet")
    assert (told["kind"], told["severity"], told["file"]) == ("ledger_failed", "error", year.ledger("drills").title)
