"""Texts in columns by blanks: each under its own, or none at all."""

import pytest

from fazhi.checking.reading.aligned import columns_of, width_of


def test_chinese_characters_take_two_places():
    assert width_of("调解（件）12") == 12


def test_a_text_stands_under_the_column_whose_places_it_shares():
    rows = [[(0, 4), (10, 14), (20, 24)], [(0, 8), (22, 24)], [(12, 13)]]
    assert columns_of(rows) == [[0, 1, 2], [0, 2], [1]]


def test_a_row_may_begin_right_beside_its_column():
    assert columns_of([[(0, 4), (10, 14)], [(6, 8)]]) == [[0, 1], [0]]


@pytest.mark.parametrize("row", [[(40, 44)], [(0, 2), (2, 4)]])
def test_what_stands_under_none_or_two_under_one_makes_no_columns(row):
    assert columns_of([[(0, 4), (10, 14), (20, 24)], row]) == []
