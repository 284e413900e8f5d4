"""What stands in or beside a table's columns and could change what their numbers mean: asked, never passed over.

A title may say a unit or a part in its brackets, may be one of several below a group, may occur twice; a column that no
ledger knows may say that a row is void, another town's or counts several times. What is understood is not asked.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath

from fazhi.dictionary.models import Column, Ledger, Unit
from fazhi.intake import RawFile
from fazhi.issues import Issue
from fazhi.recognition.blanks_above import with_blanks_filled
from fazhi.recognition.cell_looks import (
    correcting_comments,
    grey_records,
    header_units,
    legends,
    noted_otherwise,
    unit_comments,
)
from fazhi.recognition.column_parts import WHOLE, in_units, merged_once, of_the_month, scale_of, summed, the_whole
from fazhi.recognition.continued_rows import joined_up
from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.notes_below import noted_beside
from fazhi.recognition.other_towns import of_other_towns
from fazhi.recognition.remarks import said_in_remarks
from fazhi.recognition.row_groups import PART, row_kinds
from fazhi.recognition.several_records import several_in_one_row
from fazhi.recognition.unit_notes import is_plain_money, is_unit, with_noted_units
from fazhi.recognition.unknown_columns import SCALES, cells_of, is_number_column, unknown_columns
from fazhi.recognition.void_marks import Doubt, void_cells, void_comments, void_lines, void_numbers
from fazhi.values.counts import MEASURE_WORDS
from fazhi.values.money import money_unit
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import title_key

NUMERIC = frozenset({"count", "number", "money"})
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
# Notes in a title that say how to fill it in, not what a number means.
_NOTE = re.compile(
    r"必填|选填|可不?填|填|格式|例如|如[:：]|见|另附|附|单选|多选|下拉|大写|小写|全称|签字|盖章|手写|公历|阳历|农历|截至|是否|是.?否|有.?无|√|年.?月|\d{4}|协议|居|社区|社|村|人民币|含|不含|注|序"
)
_MUST = re.compile(r"必填项?|选填项?|可不填")  # whether to fill it in at all, which changes no number
_UNIT_WORD = re.compile(r"^(?:计量)?单位(?:为|[:：])?(?=.)")


def read_columns(
    file: RawFile, table: Table, ledger: Ledger, unit: Unit, records_known: bool = False
) -> tuple[Table, list[Issue]]:
    """The table as its titles say it must be read, without the columns whose numbers may mean something else; what is asked.

    `records_told`: the sheet's form says which rows are one record.
    """
    kinds, joined = row_kinds(table, ledger, records_known)
    table = replace(table, others={**table.others, **kinds})
    table, continued = joined_up(table, ledger)
    table, blanks = with_blanks_filled(table, ledger)
    table, noted = with_noted_units(table, ledger, PurePosixPath(file.path).stem)
    table, added = _in_parts(_in_units(table, ledger), ledger)
    table, once = _each_number_once(table, ledger)
    table, elsewhere = of_other_towns(table, unit)
    doubts = [
        *joined,
        *continued,
        *noted,
        *blanks,
        *several_in_one_row(table, ledger),
        *once,
        *_brackets(table, ledger, added),
        *_groups(table, ledger),
        *_twice(table, ledger),
        *_unit_row(table, ledger),
        *unknown_columns(table, ledger),
        *elsewhere,
        *void_lines(table),
        *void_numbers(table),
        *noted_beside(table),
        *void_comments(table),
        *said_in_remarks(table),
        *correcting_comments(table, ledger),
        *void_cells(table, ledger),
        *_colours(table, ledger),
        *noted_otherwise(table, ledger),
        *unit_comments(table),
        *legends(table),
        *grey_records(table),
    ]
    at = table.header.last_row + 1
    issues = [
        Issue.of(
            one.kind, file.path, table.sheet.name, row=one.row or at, column=one.title, ledger=ledger.id, what=one.what
        )
        for one in doubts
        if one.row not in table.elsewhere
    ]
    return _without(table, {one.name for one in doubts if one.name}), issues


def _without(table: Table, names: set[str]) -> Table:
    """The table without these columns: their indicators have no figure then, not a wrong one."""
    columns = {name: position for name, position in table.columns.items() if name not in names}
    return replace(table, columns=columns, missing=(*table.missing, *sorted(names))) if names else table


def _in_units(table: Table, ledger: Ledger) -> Table:
    """Counts titled or headed in hundreds, thousands …, as they are; money in the unit of the row below the header."""
    units = dict(table.money_units)
    below, noted = _units_below(table), header_units(table)
    for name, position in table.columns.items():
        kind = ledger.columns[name].kind
        said = filter(None, [below.get(name), noted.get(position)])
        notes = [*_notes(_titled(table, position)), *said]
        worth = next((worth for note in notes if (worth := scale_of(note))), None)
        if kind in ("count", "number") and worth:
            table = in_units(table, position, worth)
        elif kind == "money" and (unit := money_unit(f"({below.get(name) or noted.get(position, '')})")):
            units[name] = unit
    return replace(table, money_units=units)


def _units_below(table: Table) -> dict[str, str]:
    """Column -> unit, where the first row below the header holds units and nothing else."""
    row = table.first_data_row
    texts = {name: text_at(table.sheet, row, position).strip("()（）[]") for name, position in table.columns.items()}
    filled = {name: text for name, text in texts.items() if text}
    return filled if all(map(is_unit, filled.values())) else {}


def _each_number_once(table: Table, ledger: Ledger) -> tuple[Table, list[Doubt]]:
    """Numbers that are merged over several rows, on the first of them only; each is told, and asked about where the day is
    merged over the same rows: they may be one event."""
    doubts = []
    day = table.columns.get(table.date_column or "")
    days = {(top + 1, bottom + 1) for top, left, bottom, _ in table.sheet.merged if left == day}
    for name, position in table.columns.items():
        if ledger.columns[name].kind in NUMERIC:
            table, spans = merged_once(table, position)
            title = ledger.columns[name].label
            for top, bottom in spans:
                if all(table.others.get(row) == PART for row in range(top + 1, bottom + 1)):
                    continue
                if (top, bottom) in days:
                    doubts.append(
                        Doubt("column_decides", title, f"第 {top}—{bottom} 行的日期和数都合写一个，像是一件", top)
                    )
                else:
                    doubts.append(Doubt("number_merged", title, f"第 {top}—{bottom} 行合写一个数", top))
    return table, doubts


def _in_parts(table: Table, ledger: Ledger) -> tuple[Table, set[str]]:
    """The table with numbers in parts that are known to add up as one number, and the columns this was done to."""
    added = set()
    for name in list(table.columns):
        if ledger.columns[name].kind in NUMERIC:
            for subs in (*_divided(table), *_alike_but_for_brackets(table)):
                if table.columns[name] in subs and (
                    made := summed(table, ledger, name, subs)
                    or of_the_month(table, name, subs)
                    or the_whole(table, name, subs)
                ):
                    table = made
                    added.add(name)
                    break
    return table, added


def _divided(table: Table) -> Iterator[dict[int, str]]:
    """The sub-titles (by cell column) below each title that stands over several."""
    for left, right, _ in _group_spans(table):
        yield {at: text_at(table.sheet, table.header.last_row, at) for at in range(left, right + 1)}


def _alike_but_for_brackets(table: Table) -> Iterator[dict[int, str]]:
    """What neighbours say in their brackets that are titled alike otherwise: 参加人数（男）, 参加人数（女）."""
    titles = [_titled(table, at) for at in range(len(table.header.titles))]
    for _, group in groupby(enumerate(titles), lambda one: _BRACKET.sub("", one[1])):
        subs = {at: notes[0] for at, title in group if len(notes := _notes(title)) == 1}
        if len(subs) > 1:
            yield subs


def _titled(table: Table, position: int) -> str:
    """A column's titles as they stand, from the group down."""
    rows = range(table.header.first_row, table.header.last_row + 1)
    return "".join(dict.fromkeys(filter(None, (text_at(table.sheet, row, position) for row in rows))))


