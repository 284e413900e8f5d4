"""Made-up towns with and without planted changes: what share of the planted is found, and in how many plain towns
something is invented. `python -m benchmarks.trends [TOWNS]` prints the table.
"""

import sys
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.trends import records as series
from fazhi.trends import search
from fazhi.trends.finding import Finding

YEARS = (2022, 2023, 2024, 2025)
TYPES = [
    "邻里纠纷", "婚姻家庭纠纷", "合同纠纷", "房屋宅基地纠纷", "劳动争议", "山林土地纠纷", "道路交通事故纠纷", "损害赔偿纠纷",
    "其他纠纷", "物业纠纷", "征地拆迁纠纷", "消费纠纷", "环境污染纠纷",
]  # fmt: skip
TYPE_WEIGHTS = np.array([95, 70, 41, 39, 37, 29, 32, 34, 27, 22, 12, 9, 3], float)
SOURCES = ["群众来访", "主动排查", "派出所移交", "平台派单", "法院委派"]
SOURCE_WEIGHTS = np.array([198, 123, 50, 50, 28], float)


@dataclass
class Town:
    """A town's habits, and the rows it has entered so far."""

    rng: np.random.Generator
    villages: list[str]
    weights: np.ndarray
    years: tuple[int, ...]
    sizes: dict[int, float]
    pool: int = 4000
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    sums: str = "mixed"

    @property
    def unit(self) -> Unit:
        return Unit(name="青木镇", villages=tuple(self.villages), offices=("司法所",))

    def disputes(self) -> series.Records:
        frames = {year: self.rows[self.rows["year"] == year].drop(columns="year") for year in self.years}
        return series.of_frames(frames, "青木镇", load_specs().ledgers["disputes"])


def invent(seed: int, years: tuple[int, ...] = YEARS, least: int = 110, most: int = 480) -> Town:
    """A plain town: villages of unlike size, years of nearly the same size, harmless ups and downs of months and villages."""
    rng = np.random.default_rng([seed, 77])
    villages = [f"第{i + 1:02}村" for i in range(rng.integers(7, 18))]
    weights = rng.lognormal(0, rng.choice([0.0, 0.3, 0.5]), len(villages))
    if rng.random() < 0.3:
        weights[0] *= 2.5  # the town's centre
    size = rng.integers(least, most + 1)
    drift = rng.normal(0, 0.04)
    sizes = {year: size * np.exp(drift * i + rng.normal(0, 0.03)) for i, year in enumerate(years)}
    town = Town(rng, villages, weights / weights.sum(), years, sizes, int(rng.choice([1500, 4000, 20000])))
    town.sums = str(rng.choice(["mixed", "hundreds", "thousands"]))
    noise, spread = rng.choice([0, 0.1, 0.2]), rng.choice([0, 0.15, 0.3])
    tilt = rng.choice([0, 0.1, 0.2]) * np.cos(2 * np.pi * (np.arange(12) - rng.integers(12)) / 12)
    for year in years:
        for month in range(12):
            rate = sizes[year] / 12 * (1 + tilt[month]) * _gamma(rng, noise, 1)[0]
            shares = town.weights * _gamma(rng, spread, len(villages))
            enter(town, year, month + 1, rng.poisson(rate), shares / shares.sum())
    return town


def _gamma(rng: np.random.Generator, spread: float, size: int) -> np.ndarray:
    return rng.gamma(1 / spread**2, spread**2, size) if spread else np.ones(size)


