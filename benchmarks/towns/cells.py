"""What an office writes into the cells of one row."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from .layout import Layout
from .records import day, first_date
from .rows import MONEY, Row
from .spelling import (
    WIDE,
    spell_count,
    spell_date,
    spell_money,
    spell_name,
    spell_names,
    spell_number,
    spell_office,
    spell_phone,
    spell_village,
    spell_word,
)
from .world import Town, person


@dataclass
class Hand:
    """Who writes: the town, the year reported, the dictionary's ledger, how hard, and the dice."""

    town: Town
    year: int
    spec: dict
    hard: bool
    rng: random.Random


FILLERS = {
    "small": lambda rng, year: rng.choice(["", rng.randint(1, 60), str(rng.randint(1, 60))]),
    "date": lambda rng, year: str(day(rng, year) - timedelta(rng.choice([0, 30, 400]))),
    "code": lambda rng, year: f"字第{rng.randint(1, 999)}号",
    "opinion": lambda rng, year: rng.choice(["拟同意", "情况属实", ""]),
    "address": lambda rng, year: f"场镇{rng.randint(1, 90)}号",
    "words": lambda rng, year: rng.choice(["按规定办理", "依法答复", ""]),
    "denied": lambda rng, year: "否",
    "hundred": lambda rng, year: 100,
    "state": lambda rng, year: "有效",
    "person": lambda rng, year: person(rng),
}


INVISIBLE = ("date", "village", "office", "count", "yuan")  # kinds that may come with an invisible character


def cell(hand: Hand, layout: Layout, row: Row, name: str) -> Any:
    """A ledger column's cell."""
    if name in row.written:
        return row.written[name]
    column, value, rng = hand.spec["columns"][name], row.record[name], hand.rng
    kind = column["kind"]
    if kind in ("date", "date_or_none"):
        dated = first_date(hand.spec)
        first = None if name == dated else row.record[dated]
        return spell_date(value, rng.choice(layout.dates), hand.year, first, rng)
    if kind in MONEY:
        return spell_money(value, layout.ten_thousands, rng, hand.hard)
    if value is None or value == "":
        return ""
    if kind.startswith("boolean"):
        mark = layout.pairs[name][0 if value else 1]
        return int(mark) if mark in ("1", "0") and rng.random() < 0.5 else mark
    if kind == "word":
        where = f"{layout.ledger}.{name}"
        if value in column.get("says", {}):
            return column["says"][value]
        return (
            ""
            if value == "无" and rng.random() < 0.2
            else spell_word(where, value, column["words"][value], rng, hand.hard)
        )
    if kind == "village" and layout.bare:
        return f"{hand.town.district}-{hand.town.name}-{value}-第{rng.randint(1, 9)}网格"
    return spell_other(hand, kind, name, value)


def spell_other(hand: Hand, kind: str, name: str, value: Any) -> Any:
    """Cells whose writing hangs on nothing but their kind."""
    rng, hard = hand.rng, hand.hard
    if kind in ("count", "count_or_zero"):
        return spell_count(value, name, kind == "count_or_zero", rng, hard)
    if kind == "number":
        return spell_number(value, name, rng, hard)
    if kind == "village":
        return spell_village(value, hand.town, rng, hard)
    if kind == "office":
        return spell_office(value, hand.town, rng, hard)
    if kind == "names":
        return spell_names(value, rng)
    speller = {"person": spell_name, "phone": lambda v, r: spell_phone(v, r)}.get(kind)
    return speller(value, rng) if speller else value


def rough(value: Any, kind: str, rng: random.Random) -> Any:
    """The same text entered a second time by another hand: other widths, spaces around it, small letters in codes."""
    if kind in ("text", "party") and isinstance(value, str) and value:
        return rng.choice([value + " ", " " + value, value.translate(WIDE)])
    return value.lower() if kind in ("uscc", "identity") and isinstance(value, str) else value


def entry_cells(hand: Hand, layout: Layout, row: Row, serial: int, seen: bool) -> list[Any]:
    """All cells of one row."""
    cells = []
    for f in layout.fields:
        if f.name:
            value = cell(hand, layout, row, f.name)
            kind = hand.spec["columns"][f.name]["kind"]
            if row.rough and seen and hand.spec.get("identity") and f.name not in row.written:
                value = rough(value, kind, hand.rng)
            elif hand.hard and isinstance(value, str) and value and kind in INVISIBLE and hand.rng.random() < 0.02:
                value = hand.rng.choice(["\u200b", "\u00a0", "\u3000"]) + value
        elif f.extra == "serial":
            value = serial
        elif f.extra == "town":
            value = row.town or hand.town.name
        elif f.extra == "note":
            value = row.note
        else:
            value = FILLERS[f.extra](hand.rng, hand.year)
        cells.append(value)
    return cells
