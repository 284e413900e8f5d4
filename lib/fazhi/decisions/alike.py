"""Spellings so near each other that one answer may hold for all: of one fingerprint, or one with a few letters more."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from fazhi.values.normalise import bare

_NEAR, _SHORTEST = 85, 4
_TELLING = re.compile(r"[\d一二三四五六七八九十百零〇两甲乙丙丁东南西北上下左右大小前后新老未不无非没否]")


def fingerprint(text: str) -> str:
    """What two spellings share that differ in punctuation, spaces and the order of their parts."""
    parts = sorted(filter(None, map(bare, re.split(r"[\s、,，;；/|]+", text))))
    return "".join(parts)


def clusters(
    counts: Mapping[str, int], same: Mapping[str, object], likely: Mapping[str, str] | None = None
) -> list[list[str]]:
    """Spellings in clusters, the most frequent first in each and of all. Those of a cluster are `likely` to mean one value, or
    are `same` in what is offered for them, and differ in no number, direction or denial."""
    order = sorted(counts, key=lambda text: (-counts[text], text))
    found: list[list[str]] = []
    for text in order:
        home = next((one for one in found if _together(one[0], text, same, likely or {})), None)
        (found.append([text]) if home is None else home.append(text))
    return sorted(found, key=lambda one: -sum(counts[text] for text in one))


def _together(one: str, other: str, same: Mapping[str, object], likely: Mapping[str, str]) -> bool:
    if likely.get(one) or likely.get(other):
        return likely.get(one) == likely.get(other)
    return same[one] == same[other] and _alike(one, other)


def _alike(one: str, other: str) -> bool:
    if _TELLING.findall(one) != _TELLING.findall(other):
        return False
    if fingerprint(one) == fingerprint(other):
        return True
    short, long = sorted((bare(one), bare(other)), key=len)
    return short == long or (len(short) >= _SHORTEST and fuzz.ratio(short, long) >= _NEAR and _is_within(short, long))


def _is_within(short: str, long: str) -> bool:
    """Whether the longer has every letter of the shorter, in order: a letter in another's place may change the meaning."""
    rest = iter(long)
    return all(letter in rest for letter in short)
