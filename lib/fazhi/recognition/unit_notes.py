"""Units that stand apart from a table's titles: above or below it, on the printed page, in a column of units. Read or asked."""

import re
from collections.abc import Iterator
from dataclasses import replace

from fazhi.dictionary.models import Column, Ledger
from fazhi.recognition.column_parts import in_units, scale_of
from fazhi.recognition.headers import Table, text_at, texts_above
from fazhi.recognition.unknown_columns import cells_of
from fazhi.recognition.void_marks import Doubt
from fazhi.values.counts import MEASURE_WORDS
from fazhi.values.money import money_unit
from fazhi.values.normalise import bare, normalise

_WORD = rf"(?:[十百千万亿]{{0,2}}(?:{'|'.join(sorted(MEASURE_WORDS, key=len, reverse=True))}|[美港欧日英澳]?元|[美港]币|美金|%)|[百千万亿])"
_UNIT = re.compile(rf"{_WORD}(?:[/或、和每]{_WORD})*")
_NOTED = re.compile(r"单位(?:均为|为|是|:)\s*(?:人民币)?\(?([^\s,;。()]{1,10})")
_IN_A_NAME = re.compile(
    r"(?:\((?:计量)?(?:单位)?|单位)[:为是 _-]*([^\s,;。()]{1,6})\)?"
)  # names of sheets and files hold no colon
_COLUMN_OF_UNITS = re.compile(r"^(?:计量|金额|货币)?单位$")
_SEVERAL = re.compile(r"[/或、和每]")
_FOOT_ROWS = 10
_COUNTS = ("count", "number")


def is_unit(text: str) -> bool:
    """Whether a text is a unit or several, and nothing else: 万元, 百张, 美元, 元/万元."""
    return _UNIT.fullmatch(text) is not None


def is_plain_money(unit: str) -> bool:
    """Whether a unit is one of yuan."""
    return money_unit(f"({unit})") is not None and not _SEVERAL.search(unit)


def with_noted_units(table: Table, ledger: Ledger, file_name: str = "") -> tuple[Table, list[Doubt]]:
    """The table with counts in a unit noted beside it, and a question for each column that such a note leaves open.

    `file_name` without its folder: it may name a unit as the sheet's name may.
    """
    table = _with_column_of_units(table, ledger)
    doubts: list[Doubt] = []
    for note in dict.fromkeys([*_noted(table), *_in_names(table.sheet.name, file_name)]):
        parts = _SEVERAL.split(note)
        sums = [part for part in parts if not _of_counts(part)]
        if sums and not (len(sums) == 1 and is_plain_money(sums[0])):
            doubts += [_doubt(ledger.columns[name], name, note) for name in _unsaid(table, ledger, ("money",))]
        elif sums:
            unsaid = {name: str(money_unit(f"({sums[0]})")) for name in _unsaid(table, ledger, ("money",))}
            table = replace(table, money_units={**table.money_units, **unsaid})
        for part in parts:
            table, asked = _with_counts_in(table, ledger, part)
            doubts += asked
    return table, doubts


def _of_counts(unit: str) -> bool:
    return unit in MEASURE_WORDS or unit == "%" or scale_of(unit) is not None


def _with_counts_in(table: Table, ledger: Ledger, unit: str) -> tuple[Table, list[Doubt]]:
    """The table with the one column that is counted in 张 read in 百张; a question for each where several may be meant."""
    worth, counts = scale_of(unit), list(_unsaid(table, ledger, _COUNTS))
    fitting = [name for name in counts if ledger.columns[name].unit == unit.lstrip("十百千万亿")]
    meant = fitting if len(fitting) == 1 else counts
    if worth and len(meant) == 1:
        return in_units(table, table.columns[meant[0]], worth), []
    return table, [_doubt(ledger.columns[name], name, unit) for name in counts] if worth else []


def _doubt(column: Column, name: str, unit: str) -> Doubt:
    return Doubt("title_unread", column.label, f"表外注明的单位“{unit}”", name=name)


def _noted(table: Table) -> Iterator[str]:
    """The units named above and below the table and on the printed page; the name of an office (单位：司法所) is none."""
    for text in (*texts_above(table.sheet, table.header), *_lines_below(table)):
        for found in _NOTED.findall(normalise(text)):
            if is_unit(found):
                yield found


def _in_names(*names: str) -> Iterator[str]:
    for name in names:
        yield from (found for found in _IN_A_NAME.findall(normalise(name)) if is_unit(found))


def _lines_below(table: Table) -> Iterator[str]:
    rows = table.sheet.rows
    for row in range(max(table.first_data_row, len(rows) - _FOOT_ROWS), len(rows)):
        texts = [text for at in range(len(rows[row])) if (text := text_at(table.sheet, row, at))]
        if len(texts) == 1:
            yield texts[0]


def _unsaid(table: Table, ledger: Ledger, kinds: tuple[str, ...]) -> Iterator[str]:
    """The columns of these kinds whose title says no unit of its own."""
    for name, at in table.columns.items():
        titles = table.header.titles[at]
        if ledger.columns[name].kind in kinds and not any(money_unit(title) or "(" in title for title in titles):
            yield name


def _with_column_of_units(table: Table, ledger: Ledger) -> Table:
    """The table with its one number in the unit that a column beside it repeats on every row."""
    numeric = list(_unsaid(table, ledger, ("money", *_COUNTS)))
    for at, title in table.unknown.items():
        said = {normalise(cell) for cell in cells_of(table, at)} if _COLUMN_OF_UNITS.search(bare(title)) else set()
        if len(said) != 1 or len(numeric) != 1:
            continue
        (unit,), (name,) = said, numeric
        left = {place: other for place, other in table.unknown.items() if place != at}
        if ledger.columns[name].kind == "money" and is_plain_money(unit):
            units = {**table.money_units, name: str(money_unit(f"({unit})"))}
            return replace(table, money_units=units, unknown=left)
        if ledger.columns[name].kind in _COUNTS and (worth := scale_of(unit)):
            return replace(in_units(table, table.columns[name], worth), unknown=left)
    return table
