"""The outcome of reading a cell: a value, a problem in Chinese, or nothing; what any kind of value refuses."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any, Generic, TypeVar

from fazhi.values.normalise import exact, normalise, unreadable

T = TypeVar("T")
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_LONGEST = 64  # no date, amount or count needs more characters; longer text is prose
_LARGEST_EXPONENT = 30
SHRUNK = "单元格格式把数缩小了显示，没有写单位"
_BACKWARDS = "\u202e"  # what follows it is shown from right to left: 06 as 60
_QUOTED = re.compile(r'=?"(.*)"|“(.*)”|[\'`‘’](.*)')
_STROKES = re.compile(r"[-‐-―−/\\_~─]{1,6}|/(?: ?/)+|(?:- ?)+")
_ZERO = re.compile(r"0(?:\.0+)?(?:元|万元|人|人次|件|%)?")
_NOTHING = frozenset(
    ["无", "没有", "空", "空白", "不涉及", "未涉及", "不适用", "未发现", "(无)", "n/a", "na", "null", "none", "nil"]
)


class Refused(ValueError):
    """A cell that cannot be read for certain; the message is the reason in Chinese, without what the cell holds."""


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """What a cell says: a value, a problem (Chinese, never the cell's text), or `blank`: nothing or a mark for it."""

    value: T | None
    problem: str | None = None
    blank: bool = False


def attempt(read: Callable[[], T | None]) -> Parsed[T]:
    """The outcome of `read`, which gives None for a blank or raises Refused. Its decimals are exact in any context."""
    try:
        with localcontext(_EXACT):
            value = read()
    except Refused as refusal:
        return Parsed(None, str(refusal))
    return Parsed(value, blank=value is None)


def single(cell: str) -> str:
    """The text of a cell that holds one value: normalised, quotes and Excel's apostrophe off. Refuses prose, 35² and what is shown backwards."""
    if len(cell) > 4 * _LONGEST:
        raise Refused("内容过长，看不出是哪个值")
    if not unicodedata.is_normalized("NFKC", cell) and any(unicodedata.category(char) == "No" for char in cell):
        raise Refused("含有上标、带圈等特殊数字")
    if _BACKWARDS in cell:
        raise Refused("含有使文字倒着显示的字符")
    text = normalise(cell.replace("\u00ad", "-"))
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        text = next(part for part in quoted.groups() if part is not None).strip()
    if len(text) > _LONGEST:
        raise Refused("内容过长，看不出是哪个值")
    return text


def is_nothing(text: str) -> bool:
    """True for empty text and the marks that offices put for nothing: 无, /, —, --, N/A, 不涉及."""
    return not text or text.casefold() in _NOTHING or is_stroke(text)


def is_stroke(text: str) -> bool:
    """True for a stroke or a row of them: /, —, ——, - -."""
    return _STROKES.fullmatch(text) is not None


def is_zero(cell: Any) -> bool:
    """True for 0 as a formula gives it of an empty cell, also where it is shown as a day, an hour or with a unit."""
    if isinstance(cell, date | time):
        return cell == time() or str(cell).startswith("1899-12-3")
    if isinstance(cell, str):
        return _ZERO.fullmatch(normalise(cell)) is not None
    return isinstance(cell, int | float) and cell == 0


def number_cell(cell: Any, wanted: str) -> Decimal | None:
    """The number in a number cell, None where the cell is text. Refuses every other kind, naming what was `wanted`."""
    if isinstance(cell, str):
        return None
    if unreadable(cell):
        raise Refused("单元格是错误值，或公式没有结果")
    if isinstance(cell, bool):
        raise Refused(f"写的是真假值，不是{wanted}")
    if isinstance(cell, date | time | timedelta):
        raise Refused(f"写的是日期或时间，不是{wanted}")
    value = exact(cell)
    if not value.is_finite() or value.adjusted() > _LARGEST_EXPONENT:
        raise Refused("不是确定的数")
    return value


_PARTED = re.compile(r"[0-9][ ,.]* [ ,.]*[0-9]")
_DOTTED_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_VAGUE = (
    r"约|近|左右|上下|余|多|几|数[十百千万亿]|[十百千万]来|若干|以[上下内]|不[低少高多]于|不超|至[少多]|最[多少高低]|超|逾"
    r"|[0-9十百千万]许|[?≥≤><]"
)
_WHY_NO_NUMBER = (
    (re.compile(_VAGUE), "不是确定的数"),
    (re.compile(r"待|未定|暂|另[议行]|面议|协商|预计|拟|不详|不清"), "还没有确定"),
    (re.compile(r"^[-−(△▲负]"), "是负数"),
    (re.compile(r"[0-9]e[-+]?[0-9]", re.IGNORECASE), "科学记数法丢失了位数"),
    (re.compile(r"^[12][0-9]{3}[-./年][0-9]{1,2}[-./月]"), "像是日期"),
    (re.compile(r"[0-9一二三四五六七八九十百千万][元人件次个]*[-~至到‐-―]"), "写的是范围"),
    (re.compile(r"[+加、;]|[0-9]/"), "写了不止一个数"),
    (re.compile(r"%|分之|成"), "写的是百分比"),
)


def why_no_number(text: str) -> str:
    """The likeliest reason why `text` is no certain number, for the office to read."""
    return next((reason for pattern, reason in _WHY_NO_NUMBER if pattern.search(text)), "看不出是多少")


def joined(text: str) -> str:
    """`text` without white space. Refuses 3000 5000: a space between digits parts two numbers, or breaks one."""
    if _PARTED.search(text):
        raise Refused("数字中间有空格或换行，可能是两个数")
    return text.replace(" ", "")


def refuse_dotted_thousands(text: str) -> None:
    """Refuses 35.000, which is thirty-five or thirty-five thousand."""
    if _DOTTED_THOUSANDS.fullmatch(text):
        raise Refused("小数点后有三位，可能是千位分隔")
