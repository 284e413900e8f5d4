"""Rows of any ledger of the dictionary, each unlike the others, for habits that every ledger may meet."""

from typing import Any

from fazhi.dictionary.models import Column, Ledger, Unit
from fazhi.intake import RawSheet
from made.sheets import make_sheet


def make_rows(ledger: Ledger, town: Unit, count: int = 24, start: int = 0) -> list[list[Any]]:
    """Rows that all count in 2025; the values of every column go their own way."""
    columns = list(ledger.columns.values())
    return [
        [_cell(column, town, place, n) for place, column in enumerate(columns)] for n in range(start, start + count)
    ]


def make_table(ledger: Ledger, rows: list[list[Any]], name: str = "Sheet1", **more: Any) -> RawSheet:
    """A sheet with the ledger's title, its columns and rows."""
    return make_sheet([[ledger.title], [column.label for column in ledger.columns.values()], *rows], name, **more)


def amend(ledger: Ledger, rows: list[list[Any]], *places: int, by: int = 1) -> list[list[Any]]:
    """The table with something of some rows told otherwise: a number, else a yes or no, never what names the row."""
    naming = {name for way in (*ledger.identity, *ledger.probable_identity) for name in way}
    free = [(at, column) for at, (name, column) in enumerate(ledger.columns.items()) if name not in naming]
    if not free:
        return rows
    at, column = min(free, key=lambda told: _FIRST_AMENDED.get(told[1].kind, 9))
    return [
        [*row[:at], _otherwise(column, row[at], by), *row[at + 1 :]] if place in places else row
        for place, row in enumerate(rows)
    ]


_FIRST_AMENDED = {"count": 0, "money": 0, "number": 1, "boolean": 2, "vocabulary": 3, "text": 4}


def _otherwise(column: Column, cell: Any, by: int) -> Any:
    if column.kind in ("count", "money", "number"):
        return cell + by
    if column.kind == "boolean":
        return "否" if cell == "是" else "是"
    values = list(column.values)
    return values[(values.index(cell) + by) % len(values)] if values else f"{cell}（改{by}）"


def _cell(column: Column, town: Unit, place: int, n: int) -> Any:
    made = {
        "date": f"2025-{1 + n % 12:02}-{3 + n // 12:02}",
        "boolean": "是",
        "count": 10 + n,
        "money": 1000 + n,
        "number": 60 + n % 40,
        "identity": "",
        "phone": f"139{10000000 + n}",
        "uscc": "",
        "office": town.offices[n % len(town.offices)],
        "village": town.villages[n % len(town.villages)],
        "person": f"王{chr(0x4E10 + n)}{chr(0x5E10 + place)}",
        "persons": f"王{chr(0x4E10 + n)}、李{chr(0x5E10 + n)}",
        "party": f"{chr(0x4E10 + n)}记商店",
        "text": f"{column.label}第{n + 1}项{chr(0x4E10 + n)}",
    }
    values = list(column.values)
    return values[n % len(values)] if values else made[column.kind]
