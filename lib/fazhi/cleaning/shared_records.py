"""What two tables hold in common, each record as often as both have it."""

from collections import Counter
from typing import TypeVar

Key = TypeVar("Key")


def in_common(first: Counter[Key], second: Counter[Key]) -> Counter[Key]:
    """The records that both hold, in the order of the smaller one and in a time that grows with it alone."""
    small, large = sorted((first, second), key=len)
    return Counter({key: min(count, large[key]) for key, count in small.items() if key in large})
