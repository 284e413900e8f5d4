"""The words by which a draft speaks of an indicator, and how well those that stand by a number name it."""

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from fazhi.checking.binding.wordings import wordings
from fazhi.dictionary.models import Indicator

WHOLLY, WELL, PERHAPS = 0.9, 0.7, 0.5  # all words by the number; some of them further off; not enough to call it wrong
_LITTLE = 2  # the same where the measure word makes up for a word: 检查144家次
_MUCH = (
    4  # characters of other content by the number, from which on words that stand further off may mean something else
)


@dataclass(frozen=True)
class Surroundings:
    """What stands around a number: `near` its own clause, `far` the sentence up to there, `head` the heading above.

    A short clause has those before it in `near` too, each with ¦ behind it.

    `subject` is the ledger spoken of just before; `first`, that no other number stands before it in its sentence; `titled`, that
    it stands in a table under titles that say all there is. `paragraph` is the ledger that the paragraph has spoken of.
    """

    near: str
    far: str = ""
    head: str = ""
    subject: str = ""
    first: bool = True
    titled: bool = False
    paragraph: str = ""

    def words(
        self, vocabulary: Collection[str], measure: str = ""
    ) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Which words stand near, which in the sentence, which in the heading; the last two only where one stands near.

        The measure word is one of those near, where another is: 检查144家次.
        """
        near = frozenset(word for word in vocabulary if word in self.near)
        if not near:
            return near, near, near
        near |= {measure} & set(vocabulary)
        far = frozenset(word for word in vocabulary if word in self.far)
        return near, far, frozenset(word for word in vocabulary if word in self.head)


@dataclass(frozen=True)
class NameFit:
    """How well a name fits: `sure` 0-1, `said` how many of its characters stand by the number, `words` those that were found."""

    sure: float
    said: int
    words: tuple[str, ...] = ()


_NONE = NameFit(0.0, 0)


@dataclass(frozen=True)
class Name:
    """Words that must all stand around the number, each with its alternatives, longest first.

    One that is `dependent` names an indicator only once its ledger has been spoken of: 优秀率, 涉及金额; `label` is that indicator's.
    """

    words: tuple[tuple[str, ...], ...]
    ledger: str
    dependent: bool = False
    label: str = ""

    def fit(self, around: Surroundings, words: Sequence[frozenset[str]], filler: re.Pattern[str]) -> NameFit:
        """How well the name fits what stands around a number; `words` as `Surroundings.words` gives them."""
        standing = frozenset(word for word in words[0] if word in around.near)  # rather than the measure word
        near = [_found(word, standing) or _found(word, words[0]) for word in self.words]
        if not any(word in around.near for word in near if word) or (self.dependent and not all(near)):
            return _NONE
        if self.dependent and around.paragraph == self.ledger and content(around.near, near, filler) < _LITTLE:
            return NameFit(WELL, sum(map(len, near)), tuple(near))
        if self.dependent and around.subject != self.ledger:
            is_all = around.titled and not content(around.near, near, filler) and self.is_much(near)
            return NameFit(WELL, sum(map(len, near)), tuple(near)) if is_all else _NONE
        said, other = sum(map(len, near)), content(_own(around.near, near), near, filler)
        if all(near):
            written = [word for word in near if word in around.near]
            vague = len(written) == 1 and len(written[0]) < _MUCH and other > (_MUCH if len(near) == 1 else 1)
            vague = vague and (len(near) == 1 or around.subject != self.ledger)
            return NameFit(PERHAPS if vague else WHOLLY, said, tuple(near))
        far = [one or _found(word, words[1]) for one, word in zip(near, self.words, strict=True)]
        head = [one or _found(word, words[2]) for one, word in zip(far, self.words, strict=True)]
        if not all(head):
            return _NONE
        clear = other <= _MUCH and (all(far) or said >= _MUCH) and (around.first or around.subject == self.ledger)
        return NameFit(WELL if clear else PERHAPS, said, tuple(filter(None, head)))

    def is_much(self, words: Sequence[str]) -> bool:
        """Whether words that go with an indicator say enough by themselves: 演练 of 应急演练, but not 培训 of 学法培训参加."""
        said = sum(map(len, words))
        return said > 2 or 2 * said >= len(self.label) or all(word in wordings().alone for word in words)


def names_of(indicator: Indicator) -> list[Name]:
    """The names of an indicator: its label as one word, and its `also` and `then`."""
    own, ledger = [Name(((indicator.label,),), indicator.ledger)], indicator.ledger
    own += [Name(_words(text), ledger) for text in indicator.also]
    return own + [Name(_words(text), ledger, dependent=True, label=indicator.label) for text in indicator.then]


def is_named_in(indicator: Indicator, text: str) -> bool:
    """Whether a text holds all words of one of an indicator's names."""
    names = (name for name in names_of(indicator) if not name.dependent)
    return any(all(any(one in text for one in word) for word in name.words) for name in names)


def _words(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, each with its alternatives and what says the same, longest first; of =调解 nothing else says the same."""
    alike = wordings().synonyms
    words = (
        {same for one in word.split("|") for same in alike.get(one, (one.removeprefix("="),))} for word in text.split()
    )
    return tuple(tuple(sorted(word, key=lambda one: (-len(one), one))) for word in words)


def _found(word: Sequence[str], standing: frozenset[str]) -> str:
    return next((one for one in word if one in standing), "")


def _own(near: str, words: Sequence[str]) -> str:
    """The clauses by a number from the first on in which one of the words stands."""
    clauses = near.split("¦")
    first = next((at for at, clause in enumerate(clauses) if any(word in clause for word in words if word)), 0)
    return "¦".join(clauses[first:])


def content(near: str, words: Sequence[str], filler: re.Pattern[str]) -> int:
    """How much of a clause is neither a name's words nor mere filling: characters."""
    for word in filter(None, words):
        near = near.replace(word, "|")
    return len(re.findall(r"[\u4e00-\u9fff]", filler.sub("|", near)))


def likeness(label: Mapping[str, float], close: Set[str], far: Set[str]) -> float:
    """How much of a label stands around a number: `label` is its pairs of characters, each with its weight."""
    if label.keys().isdisjoint(close) and label.keys().isdisjoint(far):
        return 0.0
    there = sum(weight * (1.0 if pair in close else 0.45 if pair in far else 0.0) for pair, weight in label.items())
    return there / (sum(label.values()) or 1.0)


def pairs(text: str) -> list[str]:
    """The neighbouring characters of a text, two by two."""
    return ["".join(pair) for pair in pairwise(text)]
