"""Dates as offices write them. Two readings, half a date, a span or a word of doubt are refused with the reason."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from fazhi.values.normalise import exact, unreadable
from fazhi.values.numerals import read_numeral, unify
from fazhi.values.parsed import Parsed, Refused, attempt, is_nothing, single

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIAL_ZERO = date(1899, 12, 30)  # Excel's day 0 of the 1900 system, right from 1900-03-01 on
_SERIAL_YEARS = 15  # a serial further off is a number that strayed into the column
_SHORT_YEARS = (-10, 1)  # 25.3.5 is read when its year lands within these of the ledger's
_CHINA_TIME = 8 * 60
_DAYS_TO_1904 = 1462
# Midnight in Shanghai as an exporter writes it that takes the zone's offset of 1900, +8:05:43, for that of today.
_SHORT_OF_MIDNIGHT = time(23, 59, 17)

_N = "零一二三四五六七八九十"
_CHINESE_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_ARABIC_DIGITS = str.maketrans("零一二三四五六七八九", "0123456789")
_YEAR = rf"(?P<y>[0-9]{{4}}|[0-9]{{2}}|[0-9{_N}两千]{{2,8}})"
_MONTH = rf"(?P<m>[0-9]{{1,2}}|[0{_N}]{{1,4}}|元)"
_DAY = rf"(?P<d>[0-9]{{1,2}}|[0{_N}]{{1,4}})"
_FULL = re.compile(rf"{_YEAR}(?P<s>[年./, -]){_MONTH}(?P<t>[./, -]|月份?){_DAY}(?P<u>[日号]?)(?P<rest>.*)")
_PACKED = re.compile(r"(?P<y>[0-9]{4})[./-]?(?P<m>[0-9]{2})[./-]?(?P<d>[0-9]{2})(?P<u>)(?P<rest>(?:[ t(].*)?)")
_YEAR_LAST = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<s>[./-])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4}|[0-9]{2})(?P<u>)(?P<rest>(?:[ t(].*)?)"
)
_MONTH_DAY = re.compile(rf"{_MONTH}(?P<s>月)份?{_DAY}(?P<u>[日号]?)(?P<rest>.*)")
_SHORT = re.compile(r"(?P<m>[0-9]{1,2})(?P<s>[./-])(?P<d>[0-9]{1,2})(?P<u>)(?P<rest>(?:[ (].*)?)")
_NUMBER = re.compile(r"[0-9]{5,14}(?:\.[0-9]+)?")
_CLOCK_DIGITS = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?")

_HOUR, _SIXTY = r"(?:[01]?[0-9]|2[0-4])", r"[0-5]?[0-9]"
_HALF = r"(?:[ap]\.?m\.?)"
_PERIOD = rf"(?:上午|下午|中午|凌晨|早上|晚上|晚|{_HALF})"
_CLOCK = (
    rf"(?:{_HOUR}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{{1,9}})?)?(?: ?{_HALF})?"
    rf"|(?:{_HOUR}|[{_N}两]{{1,3}})[时点](?:半|整|钟|[一三]刻|(?:{_SIXTY}|[{_N}]{{1,3}})分?(?:{_SIXTY}秒)?)?)"
)
_TIME = rf"{_PERIOD}? ?{_CLOCK}(?: ?[-~至到] ?{_PERIOD}? ?{_CLOCK})?许?"
_WEEKDAY = r"(?:星期|礼拜|周)[一二三四五六日天1-7]"
_GROUP = rf"(?:{_WEEKDAY}|{_TIME}|{_PERIOD}|全天)"
_ZONE = r"(?P<zone>z|(?<=[0-9])[+-][0-9]{2}:?[0-9]{2})"
_REST = re.compile(rf"(?:[ ,t]?(?:{_GROUP}|\({_GROUP}(?:[ ,]?{_GROUP})?\))){{0,4}}(?: ?{_ZONE})?")
_LETTER_NOUGHTS = re.compile(r"(?<![a-zа-яα-ω])[oоο]+(?![a-zа-яα-ω])")  # 二OO五, 2O25; Latin, Cyrillic, Greek
_SAME: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[‐-―−─]+"), "-"),
    (re.compile(r"[·•。]"), "."),
    (re.compile(r"[\\∕⁄]"), "/"),
    (re.compile("、"), ","),
    (re.compile("號"), "号"),
    (_LETTER_NOUGHTS, lambda letters: "0" * len(letters[0])),
    (re.compile(r" ?([年月日号./,-]) ?"), r"\1"),
    (re.compile(r"([-./,])\1"), r"\1"),
    (re.compile(r"(?<=[年月])([0-9]) ([0-9])(?=[月日号])"), r"\1\2"),
    (re.compile(r"^([0-9]{4}):([0-9]{1,2}):(?=[0-9]{1,2}(?: |$))"), r"\1-\2-"),
    (re.compile(rf"^\(?({_WEEKDAY})\)?[ ,]?(?=[0-9{_N}])(.+)"), r"\2 \1"),
    (re.compile(r"^[(【\[]([^()【】\[\]]+)[)】\]]$"), r"\1"),
    (re.compile(r"[.,;:! ]+$"), ""),
)
_BEFORE_DEADLINE = re.compile(r"(?<=[日号0-9])(?:\(含\))?(?:之前|以前|前|止|截止)(?:完成|办结|落实)?$")
_REASONS = (
    (re.compile(r"农历|阴历|腊|正月|冬月|初[一二三四五六七八九十]|闰|除夕|春节"), "农历或节日，不能确定是哪一天"),
    (re.compile(r"约|左右|大概|估计|可能|预计|拟|暂|[?]|待|未|长期|不详|随时|尽快"), "不是确定的日期"),
    (re.compile(r"[上中下]旬|[月年][初中底末]|季度|上半|下半"), "没有写到日"),
    (re.compile(r"^[0-9]{4}年?$"), "只写到年份"),
    (re.compile(r"^(?:[0-9]{4}(?:年?[0-9]{1,2}月份?|[-./][0-9]{1,2})|[0-9]{1,2}月份?)$"), "只写到月份"),
    (re.compile(r"[0-9日号月年][-~至到起,]|[前后]|以来|期间"), "写的不是一天"),
)


def parse_date(
    cell: Any, *, year: int, first: date | None = None, deadline: bool = False, is_1904: bool = False
) -> Parsed[date]:
    """Read the one day that a cell names.

    Parameters
    ----------
    cell
        The cell as it was read: text, a number (Excel's serial) or a date.
    year
        The ledger's. 3月5日 is in it; serials count within 15 years of it, two-digit years from 10 before it to 1 after.
    first
        The first date of the row: a day without a year that would lie before it is in the next year.
    deadline
        Read 6月30日前 as that day.
    is_1904
        Whether the workbook counts its serials from 1904.

    Returns
    -------
    Parsed[date]
        `value` (None for an empty cell), or a `problem`, in Chinese, where no one day is certain.
    """
    return attempt(lambda: _date(cell, year, first, deadline, is_1904))


def _date(cell: Any, year: int, first: date | None, deadline: bool, is_1904: bool) -> date | None:
    if cell is None:
        return None
    if isinstance(cell, str):
        return _text(cell, year, first, deadline)
    if isinstance(cell, datetime) and _is_short_of_midnight(cell):
        return _day(cell.year, cell.month, cell.day) + timedelta(days=1)
    if unreadable(cell) or (isinstance(cell, datetime) and cell != cell):
        raise Refused("单元格是错误值，或公式没有结果")
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    if isinstance(cell, (time, timedelta)):
        raise Refused("只有时间，没有日期")
    if isinstance(cell, bool):
        raise Refused("写的是真假值，不是日期")
    return _number(exact(cell), year) if not is_1904 else _number_1904(exact(cell), year)


def _is_short_of_midnight(moment: datetime) -> bool:
    midnight = datetime.combine(moment, _SHORT_OF_MIDNIGHT)
    return abs(moment.replace(tzinfo=None) - midnight) < timedelta(seconds=1)


def _number_1904(value: Decimal, year: int) -> date:
    """A number in a workbook whose serials count from 1904; asked where only the other count falls in the ledger's year."""
    if value != value or not 10_000 <= value < 100_000:
        return _number(value, year)
    shifted, plain = (_SERIAL_ZERO + timedelta(days=int(value) + days) for days in (_DAYS_TO_1904, 0))
    if plain.year == year != shifted.year:
        raise Refused("本工作簿的日期从1904年算起，这个数字可能差4年")
    return _number(value + _DAYS_TO_1904, year)


def _text(cell: str, year: int, first: date | None, deadline: bool) -> date | None:
    text = single(cell)
    if is_nothing(text):
        return None
    text = unify(text.lower())
    for pattern, replacement in _SAME:
        text = pattern.sub(replacement, text)
    if _NUMBER.fullmatch(text):
        return _number(Decimal(text), year)
    if deadline:
        text = _BEFORE_DEADLINE.sub("", text)
    for pattern, read in _FORMS:
        found = pattern.fullmatch(text)
        day = read(found, year, first) if found else None
        if found and day:
            return _with_rest(day, found)
    raise Refused(next((reason for pattern, reason in _REASONS if pattern.search(text)), "看不出是哪一天"))


def _day(year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused("年份不在1900至2100年之间")
    if not 1 <= month <= 12:
        raise Refused("月份不存在")
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("该月没有这一天") from None


def _number(value: Decimal, year: int) -> date:
    """20250305, 250305, 20250305143000, or Excel's serial 45721 with or without the time of day."""
    digits = str(int(value)) if value.is_finite() and value == value.to_integral_value() and 0 < value < 10**14 else ""
    if len(digits) == 8 or (len(digits) in (12, 14) and _CLOCK_DIGITS.fullmatch(digits[8:])):
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    if len(digits) == 6:
        return _six_digits(digits, year)
    earliest, latest = date(year - _SERIAL_YEARS, 1, 1), date(year + _SERIAL_YEARS + 1, 1, 1)
    if value.is_finite() and (earliest - _SERIAL_ZERO).days <= value < (latest - _SERIAL_ZERO).days:
        return _SERIAL_ZERO + timedelta(days=int(value))
    raise Refused("这个数字看不出是哪一天")


def _six_digits(digits: str, year: int) -> date:
    """250305. 202503 is a month, and 201112 may be one."""
    if digits[:2] in ("19", "20") and 1 <= int(digits[4:]) <= 12:
        raise Refused("只写到月份")
    return _day(_short_year(int(digits[:2]), year), int(digits[2:4]), int(digits[4:]))


def _short_year(short: int, year: int) -> int:
    near = [full for full in range(year + _SHORT_YEARS[0], year + _SHORT_YEARS[1] + 1) if full % 100 == short]
    if not near:
        raise Refused("年份只写两位，不能确定")
    return near[0]


def _read_year(token: str, year: int) -> int:
    if not token.isdecimal() and "千" in token:
        value = read_numeral(token, alone=False)
        digits = "" if value is None else str(value)
    else:
        digits = token.translate(_ARABIC_DIGITS)
    if not digits.isascii() or not digits.isdecimal() or len(digits) not in (2, 4):
        raise Refused("看不出是哪一年")
    return int(digits) if len(digits) == 4 else _short_year(int(digits), year)


def _read_small(token: str) -> int:
    """A month or a day: 5, 05, 五, 零五, 二十五, 元. 二五 is 25, but 二三 may be two or three."""
    if token.isascii():
        return int(token)
    token = token.translate(_CHINESE_DIGITS).lstrip("零")
    value = Decimal(1) if token == "元" else read_numeral(token, alone=False)
    pair = token.translate(_ARABIC_DIGITS)
    if value is None and len(pair) == 2 and pair.isascii() and int(pair[1]) != int(pair[0]) + 1:
        value = Decimal(pair)
    if value is None:
        raise Refused("月或日看不出是哪个数")
    return int(value)


def _full(found: re.Match[str], year: int, first: date | None) -> date | None:
    """Year, month, day. A dash or a comma after another separator (2025.3-5, 2025年3、5日) joins two months or days."""
    before, after = found["s"], found["t"]
    if after in ("-", ",", " ") and before != after:
        return None
    if before in (",", " ") and len(found["y"]) == 2:
        return None
    return _day(_read_year(found["y"], year), _read_small(found["m"]), _read_small(found["d"]))


def _packed(found: re.Match[str], year: int, first: date | None) -> date:
    """2025-0305, 202503-05, 20250305 14:30."""
    return _day(int(found["y"]), int(found["m"]), int(found["d"]))


def _year_last(found: re.Match[str], year: int, first: date | None) -> date | None:
    """3/25/2025 and 25/3/2025 have one reading, 3/5/2025 has two. 3/25/25 has one as well; 25/3/5 is not for here."""
    a, b = int(found["a"]), int(found["b"])
    if len(found["y"]) == 2:
        return _day(_short_year(int(found["y"]), year), a, b) if found["s"] == "/" and a <= 12 < b else None
    if a <= 12 and b <= 12 and a != b:
        raise Refused("月、日的先后不能确定")
    return _day(int(found["y"]), min(a, b), max(a, b))


def _month_day(found: re.Match[str], year: int, first: date | None) -> date | None:
    """3月5日; in figures 3/5, 03-05, 3.15, where nothing else can be meant."""
    if (found["s"] == "-" and _may_be_span(found["m"], found["d"])) or (
        found["s"] == "." and found["d"] in ("1", "2", "3")
    ):
        return None  # 3-5, or a number cell's 3.10 that lost its nought
    month, day = _read_small(found["m"]), _read_small(found["d"])
    if first is not None and (year, month, day) < (first.year, first.month, first.day):
        year += 1
    found_day = _day(year, month, day)
    if first is not None and found_day < (first.date() if isinstance(first, datetime) else first):
        raise Refused("没有写年份，不能确定是哪一年")
    return found_day


def _may_be_span(month: str, day: str) -> bool:
    """3-5 and 10-12 may be from one to the other; 03-05 and 12-25 are not written so."""
    return len(month + day) < 4 or ("0" not in (month[0], day[0]) and int(month) < int(day) <= 12)


_FORMS = ((_YEAR_LAST, _year_last), (_FULL, _full), (_PACKED, _packed), (_MONTH_DAY, _month_day), (_SHORT, _month_day))


def _with_rest(day: date, found: re.Match[str]) -> date:
    """The day, once what follows it is found to be a time or a weekday that fits."""
    text = found["rest"]
    rest = _REST.fullmatch(text)
    if rest is None or (not found["u"] and text[:1].isdecimal()):
        reasons = (reason for pattern, reason in _REASONS if pattern.search(f"日{text}"))
        raise Refused(next(reasons, "日期后面还有别的内容"))
    for weekday in re.findall(_WEEKDAY, text):
        if (
            "一二三四五六日".find(weekday[-1].replace("天", "日").translate(_CHINESE_DIGITS).replace("七", "日"))
            != day.weekday()
        ):
            raise Refused("星期与日期不符")
    if _SHORT_OF_MIDNIGHT.isoformat() in text and not rest["zone"]:
        return day + timedelta(days=1)
    if rest["zone"] and _china_day(day, text, rest["zone"]) != day:
        raise Refused("时间带时区，可能是前后一天")
    return day


def _china_day(day: date, text: str, zone: str) -> date:
    """The day in China at the clock time in `text`, which is of `zone` (z or ±hh:mm)."""
    clock = re.search(r"([0-9]{1,2}):([0-9]{2})", text)
    minutes = int(clock[1]) * 60 + int(clock[2]) if clock else 0
    offset = 0 if zone == "z" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[-2:]))
    return day + timedelta(days=(minutes - offset + _CHINA_TIME) // (24 * 60))
