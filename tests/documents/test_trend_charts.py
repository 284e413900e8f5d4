"""Charts that hold for one row and for many, for long names; every number is written."""

from itertools import pairwise

import pandas as pd
import pytest

from fazhi.documents import trend_charts
from made.picture_room import check_room

YEARS = (2022, 2023, 2024, 2025)


def test_a_heat_map_writes_its_numbers_and_shortens_names():
    table = pd.DataFrame({"甲类": [3, 1], "乙类": [12, 0]}, index=["龙井村", "一个名字特别特别长的社区居民委员会"])
    shown = trend_charts.heat(table, "件").words
    assert {"3", "12", "0", "1", "龙井村", "一个名字特别特别长…"} <= set(shown)


def test_small_charts_share_a_scale_and_carry_their_values():
    picture = trend_charts.small_multiples(pd.DataFrame({"龙井村": [1, 9], "青木村": [2, 9]}, index=[2024, 2025]), "件")
    assert {"龙井村", "青木村", "1", "9", "2", "2024", "2025"} <= set(picture.words)
    assert len({box.top for box in picture.boxes if box.words == "9"}) == 1


def test_months_to_come_are_not_drawn_as_zero():
    months = pd.DataFrame({2024: [4.0, 5.0, 6.0], 2025: [7.0, None, None]}, index=["1月", "2月", "3月"])
    shown = trend_charts.season(months, "件").words
    assert "nan" not in shown
    assert {"7", "2024年", "2025年", "3月"} <= set(shown)


def test_names_at_the_end_stand_apart():
    months = pd.DataFrame({year: [3.0, 3.0] for year in YEARS}, index=["上半年", "下半年"])
    named = [
        box for box in trend_charts.season(months, "件").boxes if box.words.endswith("年") and box.words[:1] == "2"
    ]
    assert len(named) == 4
    for above, below in pairwise(sorted(named, key=lambda box: box.top)):
        assert below.top >= above.bottom


def test_small_multiples_have_their_years_on_every_row_and_titles_nearer_to_their_own_columns():
    frame = pd.DataFrame({f"第{n}村": [5, 9, 4] for n in range(7)}, index=YEARS[1:])
    boxes = trend_charts.small_multiples(frame, "件").boxes
    titles = [box for box in boxes if box.words.endswith("村")]
    years = [box for box in boxes if box.words == "2023"]
    highest = [box for box in boxes if box.words == "9"]
    assert len(titles) == len(years) == len(highest) == 7
    for above, title, values in zip(years, titles[3:], highest[3:], strict=False):
        assert title.top - above.bottom > values.top - title.bottom >= 0


def test_the_smallest_value_of_a_bend_stands_below_the_line():
    months = pd.DataFrame({2025: [9.0, 4.0, 9.0]}, index=["1月", "2月", "3月"])
    boxes = {box.words: box for box in trend_charts.season(months, "件").boxes}
    scale = {
        box.words: box for box in trend_charts.season(months, "件").boxes[::-1]
    }  # the first of a word: the scale's
    assert boxes["4"].top > scale["4"].bottom - 3


HOSTILE = {
    "control": lambda: trend_charts.control(
        pd.DataFrame(
            {"value": [99] * 48, "center": 99.0, "lower": 98.9, "upper": 99.1, "signal": True},
            index=[f"{2022 + n // 12}年{n % 12 + 1}月" for n in range(48)],
        ), "件"),
    "one period": lambda: trend_charts.control(
        pd.DataFrame({"value": [3], "center": 3.0, "lower": 3.0, "upper": 3.0, "signal": False}, index=["2025年1月"]), "件"),
    "ten years": lambda: trend_charts.small_multiples(
        pd.DataFrame({f"第{n}村": range(1000, 11000, 1000) for n in range(5)}, index=range(2016, 2026)), "件"),
    "no rows": lambda: trend_charts.small_multiples(pd.DataFrame({"合计": [0.0, 0.0]}, index=[2024, 2025]), "件", 1),
    "wide": lambda: trend_charts.heat(
        pd.DataFrame({f"{n}类特别特别长的名字": [n * 99, None] for n in range(16)}, index=["甲村", "一个特别特别长的村的名字"]), "件"),
    "ranges": lambda: trend_charts.ranges(
        pd.DataFrame({"low": [0.0, 30.0], "middle": [0.5, 30.0], "high": [1.0, 30.0]}, index=["2024年", "2025年"]), "天"),
    "forecast": lambda: trend_charts.forecast(
        pd.DataFrame({"low": 0.0, "middle": 0.1, "high": 0.2}, index=range(1, 13)),
        {"上年同月": pd.Series(0.1, range(1, 13)), "上年月均": pd.Series(0.1, range(1, 13))}, "件"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_no_words_run_into_each_other_or_off_the_chart(case):
    check_room(HOSTILE[case]())
