"""The same attack on every ledger about people: what a reader learns of each indicator from all that is printed."""

import re

import numpy as np
import pytest

from fazhi.disclosure.row_book import worded
from fazhi.number_words import said
from made.few_cases import KEPT, Year, make_town, numbers, printed
from made.other_ledgers import SHEETS
from made.outsider import LEAST, Unknowns

YEARS = {2024: Year(60, 2, 1, 20), 2025: Year(75, 1, 2, 30)}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """The town and the clauses of its public files; a row of a table is one clause."""
    town = make_town(tmp_path_factory.mktemp("town"), YEARS, seed=4107, others=True)
    lines = [line for text in printed(town).values() for line in re.split(r"[\n。；]", text)]
    return town, [part for line in lines for part in ([line] if "\t" in line else re.split("[，、（）]", line))]


def shares(town, ledger):
    return [one for one in town.settings.specs.indicators.values() if one.ledger == ledger and one.measure == "share"]


def counted(frame, where):
    met = np.ones(len(frame), dtype=bool)
    for column, values in where.items():
        wanted = values if isinstance(values, list | tuple) else [values]
        met &= frame[column].isin([said(value) for value in wanted]).to_numpy()
    return int(met.sum())


def about(clauses, indicator, all_labels):
    """Clauses that name an indicator and no other whose name holds its own."""
    longer = [one for one in all_labels if indicator.label in one and one != indicator.label]
    return [one for one in clauses if indicator.label in one and not any(other in one for other in longer)]


@pytest.mark.parametrize("ledger", [*KEPT, *SHEETS])
def test_no_rate_and_no_numbers_beside_it_tell_how_few_are_left_out(attacked, ledger):
    town, clauses = attacked
    indicators = town.settings.specs.indicators.values()
    labels = [one.label for one in indicators]
    frames = {year: worded(town.results_of(year).clean(ledger), town.ledger(ledger)) for year in YEARS}
    for share in shares(town, ledger):
        parts = {year: (counted(frame, share.where), counted(frame, share.of)) for year, frame in frames.items()}
        for year, (above, below) in parts.items():
            frame = frames[year]
            if not below:
                continue
            other = next(one / whole if whole else None for at, (one, whole) in parts.items() if at != year)
            unknowns = Unknowns(["in", "out", "other"])
            named = about(clauses, share, labels)
            totals = [one for one in indicators if one.ledger == ledger and one.measure == "count" and not one.where]
            if any(len(frame) in numbers(clause) for one in totals for clause in about(clauses, one, labels)):
                unknowns.tell({"in": 1.0, "out": 1.0, "other": 1.0}, len(frame), len(frame))
            if below == len(frame):  # whoever reads the heading knows that all of them are meant
                unknowns.tell({"other": 1.0}, 0, 0)
            for clause in named:
                tell_numbers(unknowns, clause, above, below, other, is_reported=year == town.year)
            for name, few in (("out", below - above), ("in", above)):
                if 0 < few < LEAST:
                    found = unknowns.possible(name)
                    assert found >= {1, 2} and len(found) >= LEAST, (share.id, year, name, few, sorted(found))


def tell_numbers(unknowns, clause, above, below, other, *, is_reported):
    """What one clause tells: the two numbers of a rate of the reported year, the rate as printed, or a bound of it.

    A rate that is the other year's as well is taken for that.
    """
    whole = numbers(re.sub(r"[\d.]+%", "", clause))
    for number, parts in ((above, {"in": 1.0}), (below, {"in": 1.0, "out": 1.0})):
        if is_reported and number > 9 and number in whole:
            unknowns.tell(parts, number, number)
    for less, shown, more in re.findall(r"(不足)?(\d+(?:\.\d+)?)%(以上)?", clause):
        value, half = float(shown) / 100, 0.5 * 10 ** -(len(shown.partition(".")[2]) + 2)
        low, high = (0, value) if less else (value, 1) if more else (value - half, value + half)
        is_others = other is not None and low <= other < high and not (less or more)
        if low <= above / below <= high and not is_others and (is_reported or not (less or more)):
            unknowns.tell({"in": 1 - low, "out": -low}, -1e-9, np.inf)
            unknowns.tell({"in": 1 - high, "out": -high}, -np.inf, 1e-9)


def test_the_attack_would_find_a_rate_that_tells(attacked):
    """Of 40, 38 done with: 95.0% leaves one number, 93%以上 leaves three."""
    for clause, left in (("办结率95.0%", {2}), ("办结率93%以上", {0, 1, 2})):
        unknowns = Unknowns(["in", "out"])
        unknowns.tell({"in": 1.0, "out": 1.0}, 40, 40)
        tell_numbers(unknowns, clause, 38, 40, None, is_reported=True)
        assert unknowns.possible("out") == left


def test_no_paper_tells_a_small_number_of_an_indicator(attacked):
    """Neither the draft's own check nor a table names a number that is printed 不足3."""
    town, clauses = attacked
    labels = [one.label for one in town.settings.specs.indicators.values()]
    told = town.statistics().indicators
    small = [
        one for name, one in told.items() if one.persons and one.measure == "count" and 0 < (one.value or 0) < LEAST
    ]
    assert small
    for entry in small:
        for clause in about(clauses, entry, labels):
            assert not re.search(rf"{entry.label}”?(?:应为)?{entry.value}{entry.unit}", clause), clause
