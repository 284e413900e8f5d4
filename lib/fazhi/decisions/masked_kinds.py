"""What the cells of a column look like, in a word: enough to tell what it is, and nothing that stands in it."""

import re
from collections import Counter
from collections.abc import Sequence

from fazhi.intake import Cell
from fazhi.values.counts import parse_number
from fazhi.values.dates import parse_date
from fazhi.values.money import parse_money
from fazhi.values.normalise import is_ditto, normalise
from fazhi.values.yes_no import parse_bool

_PATTERNS = (
    ("证件号样", re.compile(r"\d{17}[\dXx]|\d{15}|[A-Z]\d{8}")),
    ("信用代码样", re.compile(r"[0-9A-Z]{18}")),
    ("电话样", re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")),
    ("文号样", re.compile(r".*[〔\[(（]?(?:19|20)\d\d[〕\])）]?\D{0,4}\d+号")),
    ("地名样", re.compile(r"[\u4e00-\u9fff]{1,12}(?:村|社区|居委会|镇|乡|街道|[组号])")),
    ("姓名样", re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、,，;；][\u4e00-\u9fff·]{2,4})*")),
)
_FEW = 8  # different texts at most, for a column of a few that come again and again
_SHORT, _LONG = 12, 30


def masked_kind(cells: Sequence[Cell]) -> str:
    """The kind of most of the cells: 日期, 数字, 姓名样, 几种取值 …; 空 where nothing is filled in."""
    filled = [cell for cell in cells if cell is not None and normalise(cell) and not is_ditto(normalise(cell))]
    if not filled:
        return "空"
    texts = [normalise(cell) for cell in filled]
    if len(set(texts)) <= min(_FEW, len(texts) // 2) and all(_is_wordy(text) for text in texts):
        return "是否" if all(parse_bool(text).value is not None for text in texts) else f"{len(set(texts))} 种取值"
    return Counter(map(_kind, filled)).most_common(1)[0][0]


def _is_wordy(text: str) -> bool:
    return len(text) <= _SHORT and not re.search(r"\d", text)


def _kind(cell: Cell) -> str:
    text = normalise(cell)
    coded = next((kind for kind, pattern in _PATTERNS[:3] if pattern.fullmatch(text)), None)
    if coded is not None:
        return coded
    if parse_number(cell).value is not None and not re.search(r"[-/.年月]\d+[-/.月]", text):
        return "数字"
    if parse_date(cell, year=2000).value is not None:
        return "日期"
    if parse_bool(cell).value is not None:
        return "是否"
    if parse_money(cell).value is not None:
        return "金额"
    named = next((kind for kind, pattern in _PATTERNS[3:] if pattern.fullmatch(text)), None)
    return named or ("长文字" if len(text) > _LONG else "文字")
