"""Made-up towns as arrays of rows, by two simulators that differ in all their habits; as counts for the methods, or as records."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.trends import records as series
from fazhi.trends.monthly_counts import Grid

YEARS = (2022, 2023, 2024, 2025)
TYPES = (
    "邻里纠纷", "婚姻家庭纠纷", "合同纠纷", "房屋宅基地纠纷", "劳动争议", "山林土地纠纷", "道路交通事故纠纷", "损害赔偿纠纷",
    "其他纠纷", "物业纠纷", "征地拆迁纠纷", "消费纠纷", "环境污染纠纷",
)  # fmt: skip
TYPE_WEIGHTS = np.array([95, 70, 41, 39, 37, 29, 32, 34, 27, 22, 12, 9, 3], float)
SOURCES = ("群众来访", "主动排查", "派出所移交", "平台派单", "法院委派")
SOURCE_WEIGHTS = np.array([198, 123, 50, 50, 28], float)
OUTCOMES = ("调解成功", "调解不成功", "调解中")

Array = NDArray[np.float64]
Rows = dict[str, NDArray[np.int64]]  # t (month from the first), village, category, source, outcome: numbers of names


@dataclass(frozen=True)
class Town:
    """A town's villages, its usual number a month, its shares, and the rows it has entered."""

    rng: np.random.Generator
    villages: tuple[str, ...]
    weights: Array
    types: Array
    monthly: Array
    rows: Rows

    def added(self, t: NDArray[np.int64], **fixed: int) -> "Town":
        """The town with a row more for each month in `t`; columns in `fixed` hold one value."""
        more = drawn(self, t)
        for name, value in fixed.items():
            more[name] = np.full(len(t), value)
        return replace(self, rows={name: np.concatenate([self.rows[name], more[name]]) for name in more})

    def without(self, gone: NDArray[np.bool_]) -> "Town":
        return replace(self, rows={name: values[~gone] for name, values in self.rows.items()})


def drawn(town: Town, t: NDArray[np.int64]) -> Rows:
    """Usual rows, one for each month in `t`."""
    rng, n = town.rng, len(t)
    return {
        "t": t,
        "village": rng.choice(len(town.villages), n, p=town.weights),
        "category": rng.choice(len(TYPES), n, p=town.types),
        "source": rng.choice(len(SOURCES), n, p=SOURCE_WEIGHTS / SOURCE_WEIGHTS.sum()),
        "outcome": rng.choice(3, n, p=[0.93, 0.05, 0.02]),
    }


def noise(rng: np.random.Generator, spread: float, shape: Any) -> Array:
    """Factors with mean 1 and so much standard deviation."""
    return rng.gamma(1 / spread**2, spread**2, shape) if spread else np.ones(shape)


def lively(seed: int, size: float) -> Town:
    """Months that come and go, villages that bring many or few in a month, years that drift, a mild season of the whole town."""
    rng = np.random.default_rng([seed, 77])
    count, months = int(rng.integers(7, 18)), 12 * len(YEARS)
    weights = rng.lognormal(0, rng.choice([0.0, 0.3, 0.5]), count)
    weights[0] *= 2.5 if rng.random() < 0.3 else 1.0
    drift = np.repeat(np.exp(rng.normal(0, 0.04) * np.arange(len(YEARS)) + rng.normal(0, 0.03, len(YEARS))), 12)
    tilt = 1 + rng.choice([0, 0.1, 0.2]) * np.cos(2 * np.pi * (np.arange(months) - rng.integers(12)) / 12)
    monthly = size / 12 * drift * tilt
    town = _empty(rng, weights, TYPE_WEIGHTS, monthly)
    rates = monthly * noise(rng, rng.choice([0, 0.1, 0.2]), months)
    shares = town.weights * noise(rng, rng.choice([0, 0.15, 0.3]), (months, count))
    return _filled(town, rates[:, None] * shares / shares.sum(axis=1, keepdims=True))


def settled(seed: int, size: float) -> Town:
    """Few large villages, types by a law of powers, a year-end rush and a calm month of the New Year, shares of villages and
    types that drift a little from year to year, and cases that come in pairs."""
    rng = np.random.default_rng([seed, 78])
    count = int(rng.integers(6, 15))
    types = rng.permutation(1 / np.arange(2, len(TYPES) + 2) ** rng.uniform(0.6, 1.2))
    rush = np.ones(12)
    rush[[1, 11]] = 1 - rng.uniform(0, 0.3), 1 + rng.uniform(0, 0.4)
    monthly = size / 12 * np.tile(rush / rush.mean(), len(YEARS)) * np.repeat(rng.lognormal(0, 0.05, len(YEARS)), 12)
    town = _empty(rng, rng.dirichlet(np.full(count, 6.0)) + 0.01, types, monthly)
    drift = np.repeat(rng.lognormal(0, rng.choice([0, 0.05, 0.1]), (len(YEARS), count)), 12, axis=0)
    shares = town.weights * drift
    pairs = rng.choice([0.0, 0.05, 0.1])
    town = _filled(town, (1 - pairs) * monthly[:, None] * shares / shares.sum(axis=1, keepdims=True))
    again = rng.random(len(town.rows["t"])) < pairs
    return replace(town, rows={name: np.concatenate([values, values[again]]) for name, values in town.rows.items()})


