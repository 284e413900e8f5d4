"""Ledgers sent as empty forms where last year had rows: nothing to report, or nothing filled in?"""

from collections.abc import Iterator, Mapping

import pandas as pd
import pyarrow.parquet as pq

from fazhi.indicators.measure import MINIMUM_JUMP
from fazhi.issues import Issue
from fazhi.town_year import TownYear
from fazhi.workspace.clean_rows import CleanRows


def emptied_ledgers(town: TownYear, tables: Mapping[str, CleanRows], fates: pd.DataFrame) -> list[Issue]:
    """A question for each ledger of which nothing was read, not even 无, though last year had rows; none where they were
    so few, of all such ledgers together, that chance may have it."""
    if not town.workspace.raw(town.year - 1).is_dir():
        return []
    read = set(fates[fates["fate"] != "not_data"]["ledger"])
    found = {name: (place, before) for name in tables if name not in read for place, before in _blank_form(town, name)}
    if sum(before for _, before in found.values()) < MINIMUM_JUMP:
        return []
    return [
        Issue.of("ledger_emptied", *place, ledger=name, previous_year=town.year - 1, previous=before)
        for name, (place, before) in found.items()
    ]


def _blank_form(town: TownYear, ledger: str) -> Iterator[tuple[tuple[str, str], int]]:
    """The first sheet of the ledger and last year's rows, where there were some and no sheet says that there is nothing."""
    sheets = town.results.layouts(ledger)
    path = town.results_of(town.year - 1).clean_file(ledger)
    before = pq.read_metadata(path).num_rows if path.exists() else 0
    if before and sheets and not any(sheet.says_none for sheet in sheets):
        yield (sheets[0].file, sheets[0].sheet), before
