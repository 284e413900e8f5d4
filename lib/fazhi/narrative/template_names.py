"""What a template names: variables, functions, filters, and figures by their ids; found without rendering it."""

import re
from collections.abc import Iterator, Mapping

from jinja2 import nodes

from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError
from fazhi.narrative.figure_forms import FORMS, check_form
from fazhi.narrative.template_syntax import environment, find

# What a template may name besides its own variables: values (compose.py) and functions (template_functions.py).
VALUES = ("year", "last_year", "next_year", "town", "whole", "parts", "sections", "plan_sections", "records_open")
FUNCTIONS = ("clause", "sentence", "gap", "falls_short", "fell", "settlements", "targets", "planned")
FIGURE_FILTERS = ("figure", *FORMS, "change")
FILTERS = (*FIGURE_FILTERS, "listing")
SLOT = re.compile(r"\{([^{}|]+)(?:\|(\w+))?\}")  # a figure in a clause: {drills.held|floor}
_OF_JINJA = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs"})
_LATER = ("plan:", "target:")  # targets of plans: known once the ledger is read

Known = Mapping[str, tuple[str, str]]  # id -> label, unit


def unknown_names(tree: nodes.Template, base: nodes.Template, known: Known) -> list[tuple[int, str]]:
    """Line and fault of each name that leads nowhere, in the order of the lines; `base` is the template that is extended."""
    found = [*_variables(tree, _declared(tree) | _declared(base), known), *_filters(tree), *_figures(tree, known)]
    return sorted(dict.fromkeys(found))


def _declared(tree: nodes.Template) -> set[str]:
    """Every name that the template gives a value itself, wherever, and every name it asks for before using it."""
    names = {node.name for node in find(tree, nodes.Name) if node.ctx != "load"}
    names |= {node.name for node in find(tree, nodes.Macro)}
    names |= {node.target for node in find(tree, nodes.Import)}
    for node in find(tree, nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in node.names}
    asked = [node.node for node in find(tree, nodes.Test) if node.name in ("defined", "undefined")]
    asked += [node.node for node in find(tree, nodes.Filter) if node.name in ("default", "d") and node.node]
    return names | {node.name for node in asked if isinstance(node, nodes.Name)}


def _variables(tree: nodes.Template, declared: set[str], known: Known) -> Iterator[tuple[int, str]]:
    given = [*VALUES, *FUNCTIONS]
    usable = {*given, *declared, *_OF_JINJA, *environment().globals}
    dotted = {id(node.node): node for node in find(tree, nodes.Getattr)}
    for node in find(tree, nodes.Name):
        if node.name in usable:
            continue
        longer = dotted.get(id(node))
        meant = nearest(f"{node.name}.{longer.attr}", list(known), 1, 85) if longer else []
        if meant:
            yield (
                node.lineno,
                f'指标编号要加引号，写成 {{{{ "{meant[0]}" | figure }}}}，或写进 clause("…{{{meant[0]}}}…")',
            )
        else:
            near = nearest(node.name, given, 1)
            hint = f"最接近的是“{near[0]}”" if near else f"可用的有：{'、'.join(given)}"
            yield node.lineno, f"没有“{node.name}”这个变量或函数，{hint}"


def _filters(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    jinja = environment()
    for kind, named in ((nodes.Filter, {*jinja.filters, *FILTERS}), (nodes.Test, set(jinja.tests))):
        for node in find(tree, kind):
            if node.name not in named:
                near = nearest(node.name, [*FILTERS, *sorted(named)], 1, 0)[0]
                yield node.lineno, f"没有“{node.name}”这个写法，最接近的是“{near}”"


def _figures(tree: nodes.Template, known: Known) -> Iterator[tuple[int, str]]:
    for line, name, form in _named(tree):
        if name.startswith(_LATER):
            continue
        if name not in known:
            yield line, f"没有“{name}”这个指标{_meant(name, known)}"
        elif form != "change":
            try:
                check_form(form, *known[name])
            except SpecError as fault:
                yield line, str(fault)


def _meant(name: str, known: Known) -> str:
    """What an id that is none is most like: an id, or what readers call a figure, whose id is then to be written."""
    labels = {label: one for one, (label, _) in known.items() if label}
    near = nearest(name, [*known, *labels], 1)
    if not near:
        return "，全部指标见 fazhi trace"
    return f"，请写代号：{labels[near[0]]}（{near[0]}）" if near[0] in labels else f"，最接近的是“{near[0]}”"


def _named(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    """Line, id and form of each figure that is named by a plain text."""
    for node in find(tree, nodes.Filter):
        if node.name in FIGURE_FILTERS and isinstance(node.node, nodes.Const):
            yield node.node.lineno, str(node.node.value), "" if node.name == "figure" else node.name
    for call in find(tree, nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        first = call.args[0] if call.args else None
        if name == "clause":
            if isinstance(first, nodes.Const):
                yield from ((first.lineno, slot[1], slot[2] or "") for slot in SLOT.finditer(str(first.value)))
            for given in call.kwargs:
                if given.key == "needs" and isinstance(given.value, nodes.Const) and given.value.value:
                    yield given.value.lineno, str(given.value.value), ""
        elif name in ("falls_short", "fell") and isinstance(first, nodes.Const):
            yield first.lineno, str(first.value), ""
