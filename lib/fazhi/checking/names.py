"""The words by which a draft speaks of an indicator, and how well those that stand by a number name it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fazhi.checking.wordings import Wordings
from fazhi.dictionary.models import Indicator

WHOLLY, WELL, PERHAPS = 0.9, 0.7, 0.5  # all words by the number; some of them further off; not enough to call it wrong
_MUCH = (
    4  # characters of other content by the number, from which on words that stand further off may mean something else
)


@dataclass(frozen=True)
class Around:
    """What stands around a number: `near` its own clause, `far` the sentence up to there, `head` the heading above.

    `told` is the ledger spoken of just before; `first`, that no other number stands before it in its sentence.
    """

    near: str
    far: str = ""
    head: str = ""
    told: str = ""
    first: bool = True


@dataclass(frozen=True)
class Fit:
    """How well a name fits: `sure` 0-1, `said` how many of its characters stand by the number, `words` those that were found."""

    sure: float
    said: int
    words: tuple[str, ...] = ()


_NONE = Fit(0.0, 0)


@dataclass(frozen=True)
class Name:
    """Words that must all stand around the number, each with its alternatives, longest first.

    One that is `dependent` names an indicator only once its ledger has been spoken of: 优秀率, 涉及金额.
    """

    words: tuple[tuple[str, ...], ...]
    ledger: str
    dependent: bool = False

    def fit(self, around: Around, filler: re.Pattern[str]) -> Fit:
        """How well the name fits what stands around a number."""
        if self.dependent and around.told != self.ledger:
            return _NONE
        near = [_found(word, around.near) for word in self.words]
        said = sum(map(len, near))
        if not said:
            return _NONE
        other = content(around.near, near, filler)
        if all(near):
            vague = len(near) == 1 and said < _MUCH < other
            return Fit(PERHAPS if vague else WHOLLY, said, tuple(near))
        if self.dependent:
            return _NONE
        far = [one or _found(word, around.far) for one, word in zip(near, self.words, strict=True)]
        head = [one or _found(word, around.head) for one, word in zip(far, self.words, strict=True)]
        if not all(head):
            return _NONE
        told = tuple(word for word in head if word)
        clear = other <= _MUCH and (all(far) or said >= _MUCH) and (around.first or around.told == self.ledger)
        return Fit(WELL if clear else PERHAPS, said, told)


def names_of(indicator: Indicator) -> list[Name]:
    """The names of an indicator: its label as one word, and its `also` and `then`."""
    own, ledger = [Name(((indicator.label,),), indicator.ledger)], indicator.ledger
    own += [Name(_words(text), ledger) for text in indicator.also]
    return own + [Name(_words(text), ledger, dependent=True) for text in indicator.then]


def _words(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(word.split("|"), key=len, reverse=True)) for word in text.split())


def _found(word: Sequence[str], text: str) -> str:
    return next((one for one in word if one in text), "")


def content(near: str, words: Sequence[str], filler: re.Pattern[str]) -> int:
    """How much of a clause is neither a name's words nor mere filling: characters."""
    for word in filter(None, words):
        near = near.replace(word, "|")
    return len(re.findall(r"[\u4e00-\u9fff]", filler.sub("|", near)))


def likeness(indicator: Indicator, around: Around, weights: dict[str, float], words: Wordings) -> float:
    """How much of the label stands around a number, by pairs of characters: for indicators that have no words of their own."""
    close, far = set(pairs(words.plain(around.near))), set(pairs(words.plain(around.far + around.head)))
    name = pairs(words.plain(indicator.label))
    whole = sum(weights.get(pair, 1.0) for pair in name) or 1.0
    return (
        sum(weights.get(pair, 1.0) * (1.0 if pair in close else 0.45 if pair in far else 0.0) for pair in name) / whole
    )


def pairs(text: str) -> list[str]:
    """The neighbouring characters of a text, two by two."""
    return ["".join(pair) for pair in pairwise(text)]
