"""Against published examples and a second implementation."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.rates import test_poisson_2indep as poisson_test  # a name that pytest does not collect

from fazhi.trends import change_tests
from fazhi.trends.monthly_counts import grid
from made.trends_towns import disputes, rows


def test_the_ratio_of_two_rates_as_in_the_example_of_poisson_test_in_r():
    found = change_tests.counts_changed(6 + 8 + 7, 11, 800 / (1083 + 1050 + 878))
    assert found.ratio == pytest.approx(1.971488, abs=1e-6)
    assert found.interval == pytest.approx((0.8584264, 4.2772659), abs=1e-6)


@pytest.mark.parametrize(("before", "after"), [(111, 136), (3, 11), (40, 12)])
def test_the_chance_is_that_of_the_exact_conditional_test(before, after):
    one_sided = [
        poisson_test(after, 1, before, 1, method="exact-cond", alternative=side).pvalue
        for side in ("larger", "smaller")
    ]
    assert change_tests.counts_changed(before, after).p_value == pytest.approx(min(1, 2 * min(one_sided)))


def test_nothing_before_has_no_ratio_and_an_open_interval():
    found = change_tests.counts_changed(0, 5)
    assert found.ratio is None and found.interval[1] is None and found.interval[0] == pytest.approx(0.9, abs=0.05)
    assert change_tests.counts_changed(0, 0).p_value == 1


def test_more_scatter_is_a_wider_interval():
    narrow, wide = (change_tests.ratio_interval(100, 130, dispersion=d) for d in (1, 2))
    assert wide[0] < narrow[0] < 1.3 < narrow[1] < wide[1]


def test_holm_as_statsmodels_has_it():
    p_values = [0.01, 0.04, 0.03, 0.005]
    assert change_tests.holm(p_values) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert change_tests.holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])
    assert change_tests.holm([]) == []


def test_newcombe_as_printed():
    found = change_tests.rates_changed([(48, 80)], (56, 70))  # Statist. Med. 17 (1998), table II, column (a), method 10
    assert found.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_shift_of_hodges_and_lehmann_as_in_hollander_and_wolfe():
    after = np.array([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46])
    before = np.array([1.15, 0.88, 0.90, 0.74, 1.21])
    found = change_tests.values_changed(before, after)
    assert found.ratio == pytest.approx(0.305)
    assert found.p_value == pytest.approx(stats.mannwhitneyu(after, before, method="asymptotic").pvalue)


def test_the_months_that_both_years_have_are_compared():
    table = grid(disputes(rows((2024, 2025), months=9), (2024, 2025)), "village", frozenset({"2024-03"}))
    last, this = change_tests.comparable(table)
    assert table.months[this].tolist() == [1, 2, 4, 5, 6, 7, 8, 9] == table.months[last].tolist()


def test_all_earlier_years_are_compared_where_they_have_the_months():
    table = grid(disputes(rows(months=9)), "village")
    past, this = change_tests.comparable(table, [2022, 2023, 2024])
    assert past.sum() == 27 and this.sum() == 9 and set(table.years[past].tolist()) == {2022, 2023, 2024}


def test_rates_are_held_against_all_years_before_and_against_how_these_differ():
    alike, unlike = [(93, 100)] * 3, [(99, 100), (97, 100), (73, 100)]
    assert change_tests.rates_changed(alike, (80, 100)).p_value == pytest.approx(
        stats.fisher_exact([[279, 21], [80, 20]]).pvalue
    )
    assert change_tests.rates_changed(unlike, (80, 100)).p_value > 0.2


def test_years_drift_by_themselves():
    table = grid(disputes(rows()), "village")
    assert change_tests.drift(table, [2022, 2023, 2024], 1.0) == change_tests.USUAL_DRIFT**2


def test_dispersion_of_equal_months_is_one():
    assert change_tests.dispersion(grid(disputes(rows()), "village")) == 1.0
