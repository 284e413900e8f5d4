"""The months of a town, and reshuffling them."""

import numpy as np
import pytest

from fazhi.trends.monthly_counts import grid, intensity, likelihood, p_values, shuffles
from made.trends_towns import disputes, rows


def test_unseen_months_hold_nothing():
    table = grid(disputes(rows(months=9)), "village", frozenset({"2023-02"}))
    assert table.total.reshape(4, 12)[3].tolist() == [10.0] * 9 + [0.0] * 3
    assert table.total[13] == table.days[13] == 0 and not table.seen[13]
    assert table.full_years == 4 and table.groups == ("丁村", "丙村", "乙村", "戊村", "甲村")


def test_months_change_places_within_their_stratum_only():
    months = np.tile(np.arange(12), 4)
    seen = np.ones(48, bool)
    seen[5] = False
    orders = shuffles(months, seen, 50)
    assert (orders[0] == np.arange(48)).all() and (orders[:, 5] == 5).all()
    assert (np.sort(orders, axis=1) == np.arange(48)).all()
    assert (months[orders] == months).all() and len(np.unique(orders, axis=0)) == 51


def test_the_same_order_every_time():
    seen = np.ones(24, bool)
    strata = np.repeat([0, 1], 12)
    assert (shuffles(strata, seen, 9) == shuffles(strata, seen, 9)).all()


def test_likelihoods_by_hand():
    found = likelihood(np.array([3.0, 0.0]), np.array([10.0, 10.0]))
    assert found == pytest.approx([3 * np.log(0.3) + 7 * np.log(0.7), 0.0])
    assert intensity(np.array([6.0]), np.array([3.0])) == pytest.approx(6 * np.log(2))


def test_the_largest_of_all_groups_counts():
    statistics = np.array([[5.0, 1.0, 2.0, 6.0], [1.0, 3.0, 2.0, 0.0]])
    assert p_values(statistics).tolist() == [0.5, 1.0]
