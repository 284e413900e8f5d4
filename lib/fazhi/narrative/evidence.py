"""The evidence behind a figure, as documents carry it."""

from typing import Any

from fazhi.disclosure.published_indicators import PublishedEntry
from fazhi.workspace.reported_figures import MARK


def indicator_evidence(name: str, entry: PublishedEntry, year: int) -> dict[str, Any]:
    """The evidence of an indicator as it may be published: how it came about, last year\'s, the rows, what is withheld."""
    definition = f"{entry.definition}（{entry.caveat}）" if entry.caveat else entry.definition
    if entry.is_suppressed:
        definition += "。确数小于公布下限，或会透露这样的数，不予公布"
    if entry.reported:
        places = dict.fromkeys(figure.place for figure in entry.reported)
        definition += f"。{MARK}（摘自 {'；'.join(places)}）"
    return {
        "label": entry.label,
        "definition": definition,
        "value": entry.value,
        "unit": entry.unit,
        "numerator": entry.numerator,
        "denominator": entry.denominator,
        "previous": entry.previous,
        "previous_year": entry.previous_year,
        "change": entry.change,
        "rows": [{"file": part.file, "sheet": part.sheet, "count": len(part.rows)} for part in entry.rows]
        + [{"file": file, "sheet": sheet, "count": 1} for file, sheet in _sheets(entry)],
        "trace": f"fazhi trace {name} --year {year}",
        "office_counts": dict(entry.office_counts),
        "open_rows": entry.open_rows,
        "status": entry.status,
        "withheld": _withheld(entry),
        "says": entry.says,
    }


def _sheets(entry: PublishedEntry) -> list[tuple[str, str]]:
    """The sheets that a reported figure is written in."""
    return list(dict.fromkeys((figure.file, figure.sheet) for figure in entry.reported))


def _withheld(entry: PublishedEntry) -> list[str]:
    """The parts of the evidence that are known and not published."""
    parts = {
        "value": entry.is_suppressed, "previous": entry.previous_withheld, "parts": entry.parts_withheld and entry.is_rate,
        "change": entry.change_withheld,
    }  # fmt: skip
    return [name for name, hidden in parts.items() if hidden]


def plain_evidence(label: str, definition: str, value: Any, unit: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The evidence of a number that is compared with nothing."""
    nothing = dict.fromkeys(("numerator", "denominator", "previous", "previous_year", "change"))
    return {
        "label": label,
        "definition": definition,
        "value": value,
        "unit": unit,
        **nothing,
        "rows": rows,
        "trace": "",
        "status": "complete",
    }
