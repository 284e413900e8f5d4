"""How many of the planted changes a method tells, and of how many plain towns it claims something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.measuring import Row

from .methods import METHODS, Method, by_the_whole_of_fazhi
from .plants import PLANTS
from .towns import SIMULATORS, Town

SIZES = (60, 120, 240, 400)  # disputes a year


@dataclass(frozen=True)
class Score:
    """`found` of `towns`."""

    found: int
    towns: int

    @property
    def share(self) -> float:
        return self.found / self.towns


def plain(simulator: str, seeds: Iterable[int]) -> Iterable[Town]:
    """Towns of all sizes in turn in which nothing was planted."""
    return (SIMULATORS[simulator](seed, SIZES[seed % len(SIZES)]) for seed in seeds)


def false_alarms(method: Method, simulator: str, seeds: Sequence[int]) -> tuple[Score, dict[str, int]]:
    """Plain towns of which anything is claimed, and what it was."""
    alarmed, kinds = 0, dict[str, int]()
    for town in plain(simulator, seeds):
        claims = list(method(town))
        alarmed += bool(claims)
        for kind in {one.kind for one in claims}:
            kinds[kind] = kinds.get(kind, 0) + 1
    return Score(alarmed, len(seeds)), kinds


def power(methods: Sequence[Method], plant: str, size: int, seeds: Sequence[int]) -> list[Score]:
    """Of towns of a size with one change planted, half by each simulator, those in which each method tells it."""
    found = [0] * len(methods)
    for seed in seeds:
        make = list(SIMULATORS.values())[seed % len(SIMULATORS)]
        town, planted = PLANTS[plant](make(seed, size))
        for i, method in enumerate(methods):
            found[i] += any(planted.told_by(one) for one in method(town))
    return [Score(n, len(seeds)) for n in found]


def rows(seeds: Sequence[int], fewer: Sequence[int]) -> list[Row]:
    """The table of the results: in percent of towns. The ratio is of standard methods over fazhi."""
    (name, ours), (other, theirs) = METHODS.items()
    del name
    table = []
    for simulator in SIMULATORS:
        every = false_alarms(by_the_whole_of_fazhi, simulator, seeds)[0]
        what = (
            f"plain towns ({simulator}, {len(seeds)}) of which anything is claimed or asked, signs in the rows included"
        )
        table.append(Row(what, 100 * every.share, unit="%", goal="at most 5 %"))
        mine, others = (false_alarms(method, simulator, seeds)[0] for method in (ours, theirs))
        what = "… claimed from the counts by month"
        table.append(Row(what, 100 * mine.share, other, 100 * others.share, "%", "at most 5 %"))
    for plant in PLANTS:
        for size in SIZES:
            mine, others = power([ours, theirs], plant, size, fewer)
            what = f"{plant}, {size} a year: found in"
            table.append(Row(what, 100 * mine.share or 0.01, other, 100 * others.share, "%"))
    return table
