"""Records said to be void elsewhere than in the remark: in another cell, in a comment, by a line above them. Asked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.dictionary.models import Ledger
from fazhi.recognition.headers import Table
from fazhi.recognition.return_sheet import office_comments
from fazhi.values.normalise import normalise

_COMMENT = re.compile(r"作废|撤销|注销|无效|重复登记")
_CELL = re.compile(
    r"[(\[【](?:已)?(?:作废|撤销|注销|无效|取消|退休|调离|调出|离职|辞职)[)\]】]|^(?:已)?(?:作废|撤销|注销)$"
)
_HINT = re.compile("[废销效消休离职出]")
_LINE = re.compile(
    r"以下.{0,8}(?:作废|撤销|无效|注销|取消|删除|不计|重复|未|待|拟|计划|预计|[上去往前明下]年|暂|示例|模板|测试|参考|外[镇乡]|(?:非|不属于?)本)|(?:作废|撤销|注销|删除)(?:登记|记录|部分)?[:：]?$"
)


@dataclass(frozen=True)
class Doubt:
    """Something to be asked; `name` is the column that is not read until it is settled, "" where all are read."""

    kind: str
    title: str
    what: str
    row: int = 0  # 1-based; 0 for the header
    name: str = ""


def void_cells(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """Records with a cell that says they are void, in a column of the ledger: 青罚1号（作废）."""
    found: list[Doubt] = []
    for name, position in table.columns.items():
        column = ledger.columns[name]
        # Most cells of a large table hold none of these characters: told before anything is normalised, and each text once.
        hinted = list(filter(_HINT.search, table.sheet.texts_in(position)))
        said = {
            cell: match[0]
            for cell in hinted
            if (match := _CELL.search(normalise(cell))) and normalise(cell) not in column.values
        }
        below = table.below(position) if said else ()
        for number, cell in enumerate(below, table.first_data_row + 1):
            if isinstance(cell, str) and cell in said:
                found.append(Doubt("column_decides", column.label, f"写着“{said[cell].strip('()[]【】')}”", number))
    yield from sorted(found, key=lambda doubt: doubt.row)


def void_comments(table: Table) -> Iterator[Doubt]:
    """Comments on cells of records that say the row is void."""
    for (row, _), comment in office_comments(table.sheet).items():
        if row > table.first_data_row and (said := _COMMENT.search(normalise(comment))):
            yield Doubt("column_decides", "", f"批注里写着“{said[0]}”", row)


def void_lines(table: Table) -> Iterator[Doubt]:
    """A line across the table that says the rows below it are void."""
    rows = table.sheet.rows
    for row in range(table.first_data_row, len(rows) - 1):
        if table.sheet.filled[row] > 2:  # a record: told at once, also in a large table
            continue
        filled = [cell for cell in rows[row] if cell not in (None, "")]
        if len(filled) == 1 and isinstance(filled[0], str) and _LINE.search(normalise(filled[0])):
            below = sum(any(cell not in (None, "") for cell in later) for later in rows[row + 1 :])
            yield Doubt("column_decides", "", f"这一行写着“{normalise(filled[0])[:20]}”，下面还有 {below} 行", row + 1)
