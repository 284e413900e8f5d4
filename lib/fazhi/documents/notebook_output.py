"""What a notebook shows: a document or a table as HTML, every cell escaped, and the data exporters read."""

import base64
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

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


def table(frame: pd.DataFrame, name: str, caption: str = "") -> Shown:
    """A frame as it should be read: Chinese column titles are the frame's own, missing cells are blank, numbers right."""
    if frame.empty:
        return Shown("<p>没有。</p>", "没有。")
    short = frame.head(MAXIMUM_ROWS)
    rest = f"<p>另有 {len(frame) - len(short)} 行未列出。</p>" if len(frame) > len(short) else ""
    numeric = [pd.api.types.is_numeric_dtype(short[column]) for column in short]
    cells = [[_cell(value) for value in short.iloc[:, place]] for place in range(short.shape[1])]
    tags = ['<td class="number">' if flag else "<td>" for flag in numeric]
    body = (
        "<tr>" + "".join(f"{tag}{escape(cell)}</td>" for tag, cell in zip(tags, row, strict=True)) + "</tr>"
        for row in zip(*cells, strict=True)
    )
    head = "".join(f"<th>{escape(str(column))}</th>" for column in short)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    style = _STYLE.format(name=f"T_{name}")
    lines = (
        f'<style>{style}</style><table id="T_{name}">{title}',
        f"<thead><tr>{head}</tr></thead><tbody>",
        *body,
        "</tbody></table>",
    )
    html = "\n".join(lines)
    written = pd.DataFrame(dict(enumerate(cells)), dtype=object).set_axis(short.columns, axis="columns")
    return Shown(html + rest, written.to_string(index=False))


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    return number(value) if isinstance(value, float) else str(value)
