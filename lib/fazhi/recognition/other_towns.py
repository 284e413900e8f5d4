"""A district's ledger: which of its rows are another town's, by a column that names towns."""

import re
from collections.abc import Iterable
from dataclasses import replace

from fazhi.dictionary.models import Unit
from fazhi.intake import Cell
from fazhi.recognition.blanks_above import begins_groups, days_of, filled_from_above
from fazhi.recognition.headers import Table, text_at, texts_above
from fazhi.recognition.rows import entries
from fazhi.recognition.unknown_columns import cells_of
from fazhi.recognition.void_marks import Doubt
from fazhi.values.normalise import is_ditto, normalise
from fazhi.values.towns import is_town, names_a_town

_TITLE = re.compile(r"镇街|街镇|乡镇|镇乡|镇街道|所属镇|属地|^街道$|街道办|镇\(街|镇[(/、]|区县|^镇$|^镇名")
_OF_A_PERSON = re.compile(r"住|籍|地址|当事人|申请人|户|对象|来源")
_BODY = re.compile(r"(?:镇|乡|街道|街道办事处|人民政府|政府)\s*$")
_OFFICE = re.compile(r"(?:人民政府|政府)$")
_NAMED = re.compile(
    r"^(?:.{0,9}[省市区县州旗]|.{0,4}单位[:])?([一-龥]{1,3}[^村城乡集市各全本我建小重特强\W]镇|[一-龥]{2,4}乡(?=人民政府|政府|党委)|[一-龥]{1,3}[^各全本我镇乡\W]街道)"
)
OTHER = "其他"  # stands for a name that may not be shown


def of_other_towns(table: Table, unit: Unit) -> tuple[Table, list[Doubt]]:
    """The table with the rows that are another town's, or the question which are, where some column names towns."""
    doubts = _titled_for_another(table, unit)
    for position, title in table.unknown.items():
        if not _TITLE.search(normalise(title)):
            doubts += _several_towns(table, position, title, unit)
            continue
        towns = _filled_down(table, position)
        own = {text: is_town(text, unit.name) for text in set(towns.values())}
        other = [row for row, text in towns.items() if own[text] is False]
        doubtful = [row for row, text in towns.items() if own[text] is None]
        if not (other or doubtful) or (len(own) == 1 and not any(map(names_a_town, own))):
            continue
        if True not in own.values() or _OF_A_PERSON.search(title):
            doubts.append(Doubt("column_decides", title, f"有 {len(other) + len(doubtful)} 行不是{unit.name}的"))
            continue
        if unsaid := [row for row in entries(table).numbers if row not in towns]:
            doubts.append(
                Doubt("column_decides", title, f"有 {len(unsaid)} 行没有写，不知是不是{unit.name}的", unsaid[0])
            )
        doubts += [Doubt("column_decides", title, f"看不出是不是{unit.name}的", row) for row in doubtful]
        places = {row: towns[row] if names_a_town(towns[row]) else OTHER for row in other}
        table = replace(table, elsewhere={**table.elsewhere, **places})
    return table, doubts


def _titled_for_another(table: Table, unit: Unit) -> list[Doubt]:
    """A question where the lines above a table begin with another town's name, and none with this one's."""
    found = [named[1] for text in texts_above(table.sheet, table.header) if (named := _NAMED.match(normalise(text)))]
    others = [name for name in found if is_town(name, unit.name) is False]
    if not others or len(others) < len(found):
        return []
    return [Doubt("column_decides", "", f"表上写着“{others[0]}”，不是{unit.name}的", 1)]


def divides_towns(title: str, cells: Iterable[Cell]) -> bool:
    """Whether a column says of which town a row is, whatever a form makes of its heading: by its title and a town among its cells."""
    if not _TITLE.search(normalise(title)) or _OF_A_PERSON.search(title):
        return False
    return any(isinstance(cell, str) and names_a_town(normalise(cell)) for cell in cells)


def _several_towns(table: Table, position: int, title: str, unit: Unit) -> list[Doubt]:
    """A question where a column of another title (主办单位) names this town in some rows and others in the rest."""
    texts = {normalise(cell) for cell in cells_of(table, position) if isinstance(cell, str) and _BODY.search(cell)}
    if _OF_A_PERSON.search(title) or not any(is_town(text, unit.name) for text in texts):
        return []
    others = sorted(text for text in texts if is_town(text, unit.name) is False and names_a_town(_OFFICE.sub("", text)))
    return [Doubt("column_decides", title, f"有的行写着“{others[0]}”，不是{unit.name}的")] if others else []


def _filled_down(table: Table, position: int) -> dict[int, str]:
    """What each record says in a column, merged cells and 同上 filled down; blank ones are left out."""
    merged = {
        row: text_at(table.sheet, top, left)
        for top, left, bottom, _ in table.sheet.merged
        if left == position and bottom > top >= table.first_data_row
        for row in range(top, bottom + 1)
    }
    numbers, texts, above = entries(table).numbers, [], ""
    for number in numbers:
        text = merged.get(number - 1) or text_at(table.sheet, number - 1, position)
        above = above if is_ditto(text) else text
        texts.append(above)
    if begins_groups(texts):
        texts = filled_from_above(texts, days_of(table, numbers)) or texts
    return {number: text for number, text in zip(numbers, texts, strict=True) if text}
