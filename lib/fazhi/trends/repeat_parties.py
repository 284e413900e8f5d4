"""The same parties, the same sums, the same number of days: what happens by chance, and what does not.

Parties: with as many people as the repeats of the others suggest (the birthday problem; Feller, An Introduction to Probability
Theory, vol. 1, ch. II.3), how likely is it that anyone is met so often. Sums and days: a village or a year against the rest
of the ledger, by Fisher's exact test with Holm's correction; what is usual in the whole ledger is a habit, and no sign.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fazhi.trends.bulk_entry import leading
from fazhi.trends.chances import at_least, drawn_at_least
from fazhi.trends.change_tests import holm
from fazhi.trends.finding import STANDING
from fazhi.trends.records import PARTIES

MINIMUM_PAIR, MINIMUM_PARTY = 6, 8
ALL = "合计"
MINIMUM_ROWS, MINIMUM_SHARE = 8, 0.6  # of a village's or a year's sums that are round (days that are the same)
ROUND = (10_000, 1_000)


@dataclass(frozen=True)
class Repeat:
    """The same pair (or one party, `pair` False) in `count` records, in `village` where nearly all are of one."""

    pair: bool
    count: int
    village: str | None
    first: pd.Timestamp
    last: pd.Timestamp
    p_value: float
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Sameness:
    """`count` of `whole` values of a village (in a year) or of a year are alike (`what`), elsewhere the share `elsewhere`."""

    what: str
    value: float
    village: str | None
    year: int | None
    count: int
    whole: int
    elsewhere: float
    p_value: float


def repeats(rows: pd.DataFrame) -> list[Repeat]:
    """Pairs met `MINIMUM_PAIR` times, single parties met `MINIMUM_PARTY` times or more, beyond chance; most often first.

    A party that is told in a pair is not told again.
    """
    known = rows.dropna(subset=list(PARTIES))
    pairs = pd.Series(
        [" ".join(sorted(p)) for p in zip(known["applicant"], known["respondent"], strict=True)],
        index=known.index,
        dtype=object,
    )
    found = _often(pairs, rows, MINIMUM_PAIR, True)
    in_pairs = {row for one in found for row in one.rows}
    rest = known[~known.index.isin(list(in_pairs))]
    singles = pd.concat([rest[name] for name in PARTIES])
    return found + _often(singles, rows, MINIMUM_PARTY, False)


def _often(names: pd.Series, rows: pd.DataFrame, least: int, pair: bool) -> list[Repeat]:
    counts = names.value_counts()
    least = max(least, int(3 * counts.median())) if len(counts) else least
    usual = counts[counts < least]
    people = population(usual)
    found = []
    for name in sorted(counts.index[counts >= least], key=lambda name: (-int(counts[name]), str(name))):
        count = int(counts[name])
        p_value = min(1.0, people * float(at_least(count, len(names) / people)))
        if not len(usual) or count >= 2 * usual.max():
            of_party = rows.loc[sorted(set(names.index[names == name]))]
            dates = of_party["accepted_on"]
            place = leading(of_party["village"])
            found.append(Repeat(pair, count, place, dates.min(), dates.max(), p_value, tuple(of_party.index)))
    return found


def population(counts: pd.Series) -> float:
    """How many parties there seem to be, from how often two rows name the same one; at least as many as are named."""
    rows, twice = float(counts.sum()), float((counts * (counts - 1)).sum())
    return max(rows * (rows - 1) / twice if twice else rows**2, float(len(counts)), 1.0)


def round_sums(rows: pd.DataFrame) -> list[Sameness]:
    """Villages, years and villages in a year whose sums are nearly all multiples of ten thousand (a thousand) yuan."""
    paid = rows[rows["amount_yuan"] > 0]
    values = paid["amount_yuan"].astype(float)
    found: list[Sameness] = []
    for step in ROUND:
        places = {(one.village, one.year) for one in found}
        new = _alike(paid, values % step == 0, "round", step)
        found += [one for one in new if (one.village, one.year) not in places]
    return found


def same_values(rows: pd.DataFrame, column: str, what: str) -> list[Sameness]:
    """Villages, years and villages in a year in which most values of a column are one and the same."""
    known = rows[rows[column].notna()]
    known = known[known[column] > 0] if what == "sum" else known
    values = known[column].astype(float)
    found: list[Sameness] = []
    for value in values.value_counts().index[:3]:
        found += _alike(known, values == value, what, float(value))
    return found


def _alike(rows: pd.DataFrame, alike: pd.Series, what: str, value: float) -> list[Sameness]:
    """The groups that differ from the rest: years, villages, villages in a year; the widest first and none inside another."""
    if rows.empty:
        return []
    villages, years = ([*sorted(set(rows[name])), ALL] for name in ("village", "year"))
    n, k = (_crossed(rows[kept], villages, years) for kept in (alike | True, alike))
    rest, others = n[-1, -1] - n, k[-1, -1] - k
    single = np.where(rest > 0, drawn_at_least(k, k[-1, -1], n, n[-1, -1]).reshape(n.shape), 1.0)
    p_value = np.array(holm(single.ravel())).reshape(single.shape)
    wanted = (n >= MINIMUM_ROWS) & (k >= MINIMUM_SHARE * n) & (p_value < STANDING)
    found: list[Sameness] = []
    for i, j in sorted(
        np.argwhere(wanted).tolist(), key=lambda at: (at[0] < len(n) - 1 and at[1] < n.shape[1] - 1, at)
    ):
        village = None if villages[i] == ALL else str(villages[i])
        year = None if years[j] == ALL else int(years[j])
        if not any(one.village in (None, village) and one.year in (None, year) for one in found):
            share = float(others[i, j] / rest[i, j])
            found.append(Sameness(what, value, village, year, int(k[i, j]), int(n[i, j]), share, float(p_value[i, j])))
    return found


def _crossed(rows: pd.DataFrame, villages: list[str], years: list[int]) -> np.ndarray:
    """Numbers of rows by village and year, with their sums last."""
    place, then = ({name: i for i, name in enumerate(names)} for names in (villages, years))
    table = np.zeros((len(villages), len(years)), dtype=np.int64)
    np.add.at(table, ([place[name] for name in rows["village"]], [then[year] for year in rows["year"]]), 1)
    table[-1] = table.sum(axis=0)
    table[:, -1] = table.sum(axis=1)
    return table
