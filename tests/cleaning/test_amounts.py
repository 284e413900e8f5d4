"""Amounts that are not what they seem: all of a column in yuan as one writes 万元."""

import pytest

from made.sheets import make_sheet

TITLES = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]


def fines(*amounts):
    rows = [[f"青罚〔2025〕{n}号", "2025-03-05", f"某{n}店", "占道经营", one, "是"] for n, one in enumerate(amounts, 1)]
    return make_sheet([["行政处罚台账"], TITLES, *rows])


@pytest.mark.parametrize(
    ("amounts", "asked"),
    [((0.5, 1.2, 3), 3), ((0.5, 1.2, 0, 30), 3), ((50, 20, 100), 0), ((50.5, 20, 50), 0), ((5, 3, 8), 0), ((0.5, 1.2), 0), ((0.5, 300, 1.2), 0)],
)  # fmt: skip
def test_a_column_of_small_amounts_with_decimals_is_asked_about(cleaned, amounts, asked):
    told = [one.found for one in cleaned("penalties", fines(*amounts)).issues if one.kind == "amount_implausible"]
    assert told == ([f"有 {asked} 行像是按万元填的，列名的单位是元"] if asked else [])
