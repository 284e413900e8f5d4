"""What is made of a sheet's rows once: its columns, what stands in them, how full its rows are."""

import pickle

from fazhi.intake import RawSheet

ROWS = [["日期", "姓名", "件数"], ["2025-03-05", "甲某"], [], ["同上", "A12", 3, "余"], ["2025-03-05", "", None, "余"]]


def sheet() -> RawSheet:
    return RawSheet("表", [list(row) for row in ROWS])


def test_a_column_is_as_long_as_the_sheet_whatever_the_length_of_its_rows():
    assert sheet().column(2) == ["件数", None, None, 3, None]
    assert sheet().column(3, 2) == [None, "余", "余"]
    assert sheet().column(9) == [None] * 5


def test_each_column_knows_what_stands_in_it_once():
    assert set(sheet().distinct_in(0)) == {"日期", "2025-03-05", "同上"}
    assert len(sheet().distinct_in(0)) == 3
    assert set(sheet().distinct_in(2)) == {"件数", 3, None}
    assert sheet().distinct_in(4) == ()


def test_texts_are_what_is_no_plain_code():
    assert set(sheet().texts_in(0)) == {"日期", "2025-03-05", "同上"}  # a date is no code: it has strokes
    assert set(sheet().texts_in(1)) == {"姓名", "甲某", ""}
    assert sheet().texts_in(2) == ["件数"]
    assert sheet().texts_in(4) == ()


def test_rows_know_how_many_of_their_cells_hold_something():
    assert sheet().filled == [3, 2, 0, 4, 2]


def test_what_is_made_of_the_rows_does_not_go_with_the_sheet():
    read = sheet()
    plain = pickle.dumps(read)
    read.column(0), read.distinct, read.texts, read.filled
    assert pickle.dumps(read) == plain
    assert pickle.loads(plain) == read
