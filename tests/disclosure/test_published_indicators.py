"""What is printed of figures about people: the finest form that gives no small number away; everything else stays."""

import pandas as pd
import pytest

from fazhi.dictionary.models import Unit
from fazhi.disclosure.dominance import contributions, is_safe_sum
from fazhi.disclosure.offers import decide
from fazhi.disclosure.publication_audit import Auditor
from fazhi.disclosure.published_indicators import ALL_FILES, PublishedEntry, disclosed, offers_of
from fazhi.disclosure.row_book import RowBook, worded
from fazhi.indicators.measure import entry as entry_of_rows
from fazhi.indicators.measure import measure
from fazhi.indicators.table_specs import load_summaries
from fazhi.narrative.compose import compose
from made.clean_rows import clean_rows
from made.figures import entry, ledger_state, state_of, statistics

UNIT = Unit(name="青木镇", villages=("龙井村",), offices=("综合办",))
N, MONEY, RATE = "disputes.mediated", "disputes.amount_yuan", "disputes.success_rate"


def rows(success=0, failure=0, pending=0, sheets=("",), files=("司法所/纠纷.xlsx",), amounts=()):
    """So many disputes by outcome, one after the other in the sheets; the first have these amounts."""
    outcomes = ["调解成功"] * success + ["调解不成功"] * failure + ["调解中"] * pending
    places = [(file, sheet) for file in files for sheet in sheets]
    frame = pd.DataFrame({"outcome": outcomes, "amount_yuan": [*amounts, *[0] * (len(outcomes) - len(amounts))]})
    chosen = [places[number * len(places) // max(len(outcomes), 1)] for number in range(len(outcomes))]
    return frame.assign(
        source_file=[file for file, _ in chosen], source_sheet=[sheet for _, sheet in chosen], source_row=range(len(frame)),
        applicant=[f"P{n}" for n in range(len(frame))],
    )  # fmt: skip


def published(specs, now, before=None, names=(N, MONEY, RATE)):
    """The entries of these rows as they may be printed."""
    ledger, made = specs.ledgers["disputes"], {}
    for name in names:
        spec = specs.indicators[name]
        last = measure(clean_rows(before), spec).value if before is not None else None
        made[name] = entry_of_rows(spec, ledger, clean_rows(now), 2025, last, 0)
    tables = {2025: clean_rows(now)} | ({2024: clean_rows(before)} if before is not None else {})
    vocabularies = {"disputes": {name: tuple(one.values) for name, one in ledger.columns.items() if one.values}}
    book = RowBook({("", "disputes", year): worded(table, ledger) for year, table in tables.items()}, vocabularies)
    offers = [offers_of(name, told, specs.indicators[name], 3, book) for name, told in made.items()]
    in_order = [offer for part in zip(*offers, strict=True) for offer in part]

    def is_safe(summed):
        mine = [place for place, is_mine in enumerate(book.mask(summed.rows)) if is_mine]
        return is_safe_sum(contributions(tables[summed.rows.year], mine, summed.column, ["applicant"]))

    forms = decide(in_order, [], Auditor(book, 3, {}, {}), book.holds, is_safe).forms
    told = statistics(made, {"disputes": ledger_state(kept=len(now))})
    return disclosed(told, specs.indicators, 3, forms).indicators


def test_what_is_about_no_person_stays(specs):
    office = entry(value=2, row_count=2)
    told = disclosed(statistics({N: office}, {"disputes": ledger_state(kept=2)}), specs.indicators, 3, {})
    assert told.indicators[N] == PublishedEntry(**vars(office))


def test_what_was_not_decided_is_left_out(specs):
    told = disclosed(statistics({N: entry(value=9, persons=True)}, {}), specs.indicators, 3, {}).indicators[N]
    assert told.withheld and told.value is None


@pytest.mark.parametrize("value", [1, 2])
def test_a_small_count_becomes_a_bound_and_nothing_is_left_to_work_it_out(specs, value):
    told = published(specs, rows(success=value), rows(success=50))[N]
    assert (told.bound, told.bound_value) == ("不足", 3)
    assert told.value is told.numerator is told.change is None
    assert (told.rows, told.office_counts, told.row_count) == ([], {}, 0)


@pytest.mark.parametrize(
    ("success", "failure", "bound"),
    [(124, 1, ("以上", 0.98)), (123, 2, ("以上", 0.98)), (1, 124, ("不足", 0.03)), (2, 123, ("不足", 0.03))],
)
def test_a_rate_that_leaves_out_few_becomes_a_bound_that_does_not_tell_how_many(specs, success, failure, bound):
    told = published(specs, rows(success, failure))[RATE]
    assert (told.bound, told.bound_value) == bound
    assert told.value is told.numerator is told.denominator is None


def test_other_rates_stay_exact(specs):
    for success, failure in ((125, 0), (118, 7)):
        told = published(specs, rows(success, failure))[RATE]
        assert (told.value, told.denominator) == (success / 125, 125)
    assert published(specs, rows(0, 125))[RATE].value == 0
    assert published(specs, rows(1, 1))[RATE].withheld


def test_a_rate_is_coarser_where_its_decimal_would_tell_how_many_are_under_way(specs):
    """Of 203 disputes 93.6% can only be 189 of 202: one is under way. 94% can be many things."""
    told = published(specs, rows(189, 13, 1))[RATE]
    assert (told.value, told.digits) == (0.94, 0)
    assert told.numerator is told.denominator is told.change is None
    assert told.rows == []


def test_few_rows_beside_a_rate_are_not_told_by_its_denominator(specs):
    told = published(specs, rows(118, 7, 1))[RATE]
    assert told.denominator is None
    assert told.rows == []


def test_last_years_rate_is_coarser_too_and_takes_the_change_with_it(specs):
    told = published(specs, rows(118, 7), rows(189, 13, 1))[RATE]
    assert told.value == 118 / 125
    assert (told.previous, told.previous_digits) == (0.94, 0)
    assert told.change is None and told.change_withheld
    assert not told.previous_withheld


def test_last_years_small_count_takes_the_change_with_it(specs):
    told = published(specs, rows(5), rows(2))[N]
    assert told.value == 5
    assert told.previous is told.change is None
    assert told.previous_withheld and told.change_withheld


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ((12_300,), False),
        ((900, 800), False),
        ((500, 400, 300, 200), True),
        ((7_000_000, 90, 80, 70), False),
        ((), True),
    ],
)
def test_a_sum_is_judged_by_those_who_make_it_up(specs, amounts, told):
    """One couple's agreement among fifty disputes without money is theirs alone; a very large one can be undone."""
    found = published(specs, rows(50, amounts=amounts), rows(50, amounts=amounts))[MONEY]
    assert (found.value is not None) is told
    assert (found.previous is not None) is told


