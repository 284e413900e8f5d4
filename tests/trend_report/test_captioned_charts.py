"""Each chart's sentence and its numbers in words, from a handful of numbers."""

import pandas as pd
import pytest

from fazhi.dictionary.loading import load_specs
from fazhi.trend_report import captioned_charts
from fazhi.trends.forecast import Forecast

WORDS = load_specs().ledgers["disputes"].trends


def counts(values, years=(2024, 2025)):
    return pd.DataFrame.from_dict(values, orient="index", columns=list(years))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([5], "只有一个时段，画不出控制限"),
        ([5, 6, 5, 6], "各时段都在控制限内，没有信号；不足12个时段，控制限为暂定"),
        ([5, 6] * 8, "各时段都在控制限内，没有信号"),
        ([5, 6] * 6 + [20], "1至12连续7点在均值同侧；13超出控制限（信号，不等于发现）"),
        ([0] * 13, "各时段都在控制限内，没有信号"),
        ([1] * 8 + [9] * 8, "1至16超出控制限；1至8连续7点在均值同侧；9至16连续7点在均值同侧（信号，不等于发现）"),
    ],
)
def test_signals_are_told_where_they_are(values, said):
    series = pd.Series(values, index=[str(n + 1) for n in range(len(values))])
    assert captioned_charts.control(series, "件").caption == said


def test_limits_begin_anew_where_a_step_was_found():
    series = pd.Series([5, 6] * 6 + [15, 16] * 6, index=[str(n) for n in range(24)])
    assert "没有信号" not in captioned_charts.control(series, "件").caption
    assert captioned_charts.control(series, "件", [12]).caption == "各时段都在控制限内，没有信号"


def test_too_many_villages_are_told_and_the_largest_shown():
    drawing = captioned_charts.panels(counts({f"{n}村": [n, n + 1] for n in range(20)}), "village", "村（居）", "件")
    assert drawing.caption == "2025年19村最多，20件，占9.5%（图中为件数最多的12个）"
    assert "19村：2024年19件，2025年20件" in drawing.alt
    assert "7村：" not in drawing.alt.split("；")[0]


def test_bars_leave_out_what_both_years_lack():
    drawing = captioned_charts.bars(
        counts({"合同纠纷": [3, 4], "物业纠纷": [0, 0], "邻里纠纷": [2, 0]}), "category", "纠纷类型", "件"
    )
    assert [word for word in drawing.picture.words if word.endswith("纠纷")] == ["合同纠纷", "邻里纠纷"]
    assert drawing.caption == "2025年全部4件都是合同纠纷"


def test_hotspots_are_framed_and_named_else_the_largest_cell_is():
    table = pd.DataFrame({"邻里纠纷": [9, 1], "合同纠纷": [2, 0]}, index=["龙井村", "青木村"])
    assert captioned_charts.crossing(table, [], "village", "件").caption == "龙井村的邻里纠纷最多，9件"
    marked = captioned_charts.crossing(table, [("龙井村", "邻里纠纷")], "village", "件")
    assert marked.caption == "龙井村的邻里纠纷高于按合计推算的数"
    assert marked.picture.svg.count("s-alert") == 1
    assert captioned_charts.crossing(table.mask(table < 3), [], "village", "件").alt == "龙井村：邻里纠纷9件；青木村："


def test_days_without_a_closed_case_have_no_chart():
    table = pd.DataFrame({"closed": [0], "q1": [None], "median": [None], "q3": [None]}, index=[2025], dtype=float)
    assert captioned_charts.settling(table, WORDS) is None


@pytest.mark.parametrize("last", [None, pd.Series(range(12), index=range(1, 13))])
def test_the_forecast_stands_beside_the_naive_ones_that_may_be_shown(last):
    made = Forecast(2026, (5.0,) * 12, (2.0,) * 12, (9.0,) * 12, {}, 10, 12)
    drawing = captioned_charts.forecast(made, "某句", last, "件")
    words = {"预测", "上年同月", "上年月均"} & set(drawing.picture.words)
    assert words == ({"预测"} if last is None else {"预测", "上年同月", "上年月均"})
    assert drawing.alt.startswith("1月5.0件（2—9），")
