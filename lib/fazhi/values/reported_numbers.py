"""A figure as an office reports it, in words that say its unit: `479件次`, `2.95万元`, `95%`, `19/20`; and the months it is of."""

import re
from dataclasses import dataclass
from decimal import Decimal

from fazhi.values.normalise import normalise

_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(十|百|千|万|百万|千万|亿)?([^0-9]*)")
_PARTS = re.compile(r"([0-9]+)/([0-9]+)")
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}
# Measure words that count the same thing.
_ALIKE = (
    frozenset("件宗起例桩"),
    frozenset(("场", "次", "场次", "回")),
    frozenset(("个", "家", "所", "处")),
    frozenset("人名位"),
)
_MONTH = re.compile(r"([0-9]{1,2})月份?")
_MONTHS = re.compile(r"([0-9]{1,2})月?[-—~至到]([0-9]{1,2})月份?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度?")
_WHOLE_YEAR = frozenset(range(1, 13))


@dataclass(frozen=True)
class ReportedNumber:
    """A number in its indicator's unit (a rate is 0–1), what its last digit is worth, and what a rate was divided by."""

    value: Decimal
    precision: Decimal
    parts: tuple[int, int] | None = None


def reported_number(text: str, unit: str) -> ReportedNumber | str:
    """The number written in `text` for an indicator in `unit`; else why it is none, for the analyst."""
    plain = normalise(text).replace(" ", "")
    if unit == "%":
        return _rate(plain)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return f"“{text[:20]}”不是一个确定的数"
    digits, scale, measure = match[1].replace(",", ""), match[2] or "", match[3]
    if measure and measure != unit and not any({measure, unit} <= alike for alike in _ALIKE):
        return f"写的单位是“{measure[:8]}”，这个指标的单位是“{unit}”；口径相同的，只写数字即可"
    precision = _last_digit(digits) * _SCALES[scale]
    value = Decimal(digits) * _SCALES[scale]
    if unit != "元" and value != value.to_integral_value():
        return f"“{text[:20]}”不是整数"
    return ReportedNumber(value, precision)


def _rate(plain: str) -> ReportedNumber | str:
    if parts := _PARTS.fullmatch(plain):
        above, below = int(parts[1]), int(parts[2])
        if not below or above > below:
            return f"“{plain[:20]}”应为部分比全部，如 19/20"
        return ReportedNumber(Decimal(above) / below, Decimal(0), (above, below))
    digits = plain.removesuffix("%")
    match = _NUMBER.fullmatch(digits)
    if match is None or digits == plain or match[2] or match[3]:
        return f"“{plain[:20]}”应写成百分数或分数，如 95%、19/20"
    if Decimal(match[1]) > 100:
        return f"“{plain[:20]}”超过 100%"
    return ReportedNumber(Decimal(match[1]) / 100, _last_digit(match[1]) / 100)


def _last_digit(digits: str) -> Decimal:
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def numbers_in(cell: object) -> set[Decimal]:
    """Every number that a cell holds, as it is written there."""
    return {Decimal(found.replace(",", "")) for found in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", normalise(cell))}


def months_of(text: str) -> frozenset[int] | None:
    """The months that a period names (3月, 一季度, 上半年, 1—6月); all where it is empty or 全年; None where it is none.

    >>> sorted(months_of("二季度")), months_of("某时")
    ([4, 5, 6], None)
    """
    plain = re.sub(r"^20[0-9]{2}年度?", "", normalise(text).replace(" ", ""))
    if plain in ("", "全年", "年度", "1-12月"):
        return _WHOLE_YEAR
    if plain in ("上半年", "下半年"):
        return frozenset(range(1, 7) if plain == "上半年" else range(7, 13))
    if quarter := _QUARTER.fullmatch(plain):
        first = 3 * ("一二三四1234".index(quarter[1]) % 4) + 1
        return frozenset(range(first, first + 3))
    if span := _MONTHS.fullmatch(plain):
        months = frozenset(range(int(span[1]), int(span[2]) + 1))
    else:
        month = _MONTH.fullmatch(plain)
        months = frozenset([int(month[1])] if month else [])
    return months if months and months <= _WHOLE_YEAR else None