def test_who_contributes_several_times_is_one():
    table = clean_rows(pd.DataFrame({"fine": [900, 900, 900, 50, None], "party": ["P1", "P1", "P1", "P2", "P2"]}))
    assert contributions(table, range(5), "fine", ["party"]) == [2700, 50]
    assert contributions(table, range(4), "fine", []) == [900, 900, 900, 50]
    assert contributions(table, [3, 0], "fine", ["party", "absent"]) == [50, 900]


def test_rows_without_any_name_are_somebody_each():
    table = clean_rows(pd.DataFrame({"fine": [5, 6, 7], "party": [None, None, "P1"], "other": [None, None, None]}))
    assert contributions(table, range(3), "fine", ["party", "other"]) == [5, 6, 7]


def test_rows_by_sheet_as_long_as_none_is_small(specs):
    told = published(specs, rows(8, sheets=("一", "二")))[N]
    assert [len(part.rows) for part in told.rows] == [4, 4]
    few = pd.concat([rows(5, sheets=("一",)), rows(1, sheets=("二",))], ignore_index=True)
    assert [(p.sheet, len(p.rows)) for p in published(specs, few)[N].rows] == [("", 6)]
    two = pd.concat([rows(5), rows(1, files=("综治办/纠纷.xlsx",))], ignore_index=True)
    told = published(specs, two)[N]
    assert [(p.file, len(p.rows)) for p in told.rows] == [(ALL_FILES, 6)]
    assert told.office_counts == {}


def test_the_report_says_it_in_words(specs):
    indicators = {
        name: entry(
            5, 4, measure=spec.measure, label=spec.label, unit=spec.unit, ledger=spec.ledger,
            denominator=5 if spec.unit == "%" else None, whole=not spec.where,
        )
        for name, spec in specs.indicators.items()
    }  # fmt: skip
    kept = {name: state_of(ledger, kept=5) for name, ledger in specs.ledgers.items()}
    told = disclosed(statistics(indicators, kept), specs.indicators, 3, {})
    small = published(specs, rows(1, 1, amounts=(35_000,)))
    told = type(told)(**{**vars(told), "indicators": {**told.indicators, **small}})
    found = compose(told, UNIT, 2025)
    text = "".join(run["text"] for block in found["blocks"] for run in block.get("runs", []))
    assert "全年调解矛盾纠纷不足3件" in text
    assert "调解协议涉及金额" not in text
    assert "调解成功率" not in text
    assert found["evidence"][N]["value"] is None
    assert "value" in found["evidence"][N]["withheld"]


def test_tables_and_indicators_agree_on_which_ledgers_are_about_people(specs):
    tables = {(spec.ledger, spec.persons) for spec in load_summaries(specs)}
    figures = {(spec.ledger, spec.persons) for spec in specs.indicators.values()}
    assert {name for name, persons in tables if persons} <= {name for name, persons in figures if persons}
    assert not {name for name, persons in tables | figures if persons} & {
        n for n, persons in tables | figures if not persons
    }
