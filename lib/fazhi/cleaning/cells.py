"""One cell to one clean value, by the kind of its column. Ledger-blind: all it knows is the column's spec."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from fazhi.dictionary.form import EMPTY
from fazhi.dictionary.models import Column
from fazhi.intake import Cell
from fazhi.recognition.headers import Table
from fazhi.town_year import TownSettings
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.counts import parse_count, parse_number
from fazhi.values.dates import parse_date
from fazhi.values.deadlines import is_standing, last_day
from fazhi.values.money import parse_money
from fazhi.values.normalise import bare, compact, is_blank, is_ditto, normalise
from fazhi.values.yes_no import parse_bool

# What a cell of the kind should hold, in the words of a message.
EXPECTED = {
    "date": "有效日期，如 2025-03-05",
    "money": "确定的金额，如 35000 或 3.5万元",
    "count": "不小于 0 的整数",
    "number": "数字",
    "boolean": "是或否",
    "vocabulary": "规定的类别",
    "village": "本镇的村（居）",
    "office": "本镇的科室",
}
_GAPS = re.compile(r"[\s\-—]")
_NAME_SEPARATORS = re.compile(r"[、,;/|&和及与\n]+")


class Value(NamedTuple):
    """A cleaned cell. `fault` says in Chinese why it could not be read; `key` is what makes two records equal."""

    value: Any = None
    fault: str = ""
    key: Any = None
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What reading a column takes beside its spec."""

    year: int
    money_unit: str = "元"
    deadline: bool = False  # dates are due dates: 6月30日前 and 6月底前 name a day, 长期坚持 none
    is_1904: bool = False  # the workbook's serial numbers count from 1904
    beside_unit: bool = False  # the table has a column for the unit
    closed_list: Vocabulary | Villages | None = None
    accepted: Mapping[str, object] = field(
        default_factory=dict
    )  # compact written text -> what an analyst says it means


Read = Callable[..., Value]  # (cell, the row's first date or nothing) -> what the cell says


def reader(column: Column, context: Context) -> Read:
    """The function that reads one of this column's cells."""
    read, accepted = _READERS[column.kind], context.accepted

    def means(cell: Any, first: date | None = None) -> Value:
        if accepted and (isinstance(cell, str) or type(cell) in (int, float)):
            cell = accepted.get(compact(normalise(cell)), cell)
        value = read(cell, column, context, first)
        fault = value.fault or _fault(value, column)
        return value._replace(fault=fault) if fault else value

    return means


def read_column(read: Read, cells: Sequence[Cell], firsts: Sequence[date | None] | None = None) -> list[Value]:
    """What the cells of a column say, equal ones read once; `firsts`: the rows' first dates, where a year may hang on them."""
    several = len(set(map(type, cells)) - {str, type(None)}) > 1
    keys: Sequence[Any] = (
        list(zip(cells, map(type, cells), strict=True)) if several else cells
    )  # 1 is a count, TRUE none
    leaning = {cell for cell in set(cells) if not names_its_year(cell)} if firsts else ()
    once = {key: read(key[0] if several else key) for key in set(keys)}
    values = list(map(once.__getitem__, keys))
    leant = cache(read)
    for at, (cell, first) in enumerate(zip(cells, firsts or (), strict=True)) if leaning else ():
        if cell in leaning:
            values[at] = leant(cell, first)
    return values


def names_its_year(cell: Cell) -> bool:
    """Whether a date in a cell does not depend on the row's first: a date cell, a number, a text that begins with a year."""
    return not isinstance(cell, str) or cell[:4].isdecimal()


def must_be_there(column: Column) -> bool:
    """Whether a row without this column's value is at fault."""
    return column.required or (column.kind == "date" and not column.optional)


def _fault(value: Value, column: Column) -> str:
    """Why a value that could be read will not do, or nothing."""
    if value.value is None:
        return "未填" if must_be_there(column) and value.key is None else ""
    return "为负数" if column.kind in ("count", "money") and value.value < 0 else ""


def _parsed(parsed: Any, empty: Any = None) -> Value:
    if parsed.problem is not None:
        return Value(fault=parsed.problem)
    value = empty if parsed.blank or parsed.value is None else parsed.value
    return Value(value, key=value)


