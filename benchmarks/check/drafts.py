"""Sentences about the sample year in other words, each once with the right figure and once with one typed wrong by a rule."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from fazhi import number_words

WORDINGS = Path(__file__).with_name("wordings.tsv")


@dataclass(frozen=True)
class Sentence:
    """A sentence, the indicator it speaks of, and the rule by which its figure was typed wrong ("" where it is right)."""

    text: str
    indicator: str
    rule: str


def sentences(indicators: Mapping[str, Mapping[str, Any]], seed: int = 1) -> Iterator[Sentence]:
    """Every wording with the right figure, then with each error that can be planted in it."""
    draw = random.Random(seed)
    for line in WORDINGS.read_text(encoding="utf-8").splitlines():
        name, wording = line.split("\t")
        entry = indicators[name]
        if entry["value"] is None:
            continue
        right = written(Decimal(str(entry["value"])), entry["unit"])
        yield Sentence(wording.format(right), name, "")
        for rule, wrong in errors(entry, right, draw):
            if wrong != right:
                yield Sentence(wording.format(wrong), name, rule)


def written(value: Decimal, unit: str) -> str:
    """A figure as a report prints it."""
    if unit == "%":
        return number_words.percent(value)
    return number_words.money(value) if unit == "元" else number_words.count(value, unit)


def errors(entry: Mapping[str, Any], right: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    """The figure typed wrong: a digit changed, dropped, doubled, two swapped; last year's; the unit ten thousand times off."""
    digits = [match.start() for match in re.finditer(r"\d", right)]
    place = draw.choice(digits)
    other = str((int(right[place]) + draw.randrange(1, 9)) % 10)
    yield "digit", right[:place] + other + right[place + 1 :]
    if len(digits) > 1 and entry["unit"] != "%":
        yield "dropped", right[: digits[0]] + right[digits[0] + 1 :]
        first, second = digits[:2]
        if second == first + 1 and right[first] != right[second] and right[second] != "0":
            yield "swapped", right[:first] + right[second] + right[first] + right[second + 1 :]
    if entry["unit"] != "%":
        yield (
            "doubled",
            right[: digits[-1] + 1] + right[digits[-1]] + right[digits[-1] + 1 :] if "." not in right else right,
        )
    if entry["previous"] is not None and entry["previous"] != entry["value"]:
        yield "last year", written(Decimal(str(entry["previous"])), entry["unit"])
    if entry["unit"] == "元":
        yield "unit", right.replace("万元", "元") if "万元" in right else right.replace("元", "万元")
