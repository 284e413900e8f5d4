"""How likely a figure speaks of an indicator: by the words around it, its measure word, and what stands beside it."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim, is_named_well
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import Name, Surroundings, pairs
from fazhi.checking.binding.references import counts_several

# What speaks for an indicator beside the part of its name that is written, 0-1; weighed on half of the drafts of `benchmarks/check`.
_FEW_UNITS, _UNEXPLAINED = 0.09, -0.09
_SUBJECT, _PARAGRAPH, _BEFORE, _BEHIND = 0.1, 0.14, 0.14, 0.35
_IN_SENTENCE, _ABOVE, _IN_PART = 0.6, 0.5, 0.5  # of a word that stands further off, above, or only in part
_NOUN = 5  # characters behind a number that may be the noun it counts
_CHANGED = re.compile(r"(?:增长|上升|增加|下降|减少|持平)(?=[，、。；\s]|$)")  # 9项增长、1项下降
_MANY = 12  # characters that nothing explains


class Likelihood:
    """Weighs what is written around figures against the names of indicators."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates, self.words, self.ledgers = candidates, candidates.words, candidates.ledgers
        units = Counter(figure.indicator.unit for figure in self.ledgers.figures)
        self.rarity = {unit: log(1 + len(self.ledgers.figures) / many) for unit, many in units.items()}
        self.letters = {name: frozenset(said) for name, said in candidates.said.items()}

    def may_count(self, claim: Claim, figure: Figure) -> bool:
        """Whether the measure word of a figure may count what an indicator counts, and no other thing stands by it."""
        near, measure, spec = claim.around.near, claim.quantity.measure, figure.indicator
        is_measure = self.words.may_count(measure, spec.unit, spec.label) and self.candidates.may_be(
            figure, near, measure
        )
        return is_measure and not self.candidates.foreign(figure, (), near)

    def counts_itself(self, claim: Claim) -> bool:
        """Whether what stands right behind a figure is what it counts (在8个村), or several things before it are."""
        before = claim.sentence[: claim.quantity.start - claim.start]
        behind = claim.sentence[claim.quantity.end - claim.start :]
        is_behind = self.words.counted.match(behind) is not None or _CHANGED.match(behind) is not None
        return is_behind or counts_several(before)

    def of(self, claims: Sequence[Claim], at: int, figure: Figure) -> tuple[float, float]:
        """How likely a claim speaks of an indicator (from 0, about 1 where it is likely), and how much of its name is written (0-1)."""
        claim, spec = claims[at], figure.indicator
        left, _, right = claim.around.near.rpartition("¦")[2].partition("|")
        near = self.candidates.filler.sub("", f"{left}|{right[:_NOUN]}")
        content = [one for one in near if "\u4e00" <= one <= "\u9fff"]
        beside = self._beside(claims, at, spec.ledger)
        named = self._named(figure, claim, content, is_spoken_of=bool(beside))
        unexplained = min(_MANY, sum(one not in self.letters[spec.id] for one in content))
        few = self.rarity[spec.unit] * (spec.unit == claim.quantity.measure)
        return named + beside + _FEW_UNITS * few + _UNEXPLAINED * unexplained, named

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
