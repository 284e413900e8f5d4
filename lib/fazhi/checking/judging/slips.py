"""Figures that no words bind, and that are a slip of the pen away from one that is meant there: 1263份 for 1236份.

The slips are those of typing (Damerau 1964: a character wrong, missing, too many, or two exchanged), last year's figure, and a wrong
power of ten. A value alone binds nothing: the words around, or the ledger that the sentence speaks of, must make the indicator likely,
and the longer the number is, the less is it one of its slips by chance.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import log10

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim, crowded, is_plain
from fazhi.checking.binding.context import is_of_another_topic, narrowing
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.likelihood import Likelihood
from fazhi.checking.judging.fitting import fits, last_place
from fazhi.checking.judging.judgement import Judgement, Verdict
from fazhi.checking.judging.ledger_values import as_shown, named, scaled, value_of
from fazhi.quantities import Quantity

_NAMED = 0.1  # what it adds that the words name it, though not certainly
_ENOUGH = 0.88  # of likelihood, and a third of the digits that speak against chance
_CERTAIN = 1.2
_AHEAD = 0.1
_OTHER = 0.3  # against a number that is no slip at all
_SELDOM = 0.3  # of all numbers as long
_FEW = 2  # digits: one alone is a slip of too much
_WHOLE = 100  # percent: what the shares of a column add up to
_FAINT = 0.15  # of likeness: what the figure says as it stands may be this
_TENS = (Decimal("0.1"), Decimal(10), Decimal("0.0001"), Decimal(10_000))  # a digit too many or too few, 元 for 万元
Told = set[tuple[int, str, int]]  # paragraph, indicator and year of figures that are told there


class Slips:
    """Looks for what was meant by figures that no words bind."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers, self.candidates = ledgers, Candidates(ledgers)
        self.likelihood = Likelihood(self.candidates)

    def judge(self, judged: Sequence[Judgement]) -> list[Judgement]:
        """The judgements in order, what is likely a slip called doubtful."""
        told = {
            (one.claim.paragraph, one.indicator, one.claim.year) for one in judged if one.verdict in ("right", "wrong")
        }
        claims = [one.claim for one in judged]
        lists = crowded(claims)
        found = [
            self._judge(one, claims, at, told) if self._is_open(one) and one.claim.start not in lists else one
            for at, one in enumerate(judged)
        ]
        meant = Counter(_meaning(one.claim) for one, before in zip(found, judged, strict=True) if one is not before)
        return [before if meant[_meaning(one.claim)] > 1 else one for one, before in zip(found, judged, strict=True)]

    def _is_open(self, one: Judgement) -> bool:
        claim, quantity = one.claim, one.claim.quantity
        is_whole = quantity.measure == "%" and quantity.value == _WHOLE
        is_known = claim.year in (self.ledgers.year, self.ledgers.year - 1)
        return one.verdict == "unknown" and is_plain(claim) and is_known and not is_whole

    def _judge(self, one: Judgement, claims: Sequence[Claim], at: int, told: Told) -> Judgement:
        meant = sorted(self._meant(claims, at, told), key=lambda pair: -pair[0])
        if not meant or meant[0][0] < _ENOUGH or (len(meant) > 1 and meant[0][0] - meant[1][0] < _AHEAD):
            return one
        score, claim, value = meant[0]
        figure = claim.figures[0]
        verdict: Verdict = "wrong" if score >= _CERTAIN else "doubtful"
        why = f"像{named(claim, figure, self.ledgers)}，应为{as_shown(value, figure)}，是否写错了数字"
        return Judgement(claim, verdict, why, as_shown(value, figure), indicator=figure.indicator.id)

    def _meant(self, claims: Sequence[Claim], at: int, told: Told) -> Iterator[tuple[float, Claim, Decimal]]:
        """What may be meant, each with how much speaks for it and its value; nothing where the figure may be right as it stands."""
        claim = claims[at]
        around = claim.around
        is_other = is_of_another_topic(around.far) or bool(narrowing(around.near, "", alone=True))
        if is_other or self.likelihood.counts_itself(claim):
            return
        possible = (one for one in self.ledgers.figures if self._may_count(claim, one))
        likely = [(self.likelihood.of(claims, at, one)[0] + _NAMED * (one in claim.figures), one) for one in possible]
        meant = [
            (score, replace(claim, figures=(one,), where=self.candidates.parts.of(one, around.near)))
            for score, one in likely
        ]
        if any(score > _FAINT and self._is_told(one) for score, one in meant):
            return
        for score, one in meant:
            value = value_of(one, one.figures[0], self.ledgers)
            is_told = not one.where and (one.paragraph, one.figures[0].indicator.id, one.year) in told
            if value is not None and score > _FAINT and not is_told:
                chance = self.chance(one, value)
                yield score - (log10(chance) / 3 if chance < 1 else _OTHER), one, value

    def _is_told(self, claim: Claim) -> bool:
        """Whether a figure is the value as it stands, or the whole's where a part is named, or the other year's where it may be of that."""
        figure = claim.figures[0]
        possible = [value_of(claim, figure, self.ledgers)]
        possible += [figure.value] if claim.where else []
        possible += [figure.value, figure.previous] if claim.is_either else []
        return any(fits(claim.quantity, scaled(one, figure)) for one in possible if one is not None)

    def _may_count(self, claim: Claim, figure: Figure) -> bool:
        """Whether a figure may count what an indicator counts."""
        is_other = self.candidates.counts_other(figure, claim.around.near)
        return not is_other and self.likelihood.may_count(claim, figure)

    def chance(self, claim: Claim, value: Decimal) -> float:
        """How many of the numbers as long as the written one are as near by chance."""
        figure = claim.figures[0]
        quantity, meant = claim.quantity, scaled(value, figure)
        written, true = _digits(quantity, meant)
        numbers = 9 * 10 ** (len(written) - 1)
        other = figure.previous if claim.year == self.ledgers.year else figure.value
        if other is not None and not claim.where and fits(quantity, scaled(other, figure)):
            return 1 / numbers
        if any(fits(replace(quantity, value=quantity.value * ten, step=quantity.step * ten), meant) for ten in _TENS):
            return len(_TENS) / numbers
        return chance_of(written, true)


