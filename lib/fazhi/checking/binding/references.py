"""What takes up figures told before: the same in other units (即…), as 这一比例, of last year, or added up (三类合计)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.context import Place, year_of
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import PERHAPS, WELL
from fazhi.checking.binding.wordings import Wordings

_RESTATED = re.compile(r"[（，](?:即|也就是|折合|合计?|约合|约)(?:人民币)?$")
_THE_SAME = re.compile(
    r"(?:这|该|此)一?(?:项|个)?(?:比例|比率|数字|数据|数|指标|率|数值)(?:[^，。；、分]|分(?!别)){0,4}$"
)
_ADDED = re.compile(
    r"(?P<many>[两二三四五六])(?:者|项|类|样|种|块|头|村|方面|个村)[^，。；]{0,8}?(?:合计|共计|总计|相加|加起来|加在一起|合起来|一共|共)[^，。；]{0,4}$"
)
_EACH = re.compile("各|分别|均|都|等")
_TOGETHER = re.compile(r"(?<!公)共(?![同产])|合计|总计|加起来|相加|[两二三四五六](?:个?村|类|种|项|个?社区|者)")
_CLAUSE, _AND = re.compile("[，。；：]"), re.compile("[、和与及]")
_SEVERAL = re.compile(r"[^，。；：、等]{4,}、[^，。；：、等]{4,}(?:共计?|合计|总计)[^，。；：、]{0,2}$")
_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def restated(before: str, claim: Claim, earlier: Sequence[Claim], words: Wordings) -> Claim | None:
    """The figure just told, written once more in another way: 508369元（即50.84万元）."""
    last = earlier[-1] if earlier else None
    if last is None or not last.figures or last.change or not _RESTATED.search(before):
        return None
    is_same = words.alike(claim.quantity.measure, last.quantity.measure)
    return replace(last, quantity=claim.quantity, sentence=claim.sentence, start=claim.start) if is_same else None


def the_same(place: Place, claim: Claim, earlier: Sequence[Claim], words: Wordings, year: int) -> Claim | None:
    """The figure last told in that measure, as 上年这一比例 takes it up."""
    if not _THE_SAME.search(place.before):
        return None
    named = year_of(place.before, place.since, year)[0]
    alike = [one for one in earlier if not one.change and words.alike(one.quantity.measure, claim.quantity.measure)]
    if not named or not alike or not alike[-1].figures:
        return None
    return replace(alike[-1], quantity=claim.quantity, sentence=claim.sentence, start=claim.start, year=named)


def how_many_added(before: str) -> int:
    """How many figures the words before one say it adds up: three of 三类合计; 0 where they say nothing of it."""
    match = _ADDED.search(before)
    return _HOW_MANY[match["many"]] if match else 0


def added_up(before: str, claim: Claim, earlier: Sequence[Claim], words: Wordings) -> Claim | None:
    """What the figures told last make together: 三类合计62件."""
    many = how_many_added(before)
    if not many:
        return None
    alike = [one for one in earlier if not one.change and words.alike(one.quantity.measure, claim.quantity.measure)]
    told = [one for one in alike if one.year == claim.year]
    of = _by_name(before, told, many) or tuple(told[-many:])
    if not of:
        return None  # 两类学习参加人员合计, of which nothing was told in persons
    if len(of) < many or not all(len(one.figures) == 1 for one in of):
        return replace(claim, change="sum")
    sure = min(one.sure for one in of) if not any(one.narrowed or one.misfit for one in of) else PERHAPS
    return replace(claim, change="sum", figures=of[0].figures, sure=sure, of=of)


def _by_name(before: str, told: Sequence[Claim], many: int) -> tuple[Claim, ...]:
    """The figures told before that are named once more where they are added up: 监督意见和座谈会两项共计."""
    match = _ADDED.search(before)
    clause = _CLAUSE.split(before[: match.start()])[-1] if match else ""
    named = [one for one in _AND.split(clause) if one]
    found = [next((one for one in reversed(told) if name in one.around.near), None) for name in named]
    is_each = len(named) == many and all(found) and len({id(one) for one in found}) == many
    return tuple(one for one in found if one) if is_each else ()


def counts_several(before: str) -> bool:
    """Whether a number counts several things together: 党工委会议、法治工作专题会、社区书记例会共12次."""
    return _SEVERAL.search(before) is not None


def in_parts(claim: Claim, parts: Sequence[Mapping[str, str]], since: str) -> Claim:
    """What several parts named side by side make together: 石桥村、柳湾村共162件; without 共 they may be examples."""
    if _EACH.search(since):
        return claim
    of = tuple(replace(claim, where=where, narrowed="") for where in parts)
    is_said = _TOGETHER.search(since)
    return replace(claim, change="sum", of=of, sure=claim.sure if is_said else min(claim.sure, PERHAPS))


def of_last_year(
    measure: str, told: Sequence[Claim], recent: Sequence[Claim], words: Wordings, year: int
) -> tuple[tuple[Figure, ...], float] | None:
    """What was counted in that measure this year, in the sentence before or else in the paragraph: 去年同期，这一数字是62起.

    Of several, the one that counts all rows of its ledger.
    """
    for claims in (told, [one for one in recent if one.quantity.measure == measure]):
        known = [one for one in claims if one.sure >= WELL and not one.change and one.year == year and not one.narrowed]
        same = [one for one in known if words.alike(measure, one.quantity.measure)]
        wholes = [one for one in same if not one.where and not any(figure.indicator.where for figure in one.figures)]
        for found in (same, wholes):
            is_one = len({figure.indicator.id for one in found for figure in one.figures}) == 1
            if is_one and not any(one.where for one in found):
                return found[0].figures, WELL
    return None
