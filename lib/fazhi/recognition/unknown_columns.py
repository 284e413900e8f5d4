"""Columns that no ledger knows and whose contents may change what is counted: void rows, other units, several at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from fazhi.dictionary.models import Ledger
from fazhi.recognition.headers import Table
from fazhi.recognition.void_marks import Doubt
from fazhi.values.counts import MEASURE_WORDS, parse_number
from fazhi.values.normalise import bare, normalise

SCALES = re.compile(r"[十百千万亿]")
_VOID = re.compile(r"作废|撤销|撤案|无效|注销|取消|删除|重复|不计|未举行|未开展")
_AMOUNT = re.compile(r"件数|件次|数量|次数|场次|场数|户数|份数|起数|家次|案件数|宗数|合计|计数|个数")
_KIND_TITLE = re.compile(r"(?:类别|类型|种类|性质|分类|事项)$")
_OBJECT = re.compile(r"合同|协议|规范性文件|行政决策|执法决定|行政处罚|行政许可|行政强制|信访|复议|诉讼|投诉|排查|调解")
_UNIT_TITLE = re.compile(r"^(?:计量)?单位$|^计量$|^币种$")


def unknown_columns(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """Columns no ledger knows that may say a row is void, another town's, or worth more than one."""
    counted = not any(column.kind == "count" and column.required for column in ledger.columns.values())
    for position, title in table.unknown.items():
        texts = Counter(_texts(table, position))
        void = [
            text
            for text in texts
            if len(text) <= 12 and (_VOID.search(text) or any(word in text for word in ledger.dropped))
        ]
        if void and bare(title) not in ("备注", "说明"):
            yield Doubt("column_decides", title, f"有 {sum(texts[text] for text in void)} 行写着“{void[0]}”之类")
        elif _UNIT_TITLE.search(bare(title)) and (
            odd := [text for text in texts if SCALES.search(text) or (text not in MEASURE_WORDS and text != "元")]
        ):
            yield Doubt("column_decides", title, f"写着“{odd[0]}”之类的单位")
        elif re.search(r"是否(?:有效|计入|统计|上报|属实|本镇)", title) and any(
            text in ("否", "×", "无效", "不计") for text in texts
        ):
            yield Doubt("column_decides", title, "有的行写着“否”")
        elif _KIND_TITLE.search(bare(title)) and len(objects := _objects(texts)) > 1:
            yield Doubt("column_decides", title, f"写着{'、'.join(objects)}等，不全是这本台账的事")
        elif counted and _AMOUNT.search(title) and _more_than_one(table, position):
            yield Doubt("column_decides", title, "有的行大于 1，一行可能不止一件")


def _objects(texts: Iterable[str]) -> list[str]:
    """The kinds of matters that these texts name, which are entered in different ledgers."""
    return sorted({found[0].replace("协议", "合同") for text in texts if (found := _OBJECT.search(text))})


def _more_than_one(table: Table, position: int) -> bool:
    numbers = [parse_number(cell).value for cell in cells_of(table, position)]
    return any(number is not None and number > 1 for number in numbers) and is_number_column(table, position)


def is_number_column(table: Table, position: int) -> bool:
    """Whether most filled cells of a column are numbers."""
    cells = cells_of(table, position)
    numbers = sum(parse_number(cell).value is not None for cell in cells)
    return bool(cells) and numbers * 2 >= len(cells)


def cells_of(table: Table, position: int) -> list[object]:
    """A column's filled cells below the header."""
    rows = table.sheet.rows[table.first_data_row :]
    return [row[position] for row in rows if position < len(row) and row[position] not in (None, "")]


def _texts(table: Table, position: int) -> list[str]:
    return [normalise(cell) for cell in cells_of(table, position) if isinstance(cell, str)]
