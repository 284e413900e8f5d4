"""A template as Jinja parses it: sandboxed, no deeper than it can be read for certain, its faults in Chinese with their line."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from fazhi.errors import SpecError

Kind = TypeVar("Kind", bound=nodes.Node)

PRIVATE = re.compile("[\ue000-\uf8ff]")  # stand for figures while a report is rendered (template_functions.py)
MAXIMUM_NESTED = 20  # brackets, or blocks, one in another
MAXIMUM_WORDS = 500  # of one expression or statement
_OPENING = frozenset({"if", "for", "block", "macro", "call", "filter", "with", "autoescape"})
# What Jinja says of a fault, and how it is said here.
_ENGLISH = (
    (r"Encountered unknown tag '(?:end\w+|else|elif)'.*innermost block that needs to be closed is '(\w+)'",
     "前面的 {{% {0} %}} 还没有结尾，缺 {{% end{0} %}}"),
    (r"Encountered unknown tag '(end\w+|else|elif)'", "{{% {0} %}} 前面没有与它成对的开头"),
    (r"Encountered unknown tag '(.+?)'", "没有 {{% {0} … %}} 这种标签"),
    (r"unexpected char ['\"](['\"])", "引号 {0} 没有成对"),
    (r"unexpected char '(.)'", "花括号里有不能用的 {0} ，标点要用半角"),
    (r"Missing end of comment tag", "注释 {{# 没有结尾 #}}"),
    (r"Missing end of raw directive", "{{% raw %}} 没有结尾，缺 {{% endraw %}}"),
    (r"Expected an expression, got '(.+)'", "“{0}”前面缺内容"),
    (r"(?:expected token '.+', got|unexpected) '(.+?)'", "到“{0}”处读不下去"),
)  # fmt: skip
_TOKENS = {
    "end of print statement": "}}", "end of statement block": "%}", "end of template": "末尾", "integer": "数字",
    "float": "数字", "string": "引号", "name": "名称",
}  # fmt: skip


def environment() -> SandboxedEnvironment:
    """The settings of every template. Autoescape stands for nothing in HTML: it makes Jinja tell the template's own text
    from any other string."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@lru_cache(maxsize=8)
def parse(text: str, label: str) -> nodes.Template:
    """Parse a template that messages call `label`. Raises SpecError with the line where it is wrong."""
    forged = PRIVATE.search(text)
    if forged:
        line = text.count("\n", 0, forged.start()) + 1
        raise SpecError(f"{label} 第 {line} 行有无法显示的字符（私用区），请删去后重新运行。")
    jinja = environment()
    try:
        _check_depth(jinja, text, label)
        tree = jinja.parse(text)
    except TemplateSyntaxError as error:
        line, why = _fault(error, text)
        raise SpecError(
            f"{label} 第 {line} 行写法有误：{why}。请检查花括号、引号和 block/endblock 是否成对。"
        ) from None
    seen: set[str] = set()
    for block in find(tree, nodes.Block):
        if block.name in seen:
            raise SpecError(f"{label} 第 {block.lineno} 行写法有误：块“{block.name}”写了两次，请删去一处。")
        seen.add(block.name)
    return tree


def find(tree: nodes.Template, kind: type[Kind]) -> list[Kind]:
    """The nodes of a kind, in the order of the text."""
    return [node for node in _all_nodes(tree) if isinstance(node, kind)]


@lru_cache(maxsize=16)
def _all_nodes(tree: nodes.Template) -> tuple[nodes.Node, ...]:
    return tuple(tree.find_all(nodes.Node))


def _check_depth(jinja: SandboxedEnvironment, text: str, label: str) -> None:
    """Refuse what the parser, which calls itself for each level, would only take as deep as the stack happens to reach."""
    brackets, blocks, words, inside = 0, 0, 0, ""
    for line, kind, value in jinja.lex(text):
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


def _fault(error: TemplateSyntaxError, text: str) -> tuple[int, str]:
    """The line of a fault and what it is; of a tag that is never closed, where it is opened."""
    said = str(error.message)
    if said.startswith("Unexpected end of template"):
        line, tag, words = next(iter(_unclosed(text)), (error.lineno, "", ""))
        return line, f"{{% {words} %}} 没有结尾，缺 {{% end{tag} %}}" if tag else "没有写完"
    for english, chinese in _ENGLISH:
        if found := re.search(english, said):
            return error.lineno, chinese.format(*(_TOKENS.get(group, group) for group in found.groups()))
    return error.lineno, "这里读不下去"


def _unclosed(text: str) -> Iterator[tuple[int, str, str]]:
    """The tags that are never closed, the innermost first: line, tag, all words of the tag."""
    opened: list[tuple[int, str, str]] = []
    for line, words in _tags(text):
        tag = words.split()[0] if words.split() else ""
        if tag in _OPENING:
            opened.append((line, tag, words))
        elif tag.startswith("end") and opened:
            opened.pop()
    return reversed(opened)


def _tags(text: str) -> Iterator[tuple[int, str]]:
    """The line and the words of each `{% … %}`."""
    start, words = 0, ""
    for line, kind, value in environment().lex(text):
        if kind == "block_begin":
            start, words = line, ""
        elif kind == "block_end":
            yield start, words.strip()
        else:
            words += value
