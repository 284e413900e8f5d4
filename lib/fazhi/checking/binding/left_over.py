"""Figures that no sentence names well, bound by what is left over of a draft: an indicator that it tells nowhere else.

A yearly report tells each indicator once or twice. Of those that no figure is bound to, one that the words around a figure, its measure
word and what stands beside it make likely is what it speaks of: 执法队跑了827家次，揪出隐患11个. What is told elsewhere is not looked for
again, so that 组织森林防火巡查, beside the year's drills, stays another thing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim, is_named_well
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import WELL, Name, Surroundings, pairs

# What speaks for an indicator beside the part of its name that is written, 0-1; weighed on half of the drafts of `benchmarks/check`.
_FEW_UNITS, _UNEXPLAINED = 0.09, -0.09
_SUBJECT, _PARAGRAPH, _BEFORE, _BEHIND = 0.1, 0.14, 0.14, 0.35
_ENOUGH, _AHEAD, _LEAST = 0.84, 0.06, 0.4
_IN_SENTENCE, _ABOVE, _IN_PART = 0.6, 0.5, 0.5  # of a word that stands further off, above, or only in part
_NOUN = 5  # characters behind a number that may be the noun it counts
_MANY = 12  # characters that nothing explains

Told = tuple[str, str]  # indicator, part


class LeftOver:
    """Looks for figures of the indicators that a draft has not told yet."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates, self.words, self.ledgers = candidates, candidates.words, candidates.ledgers
        units = Counter(figure.indicator.unit for figure in self.ledgers.figures)
        self.rarity = {unit: log(1 + len(self.ledgers.figures) / many) for unit, many in units.items()}
        self.letters = {name: frozenset(said) for name, said in candidates.said.items()}

    def bound(self, claims: Sequence[Claim]) -> dict[int, Figure]:
        """Where a figure begins -> the indicator that it must speak of; one figure an indicator, the likeliest.

        What is found makes more likely what stands beside it, until nothing more is found.
        """
        claims, found = list(claims), dict[int, Figure]()
        while likeliest := self._likeliest(claims):
            for at, figure in likeliest.items():
                where = self.candidates.parts.of(figure, claims[at].around.near)
                claims[at] = replace(claims[at], figures=(figure,), sure=WELL, where=where, misfit=False)
                found[claims[at].quantity.start] = figure
        return found

    def _likeliest(self, claims: Sequence[Claim]) -> dict[int, Figure]:
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
        return {at: figure for _, at, figure in found.values()}

    def _is_told(self, claim: Claim) -> bool:
        is_whole = not (claim.change or claim.narrowed or claim.misfit or claim.months)
        return is_whole and is_named_well(claim) and claim.year == self.ledgers.year

    def _is_open(self, claim: Claim) -> bool:
        quantity = claim.quantity
        is_plain = quantity.kind == "actual" and quantity.high is None and bool(quantity.measure)
        is_part = claim.change or claim.narrowed or claim.office or claim.months or claim.is_either
        behind = claim.sentence[quantity.end - claim.start :]
        is_other = self.words.counted.match(behind) is not None
        is_ours = claim.year == self.ledgers.year and (not is_named_well(claim) or claim.misfit)
        return is_plain and not is_part and not is_other and is_ours

    def _likely(self, claims: Sequence[Claim], at: int, told: set[Told]) -> Iterator[tuple[float, Figure, Told]]:
        """The indicators that are not told, each with how much speaks for it."""
        claim = claims[at]
        near, measure = claim.around.near, claim.quantity.measure
        left, _, right = near.rpartition("¦")[2].partition("|")
        content = [
            one for one in self.candidates.filler.sub("", f"{left}|{right[:_NOUN]}") if "\u4e00" <= one <= "\u9fff"
        ]
        for figure in self.ledgers.figures:
            spec, key = figure.indicator, (figure.indicator.id, str(self.candidates.parts.of(figure, near)))
            may_be = self.words.may_count(measure, spec.unit, spec.label) and self.candidates.may_be(
                figure, near, measure
            )
            if key in told or not may_be or self.candidates.foreign(figure, (), near):
                continue
            beside = self._beside(claims, at, spec.ledger)
            unexplained = sum(one not in self.letters[spec.id] for one in content)
            named = self._named(figure, claim, content, is_spoken_of=bool(beside))
            if named < _LEAST:
                continue
            score = named + beside
            score += _FEW_UNITS * self.rarity[spec.unit] * (spec.unit == measure) + _UNEXPLAINED * min(
                unexplained, _MANY
            )
            yield score, figure, key

    def _beside(self, claims: Sequence[Claim], at: int, ledger: str) -> float:
        """What the figures beside it and the paragraph say for a ledger."""
        claim = claims[at]
        before, behind = (claims[place] if 0 <= place < len(claims) else claim for place in (at - 1, at + 1))
        said = _SUBJECT * (claim.around.subject == ledger) + _PARAGRAPH * (claim.around.paragraph == ledger)
        return said + _BEFORE * _is_of(before, claim, ledger) + _BEHIND * _is_of(behind, claim, ledger)

    def _named(self, figure: Figure, claim: Claim, content: Sequence[str], *, is_spoken_of: bool) -> float:
        """How much of the best of an indicator's names is written, 0-1."""
        names = self.candidates.names[figure.indicator.id]
        parts = [
            _part(name, claim.around, claim.quantity.measure, content)
            for name in names[1:]
            if is_spoken_of or not name.dependent
        ]
        return max([*parts, self._label(figure, claim.around)])

    def _label(self, figure: Figure, around: Surroundings) -> float:
        label = self.candidates.labels[figure.indicator.id]
        close, far = (set(pairs(self.words.plain(text))) for text in (around.near, around.far + around.head))
        there = sum(weight * (1 if pair in close else _ABOVE * (pair in far)) for pair, weight in label.items())
        return there / (sum(label.values()) or 1.0)


def _key(claim: Claim) -> Told:
    return claim.figures[0].indicator.id, str(dict(claim.where))


def _is_of(claim: Claim, other: Claim, ledger: str) -> bool:
    """Whether a figure of the same sentence is certainly of a ledger."""
    is_beside = claim is not other and claim.start == other.start
    return is_beside and is_named_well(claim) and claim.figures[0].indicator.ledger == ledger


def _part(name: Name, around: Surroundings, measure: str, content: Sequence[str]) -> float:
    """How much of a name stands around a figure: each of its words counts the same."""
    return sum(max(_word(one, around, measure, content) for one in word) for word in name.words) / len(name.words)


def _word(word: str, around: Surroundings, measure: str, content: Sequence[str]) -> float:
    if word in around.near or word == measure:
        return 1.0
    if word in around.far:
        return _IN_SENTENCE
    return _ABOVE if word in around.head else _IN_PART * sum(one in content for one in word) / len(word)
