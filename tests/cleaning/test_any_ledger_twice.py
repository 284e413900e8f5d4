"""Habits of reporting twice, in every ledger of the dictionary: never a silent doubling or loss, no question of tidy files."""

import pytest

from fazhi.cleaning.clean import clean
from fazhi.dictionary.loading import load_specs
from fazhi.recognition.ledgers import recognise
from made.any_ledger import amend, make_rows, make_table
from made.sheets import make_file

LEDGERS = sorted(load_specs().ledgers)


@pytest.fixture(params=LEDGERS)
def sent(request, keeping, town):
    """A ledger's rows, and a function that counts files: records that count, and the kinds of open questions."""
    settings = keeping(request.param)
    ledger = settings.specs.ledgers[request.param]

    def count(**files):
        sources = []
        for path, rows in sorted((f"{name.replace('__', '/')}.xlsx", rows) for name, rows in files.items()):
            file = make_file(path, make_table(ledger, rows))
            sources += [(file, table) for table in recognise(file, settings)[0]]
        result = clean(ledger, sources, settings, 2025)
        asked = [issue for issue in result.issues if issue.severity != "info"]
        assert all(issue.question for issue in asked), [issue.sentence for issue in asked]
        return result.kept, {issue.kind for issue in asked}

    return ledger, make_rows(ledger, town), count


def test_tidy_months_and_offices_ask_nothing(sent):
    _, rows, count = sent
    assert count(**{f"科__{month}月": rows[2 * month - 2 : 2 * month] for month in range(1, 13)}) == (24, set())
    assert count(甲__台账=rows[:8], 乙__台账=rows[8:16], 丙__台账=rows[16:]) == (24, set())


def test_cumulative_months_count_once(sent):
    _, rows, count = sent
    assert count(**{f"科__{month}月": rows[: 2 * month] for month in range(1, 13)}) == (24, set())


def test_versions_of_which_each_amends_the_first_count_once(sent):
    ledger, rows, count = sent
    versions = rows, amend(ledger, rows, 1), amend(ledger, rows, 1, 4, by=2)
    names = ("科__台账", "科__台账 - 副本", "科__台账（改）")
    assert count(**dict(zip(names, versions, strict=True)))[0] == 24


def test_a_table_of_which_every_row_was_amended_counts_once_and_is_asked_about(sent):
    ledger, rows, count = sent
    amended = amend(ledger, rows, *range(24))
    kept, asked = count(科__台账=rows, 科__台账再报=amended)
    assert kept == 24 and (asked or amended == rows)


def test_an_event_of_two_offices_counts_once_or_is_asked_about(sent):
    ledger, rows, count = sent
    kept, asked = count(甲__台账=rows[:9], 乙__台账=amend(ledger, rows, 8)[8:])
    named = ledger.identity or ledger.probable_identity
    assert kept == 24 or asked or not named


def test_deleted_rows_that_come_back_count(sent):
    _, rows, count = sent
    assert count(科__台账=rows, **{"科__台账(2)": rows[:20], "科__台账(3)": rows}) == (24, set())


@pytest.mark.parametrize("length", [1, 2])
def test_a_short_table_sent_again_with_other_numbers_counts_once_or_is_asked_about(sent, length):
    ledger, rows, count = sent
    amended = amend(ledger, rows[:length], *range(length))
    for again in ("科__台账(2)", "科__重新报送"):
        kept, asked = count(**{"科__台账": rows[:length], again: amended})
        assert kept == length or asked


def test_rows_pasted_twice_count_once_or_are_asked_about(sent):
    _, rows, count = sent
    kept, asked = count(科__台账=[*rows[:12], *rows[4:9], *rows[12:]])
    assert kept == 24 or asked
