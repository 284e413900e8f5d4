"""A year counted in this process, by the notebooks' steps: for tests of what comes after."""

import pandas as pd

from fazhi import town_year
from fazhi.steps import clean, statistics, survey
from fazhi.workspace.paths import Workspace


def counted_town(workspace: Workspace, year: int = 2025) -> town_year.TownYear:
    """The town's year, surveyed, cleaned and counted."""
    town = town_year.open_year(year, workspace)
    survey.survey_year(town)
    for ledger in survey.ledger_files(town):
        clean.clean_ledger(town, ledger)
    statistics.write_statistics(town)
    return town


def count_year(workspace: Workspace, year: int = 2025) -> pd.DataFrame:
    """Survey, clean and count the year; what was asked, a row an issue."""
    return pd.read_parquet(counted_town(workspace, year).processed / "issues.parquet")
