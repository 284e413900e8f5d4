"""A word more than the indicator's own, where the draft tells the indicator elsewhere."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.dictionary.loading import load_specs
from made.verdicts import verdicts

VALUES = {"inspections.visits": (827, 790), "inspections.hazards_found": (112, 96), "disputes.mediated": (200, 160)}


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    figures = tuple(Figure(specs[name], Decimal(now), Decimal(before), {}) for name, (now, before) in VALUES.items())
    return Ledgers(2025, figures, lambda *_: None, {}, (), frozenset())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展行政执法检查827家次。农资执法检查35次。", ["right", "unknown"]),
        (
            "农资执法检查35次，发现隐患4个。开展行政执法检查927家次，发现隐患112个。",
            ["unknown", "unknown", "wrong", "right"],
        ),
        ("农资执法检查35次。", ["wrong"]),  # the draft tells of no other
        ("开展行政执法检查827家次。农资执法检查872次。", ["right", "wrong"]),  # a slip of the year's
        ("开展行政执法检查827家次。农资执法检查790次。", ["right", "wrong"]),  # last year's
        ("开展行政执法检查827家次。开展行政执法检查35家次。", ["right", "wrong"]),  # in the same words
        ("调解纠纷200件。全年调解纠纷35件，上年为41件。", ["right", "wrong", "wrong"]),
    ],
)
def test_a_word_more_makes_another_thing_of_a_number_that_is_no_slip(text, expected, ledgers):
    assert verdicts(text, ledgers) == expected
