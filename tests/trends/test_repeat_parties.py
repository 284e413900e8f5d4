"""The same parties, sums and days."""

from decimal import Decimal

import pandas as pd
import pytest

from fazhi.trends import repeat_parties
from made.trends_towns import disputes, more, rows


def test_a_plain_town_repeats_nothing():
    plain = disputes(rows()).rows
    assert repeat_parties.repeats(plain) == [] == repeat_parties.round_sums(plain)
    assert (
        repeat_parties.same_values(plain, "days_to_close", "days")
        == []
        == repeat_parties.same_values(plain, "amount_yuan", "sum")
    )


def test_a_pair_met_eight_times_whoever_applied():
    frame = more(rows(), 5, village="丁村", applicant="Px", respondent="Py")
    frame = more(frame, 3, village="丁村", applicant="Py", respondent="Px")
    (found,) = repeat_parties.repeats(disputes(frame).rows)
    assert (found.pair, found.count, found.village) == (True, 8, "丁村") and found.p_value < 1e-6


def test_one_party_against_many():
    frame = more(rows(), 9, applicant="Px")
    (found,) = repeat_parties.repeats(disputes(frame).rows)
    assert (found.pair, found.count, found.village) == (False, 9, None)


def test_common_names_are_no_party():
    frame = rows()
    names = [f"P{number * 7919 % 41}" for number in range(len(frame))]
    assert repeat_parties.repeats(disputes(frame.assign(applicant=names, respondent=names[::-1])).rows) == []


def test_the_size_of_the_population_from_its_birthdays():
    drawn = pd.Series([i * 7919 % 365 for i in range(60)]).value_counts()
    assert repeat_parties.population(drawn) == 60**2  # none twice: at least so many
    assert repeat_parties.population(pd.Series([2, 1, 1])) == pytest.approx(4 * 3 / 2)


def test_round_sums_in_one_village_of_one_year():
    frame = rows()
    there = (frame["village"] == "丁村") & (frame["accepted_on"].dt.year == 2025)
    frame.loc[there, "amount_yuan"] = Decimal(20000)
    (found,) = repeat_parties.round_sums(disputes(frame).rows)
    assert (found.village, found.year, found.count, found.whole, found.value) == ("丁村", 2025, 24, 24, 10000)
    (same,) = repeat_parties.same_values(disputes(frame).rows, "amount_yuan", "sum")
    assert (same.value, same.count, same.village) == (20000.0, 24, "丁村")


def test_what_the_whole_ledger_does_is_a_habit():
    frame = rows().assign(amount_yuan=Decimal(5000))
    assert (
        repeat_parties.round_sums(disputes(frame).rows)
        == []
        == repeat_parties.same_values(disputes(frame).rows, "amount_yuan", "sum")
    )


def test_all_closed_after_as_many_days_in_one_year():
    frame = rows()
    this = frame["accepted_on"].dt.year == 2025
    frame.loc[this, "closed_on"] = frame["accepted_on"] + pd.Timedelta(days=15)
    (found,) = repeat_parties.same_values(disputes(frame).rows, "days_to_close", "days")
    assert (found.village, found.year, found.value, found.count) == (None, 2025, 15.0, 120)


def test_parties_that_are_missing_repeat_nothing():
    assert repeat_parties.repeats(disputes(rows().assign(applicant=None)).rows) == []
