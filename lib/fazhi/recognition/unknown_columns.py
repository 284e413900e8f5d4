"""Columns that no ledger knows and whose contents may change what is counted: void rows, other units, several at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from fazhi.dictionary.models import Column, Ledger
from fazhi.recognition.headers import Table
from fazhi.recognition.void_marks import Doubt
from fazhi.values.counts import MEASURE_WORDS, parse_number
from fazhi.values.normalise import bare, normalise
from fazhi.values.yes_no import parse_bool

_BRACKETS = re.compile(r"\([^()]*\)")
SCALES = re.compile(r"[十百千万亿]")
_VOID = re.compile(r"作废|撤销|撤案|无效|注销|取消|删除|重复|不计|未举行|未开展")
_AMOUNT = re.compile(r"件数|件次|数量|次数|场次|场数|户数|份数|起数|家次|案件数|宗数|合计|计数|个数")
_PLAIN_AMOUNT = re.compile(r"件数|件次|数量|次数|场次|场数|起数|宗数|计数|个数|批次|(?:合|小|总|共|累)计")
_STATE_TITLE = re.compile(r"状态|进度|进展|审核|审批|核验|核查|验收|环节|阶段|完成情况|开展情况|落实情况")
_NOT_DONE = re.compile(
    r"退回|驳回|撤[回诉]|不予?受理|已删除|[未不]通过|暂存|草稿|未提交|待[审办核提开定]|[终中]止|停[办止]|延期|推迟|暂缓|未[办实完启举召组]|[没未]有?(?:开展|完成|举行|实施)|计划中|拟[办定开]|进行中"
)
_WHETHER = re.compile(
    r"是否(?:已)?(?:有效|计入|统计|上报|属实|本镇|开展|完成|举行|举办|召开|实施|执行|成立|成功|采纳|审核|通过|核实|录入|履行|纳入|在用|现行|生效)"
)
_WHETHER_NOT = re.compile(
    r"是否(?:已)?(?:作废|撤销|取消|重复|注销|失效|废止|删除|退回)|(?:作废|重复|无效|删除|注销|撤销)(?:标[志记识]|与否)"
)
_YEAR_TITLE = re.compile(r"年度|年份|所属年度?|统计年度|报告年度|归属年度")
_KIND_TITLE = re.compile(r"(?:类别|类型|种类|性质|分类|事项)$")
_OBJECT = re.compile(r"合同|协议|规范性文件|行政决策|执法决定|行政处罚|行政许可|行政强制|信访|复议|诉讼|投诉|排查|调解")
_UNIT_TITLE = re.compile(r"^(?:计量)?单位$|^计量$|^币种$")


def unknown_columns(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """Columns no ledger knows that may say a row is void, another town's, or worth more than one."""
    # Where a number that must be there is read, only a bare 数量 may be how many there are: 发放份数 is something else.
    amount = _PLAIN_AMOUNT.fullmatch if any(map(_must_count, ledger.columns.values())) else _AMOUNT.search
    for position, title in table.unknown.items():
        texts = Counter(_texts(table, position))
        void = [
            text
            for text in texts
            if len(text) <= 12 and (_VOID.search(text) or any(word in text for word in ledger.dropped))
        ]
        said = next((text for text in texts if len(text) <= 12 and _NOT_DONE.search(text)), None)
        if void and bare(title) not in ("备注", "说明"):
            yield Doubt("column_decides", title, f"有 {sum(texts[text] for text in void)} 行写着“{void[0]}”之类")
        elif said and _STATE_TITLE.search(title):
            yield Doubt("column_decides", title, f"有 {texts[said]} 行写着“{said}”")
        elif _UNIT_TITLE.search(bare(title)) and (
            odd := [text for text in texts if SCALES.search(text) or (text not in MEASURE_WORDS and text != "元")]
        ):
            yield Doubt("column_decides", title, f"写着“{odd[0]}”之类的单位")
        elif _WHETHER.search(title) and (_says(table, position, False) or {"无效", "不计"} & texts.keys()):
            yield Doubt("column_decides", title, "有的行写着“否”")
        elif _WHETHER_NOT.search(title) and _says(table, position, True):
            yield Doubt("column_decides", title, "有的行写着“是”")
        elif _YEAR_TITLE.fullmatch(bare(title)) and len(years := _years(table, position)) > 1:
            yield Doubt("column_decides", title, f"写着{'、'.join(map(str, years))}，不是同一年")
        elif _KIND_TITLE.search(bare(title)) and len(objects := _objects(texts)) > 1:
            yield Doubt("column_decides", title, f"写着{'、'.join(objects)}等，不全是这本台账的事")
        elif (
            amount(bare(_BRACKETS.sub("", normalise(title))))
            and _more_than_one(table, position)
            and not _said_again(table, ledger, position)
        ):
            yield Doubt("column_decides", title, "有的行大于 1，一行可能不止一件")


def _says(table: Table, position: int, truth: bool) -> bool:
    """Whether a cell of the column says yes, or no, in whatever words; also 1 and 0."""
    return any(parse_bool(cell).value is truth for cell in set(cells_of(table, position)))


def _must_count(column: Column) -> bool:
    return column.kind == "count" and column.required


def _said_again(table: Table, ledger: Ledger, position: int) -> bool:
    """Whether the column says what a column of the ledger says already, in every row."""
    numbers = [
        place for name, place in table.columns.items() if ledger.columns[name].kind in ("count", "number", "money")
    ]
    return any(_numbers(table, place) == _numbers(table, position) for place in numbers)


def _numbers(table: Table, position: int) -> list[object]:
    return [parse_number(cell).value for cell in table.below(position)]


def _years(table: Table, position: int) -> list[int]:
    """The years that a column names, in their order."""
    found = (re.fullmatch(r"(20\d\d)(?:\.0)?年?度?", normalise(str(cell))) for cell in cells_of(table, position))
    return sorted({int(year[1]) for year in found if year})


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
    return [cell for cell in table.below(position) if cell not in (None, "")]


def _texts(table: Table, position: int) -> list[str]:
    return [normalise(cell) for cell in cells_of(table, position) if isinstance(cell, str)]