def enter(town: Town, year: int, month: int, count: int, shares: np.ndarray, **fixed: object) -> None:
    """Add `count` rows of a month; `fixed` columns hold one value."""
    rng = town.rng
    last = pd.Period(f"{year}-{month:02}").days_in_month
    accepted = [pd.Timestamp(year, month, day) for day in rng.integers(1, last + 1, count)]
    outcome = rng.choice(["调解成功", "调解不成功", "调解中"], count, p=[0.93, 0.05, 0.02])
    days = rng.integers(0, 31, count)
    paid = (outcome == "调解成功") & (rng.random(count) < 0.6)
    sums = amounts(town, count)
    rows = pd.DataFrame({
        "year": year,
        "accepted_on": accepted,
        "village": rng.choice(town.villages, count, p=shares),
        "category": rng.choice(TYPES, count, p=TYPE_WEIGHTS / TYPE_WEIGHTS.sum()),
        "source": rng.choice(SOURCES, count, p=SOURCE_WEIGHTS / SOURCE_WEIGHTS.sum()),
        "outcome": outcome,
        "amount_yuan": [Decimal(int(s)) if yes else Decimal(0) for s, yes in zip(sums, paid, strict=True)],
        "closed_on": [a + pd.Timedelta(days=int(d)) if o != "调解中" else pd.NaT for a, d, o in zip(accepted, days, outcome, strict=True)],
        "applicant": [f"P{n}" for n in rng.integers(0, town.pool, count)],
        "respondent": [f"P{n}" for n in rng.integers(0, town.pool, count)],
    })  # fmt: skip
    for name, value in fixed.items():
        rows[name] = value
    town.rows = pd.concat([town.rows, rows], ignore_index=True) if len(town.rows) else rows


def amounts(town: Town, count: int) -> np.ndarray:
    """What was agreed, as the town writes it: some round sums everywhere."""
    exact = town.rng.lognormal(10, 1.0, count)
    step = {"hundreds": 100, "thousands": 1000}.get(town.sums)
    steps = np.full(count, step) if step else town.rng.choice([1, 100, 1000, 10000], count, p=[0.1, 0.3, 0.4, 0.2])
    return np.maximum(np.round(exact / steps) * steps, steps)


# --- what may be planted -------------------------------------------------------------------------------------------


