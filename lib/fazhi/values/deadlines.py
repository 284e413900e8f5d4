"""Deadlines that name no day: the end of a month, a quarter, a half, a year (6月底前, 2025年12月, 三季度), and those that stand (长期坚持).

A bare 3月 or 2025年 may as well be when a task was begun: it is asked about."""

import re
from calendar import monthrange
from datetime import date

from fazhi.values.normalise import compact

_DONE = r"(?:完成|办结|落实|实现|报送)?"
_YEAR = r"(?:(?P<y>20\d\d)年|本年度?|今年)?"
_BY = rf"(?:之前|以前|前)?{_DONE}"  # after an end only: 6月前 may leave June out
_MONTH = re.compile(rf"(?:(?P<y>20\d\d)年(?P<m>1[0-2]|0?[1-9])月份?{_DONE})")
_MONTH_END = re.compile(rf"{_YEAR}(?P<m>1[0-2]|0?[1-9])月份?(?:底|末){_BY}")
_QUARTER = re.compile(rf"{_YEAR}第?(?P<q>[一二三四1-4])季度(?:{_DONE}|(?:底|末|内){_BY})")
_HALF = re.compile(rf"{_YEAR}(?P<h>[上下])半年(?:{_DONE}|(?:底|末|内){_BY})")
_WHOLE_YEAR = re.compile(rf"(?:本年|今年|当年|全年)度?{_DONE}")
_YEAR_END = re.compile(rf"(?:(?P<y>20\d\d)|本|今|当)?年度?(?:内|底|末|终){_BY}")
_STANDING = re.compile(
    r"(?:长期|持续|常年|经常|常态化?|随时|适时|日常)(?:坚持|推进|开展|实施|进行|性?工作|化|任务)*|"
    r"(?:每|按)(?:半?年度?|季度?|个?月|周|日|天)(?:度|[一两二三四\d]次|开展|进行|报送|底|末|前|完成)*"
)


def is_standing(text: str) -> bool:
    """Whether a deadline is none in particular: 长期坚持, 每季度."""
    return _STANDING.fullmatch(compact(text)) is not None


def last_day(text: str, year: int) -> date | None:
    """The last day of the month, quarter, half or year that a deadline names, of `year` where it names none; None where it names another thing."""
    said = compact(text)
    for form, month_of in _FORMS:
        if found := form.fullmatch(said):
            parts = found.groupdict()
            full, month = int(parts.get("y") or year), month_of(parts)
            return date(full, month, monthrange(full, month)[1])
    return None


def _month(parts: dict[str, str]) -> int:
    return int(parts["m"])


def _quarter(parts: dict[str, str]) -> int:
    return 3 * ("一二三四".find(parts["q"]) + 1 or int(parts["q"]))


def _half(parts: dict[str, str]) -> int:
    return 6 if parts["h"] == "上" else 12


def _december(parts: dict[str, str]) -> int:
    return 12


_FORMS = (
    (_MONTH, _month), (_MONTH_END, _month), (_QUARTER, _quarter), (_HALF, _half), (_WHOLE_YEAR, _december), (_YEAR_END, _december),
)  # fmt: skip
