"""What is said beside the cells and by their looks: units in comments, what a colour stands for, records in grey."""

import re
from collections.abc import Iterator

from fazhi.dictionary.models import Column, Ledger
from fazhi.recognition.column_parts import scale_of
from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.return_sheet import office_comments
from fazhi.recognition.rows import entries, voided
from fazhi.recognition.void_marks import Doubt
from fazhi.values.counts import MEASURE_WORDS
from fazhi.values.money import UNITS, money_unit
from fazhi.values.normalise import normalise

_NOTED_UNIT = re.compile(r"(?:^|[\s:])(?:(?:计量|货币|金额)?单位|币种)\s*(?:为|是)?\s*[::]?\s*[(]?([^\s,;。()]{1,6})")
_CURRENCY = re.compile(r"[美港欧日英澳]元|[美港]币|美金|英镑|台币")
_COLOUR = (
    r"(?:[红黄绿灰蓝橙紫黑白]色|[红黄绿灰蓝橙紫][字底]|[标涂填][成为了]?[红黄绿灰蓝橙紫]|[底颜涂标]色|填充|阴影|高亮)"
)
_MEANING = r"(?:为|表示|代表|是|系|[:=]).{1,10}|(?:作废|撤销|注销|无效|重复|不计|删除)"
_LEGEND = re.compile(rf"{_COLOUR}[^,，。;；:]{{0,6}}?(?:{_MEANING})")
_CORRECTED = re.compile(
    r"[应实]为|(?:更正|订正|修改|改正|改|调整)[为成]|有误|写错|填错|误填|笔误|不含|[内其]?含(?=\D{0,6}\d)|其中(?=\D{0,6}\d)|另[有外加]"
)
_NUMERIC = ("count", "number", "money")
_MAXIMUM_IN_LEGEND = 2  # cells of a line that is no record
_GREY_NAMED = re.compile(r"theme0-0\.\d+|theme1(?:0\.\d+)|indexed(?:22|23|55)")


def noted_unit(comment: str) -> str | None:
    """The unit that a comment names: 万元 of `单位：万元`, of `王某:\\n万元` and of `万元`."""
    text = normalise(comment)
    found = _NOTED_UNIT.search(text)
    word = found[1] if found else re.split(r"[\s:]", text)[-1].strip("()。")
    scaled = word.lstrip("十百千万亿")
    if word in UNITS or word in MEASURE_WORDS or _CURRENCY.search(word):
        return word
    return word if scaled != word and scaled in MEASURE_WORDS else None


def header_units(table: Table) -> dict[int, str]:
    """Cell column -> the unit named in a comment on its title."""
    header = table.header
    units = {}
    for (row, column), comment in office_comments(table.sheet).items():
        if header.first_row < row <= header.last_row + 1 and (unit := noted_unit(comment)):
            units[column - 1] = unit
    return units


def noted_otherwise(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """Numbers with a comment on their title that names a unit they are not read in, or another than the title's own."""
    noted = header_units(table)
    for name, position in table.columns.items():
        column, unit = ledger.columns[name], noted.get(position)
        if unit and column.kind in _NUMERIC and not _agrees(unit, column, "".join(table.header.titles[position])):
            yield Doubt("title_unread", column.label, f"批注里的单位“{unit}”", name=name)


def _agrees(unit: str, column: Column, title: str) -> bool:
    if column.kind == "money":
        return money_unit(f"({unit})") is not None and money_unit(title) in (None, money_unit(f"({unit})"))
    return unit in MEASURE_WORDS or scale_of(unit) is not None


def unit_comments(table: Table) -> Iterator[Doubt]:
    """Comments on cells of records that name another unit."""
    for (row, column), comment in office_comments(table.sheet).items():
        if row > table.first_data_row and column - 1 in table.columns.values():
            unit = noted_unit(comment)
            if unit and unit not in MEASURE_WORDS and unit != "元":
                yield Doubt("column_decides", "", f"批注里写着单位“{unit}”", row)


def correcting_comments(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """Comments on a record's cells that say another value or that a number holds something else: 应为80, 含上级30人."""
    for (row, column), comment in office_comments(table.sheet).items():
        name = next((name for name, position in table.columns.items() if position == column - 1), None)
        if row > table.first_data_row and name and (said := _CORRECTED.search(normalise(comment))):
            yield Doubt("column_decides", ledger.columns[name].label, f"批注里写着“{said[0]}”", row)


def legends(table: Table) -> Iterator[Doubt]:
    """Lines above or below the records that say what a colour stands for, which is not read."""
    for row, filled in enumerate(table.sheet.filled):
        if table.header.first_row <= row <= table.header.last_row or filled > _MAXIMUM_IN_LEGEND:
            continue
        texts = (text_at(table.sheet, row, column) for column in range(len(table.sheet.rows[row])))
        said = next((found[0] for text in texts if (found := _LEGEND.search(text))), None)
        if said:
            yield Doubt("column_decides", "", f"注明“{said[:20]}”，颜色没有读", row + 1)


def grey_records(table: Table) -> Iterator[Doubt]:
    """Records in grey among others that are not, as clerks mark what is void; every other row in grey is a look."""
    rows = range(table.first_data_row + 1, len(table.sheet.rows) + 1)
    if not table.sheet.fills or not any(_is_grey(table, row) for row in rows):
        return
    below = entries(table)
    void = {*below.struck, *(row for row, remark in below.remarks.items() if voided(remark))}
    records = below.numbers
    grey = [at for at, row in enumerate(records) if _is_grey(table, row)]
    banded = len(records) > 3 and grey in (list(range(0, len(records), 2)), list(range(1, len(records), 2)))
    if len(grey) * 2 <= len(records) and not banded and (unsaid := [at for at in grey if records[at] not in void]):
        yield Doubt("column_decides", "", f"有 {len(unsaid)} 行整行涂成灰色，没有写明原因", records[unsaid[0]])


def _is_grey(table: Table, row: int) -> bool:
    """Whether all cells with content in the row (1-based) have one grey background."""
    filled = [column for column, cell in enumerate(table.sheet.rows[row - 1], 1) if cell is not None]
    colours = {table.sheet.fills.get((row, column), "") for column in filled} if len(filled) > 1 else set()
    colour = colours.pop() if len(colours) == 1 else ""
    if not re.fullmatch("[0-9A-F]{6}", colour):
        return bool(_GREY_NAMED.fullmatch(colour))
    tones = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(tones) - min(tones) <= 12 and 0x40 <= min(tones) <= 0xE8