def _date(cell: object, column: Column, context: Context, first: date | None) -> Value:
    year, deadline, is_1904 = context.year, context.deadline, context.is_1904
    if deadline and isinstance(cell, str):
        if is_standing(cell):
            return Value(key=compact(cell))  # it is filled in, with no day
        if day := last_day(cell, year):
            return Value(day, key=day)
    return _parsed(parse_date(cell, year=year, first=first, deadline=deadline, is_1904=is_1904))


def _money(cell: object, column: Column, context: Context, first: date | None) -> Value:
    return _parsed(parse_money(cell, unit=context.money_unit), column.empty)


def _count(cell: object, column: Column, context: Context, first: date | None) -> Value:
    return _parsed(parse_count(cell), column.empty)


def _number(cell: object, column: Column, context: Context, first: date | None) -> Value:
    return _parsed(parse_number(cell, beside_unit=context.beside_unit))


def _boolean(cell: object, column: Column, context: Context, first: date | None) -> Value:
    return _parsed(parse_bool(cell))


def _closed(cell: object, column: Column, context: Context, first: date | None) -> Value:
    """A value of a closed list; an empty cell means 无 where the list has it."""
    assert context.closed_list is not None
    text = normalise(cell) if isinstance(cell, str | int | float) else ""
    if is_blank(cell) or (isinstance(cell, str) and is_ditto(cell)):
        empty = "无" if "无" in column.values else None
        return Value(empty, key=empty)
    match = context.closed_list.match(text) if text else None
    if match is None or match.value is None:
        return Value(fault="不在规定的取值中", key=("?", bare(text)), nearest=match.nearest if match else ())
    return Value(match.value, key=match.value)


def _text(cell: object, column: Column, context: Context, first: date | None) -> Value:
    if not isinstance(cell, str | int | float | date | None):
        return Value(fault="单元格是错误值或没有结果的公式")
    text = normalise(cell)
    return Value(text or None, key=bare(text) or text)


def _code(cell: object, column: Column, context: Context, first: date | None) -> Value:
    """Codes and numbers that name someone: upper case, no spaces or dashes."""
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():  # nearly all cells
        text = cell.upper()
    else:
        text = _GAPS.sub("", normalise(cell)).upper() if isinstance(cell, str | int | float) else ""
    return Value(text or None, "", text)


def _names(cell: object, column: Column, context: Context, first: date | None) -> Value:
    """Names: spaces inside a name and the order of names do not matter."""
    text = normalise(cell) if isinstance(cell, str | int | float) else ""
    names = tuple(sorted(name_keys(text)))
    return Value("、".join(names) or None, key=names)


def name_keys(text: str) -> list[str]:
    """The names in a cell, each without spaces."""
    parts = _NAME_SEPARATORS.split(text)
    words = text.split()
    if len(parts) == 1 and len(words) > 1 and all(len(word) >= 2 for word in words):
        parts = words
    return [key for part in parts if (key := compact(part))]


def _party(cell: object, column: Column, context: Context, first: date | None) -> Value:
    text = normalise(cell) if isinstance(cell, str | int | float) else ""
    return Value(compact(text) or None, key=bare(text))


_READERS: dict[str, Callable[[object, Column, Context, date | None], Value]] = {
    "date": _date, "money": _money, "count": _count, "number": _number, "boolean": _boolean,
    "vocabulary": _closed, "village": _closed, "office": _closed, "text": _text,
    "uscc": _code, "identity": _code, "phone": _code, "person": _names, "persons": _names, "party": _party,
}  # fmt: skip


def readers(table: Table, settings: TownSettings, year: int) -> dict[str, Read]:
    """A reader for each column that the table has."""
    ledger = settings.specs.ledgers[table.ledger]
    everywhere = {"village": settings.aliases.villages, "office": settings.aliases.offices}
    made = {}
    for name in table.columns:
        written = settings.aliases.values.get(f"{table.ledger}.{name}", {})
        on_form = table.values.get(name, {})
        said: dict[str, object] = {text: None if means == EMPTY else means for text, means in on_form.items()}
        nowhere = {text: None for text, place in everywhere.get(ledger.columns[name].kind, {}).items() if place is None}
        accepted = {compact(text): means for text, means in {**nowhere, **said, **written}.items()}
        closed = settings.vocabularies[table.ledger].get(name)
        unit = table.money_units.get(name, "元")
        context = Context(
            year, unit, not ledger.event_date, table.sheet.is_1904, "unit" in table.columns, closed, accepted
        )
        made[name] = reader(ledger.columns[name], context)
    return made
