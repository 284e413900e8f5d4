"""What the words around a quantity say: its clause, whether it is a change, and what narrows it to a part."""

import re
from collections.abc import Sequence
from typing import Literal

from fazhi.checking.known_figures import Figure
from fazhi.checking.quantities import Quantity

Change = Literal["", "up", "down", "times", "ratio", "share"]

_BREAKS = "，、,:：（）()；;。\n"
_CHANGE = re.compile(
    r"(?:(?:较|比|与|同)?(?:上年|去年|上一年|往年|\d{4}年)(?:同期)?(?:相比|比)?[,，]?|同比|环比|分别)?(?:同比)?"
    r"(?P<word>增长|上升|增加|提高|提升|增幅|多|下降|减少|降低|降幅|回落|少|压降)(?:了|约|达|近|超过?)?(?:为)?$"
)
_DOWN = frozenset({"下降", "减少", "降低", "降幅", "回落", "少", "压降"})
_RATIO = re.compile(r"(?:是|为|达到?|相当于)(?:上年|去年|\d{4}年)(?:同期)?的$")
AGAINST = re.compile(r"(?:较|比|与)(?:上年|去年|\d{4}年)|同比")
_PERIOD = re.compile(
    r"(?<![\d年])(?:\d{1,2}月(?:份|底|末|至|[-~]\d)?|[一二三四1-4]季度|[上下]半年|本月|当月|期间|宣传[周月日]|截[至止])"
)
_RANGES = re.compile(
    r"(?:其中|[男女]|未成年|重大|疑难|复杂|集体|较大|一般|联合(?=执法|检查)|专项|重点|跨[区镇村]|首次|新增|涉及?[\u4e00-\u9fff]{1,4}(?:类|纠纷|案))"
)


def surroundings(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> tuple[str, str]:
    """What stands by a number: its clause up to the numbers on either side; and the whole sentence before it."""
    quantity = inside[number]
    at, end = quantity.start - start, quantity.end - start
    floor = inside[number - 1].end - start if number else 0
    ceiling = inside[number + 1].start - start if number + 1 < len(inside) else len(sentence)
    before = sentence[floor:at]
    clause = re.split(rf"[{_BREAKS}]", before)
    left = clause[-1]
    for earlier in reversed(clause[:-1]):
        if len(left) >= 4:
            break
        left = earlier + left
    right = re.split(rf"[{_BREAKS}]", sentence[end:ceiling])[0]
    return left + "|" + right, sentence[:at] + "|" + right


def change_in(before: str, quantity: Quantity) -> Change:
    if quantity.measure == "倍" and _RATIO.search(before):
        return "ratio"
    match = _CHANGE.search(before)
    if not match:
        return ""
    if (
        match["word"] in ("多", "少", "提升", "提高")
        and not AGAINST.search(before[-14:])
        and quantity.measure not in ("%", "百分点")
    ):
        return ""
    if (
        match["word"] in ("增加", "减少")
        and not AGAINST.search(before[-16:])
        and quantity.measure not in ("%", "百分点", "倍")
    ):
        return ""
    return "down" if match["word"] in _DOWN else "times" if quantity.measure == "倍" else "up"


def narrowing(near: str, figures: Sequence[Figure]) -> str:
    """The words that narrow a figure to a part which is not asked of the ledgers here: a month, 其中, a kind."""
    own = "".join(name for figure in figures for name in figure.names)
    for pattern in (_PERIOD, _RANGES):
        for match in pattern.finditer(near):
            if match[0] not in own and not (match[0] == "其中" and len(figures) == 1):
                return match[0]
    return ""


def period_in(before: str) -> str:
    """The part of the year that a sentence has named and not left again: 一季度调解30件，化解率100%."""
    said = list(_PERIOD.finditer(before))
    return said[-1][0] if said and "全年" not in before[said[-1].end() :] else ""


def is_one(words: Sequence[str]) -> bool:
    """Whether all of the words lie in the longest: several values listed side by side narrow nothing."""
    longest = max(words, key=len)
    return all(word in longest for word in words)
