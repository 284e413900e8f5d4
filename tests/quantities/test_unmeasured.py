"""Numbers without a measure word are quantities only where one stands before them, or a comparison says so."""

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
    ],
)
def test_numbers_without_a_measure_word(text, told):
    assert [(one.text, one.measure) for one in unmeasured(text)] == told
