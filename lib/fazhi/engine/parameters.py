"""The parameters cell is a notebook's interface: what is passed must be there, and of its type, before anything runs."""

import ast
import difflib
from collections.abc import Mapping
from typing import Any

from fazhi.engine.jobs import Scalar

_TYPES: dict[str, type] = {"int": int, "float": float, "str": str, "bool": bool}
_LABELS = {"int": "int（整数）", "float": "float（数）", "str": "str（文字）", "bool": "bool（True/False）"}


def parameter_problems(nb: Any, parameters: Mapping[str, Scalar]) -> list[str]:
    """Chinese sentences on each unknown or wrongly typed parameter."""
    if not parameters:
        return []
    known = {found.name: found for found in _declared(nb)}
    problems = [_unknown(name, list(known)) for name in parameters if name not in known]
    checked = {name: _expected_type(found) for name, found in known.items() if name in parameters}
    problems += [
        _wrong(name, kind, parameters[name]) for name, kind in checked.items() if not _fits(kind, parameters[name])
    ]
    return problems


def as_declared(nb: Any, parameters: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """Parameters of papermill's command line in the types that their cell declares, where they say the same in both.

    `-p years 2025` is a number there, of which a text is made, and `-r year 2025` a text; what is not certain stays as it is.
    """
    kinds = {found.name: _expected_type(found) for found in _declared(nb)}
    return {name: _converted(kinds.get(name, ""), value) for name, value in parameters.items()}


def _converted(kind: str, value: Scalar) -> Scalar:
    if kind == "str" and type(value) is int:
        return str(value)
    if kind == "int" and isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value


def _declared(nb: Any) -> list[Any]:
    """The parameters that the notebook's own cell declares, by papermill's inspection."""
    from papermill.inspection import _infer_parameters

    return list(_infer_parameters(nb, "python3", "python"))


def _expected_type(found: Any) -> str:
    """The annotated type, else that of the default value; '' when neither is one of the four plain types."""
    if found.inferred_type_name in _TYPES:
        return str(found.inferred_type_name)
    try:
        kind = type(ast.literal_eval(found.default)).__name__
    except (ValueError, SyntaxError):
        return ""
    return kind if kind in _TYPES else ""


def _fits(kind: str, value: Scalar) -> bool:
    if not kind:
        return True
    if kind == "float" and type(value) is int:
        return True
    return type(value) is _TYPES[kind]


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return f"没有参数“{name}”：笔记本没有标签为 parameters 的单元"
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"，最接近的是“{near[0]}”" if near else ""
    return f"没有参数“{name}”{hint}（已有：{'、'.join(known)}）"


def _wrong(name: str, kind: str, value: Scalar) -> str:
    given = type(value).__name__
    return f"参数“{name}”应为 {_LABELS[kind]}，给的是 {_LABELS.get(given, given)}"
