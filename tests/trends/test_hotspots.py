"""Cells against their margins."""

import pandas as pd
import pytest
from scipy import stats

from fazhi.trends import hotspots


def test_a_cell_is_fishers_test_against_the_rest():
    table = pd.DataFrame({"邻里": [12, 4, 5], "合同": [3, 20, 22]}, index=["甲村", "乙村", "丙村"])
    first = hotspots.hotspots(table)[0]
    assert (first.village, first.category, first.count) == ("甲村", "邻里", 12)
    assert first.expected == pytest.approx(15 * 21 / 66)
    single = stats.fisher_exact([[12, 3], [9, 42]], alternative="greater").pvalue
    assert first.p_value == pytest.approx(min(1, 6 * single))


def test_garwoods_interval_as_tabled():
    assert hotspots.poisson_interval(10) == pytest.approx((4.795, 18.390), abs=1e-3)
    assert hotspots.poisson_interval(0) == pytest.approx((0, 3.689), abs=1e-3)


def test_small_cells_and_an_even_table_name_nothing():
    even = pd.DataFrame({"邻里": [10, 20], "合同": [30, 60]}, index=["甲村", "乙村"])
    assert all(one.p_value == 1 for one in hotspots.hotspots(even))
    assert hotspots.hotspots(pd.DataFrame({"邻里": [4, 0], "合同": [0, 4]}, index=["甲村", "乙村"])) == []
