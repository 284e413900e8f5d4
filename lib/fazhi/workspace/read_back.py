"""Dataclasses read back from the JSON that they were dumped as, each value checked against the type of its field.

Without pydantic, which a command that only tells a figure would take longer to load than to answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]


@cache
def reader(kind: Any) -> Read:
    """What reads a value of a type: a dataclass, a sequence, a mapping with names, a union, a literal, or a plain value.

    It raises TypeError for a value of another type, for a field that is missing, and for one that there is not.
    """
    inside = [reader(part) for part in get_args(kind)] if get_origin(kind) is not Literal else []
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if get_origin(kind) is Sequence:
        return lambda value: [inside[0](item) for item in _checked(value, list)]
    if get_origin(kind) is Mapping:
        return lambda value: {name: inside[1](item) for name, item in _checked(value, dict).items()}
    if get_origin(kind) is UnionType:
        return lambda value: _first(inside, value)
    if get_origin(kind) is Literal:
        return lambda value: _one_of(get_args(kind), value)
    return lambda value: _checked(value, kind)


def _of_dataclass(kind: Any) -> Read:
    fields = {name: reader(hint) for name, hint in get_type_hints(kind).items()}

    def read(value: Any) -> Any:
        given = _checked(value, dict)
        if unknown := given.keys() - fields.keys():
            raise TypeError(f"{kind.__name__} has no {sorted(unknown)}")
        return kind(**{name: fields[name](part) for name, part in given.items()})

    return read


def _checked(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{kind.__name__} expected, {type(value).__name__} found")
    return value


def _first(readers: Sequence[Read], value: Any) -> Any:
    """The value as the first of several types that it is of."""
    for read in readers[:-1]:
        try:
            return read(value)
        except TypeError:
            continue
    return readers[-1](value)


def _one_of(known: Sequence[Any], value: Any) -> Any:
    if value not in known:
        raise TypeError(f"one of {known} expected")
    return value
