"""Cells to values: counts, numbers, yes/no; and the one door to what the sibling modules read.

What is certain is read. What two careful clerks could read differently is refused with a reason.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fazhi.dates import parse_date
from fazhi.money import money_unit, parse_money
from fazhi.numerals import read_numeral
from fazhi.written import (
    Parsed,
    Refused,
    attempt,
    compact,
    is_nothing,
    is_stroke,
    joined,
    normalise,
    number_cell,
    refuse_dotted_thousands,
    single,
    unreadable,
    why_no_number,
)

__all__ = [
    "MEASURE_WORDS",
    "Parsed",
    "compact",
    "money_unit",
    "normalise",
    "parse_bool",
    "parse_count",
    "parse_date",
    "parse_money",
    "parse_number",
    "unreadable",
]

_LARGEST_COUNT = 10**9  # above it stand phone and identity numbers in the wrong column


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEASURE_WORDS = _words(
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
    """A whole number from 0, with or without a measure word; 1.2万人次 is 12000."""
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


def parse_number(cell: Any) -> Parsed[Decimal]:
    """A score or a target: any number, with or without 分 or a measure word. 98% is refused: 98 or 0.98 is not said."""
    return attempt(lambda: _quantity(cell, "数", MEASURE_WORDS | {"分"}, signed=True))


def _quantity(cell: Any, wanted: str, measure_words: Iterable[str], signed: bool = False) -> Decimal | None:
    """The number in a cell, None when it is blank."""
    number = None if cell is None else number_cell(cell, wanted)
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


_YES = _words("是 是的 对 对的 有 已 已经 真 √ ✓ ✔ ☑ ✅ 🗹 v y yes t true 1 编内")
_NO = _words("否 不是 不是的 不对 错 无 没 没有 未 不 假 × ✕ ✖ ✗ ✘ ❌ ╳ ☐ □ x n no f false 0 编外")
_NOT_SAID = _words("空 空白 n/a na null none ()")
# What can be done or be so. 缴清 and 到位 stand apart: 未缴清 may be half paid.
_STATES = (
    "完成|办结|办理|办好|结案|缴纳?|缴费|缴款|收缴|交纳?|支?付|通过|合格|及格|达标|在编|参加|参训|参与|培训|开展|进行|组织|实施"
    "|落实|解决|整改|评估|论证|审查|公示|公开|征求(?:意见)?|取得|做|讨论|集体讨论|集体决定|听证|审核|执行|履行|回复|答复|反馈|销号|化解|处理|处置"
    "|重大"
)
_ENDED = "缴清|交清|付清|结清|(?:整改|落实|执行|履行)?到位"
_BARE = f"完成|办结|结案|通过|合格|及格|达标|在编|参加|参训|重大|{_ENDED}"  # 缴纳 alone may be a heading or a demand
_ADVERBS = "全部|均|都|全|按时|按期|如期|及时"
_END = "(?:了|的|过)?(?:人员)?"
_DENIED = re.compile(f"(?:还|尚|并)?(?:未|没有|没|不是|不|非|无)(?:曾)?(?:{_STATES}){_END}")
_AFFIRMED = re.compile(
    f"(?:已经|已|有|是)(?:{_ADVERBS})*(?:{_STATES}|{_ENDED})(?:完毕)?{_END}|(?:{_ADVERBS})*(?:{_BARE}){_END}"
)
_MARK = "[☑☐□■√✓✔×]"
_FORM = re.compile(
    f"(?P<yes>{_MARK})(?:是|有)[/|、]?(?P<no>{_MARK}?)(?:否|无)|(?:是|有)(?P<yes_>{_MARK}?)[/|、]?(?:否|无)(?P<no_>{_MARK})"
)
_TICKS = frozenset("☑■√✓✔")


def parse_bool(cell: Any) -> Parsed[bool]:
    """Yes or no. A negation wins (未办结), several statements must agree (是(已缴纳)), 部分 and 办理中 are neither."""
    return attempt(lambda: _truth(cell))


def _truth(cell: Any) -> bool | None:
    if cell is None or isinstance(cell, bool):
        return cell
    number = number_cell(cell, "是或否")
    text = compact(single(cell)) if number is None else str(number.normalize())
    text = re.sub(r"(?<=^[01])\.0+$|[。.,;、!]+$", "", text)
    if not text or text in _NOT_SAID or (text not in _NO and is_stroke(text)):
        return None
    said = _ticked(text)
    if said is None:
        said = _agreed([part for part in re.split(r"[,;。()【】]", text) if part])
    if said is None:
        raise Refused("看不出是“是”还是“否”")
    return said


def _ticked(text: str) -> bool | None:
    """A printed form with both answers and one tick: ☑是☐否, 是□否√."""
    form = _FORM.fullmatch(text)
    if not form:
        return None
    marks = form.groupdict("")
    yes, no = marks["yes"] + marks["yes_"] in _TICKS, marks["no"] + marks["no_"] in _TICKS
    return yes if yes != no else None


def _agreed(parts: list[str]) -> bool | None:
    said = {_statement(part) for part in parts}
    return said.pop() if len(said) == 1 else None


def _statement(text: str) -> bool | None:
    if text in _YES or _AFFIRMED.fullmatch(text):
        return True
    return False if text in _NO or _DENIED.fullmatch(text) else None
