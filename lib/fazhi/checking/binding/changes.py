"""What a change speaks of: the indicator named by it, or one told before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.context import AGAINST, Place, change_in, year_of
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import PERHAPS, WHOLLY, Surroundings, content
from fazhi.checking.binding.narrowed import narrowed_by
from fazhi.checking.binding.paragraph import Paragraph
from fazhi.checking.binding.side_by_side import is_share
from fazhi.checking.binding.unnamed import LITTLE

_RATE = re.compile("率|比例|占比")
_RELATIVE = ("%", "百分点", "倍", "")
_COUNTED = {
    "场次": "场", "人次": "人", "人数": "人", "件次": "件", "件数": "件", "家次": "家", "户次": "户", "次数": "次", "金额": "元",
}  # fmt: skip


_WAYS = ("多", "少", "增", "减", "净", "升", "降")
_EACH = re.compile("均$")


class Changes:
    """Binds changes, by what the paragraph has spoken of."""

    def __init__(self, candidates: Candidates, spoken: Paragraph) -> None:
        self.candidates, self.spoken = candidates, spoken
        self.ledgers, self.words = candidates.ledgers, candidates.words

    def paired(self, claim: Claim, told: Claim, place: Place, claims: Sequence[Claim], joint: str) -> Claim | None:
        """What 分别 says of a figure told before: its change, its share, or its value of the year before."""
        quantity = claim.quantity
        if not told.figures:
            return None
        change = change_in(place.before, quantity) or (
            claims[-1].change if claims[-1].change in ("up", "down", "either") else ""
        )
        claim = replace(claim, figures=told.figures, sure=told.sure, where=told.where, narrowed=told.narrowed)
        if is_share(joint) and quantity.measure == "%":
            is_part = bool(told.where) and len(told.figures) == 1
            whole = replace(claim, figures=(*told.figures, *told.figures), change="share")
            return whole if is_part else None
        if change and (AGAINST.search(joint) or quantity.measure in _RELATIVE):
            return replace(claim, change=change)
        named, _ = year_of(joint, joint, self.ledgers.year)
        if not self.words.alike(quantity.measure, told.quantity.measure):
            return None
        return replace(claim, year=named or told.year, sure=told.sure if named else min(told.sure, PERHAPS))

    def bound(self, claim: Claim, around: Surroundings, earlier: Sequence[Claim]) -> Claim:
        """A change speaks of the indicator named by it, else of the one before it."""
        own, sure = self.candidates.named(around, None)
        named = [one for one in earlier if one.figures and self._counted(one, around.near)]
        if _is_of_another(earlier, own):
            named = []
        bare = self.candidates.filler.sub("|", around.near)
        if not named and not earlier and not content(bare, _WAYS, self.candidates.filler):
            named = self.spoken.recent[-1:]  # （2024年：118件；增长5.9%）
        named = [one for one in named if not _EACH.search(one.narrowed)] or named  # 日均3件次，同比增长12.8%
        if not earlier and named and named[-1].where:
            named = [one for one in self.spoken.recent if one.figures == named[-1].figures and not one.where] or named
        if claim.quantity.measure == "倍":  # no rate is told so
            named = [one for one in named if one.figures[0].indicator.unit != "%"]
        if claim.quantity.measure not in _RELATIVE:
            named = [one for one in named if self.words.alike(claim.quantity.measure, one.quantity.measure)] or named
        if claim.quantity.measure == "百分点":
            named = [one for one in named if one.quantity.measure == "%"]
        if "前者" in around.near and len(plain := [one for one in named if not one.change]) > 1:
            named = plain[:-1]
        bound = next((one for one in reversed(named) if not one.change), named[-1] if named else None)
        another = own and bound and own[0].indicator.ledger != bound.figures[0].indicator.ledger
        names_another = another and content(around.near.partition("|")[0], (), self.candidates.filler) >= LITTLE
        if bound is not None and not names_another and (sure < WHOLLY or len(own) > 1):
            figures = bound.figures
            if claim.quantity.measure not in _RELATIVE and not bound.where:
                figures = self.candidates.in_its_measure(figures, claim.quantity.measure)
            return replace(claim, figures=figures, sure=bound.sure, where=bound.where, narrowed=bound.narrowed)
        where = self.candidates.parts.of(own[0], around.near) if own else {}
        narrowed = narrowed_by(around.near, own) or (self.candidates.office_in(around.near) if around.titled else "")
        if around.titled and own and own[0].indicator.unit == "%" and not _RATE.search(around.near):
            sure = PERHAPS  # how many were 优秀, it may be
        return replace(claim, figures=own, sure=sure, where=where, narrowed=narrowed)

    def _counted(self, claim: Claim, near: str) -> bool:
        """Whether a claim is counted in the measure word that a change names: 场次同比增长."""
        named = next((unit for word, unit in _COUNTED.items() if word in near), "")
        return not named or self.words.alike(named, claim.quantity.measure)


def _is_of_another(earlier: Sequence[Claim], own: Sequence[Figure]) -> bool:
    """Whether a change that names nothing follows a figure of what no indicator counts: 信访总量87批123人次，同比下降15%."""
    last = earlier[-1] if earlier else None
    return last is not None and not own and not last.figures and not last.change and last.quantity.kind == "actual"
