"""Columns of cells read: each distinct cell once, and never one for another that only equals it."""

from datetime import date
from decimal import Decimal

from fazhi.cleaning.cells import Context, Value, read_column, reader
from fazhi.dictionary.models import Column


def read(kind: str, cells: list, firsts: list | None = None) -> list[Value]:
    column = Column(label="列", kind=kind, description="一列")
    return read_column(reader(column, Context(year=2025)), cells, firsts)


def test_equal_cells_are_read_once():
    asked = []
    read_column(lambda cell: asked.append(cell) or Value(cell), ["甲", "乙", "甲", None, None])
    assert sorted(asked, key=str) == [None, "乙", "甲"]


def test_a_truth_value_is_not_the_number_that_it_equals():
    one, true, again, number = read("count", [1, True, 1, 1.0])
    assert (one.value, again.value, number.value) == (1, 1, 1)
    assert true.fault


def test_a_day_without_its_year_is_read_beside_the_rows_first_date():
    firsts = [date(2025, 11, 3), date(2025, 1, 9), date(2025, 11, 3)]
    days = [value.value for value in read("date", ["1月5日", "1月20日", "2025-12-01"], firsts)]
    assert days == [date(2026, 1, 5), date(2025, 1, 20), date(2025, 12, 1)]


def test_whole_yuan_are_the_same_as_number_and_as_text():
    values = read("money", [3500, "3500", 3500.0, -3])
    assert [value.value for value in values[:3]] == [Decimal("3500.00")] * 3
    assert values[3].fault == "是负数"


def test_codes_are_upper_case_without_gaps():
    assert [value.value for value in read("identity", ["50010719000101001x", "500107 19000101-001X", "无 号"])] == [
        "50010719000101001X", "50010719000101001X", "无号",
    ]  # fmt: skip
