"""The part of a year that a sentence or a title names, as months: 上半年, 三季度, 1至11月."""

import re

from fazhi.checking.binding.known_figures import Months

WHOLE_YEAR = re.compile(r"(?<!\d)1\s*月?份?\s*[-—–~～至到]+\s*12\s*月份?")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"十": 10, "十一": 11, "十二": 12}
_NAMED = re.compile(
    r"[前第]?[一二三四1-4]个?季度|(?<!\d)\d{1,2}\s*月?份?\s*[-—–~～至到]+\s*\d{1,2}\s*月(?:份|底|末)?(?!\d)|(?<![度年的])[上下]半年|(?<=年)[上下]半年"
)
_BY_QUARTERS = re.compile(r"[分按][^，。\d]{0,3}季度(?:来?看|统计|说|讲)?(?=[，：])")
_BRACKETS = re.compile(r"括号[内里中]?(?:的)?(?:数字?|数据)?[均都]?[为是](?:上一?年|去年|(20\d\d)年)")
_HEAD = 200  # characters of a text that tell when it was published
_SUMMED = re.compile("全年|累计|(?<![度年])总计|(?<![度年])合计|一年|以来|截[至止]|同期|[比较]")


def months_of(period: str) -> Months | None:
    """The months of a part of the year; None where what is named is none, or runs into the next year."""
    if period.startswith(("上半年", "下半年")):
        return (1, 6) if period[0] == "上" else (7, 12)
    numbers = [int(_DIGITS.get(one, one)) for one in re.findall(r"\d+|十[一二]?|[一二三四五六七八九]", period)]
    if "季" in period and len(numbers) == 1:
        last = numbers[0] * 3
        return (1 if period[0] == "前" else last - 2, last)
    if "月" not in period or not numbers or not all(1 <= one <= 12 for one in numbers):
        return None
    return (numbers[0], numbers[-1]) if numbers[0] <= numbers[-1] else None


def named_months(since: str) -> tuple[str, Months | None]:
    """The one quarter, half or run of months that stands between a number and the one before, and which months it is.

    A single month is not taken up: what is told of it is mostly one event.
    """
    found = list(_NAMED.finditer(WHOLE_YEAR.sub("全年", _BY_QUARTERS.sub("", since))))
    if len(found) != 1 or _SUMMED.search(since):
        return "", None
    return found[0][0], months_of(found[0][0])


def year_in_brackets(text: str, year: int) -> int:
    """The year of the numbers in brackets, where a text says so: 括号内为2024年数; 0 where it does not."""
    match = _BRACKETS.search(text)
    return 0 if match is None else int(match[1] or year - 1)


def is_dated_after(text: str, year: int) -> bool:
    """Whether the head of a text is dated in the year after, as news are: 发布时间：2026年1月16日."""
    return re.search(rf"(?<!\d){year + 1}\s*[-年./]\s*\d{{1,2}}\s*[-月./]\s*\d", text[:_HEAD]) is not None
