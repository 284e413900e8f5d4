"""A PDF's tables: cells are kept apart by the gaps between them, and a row with a blank cell is held against nothing."""

from fazhi.checking.reading.pdf_text import _page, certain_rows, joined_lines
from fazhi.checking.reading.tables import tables_in


class Page:
    """A page of characters ten wide and ten high, each blank as wide as it is told."""

    def __init__(self, text: str, blanks: list[float]) -> None:
        self.text, self.boxes, at, wide = text, [], 0.0, iter(blanks)
        for char in text:
            width = next(wide) if char == " " else 10.0
            self.boxes.append((at, 0.0, at + width, 10.0))
            at += width

    def count_chars(self) -> int:
        return len(self.text)

    def get_text_range(self, start: int, count: int) -> str:
        return self.text[start : start + count]

    def get_charbox(self, at: int) -> tuple[float, float, float, float]:
        return self.boxes[at]


def test_a_wide_gap_parts_two_cells_and_a_narrow_one_two_words():
    assert _page(Page("应急演练 14 场", [30.0, 3.0])) == "应急演练\t14 场"


def test_rows_of_a_table_are_not_joined_as_lines_of_a_paragraph():
    rows = "调解矛盾纠纷（含人民调解和行政调解）\t件\t125\t118\n执法检查\t家次\t371\t352\n"
    assert joined_lines(rows) == rows


def test_only_rows_as_long_as_the_titles_stand_in_cells():
    text = "事项\t2025年\t2024年\n应急演练（场）\t14\t12\n调解纠纷（件）\t118\n执法检查（家次）\t371\t352"
    (table,) = certain_rows(tables_in(text))
    assert [len(row) for row in table] == [3, 3, 1, 3]
    (headless,) = certain_rows(tables_in("应急演练（场）\t14\t12\n执法检查（家次）\t371\t352"))
    assert {len(row) for row in headless} == {1}
