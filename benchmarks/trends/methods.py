"""What is claimed of a town from its counts: by fazhi's detectors, and by standard methods at the same chance of a false claim."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy import stats

from fazhi.trends import hotspots, level_shifts, search, seasonality, year_comparison
from fazhi.trends.change_tests import holm, rates_changed
from fazhi.trends.finding import FIRM, LIKELY, STANDING, Finding
from fazhi.trends.search import LARGE_SPOT
from fazhi.trends.sentences import SLIGHT

from .towns import YEARS, Town, counts, crossed, records, unit

RATE = "调解成功率之差"
TOTAL = "件数之比"
Method = Callable[[Town], Iterator[Finding]]


def claim(kind: str, **named: str) -> Finding:
    return Finding(kind, "", "likely", **named)  # type: ignore[arg-type]


def by_fazhi(town: Town) -> Iterator[Finding]:
    """The detectors of `fazhi.trends`, each on the whole of the counts."""
    grids = {column: counts(town, column) for column in ("village", "category", "source")}
    for column in ("village", "category"):
        steps = level_shifts.group_breaks(grids[column])
        yield from (claim("step", **{column: one.group}) for one in steps if one.p_value < LIKELY)
    parts = [(column, *one) for column, table in grids.items() for one in level_shifts.last_year_breaks(table)]
    for (column, name, _), chance in zip(parts, holm([chance for *_, chance in parts]), strict=True):
        if chance < LIKELY:
            yield claim("change", **{column: name})
    rates = _rates(town)
    if rates_changed(rates[:-1], rates[-1]).p_value < STANDING:
        yield claim("change", measure=RATE)
    if year_comparison.surer(grids["village"], YEARS[:-1])[0].p_value < STANDING:
        yield claim("change", measure=TOTAL)
    if any(one.p_value < FIRM for one in level_shifts.total_break(grids["village"])):
        yield claim("step", measure=TOTAL)
    for season in seasonality.group_seasons(grids["category"]):
        if season.p_value < STANDING and _times(season) >= SLIGHT["type"]:
            yield claim("season", category=season.group)
    for season in seasonality.total_season(grids["village"]):
        if season.p_value < STANDING and _times(season) >= SLIGHT["town"]:
            yield claim("season")
    for spot in hotspots.hotspots(crossed(town)):
        if spot.p_value < STANDING and spot.count >= LARGE_SPOT * spot.expected:
            yield claim("hotspot", village=spot.village, category=spot.category)


def _times(season: seasonality.Season) -> float:
    rest = season.events - season.inside
    return season.inside / season.expected / max(rest, 0.5) * (season.events - season.expected)


def _rates(town: Town) -> list[tuple[int, int]]:
    year, outcome = town.rows["t"] // 12, town.rows["outcome"]
    return [
        (int(((outcome == 0) & (year == y)).sum()), int(((outcome < 2) & (year == y)).sum())) for y in range(len(YEARS))
    ]


# --- standard methods, each with Bonferroni over all it looks at ------------------------------------------------------


def by_standard_methods(town: Town, level: float = 0.006) -> Iterator[Finding]:
    """Poisson change points against the town's months, Fisher's test of the last year against all before, binomial windows of
    the calendar, Fisher's test of cells: every family at `level`, which gives plain towns about as many false claims as fazhi."""
    for column in ("village", "category"):
        table = counts(town, column)
        limit = level / len(table.groups)
        for name, row in zip(table.groups, table.counts, strict=True):
            if _change_point(row, table.total) < limit:
                yield claim("step", **{column: name})
            if column == "category" and _window(row, table.total) < limit:
                yield claim("season", category=name)
            this, all_, whole = row[-12:].sum(), row.sum(), table.total
            cells = [[this, all_ - this], [whole[-12:].sum() - this, whole[:-12].sum() - (all_ - this)]]
            if stats.fisher_exact(cells).pvalue < limit / 2:
                yield claim("change", **{column: name})
    rates = _rates(town)
    (won, whole), (a, n) = np.sum(rates[:-1], axis=0), rates[-1]
    if stats.fisher_exact([[a, n - a], [won, whole - won]]).pvalue < level:
        yield claim("change", measure=RATE)
    totals = counts(town, "village").total.reshape(len(YEARS), 12).sum(axis=1)
    if stats.binomtest(int(totals[-1]), int(totals.sum()), 1 / len(YEARS)).pvalue < level / 10:  # years drift
        yield claim("change", measure=TOTAL)
    table = crossed(town)
    of_village, of_type, every = table.sum(axis=1).to_numpy(), table.sum().to_numpy(), table.to_numpy()
    chances = stats.hypergeom.sf(every - 1, every.sum(), of_type[None], of_village[:, None])
    for i, j in np.argwhere(chances < level / every.size).tolist():
        yield claim("hotspot", village=str(table.index[i]), category=str(table.columns[j]))


def _change_point(row: np.ndarray, total: np.ndarray) -> float:
    """The least binomial chance over all months, times the months."""
    places = np.arange(3, len(row) - 3)
    after, shares = row.sum() - row.cumsum()[places - 1], 1 - total.cumsum()[places - 1] / total.sum()
    low, high = stats.binom.cdf(after, row.sum(), shares), stats.binom.sf(after - 1, row.sum(), shares)
    return float(2 * np.minimum(low, high).min() * len(places) / 4)


def _window(row: np.ndarray, total: np.ndarray) -> float:
    """The least binomial chance over runs of two to four calendar months, times the runs."""
    mine, whole = row.reshape(-1, 12).sum(axis=0), total.reshape(-1, 12).sum(axis=0)
    runs = [[(first + k) % 12 for k in range(length)] for length in (2, 3, 4) for first in range(12)]
    inside, shares = (np.array([values[run].sum() for run in runs]) for values in (mine, whole / whole.sum()))
    return float(stats.binom.sf(inside - 1, row.sum(), shares).min() * len(runs))


def by_the_whole_of_fazhi(town: Town) -> Iterator[Finding]:
    """All that notebook 04 would claim or ask, signs in the rows included."""
    return (one for one in search.find(records(town), unit(town)) if one.claims and one.kind != "forecast")


METHODS: dict[str, Method] = {"fazhi": by_fazhi, "standard methods": by_standard_methods}
