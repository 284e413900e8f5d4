"""Steps: a published series, planted ones, and what is none."""

import numpy as np
import pytest

from fazhi.trends import level_shifts
from fazhi.trends.monthly_counts import grid
from made.trends_towns import disputes, more, rows

# British coal-mining disasters a year, 1851–1961 (Jarrett, Biometrika 66, 1979, corrected). Carlin, Gelfand & Smith
# (Appl. Statist. 41, 1992): the level changes after 41 years.
DISASTERS = np.array(
    [4,5,4,0,1,4,3,4,0,6,3,3,4,0,2,6,3,3,5,4,5,3,1,4,4,1,5,5,3,4,2,5,2,2,3,4,2,1,3,2,2,1,1,1,1,3,0,0,1,0,1,1,0,0,3,1,0,3,2,2,
     0,1,1,1,0,1,0,1,0,0,0,2,1,0,0,0,1,1,0,2,3,3,1,1,2,1,1,1,1,2,4,2,0,0,1,4,0,0,0,1,0,0,0,0,0,1,0,0,1,0,1]
)[None].astype(float)  # fmt: skip


def test_the_coal_mines_changed_after_41_years():
    gain = level_shifts.scan(DISASTERS, np.ones_like(DISASTERS), shares=False)
    assert gain.argmax() == 41
    before, after = DISASTERS[0, :41], DISASTERS[0, 41:]
    by_hand = sum(part.sum() * np.log(part.mean() / DISASTERS.mean()) for part in (before, after))
    assert gain.max() == pytest.approx(by_hand)


def test_a_village_at_twice_its_level_is_found_with_its_month():
    frame = rows()
    for month in range(7, 25):
        day = f"{2024 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-15"
        frame = more(frame, 3, village="丙村", accepted_on=day)
    table = grid(disputes(frame), "village")
    first = level_shifts.group_breaks(table)[0]
    assert (first.group, table.names[first.at]) == ("丙村", "2024-07")
    assert first.p_value < 0.001


def test_a_busy_season_is_no_step():
    frame = rows()
    for year in (2022, 2023, 2024, 2025):
        for month in (3, 4, 5):
            frame = more(frame, 6, category="山林土地纠纷", village="丙村", accepted_on=f"{year}-{month:02}-11")
    table = disputes(frame)
    assert min(found.p_value for found in level_shifts.group_breaks(grid(table, "category"))) > 0.1
    assert min(found.p_value for found in level_shifts.group_breaks(grid(table, "village"))) > 0.1
    assert (
        level_shifts.total_break(grid(table, "village")) == []
        or level_shifts.total_break(grid(table, "village"))[0].p_value > 0.1
    )


def test_what_moves_the_whole_town_is_the_towns_step_and_no_villages():
    frame = rows()
    for month in (8, 9, 10, 11, 12):
        for village in ("甲村", "乙村", "丙村", "丁村", "戊村"):
            frame = more(frame, 3, village=village, accepted_on=f"2025-{month:02}-20")
    table = grid(disputes(frame), "village")
    assert [table.names[found.at] for found in level_shifts.total_break(table)] == ["2025-08"]
    assert min(found.p_value for found in level_shifts.group_breaks(table)) > 0.1


def test_a_change_at_new_year_is_left_to_the_comparison_with_last_year():
    frame = rows()
    for month in range(1, 13):
        frame = more(frame, 8, accepted_on=f"2025-{month:02}-20")
    assert level_shifts.total_break(grid(disputes(frame), "village")) == []


def test_a_year_is_the_ledgers_own_only_where_the_leap_keeps_to_it():
    def leap(first: int) -> frozenset[tuple[str, int]]:
        frame = rows()
        for t in range(first, first + 12):
            frame = more(frame, 6, village="丙村", accepted_on=f"{2024 + t // 12}-{t % 12 + 1:02}-15")
        return level_shifts.ledger_years(grid(disputes(frame), "village"))

    assert ("丙村", 2024) in leap(0)
    assert ("丙村", 2025) not in leap(12)  # it may stay: a step in January
    assert not {("丙村", 2024), ("丙村", 2025)} & leap(6)
    assert level_shifts.ledger_years(grid(disputes(rows((2025,)), (2025,)), "village")) == frozenset()


def test_the_last_year_is_held_against_all_years_before_it():
    frame = rows()
    for month in range(1, 13):
        frame = more(frame, 3, village="甲村", accepted_on=f"2025-{month:02}-05")
    found = dict(level_shifts.last_year_breaks(grid(disputes(frame), "village")))
    assert found["甲村"] < 1e-3 and min(chance for name, chance in found.items() if name != "甲村") > 0.02


def test_a_scan_of_pure_chance_claims_no_more_than_it_says():
    draw = np.random.default_rng(3)
    table = grid(disputes(rows()), "village")
    counts = draw.multinomial(60, np.full(48, 1 / 48), size=400).astype(float)
    base = np.full(48, 1000.0)
    chances = level_shifts._chances(counts, base, table, shares=True)
    best = chances.min(axis=1) * level_shifts.comparisons(counts.sum(axis=1), 48)
    assert 0.0 < (best < 0.05).mean() <= 0.07
