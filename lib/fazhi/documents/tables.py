"""Tables of the appendices as data: a sheet, its fields and cells, and how a cell is printed on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fazhi.number_words import amount, exact, half_up, rate, signed

Kind = Literal[
    "text", "count", "decimal", "money", "rate", "percent", "growth", "points", "difference"
]  # percent: a rate in whole percent
NONE, NOT_APPLICABLE, WITHHELD = "无数据", "不适用", "不予公布"


@dataclass(frozen=True)
class Typed:
    """A number whose format is its own, not its column's."""

    value: float | int | None
    kind: Kind
    unit: str = ""  # of a difference, on paper


Cell = str | int | float | Typed | None


@dataclass(frozen=True)
class Field:
    """A column; `missing` is what stands where there is no value; one that is not for paper is in the workbook only."""

    title: str
    kind: Kind = "text"
    missing: str = NONE
    paper: bool = True


@dataclass(frozen=True)
class Sheet:
    """One table: rows of as many cells as there are fields. `id` names it for programs and never changes.

    Tables of one `group` that follow each other make one attachment on paper.
    """

    id: str
    title: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    source: str = ""
    group: str = ""
    says: tuple[str, ...] | None = None  # what it tells, in the list of published statements


def paper_table(sheet: Sheet) -> dict[str, Any]:
    """A sheet as a document's table: numbers as they are printed, words where there is none."""
    shown = [place for place, field in enumerate(sheet.fields) if field.paper]
    fields = [sheet.fields[place] for place in shown]
    rows = [[printed(row[place], sheet.fields[place]) for place in shown] for row in sheet.rows]
    return {
        "type": "table",
        "id": sheet.id,
        "caption": sheet.title,
        "columns": [{"title": field.title, "align": "left" if field.kind == "text" else "right"} for field in fields],
        "rows": rows or [["没有", *[""] * (len(fields) - 1)]],
        "note": "；".join(note.rstrip("。") for note in sheet.notes),
        "source": sheet.source,
        "says": sheet.says,
    }


def printed(cell: Cell, field: Field) -> str:
    """A cell as text."""
    value, kind = (cell.value, cell.kind) if isinstance(cell, Typed) else (cell, field.kind)
    if value is None:
        return field.missing
    if isinstance(value, str):
        return value
    match kind:
        case "rate":
            return rate(value)
        case "percent":
            return f"{half_up(exact(value) * 100)}%"
        case "growth" | "points":
            return signed(value, "个百分点" if kind == "points" else "%")
        case "difference":
            return f"{'+' if value > 0 else '-'}{amount(abs(value))}{cell.unit if isinstance(cell, Typed) else ''}"
        case "money":
            return f"{value:,.2f}"
    return amount(value)
