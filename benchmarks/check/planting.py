"""Errors planted in a sentence by rule: a figure typed wrong, last year's, exchanged with another, its sign or unit changed."""

import itertools
import random
import re
from collections.abc import Iterator
from decimal import Decimal

from fazhi.number_words import digits, half_up

from .sentences import Sentence, Slot

_OPPOSITE = {
    "增长": "下降",
    "下降": "增长",
    "增加": "减少",
    "减少": "增加",
    "提高": "下降",
    "多": "少",
    "少": "多",
    "增至": "",
    "降至": "",
}
_OTHER = dict(zip("二三四五六七八九", "五六七八九二三四", strict=True))
_LOOSE = ("余", "超", "近", "约", "余万")


def planted(sentence: Sentence, draw: random.Random) -> Iterator[tuple[str, str, Slot]]:
    """Rule, the text with one error, and the slot it stands in; what would still be true is left out."""
    for slot in sentence.slots:
        shown = sentence.text[slot.start : slot.end]
        for rule, wrong in _wrong(slot, shown, draw):
            if wrong != shown and wrong[0] != "." and not _still_true(slot, wrong):
                text = sentence.text[: slot.start] + wrong + sentence.text[slot.end :]
                yield rule, text, Slot(slot.start, slot.start + len(wrong), slot.figure, slot.form, slot.value)
        if slot.form in ("万", "元"):
            yield "unit", _other_unit(sentence.text, slot), slot
    yield from _exchanged(sentence)


def wrongly_typed(slot: Slot, shown: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    """What may be typed in place of a figure and is not true, each with the rule that makes it."""
    for rule, wrong in _wrong(slot, shown, draw):
        if wrong != shown and wrong[0] != "." and not _still_true(slot, wrong):
            yield rule, wrong


def _wrong(slot: Slot, shown: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    places = [match.start() for match in re.finditer(r"\d", shown)]
    for word, other in _OPPOSITE.items():
        if other and shown.startswith(word):
            yield "sign", other + shown[len(word) :]
    if not places:
        yield "numeral", "".join(_OTHER.get(char, char) for char in shown)
        return
    place = places[0] if slot.form in _LOOSE else draw.choice(places)
    low = 1 if place == places[0] else 0
    other = draw.choice([digit for digit in range(low, 10) if str(digit) != shown[place]])
    yield "digit", shown[:place] + str(other) + shown[place + 1 :]
    if slot.form in ("", "万", "元", "上年") and len(places) > 1:
        yield "dropped", shown[: places[0]] + shown[places[0] + 1 :].lstrip("0") or "0"
        yield "doubled", shown[: places[0] + 1] + shown[places[0] :]
        if places[1] == places[0] + 1 and shown[places[1]] != "0":
            yield "swapped", shown[1] + shown[0] + shown[2:]
    before = slot.figure.previous
    if slot.form == "" and before is not None:
        yield "last year", digits(half_up(before * (100 if slot.figure.indicator.unit == "%" else 1), 1))


def _still_true(slot: Slot, wrong: str) -> bool:
    """Whether a figure typed anew says what is true all the same, or nearly: nobody could call it wrong."""
    number = re.search(r"\d+(?:\.\d+)?", wrong)
    if not number:
        return False
    scale = 10_000 if wrong[-1] == "万" or slot.form in ("万", "万上年", "约", "余万") else 1
    value, true = Decimal(number[0]) * scale, abs(slot.value)
    if slot.form != "至" and wrong[:1] in "增下减提多少" and (wrong[:1] in "下减少") != (slot.value < 0):
        return False
    loose = Decimal("0.12") if slot.form in _LOOSE else Decimal(0)
    step = (
        Decimal("0.051")
        if slot.form in ("增幅", "点", "") and "." in wrong
        else Decimal("0.006")
        if slot.form == "倍"
        else 0
    )
    return abs(value - true) <= max(true * loose, step * scale)


def _other_unit(text: str, slot: Slot) -> str:
    after = text[slot.end :]
    return text[: slot.end] + (
        after.replace("万元", "元", 1) if after.startswith("万元") else after.replace("元", "万元", 1)
    )


def _exchanged(sentence: Sentence) -> Iterator[tuple[str, str, Slot]]:
    """Two figures of a sentence in each other's place."""
    plain = [slot for slot in sentence.slots if slot.form == "" and slot.figure.indicator.unit != "%"]
    for first, second in itertools.pairwise(plain):
        one, other = sentence.text[first.start : first.end], sentence.text[second.start : second.end]
        if one != other:
            between = sentence.text[first.end : second.start]
            text = sentence.text[: first.start] + other + between + one + sentence.text[second.end :]
            yield "exchanged", text, Slot(first.start, first.start + len(other), first.figure, "", first.value)