def _brackets(table: Table, ledger: Ledger, added: Collection[str]) -> Iterator[Doubt]:
    """Units and parts in the brackets of a number's title that are not the ones the ledger counts in; `added` are read whole."""
    for name, position in table.columns.items():
        column = ledger.columns[name]
        if column.kind in NUMERIC and name not in added:
            title = _titled(table, position)
            for note in _notes(title):
                if not _is_understood(note, column, title):
                    yield Doubt("title_unread", title, f"括号里的“{note}”", name=name)


def _notes(title: str) -> list[str]:
    """What stands in a title's brackets: 百张 of （百张） and of （单位：百张）."""
    return [_UNIT_WORD.sub("", normalise(note)) for note in _BRACKET.findall(title)]


def _is_understood(note: str, column: Column, title: str) -> bool:
    known = {bare(text) for text in column.titles} | {
        bare(piece) for text in column.titles for piece in _BRACKET.findall(text)
    }
    plain = bare(note)
    if not plain or plain in known or bare(title) in known or {note, plain} & MEASURE_WORDS or _MUST.fullmatch(plain):
        return True
    if column.kind == "money":
        return money_unit(f"金额({note})") is not None and "/" not in note and "或" not in note
    return scale_of(note) is not None or (bool(_NOTE.search(note)) and not SCALES.search(note))


