"""Jinja2 for report templates: sandboxed, an undefined name is an error with file, line and the nearest known name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from fazhi.dictionary.loading import nearest, read_yaml
from fazhi.errors import SpecError
from fazhi.narrative.template_functions import PRIVATE, Marks, TemplateFunctions

BASE = "report.md"
_BASE_LABEL = "模板 report.md"
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

MAXIMUM_NESTED = 20  # brackets, or blocks, one in another
MAXIMUM_WORDS = 500  # of one expression or statement
_OPENING = frozenset({"if", "for", "block", "macro", "call", "filter", "with", "autoescape"})


@dataclass(frozen=True)
class Template:
    """The texts of one report: the packaged template, the year's own where there is one, and the outline."""

    sources: Mapping[str, str]  # by the name `extends` uses
    labels: Mapping[str, str]  # what messages call them
    main: str
    outline: Mapping[str, Any]
    own_blocks: frozenset[str]  # of the year's own text, that the packaged one does not have
    own_label: str

    @property
    def label(self) -> str:
        return self.labels[self.main]

    @classmethod
    def of(cls, year: int, own: str | None) -> "Template":
        """The template of `year`; `own` is the text of `data/raw/<year>/report.md`."""
        folder = resources.files("fazhi.narrative") / "templates"
        sources, labels = {BASE: (folder / BASE).read_text(encoding="utf-8")}, {BASE: _BASE_LABEL}
        if own is not None:
            main = f"{year}/{BASE}"
            sources[main], labels[main] = own.removeprefix("\ufeff").replace("\r\n", "\n"), f"data/raw/{year}/{BASE}"
        main = next(reversed(sources))
        parsed = {name: _parse(text, labels[name]) for name, text in sources.items()}
        outline = read_yaml(Path(str(folder / "outline.yml")), "outline.yml")
        blocks = {name: {block.name for block in tree.find_all(nodes.Block)} for name, tree in parsed.items()}
        return cls(sources, labels, main, outline, frozenset(blocks[main] - blocks[BASE]), f"data/raw/{year}/{BASE}")


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
    _check_override(template, context)
    environment = _environment(marks)
    environment.loader = FunctionLoader(lambda name: _source(template, name))
    environment.filters.update(vocabulary.filters())
    names = {**context, **vocabulary.functions()}
    try:
        return environment.get_template(template.main).render(names)
    except _FAULTS as error:
        place = _place(error, template)
        raise SpecError(f"{place}：{_explain(error, names, environment)}。请改正后重新运行。") from error


def _environment(marks: Marks | None = None) -> SandboxedEnvironment:
    """Autoescape stands for nothing in HTML here: it makes Jinja tell the template's own text from any other string."""
    return SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=marks.finalize if marks else None,
    )


def _source(template: Template, name: str) -> tuple[str, str, None] | None:
    return (template.sources[name], template.labels[name], None) if name in template.sources else None


@lru_cache(maxsize=8)
def _parse(text: str, label: str) -> nodes.Template:
    forged = PRIVATE.search(text)
    if forged:
        line = text.count("\n", 0, forged.start()) + 1
        raise SpecError(f"{label} 第 {line} 行有无法显示的字符（私用区），请删去后重新运行。")
    environment = _environment()
    try:
        _check_depth(environment, text, label)
        return environment.parse(text)
    except TemplateSyntaxError as error:
        raise SpecError(
            f"{label} 第 {error.lineno} 行写法有误（{error.message}）。请检查花括号、引号和 block/endblock 是否成对。"
        ) from None


def _check_depth(environment: SandboxedEnvironment, text: str, label: str) -> None:
    """Refuse what the parser, which calls itself for each level, would only take as deep as the stack happens to reach."""
    brackets, blocks, words, inside = 0, 0, 0, ""
    for line, kind, value in environment.lex(text):
        if kind in ("variable_begin", "block_begin"):
            brackets, words, inside = 0, 0, kind
        elif kind == "name" and inside == "block_begin" and not words:
            blocks += -1 if value.startswith("end") else value in _OPENING
        if kind == "operator":
            brackets += (value in "([{") - (value in ")]}")
        words += kind not in ("whitespace", "variable_begin", "block_begin", "data")
        if brackets > MAXIMUM_NESTED or blocks > MAXIMUM_NESTED or words > MAXIMUM_WORDS:
            raise SpecError(
                f"{label} 第 {line} 行的括号或 if、for 一层套一层太多，或一处花括号里的写法太长。请拆成几句后重新运行。"
            )


def _check_override(template: Template, context: Mapping[str, Any]) -> None:
    """A block that nothing calls, and text outside the blocks, would be dropped without a word."""
    tree = _parse(template.sources[template.main], template.label)
    if not any(isinstance(node, nodes.Extends) for node in tree.body):
        return
    known = {block.name for block in _parse(template.sources[BASE], _BASE_LABEL).find_all(nodes.Block)}
    known |= {section["block"] for section in context["sections"]}
    for node in tree.body:
        place = f"{template.label} 第 {node.lineno} 行"
        if isinstance(node, nodes.Block) and node.name not in known:
            raise SpecError(
                f"{place}：模板没有“{node.name}”这个块，{_like(node.name, sorted(known))}。请改正后重新运行。"
            )
        if isinstance(node, nodes.Output) and any(
            not isinstance(n, nodes.TemplateData) or n.data.strip() for n in node.nodes
        ):
            raise SpecError(f"{place}附近有文字写在 block 之外，不会印出。请移进块里后重新运行。")


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


def _explain(error: BaseException, names: Mapping[str, Any], environment: SandboxedEnvironment) -> str:
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
        word, known = (undefined[1], list(names)) if undefined else (unknown[1], sorted(environment.filters))  # type: ignore[index]
        return f"没有“{word}”这个{'变量或函数' if undefined else '写法'}，{_like(word, known)}"
    return f"模板无法执行（{text}）"


def _like(word: str, known: list[str]) -> str:
    near = nearest(word, known, 1)
    return f"最接近的是“{near[0]}”" if near else f"可用的有：{'、'.join(known)}"
