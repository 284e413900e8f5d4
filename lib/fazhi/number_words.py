"""How figures are written: pure functions from a number to the words a reader sees.

The rules are those of town reports and of GB/T 15835; every function keeps what it prints true of the exact value.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

Number = int | float | Decimal

WAN = 10_000
SMALL_BASE = 10
_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")


def exact(value: Number) -> Decimal:
    """`value` as the decimal it prints as; a number that is none (nan, infinity) is refused."""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"不是数：{value}")
    return number


def said(value: object) -> str:
    """A cell's value as a reader sees it: yes and no as 是 and 否, anything else as it is.

    >>> said(True), said(12)
    ('是', '12')
    """
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def half_up(value: Number, decimals: int = 0) -> Decimal:
    """`value` rounded to `decimals`, a half away from zero."""
    return exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def digits(value: Number) -> str:
    """`value` in plain Arabic digits, no exponent, zeros behind the point cut."""
    text = f"{exact(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: Number, unit: str = "", decimals: int = 0) -> str:
    """An exact quantity with its measure word: `136件次`."""
    return digits(half_up(value, decimals)) + unit


def floor(value: Number, unit: str = "") -> str:
    """A quantity as a floor, round and small ones exactly: what is printed is true of the exact value.

    >>> floor(1327, "人次"), floor(13270, "人次"), floor(1300, "人次"), floor(87, "件")
    ('1300余人次', '1.3万余人次', '1300人次', '87件')
    """
    number, step = exact(value), _step(exact(value))
    bound = _stepped(number, step, ROUND_DOWN)
    return _scaled(bound) + ("" if bound == number else "余") + unit


def over(value: Number, unit: str = "") -> str:
    """The same floor written with 超: 3042 → `超3000人次`."""
    number, step = exact(value), _step(exact(value))
    bound = _stepped(number, step, ROUND_DOWN)
    return ("" if bound == number else "超") + _scaled(bound) + unit


def near(value: Number, unit: str = "") -> str:
    """The round number just above, written with 近: 2960 → `近3000人次`."""
    number, step = exact(value), _step(exact(value))
    bound = _stepped(number, step, ROUND_UP)
    return ("" if bound == number else "近") + _scaled(bound) + unit


def wan(value: Number, unit: str = "") -> str:
    """A large count in 万, one decimal, half up: 13270 → `1.3万人次`; below ten thousand the exact count."""
    return count(exact(value) / WAN, "万" + unit, 1) if abs(exact(value)) >= WAN else count(value, unit)


def money(yuan: Number) -> str:
    """Yuan as 万元, two decimals half up, zeros cut: 6393300 → `639.33万元`; under 10,000 in yuan, so that nothing is rounded away."""
    return count(exact(yuan) / WAN, "万元", 2) if abs(exact(yuan)) >= WAN else count(yuan, "元", 2)


def percent(share: Number, decimals: int = 1) -> str:
    """A share (1 = all) as a percentage, half up; decimals are added where it would falsely read 100% or 0%.

    >>> percent(0.9437), percent(0.9999), percent(1)
    ('94.4%', '99.99%', '100%')
    """
    value = exact(share) * 100
    shown = half_up(value, decimals)
    while shown != value and shown in (0, 100):
        decimals += 1
        shown = half_up(value, decimals)
    return digits(shown) + "%"


def rate(share: Number) -> str:
    """A share (1 = all) as tables show it, one decimal, half up.

    >>> rate(0.5), rate(0.9445)
    ('50.0%', '94.5%')
    """
    return f"{half_up(exact(share) * 100, 1)}%"


def signed(change: Number, unit: str = "%") -> str:
    """A change with its sign, one decimal, half up; 持平 only where nothing changed.

    Parameters
    ----------
    change
        Relative to the earlier value: 0.125 is a rise by 12.5 %.
    unit
        Written behind it.

    >>> signed(0.125), signed(-0.04), signed(0)
    ('+12.5%', '-4.0%', '持平')
    """
    if not change:
        return "持平"
    return f"{'+' if change > 0 else '-'}{half_up(_true(abs(exact(change)) * 100), 1)}{unit}"


def amount(value: Number) -> str:
    """A number with thousands apart, at most two decimals, half up.

    >>> amount(1234.5), amount(6393300)
    ('1,234.5', '6,393,300')
    """
    text = f"{half_up(value, 2):,}"
    return text.rstrip("0").rstrip(".")


def shown_exactly(value: Number, unit: str) -> str:
    """A figure as nearly as it can be read, for those who compare two of them.

    >>> shown_exactly(6393300, "元"), shown_exactly(0.94444, "%")
    ('6,393,300元', '94.44%')
    """
    return percent(value, 2) if unit == "%" else amount(value) + unit


def is_small_base(previous: Number | None) -> bool:
    """Whether a percentage of it says more than there is: under ten, one more is over ten percent."""
    return previous is not None and 0 < abs(exact(previous)) < SMALL_BASE


def growth(value: Number, previous: Number | None, unit: str = "") -> str:
    """Change against last year, whole percent half up; of a base under ten that has a measure word, the difference.

    Parameters
    ----------
    value, previous
        This year's and last year's count or sum, in the same unit; None where there is no last year.
    unit
        The measure word.

    Returns
    -------
    str
        增长23%, 下降8%, 增加3件, 减少3件, 持平, 基本持平 (less than half a percent); empty without a base to divide by.

    >>> growth(123, 100), growth(92, 100), growth(1001, 1000), growth(5, 0), growth(7, 4, "件")
    ('增长23%', '下降8%', '基本持平', '', '增加3件')
    """
    if previous is None or (not exact(previous) and exact(value)):
        return ""
    now, before = exact(value), exact(previous)
    if now == before:
        return "持平"
    if unit and is_small_base(before):
        return ("增加" if now > before else "减少") + count(abs(now - before), unit, 2)
    share = abs(now - before) / abs(before)
    if half_up(share * 100) == 0:
        return "基本持平"
    return "增长" + digits(half_up(share * 100)) + "%" if now > before else "下降" + percent(share, 0)


def compared(value: Number, previous: Number | None, previous_year: int, unit: str = "") -> str:
    """The whole phrase: `较2024年增长23%`, `与2024年持平`, `上年无数据，不作比较`; no percentage of zero."""
    return _phrase(growth(value, previous, unit), previous, previous_year)


def points(share: Number, previous: Number | None, decimals: int = 1) -> str:
    """Change of a rate in percentage points, half up: `提高1.2个百分点`, `下降…`, `持平`; empty without a base."""
    if previous is None:
        return ""
    difference = _true((exact(share) - exact(previous)) * 100)
    shown = half_up(abs(difference), decimals)
    if not difference:
        return "持平"
    if not shown:
        return "基本持平"
    return ("提高" if difference > 0 else "下降") + digits(shown) + "个百分点"


def compared_rate(share: Number, previous: Number | None, previous_year: int, decimals: int = 1) -> str:
    """The whole phrase for a rate: `较2024年提高1.2个百分点`."""
    return _phrase(points(share, previous, decimals), previous, previous_year)


def span(low: Number, high: Number, unit: str = "") -> str:
    """A range, its unit repeated (GB/T 15835): `15%~30%`."""
    return f"{digits(low)}{unit}~{digits(high)}{unit}"


def day(value: date) -> str:
    """A date as official papers write it: `2026年1月9日`."""
    return f"{value.year}年{value.month}月{value.day}日"


def listing(items: Iterable[str]) -> str:
    """`甲、乙和丙`."""
    *head, last = list(items) or [""]
    return "、".join(head) + ("和" if head else "") + last


def ordinal(number: int) -> str:
    """1–99 in Chinese numerals, for heads: 11 → `十一`."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def full_width(text: str) -> str:
    """Half-width punctuation made full-width, straight quotes paired, one character for one; `1,234`, `12:30` stay."""
    quotes = iter("“”" * (text.count('"') // 2))
    wide = []
    for place, char in enumerate(text):
        between = text[max(place - 1, 0) : place + 2]
        if char in "()" or (char in ",;:?!" and not re.fullmatch(r"[0-9A-Za-z].[0-9A-Za-z/]", between)):
            char = char.translate(_WIDE)
        wide.append(next(quotes, char) if char == '"' else char)
    return "".join(wide)


def _phrase(words: str, previous: Number | None, previous_year: int) -> str:
    if previous is None:
        return "上年无数据，不作比较"
    if not words:
        return f"{previous_year}年为零，不作比较"
    return f"{'与' if words.endswith('持平') else '较'}{previous_year}年{words}"


def _true(value: Decimal) -> Decimal:
    """What a difference of two shares is: 103/309 - 47/240 is 13.75 points, of floats 13.749999999999997."""
    return half_up(value, 9)


def _step(number: Decimal) -> Decimal:
    """How coarse a floor may be: thousands from 万 on, hundreds, tens; the coarsest that loses less than a tenth."""
    sizes = (1000, 100, 10) if number >= WAN else (100, 10)
    fitting = (size for size in sizes if number >= 100 and number % size < number / 10)
    return Decimal(next(fitting, 1))


def _stepped(number: Decimal, step: Decimal, rounding: str) -> Decimal:
    return number if step == 1 else (number / step).quantize(Decimal(1), rounding=rounding) * step


def _scaled(number: Decimal) -> str:
    return digits(number / WAN) + "万" if number >= WAN else digits(number)