def plant_step(town: Town, times: float) -> dict[str, str]:
    """One village at `times` its level from some month on."""
    village = _village(town)
    start = int(town.rng.integers(12 * len(town.years) // 3, 12 * len(town.years) - 6))
    for t in range(start, 12 * len(town.years)):
        year, month = town.years[t // 12], t % 12 + 1
        mean = town.sizes[year] / 12 * town.weights[town.villages.index(village)] * (times - 1)
        enter(town, year, month, town.rng.poisson(mean), town.weights, village=village)
    return {"kind": "step", "village": village, "period": f"{town.years[start // 12]}-{start % 12 + 1:02}"}


def plant_season(town: Town, times: float) -> dict[str, str]:
    """One type at `times` its level for three months of every year."""
    index = int(town.rng.choice([1, 2, 3, 4, 5]))
    start = int(town.rng.integers(12))
    for year in town.years:
        for month in [(start + k) % 12 + 1 for k in range(3)]:
            mean = town.sizes[year] / 12 * TYPE_WEIGHTS[index] / TYPE_WEIGHTS.sum() * (times - 1)
            enter(town, year, month, town.rng.poisson(mean), town.weights, category=TYPES[index])
    return {"kind": "season", "category": TYPES[index]}


def plant_padding(town: Town, share: float, year: int | None = None) -> dict[str, str]:
    """One village of the last year padded to `share` of all rows of it."""
    village, year = _village(town), year or town.years[-1]
    rows = town.rows[town.rows["year"] == year]
    others = int((rows["village"] != village).sum())
    missing = int(others * share / (1 - share)) - (len(rows) - others)
    for month in range(1, 13):
        enter(town, year, month, town.rng.poisson(max(missing, 0) / 12), town.weights, village=village)
    return {"kind": "padding", "village": village, "period": str(year)}


def plant_repeat(town: Town, count: int) -> dict[str, str]:
    """The same two people again and again in the last year."""
    village = _village(town)
    for month in town.rng.integers(1, 13, count):
        enter(town, town.years[-1], int(month), 1, town.weights, village=village, applicant="Pxa", respondent="Pxb")
    return {"kind": "repeat", "village": village}


def plant_burst(town: Town, count: int) -> dict[str, str]:
    """Many rows of one village on one day."""
    village, year = _village(town), int(town.rng.choice(town.years))
    month, day = int(town.rng.integers(1, 13)), int(town.rng.integers(1, 29))
    enter(town, year, month, count, town.weights, village=village, accepted_on=pd.Timestamp(year, month, day))
    return {"kind": "burst", "village": village, "period": f"{year}-{month:02}-{day:02}"}


def plant_gap(town: Town, length: int) -> dict[str, str]:
    """Months without a row in the whole town."""
    start = int(town.rng.integers(2, 12 * len(town.years) - length - 2))
    names = [f"{town.years[t // 12]}-{t % 12 + 1:02}" for t in range(start, start + length)]
    town.rows = town.rows[~town.rows["accepted_on"].dt.strftime("%Y-%m").isin(names)].reset_index(drop=True)
    return {"kind": "gap", "period": names[0] if length == 1 else f"{names[0]}/{names[-1]}"}


def plant_round(town: Town, share: float) -> dict[str, str]:
    """One village of the last year agrees on tens of thousands only."""
    village = _village(town)
    for i in town.rows.index[(town.rows["village"] == village) & (town.rows["year"] == town.years[-1])]:
        amount = town.rows.at[i, "amount_yuan"]
        if amount and town.rng.random() < share:
            town.rows.at[i, "amount_yuan"] = Decimal(max(round(float(amount), -4), 10000))
    return {"kind": "round", "village": village}


def _village(town: Town) -> str:
    """A village of ordinary size."""
    usual = [v for v, w in zip(town.villages, town.weights, strict=True) if w >= 0.7 / len(town.villages)]
    return str(town.rng.choice(usual))


PLANTS = {
    "nothing": None,
    "step x2": (plant_step, 2.0),
    "step x2.5": (plant_step, 2.5),
    "step x3": (plant_step, 3.0),
    "season x3": (plant_season, 3.0),
    "season x4": (plant_season, 4.0),
    "padding 30%": (plant_padding, 0.30),
    "padding 40%": (plant_padding, 0.40),
    "padding 55%": (plant_padding, 0.55),
    "repeat 8": (plant_repeat, 8),
    "burst 8": (plant_burst, 8),
    "gap 1 month": (plant_gap, 1),
    "gap 2 months": (plant_gap, 2),
    "round 100%": (plant_round, 1.0),
}


def matches(found: Finding, planted: dict[str, str]) -> bool:
    """Whether a finding is the planted one: kind, village and type."""
    return all(getattr(found, key) == planted.get(key) for key in ("village", "category") if key in planted) and (
        found.kind == planted["kind"]
    )


def trial(name: str, seed: int, **more: object) -> tuple[dict[str, str] | None, list[Finding]]:
    """What was planted in a town, and what is claimed of it."""
    town = invent(seed, **more)  # type: ignore[arg-type]
    plant = PLANTS[name]
    planted = plant[0](town, plant[1]) if plant else None  # type: ignore[operator]
    found = search.find(town.disputes(), town.unit)
    return planted, [one for one in found if one.claims and one.kind != "forecast"]


def campaign(name: str, towns: int, **more: object) -> str:
    """A line of the table."""
    hit = invented = 0
    kinds: dict[str, int] = {}
    for seed in range(towns):
        planted, claims = trial(name, seed, **more)
        right = [one for one in claims if planted and matches(one, planted)]
        wrong = [one for one in claims if one not in right]
        hit, invented = hit + bool(right), invented + bool(wrong)
        for one in wrong:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
    told = "、".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    found = f"{hit / towns:.0%}" if PLANTS[name] else ""
    return f"| {name} | {found} | {invented / towns:.1%} | {told} |"


def main() -> None:
    """Print the table."""
    towns = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print("| planted | found | towns with anything else | of which |\n|---|---:|---:|---|")
    for name in PLANTS:
        print(campaign(name, towns), flush=True)


if __name__ == "__main__":
    main()