def _groups(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """One number read of several that stand below the same group: 应到｜实到, 男｜女, 本月｜累计, 万｜元."""
    header = table.header
    if header.first_row == header.last_row:
        return
    names = {position: name for name, position in table.columns.items()}
    for left, right, title in _group_spans(table):
        subs = {position: text_at(table.sheet, header.last_row, position) for position in range(left, right + 1)}
        read = [position for position in subs if position in names and ledger.columns[names[position]].kind in NUMERIC]
        rest = [position for position in subs if position in table.unknown and is_number_column(table, position)]
        if (
            len(read) == 1
            and rest
            and bare(subs[read[0]]) not in WHOLE
            and not _names_itself(ledger, names[read[0]], subs[read[0]])
        ):
            listed = "、".join(f"“{subs[position]}”" for position in sorted([*read, *rest]))
            yield Doubt("group_of_numbers", title, f"下面分{listed}，不知该读哪一列", name=names[read[0]])


def _names_itself(ledger: Ledger, name: str, sub: str) -> bool:
    """Whether a sub-title by itself names the column: the group adds nothing."""
    return title_key(sub) in {title_key(title) for title in ledger.columns[name].titles}


def _group_spans(table: Table) -> Iterator[tuple[int, int, str]]:
    """First and last cell column of each title in the upper header rows that stands over several columns."""
    header, sheet = table.header, table.sheet
    width = len(header.titles)
    for row in range(header.first_row, header.last_row):
        starts = [column for column in range(width) if text_at(sheet, row, column)]
        for number, start in enumerate(starts):
            merged = next((r for top, left, _, r in sheet.merged if top == row and left == start), None)
            end = merged if merged is not None else (starts[number + 1] if number + 1 < len(starts) else width) - 1
            below = [column for column in range(start, end + 1) if text_at(sheet, header.last_row, column)]
            if len(below) > 1:
                yield start, max(below), text_at(sheet, row, start)


def _twice(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """A title that stands over another column too, with other contents: of numbers neither is read."""
    titles = [bare(names[0]) if names else "" for names in table.header.titles]
    for name, position in table.columns.items():
        column = ledger.columns[name]
        same = [at for at in table.unknown if at < len(titles) and titles[at] == titles[position] != ""]
        if any(table.below(at) != table.below(position) for at in same if cells_of(table, at)):
            read = "不知该读哪一列" if column.kind in NUMERIC else "内容不同，读了第一列"
            dropped = name if column.kind in NUMERIC else ""
            yield Doubt("group_of_numbers", _titled(table, position), f"这个列名有两列，{read}", name=dropped)


def _unit_row(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """A unit in the row below the header that is not understood."""
    for name, text in _units_below(table).items():
        column = ledger.columns[name]
        unread = SCALES.search(text) and scale_of(text) is None
        if unread if column.kind in ("count", "number") else column.kind == "money" and not is_plain_money(text):
            yield Doubt("title_unread", column.label, f"表头下一行的单位“{text}”", table.first_data_row + 1, name)


def _colours(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """A yes-or-no or closed column left empty while its cells are filled in several colours: the colours say it."""
    for name, position in table.columns.items():
        column = ledger.columns[name]
        if table.sheet.fills and (column.is_closed or column.kind == "boolean") and not cells_of(table, position):
            rows = range(table.first_data_row + 1, len(table.sheet.rows) + 1)
            colours = {colour for row in rows if (colour := table.sheet.fills.get((row, position + 1)))}
            if colours:
                yield Doubt("column_decides", _titled(table, position), "没有写字，只涂了颜色", name=name)
