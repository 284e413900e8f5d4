"""Errors that an author plants by hand, where no rule makes them: [[调解纠纷12件|noun|咨询12件次]] is what is right, the kind, and what is wrong."""

import random
import re

_CHOICE = re.compile(r"\[\[(?P<right>[^|\]]*)\|(?P<kind>\w+)\|(?P<wrong>[^|\]]*)\]\]")
_BEGIN, _SAYS, _END = "\ue000", "\ue001", "\ue002"  # private characters, in no draft
_WRONG = re.compile(f"{_BEGIN}(?P<kind>\\w+){_SAYS}(?P<text>[^{_END}]*){_END}")
Mark = tuple[int, int, str]


def chosen(line: str, draw: random.Random) -> str:
    """The line with what is right or what is wrong at each place; what is wrong stands between private characters."""

    def choose(match: re.Match[str]) -> str:
        return match["right"] if draw.random() < 0.5 else f"{_BEGIN}{match['kind']}{_SAYS}{match['wrong']}{_END}"

    return _CHOICE.sub(choose, line)


def is_inside(text: str) -> bool:
    """Whether what follows `text` is planted by hand already."""
    return text.rfind(_BEGIN) > text.rfind(_END)


def placed(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The text without the private characters, and the marks in their places in it, those of errors planted by hand among them."""
    plain, at, moved, planted = "", 0, list[tuple[int, int]](), list[Mark]()
    for match in _WRONG.finditer(text):
        plain += text[at : match.start()]
        planted.append((len(plain), len(plain) + len(match["text"]), match["kind"]))
        plain += match["text"]
        at = match.end()
        moved.append((match.end(), match.end() - len(plain)))
    kept = []
    for start, end, rule in marks:
        shift = max((by for after, by in moved if after <= start), default=0)
        place = (start - shift, end - shift, rule)
        if not is_inside(text[:start]):
            kept.append(place)
    return plain + text[at:], sorted([*kept, *planted])
