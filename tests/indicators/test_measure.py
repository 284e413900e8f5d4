"""Indicators on clean tables of a few rows."""

import pandas as pd
import pytest

from fazhi.cli.trace import row_ranges
from fazhi.dictionary.models import Indicator
from fazhi.indicators.measure import change, definition, doubts, entry, may_count, measure, row_places, select
from fazhi.workspace.year_statistics import SheetRows
from made import figures
from made.clean_rows import clean_rows

FRAME = pd.DataFrame(
    {
        "kind": ["甲", "甲", "乙", None],
        "done": [True, False, True, None],
        "people": [10, 20, 5, 7],
        "fixed": [1, 2, 0, None],
        "source_file": ["司法所/a.xlsx"] * 3 + ["党建办/b.csv"],
        "source_sheet": ["一", "一", "二", ""],
        "source_row": [5, 4, 9, 2],
    }
).convert_dtypes(dtype_backend="pyarrow")
ROWS = clean_rows(FRAME)


def spec(**more):
    return Indicator.model_validate(
        {"id": "x.y", "label": "某数", "unit": "个", "ledger": "drills", "measure": "count", **more}
    )


@pytest.mark.parametrize(
    ("how", "value", "numerator", "denominator", "rows"),
    [
        ({}, 4, 4, None, 4),
        ({"where": {"kind": "甲"}}, 2, 2, None, 2),
        ({"where": {"kind": ["甲", "乙"], "done": True}}, 2, 2, None, 2),
        ({"measure": "sum", "column": "people"}, 42, 42, None, 4),
        ({"measure": "sum", "column": "fixed"}, 3, 3, None, 3),
        ({"measure": "sum", "column": "people", "where": {"kind": "丙"}}, 0, 0, None, 0),
        ({"measure": "share", "where": {"kind": "甲", "done": True}, "of": {"kind": "甲"}}, 0.5, 1, 2, 2),
        ({"measure": "share", "where": {"kind": "丙"}, "of": {"kind": "丙"}}, None, 0, 0, 0),
        ({"measure": "ratio", "column": "fixed", "over": "people"}, 3 / 42, 3, 42, 4),
        ({"measure": "distinct", "column": "kind"}, 2, 2, None, 4),
        ({"measure": "least", "where": {"done": True}, "over": "kind"}, 1, 1, None, 2),
        ({"measure": "least", "where": {"kind": "甲"}, "over": "kind"}, 0, 0, None, 2),
        ({"measure": "columns", "columns": ("kind", "done")}, 2, 2, None, 4),
    ],
)
def test_a_measure(how, value, numerator, denominator, rows):
    found = measure(ROWS, spec(**how))
    assert (found.value, found.numerator, found.denominator, len(found.rows)) == (value, numerator, denominator, rows)


def test_money_adds_exactly():
    import pyarrow as pa

    frame = FRAME.assign(people=pd.array(["0.10", "0.20", "0.30", "233300"], dtype=pd.ArrowDtype(pa.decimal128(18, 2))))
    assert measure(clean_rows(frame), spec(measure="sum", column="people")).value == 233300.6


def test_a_missing_value_is_never_wanted():
    assert [*select(ROWS, {"done": False})] == [1]


def test_only_the_rows_asked_for_are_looked_at():
    assert [*select(ROWS, {"kind": ["甲", "乙"]}, [3, 2, 0])] == [2, 0]
    assert measure(ROWS, spec(measure="share", where={"kind": "甲"}), [0, 2, 3]).value == 1 / 3
    assert measure(ROWS, spec(measure="least", where={"done": True}, over="kind"), [1, 2]).value == 0
    assert measure(ROWS, spec(measure="sum", column="people"), ()).value == 0


@pytest.mark.parametrize(
    ("how", "places"),
    [
        ({}, []),
        ({"where": {"kind": "甲"}}, [3]),
        ({"where": {"kind": "丙", "done": True}}, [3]),
        ({"measure": "share", "where": {"done": True}, "of": {"kind": "乙"}}, [3]),
        ({"measure": "distinct", "column": "fixed", "where": {"done": True}}, [3]),
        ({"where": {"fixed": [0, 1], "people": 20}}, []),
        ({"where": {"fixed": [0, 1], "people": 7}}, [3]),
    ],
)
def test_a_row_may_count_where_a_cell_that_decides_is_empty(how, places):
    assert may_count(ROWS, spec(**how)) == places


def test_where_the_rows_stand():
    assert row_places(ROWS, range(4)) == [
        SheetRows("党建办/b.csv", "", [2]),
        SheetRows("司法所/a.xlsx", "一", [4, 5]),
        SheetRows("司法所/a.xlsx", "二", [9]),
    ]
    assert row_ranges([9, 4, 5, 6, 12, 13]) == "4—6、9、12—13"


@pytest.mark.parametrize(
    ("value", "previous", "expected"), [(136, 111, 25 / 111), (5, 5, 0), (5, 0, None), (5, None, None), (None, 5, None)]
)
def test_change_is_relative_for_counts(value, previous, expected):
    assert change(value, previous, spec()) == expected


def test_change_is_a_difference_for_rates():
    assert change(0.944, 0.957, spec(measure="share", unit="%")) == pytest.approx(-0.013)


def test_without_a_ledger_there_is_no_figure_and_it_is_not_zero(specs):
    told = entry(spec(), specs.ledgers["drills"], None, 2025, 12, 0)
    assert (told.value, told.status, told.previous) == (None, "missing", 12)


def test_quarantined_rows_leave_the_figure_open(specs):
    told = entry(spec(), specs.ledgers["drills"], ROWS, 2025, None, 3)
    assert (told.value, told.status, told.open_rows, told.office_counts) == (
        4,
        "open",
        3,
        {"党建办": 1, "司法所": 3},
    )


def test_definitions_say_what_is_counted(specs):
    ids = specs.indicators
    ledgers = specs.ledgers
    assert definition(ids["contracts.reviewed"], ledgers["contracts"], 2025) == "2025年合同合法性审查台账计入的行数"
    assert definition(ids["disputes.success_rate"], ledgers["disputes"], 2025) == (
        "2025年矛盾纠纷调解台账计入的行中“调解结果”为“调解成功”的行数 ÷ “调解结果”为“调解成功或调解不成功”的行数"
    )


@pytest.mark.parametrize(
    ("value", "previous", "asked"),
    [(40, 10, True), (12, 10, False), (3, 1, False), (None, 10, False), (40, None, False)],
)
def test_an_implausible_change_is_a_question_unless_the_counts_are_small(value, previous, asked):
    told = figures.entry(value, previous, change=change(value, previous, spec()))
    assert [issue.kind for issue in doubts(spec(), told)] == ["change_implausible"] * asked


@pytest.mark.parametrize(("part", "asked"), [(11, True), (10, False), (None, False)])
def test_a_rate_over_one_is_a_question(part, asked):
    rate = spec(measure="share", where={"kind": "甲"})
    value = None if part is None else part / 10
    told = figures.entry(value, numerator=part, denominator=10)
    assert [(issue.kind, issue.found) for issue in doubts(rate, told)] == [
        ("parts_exceed", "分子 11 大于分母 10")
    ] * asked
