"""An executed notebook as a document: the blocks its cells handed over, else its prose, tables and pictures.

Code, streams and errors are never shown.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_cjk_friendly import cjk_friendly, is_cjk

from fazhi.documents.model import MIME, Block, Column, Document, Figure, Heading, Listing, Paragraph, Run, Table
from fazhi.documents.printable import plain

_NUMBER = re.compile(r"[-−+<＜]?[\d,.]+(%|％|万元|元)?|[-—/]")


def from_notebook(notebook: Any, title: str = "") -> Document:
    """The document of an executed notebook (nbformat 4). `title` is used where the notebook names none.

    Documents handed over by cells are joined in order, with the first one's meta; a notebook without any becomes its
    Markdown, HTML tables and pictures. Raises PublishError for a block that cannot be published.
    """
    parts = [output["data"][MIME] for output in _outputs(notebook) if MIME in output["data"]]
    if not parts:
        return _general(notebook, title)
    evidence = {key: item for part in parts for key, item in part.get("evidence", {}).items()}
    blocks = [block for part in parts for block in part.get("blocks", [])]
    return Document(meta=parts[0].get("meta", {}), blocks=blocks, evidence=evidence)


def _outputs(notebook: Any) -> Iterator[Any]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            yield from (o for o in cell["outputs"] if o["output_type"] in ("display_data", "execute_result"))


def _general(notebook: Any, title: str) -> Document:
    """Any notebook: its first heading of level 1 is the title, the levels below it move up by one."""
    blocks: list[Block] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            blocks += markdown_blocks(cell["source"])
        elif cell["cell_type"] == "code":
            for output in _outputs({"cells": [cell]}):
                blocks += _output_blocks(output, len(blocks))
    top = next((b for b in blocks if isinstance(b, Heading) and b.level == 1), None)
    if top is None:
        return Document(meta={"title": title or "未命名"}, blocks=blocks)
    rest = [_raised(block) for block in blocks if block is not top]
    return Document(meta={"title": top.text}, blocks=rest)


def _raised(block: Block) -> Block:
    return block.model_copy(update={"level": max(1, block.level - 1)}) if isinstance(block, Heading) else block


def markdown_blocks(source: str) -> list[Block]:
    """Headings, paragraphs, lists and tables of a Markdown text; HTML in it is text, links keep their words only."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(cjk_friendly)
    tokens = parser.parse("".join(c if c in "\n\t" else plain(c) or "" for c in source))
    blocks: list[Block] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        blocks += _markdown_block(token, tokens[position : end + 1])
        position = end + 1
    return blocks


