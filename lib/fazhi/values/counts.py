"""Counts and other numbers in cells.

What is certain is read. What two careful clerks could read differently is refused with a reason.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fazhi.intake import ShrunkNumber
from fazhi.values.numerals import read_numeral
from fazhi.values.parsed import (
    SHRUNK,
    Parsed,
    Refused,
    attempt,
    is_nothing,
    joined,
    number_cell,
    refuse_dotted_thousands,
    single,
    why_no_number,
)

_LARGEST_COUNT = 10**9  # above it stand phone and identity numbers in the wrong column


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEASURE_WORDS = words(
    "人 人次 人份 名 位 员 户 户次 家 家次 家庭 件 件次 张 份 条 条次 个 起 次 频次 场 场次 处 项 项次 宗 例 笔 本 册"
    " 册次 卷 套 批 批次 期 组 支 队 队次 辆 车次 台 部 篇 幅 块 面 只 根 盏 堂 课 课时 节 班 班次 轮 届 站 点 点位"
    " 案 所 座 栋 间 村 页 枚 单 令 封 通 段 则 把 具 盒 袋 包"
)


def _measured(text: str, measure_words: Iterable[str]) -> Decimal | None:
    """The number in `60`, `60人次`, `60(人)`, `60人/次`, `共六十件`."""
    text = re.sub(r"^(?:共计|合计|共)(?=.)", "", text).rstrip("。.,;:、")
    value = read_numeral(text, alone=True)
    if value is not None:
        return value
    bare = re.sub(r"\(([^()0-9]*)\)$", r"\1", text)
    bare = re.sub(r"/次$", "次", bare)
    fitting = [word for word in measure_words if word and bare.endswith(word)]
    numbers = (read_numeral(bare[: -len(word)], alone=False) for word in sorted(fitting, key=len, reverse=True))
    return next((number for number in numbers if number is not None), None)


def parse_count(cell: Any, *, measure_words: Iterable[str] = MEASURE_WORDS) -> Parsed[int]:
    """A whole number from 0, with or without a measure word.

    Parameters
    ----------
    cell
        The cell as it was read.
    measure_words
        Words that may follow the number.

    Returns
    -------
    Parsed[int]
        `value` (None for an empty cell), or a `problem`, in Chinese, where it is no count for certain.

    >>> parse_count("1.2万人次").value, parse_count("共六十件").value, parse_count("").value
    (12000, 60, None)
    >>> parse_count("3、5").problem
    '写了不止一个数'
    """
    return attempt(lambda: _count(cell, measure_words))


def _count(cell: Any, measure_words: Iterable[str]) -> int | None:
    value = _quantity(cell, "数量", measure_words)
    if value is None:
        return None
    if value < 0:
        raise Refused("是负数")
    if value > _LARGEST_COUNT:
        raise Refused("数目过大，不像数量")
    if value != value.to_integral_value():
        raise Refused("不是整数")
    return int(value)


def parse_number(cell: Any, *, beside_unit: bool = False) -> Parsed[Decimal]:
    """A score or a target: any number, with or without 分 or a measure word.

    98% is refused: 98 or 0.98 is not said. `beside_unit`: a unit stands in a column of its own, so it is 98 (of %).
    """
    if beside_unit and isinstance(cell, str):
        cell = re.sub(r"(?<=[0-9])\s*[%％]\s*$", "", cell)
    return attempt(lambda: _quantity(cell, "数", MEASURE_WORDS | {"分"}, signed=True))


def _quantity(cell: Any, wanted: str, measure_words: Iterable[str], signed: bool = False) -> Decimal | None:
    """The number in a cell, None when it is blank."""
    number = None if cell is None else number_cell(cell, wanted)
    if isinstance(cell, ShrunkNumber):
        raise Refused(SHRUNK)
    if number is not None or cell is None:
        return number
    text = single(cell)
    if is_nothing(text):
        return None
    text = joined(text)
    if not signed:
        refuse_dotted_thousands(text.rstrip("".join(measure_words)))
    sign = -1 if signed and re.match(r"[-−][0-9.]", text) else 1
    value = _measured(text[1:] if sign < 0 else text, measure_words)
    if value is None:
        raise Refused(why_no_number(text))
    return value * sign
