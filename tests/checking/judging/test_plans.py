"""This year's result told as a plan."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.dictionary.loading import load_specs
from made.verdicts import verdicts


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    reviewed = Figure(load_specs().indicators["contracts.reviewed"], Decimal(136), Decimal(111), {})
    return Ledgers(2025, (reviewed,), lambda *_: None, {}, (), frozenset())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明年拟审查合同136件次。", ["doubtful"]),
        ("2026年拟完成合同审查136件次。", ["doubtful"]),
        ("明年拟审查合同150件次。", ["unknown"]),  # another number
        ("明年计划审查合同不少于136件次。", ["unknown"]),  # as much again
        ("年初计划审查合同136件次。", ["unknown"]),  # a plan that was reached
    ],
)
def test_a_result_that_is_told_as_a_plan_is_asked_about(text, expected, ledgers):
    assert verdicts(text, ledgers) == expected
