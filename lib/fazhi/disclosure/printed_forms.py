"""The forms in which a figure may be printed: exactly, a rate in whole percent, bounds of rates and counts."""

from collections.abc import Iterator
from math import ceil, floor

from fazhi.disclosure import statements
from fazhi.disclosure.offers import Form
from fazhi.disclosure.statements import Rows, Statement
from fazhi.number_words import exact, half_up
from fazhi.workspace.year_statistics import Number

BELOW, ABOVE = "不足", "以上"
EXACT, WHOLE, BOUND = "exact", "whole", "bound"
PARTS = ("value", "previous", "parts", "change", "rows", "offices")  # of an indicator's entry, the most wanted first


def shares(value: Number, above: Rows, below: Rows, names: tuple[str, str]) -> Iterator[Form]:
    """A rate with one decimal, then in whole percent; never 0% or 100% where it is neither."""
    for form, decimals in ((EXACT, 1), (WHOLE, 0)):
        while (shown := half_up(exact(value) * 100, decimals)) in (0, 100) and value not in (0, 1):
            decimals += 1
        if form == EXACT or decimals == 0:
            rounded = {names[0]: float(shown / 100), names[1]: None if form == EXACT else 0}
            yield Form(form, statements.rate(above, below, value, decimals), shown=rounded)


def bounds(value: Number, whole: int, above: Rows, below: Rows, threshold: int) -> Iterator[Form]:
    """Bounds of a rate, the nearest first: 98%以上, 95%以上, 90%以上, 50%以上, and 不足 for those under a half."""
    if not 0 < value < 1:
        return
    if value >= 0.5:
        nearest = floor(100 * (whole - threshold + 1) / whole) / 100
        steps = [nearest, *(floor(value / step + 1e-9) * step for step in (0.05, 0.1)), 0.5]
        for least in dict.fromkeys(round(step, 2) for step in steps if 0.5 <= step <= value):
            yield bounded(ABOVE, least, (statements.at_least(above, below, least),))
        return
    nearest = ceil(100 * threshold / whole) / 100
    steps = [nearest, *(ceil(value / step + 1e-9) * step for step in (0.05, 0.1)), 0.5]
    for most in dict.fromkeys(round(step, 2) for step in steps if value < step <= 0.5):
        yield bounded(BELOW, most, (statements.less(above, below, most),))


def bounded(side: str, value: Number, says: tuple[Statement, ...]) -> Form:
    return Form(f"{BOUND} {value}", says, shown={"value": None, "bound": side, "bound_value": value})
