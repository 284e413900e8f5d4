"""Figures listed side by side, and names, changes or values of another year that stand in the same order."""

import re
from collections.abc import Sequence
from itertools import pairwise

from fazhi.quantities import Quantity

LIST = 50  # figures side by side that are gone over
FAR = 400  # characters before a number that are looked at
_MANY = 12  # figures before and after one that are looked at
_AGAINST = r"(?:(?:较|比|与|同|跟)(?:上一?年度?|去年|[前头]一年|20\d\d年)(?:同期)?(?:相比)?，?|同比)"
_GONE = "(?:增长|上升|增加|提高|提升|下降|减少|降低|多|少)了?"
_LISTED = re.compile(r"(?P<items>[^，,。；;：:\n]*)，?(?:分别|依次)(?P<verb>[^，,。；;、\d]*)$")
_YEAR = r"(?:上一?年度?|去年|[前头]一年度?|20\d\d年)(?:同期)?"
_SHARES = "占比|比例|比重|份额"
_AND_EACH = re.compile(
    r"[\u4e00-\u9fff]{0,6}[^\u4e00-\u9fff]*(?:(?:上述|以上|这|前述)?[两二三四五六七八各][项类者个种自]?(?:数据|指标|数字)?)?"
    rf"(?:(?:较|比|与|同|跟)?{_YEAR}(?:相比)?|同比|{_SHARES})?[^\u4e00-\u9fff]*(?:分别|依次)"
)  # …，上年分别为, …，三者占比分别为
_LAST_YEAR = re.compile(
    rf"[^\u4e00-\u9fff]*(?:而|与|同|比|较)?{_YEAR}(?:的|为|是|则为|则是|有)?"
)  # …，与2024年的27场、11次相比
_IN_TURN = re.compile(
    rf"[^\u4e00-\u9fff]*{_AGAINST}(?:{_GONE})‖[、和及]{_AGAINST}?(?:{_GONE})"
)  # 64份、2.95万元，同比增长5%、下降6%
_SHARED = re.compile(r"[两二三四五六](?:个)?((?:[类种项条]|村|社区|方面)[\u4e00-\u9fff]{0,6})$")
_PERIODS = re.compile(r"(?:一[至到—-]四|1[至到—-]4|四个|各)季度|上、?下半年$")
_THESE = re.compile(r"(?:这|上述)[两二三四五六几]?[个项组]?(?:数字|数据|指标|数)[^，。；]{0,4}分别(?:是|为)")
_AND = re.compile(r"[、和与及]")


def listed_name(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> str:
    """Of names and numbers listed side by side, its own name: 成功率、整改率分别为96%、98%."""
    said = sentence[max(0, inside[number].start - start - FAR) : inside[number].start - start]
    if "分别" not in said and "依次" not in said:
        return ""
    first, fewest, most = number, max(0, number - LIST), min(len(inside), number + LIST)
    while first > fewest and not sentence[inside[first - 1].end - start : inside[first].start - start].strip(
        "、和与及"
    ):
        first -= 1
    last = number
    while last + 1 < most and not sentence[inside[last].end - start : inside[last + 1].start - start].strip("、和与及"):
        last += 1
    at = inside[first].start - start
    match = _LISTED.search(sentence[max(0, at - FAR) : at])
    items = _with_noun(match["items"]) if match else []
    many = last - first + 1
    return f"{items[number - first - many]}{match['verb']}" if match and 1 < many <= len(items) else ""


def _with_noun(listed: str) -> list[str]:
    """Names listed side by side, each with the noun that stands behind the last: 邻里、物业两类纠纷."""
    if periods := _PERIODS.search(listed):
        return ["上半年", "下半年"] if periods[0].endswith("年") else [f"{one}季度" for one in "一二三四"]
    listed = re.sub("[“”]", "", listed.replace("”“", "、"))  # “通过”“不通过”两类结论
    noun = _SHARED.search(listed)
    names = _AND.split(listed[: noun.start()] if noun else listed)
    return [f"{name}{noun[1]}" for name in names] if noun and len(names) > 1 else _AND.split(listed)


def paired(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> tuple[int, str] | None:
    """Of figures told first and their changes, shares or values of last year after, the one that belongs to this, and what joins both.

    64份、2.95万元，分别增长5%和6%; or 同比增长5%、下降6%; or 去年是61份、2.8万元.
    """
    low = max(0, number - _MANY)
    near = inside[low : number + _MANY]
    between = [sentence[one.end - start : other.start - start] for one, other in pairwise(near)]
    own = number - low
    first = next((at for at in range(own - 1, -1, -1) if "分别" in between[at] or "依次" in between[at]), None)
    if first is None or not _AND_EACH.match(between[first]):
        first = next((at for at in range(own - 1, -1, -1) if _joins(between, at)), None)
    if first is None:
        return None
    last = first + 1
    while last < len(between) and not re.search("[，。；（）]", between[last]):
        last += 1
    many = last - first
    is_last_year = _LAST_YEAR.fullmatch(between[first]) is not None
    if is_last_year and (many == 1 or any(one.strip("、和与及") for one in between[first + 1 : last])):
        return None
    return (number - many, between[first]) if own <= last and own >= many and first + 1 >= many else None


def _joins(between: Sequence[str], at: int) -> bool:
    return bool(_IN_TURN.fullmatch("‖".join(between[at : at + 2])) or _LAST_YEAR.fullmatch(between[at]))


def is_share(joint: str) -> bool:
    """Whether what joins two lists says that the second tells shares: 占比分别为, 三者分别占咨询总量的."""
    return re.search(f"占|{_SHARES}", joint) is not None


def of_these(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> int | None:
    """Of figures that are taken up again as “这三个数字分别是…”, how far from the end of those told before this one's stands."""
    at = inside[number].start - start
    match = _THESE.search(sentence, max(0, at - FAR), at)
    if match is None:
        return None
    end = min((at for mark in "，。；" if (at := sentence.find(mark, match.end())) >= 0), default=len(sentence))
    listed = [at for at, one in enumerate(inside) if match.end() <= one.start - start < end]
    return len(listed) - listed.index(number) if number in listed else None
