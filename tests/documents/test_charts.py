"""Charts: the same bytes every time, text as text, Chinese that is there, values written at their marks."""

import base64
import itertools
import re

import matplotlib
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from fazhi.documents import charts
from fazhi.errors import PublishError

MONTHS = pd.DataFrame({2024: [8] * 12, 2025: range(4, 16)}, index=[f"{m}月" for m in range(1, 13)])
KINDS = pd.DataFrame({"2025年": [7, 22], "2024年": [9, 25]}, index=["邻里纠纷", "合同纠纷"])
CHANGES = pd.DataFrame(
    {"value": [136, 90, 5], "previous": [111, 100, 0], "unit": ["件次", "件", "次"]}, index=["合同", "纠纷", "新增"]
)


def texts(figure: Figure) -> list[str]:
    """What the drawing says, in its order."""
    svg = charts.figure_block(figure, "f", "题", "替代").svg
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_columns_by_period_label_both_years() -> None:
    shown = texts(charts.columns_by_period(MONTHS, "件"))
    assert [f"{m}月" for m in range(1, 13)] == [t for t in shown if t.endswith("月")]
    assert {"2024年", "2025年", "（件）", "15"} <= set(shown)
    assert shown.count("8") >= 12  # each column of last year carries its value


def test_bars_are_in_order_and_labelled() -> None:
    shown = texts(charts.bars_by_category(KINDS, "件"))
    assert shown.index("合同纠纷") < shown.index("邻里纠纷")  # drawn from below: the first on top
    assert {"22", "7", "2024年", "2025年"} <= set(shown)


def test_changes_show_both_years_and_leave_out_what_has_no_base() -> None:
    shown = texts(charts.change_bars(CHANGES))
    assert {"+23%（111→136件次）", "-10%（100→90件）"} <= set(shown)
    assert "新增" not in shown


def test_a_figure_is_the_same_twice_whatever_matplotlib_is_set_to() -> None:
    first = charts.figure_block(charts.columns_by_period(MONTHS, "件"), "f", "题", "替代")
    with matplotlib.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.facecolor": "red"}):
        second = charts.figure_block(charts.columns_by_period(MONTHS, "件"), "f", "题", "替代")
        assert matplotlib.rcParams["font.size"] == 30
    assert first == second
    assert base64.b64decode(first.png).startswith(b"\x89PNG")


def test_the_table_is_not_changed() -> None:
    before = KINDS.copy()
    charts.bars_by_category(KINDS, "件")
    pd.testing.assert_frame_equal(KINDS, before)


def test_a_character_without_a_glyph_is_named() -> None:
    frame = pd.DataFrame({"2025年": [3]}, index=["𠮷村"])
    with pytest.raises(PublishError, match="“𠮷”（U\\+20BB7）"):
        charts.figure_block(charts.bars_by_category(frame, "件"), "f", "题", "替代")


def test_a_pyplot_figure_is_closed() -> None:
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    figure = pyplot.figure()
    charts.figure_block(figure, "f", "题", "替代")
    assert not pyplot.fignum_exists(figure.number)


@pytest.mark.parametrize(
    ("value", "shown"), [(136, "136"), (24.5, "24.5"), (639.333, "639.33"), (None, ""), (1e6, "1000000")]
)
def test_values_are_written_without_needless_digits(value: float, shown: str) -> None:
    assert charts.number(value) == shown


def boxes(figure: Figure) -> list[Bbox]:
    """Where the figure's texts stand, as drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (axes,) = figure.axes
    ends = {axes.xaxis: sorted(axes.get_xlim()), axes.yaxis: sorted(axes.get_ylim())}
    ticks = {tick.label1: (axis, tick.get_loc()) for axis in ends for tick in axis.majorTicks}
    undrawn = {
        t for t, (axis, at) in ticks.items() if not (axis.get_visible() and ends[axis][0] <= at <= ends[axis][1])
    }
    shown = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible() and text not in undrawn]
    return [text.get_window_extent(canvas.get_renderer()) for text in shown]


LONG = "一项名字特别特别特别特别特别长的主要指标"
HOSTILE = {
    "zeros": lambda: charts.columns_by_period(pd.DataFrame({2024: [0] * 12, 2025: [0] * 12}, MONTHS.index), "件"),
    "equal": lambda: charts.columns_by_period(pd.DataFrame({2024: [8] * 12, 2025: [8] * 12}, MONTHS.index), "件"),
    "huge": lambda: charts.columns_by_period(pd.DataFrame({2024: [9_999_999] * 12, 2025: [7] * 12}, MONTHS.index), "件"),
    "four digits": lambda: charts.columns_by_period(pd.DataFrame({2024: [999] * 12, 2025: [1234] * 12}, MONTHS.index), "件"),
    "one": lambda: charts.columns_by_period(pd.DataFrame({2025: [3]}, index=["全年"]), "件"),
    "twenty": lambda: charts.bars_by_category(
        pd.DataFrame({"2025年": range(0, 2 * 10**6, 10**5), "2024年": [5] * 20}, index=[f"{LONG}{n}" for n in range(20)]), "件"
    ),
    "one kind": lambda: charts.bars_by_category(pd.DataFrame({"2025年": [7]}, index=["邻里纠纷"]), "件"),
    "nothing": lambda: charts.bars_by_category(pd.DataFrame({"2025年": [0, 0]}, index=["甲", "乙"]), "件"),
    "all fell": lambda: charts.change_bars(pd.DataFrame({"value": [1, 0], "previous": [99, 50], "unit": "件"}, index=[LONG, "乙"])),
    "grew": lambda: charts.change_bars(pd.DataFrame({"value": [10**8, 9], "previous": [10, 10], "unit": "件"}, index=["甲", LONG])),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_no_words_run_into_each_other_or_off_the_chart(case: str) -> None:
    with charts.style():
        figure = HOSTILE[case]()
        found = boxes(figure)
    width, height = figure.get_size_inches() * figure.dpi
    assert len(found) > 2
    assert all(box.x0 > -1 and box.y0 > -1 and box.x1 < width + 1 and box.y1 < height + 1 for box in found)
    inner = [Bbox.from_extents(box.x0 + 1, box.y0 + 2, box.x1 - 1, box.y1 - 2) for box in found]
    assert [(a, b) for a, b in itertools.combinations(inner, 2) if a.overlaps(b)] == []


def test_a_change_is_written_as_the_text_writes_it() -> None:
    frame = pd.DataFrame(
        {"value": [225, 100, 1001], "previous": [200, 100, 1000], "unit": "件"}, index=["甲", "乙", "丙"]
    )
    shown = texts(charts.change_bars(frame))
    assert {"+13%（200→225件）", "持平（100→100件）", "基本持平（1000→1001件）"} <= set(shown)
