"""Signs of a padded ledger: one village with an implausible share of a year's rows.

A village may grow: a share counts as implausible where it is large in itself and jumps against every other year, or stands
far above all other villages. A smaller jump counts where the same rows bear other signs (the same parties again and again, bulk
entry, round sums, the same number of days). Intervals of shares: Wilson (JASA 22, 1927); of the jump: Baptista & Pike (J. R.
Statist. Soc. C 26, 1977), as scipy has it. The thresholds are set by simulation (`benchmarks/trends.py`).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

LEAST_ROWS, LEAST_VILLAGES = 20, 4
LARGE = 0.3  # of the town's rows
JUMP, JUMP_AT_LEAST = (
    4.5,
    2.5,
)  # odds against the other year with the smallest share: estimate, and its lower 95 % limit
APART, HALF = 5.0, 0.45  # times the median of the other villages; a share that large needs less
SIGNED_LARGE, SIGNED_JUMP = 0.2, 2.5  # where there are other signs


@dataclass(frozen=True)
class Padding:
    """`village` has `count` of the `whole` rows of `year`; the other villages' median `others`; its usual share `before`."""

    village: str
    year: int
    count: int
    whole: int
    others: float
    before: float | None
    interval: tuple[float, float]
    sure: bool

    @property
    def share(self) -> float:
        return self.count / self.whole


def paddings(table: pd.DataFrame, signed: frozenset[tuple[str, int]] = frozenset()) -> list[Padding]:
    """Implausible village-years of a table of counts (villages × years), largest share first.

    `signed`: villages and years with other signs of padding.
    """
    if len(table) < LEAST_VILLAGES:
        return []
    found = [
        p
        for year in table.columns
        for village in table.index
        if (p := _padding(table, str(village), int(year), signed))
    ]
    return sorted(found, key=lambda one: (-one.share, one.village, one.year))


def _padding(table: pd.DataFrame, village: str, year: int, signed: frozenset[tuple[str, int]]) -> Padding | None:
    count, whole = int(table.loc[village, year]), int(table[year].sum())  # type: ignore[arg-type]
    others = float(table[year].drop(village).median())
    if count < LEAST_ROWS or count < SIGNED_LARGE * whole:
        return None
    share, (odds, low) = count / whole, jump(table, village, year)
    apart = count >= APART * others and (share >= LARGE if len(table.columns) == 1 else share >= HALF)
    leaps = share >= LARGE and odds >= JUMP and low >= JUMP_AT_LEAST
    with_signs = (village, year) in signed and low > 1 and odds >= SIGNED_JUMP
    alone = (village, year) in signed and len(table.columns) == 1 and count >= APART / 2 * others
    if not (apart or leaps or with_signs or alone):
        return None
    interval = stats.binomtest(count, whole).proportion_ci(method="wilson")
    rest = table.drop(columns=year)
    before = float(rest.loc[village].sum() / rest.to_numpy().sum()) if rest.to_numpy().sum() else None
    sure = (apart and share >= HALF) or (leaps and share >= HALF)
    return Padding(village, year, count, whole, others, before, (float(interval.low), float(interval.high)), bool(sure))


def jump(table: pd.DataFrame, village: str, year: int) -> tuple[float, float]:
    """Odds of the village's share in `year` against that half of the other years in which it is smallest (more than one
    year may be padded), and their lower 95 % limit."""
    others = [int(y) for y in table.columns if y != year and table[y].sum() >= LEAST_ROWS]
    if not others:
        return 0.0, 0.0
    counts, wholes = table[others].loc[village].to_numpy(), table[others].sum().to_numpy()
    least = np.argsort(counts / wholes, kind="stable")[: (len(others) + 1) // 2]
    a, n = int(table.loc[village, year]), int(table[year].sum())  # type: ignore[arg-type]
    b, m = int(counts[least].sum()), int(wholes[least].sum())
    odds = (a + 0.5) / (n - a + 0.5) / ((b + 0.5) / (m - b + 0.5))
    low = stats.contingency.odds_ratio([[a, n - a], [b, m - b]]).confidence_interval().low
    return float(odds), float(np.nan_to_num(low))
