"""Whether the text that the writer's own program displayed of a number agrees with what its format makes of it."""

import re

from fazhi.intake.model import Cell, Position, Rows

# Digits, points, signs, brackets of accountants, exponents, the yuan's sign, overflow.
_SAYS_NOTHING = re.compile(r"""[\d\s.,，+\-−()（）¥￥'"’/#]|(?<=\d)E(?=[+-]?\d)""")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ROUNDED = (0.4, 2.5)  # 0.6 displayed as 1, 2.4 as 2; beyond, it is another scale


def displayed_otherwise(rows: Rows, displayed: dict[Position, str]) -> list[Position]:
    """Places of numbers, read as shown, whose displayed text has other words or another scale. A bare one says nothing of words."""
    return sorted(
        (row, column)
        for (row, column), text in displayed.items()
        if row <= len(rows) and column <= len(rows[row - 1]) and _differ(rows[row - 1][column - 1], text)
    )


def _differ(cell: Cell, text: str) -> bool:
    number = _NUMBER.search(text)
    if number is None or not isinstance(cell, str | int | float):
        return False  # numerals of another script, an icon, a date
    said = cell if isinstance(cell, str) else ""
    words = _SAYS_NOTHING.sub("", text)
    if words and words != _SAYS_NOTHING.sub("", said):
        return True
    own = _NUMBER.search(said) if isinstance(cell, str) else None
    value = abs(float(own[0].replace(",", "")) if own else 0.0 if isinstance(cell, str) else cell)
    shown = float(number[0].replace(",", ""))
    is_comparable = value >= 0.5 and shown > 0 and not re.search(r"\dE|/", text)
    return is_comparable and bool(words or not said) and not _ROUNDED[0] < shown / value < _ROUNDED[1]
