"""Figures that are named like an indicator with a word more, where the draft tells the indicator itself elsewhere: 农资执法检查35次.

What is told elsewhere without that word is the indicator. The other is another thing, unless its number is a slip of the pen away from the
value, or last year's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.checking.binding.claim import Claim, is_named_well
from fazhi.checking.binding.names import content
from fazhi.checking.judging.judgement import Judgement
from fazhi.checking.judging.ledger_values import value_of
from fazhi.checking.judging.slips import Slips

_MORE = 2  # characters that name something
Key = tuple[str, int]  # indicator, year


class OtherThings:
    """Looks for figures with a word more than another figure of the same indicator has."""

    def __init__(self, slips: Slips) -> None:
        self.slips, self.candidates, self.ledgers = slips, slips.candidates, slips.ledgers

    def judge(self, judged: Sequence[Judgement]) -> list[Judgement]:
        """The judgements in order, what is likely another thing left alone, with what goes on from it: 检查农资店35家次，发现隐患4个."""
        least: dict[Key, int] = {}
        for one in judged:
            if self._is_told(one):
                key = _key(one.claim)
                least[key] = min(least.get(key, _MORE * 100), self._more(one.claim))
        found, last = list[Judgement](), ("", -1)  # ledger and sentence of the last that was left alone
        for one in judged:
            ledger = one.indicator.partition(".")[0]
            is_next = last == (ledger, one.claim.start)
            if one.verdict == "wrong" and self._is_told(one) and self._is_other(one.claim, least, is_next=is_next):
                last = ledger, one.claim.start
                one = self._left_alone(one)
            found.append(one)
        return found

    def _is_told(self, one: Judgement) -> bool:
        claim = one.claim
        is_plain = not (claim.change or claim.months or claim.where or claim.around.titled)
        return one.verdict in ("right", "wrong") and is_named_well(claim) and is_plain

    def _is_other(self, claim: Claim, least: Mapping[Key, int], *, is_next: bool) -> bool:
        value = value_of(claim, claim.figures[0], self.ledgers)
        if value is None or self.slips.chance(claim, value) < 1:
            return False
        return is_next or self._more(claim) >= least.get(_key(claim), 0) + _MORE

    def _more(self, claim: Claim) -> int:
        """How many characters by a figure say neither its indicator nor nothing."""
        own = self.candidates.said[claim.figures[0].indicator.id].split("|")
        left = claim.around.near.partition("|")[0].rpartition("¦")[2]
        return content(left, sorted(own, key=len, reverse=True), self.candidates.filler)

    def _left_alone(self, one: Judgement) -> Judgement:
        label = one.claim.figures[0].indicator.label
        return replace(one, verdict="unknown", why=f"像“{label}”之外的另一件事，不与台账核对", expected="", formula="")


def _key(claim: Claim) -> Key:
    return claim.figures[0].indicator.id, claim.year
