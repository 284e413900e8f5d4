"""What may be planted in a town: one change, and what a finding must name to be it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fazhi.trends.finding import Finding

from .towns import TYPES, YEARS, Town

MONTHS = 12 * len(YEARS)


@dataclass(frozen=True)
class Planted:
    """What was planted: kinds of findings that would tell it, and the village or type that they name."""

    kinds: tuple[str, ...]
    village: str | None = None
    category: str | None = None
    measure: str | None = None
    either: bool = False  # it lies in one type of one village: one that names only one of them is about it
    whole: bool = False  # of the town: a finding that names a part is none

    def told_by(self, finding: Finding) -> bool:
        """Whether a finding is about it."""
        same = [getattr(finding, name) == value for name in ("village", "category") if (value := getattr(self, name))]
        place = any(same) if self.either else all(same)
        named = bool(finding.village or finding.category or finding.source)
        measured = not self.measure or finding.measure == self.measure
        return finding.kind in self.kinds and place and measured and not (self.whole and named)


Plant = Callable[[Town], tuple[Town, Planted]]


def usual_village(town: Town) -> int:
    """A village of ordinary size."""
    return int(town.rng.choice(np.flatnonzero(town.weights >= 0.7 / len(town.villages))))


def usual_type(town: Town) -> int:
    """A type of ordinary size."""
    order = np.argsort(-town.types)
    return int(town.rng.choice(order[1:6]))


def _start(town: Town) -> int:
    return int(town.rng.integers(MONTHS // 3, MONTHS - 6))


def _extra(town: Town, rate: np.ndarray, **fixed: int) -> Town:
    return town.added(np.repeat(np.arange(MONTHS), town.rng.poisson(rate)), **fixed)


def village_step(times: float) -> Plant:
    """One village at `times` its level from some month on."""

    def plant(town: Town) -> tuple[Town, Planted]:
        village, start = usual_village(town), _start(town)
        rate = town.monthly * town.weights[village] * (times - 1) * (np.arange(MONTHS) >= start)
        return _extra(town, rate, village=village), Planted(
            ("step", "change"),
            village=town.villages[village],
        )

    return plant


def village_fall(left: float) -> Plant:
    """One village at the part `left` of its level from some month on."""

    def plant(town: Town) -> tuple[Town, Planted]:
        village, start = usual_village(town), _start(town)
        mine = (town.rows["village"] == village) & (town.rows["t"] >= start)
        gone = mine & (town.rng.random(len(mine)) > left)
        return town.without(gone), Planted(("step", "change", "gap"), village=town.villages[village])

    return plant


def type_step(times: float) -> Plant:
    """One type at `times` its level from some month on."""

    def plant(town: Town) -> tuple[Town, Planted]:
        kind, start = usual_type(town), _start(town)
        rate = town.monthly * town.types[kind] * (times - 1) * (np.arange(MONTHS) >= start)
        return _extra(town, rate, category=kind), Planted(("step", "change"), category=TYPES[kind])

    return plant


def cell_step(more: float) -> Plant:
    """One type in one village: `more` times the village's level on top of it, from some month on."""

    def plant(town: Town) -> tuple[Town, Planted]:
        village, kind, start = usual_village(town), usual_type(town), _start(town)
        rate = town.monthly * town.weights[village] * more * (np.arange(MONTHS) >= start)
        planted = Planted(("step", "change"), town.villages[village], TYPES[kind], either=True)
        return _extra(town, rate, village=village, category=kind), planted

    return plant


def rate_fall(points: float) -> Plant:
    """The success rate of the last year lower by so many points."""

    def plant(town: Town) -> tuple[Town, Planted]:
        rows = town.rows
        lost = (rows["t"] >= MONTHS - 12) & (rows["outcome"] == 0) & (town.rng.random(len(rows["t"])) < points / 0.95)
        outcome = np.where(lost, 1, rows["outcome"])
        return replace(town, rows={**rows, "outcome": outcome}), Planted(("change",), measure="调解成功率之差")

    return plant


def total_rise(times: float) -> Plant:
    """The whole town at `times` its level in the last year."""

    def plant(town: Town) -> tuple[Town, Planted]:
        rate = town.monthly * (times - 1) * (np.arange(MONTHS) >= MONTHS - 12)
        return _extra(town, rate), Planted(("step", "change"), measure="件数之比", whole=True)

    return plant


def type_season(times: float) -> Plant:
    """One type at `times` its level for three months of every year."""

    def plant(town: Town) -> tuple[Town, Planted]:
        kind, first = usual_type(town), int(town.rng.integers(12))
        inside = (np.arange(MONTHS) - first) % 12 < 3
        return _extra(town, town.monthly * town.types[kind] * (times - 1) * inside, category=kind), Planted(
            ("season",), category=TYPES[kind]
        )

    return plant


def hotspot(times: float) -> Plant:
    """One type in one village at `times` its level all the time."""

    def plant(town: Town) -> tuple[Town, Planted]:
        village, kind = usual_village(town), usual_type(town)
        rate = town.monthly * town.weights[village] * town.types[kind] * (times - 1)
        return _extra(town, rate, village=village, category=kind), Planted(
            ("hotspot",), village=town.villages[village], category=TYPES[kind]
        )

    return plant


PLANTS: dict[str, Plant] = {
    "type step ×2.5": type_step(2.5),
    "village step ×2": village_step(2.0),
    "village step ×3": village_step(3.0),
    "village step ÷3": village_fall(1 / 3),
    "one type in one village, twice the village's number on top": cell_step(2.0),
    "success rate −14 points in the last year": rate_fall(0.14),
    "the town ×1.4 in the last year": total_rise(1.4),
    "type season ×3": type_season(3.0),
    "hotspot ×4": hotspot(4.0),
}
