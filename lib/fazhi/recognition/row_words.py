"""What the words of a row say of it, where they stand in place of a record's date: a period, a nil return, a count, a heading."""

import re
from collections.abc import Iterable, Sequence

from fazhi.values.normalise import compact

PERIOD = r"(?:\d{4}年)?(?:本[页月季年期]度?|全年|[上下]半年|第?[一二三四1-4]季度|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月份?)"
PERIOD_LINE = re.compile(rf"^[(\[]?(?:[一二三四五六七八九十\d]+[、.])?{PERIOD}[)\]]?(?:台账|情况|部分)?[:]?$")
_NIL_PERIOD = re.compile(rf"{PERIOD}[:]?(?:本[月季期年]度?)?(?:无|没有|零报告|未(?:开展|发生|举办|举行)\D{{0,8}})[。]?")
_COUNTED = re.compile(r"计|共\d+(?:人次|家次|件次|[次场件起人户家份条项])[:]?")  # totals that have no other word
_COMPARED = re.compile(r"(?:其中|(?:上年|去年)?同期数?|同比(?:增减)?|环比|比上年|较上年|平均|人均)[:%]?")
_NUMBERED_HEADING = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、]")
_NUMBER = re.compile(r"[\d.,]+")
_STEMS = frozenset("甲乙丙丁戊己庚辛")
_NO_COLUMN = re.compile(r"[栏列]次|序号")


def sums_up(words: Sequence[str]) -> str:
    """What a row without a date is, whose first words count, compare or head the records; "" where they do not."""
    first = compact(words[0]) if words else ""
    if _COUNTED.fullmatch(first):
        return "total"
    if _COMPARED.fullmatch(first):
        return "footer"
    heads = len(words) > 1 and _NUMBERED_HEADING.match(first) and all(map(_NUMBER.fullmatch, words[1:]))
    return "title" if heads else ""


def is_nil_period(word: str, *, alone: bool) -> bool:
    """Whether a row is the nil return of a month: 5月：无 alone in it, or 5月 beside nothing but 无."""
    return bool((_NIL_PERIOD.fullmatch if alone else PERIOD_LINE.match)(compact(word)))


def numbers_columns(words: Iterable[str]) -> bool:
    """A row that numbers the columns: 1, 2, 3 …, after 栏次, or after 甲, 乙 for columns of words; or 甲, 乙, 丙 alone."""
    plain = [text for text in map(compact, words) if text]
    stems = sum(text in _STEMS for text in plain)
    numbers = (text.strip("()") for text in plain if text not in _STEMS and not _NO_COLUMN.fullmatch(text))
    first = next(numbers, "")
    if first not in ("0", "1", "2"):
        return not first and stems > 2
    rest = list(numbers)
    return (bool(rest) or stems > 1) and rest == [str(int(first) + i) for i in range(1, len(rest) + 1)]
