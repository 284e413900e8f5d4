"""Percentages of a count in another: of a part of its rows, or of one that was told after it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.context import Place
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import WELL, Surroundings

SHARE = re.compile(r"(?:占(?![道地用线])[^，。；：、（）\d]{0,10}|(?:比重|份额)[^，。；：、\d]{0,3})$")
_IN_WHOLE = re.compile("占[^，。；：、]{0,12}$")
_OF_ALL = re.compile("总量|总数|占全部")


def share_of(
    claim: Claim, around: Surroundings, earlier: Sequence[Claim], told: Sequence[Claim], candidates: Candidates
) -> Claim:
    """占18.4%: a part of the rows of a count, or a count of one that was told before."""
    last = earlier[-1] if earlier else None
    all_named = _count_named(replace(around, near=around.near.rpartition("占")[2]), (*told, *earlier), candidates)
    if all_named and last and len(last.figures) == 1 and last.figures != all_named and not last.change:
        return replace(claim, figures=(*last.figures, *all_named), sure=last.sure, where=last.where, change="share")
    if named := _count_named(around, (*told, *earlier), candidates):
        all_told = _whole_told(named[0], (*told, *earlier), claim.year)
        if all_told and all_told.figures != named and not all_told.where:
            return replace(claim, figures=(*named, *all_told.figures), sure=WELL, change="share")
    if last and len(last.figures) == 1 and (own := candidates.parts.of(last.figures[0], around.near)):
        if rate := _rate_of(last, own, candidates):
            return replace(claim, figures=(rate,), sure=WELL)
        last = replace(last, where=own)
    if last and last.where and len(last.figures) == 1 and not last.change:
        own = candidates.parts.of(last.figures[0], around.near)  # 线上89件次，电话占12.9%
        where = own if own.keys() == last.where.keys() else last.where
        return replace(claim, figures=(*last.figures, *last.figures), sure=WELL, where=where, change="share")
    for ledger in (around.subject, candidates.parts.ledger_of(around.near), around.paragraph):
        for whole in _wholes(ledger, around, candidates):
            if where := candidates.parts.of(whole, around.near):
                return replace(claim, figures=(whole, whole), sure=WELL, where=where, change="share")
    return of_counts(claim, earlier, told, WELL, candidates)


def beside_part(claim: Claim, place: Place, earlier: Sequence[Claim]) -> Claim | None:
    """A percentage right behind a part that says nothing of itself is its share: 邻里纠纷（40件，20%）."""
    last = earlier[-1] if earlier else None
    is_bare = claim.quantity.measure == "%" and place.since.strip() in ("，", "、", "（", "/")
    if last is None or not last.where or last.change or not is_bare or place.near.partition("|")[2].strip():
        return None
    return replace(claim, figures=(*last.figures, *last.figures), sure=last.sure, where=last.where, change="share")


def of_the_whole(claim: Claim, since: str, earlier: Sequence[Claim]) -> Claim | None:
    """A count in one that stands between the two: 废止674件，占清理总数887件的76%."""
    if claim.quantity.measure != "%" or since.strip() != "的" or len(earlier) < 2:
        return None
    part, whole = earlier[-2:]
    between = whole.sentence[part.quantity.end - part.start : whole.quantity.start - whole.start]
    if part.start != whole.start or not _IN_WHOLE.search(between):
        return None
    is_told = all(len(one.figures) == 1 and one.sure >= WELL and not one.change for one in (part, whole))
    is_share = is_told and not whole.where and (part.where or part.figures != whole.figures)
    figures = (*part.figures, *whole.figures) if is_share else ()
    return replace(claim, figures=figures, sure=WELL if is_share else 0.0, where=part.where, change="share")


def _wholes(ledger: str, around: Surroundings, candidates: Candidates) -> Sequence[Figure]:
    """What a share may be of: in a table what the title names (隐患占比), else what the ledger counts."""
    wholes = candidates.parts.wholes(ledger)
    named, _ = candidates.named(replace(around, paragraph=ledger), None) if around.titled else ((), 0.0)
    if len(named) == 1 and named[0] in wholes:
        return named
    counted = [one for one in wholes if one.indicator.measure == "count"]
    return counted or (wholes if len(wholes) == 1 and wholes[0].indicator.unit != "元" else [])


def is_rate(around: Surroundings, earlier: Sequence[Claim], candidates: Candidates) -> bool:
    """Whether it is a rate's value that is told as a share: 优秀案卷占96%; where a count is named, it is a share of another."""
    rates, sure = candidates.named(around, "%")
    if not rates or sure < WELL or _OF_ALL.search(around.near):
        return False
    counted = _count_named(around, earlier, candidates)
    return not counted or _tells_more(rates[0], counted[0], around.near, candidates)


def _tells_more(rate: Figure, counted: Figure, near: str, candidates: Candidates) -> bool:
    """Whether a rate of the very rows that are counted is told by words of its own: 出具意见的占重大合同的81%."""
    said = (set(candidates.said[figure.indicator.id].split("|")) for figure in (rate, counted))
    own = next(said) - next(said)
    is_of_these = rate.indicator.of == counted.indicator.where
    return is_of_these and any(word in near for word in own if not candidates.filler.fullmatch(word))


def _count_named(around: Surroundings, told: Sequence[Claim], candidates: Candidates) -> tuple[Figure, ...]:
    """The count that the clause names by itself, of the ledger that was counted before: 重大合同占28.7%."""
    counted = next((one for one in reversed(told) if one.figures and one.quantity.measure != "%"), None)
    if counted is None:
        return ()
    figures, sure = candidates.named(replace(around, far=around.near, head=""), counted.quantity.measure)
    is_count = len(figures) == 1 and sure >= WELL and figures[0].indicator.measure == "count"
    is_of_ledger = is_count and figures[0].indicator.ledger == counted.figures[0].indicator.ledger
    return figures if is_of_ledger else ()


def _whole_told(part: Figure, told: Sequence[Claim], year: int) -> Claim | None:
    """What was told first of the part's ledger."""
    counts = [one for one in told if one.sure >= WELL and len(one.figures) == 1 and not one.change and one.year == year]
    return next((one for one in counts if one.figures[0].indicator.ledger == part.indicator.ledger), None)


def of_counts(
    claim: Claim, earlier: Sequence[Claim], told: Sequence[Claim], sure: float, candidates: Candidates
) -> Claim:
    """A percentage of the count just told in the one of its ledger told first: 任务19项，完成14项，占73.7%."""
    part = earlier[-1] if earlier else None
    if part is None or part.change or len(part.figures) != 1 or part.sure < WELL:
        return claim
    whole = _whole_told(part.figures[0], (*told, *earlier), part.year)
    if (
        whole is None
        or whole.figures == part.figures
        or not candidates.words.alike(part.quantity.measure, whole.quantity.measure)
    ):
        return claim
    return replace(claim, figures=(part.figures[0], whole.figures[0]), sure=sure, where=part.where, change="share")


def _rate_of(told: Claim, part: Mapping[str, str], candidates: Candidates) -> Figure | None:
    """The rate that is that part of all rows: 评查案卷41本，优秀的占98%."""
    ledger = told.figures[0].indicator.ledger
    of_ledger = (one for one in candidates.ledgers.figures if one.indicator.ledger == ledger)
    rates = (one for one in of_ledger if one.indicator.measure == "share" and not one.indicator.of)
    return next((one for one in rates if one.indicator.where == part), None)
