"""HTML in one file: no request to anywhere, every string escaped, every figure in the text linked to its evidence."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from fazhi.documents.arrange import (
    CLOSING,
    Arrangement,
    arrange,
    attachment_label,
    break_title,
    notes,
    table_layout,
    width_em,
)
from fazhi.documents.model import Document, Evidence, Explorer, Run, Table
from fazhi.documents.webfont import embedded
from fazhi.number_words import growth, is_small_base

_STATUS = {"complete": "", "open": "台账中有待核实的行，此数可能变动", "missing": "台账未收到或无法读取"}


@dataclass(frozen=True)
class Piece:
    """A run as the page shows it; `tail` is the closing punctuation that must not begin the next line."""

    run: Run
    evidence: str
    first: bool
    tail: str = ""


def render_html(document: Document) -> str:
    """The document as one HTML page with its table of evidence (数据出处) and a font of the characters it shows."""
    shown: str = _template().render(_content(document), font="")
    page: str = _template().render(_content(document), font=embedded(shown))
    return page


def prepare() -> None:
    """Compile the page's template and load what packs its font."""
    _template()
    embedded("年")


def _content(document: Document) -> dict[str, Any]:
    """What the template reads, but for the font; good for one rendering, as it remembers what was linked already."""
    evidence = _in_order(document)
    keys = {name: f"e{number}" for number, name in enumerate(evidence, 1)}
    parts = ["report", *(["explorer"] if any(isinstance(block, Explorer) for block in document.blocks) else [])]
    script = "".join(_template_file(f"{name}.js") for name in parts)
    page = arrange(document, on_screen=True)
    return {
        "meta": document.meta,
        "page": page,
        "contents": _contents(page),
        "evidence": [(keys[name], item) for name, item in evidence.items()],
        "pieces": _piecemaker(keys),
        "style": Markup("".join(_template_file(f"{name}.css") for name in parts)),
        "script": Markup(script),
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }


def _in_order(document: Document) -> dict[str, Evidence]:
    """The evidence in the order in which the text uses it; what it does not use comes last."""
    used = [run.figure for run in document.runs() if run.figure]
    return {name: document.evidence[name] for name in dict.fromkeys([*used, *document.evidence])}


def _template_file(name: str) -> str:
    return resources.files("fazhi.documents").joinpath(f"templates/{name}").read_text(encoding="utf-8")


@cache
def _template() -> Any:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_template_file),
    )
    environment.filters |= {
        "markup": Markup, "embedded_json": embedded_json, "notes": notes, "layout": table_layout, "label": attachment_label,
        "break_title": break_title, "exact": exact, "short_names": _short_names, "change": change_text, "status": _STATUS.__getitem__,
    }  # fmt: skip
    return environment.get_template("report.html")


def _short_names(table: Table) -> bool:
    """Whether each row's name fits a line of its own on a phone."""
    return all(width_em(row[0]) <= 8 for row in table.rows)


def _contents(page: Arrangement) -> list[tuple[int, str, str]]:
    """(depth, anchor, text) of the headings of depth 1 and 2; anchors count headings as the template does."""
    found = [(b.depth, b.text) for b in page.body if b.type == "heading"]
    entries = [(depth, f"h{number}", text) for number, (depth, text) in enumerate(found, 1) if depth <= 2]
    attachments = [
        (1, f"a{n}", f"{attachment_label(head)}　{head.title}") for n, (head, _) in enumerate(page.attachments, 1)
    ]
    return entries + attachments


def _piecemaker(keys: dict[str, str]) -> Any:
    """A function from runs to pieces which remembers what evidence was already linked, for the way back to the text."""
    seen: set[str] = set()

    def pieces(runs: tuple[Run, ...]) -> list[Piece]:
        result: list[Piece] = []
        for run in runs:
            if result and (result[-1].evidence or result[-1].run.gap):
                rest = run.text.lstrip(CLOSING)
                tail = run.text[: len(run.text) - len(rest)] if not (run.figure or run.gap) else ""
                if tail:
                    result[-1] = Piece(result[-1].run, result[-1].evidence, result[-1].first, tail)
                    run = run.model_copy(update={"text": rest})
            key = keys[run.figure] if run.figure else ""
            result.append(Piece(run, key, bool(key) and key not in seen))
            seen.add(key)
        return result

    return pieces


def embedded_json(value: Any) -> Markup:
    """JSON inside a page: nothing in it can end its element, begin a comment, or be a line end to a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate({ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}))


def exact(value: float | int | None, unit: str = "") -> str:
    """A value as it is, unrounded, with its unit; a rate (unit %) in percent with two decimals."""
    if value is None:
        return "无"
    if unit == "%":
        return f"{round(value * 100, 2):g}%"
    return f"{int(value) if float(value).is_integer() else value}{unit}"


def change_text(evidence: Evidence) -> str:
    """增长、下降、持平 or why there is no comparison, against the year before; percentage points for rates."""
    if evidence.change is None:
        return "不作比较"
    if evidence.change == 0:
        return "持平"
    now = evidence.numerator if evidence.previous_unit else evidence.value
    if (evidence.previous_unit or evidence.unit) != "%" and is_small_base(evidence.previous) and now is not None:
        return growth(now, evidence.previous, evidence.previous_unit or evidence.unit)
    size = f"{abs(round(evidence.change * 100, 2)):g}"
    direction = "增长" if evidence.change > 0 else "下降"
    return f"{direction}{size}{'个百分点' if (evidence.previous_unit or evidence.unit) == '%' else '%'}"
