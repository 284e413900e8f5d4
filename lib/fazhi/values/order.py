"""The order in which groups are listed: those by themselves, then 其他…, then what is merged (其余…)."""

from collections.abc import Iterable
from typing import Any


def rest_last(names: Iterable[Any]) -> list[Any]:
    """The names in their order, but 其他… and after it 其余… at the end.

    >>> rest_last(["其余类型", "其他纠纷", "邻里纠纷"])
    ['邻里纠纷', '其他纠纷', '其余类型']
    """
    return sorted(names, key=lambda name: _RANKS.get(str(name)[:2], 0))


_RANKS = {"其他": 1, "其它": 1, "其余": 2}