SIMULATORS: dict[str, Callable[[int, float], Town]] = {"lively": lively, "settled": settled}


def _empty(rng: np.random.Generator, weights: Array, types: Array, monthly: Array) -> Town:
    names = tuple(f"第{i + 1:02}村" for i in range(len(weights)))
    nothing = {name: np.zeros(0, np.int64) for name in ("t", "village", "category", "source", "outcome")}
    return Town(rng, names, weights / weights.sum(), types / types.sum(), monthly, nothing)


def _filled(town: Town, rates: Array) -> Town:
    """The town with rows by rates of month and village."""
    counts = town.rng.poisson(rates)
    t, village = (np.repeat(place, counts.ravel()) for place in np.indices(counts.shape).reshape(2, -1))
    return replace(town, rows={**drawn(town, t), "village": village})


# --- what methods are given ------------------------------------------------------------------------------------------


def counts(town: Town, column: str) -> Grid:
    """The town's rows by month and value of a column, as `monthly_counts.grid` would count them."""
    names = {"village": town.villages, "category": TYPES, "source": SOURCES, "outcome": OUTCOMES}[column]
    months = 12 * len(YEARS)
    table = np.zeros((len(names), months))
    np.add.at(table, (town.rows[column], town.rows["t"]), 1)
    there = table.sum(axis=1) > 0
    labels = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
    days = np.array([monthrange(year, month)[1] for year in YEARS for month in range(1, 13)], float)
    return Grid(
        tuple(name for name, some in zip(names, there, strict=True) if some), tuple(labels), table[there], table.sum(axis=0),
        days, np.ones(months, bool), np.repeat(YEARS, 12), np.tile(np.arange(1, 13), len(YEARS)),
    )  # fmt: skip


def crossed(town: Town) -> pd.DataFrame:
    """All rows by village and type; only those that have any."""
    table = np.zeros((len(town.villages), len(TYPES)), np.int64)
    np.add.at(table, (town.rows["village"], town.rows["category"]), 1)
    frame = pd.DataFrame(table, index=town.villages, columns=TYPES)
    return frame.loc[frame.any(axis=1), frame.any()]


def unit(town: Town) -> Unit:
    return Unit(name="青木镇", villages=town.villages, offices=("司法所",))


def records(town: Town) -> series.Records:
    """The rows as the records of a ledger: days, sums and parties made up."""
    rng, rows = town.rng, town.rows
    n = len(rows["t"])
    first = pd.to_datetime([f"{YEARS[t // 12]}-{t % 12 + 1:02}-01" for t in rows["t"]])
    accepted = first + pd.to_timedelta(rows.get("day", np.floor(rng.random(n) * first.days_in_month)), unit="D")
    closed = pd.Series(accepted + pd.to_timedelta(rng.integers(0, 31, n), unit="D")).where(rows["outcome"] != 2)
    paid = (rows["outcome"] == 0) & (rng.random(n) < 0.6)
    frame = pd.DataFrame({
        "accepted_on": accepted,
        "village": np.array(town.villages, object)[rows["village"]],
        "category": np.array(TYPES, object)[rows["category"]],
        "source": np.array(SOURCES, object)[rows["source"]],
        "outcome": np.array(OUTCOMES, object)[rows["outcome"]],
        "amount_yuan": [Decimal(int(sum_)) if some else Decimal(0) for sum_, some in zip(_sums(rng, n), paid, strict=True)],
        "closed_on": closed.to_numpy(),
        "applicant": [f"P{number}" for number in rng.integers(0, 4000, n)],
        "respondent": [f"P{number}" for number in rng.integers(0, 4000, n)],
    })  # fmt: skip
    frames = {year: frame[frame["accepted_on"].dt.year == year] for year in YEARS}
    return series.of_frames(frames, "青木镇", load_specs().ledgers["disputes"])


def _sums(rng: np.random.Generator, n: int) -> Array:
    """What was agreed: some round sums everywhere."""
    steps = rng.choice([1, 100, 1000, 10000], n, p=[0.1, 0.3, 0.4, 0.2])
    return np.maximum(np.round(rng.lognormal(10, 1.0, n) / steps) * steps, steps)
