"""A template rendered to Markdown: sandboxed, a fault that only figures bring out is told with file and line."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import FunctionLoader, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from fazhi.errors import SpecError
from fazhi.narrative.template import BASE, Template, like
from fazhi.narrative.template_functions import Marks, TemplateFunctions
from fazhi.narrative.template_syntax import environment

_FAULTS = (
    TemplateError,
    SpecError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)


def render(template: Template, context: Mapping[str, Any], vocabulary: TemplateFunctions, marks: Marks) -> str:
    """Render the template to Markdown.

    Parameters
    ----------
    context, vocabulary
        The values and the functions that a template may name.
    marks
        Takes up each figure and each text from outside; in the Markdown stands a mark in its place, which is never parsed.

    Raises
    ------
    SpecError
        The template is wrong; with its file, line and the nearest known name.
    """
    jinja = environment()
    jinja.finalize = marks.finalize
    jinja.loader = FunctionLoader(lambda name: _source(template, name))
    jinja.filters.update(vocabulary.filters())
    names = {**context, **vocabulary.functions()}
    try:
        return jinja.get_template(template.main).render(names)
    except _FAULTS as error:
        place = _place(error, template)
        raise SpecError(f"{place}：{_explain(error, names, jinja)}。请改正后重新运行。") from error


def _source(template: Template, name: str) -> tuple[str, str, None] | None:
    return (template.sources[name], template.labels[name], None) if name in template.sources else None


def _place(error: BaseException, template: Template) -> str:
    """File and line: a syntax error knows its own, any other error the last template line it came through."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or template.label} 第 {error.lineno} 行"
    labels, trace, found = set(template.labels.values()), error.__traceback__, template.label
    while trace:
        if trace.tb_frame.f_code.co_filename in labels:
            found = f"{trace.tb_frame.f_code.co_filename} 第 {trace.tb_lineno} 行"
        trace = trace.tb_next
    return found


def _explain(error: BaseException, names: Mapping[str, Any], jinja: SandboxedEnvironment) -> str:
    text = str(getattr(error, "message", None) or error)
    if isinstance(error, SpecError):
        return text
    if isinstance(error, MemoryError):
        return "这里要排出的文字太长，内存不够"
    if isinstance(error, RecursionError):
        return "include 或宏一层套一层，没有尽头"
    if isinstance(error, TemplateNotFound):
        return f"没有“{error.name}”这个模板，可以 extends 的是“{BASE}”"
    undefined = re.fullmatch(r"'(.+)' is undefined", text)
    unknown = re.fullmatch(r"No (?:filter|test) named '(.+)'\.", text)
    if undefined or unknown:
        word, known = (undefined[1], list(names)) if undefined else (unknown[1], sorted(jinja.filters))  # type: ignore[index]
        return f"没有“{word}”这个{'变量或函数' if undefined else '写法'}，{like(word, known)}"
    return f"模板无法执行（{text}）"
