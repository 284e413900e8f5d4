"""Running numbers of figures and tables (图1, 表1), and the references to them: given once, for all three formats.

No number is typed: where a figure is left out, those after it close up, and nothing refers to it.
"""

import re
from collections.abc import Sequence
from typing import Any

from fazhi.documents.model import Block, Figure, Paragraph, Run, Table

_TYPED = re.compile(r"^[图表]\s*\d+(?:[-—.]\d+)*[\s　:：.、]+")  # a number that somebody wrote before the caption


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with numbers before the captions of figures and tables, and in the references to them."""
    labels: dict[str, str] = {}
    counts = {"图": 0, "表": 0}
    shown: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure | Table):
            kind = "图" if isinstance(block, Figure) else "表"
            counts[kind] += 1
            label = f"{kind}{counts[kind]}"
            labels.setdefault(block.id, label)
            caption = _TYPED.sub("", block.caption)
            block = block.model_copy(update={"caption": f"{label}　{caption}".rstrip("　")})
        shown.append(block)
    return [_referring(block, labels) if isinstance(block, Paragraph) else block for block in shown]


def _referring(paragraph: Paragraph, labels: dict[str, str]) -> Paragraph:
    """The paragraph with the numbers of what it refers to, as far as that is there."""
    runs: list[Run] = []
    for run in paragraph.runs:
        if not run.see:
            runs.append(run)
            continue
        named = "、".join(labels[name] for name in run.see if name in labels)
        if named:  # no brackets after brackets
            text = f"，见{named}" if runs and runs[-1].text.endswith("）") else f"（见{named}）"
            runs.append(run.model_copy(update={"text": text}))
    return paragraph.model_copy(update={"runs": tuple(runs)})


def see(*names: str) -> dict[str, Any]:
    """A run that refers to figures and tables by their ids."""
    return {"text": "", "see": names}
