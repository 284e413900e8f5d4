"""When a cell of a table is of: the year and the months that its titles and the lines above the table name."""

import pytest

from fazhi.checking.reading.tables import Cell
from fazhi.checking.table_binding.blocks import Block
from fazhi.checking.table_binding.times import Time, Times


def _of(label, title, caption="", titles=(), firsts=()):
    rows = tuple((Cell(0, 0, first),) for first in firsts)
    return Times(Block((*titles, title), rows, caption, ()), 2025).of(label, title)


@pytest.mark.parametrize(
    ("label", "title", "time"),
    [
        ("调解", "2025年", Time()),
        ("调解", "上年", Time("2024年")),
        ("调解", "2023年", Time("2023年")),
        ("调解", "第一季度", Time(period="第一季度", months=(1, 3))),
        ("前三季度", "调解", Time(period="前三季度", months=(1, 9))),
        ("下半年小计", "调解", Time(period="下半年", months=(7, 12))),
        ("调解", "1—11月累计", Time(period="1—11月", months=(1, 11))),
        ("调解", "十一月", Time(period="十一月", months=(11, 11))),
        ("调解", "1—12月", Time()),
        ("6月安全宣传", "场次", Time(period="6月")),  # what it names besides may be another thing
        ("调解", "13月", Time(period="13月")),
        ("调解", "本月", Time(period="本月")),
        ("调解", "2023—2025年合计", Time("2023年", "2023—2025年")),
    ],
)
def test_titles_name_the_year_and_its_parts(label, title, time):
    assert _of(label, title) == time


def test_what_stands_above_names_the_year_of_a_table_whose_columns_do_not():
    assert _of("调解", "数量", "附表 2023年工作情况").when == "2023年"
    assert _of("调解", "上年", "2024年情况").when == "2023年"
    assert _of("调解", "数量", "工作情况\n填报时间：2026年1月8日") == Time()
    assert _of("调解", "数量", "2024年与2025年情况") == Time()
    assert _of("调解", "数量", "2023—2025年情况").period == "2023—2025年"
    assert _of("调解", "2025年", "2023—2025年情况", ("2024年",)) == Time()
    assert _of("调解", "本月", "月报（2025年12月）").months == (12, 12)


def test_beside_columns_of_other_years_alone_the_rest_is_of_none():
    assert _of("调解", "完成数", titles=("2024年", "2023年")).period == "另一年"
    assert _of("2025年", "调解", titles=("2024年计划",), firsts=("2025年",)) == Time()


def test_a_sum_of_several_years_is_no_years_figure():
    assert _of("调解", "合计", titles=("2024年", "2025年")).period == "合计"
    assert _of("合计", "调解", firsts=("2024年", "2025年", "合计")).period == "合计"
