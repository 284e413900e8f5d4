"""Charts: the same bytes every time, text as text, Chinese that is there, values written at their marks."""

import re

import pandas as pd
import pytest

from fazhi.documents import charts
from fazhi.documents.scales import number, spread, tick_words, ticks
from fazhi.errors import PublishError
from made.picture_room import check_room

MONTHS = pd.DataFrame({2024: [8] * 12, 2025: range(4, 16)}, index=[f"{m}月" for m in range(1, 13)])
KINDS = pd.DataFrame({"2025年": [22, 7], "2024年": [25, 9]}, index=["合同纠纷", "邻里纠纷"])
CHANGES = pd.DataFrame(
    {"value": [136, 90, 5], "previous": [111, 100, 0], "unit": ["件次", "件", "次"]}, index=["合同", "纠纷", "新增"]
)


def test_columns_by_period_label_both_years() -> None:
    shown = charts.columns_by_period(MONTHS, "件").words
    assert [f"{m}月" for m in range(1, 13)] == [t for t in shown if t.endswith("月")]
    assert {"2024年", "2025年", "（件）", "15"} <= set(shown)
    assert shown.count("8") >= 12  # each column of last year carries its value


def test_bars_are_in_order_and_labelled() -> None:
    shown = charts.bars_by_category(KINDS, "件").words
    assert shown.index("合同纠纷") < shown.index("邻里纠纷")
    assert {"22", "7", "2024年", "2025年"} <= set(shown)


def test_changes_show_both_years_and_leave_out_what_has_no_base() -> None:
    shown = charts.change_bars(CHANGES).words
    assert {"+23%（111→136件次）", "-10%（100→90件）"} <= set(shown)
    assert "新增" not in shown


def test_a_chart_is_the_same_twice_and_says_what_it_says_as_text() -> None:
    first, second = (charts.figure_block(charts.columns_by_period(MONTHS, "件"), "f", "题", "替代") for _ in range(2))
    assert first == second
    assert re.findall(r"<text[^>]*>([^<]+)</text>", first.svg) == charts.columns_by_period(MONTHS, "件").words
    assert first.as_png().startswith(b"\x89PNG") and first.as_png() == second.as_png()


def test_every_colour_is_printed_and_can_be_changed_on_a_dark_screen() -> None:
    svg = charts.figure_block(charts.bars_by_category(KINDS, "件"), "f", "题", "替代").svg
    painted = re.findall(r"<(?:rect|text|polyline)[^>]*>", svg)
    assert len(painted) > 8
    for mark in painted:
        for way in ("fill", "stroke"):
            assert (f' {way}="#' in mark) == bool(re.search(rf'class="[^"]*\b{way[0]}-\w+', mark)), mark


def test_the_table_is_not_changed() -> None:
    before = KINDS.copy()
    charts.bars_by_category(KINDS, "件")
    pd.testing.assert_frame_equal(KINDS, before)


def test_a_character_without_a_glyph_is_named() -> None:
    frame = pd.DataFrame({"2025年": [3]}, index=["𠮷村"])
    with pytest.raises(PublishError, match="“𠮷”（U\\+20BB7）"):
        charts.figure_block(charts.bars_by_category(frame, "件"), "f", "题", "替代")


def test_names_are_never_read_as_markup() -> None:
    frame = pd.DataFrame({"2025年": [3]}, index=["<b>甲&乙"])
    assert "&lt;b&gt;甲&amp;乙" in charts.figure_block(charts.bars_by_category(frame, "件"), "f", "题", "替代").svg


@pytest.mark.parametrize(
    ("value", "shown"), [(136, "136"), (24.5, "24.5"), (639.333, "639.33"), (None, ""), (6393300.0, "6393300")]
)
def test_values_are_written_without_needless_digits(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("most", "shown"),
    [(0, [0, 1]), (3, [0, 1, 2, 3]), (15, [0, 5, 10, 15]), (61, [0, 20, 40, 60, 80]), (float("nan"), [0, 1])],
)
def test_scales_end_at_round_numbers(most: float, shown: list[int]) -> None:
    assert ticks(most) == shown


def test_large_scales_are_in_wan() -> None:
    assert tick_words(ticks(1_480_000)) == ["0", "50万", "100万", "150万"]


def test_places_are_moved_apart_and_stay_between_the_ends() -> None:
    assert spread([5.0, 5.0, 9.5], 2, 0, 10) == [5.0, 7.0, 9.5]
    assert spread([9.0, 9.5, 9.8], 2, 0, 10) == [6.0, 8.0, 10.0]


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
    check_room(HOSTILE[case]())


def test_a_change_is_written_as_the_text_writes_it() -> None:
    frame = pd.DataFrame(
        {"value": [225, 100, 1001], "previous": [200, 100, 1000], "unit": "件"}, index=["甲", "乙", "丙"]
    )
    shown = charts.change_bars(frame).words
    assert {"+13%（200→225件）", "持平（100→100件）", "基本持平（1000→1001件）"} <= set(shown)