def _meaning(claim: Claim) -> tuple[object, ...]:
    """What a claim speaks of in its sentence or under its titles: two numbers cannot both be meant to be the same."""
    place = claim.around.near if claim.around.titled else claim.start
    indicators = tuple(figure.indicator.id for figure in claim.figures)
    return place, indicators, claim.year, tuple(claim.where.items())


def is_seldom_by_chance(quantity: Quantity, value: Decimal) -> bool:
    """Whether a number is a slip of a value, and long enough for few others to be one."""
    return chance_of(*_digits(quantity, value)) <= _SELDOM


def _digits(quantity: Quantity, value: Decimal) -> tuple[str, str]:
    """A figure as written and as it would be written, both in its last written digit."""
    step = last_place(quantity) if quantity.approx else quantity.step
    how = ROUND_FLOOR if quantity.approx else ROUND_HALF_UP
    return str(int(quantity.value / step)), str(int((value / step).to_integral_value(how)))


def chance_of(written: str, meant: str) -> float:
    """How many of the numbers as long as the written one are such a slip of the one meant; 1 where it is none."""
    numbers, size = 9 * 10 ** (len(written) - 1), len(meant)
    if min(len(written), size) < _FEW or not is_slip(written, meant):
        return 1.0
    ways = {-1: size, 0: 10 * size - 1, 1: 10 * (size + 1)}[len(written) - size]
    return min(1.0, ways / numbers)


def is_slip(written: str, meant: str) -> bool:
    """Whether digits are one slip of typing away from others: one wrong, missing, too many, or two neighbours exchanged."""
    if written == meant:
        return False
    if len(written) == len(meant):
        apart = [place for place, (one, other) in enumerate(zip(written, meant, strict=True)) if one != other]
        is_exchanged = len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(written) == sorted(meant)
        return len(apart) == 1 or is_exchanged
    short, long = sorted((written, meant), key=len)
    return len(long) == len(short) + 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
