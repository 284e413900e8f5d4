"""A checker's score on the sentences: how many planted errors it finds, how many right figures it flags."""

import random
from collections.abc import Iterator

from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.quantities import find_quantities

from .baselines import Flagged
from .planting import planted
from .sentences import lines, sentences


def by_fazhi(ledgers: Ledgers) -> Flagged:
    """Where `fazhi check` calls a figure wrong or doubtful."""

    def flagged(text: str) -> Iterator[tuple[int, int]]:
        for one in judge(bind(text, ledgers), ledgers):
            if one.verdict in ("wrong", "doubtful"):
                yield one.claim.quantity.start, one.claim.quantity.end

    return flagged


def measured(ledgers: Ledgers, flagged: Flagged, said: str, unanswered: str) -> tuple[int, int, int, int]:
    """Errors found, errors planted, figures flagged in vain, figures that are right."""
    draw, caught, wrong, vain, right = random.Random(1), 0, 0, 0, 0
    for sentence in sentences(ledgers, said):
        seen = list(flagged(sentence.text))
        right += len(sentence.slots)
        vain += sum(any(start < slot.end and end > slot.start for start, end in seen) for slot in sentence.slots)
        for _, text, slot in planted(sentence, draw):
            wrong += 1
            caught += any(start < slot.end and end > slot.start for start, end in flagged(text))
    for line in lines(unanswered):
        vain += len(list(flagged(line)))
        right += len(find_quantities(line))
    return caught, wrong, vain, right
