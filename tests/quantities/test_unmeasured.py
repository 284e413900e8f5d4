"""Numbers without a measure word are quantities only where one stands before them, or a comparison says so."""

from decimal import Decimal

import pytest

from fazhi.quantities.unmeasured import unmeasured


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("参训人次达到1,327，", [("1,327", "人次")]),
        ("比上年减少523。", [("523", "")]),
        ("上年为6103。", [("6103", "")]),
        ("调解件数为125。", [("125", "件")]),
        ("第5章第12条，编号为38。", []),
        ("比上年减少523件。", []),
        ("2024年12月31日，", []),
        ("较2024年提高。", []),
        ("参训人次达到1.2万余，", [("1.2万余", "人次")]),
        ("投入86.2万，", [("86.2万", "元")]),
        ("阅读量10万+。", [("10万+", "次")]),
        ("常住人口3.2万。", [("3.2万", "")]),
        ("投入86.2万元，第3万。", []),
    ],
)
def test_numbers_without_a_measure_word(text, told):
    assert [(one.text, one.measure) for one in unmeasured(text)] == told


def test_large_numbers_have_their_value_doubt_and_kind():
    (one,) = unmeasured("计划投入1.5万余。")
    assert (one.value, one.step, one.approx, one.kind) == (15_000, Decimal(1000), "余", "norm_or_plan")
