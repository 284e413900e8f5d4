"""What a spelling that nobody knows most likely means among the values of a closed list: shown to an analyst, never taken by itself."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from fazhi.values.normalise import bare

# What denies (未达成), fails (难以调解成功) or goes on to something else (电话预约后到场): with one of these a spelling is like no value without.
_TURNS = re.compile(r"[未不无非没否难拒勿免后转改再待]|失败|撤回|除外|以外")
_TAILS = ("类矛盾纠纷", "矛盾纠纷", "纠纷", "矛盾", "案件", "类型", "类别", "类")
_SURE, _SHARED = 0.6, 2  # a likeness that is worth showing; letters in a row that another value may not share


def likely_meaning(text: str, spellings: Mapping[str, Iterable[str]]) -> str:
    """The one value that a spelling is like, by its letters; "" where none is, or another may be meant as well.

    Parameters
    ----------
    text
        What is written.
    spellings
        Value -> its name and the other ways of writing it.

    >>> names = {"占道经营": ["占道经营", "占道"], "违法建设": ["违法建设", "违建"], "消防违法": ["消防违法", "消防"]}
    >>> likely_meaning("出店占道经营", names), likely_meaning("堵塞消防通道", names), likely_meaning("难以建设", names)
    ('占道经营', '消防违法', '')
    """
    plain = _trimmed(bare(text))
    if not plain:
        return ""
    scores = {value: max((_likeness(plain, _trimmed(bare(name))) for name in names), default=0.0) for value, names in spellings.items()}  # fmt: skip
    best = max(scores, key=lambda value: scores[value], default="")
    if not best or scores[best] < _SURE:
        return ""
    taken = max((_common(plain, _trimmed(bare(name))) for name in spellings[best]), key=len)
    rest = plain.replace(taken, "\0")
    rivals = (name for value, names in spellings.items() if value != best for name in names)
    if any(len(_common(rest, _trimmed(bare(name)))) >= _SHARED for name in rivals):
        return ""
    return best if sum(score > scores[best] - 0.2 for score in scores.values()) == 1 else ""


def _trimmed(text: str) -> str:
    return next((text[: -len(tail)] for tail in _TAILS if text.endswith(tail) and len(text) > len(tail)), text)


def _likeness(text: str, name: str) -> float:
    """1 where one holds the other, less where only their letters stand in order; 0 where one denies or goes on and the other does not."""
    if bool(_TURNS.search(text)) != bool(_TURNS.search(name)) or not name:
        return 0.0
    short, long = sorted((text, name), key=len)
    if short in long:
        return 1.0 if len(short) > 1 or len(long) <= 3 else 0.0
    if len(short) > 1 and _in_order(short, long):
        return 0.9
    shared = _common(text, name)
    return len(shared) / len(short) if len(shared) >= _SHARED else 0.0


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _common(one: str, other: str) -> str:
    """The longest run of letters that both have."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]
