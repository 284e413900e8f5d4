"""Bulk entry: one day, one month."""

import pandas as pd

from fazhi.trends import bulk_entry
from fazhi.trends.monthly_counts import grid
from made.trends_towns import disputes, more, rows


def test_a_plain_town_has_none():
    plain = disputes(rows())
    assert [b for b in bulk_entry.day_bursts(plain.rows) if b.p_value < 0.01] == []
    assert bulk_entry.month_bursts(grid(plain, "village"), plain.rows) == []


def test_nine_rows_of_a_village_on_one_day():
    found = bulk_entry.day_bursts(disputes(more(rows(), 9, village="丁村", accepted_on="2024-06-13")).rows)
    (one,) = [b for b in found if b.p_value < 0.001]
    assert (one.period, one.village, one.count, len(one.rows)) == ("2024-06-13", "丁村", 9, 9)


def test_a_day_of_several_villages_is_the_towns():
    frame = rows()
    for village in ("甲村", "乙村", "丙村", "丁村"):
        frame = more(frame, 4, village=village, accepted_on="2024-06-13")
    (one,) = [b for b in bulk_entry.day_bursts(disputes(frame).rows) if b.p_value < 0.001]
    assert one.village is None and one.count == 16


def test_a_month_of_one_village_spread_over_its_days():
    frame = rows()
    for day in range(1, 25):
        frame = more(frame, 1, village="丁村", accepted_on=f"2024-06-{day:02}")
    town = disputes(frame)
    assert [b for b in bulk_entry.day_bursts(town.rows) if b.p_value < 0.01] == []
    (one,) = bulk_entry.month_bursts(grid(town, "village"), town.rows)
    assert (one.period, one.village, one.count, one.usual) == ("2024-06", "丁村", 26, 2.0) and one.p_value < 0.001


def test_four_in_five_lead():
    assert bulk_entry.leading(pd.Series(["甲村"] * 4 + ["乙村"])) == "甲村"
    assert bulk_entry.leading(pd.Series(["甲村"] * 3 + ["乙村"])) is None
