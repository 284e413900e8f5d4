"""Figures that no sentence names well, bound by what is left over of a draft: an indicator that it tells nowhere else.

A yearly report tells each indicator once or twice. Of those that no figure is bound to, one that the words around a figure, its measure
word and what stands beside it make likely is what it speaks of: 执法队跑了827家次，揪出隐患11个. What is told elsewhere is not looked for
again, so that 组织森林防火巡查, beside the year's drills, stays another thing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim, crowded, is_named_well, is_plain
from fazhi.checking.binding.context import is_of_another_topic
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.likelihood import Likelihood
from fazhi.checking.binding.names import WELL

_ENOUGH, _AHEAD, _LEAST = 0.84, 0.06, 0.4  # of likelihood; more than of the next; of its name

_CERTAIN = 1.2  # of likelihood, from which on it is hardly another thing

Told = tuple[str, str]  # indicator, part
Found = tuple[Figure, bool]  # an indicator, and whether it is certain


class LeftOver:
    """Looks for figures of the indicators that a draft has not told yet."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates, self.ledgers, self.likelihood = candidates, candidates.ledgers, Likelihood(candidates)

    def bound(self, claims: Sequence[Claim]) -> dict[int, Found]:
        """Where a figure begins -> the indicator that it must speak of; one figure an indicator, the likeliest.

        What is found makes more likely what stands beside it, until nothing more is found.
        """
        lists = crowded(claims)
        claims, found = [one for one in claims if one.start not in lists], dict[int, Found]()
        while likeliest := self._likeliest(claims):
            for at, (figure, is_certain) in likeliest.items():
                where = self.candidates.parts.of(figure, claims[at].around.near)
                claims[at] = replace(claims[at], figures=(figure,), sure=WELL, where=where, misfit=False)
                found[claims[at].quantity.start] = figure, is_certain
        return found

    def _likeliest(self, claims: Sequence[Claim]) -> dict[int, Found]:
        """Which of the claims must speak of which indicator."""
        told = {_key(one) for one in claims if self._is_told(one)}
        found: dict[Told, tuple[float, int, Figure]] = {}
        for at, claim in enumerate(claims):
            likely = sorted(self._likely(claims, at, told), key=lambda pair: -pair[0]) if self._is_open(claim) else []
            if not likely or likely[0][0] < _ENOUGH or (len(likely) > 1 and likely[0][0] - likely[1][0] < _AHEAD):
                continue
            score, figure, key = likely[0]
            if key not in found or found[key][0] < score:
                found[key] = score, at, figure
        return {at: (figure, score >= _CERTAIN) for score, at, figure in found.values()}

    def _is_told(self, claim: Claim) -> bool:
        is_whole = not (claim.change or claim.narrowed or claim.misfit or claim.months)
        return is_whole and is_named_well(claim) and claim.year == self.ledgers.year

    def _is_open(self, claim: Claim) -> bool:
        is_ours = claim.year == self.ledgers.year and (not is_named_well(claim) or claim.misfit)
        is_ours = is_ours and not is_of_another_topic(claim.around.far)
        return is_plain(claim) and is_ours and not claim.is_either and not self.likelihood.counts_itself(claim)

    def _likely(self, claims: Sequence[Claim], at: int, told: set[Told]) -> Iterator[tuple[float, Figure, Told]]:
        """The indicators that are not told, each with how much speaks for it."""
        near = claims[at].around.near
        for figure in self.ledgers.figures:
            if not self.likelihood.may_count(claims[at], figure):
                continue
            key = (figure.indicator.id, str(self.candidates.parts.of(figure, near)))
            if key not in told:
                score, named = self.likelihood.of(claims, at, figure)
                if named >= _LEAST:
                    yield score, figure, key


def _key(claim: Claim) -> Told:
    return claim.figures[0].indicator.id, str(dict(claim.where))
