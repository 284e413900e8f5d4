"""What `fazhi check` is set beside: a checker that looks whether the value exists, and regular expressions per indicator."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from fazhi.checking.binding.known_figures import Figure, Ledgers

Flagged = Callable[[str], Iterator[tuple[int, int]]]  # where a checker calls a figure wrong
_NUMBER = r"(\d+(?:\.\d+)?)(万)?"


def value_exists(ledgers: Ledgers) -> Flagged:
    """Wrong is every number that is no indicator's value, of this year or the last."""
    known = {
        _printed(value, figure)
        for figure in ledgers.figures
        for value in (figure.value, figure.previous)
        if value is not None
    }

    def flagged(text: str) -> Iterator[tuple[int, int]]:
        for match in re.finditer(_NUMBER, text):
            if not re.match("[年月日]", text[match.end() :]) and _number(match) not in known:
                yield match.span()

    return flagged


def by_expressions(ledgers: Ledgers) -> Flagged:
    """A careful person's expressions: an indicator's names, a few words, a number with its measure word, or the other way."""
    rules: list[tuple[re.Pattern[str], Decimal, bool]] = []
    for figure in ledgers.figures:
        if figure.value is not None:
            names = "|".join(sorted(map(re.escape, _names(figure)), key=len, reverse=True))
            unit = {"件次": "件次|件|起|宗", "场": "场次|场|次", "次": "场次|次|场", "人次": "人次|人"}.get(
                figure.indicator.unit
            )
            unit = unit or re.escape(figure.indicator.unit)
            rules.append(
                (
                    re.compile(rf"(?:{names})[^，。；\d]{{0,6}}{_NUMBER}(余)?(?:{unit})"),
                    _printed(figure.value, figure),
                    True,
                )
            )

    def flagged(text: str) -> Iterator[tuple[int, int]]:
        for rule, value, _ in rules:
            for match in rule.finditer(text):
                written = _number(match)
                if written != value and not (match[3] and written <= value < written * Decimal("1.2")):
                    yield match.span(1)

    return flagged


def _names(figure: Figure) -> list[str]:
    """The label, and the words of its names run together."""
    first = [[word.split("|")[0] for word in name.split()] for name in figure.indicator.also]
    return [figure.indicator.label, *("".join(words) for words in first)]


def _number(match: re.Match[str]) -> Decimal:
    return (Decimal(match[1]) * (10_000 if match[2] else 1)).normalize()


def _printed(value: Decimal, figure: Figure) -> Decimal:
    if figure.indicator.unit == "%":
        return round(value * 100, 1).normalize()
    return (round(value / 10_000, 2) * 10_000 if figure.indicator.unit == "元" else value).normalize()
