"""Ranks that a draft states: 邻里纠纷最多, where the ledgers have more of another kind; ties are nobody's mistake."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.names import is_named_in
from fazhi.number_words import digits

_MOST = r"最多|最高|最大|最集中|最突出|最为(?:集中|突出|高发)|居首位?|占首位|高居榜首|(?:位居|位列|名列|排名|排在|排|列|居|占据?|数)(?:首位|榜首|第[一1][位名]?)"
_LEAST = r"最少|最低|最小|垫底|居末位?|(?:位居|位列|排名|排在|排|列|居)(?:末位|最后)"
_KIND = "(?:类|领域|方面|渠道|之间)"
_AFTER = re.compile(  # 邻里纠纷数量最多
    rf"{_KIND}?(?:(?!不是|不最|是不|是否|并非)[^，。；、：？！\n]){{0,10}}?(?:数量|占比|件数|量)?(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))(?!的?不|吗|的几|的[两三四五])"
)
_BEFORE = re.compile(  # 最多的是邻里纠纷
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))的?[^，。；、：？！\n]{{0,6}}?(?:[是为]|当属|要数|要算|：)(?:了|的是)?$"
)
_RANKED = re.compile(f"{_MOST}|{_LEAST}")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_LONG = 200
_NEAR = 24  # characters before a kind that may say it is first
_OF_MANY = ("village", "department")  # their values stand in many ledgers


Which = Literal["most", "least"]


@dataclass(frozen=True)
class Rank:
    """Where a rank stands in the text, and why it is wrong."""

    start: int
    end: int
    why: str


def wrong_ranks(text: str, ledgers: Ledgers) -> Iterator[Rank]:
    """The ranks of a text that the ledgers contradict, in order."""
    wholes = [one for one in ledgers.figures if one.indicator.measure in ("count", "sum") and not one.indicator.where]
    for sentence in _SENTENCE.finditer(text):
        if len(sentence[0]) <= _LONG and _RANKED.search(sentence[0]) and "季度" not in sentence[0]:
            for start, end, word, which in _said(sentence[0], ledgers):
                if why := _outranked(sentence[0], word, which, wholes, ledgers):
                    yield Rank(sentence.start() + start, sentence.start() + end, why)


def _said(sentence: str, ledgers: Ledgers) -> Iterator[tuple[int, int, str, Which]]:
    """Each kind that a sentence calls the first or the last of its list: its place, the word, and which."""
    known, at = _known(ledgers), 0
    while match := known.search(sentence, at):
        at = match.end()
        near = sentence[max(0, match.start() - _NEAR) : match.start()]
        before, after = _BEFORE.search(near), _AFTER.match(sentence, match.end())
        if before:
            start = match.start() - len(near) + before.start()
            yield start, match.end(), match[0], "least" if before["least"] else "most"
        elif after and not known.search(sentence, match.end(), after.end()):
            yield match.start(), after.end(), match[0], "least" if after["least"] else "most"


def _known(ledgers: Ledgers) -> re.Pattern[str]:
    """The kinds of all lists, in full where they are long enough to tell, in short where 类 or the like follows."""
    full = {word for values in ledgers.values.values() for word in values if len(word) > 2}
    short = {word for words in (*ledgers.short.values(), *ledgers.values.values()) for word in words if len(word) > 1}
    ordered = [sorted(words, key=len, reverse=True) for words in (full, short)]
    return re.compile(
        "|".join([*map(re.escape, ordered[0]), *(f"{re.escape(one)}(?={_KIND})" for one in ordered[1])]) or r"(?!)"
    )


def _outranked(sentence: str, word: str, which: Which, wholes: list[Figure], ledgers: Ledgers) -> str:
    """Why a kind is not the one with most (or fewest) rows of what the sentence speaks of; empty where it is, or it is not certain."""
    having = [(one, value) for one in wholes if (value := _value(one, word, ledgers))]
    named = [pair for pair in having if is_named_in(pair[0].indicator, sentence.replace(word, ""))]
    if not named and not any(_column(*pair, ledgers) in _OF_MANY for pair in having):
        named = [pair for pair in having if pair[0].indicator.measure == "count"]
    if len(named) != 1 or _is_of_kind(*named[0], sentence, ledgers):
        return ""
    figure, value = named[0]
    column = _column(figure, value, ledgers)
    kinds = [one for one, of in ledgers.values[figure.indicator.ledger].items() if of == column]
    counts = {one: ledgers.parts(figure, {column: one}) for one in kinds}
    known = {one: count for one, count in counts.items() if count}
    if value not in known:
        return ""
    first = (max if which == "most" else min)(known, key=lambda one: known[one])
    if known[first] == known[value]:
        return ""
    unit, said = figure.indicator.unit, "最多" if which == "most" else "最少"
    return f"{said}的是{first}（{digits(known[first])}{unit}），{value}为{digits(known[value])}{unit}"


def _value(figure: Figure, word: str, ledgers: Ledgers) -> str:
    """The value of a closed list of the indicator's ledger that a word names; empty where it names none."""
    values = ledgers.values.get(figure.indicator.ledger, {})
    value = word if word in values else ledgers.short.get(figure.indicator.ledger, {}).get(word, "")
    return value if value in values else ""


def _column(figure: Figure, value: str, ledgers: Ledgers) -> str:
    return ledgers.values[figure.indicator.ledger][value]


def _is_of_kind(figure: Figure, value: str, sentence: str, ledgers: Ledgers) -> bool:
    """Whether a sentence speaks of a kind by another list as well: 石桥村的邻里纠纷最多."""
    values = ledgers.values[figure.indicator.ledger]
    return any(
        one in sentence.replace(value, "") for one, column in values.items() if column != values[value] and len(one) > 1
    )
