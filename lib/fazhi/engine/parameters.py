"""The parameters cell is a notebook's interface: what is passed must be there, and of its type, before anything runs."""

import ast
import difflib
from collections.abc import Mapping
from typing import Any

from fazhi.engine.jobs import Scalar

_TYPES: dict[str, type] = {"int": int, "float": float, "str": str, "bool": bool}
_LABELS = {"int": "int（整数）", "float": "float（数）", "str": "str（文字）", "bool": "bool（True/False）"}


def parameter_problems(nb: Any, parameters: Mapping[str, Scalar]) -> list[str]:
    """Chinese sentences on each unknown or wrongly typed parameter, by papermill's own inspection of the notebook."""
    from papermill.inspection import _infer_parameters

    if not parameters:
        return []
    known = {found.name: found for found in _infer_parameters(nb, "python3", "python")}
    problems = [_unknown(name, list(known)) for name in parameters if name not in known]
    checked = {name: _expected_type(found) for name, found in known.items() if name in parameters}
    problems += [
        _wrong(name, kind, parameters[name]) for name, kind in checked.items() if not _fits(kind, parameters[name])
    ]
    return problems


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
