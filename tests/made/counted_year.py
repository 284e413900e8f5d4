"""A year counted in this process, by the notebooks' steps: for tests of what comes after."""

import pandas as pd

from fazhi import town_year
from fazhi.steps import clean, statistics, survey
from fazhi.workspace.paths import Workspace


def count_year(workspace: Workspace, year: int = 2025) -> pd.DataFrame:
    """Survey, clean and count the year; what was asked, a row an issue."""
    town = town_year.open_year(year, workspace)
    survey.survey_year(town)
    for ledger in town.settings.specs.ledgers:
        clean.clean_ledger(town, ledger)
    statistics.write_statistics(town)
    return pd.read_parquet(town.processed / "issues.parquet")
