"""`{{标题}}` and the like in an office's own Word template, found and filled in whatever runs they are split over."""

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"[{｛]{2}\s*([^{}｛｝]{1,20}?)\s*[}｝]{2}")
BODY = "正文"
TITLE, ADDRESSEE, NUMBER, SIGNER, ISSUER, DATE = "标题", "主送机关", "发文字号", "签发人", "发文机关", "成文日期"
PLACES = (BODY, TITLE, ADDRESSEE, NUMBER, SIGNER, ISSUER, DATE, "单位", "年度")


def found_in(root: Any) -> list[str]:
    """The names of all places below an element, in order."""
    return [name for paragraph in _paragraphs(root) for name in _PLACE.findall(_text(_words(paragraph)))]


def is_place(paragraph: Any, name: str) -> bool:
    """Whether a paragraph is this place and nothing else."""
    whole = _PLACE.fullmatch(_text(_words(paragraph)).strip())
    return whole is not None and whole[1] == name


def fill(root: Any, values: Mapping[str, str]) -> None:
    """Put `values` in; a place takes the look of where it begins. What `values` does not name stays."""
    for paragraph in list(_paragraphs(root)):
        words = _words(paragraph)
        for place in reversed(list(_PLACE.finditer(_text(words)))):
            if place[1] in values:
                _replace(words, place.start(), place.end(), values[place[1]])


def _paragraphs(root: Any) -> list[Any]:
    return [root] if root.tag == f"{_W}p" else list(root.iter(f"{_W}p"))


def _words(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, without those of text boxes in it."""
    return [word for word in paragraph.iter(f"{_W}t") if next(word.iterancestors(f"{_W}p")) is paragraph]


def _text(words: list[Any]) -> str:
    return "".join(word.text or "" for word in words)


def _replace(words: list[Any], start: int, end: int, value: str) -> None:
    """Cut `start` to `end` out of texts that follow one another; the value stands in the first of them."""
    ends = list(accumulate(len(word.text or "") for word in words))
    for word, until in zip(words, ends, strict=True):
        text = word.text or ""
        begin = until - len(text)
        if until <= start or begin >= end:
            continue
        kept = value if begin <= start else ""
        word.text = text[: max(0, start - begin)] + kept + text[max(0, end - begin) :]
        word.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
