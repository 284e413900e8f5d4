"""A text as it is searched for private values: folded, in the ways its spaces may be read, as runs of characters."""

import re
import unicodedata
from collections.abc import Iterator

from fazhi.privacy.words import HAN, any_dot

RUN = re.compile(rf"[a-z0-9]{{0,8}}[{HAN}][{HAN}a-z0-9]*")
_FROM_HAN = re.compile(rf"[{HAN}][{HAN}a-z0-9]*")
_LETTERS_BEFORE = re.compile(r"[a-z0-9]*\Z")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
SOFT_BREAK = "\u2028"  # the line ends here, the text may go on
_BLANKS = re.compile(rf"[^\S\n{SOFT_BREAK}]+")
# What is sought stands before what is looked back at: that is several times faster.
_INSIDE_A_NAME = re.compile(rf" (?<=[{HAN}] )(?=[{HAN}](?![{HAN}]))")
_BETWEEN = re.compile(rf" (?<=[{HAN}] )(?=[{HAN}])")


def fold(text: str) -> str:
    """Width, case, dots, invisible characters and spaces folded; line breaks stay, as they keep words apart."""
    return any_dot(_BLANKS.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text))).casefold())


def squeezed(text: str) -> str:
    """One cell's text without the spaces between its characters: 走访何 建家. Of whole files it would join what is apart."""
    return _BETWEEN.sub("", fold(text))


def runs(text: str) -> Iterator[str]:
    """All that `RUN` matches, in half the time: most of a text without Chinese characters is passed over."""
    for match in _FROM_HAN.finditer(text):
        start = match.start()
        is_after_one = text[start - 1 : start].isalnum()
        yield (_LETTERS_BEFORE.findall(text, max(0, start - 8), start)[0] if is_after_one else "") + match[0]


def views(text: str) -> Iterator[tuple[str, int]]:
    """The text as words stand in it; and with names of three characters or more put together that spaces or lines part."""
    yield _INSIDE_A_NAME.sub("", text.replace(SOFT_BREAK, "〇")), 2
    if SOFT_BREAK in text or _BETWEEN.search(text):
        yield _BETWEEN.sub("", text.replace(SOFT_BREAK, "")), 3


def traced(text: str, every_space: bool) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place it has in `text`."""
    letters, origin = [], []
    for place, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            origin.append(place)
    whole = any_dot("".join(letters))
    pattern = _BETWEEN if every_space else _INSIDE_A_NAME
    gone = {match.start() for match in pattern.finditer(whole)}
    kept = [place for place in range(len(whole)) if place not in gone]
    return "".join(whole[place] for place in kept), [origin[place] for place in kept]
