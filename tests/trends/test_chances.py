"""Each chance and interval against scipy.stats."""

import numpy as np
import pytest
from scipy import stats

from fazhi.trends import chances


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 9, 0.3), (9, 9, 0.3), (14, 30, 0.25), (3, 40, 0.2)])
def test_tails_of_the_binomial(part, whole, share):
    at = np.array([float(part)]), np.array([float(whole)]), np.array([share])
    upper, lower = stats.binom.sf(part - 1, whole, share), stats.binom.cdf(part, whole, share)
    assert chances.upper_tail(*at)[0] == pytest.approx(upper)
    assert chances.two_sided(*at)[0] == pytest.approx(min(1, 2 * min(upper, lower)))


def test_counts_with_and_without_scatter():
    assert chances.at_least(3, 2.0) == pytest.approx(stats.poisson.sf(2, 2.0)) and chances.at_least(0, 2.0) == 1
    assert chances.at_least(3, 2.0, 2.0) == pytest.approx(stats.nbinom(2.0, 0.5).sf(2))  # mean 2, variance 4


@pytest.mark.parametrize(("a", "n", "b", "m"), [(24, 54, 96, 192), (0, 7, 5, 9), (93, 100, 60, 80), (4, 4, 0, 3)])
def test_fisher_and_what_is_drawn(a, n, b, m):
    assert chances.fisher(a, n, b, m) == pytest.approx(stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue)
    drawn = chances.drawn_at_least(np.array([a]), np.array([a + b]), np.array([n]), n + m)
    assert drawn[0] == pytest.approx(stats.hypergeom.sf(a - 1, n + m, a + b, n))


def test_intervals():
    wilson = stats.binomtest(7, 40).proportion_ci(method="wilson")
    assert chances.wilson(7, 40) == pytest.approx((7 / 40, wilson.low, wilson.high))
    assert chances.poisson_interval(0) == pytest.approx((0, stats.chi2.ppf(0.975, 2) / 2))
    assert chances.poisson_interval(9) == pytest.approx((stats.chi2.ppf(0.025, 18) / 2, stats.chi2.ppf(0.975, 20) / 2))
