"""Changed rows are counted from fingerprints that tell nothing without the key."""

import re

from fazhi.privacy.row_fingerprints import changed_rows, fingerprint_rows
from fazhi.recognition.surveyor import Source
from made.sheets import make_file, make_sheet

KEY = b"k" * 32
ROWS = [["姓名", "电话"], ["欧阳青禾", "13800000000"], [None, ""], ["丙某", None]]


def prints(*rows, key=KEY):
    return fingerprint_rows([Source(make_file("a.xlsx", make_sheet(list(rows))), [])], key)["a.xlsx"]


def test_rows_edited_added_and_taken_away_are_counted():
    assert changed_rows(prints(*ROWS), prints(*ROWS)) == 0
    assert changed_rows(prints(*ROWS), prints(*reversed(ROWS))) == 0
    assert changed_rows(prints(*ROWS), prints(*ROWS[:3], ["丙某", "1"])) == 1
    assert changed_rows(prints(*ROWS), prints(*ROWS, ROWS[1], ["丁某"])) == 2
    assert changed_rows(prints(*ROWS), prints(ROWS[0])) == 2
    assert changed_rows(prints(*ROWS), {}) == 3


def test_blank_cells_at_the_end_of_a_row_are_no_change():
    assert prints(["丙某"]) == prints(["丙某", None, ""])


def test_nothing_can_be_read_or_guessed_from_them():
    (sheet,) = prints(*ROWS).values()
    assert all(re.fullmatch("[a-p]{10}", text) for text in sheet)
    assert not set(sheet) & set(prints(*ROWS, key=b"l" * 32)["Sheet1"])
