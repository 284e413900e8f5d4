"""An attack on everything that a year's public files print: no small number of disputes follows from all of it together.

It does not know the list of published statements. It reads the files, and whoever attacks is assumed to guess rightly what
each printed number is about: a number that equals a count of the ledger counts as that count being told.
"""

import itertools
import re

import numpy as np
import pandas as pd
import pytest

from made.few_cases import KINDS, SOURCES, VILLAGES, Year, make_town, numbers, printed
from made.outsider import LEAST, Unknowns

ABOUT = re.compile(r"纠纷|调解|办结|结案|协议|disputes|件数")
ENDS = ("success", "failure", "pending")
SUMS = [one for size in (1, 2) for one in itertools.combinations(ENDS, size)]

TOWNS = {
    "one under way": {2024: Year(187, 12, 4, 150), 2025: Year(189, 13, 1, 150)},
    "two without success": {2024: Year(150, 9, 0, 120), 2025: Year(198, 2, 0, 160)},
    "both, and last year too": {2024: Year(171, 1, 2, 130), 2025: Year(214, 2, 1, 170)},
    "one couple's money": {2024: Year(90, 5, 0, 2, (81_300, 45_600)), 2025: Year(101, 4, 2, 1, (12_300,))},
    "one large agreement": {2024: Year(90, 5, 1, 40), 2025: Year(120, 6, 2, 40, (7_654_300, 500))},
    "few disputes": {2024: Year(9, 1, 1, 5), 2025: Year(11, 2, 1, 6)},
}


def small(counts):
    return {name: count for name, count in counts.items() if 0 < count < LEAST}


@pytest.mark.parametrize("name", TOWNS)
def test_no_small_number_follows_from_all_that_is_printed(tmp_path, name):
    town = make_town(tmp_path, TOWNS[name], seed=sum(map(ord, name)))
    texts = printed(town)
    for year, told in TOWNS[name].items():
        attack_outcomes(texts, year, told, is_reported=year == town.year)
        attack_money(texts, town, year)
    rows = {year: town.results_of(year).clean_frame("disputes") for year in TOWNS[name]}
    for column, values in (("village", VILLAGES), ("category", KINDS), ("source", SOURCES)):
        attack_tables(texts, rows, column, values)


def attack_outcomes(texts, year, told, *, is_reported):
    """How many are under way or without success: by totals, by what is closed, by numbers divided, by rates and bounds.

    Bounds are printed of the reported year alone; a rate that rounds to the year's own counts as the year's.
    """
    lines = [line for text in texts.values() for line in text.split("\n") if ABOUT.search(line)]
    seen = set().union(*(numbers(re.sub(r"[\d.]+%", "", line)) for line in lines))
    unknowns = Unknowns(ENDS)
    unknowns.tell(dict.fromkeys(ENDS, 1.0), told.whole, told.whole)
    for ends in SUMS:
        number = sum(getattr(told, end) for end in ends)
        if number >= 20 and number != told.whole and number in seen:
            unknowns.tell(dict.fromkeys(ends, 1.0), number, number)
    exact = told.success / (told.success + told.failure)
    for line in lines:
        for shown, side in re.findall(r"(\d+(?:\.\d+)?)%(以上)?", line) if "成功率" in line else ():
            if is_reported or not side:
                tell_rate(unknowns, shown, side, exact)
    for stored in {one for one in seen if 0 < one < 1 and abs(one - exact) < 5e-4 and one != round(one, 2)}:
        tell_rate(unknowns, f"{stored * 100:.10g}", "", exact)
    for end, count in small({end: getattr(told, end) for end in ENDS[1:]}).items():
        found = unknowns.possible(end)
        assert found >= {1, 2}, (year, end, count, found)
        assert len(found) >= LEAST or told.whole < 20, (year, end, count, found)


def tell_rate(unknowns, shown, side, exact):
    """A percentage that is the year's, as it is rounded or bounds it; of others nothing is learnt."""
    digits = len(shown.partition(".")[2])
    value, half = float(shown) / 100, 0.5 * 10 ** -(digits + 2)
    below = {"success": 1.0, "failure": 1.0}

    def line(share):
        return {name: (name == "success") - share * weight for name, weight in below.items()}

    if side and value <= exact:
        unknowns.tell(line(value), -1e-9, np.inf)
    elif not side and value - half <= exact < value + half:
        unknowns.tell(line(value - half), -1e-9, np.inf)
        unknowns.tell(line(value + half), -np.inf, 1e-9)


def attack_money(texts, town, year):
    """Nobody's own sum is printed, nor one that its second largest contributor can undo."""
    amounts = sorted(
        (float(x) for x in town.results_of(year).clean_frame("disputes")["amount_yuan"] if x), reverse=True
    )
    whole = sum(amounts)
    if amounts and sum(amounts[2:]) < 0.1 * amounts[0]:
        seen = set().union(*(numbers(text) for text in texts.values()))
        for one in (whole, *amounts[:2]):
            assert one not in seen and round(one / 10_000, 2) not in seen, (year, one)


def attack_tables(texts, rows, column, values):
    """Counts by village, type and source, from every table that is printed."""
    known = {year: pd.Series(frame[column]).value_counts() for year, frame in rows.items()}
    for year, counts in known.items():
        unknowns = Unknowns(values)
        unknowns.tell(dict.fromkeys(values, 1.0), counts.sum(), counts.sum())
        for lines in tables(texts, values):
            shown = {label: cells for label, cells in lines if label in values}
            for label, cells in lines:
                members = [label] if label in values else [one for one in values if one not in shown]
                number = int(counts.reindex(members).fillna(0).sum())
                if number and number in cells:
                    unknowns.tell(dict.fromkeys(members, 1.0), number, number)
        for value, count in small(counts.to_dict()).items():
            found = unknowns.possible(value, 40)
            assert len(found) >= LEAST and found >= {1, 2}, (column, year, value, count, sorted(found))


def tables(texts, values):
    """Runs of lines that begin with one of the values or with what is left: label and the whole numbers beside it."""
    for text in texts.values():
        run = []
        for line in [*text.split("\n"), ""]:
            label, _, rest = line.strip().partition("\t")
            if label in values or label in ("其余", "其余类型"):
                run.append((label, {int(one) for one in numbers(rest) if one == int(one)}))
            elif run:
                yield run
                run = []
