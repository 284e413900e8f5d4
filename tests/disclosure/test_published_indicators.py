"""Small counts of people's affairs become bounds, with all that would tell them; everything else stays."""

from dataclasses import replace

import pytest

from fazhi.dictionary.models import Unit
from fazhi.disclosure.published_indicators import ALL_FILES, PublishedEntry, disclosed
from fazhi.indicators.summary_tables import load_summaries
from fazhi.narrative.compose import compose
from fazhi.workspace.year_statistics import SheetRows
from made.figures import entry, ledger_state, state_of, statistics

UNIT = Unit(name="青木镇", villages=("龙井村",), offices=("综合办",))


def counted(measure="count", value=50, previous=40, rows=(50,), sheets=None, above=None, below=None, **more):
    """An entry about people that rests on so many rows of each of its sheets."""
    sheets = sheets or [f"第{n}季度" for n in range(1, len(rows) + 1)]
    facts = {
        "persons": True, "measure": measure, "whole": measure == "count", "row_count": sum(rows),
        "change": (value - previous) / previous if value and previous else None,
        "numerator": value if above is None else above, "denominator": below, "office_counts": {"司法所": sum(rows)},
        "rows": [SheetRows("司法所/纠纷.xlsx", s, list(range(n))) for s, n in zip(sheets, rows, strict=True)],
    }  # fmt: skip
    return entry(value, previous, **{**facts, **more})


def fit(kept=50, **entries):
    named = {f"disputes.{name}": told for name, told in entries.items()}
    told = disclosed(statistics(named, {"disputes": ledger_state(kept=kept)}), 3).indicators
    return {name: told[f"disputes.{name}"] for name in entries}


def rate(above, below, **more):
    return counted("share", above / below, None, (below,), above=above, below=below, unit="%", **more)


def test_what_is_large_or_about_no_person_stays():
    assert fit(a=counted())["a"] == PublishedEntry(**vars(counted()))
    office = counted(value=2, rows=(1, 1), persons=False)
    assert fit(2, a=office)["a"] == PublishedEntry(**vars(office))


@pytest.mark.parametrize("value", [1, 2])
def test_a_small_count_becomes_a_bound_and_nothing_is_left_to_work_it_out(value):
    told = fit(value, a=counted(value=value, rows=(value,)))["a"]
    assert (told.bound, told.bound_value) == ("不足", 3)
    assert told.value is told.numerator is told.change is None
    assert (told.rows, told.office_counts, told.row_count) == ([], {}, 0)


@pytest.mark.parametrize(
    ("above", "below", "bound"),
    [(124, 125, ("以上", 0.98)), (123, 125, ("以上", 0.98)), (1, 125, ("不足", 0.03)), (2, 125, ("不足", 0.03))],
)
def test_a_rate_that_leaves_out_few_becomes_a_bound_that_does_not_tell_how_many(above, below, bound):
    told = fit(below, a=rate(above, below))["a"]
    assert (told.bound, told.bound_value) == bound
    assert told.value is told.numerator is told.denominator is None


def test_other_rates_stay_exact():
    for above, below in ((125, 125), (0, 125), (118, 125)):
        assert fit(below, a=rate(above, below))["a"].value == above / below
    assert fit(2, a=rate(1, 2))["a"].withheld


def test_few_rows_beside_a_rate_are_not_told_by_its_denominator():
    told = fit(126, a=rate(118, 125))["a"]
    assert told.value == 118 / 125
    assert told.denominator is None
    assert told.rows == []


def test_a_sum_over_few_rows_is_withheld_and_last_years_too():
    told = fit(2, a=counted("sum", 35000, 9000, (2,)), n=counted(value=2, previous=1, rows=(2,)))
    assert told["a"].withheld
    assert told["a"].previous is told["n"].previous is None


def test_last_years_small_count_takes_the_change_with_it():
    told = fit(5, a=counted(value=5, previous=2, rows=(5,)))["a"]
    assert told.value == 5
    assert told.previous is told.change is None
    rates = fit(
        125, a=replace(rate(118, 125), previous=0.99, change=-0.046), n=counted(value=125, previous=100, rows=(125,))
    )
    assert rates["a"].previous is None


def test_rows_by_sheet_as_long_as_none_is_small():
    assert [len(part.rows) for part in fit(8, a=counted(value=8, rows=(5, 3)))["a"].rows] == [5, 3]
    assert [(p.sheet, len(p.rows)) for p in fit(6, a=counted(value=6, rows=(5, 1)))["a"].rows] == [("", 6)]
    parts = [SheetRows("司法所/纠纷.xlsx", "", [1, 2, 3, 4, 5]), SheetRows("综治办/纠纷.xlsx", "", [7])]
    two = replace(counted(value=6, rows=(6,)), rows=parts, office_counts={"司法所": 5, "综治办": 1})
    told = fit(6, a=two)["a"]
    assert [(p.file, len(p.rows)) for p in told.rows] == [(ALL_FILES, 6)]
    assert told.office_counts == {}


def test_the_report_says_it_in_words(specs):
    indicators = {
        name: counted(
            "columns" if spec.measure == "columns" else spec.measure, 5, 4, (5,), label=spec.label, unit=spec.unit,
            ledger=spec.ledger, persons=spec.persons, above=5, below=5 if spec.unit == "%" else None, whole=not spec.where,
        )
        for name, spec in specs.indicators.items()
    }  # fmt: skip
    small = {
        "disputes.mediated": {"value": 2, "row_count": 2},
        "disputes.amount_yuan": {"value": 35000, "row_count": 2},
        "disputes.success_rate": {"value": 0.5, "numerator": 1, "denominator": 2},
    }
    indicators |= {name: replace(indicators[name], **facts) for name, facts in small.items()}
    kept = {name: state_of(ledger, kept=5) for name, ledger in specs.ledgers.items()}
    kept["disputes"] = state_of(specs.ledgers["disputes"], kept=2)
    told = compose(disclosed(statistics(indicators, kept), 3), UNIT, 2025)
    text = "".join(run["text"] for block in told["blocks"] for run in block.get("runs", []))
    assert "全年调解矛盾纠纷不足3件。" in text
    assert "调解协议涉及金额" not in text
    assert "调解成功率" not in text
    assert told["evidence"]["disputes.mediated"]["value"] is None


def test_tables_and_indicators_agree_on_which_ledgers_are_about_people(specs):
    tables = {(spec.ledger, spec.persons) for spec in load_summaries(specs)}
    figures = {(spec.ledger, spec.persons) for spec in specs.indicators.values()}
    assert {name for name, persons in tables if persons} == {name for name, persons in figures if persons}
    assert not {name for name, persons in tables | figures if persons} & {
        n for n, persons in tables | figures if not persons
    }
