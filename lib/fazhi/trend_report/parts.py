"""The parts that the trends' document is made of."""

from collections.abc import Sequence

from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.disclosure.published_series import shown_key
from fazhi.documents.model import Column, Paragraph, Run, Table


def says(*dimensions: str) -> tuple[str, ...]:
    """What is told by the published series of these."""
    return tuple(map(shown_key, dimensions))


def measured(words: TrendRoles) -> str:
    """受理件数（件）."""
    return f"{words.event}{words.number}（{words.counter}）"


def listed(names: Sequence[str]) -> str:
    """A、B和C."""
    return "和".join(filter(None, ["、".join(names[:-1]), names[-1]]))


def paragraph(text: str, says: tuple[str, ...] | None = None, *see: str) -> Paragraph:
    """A paragraph; its first sentence refers to the figures and tables whose ids are `see`."""
    first, stop, rest = text.partition("。")
    runs = (Run(text=first), Run(text="", see=see), Run(text=stop + rest)) if see else (Run(text=text),)
    return Paragraph(runs=runs, says=says)


def table(
    id: str, caption: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]], source: str, says: tuple[str, ...]
) -> Table:
    columns = [Column(title=head, align="right" if place else "left") for place, head in enumerate(heads)]
    return Table(id=id, caption=caption, columns=tuple(columns), rows=tuple(rows), source=source, says=says)
