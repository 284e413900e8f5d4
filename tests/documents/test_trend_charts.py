"""Charts that hold for one row and for many, for long names; every number is written."""

import io
import re
from itertools import pairwise

import pandas as pd

from fazhi.documents import charts, trend_charts


def texts(figure):
    return re.findall(r"<text[^>]*>([^<]+)</text>", charts.figure_block(figure, "f", "题", "替代").svg)


def test_a_heat_map_writes_its_numbers_and_shortens_names():
    table = pd.DataFrame({"甲类": [3, 1], "乙类": [12, 0]}, index=["龙井村", "一个名字特别特别长的社区居民委员会"])
    shown = texts(trend_charts.heat(table, "件"))
    assert {"3", "12", "0", "1", "龙井村", "一个名字特别特别长…"} <= set(shown)


def test_small_charts_share_a_scale_and_carry_their_values():
    figure = trend_charts.small_multiples(pd.DataFrame({"龙井村": [1, 9], "青木村": [2, 3]}, index=[2024, 2025]), "件")
    assert {axes.get_ylim() for axes in figure.axes if axes.get_visible()} == {figure.axes[0].get_ylim()}
    assert {"龙井村", "青木村", "1", "9", "2", "3", "2024", "2025"} <= set(texts(figure))


def test_months_to_come_are_not_drawn_as_zero():
    months = pd.DataFrame({2024: [4.0, 5.0, 6.0], 2025: [7.0, None, None]}, index=["1月", "2月", "3月"])
    shown = texts(trend_charts.season(months, "件"))
    assert "nan" not in shown
    assert {"7", "2024年", "2025年", "3月"} <= set(shown)


def test_names_at_the_end_stand_apart():
    months = pd.DataFrame({year: [3.0, 3.0] for year in (2022, 2023, 2024, 2025)}, index=["上半年", "下半年"])
    axes = trend_charts.season(months, "件").axes[0]
    heights = sorted(text.xy[1] for text in axes.texts if text.get_text().endswith("年"))
    assert min(b - a for a, b in pairwise(heights)) > 0.05 * (axes.get_ylim()[1] - axes.get_ylim()[0])


def test_small_multiples_have_their_years_on_every_row_and_titles_nearer_to_their_own_columns():
    frame = pd.DataFrame({f"第{n}村": [5, 9, 4] for n in range(7)}, index=[2023, 2024, 2025])
    figure = trend_charts.small_multiples(frame, "件")
    with charts.style():
        figure.savefig(io.BytesIO())
        for above, below in pairwise(figure.axes[place] for place in (0, 3, 6)):
            assert [label.get_text() for label in above.get_xticklabels()] == ["2023", "2024", "2025"]
            years = min(label.get_window_extent().y0 for label in above.get_xticklabels())
            title, highest = below._left_title.get_window_extent(), below.texts[1].get_window_extent()
            assert years - title.y1 > title.y0 - highest.y1 >= 0