def _closing(tokens: list[Token], start: int) -> int:
    """Index of the token that closes the block opened at `start` (itself for one that has no closing)."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _markdown_block(token: Token, inside: list[Token]) -> list[Block]:
    inlines = [t for t in inside if t.type == "inline"]
    if token.type == "heading_open":
        return [Heading(level=min(int(token.tag[1]), 4), text=_text(inlines[0]))] if _text(inlines[0]) else []
    if token.type in ("bullet_list_open", "ordered_list_open"):
        return [Listing(items=tuple(map(_text, inlines)), ordered=token.type == "ordered_list_open")]
    if token.type == "table_open":
        heads = [_text(t) for t, before in zip(inside[1:], inside, strict=False) if before.type == "th_open"]
        cells = [_text(t) for t, before in zip(inside[1:], inside, strict=False) if before.type == "td_open"]
        rows = [cells[i : i + len(heads)] for i in range(0, len(cells), len(heads))]
        return [_table("", heads, rows)]
    if token.type in ("fence", "code_block"):
        return [Paragraph(runs=(Run(text=line),)) for line in token.content.splitlines() if line.strip()]
    return [Paragraph(runs=runs) for runs in map(_runs, inlines) if runs]


def _runs(inline: Token) -> tuple[Run, ...]:
    """The runs of a line of Markdown; a line break between Chinese characters is no space."""
    runs: list[Run] = []
    bold = 0
    children = inline.children or []
    for index, token in enumerate(children):
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        text = token.content if token.type in ("text", "code_inline", "image") else ""
        if token.type in ("softbreak", "hardbreak"):
            text = "" if any(is_cjk(c) for c in _neighbours(children, index)) else " "
        if text:
            runs.append(Run(text=text, bold=bold > 0))
    return tuple(runs)


def _neighbours(tokens: list[Token], index: int) -> str:
    before = "".join(t.content for t in tokens[:index])
    after = "".join(t.content for t in tokens[index + 1 :])
    return before[-1:] + after[:1]


def _text(inline: Token) -> str:
    return "".join(run.text for run in _runs(inline))


def _output_blocks(output: Any, position: int) -> list[Block]:
    """A picture (SVG before PNG) or the tables of an HTML output; other outputs are left out."""
    data = output["data"]
    if "image/svg+xml" in data or "image/png" in data:
        about = output.get("metadata", {})
        svg, png = (_joined(data.get(kind, "")) for kind in ("image/svg+xml", "image/png"))
        caption = str(about.get("caption", ""))
        return [
            Figure(
                id=f"figure-{position}",
                svg=svg,
                png="".join(png.split()),
                caption=caption,
                alt=str(about.get("alt", caption or "图")),
            )
        ]
    if "text/html" in data:
        return list(html_tables(_joined(data["text/html"])))
    return markdown_blocks(_joined(data["text/markdown"])) if "text/markdown" in data else []


def _joined(value: Any) -> str:
    """nbformat stores long strings as lists of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


def html_tables(source: str) -> Iterator[Table]:
    """The tables of an HTML output (pandas, Styler, great_tables): merged cells repeated, rows of heads joined."""
    if "<table" not in source:
        return
    for table in lxml_html.fragment_fromstring(source, create_parent="div").iter("table"):
        head, body = _grids(table)
        width = max((len(row) for row in head + body), default=0)
        if not body or not width:
            continue
        body = [row + [""] * (width - len(row)) for row in body]
        head = [row + [""] * (width - len(row)) for row in head]
        titles = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*head, strict=True)] or [""] * width
        yield _table(_caption(table), titles, body)


def _caption(table: etree._Element) -> str:
    found = table.xpath("./caption|.//*[contains(@class, 'gt_title')]")
    return " ".join(found[0].text_content().split()) if found else ""


def _grids(table: etree._Element) -> tuple[list[list[str]], list[list[str]]]:
    """Rows of the head and of the body as full grids."""
    head: list[list[str]] = []
    body: list[list[str]] = []
    spans: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not cells or any("gt_heading" in (element.get("class") or "") for element in (row, *cells)):
            continue
        in_head = any(parent.tag == "thead" for parent in row.iterancestors()) or all(c.tag == "th" for c in cells)
        (head if in_head else body).append(_spread(cells, spans))
    return head, body


def _spread(cells: list[Any], spans: dict[int, tuple[int, str]]) -> list[str]:
    """One row's texts with column and row spans filled in; `spans` holds what hangs down from rows above."""
    row: list[str] = []
    queue = list(cells)
    while queue or len(row) in spans:
        if len(row) in spans:
            left, text = spans.pop(len(row))
            columns, down = 1, left - 1
        else:
            cell = queue.pop(0)
            text = " ".join(cell.text_content().split())
            columns, down = _span(cell, "colspan"), _span(cell, "rowspan") - 1
        for _ in range(columns):
            if down > 0:
                spans[len(row)] = (down, text)
            row.append(text)
    return row


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), 100) if value.isdigit() and value.isascii() else 1


def _table(caption: str, titles: list[str], rows: list[list[str]]) -> Table:
    columns = []
    for index, title in enumerate(titles):
        numeric = all(_NUMBER.fullmatch(row[index]) for row in rows if row[index])
        columns.append(Column(title=title, align="right" if numeric and index else "left"))
    return Table(caption=caption, columns=tuple(columns), rows=tuple(map(tuple, rows)))
