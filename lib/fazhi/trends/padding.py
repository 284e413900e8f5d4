"""Signs of a padded ledger: one village with an implausible share of a year's rows.

A village may grow: a share counts as implausible where it is large in itself and jumps against every other year, or stands
far above all other villages. A smaller jump counts where the same rows bear other signs (the same parties again and again, bulk
entry, round sums, the same number of days), or where it comes and goes with the year's ledger. Intervals of shares: Wilson
(JASA 22, 1927); of the jump: Baptista & Pike (J. R. Statist. Soc. C 26, 1977), as scipy has it. The thresholds are set by
simulation (`benchmarks/trends.py`).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fazhi.trends.chances import wilson

MINIMUM_ROWS, MINIMUM_VILLAGES = 20, 4
LARGE = 0.3  # of the town's rows
JUMP, JUMP_AT_LEAST = 4.5, 2.5  # odds against the other years: estimate, and its lower 95 % limit
APART, HALF = 5.0, 0.5  # times the median of the other villages; a share that large needs less
SIGNED_LARGE, SIGNED_JUMP = 0.2, 2.5  # where there are other signs
YEAR_LARGE, YEAR_JUMP, YEAR_AT_LEAST = 0.28, 3.0, 2.0  # where the jump keeps to the year's ledger


Places = frozenset[tuple[str, int]]  # village, year


@dataclass(frozen=True)
class Padding:
    """`village` has `count` of the `whole` rows of `years`; the other villages' median there `others`; its share in the
    other years `before`."""

    village: str
    years: tuple[int, ...]
    count: int
    whole: int
    others: float
    before: float | None

    @property
    def share(self) -> float:
        return self.count / self.whole

    @property
    def sure(self) -> bool:
        """Whether the village has more rows than all others together."""
        return self.share >= HALF

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        return wilson(self.count, self.whole)[1:]


def paddings(table: pd.DataFrame, signed: Places = frozenset(), in_ledger: Places = frozenset()) -> list[Padding]:
    """Villages with an implausible share in some years of a table of counts (villages × years), largest share first.

    `signed`: villages and years with other signs of padding; `in_ledger`: those where the share leaps just with the year.
    """
    if len(table) < MINIMUM_VILLAGES:
        return []
    found = []
    for village in map(str, table.index):
        years = [int(year) for year in table.columns if implausible(table, village, int(year), signed, in_ledger)]
        lasting = years[-2:] == [int(year) for year in table.columns[-2:]] and len(table.columns) > 2
        if years and not (lasting and _is_step(table, village, years, signed)):
            found.append(_padding(table, village, years))
    return sorted(found, key=lambda one: (-one.share, one.village))


def _is_step(table: pd.DataFrame, village: str, years: list[int], signed: Places) -> bool:
    """Whether a share that rose and stayed is left to the steps: unless it is most of all rows, or bears other signs."""
    whole = table[years].sum()
    return not any((village, year) in signed for year in years) and bool(
        table.loc[village, years].sum() < HALF * whole.sum()
    )


def _padding(table: pd.DataFrame, village: str, years: list[int]) -> Padding:
    then, rest = table[years].sum(axis=1), table.drop(columns=years).sum(axis=1)
    before = float(rest[village] / rest.sum()) if rest.sum() else None
    return Padding(
        village, tuple(years), int(then[village]), int(then.sum()), float(then.drop(village).median()), before
    )


def implausible(table: pd.DataFrame, village: str, year: int, signed: Places, in_ledger: Places) -> bool:
    """Whether the village's share of the year is more than growth and size explain."""
    count, whole = int(table.loc[village, year]), int(table[year].sum())  # type: ignore[arg-type]
    if count < MINIMUM_ROWS or count < SIGNED_LARGE * whole:
        return False
    others, (odds, low) = float(table[year].drop(village).median()), jump(table, village, year)
    single, share = len(table.columns) == 1, count / whole
    apart = count >= APART * others and share >= (LARGE if single else HALF)
    leaps = share >= LARGE and odds >= JUMP and low >= JUMP_AT_LEAST
    with_ledger = share >= YEAR_LARGE and odds >= YEAR_JUMP and low >= YEAR_AT_LEAST
    more = count >= APART / 2 * others if single else low > 1 and odds >= SIGNED_JUMP
    at = (village, year)
    return apart or leaps or (at in signed and more) or (at in in_ledger and with_ledger)


def jump(table: pd.DataFrame, village: str, year: int) -> tuple[float, float]:
    """Odds of the village's share in `year` against that half of the other years in which it is smallest (more than one
    year may be padded), and their lower 95 % limit."""
    others = [int(y) for y in table.columns if y != year and table[y].sum() >= MINIMUM_ROWS]
    if not others:
        return 0.0, 0.0
    counts, wholes = table[others].loc[village].to_numpy(), table[others].sum().to_numpy()
    least = np.argsort(counts / wholes, kind="stable")[: (len(others) + 1) // 2]
    a, n = int(table.loc[village, year]), int(table[year].sum())  # type: ignore[arg-type]
    b, m = int(counts[least].sum()), int(wholes[least].sum())
    odds = (a + 0.5) / (n - a + 0.5) / ((b + 0.5) / (m - b + 0.5))
    from scipy.stats import contingency  # of large shares only: its import takes longer than the rest

    low = contingency.odds_ratio([[a, n - a], [b, m - b]]).confidence_interval().low
    return float(odds), float(np.nan_to_num(low))
