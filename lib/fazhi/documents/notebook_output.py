"""What a notebook shows: a document or a table as HTML, every cell escaped, and the data exporters read."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from numbers import Number
from typing import Any

from fazhi.documents.model import (
    MIME,
    Attachment,
    Document,
    Explorer,
    Figure,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Table,
)
from fazhi.documents.scales import number

NO_FORMULAS = '<div class="mathjax_ignore tex2jax_ignore">'  # JupyterLab would set $…$ in ledger text as a formula


class display:
    """Show a document as a notebook's output: the model for the exporters, HTML and a line of text for people."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        blocks = self.document.blocks
        return {
            MIME: self.document.to_json(),
            "text/html": f"{NO_FORMULAS}<h1>{escape(self.document.meta.title)}</h1>{''.join(map(preview, blocks))}</div>",
            "text/plain": f"{self.document.meta.title}（{len(blocks)} 块，{len(self.document.evidence)} 个有出处的数）",
        }


def preview(block: Any) -> str:
    """A block as plain HTML for JupyterLab; every string escaped."""
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Paragraph():
            return f"<p>{escape(''.join(run.text for run in block.runs))}</p>"
        case Table():
            head = "".join(f"<th>{escape(column.title)}</th>" for column in block.columns)
            rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            return f"<table><caption>{escape(block.caption)}</caption><tr>{head}</tr>{rows}</table>"
        case Figure():
            return f"<figure>{_picture(block)}<figcaption>{escape(block.caption)}</figcaption></figure>"
        case Attachment():
            return f"<h2>{escape(block.title)}</h2>"
        case Notice():
            return f"<p><strong>{escape(block.title)}</strong></p>" + preview(Listing(items=block.items))
        case Explorer():
            return preview(block.listing())
        case _:
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"


def _picture(figure: Figure) -> str:
    """The drawing as a picture, at the width of its cell at most; a page that nobody has trusted yet shows pictures alone."""
    kind, data = ("png", figure.png)
    if figure.svg:
        kind, data = ("svg+xml", base64.b64encode(figure.svg.encode("utf-8")).decode("ascii"))
    size = f"width: {figure.width_mm / 25.4 * 96 * 1.2:.0f}px; max-width: 100%; height: auto"
    return f'<img alt="{escape(figure.alt)}" style="{size}" src="data:image/{kind};base64,{escape(data)}">'


_ON_ONE_LINE = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t"})
MAXIMUM_ROWS = 200  # rows of a table shown in a notebook; the rest is counted in a line below it
_STYLE = (
    "#{name} th {{text-align: left; font-weight: 600; border-bottom: 1px solid currentColor}} "
    "#{name} td {{text-align: left; vertical-align: top}} "
    "#{name} td.number {{text-align: right; font-variant-numeric: tabular-nums}} "
    "#{name} caption {{text-align: left; caption-side: top}}"
)


@dataclass(frozen=True)
class Shown:
    """A table for a notebook: HTML, and the same as text. Same content, same bytes."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return f"{NO_FORMULAS}{self.html}</div>"

    def __repr__(self) -> str:
        return self.text


def table(titles: Iterable[str], rows: Sequence[Sequence[Any]], name: str, caption: str = "") -> Shown:
    """Rows as they should be read: missing cells are blank, columns of numbers are set to the right; `name` makes the HTML id."""
    if not rows:
        return Shown("<p>没有。</p>", "没有。")
    short = rows[:MAXIMUM_ROWS]
    rest = f"<p>另有 {len(rows) - len(short)} 行未列出。</p>" if len(rows) > len(short) else ""
    columns = [*zip(*short, strict=True)]
    numeric = [all(value is None or isinstance(value, Number) for value in column) for column in columns]
    cells = [*map(_cells, columns)]
    tags = ['<td class="number">' if flag else "<td>" for flag in numeric]
    body = (
        "<tr>" + "".join(f"{tag}{escape(cell)}</td>" for tag, cell in zip(tags, row, strict=True)) + "</tr>"
        for row in zip(*cells, strict=True)
    )
    heads = [*map(str, titles)]
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    style = _STYLE.format(name=f"T_{name}")
    lines = (
        f'<style>{style}</style><table id="T_{name}">{title}',
        f"<thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead><tbody>",
        *body,
        "</tbody></table>",
    )
    return Shown("\n".join(lines) + rest, _text(heads, cells))


def _cells(column: Sequence[Any]) -> list[str]:
    return ["" if value is None else number(value) if isinstance(value, float) else str(value) for value in column]


def _text(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """The table as plain text: a line a row, every column set to the right."""
    columns = [
        [cell.translate(_ON_ONE_LINE) for cell in (head, *column)] for head, column in zip(heads, cells, strict=True)
    ]
    aligned = ([cell.rjust(max(map(len, column))) for cell in column] for column in columns)
    return "\n".join(map(" ".join, zip(*aligned, strict=True)))
