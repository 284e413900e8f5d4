"""Dataclasses come back from JSON as they were, and nothing else does."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pytest

from fazhi.workspace.read_back import reader


@dataclass(frozen=True)
class Part:
    name: str
    sizes: Sequence[int]


@dataclass(frozen=True)
class Whole:
    kind: Literal["a", "b"]
    value: int | float | None
    sure: bool
    parts: Mapping[str, Part]
    last: Part | None = None
    listed: Sequence[Part] = field(default_factory=list)


WHOLE = Whole("a", 2.5, True, {"one": Part("x", [1, 2])}, Part("y", []), [Part("z", [3])])


@pytest.mark.parametrize("whole", [WHOLE, Whole("b", None, False, {}), Whole("b", 3, False, {})])
def test_what_was_dumped_comes_back(whole: Whole) -> None:
    assert reader(Whole)(asdict(whole)) == whole


@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "c"},
        {"value": "2.5"},
        {"value": True},
        {"sure": 1},
        {"parts": [["one", {"name": "x", "sizes": []}]]},
        {"parts": {"one": {"name": "x"}}},
        {"last": {"name": "y", "sizes": ["1"]}},
        {"listed": {"name": "z", "sizes": []}},
        {"more": 1},
    ],
)
def test_what_is_of_another_type_is_refused(spoilt: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        reader(Whole)({**asdict(WHOLE), **spoilt})
