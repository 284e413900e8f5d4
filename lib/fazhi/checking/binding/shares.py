"""Percentages of a count in another: of a part of its rows, or of one that was told after it."""

from collections.abc import Sequence
from dataclasses import replace

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.names import WELL, Surroundings


def share_of(
    claim: Claim, around: Surroundings, earlier: Sequence[Claim], told: Sequence[Claim], candidates: Candidates
) -> Claim:
    """占18.4%: a part of the rows of a count, or a count of one that was told before."""
    last = earlier[-1] if earlier else None
    if last and last.where and len(last.figures) == 1 and not last.change:
        return replace(claim, figures=(*last.figures, *last.figures), sure=WELL, where=last.where, change="share")
    for ledger in (around.subject, candidates.parts.ledger_of(around.near)):
        for whole in candidates.parts.wholes(ledger):
            if whole.indicator.measure == "count" and (where := candidates.parts.of(whole, around.near)):
                return replace(claim, figures=(whole, whole), sure=WELL, where=where, change="share")
    return of_counts(claim, earlier, told, WELL, candidates)


def of_counts(
    claim: Claim, earlier: Sequence[Claim], told: Sequence[Claim], sure: float, candidates: Candidates
) -> Claim:
    """A percentage of the count just told in the one of its ledger told first: 任务19项，完成14项，占73.7%."""
    part = earlier[-1] if earlier else None
    if part is None or part.change or len(part.figures) != 1 or part.sure < WELL:
        return claim
    ledger, measure = part.figures[0].indicator.ledger, part.quantity.measure
    counts = [one for one in (*told, *earlier) if one.sure >= WELL and len(one.figures) == 1 and not one.change]
    of_ledger = [one for one in counts if one.figures[0].indicator.ledger == ledger and one.year == part.year]
    whole = of_ledger[0]
    if whole.figures == part.figures or not candidates.words.alike(measure, whole.quantity.measure):
        return claim
    return replace(claim, figures=(part.figures[0], whole.figures[0]), sure=sure, where=part.where, change="share")
