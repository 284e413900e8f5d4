"""Markdown with marks → document blocks: numbered heads and paragraphs of runs.

Only heads, paragraphs, bold and lists are known; anything else is refused by name instead of vanishing from the paper.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_cjk_friendly import cjk_friendly

from fazhi import number_words
from fazhi.errors import SpecError
from fazhi.narrative.template_functions import Marks, Run

Block = dict[str, Any]

_TYPED_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分\s*|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]\s*)"
)
_UNKNOWN = {
    "fence": "代码块",
    "code_inline": "代码",
    "html_block": "HTML",
    "blockquote_open": "引用",
    "hr": "横线",
    "table_open": "表格",
}
_UNKNOWN |= {"link_open": "链接", "image": "图片", "em_open": "斜体", "html_inline": "HTML"}
_SILENT = {
    "paragraph_open",
    "paragraph_close",
    "heading_close",
    "list_item_close",
    "bullet_list_close",
    "ordered_list_close",
}


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["code", "lheading", "reference"])
        .use(cjk_friendly)
    )


def blocks(text: str, marks: Marks, *, whole: bool = True) -> list[Block]:
    """The blocks of a rendered report, heads and list items numbered in order (一、 （一） 1. （1）).

    Of a text that is not `whole`, heads with nothing below them are left out.
    """
    found = _blocks(_parser().parse(text), marks)
    return list(_number(found if whole else iter(_with_body(list(found)))))


def _with_body(found: list[Block]) -> list[Block]:
    """The blocks without heads that have neither text nor deeper heads below them."""
    kept: list[Block] = []
    for block in reversed(found):
        below = kept[-1] if kept else None
        empty = below is None or (below["type"] == "heading" and below["level"] <= block.get("level", 0))
        if block["type"] != "heading" or not empty:
            kept.append(block)
    return kept[::-1]


def _blocks(tokens: list[Token], marks: Marks) -> Iterator[Block]:
    level, item = 0, False
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            item = True
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            if token.level:
                raise SpecError("报告正文的列表只能有一层，请把下一层改写成句子")
            yield {"type": "list"}
        elif token.type == "inline":
            runs = _runs(token.children or [], marks)
            if runs:
                yield _heading(level, runs) if level else {"type": "item" if item else "paragraph", "runs": runs}
            level, item = 0, False
        elif token.type not in _SILENT:
            raise SpecError(f"报告正文不支持{_UNKNOWN.get(token.type, token.type)}，只用标题、段落、粗体和列表")


def unnumbered(head: str) -> str:
    """A head without a number typed before it (`（一）`, `1.`)."""
    return _TYPED_NUMBER.sub("", head.strip())


def _heading(level: int, runs: list[Run]) -> Block:
    text = "".join(run["text"] for run in runs)
    if level > 4:
        raise SpecError(f"标题“{text}”用了 {level} 个 #，最多四级")
    return {"type": "heading", "level": level, "text": unnumbered(text)}


def _runs(children: list[Token], marks: Marks) -> list[Run]:
    """Inline content as runs, punctuation made full-width, nothing but runs that print something."""
    runs: list[Run] = []
    bold = 0
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            bold += 1 if child.type == "strong_open" else -1
        elif child.type in ("text", "text_special", "softbreak", "hardbreak"):
            text = "\n" if child.type.endswith("break") else child.content
            if "**" in text:
                raise SpecError("粗体标记 ** 没有成对")
            runs += [run | {"bold": True} if bold else run for run in marks.runs(text)]
        else:
            raise SpecError(f"报告正文不支持{_UNKNOWN.get(child.type, child.type)}，只用标题、段落、粗体和列表")
    return _joined(_typeset([run for run in runs if run["text"]]))


def _typeset(runs: list[Run]) -> list[Run]:
    """Full-width punctuation over the paragraph; a line end prints a space between Latin words, else nothing."""
    whole = "".join(run["text"] for run in runs)
    wide = re.sub(r"\n", lambda end: _break(whole, end.start()), number_words.full_width(whole))
    place = 0
    for run in runs:
        run["text"], place = wide[place : place + len(run["text"])].replace("\0", ""), place + len(run["text"])
    return [run for run in runs if run["text"].strip()]


def _break(text: str, place: int) -> str:
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return " " if len(around) == 2 and around.isascii() and around.isalnum() else "\0"


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbouring runs that carry the same facts as one."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else {}
        facts = [{key: value for key, value in one.items() if key != "text"} for one in (before, run)]
        if joined and facts[0] == facts[1] and "figure" not in run and "gap" not in run:
            before["text"] += run["text"]
        else:
            joined.append(run)
    return joined


def _number(found: Iterator[Block]) -> Iterator[Block]:
    """Numbers are typed text, in order, no level skipped (GB/T 9704)."""
    counts = [0, 0, 0, 0]
    items = 0
    for block, following in pairwise([*found, {"type": "end"}]):
        if block["type"] == "list":
            items = 0
            continue
        if block["type"] == "item":
            items += 1
            single = items == 1 and following["type"] != "item"  # what stands alone has no number
            runs = block["runs"] if single else _joined([{"text": f"{items}. "}, *block["runs"]])
            block = {"type": "paragraph", "runs": runs}
        elif block["type"] == "heading":
            level = block["level"]
            if level > 1 and not counts[level - 2]:
                raise SpecError(f"标题“{block['text']}”越过了上一级标题，请先写上一级")
            counts = [*counts[: level - 1], counts[level - 1] + 1, *[0] * (4 - level)]
            block = {**block, "text": _numbered(level, counts[level - 1]) + block["text"]}
        yield block


def _numbered(level: int, number: int) -> str:
    return (f"{number_words.ordinal(number)}、", f"（{number_words.ordinal(number)}）", f"{number}. ", f"（{number}）")[
        level - 1
    ]
