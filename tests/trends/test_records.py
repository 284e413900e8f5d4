"""A dozen disputes, counted by hand."""

from decimal import Decimal

import pandas as pd
import pytest

from fazhi.dictionary.loading import load_specs
from fazhi.errors import LedgerError
from fazhi.trends import records as series

DISPUTES = load_specs().ledgers["disputes"]


def frame(*rows: tuple) -> pd.DataFrame:
    """Clean rows: accepted_on, village, category, amount, closed_on, applicant, respondent."""
    names = ["accepted_on", "village", "category", "amount_yuan", "closed_on", "applicant", "respondent"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture
def disputes() -> series.Records:
    last = frame(
        ("2024-01-03", "龙井村", "邻里纠纷", Decimal("100.10"), "2024-01-05", "Pa", "Pb"),
        ("2024-12-30", None, "邻里纠纷", Decimal("0"), "2025-01-09", "Pc", "Pd"),
    )
    this = frame(
        ("2025-03-01", "龙井村", "合同纠纷", Decimal("0.20"), None, "Pb", "Pa"),
        ("2025-03-31", "金凤社区", "邻里纠纷", None, "2025-03-31", None, "Pa"),
    )
    return series.of_frames({2025: this, 2024: last}, "青木镇", DISPUTES)


def test_months_run_to_the_last_one_with_a_row(disputes):
    table = series.by_month(disputes)
    assert list(table.index[[0, -1]]) == ["2024-01", "2025-03"] and len(table) == 15
    assert table["合计"].sum() == 4 and table.loc["2025-03", "合计"] == 2
    assert series.by_month(disputes, "village").loc["2024-12", series.UNKNOWN] == 1


def test_unknown_groups_are_told_apart_and_count_in_no_village(disputes):
    assert disputes.villages == ["金凤社区", "龙井村"]
    assert series.cross(disputes).to_dict() == {
        "合同纠纷": {"金凤社区": 0, "龙井村": 1},
        "邻里纠纷": {"金凤社区": 1, "龙井村": 1},
    }
    assert list(series.by_year(disputes, "category").loc["邻里纠纷"]) == [2, 1]


def test_money_adds_exactly_and_days_run_from_acceptance_to_closing(disputes):
    assert series.money(disputes).loc[2024, "amount_yuan"] == Decimal("100.10")
    assert series.settling(disputes).loc[2024].tolist() == [2, 0, 4, 6, 8]
    assert series.settling(disputes).loc[2025, ["closed", "open"]].tolist() == [1, 1]


def test_a_pair_is_one_pair_whoever_applied(disputes):
    pairs = series.repeat_parties(disputes)
    assert pairs[["parties", "count", "villages"]].to_numpy().tolist() == [["Pa/Pb", 2, "龙井村"]]


def test_narrowing_keeps_the_years(disputes):
    narrow = disputes.only(village="金凤社区")
    assert (narrow.village, narrow.years, narrow.months, len(narrow.rows)) == ("金凤社区", (2024, 2025), 3, 1)


def test_a_missing_column_is_unknown_and_nothing_at_all_is_told():
    bare = series.of_frames({2025: frame(("2025-03-01", "龙井村", None, None, None, None, None))}, "青木镇", DISPUTES)
    assert bare.rows["source"].tolist() == [series.UNKNOWN]
    with pytest.raises(LedgerError, match="没有可分析的乡镇"):
        series.join([])


def test_two_towns_make_a_district(disputes):
    other = series.of_frames(
        {2025: frame(("2025-09-01", "大石村", "邻里纠纷", None, None, None, None))}, "白沙镇", DISPUTES
    )
    district = series.join([disputes, other])
    assert district.towns == ["白沙镇", "青木镇"] and district.months == 9
    assert district.of_town("青木镇").months == 3
