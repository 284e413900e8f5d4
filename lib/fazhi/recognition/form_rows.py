"""A table on a form as its ledger would have it: rows of other ledgers set aside, rows of one record joined, columns made.

What the form makes stands in cell columns behind the sheet's own; the sheet's rows keep their numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fazhi.dictionary.form import EMPTY, Form
from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell, RawFile
from fazhi.issues import Issue
from fazhi.recognition.form_cells import a_piece, added, listed_there, matches, said_yes, says_no, says_nothing
from fazhi.recognition.form_texts import found_above
from fazhi.recognition.forms import heading_places
from fazhi.recognition.headers import Header, Table, money_units
from fazhi.recognition.row_groups import PART
from fazhi.recognition.rows import Entries, entries
from fazhi.town_year import TownSettings
from fazhi.values.money import money_unit
from fazhi.values.normalise import bare, normalise


@dataclass
class _Filling:
    """A table being filled in: what its rows say under the form's headings, and what has been made of it so far."""

    file: RawFile
    form: Form
    table: Table
    ledger: Ledger
    settings: TownSettings
    below: Entries
    made: dict[str, dict[int, Cell]] = field(default_factory=dict)  # column -> row -> cell
    titles: dict[str, str] = field(default_factory=dict)  # column -> the title its unit is looked for in
    issues: list[Issue] = field(default_factory=list)

    def said(self, heading: str) -> Mapping[int, Cell] | None:
        """Row -> what it says under a heading, filled down; None where the sheet has no such heading."""
        cells = self.below.columns.get(_key(heading))
        return None if cells is None else dict(zip(self.below.numbers, cells, strict=True))

    def ask(self, kind: str, **details: Any) -> None:
        place = self.file.path, self.table.sheet.name
        self.issues.append(Issue.of(kind, *place, ledger=self.ledger.id, **details))


def _key(heading: str) -> str:
    return f"〔{heading}〕"  # no canonical column is called so


def filled_in(file: RawFile, table: Table, form: Form, settings: TownSettings) -> tuple[Table, list[Issue]]:
    """The table with what its form makes of it, and what is to be told or asked about that."""
    places = heading_places(table.header, form.reads)
    probe = replace(table, columns={**table.columns, **{_key(h): at for h, at in places.items()}})
    ledger = settings.specs.ledgers[table.ledger]
    filling = _Filling(file, form, table, ledger, settings, entries(probe))
    _set_aside_others(filling)
    groups = _records(filling)
    _count(filling, groups)
    for step in (_sum, _pieces, _filled, _listed, _constants, _taken):
        step(filling)
    return _with_columns(filling), filling.issues


def _set_aside_others(filling: _Filling) -> None:
    """Rows that do not hold what the form asks for belong elsewhere; where it is not filled in, that is to be verified."""
    elsewhere: dict[int, str] = {}
    unplaced: dict[int, str] = {}
    said_elsewhere: set[str] = set()
    town = filling.settings.unit.name
    for heading, wanted in filling.form.where.items():
        cells = filling.said(heading)
        if cells is None:
            filling.ask(
                "column_decides", column=heading, what=f"没有“{heading}”一列，分不清哪些行属于{filling.ledger.title}"
            )
            continue
        for row, cell in cells.items():
            text = normalise(cell)
            if not text:
                unplaced[row] = f"{heading}：未填"
                _ask_where(filling, row, heading, "空", "未填")
            elif not matches(text, wanted, town):
                others = filling.form.elsewhere.get(heading)
                if others is None or matches(text, others, town):
                    elsewhere.setdefault(row, f"{heading}不是本台账的")
                    said_elsewhere.add(text[:20])
                else:
                    unplaced[row] = f"{heading}：看不出属于哪一本台账"
                    _ask_where(filling, row, heading, f"“{text[:20]}”", "看不出属于哪一本台账")
    if elsewhere:
        said = "、".join(sorted(said_elsewhere)[:5])
        filling.ask("rows_other_ledger", count=len(elsewhere), said=said, title=filling.ledger.title)
    filling.table = replace(filling.table, other_ledger=elsewhere, unplaced=unplaced)


def _ask_where(filling: _Filling, row: int, heading: str, cell: str, fault: str) -> None:
    readable = "、".join(filling.form.where[heading])
    filling.ask("row_quarantined", row=row, column=heading, cell=cell, fault=fault, readable=readable)


def _records(filling: _Filling) -> dict[int, list[int]]:
    """First row of each record -> all its rows. Rows beyond the first are no records of their own."""
    out = {**filling.table.other_ledger, **filling.table.elsewhere}
    rows = [row for row in filling.below.numbers if row not in out]
    columns = [cells for heading in filling.form.record if (cells := filling.said(heading)) is not None]
    if not columns or len(columns) < len(filling.form.record):
        if filling.form.record:
            what = f"“{'、'.join(filling.form.record)}”不全，分不清哪几行是一件，按一行一件计"
            filling.ask("column_decides", column=filling.form.record[0], what=what)
        return {row: [row] for row in rows}
    groups: dict[int, list[int]] = {}
    first_of: dict[tuple[str, ...], int] = {}
    above: int | None = None
    for row in rows:
        key = tuple(bare(normalise(cells[row])) for cells in columns)
        named = all(key)
        first = first_of.get(key) if named else above if not any(key) else None
        above = row if first is None else first
        groups.setdefault(above, []).append(row)
        if named:
            first_of.setdefault(key, above)
    parts = {row: PART for first, joined in groups.items() for row in joined if row != first}
    filling.table = replace(filling.table, others={**filling.table.others, **parts})
    if parts:
        what = f"共 {len(groups)} 件，有的占几行（{'、'.join(filling.form.record)}相同）"
        filling.ask("rows_joined", row=min(parts), what=what)
    return groups


