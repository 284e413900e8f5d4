"""Markdown tables for the generated pages."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- 由 python -m docs.generate 生成，请勿手改 -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table; a bar in a cell is escaped, a line break becomes a space."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