def _count(filling: _Filling, groups: Mapping[int, Sequence[int]]) -> None:
    for name, how in filling.form.count.items():
        if name in filling.table.columns:
            continue  # the sheet has the number itself
        columns = {heading: filling.said(heading) for heading in how}
        if any(cells is None for cells in columns.values()):
            continue
        filling.made[name] = {
            first: sum(
                all(_counts(filling, h, cells[row], how[h], row) for h, cells in columns.items() if cells)
                for row in rows
            )
            for first, rows in groups.items()
        }


def _counts(filling: _Filling, heading: str, cell: Cell, wanted: Sequence[str], row: int) -> bool:
    """Whether a row holds what is counted; what could be read either way is asked about, and not counted."""
    text = normalise(cell)
    if says_nothing(text):
        return False
    if matches(text, wanted, filling.settings.unit.name) or said_yes(cell, wanted):
        return True
    if not says_no(text):
        what = f"写着“{text[:20]}”，看不出是不是{'、'.join(wanted)}，没有算在内"
        filling.ask("column_decides", row=row, column=heading, what=what)
    return False


def _sum(filling: _Filling) -> None:
    for name, headings in filling.form.sum.items():
        columns = [cells for heading in headings if (cells := filling.said(heading)) is not None]
        units = {money_unit(_title_of(filling, heading)) for heading in headings}
        if len(columns) == len(headings) and len(units) == 1:
            filling.made[name] = {row: added([cells[row] for cells in columns]) for row in filling.below.numbers}
            filling.titles[name] = _title_of(filling, headings[0])
        else:
            what = f"“{'、'.join(headings)}”不全或单位不同，加不成一个数"
            filling.ask("column_decides", column=filling.ledger.columns[name].label, what=what)


def _title_of(filling: _Filling, heading: str) -> str:
    at = heading_places(filling.table.header, [heading]).get(heading)
    return "" if at is None else "".join(dict.fromkeys(reversed(filling.table.header.titles[at])))


def _pieces(filling: _Filling) -> None:
    for name, piece in filling.form.part.items():
        if name in filling.table.columns:
            known = filling.settings.vocabularies[filling.ledger.id].get(name)
            cells = zip(filling.below.numbers, filling.below.columns[name], strict=True)
            filling.made[name] = {row: a_piece(cell, piece, known) for row, cell in cells}


def _filled(filling: _Filling) -> None:
    for name in filling.form.filled:
        if name in filling.table.columns:
            cells = zip(filling.below.numbers, filling.below.columns[name], strict=True)
            filling.made[name] = {row: _any_is_yes(cell) for row, cell in cells}


def _any_is_yes(cell: Cell) -> Cell:
    text = normalise(cell)
    return cell if says_nothing(text) or said_yes(cell, ("是",)) or says_no(text) else "是"


def _listed(filling: _Filling) -> None:
    for heading, columns in filling.form.listed.items():
        cells = filling.said(heading)
        every = [word for words in columns.values() for word in words]
        for name, words in columns.items() if cells is not None else ():
            filling.made[name] = {row: listed_there(cell, words, every) for row, cell in (cells or {}).items()}


def _constants(filling: _Filling) -> None:
    for name, value in filling.form.constants.items():
        if name not in filling.table.columns:
            filling.made[name] = dict.fromkeys(filling.below.numbers, None if value == EMPTY else value)


def _taken(filling: _Filling) -> None:
    """Columns whose value stands in the title or a name, for all rows; which, is told."""
    for name, places in filling.form.taken.items():
        if name in filling.table.columns:
            continue
        known = filling.settings.vocabularies[filling.ledger.id].get(name)
        found = found_above(filling.file, filling.table, places, known)
        if found is not None:
            filling.made[name] = dict.fromkeys(filling.below.numbers, found.value)
            filling.ask(
                "value_taken", column=filling.ledger.columns[name].label, value=found.value, text=found.text[:40]
            )


def _with_columns(filling: _Filling) -> Table:
    """The table with the columns that were made behind its own."""
    table, made = filling.table, filling.made
    if not made:
        return table
    width = max(len(table.header.titles), *(len(row) for row in table.sheet.rows))
    rows = [list(row) for row in table.sheet.rows]
    for number in filling.below.numbers:
        row = rows[number - 1]
        row += [None] * (width - len(row)) + [cells.get(number) for cells in made.values()]
    places = {name: width + at for at, name in enumerate(made)}
    titles = [*table.header.titles, *[()] * (width - len(table.header.titles))]
    titles += [(title,) if (title := filling.titles.get(name, "")) else () for name in made]
    header = Header(table.header.first_row, table.header.last_row, tuple(titles))
    missing = tuple(name for name in table.missing if name not in made)
    units = {**table.money_units, **money_units(table.sheet, header, places, filling.ledger)}
    sheet, columns = replace(table.sheet, rows=rows), {**table.columns, **places}
    return replace(table, sheet=sheet, header=header, columns=columns, missing=missing, money_units=units)
