"""What each cell of a table says, as a sentence made of the titles of its row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from fazhi.checking.reading.tables import Cell, Table
from fazhi.checking.table_binding.blocks import Block, alone_in, blocks
from fazhi.checking.table_binding.columns import NO_BASE, NO_VALUE, PLAN, UNIT_TITLE, Columns
from fazhi.checking.table_binding.spellings import spelled
from fazhi.checking.table_binding.times import YEAR, Time, Times
from fazhi.checking.table_binding.titles import (
    BRACKETS,
    MEASURE,
    NUMBER,
    SAYS_NOTHING,
    SHARE,
    UNIT,
    bare,
    ending_of,
    is_figure,
    labels_of,
    name_of,
    tells_change,
    unit_in,
)
from fazhi.values.closed_lists import Villages, Vocabulary

_WHOSE = re.compile("单位|科室|部门|站所|牵头")  # who answers for what the row names
_TWO = re.compile(
    rf"\s*(?P<number1>\d[\d,.]*)\s*(?P<unit1>{UNIT})?\s*[/／]\s*(?P<number2>\d[\d,.]*)\s*(?P<unit2>{UNIT})?\s*"
)
_THAT_YEAR = re.compile(r"^(?:20\d\d年度?|(?:[本今当上去]|上一)年)")
_OF_YEAR = re.compile(r"20\d\d年|[本今当上去]年")
_NOTE = re.compile("备注|说明")
_GOAL = re.compile("(?:目标|计划|任务|应完成|下达)[数值量]?$")
_RATE_OF_GOAL = re.compile(
    "(?:完成|达成|达标)(?:率|比例|进度|百分比|[%％])|(?:完成|达到|占)(?:了|全年|年度|年初)?(?:计划|目标|任务)的?(?:[%％]|比例|百分比)"
)
_SUBTOTAL = re.compile(r"小\s*计")
_TOTAL = re.compile(r"(?:小|合|总|共)\s*计|全[镇乡]|(?:全)?街道|总[数量]|总件数|(?:全部|所有)[\u4e00-\u9fff]{0,4}")
_CHILD = re.compile(r"^\s*(?:[#＃]|—+|-+|└─*)?\s*其\s*中[:：]?|^\s*[#＃└]─*")  # yearbooks write # for 其中
_GENERIC = re.compile(r"措施|做法|内容|进展|成效|落实|工作|任务|情况|完成|结果|实绩|数量|事项|项目|指标|主要|成绩|亮点")
_TAIL = re.compile(rf"(?:{UNIT})$")
_ASIDE = re.compile(r"\s*(?:其中|含|包括|不含)")  # in a note: a part of what the row counts
_COMPARED = re.compile(r"\s*(?:[比较与同]|增|减|下降|上升|提高)")
_SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")


@dataclass(frozen=True)
class Said:
    """What a cell says: `before`, the part of its text from `start` on, `after`, which is empty where nothing tells its unit.

    `narrow` says it without what stands before the last title of its row or column (执法监管, 罚没款); `context` is what the row belongs to, `head`
    stands above, `units` are the ones that the table is said to be in; a `planned` figure is no result, `time` says when it is of,
    a figure that `is_one_of` several may be any of them.
    """

    before: str
    start: int
    text: str
    after: str
    context: str = ""
    head: str = ""
    units: tuple[str, ...] = ()
    planned: bool = False
    narrow: tuple[str, ...] = ()
    time: Time = YEAR
    is_one_of: bool = False
    label: str = ""  # the row's
    column: int = 0
    total: Literal["column", "row", ""] = ""  # of the "column" above it or the "row" before it
    title: str = ""  # the column's, which may make something else of it: 待核实数
    row: int = 0
    goal: str = ""  # of a rate of completion: what the row set as its goal


@dataclass(frozen=True)
class _Row:
    """What a row's cells have in common."""

    label: str
    unit: str
    context: str
    head: str = ""
    last: str = ""  # the last of several titles
    beside: str = ""  # the measure word that stands with a number of the row


def said(table: Table, year: int, caption: str = "", lists: Sequence[Vocabulary | Villages] = ()) -> Iterator[Said]:
    """What each cell says in which a figure stands; `lists` are those that titles may be values of."""
    for block in blocks(table, caption):
        yield from _Reader(spelled(block, lists), year).said()


class _Reader:
    """Reads a block row by row."""

    def __init__(self, block: Block, year: int) -> None:
        self.block = block
        self.times = Times(block, year)
        self.columns = Columns(block, self.times)
        self.column_units: Mapping[int, str] = {}
        self.above: dict[int, str] = {}
        self.section, self.parent, self.is_child = "", _Row("", "", ""), False

    def said(self) -> Iterator[Said]:
        """What the cells say, row by row."""
        for number, row in enumerate(self.block.rows):
            self.number, alone = number, alone_in(row)
            if alone and not is_figure(alone):
                self.section, self.above = alone, {}
            elif self._is_row_of_units(row):
                self.column_units = {at: cell.text.strip() for at, cell in enumerate(row) if at}
            else:
                yield from self._row(row)

    def _is_row_of_units(self, row: Sequence[Cell]) -> bool:
        rest = [cell.text for cell in row[1:] if cell.text.strip()]
        return bool(UNIT_TITLE.match(row[0].text.strip()) and rest and all(map(MEASURE.fullmatch, rest)))

    def _row(self, row: Sequence[Cell]) -> Iterator[Said]:
        titles = self.block.titles
        texts = [cell.text.strip() if at != self.columns.unit_at else "" for at, cell in enumerate(row)]
        labels = labels_of(texts, self.above, titled=any(titles), figures=self.columns.figures)
        unit = self.columns.unit_of(row)
        named = [text for at, text in labels.items() if not _WHOSE.search(titles[at])] or list(labels.values())
        told = self._related("".join(named), unit, texts, own=named[-1] if named else "")
        told = replace(told, beside=self._unit_beside(texts, labels))
        told = replace(told, head="|".join([told.head, *(text for text in labels.values() if text not in named)]))
        told = replace(told, last=named[-1]) if len(named) > 1 else told
        self.above = labels
        for at, cell in enumerate(row):
            if (
                at == self.columns.unit_at
                or at in labels
                or NO_VALUE.search(titles[at])
                or self._is_subtotal(told.label)
            ):
                continue
            if not any(titles) and at and texts[at] and not is_figure(texts[at]):
                told = _Row(texts[at], "", "", self.block.caption)
            elif re.search(r"[\d一二三四五六七八九十百]", cell.text) and (told.label or titles[at] or not any(titles)):
                yield from self._cell(cell, told, at, row)

    def _is_subtotal(self, label: str) -> bool:
        """Whether a row is the sum of some others; that of a part of the year is known, and the only one at the end is of all."""
        sums = [row for row in self.block.rows if any(_TOTAL.search(cell.text) for cell in row)]
        is_of_all = bool(_SUBTOTAL.fullmatch(label)) and sums == [self.block.rows[-1]]
        return bool(_SUBTOTAL.search(label)) and not (is_of_all or self.times.of(label, "").months)

    def _unit_beside(self, texts: Sequence[str], labels: Mapping[int, str]) -> str:
        """The one measure word that stands with the row's numbers."""
        said = {
            number["unit"]
            for at, text in enumerate(texts)
            if at not in labels and (number := NUMBER.fullmatch(text)) and not NO_BASE.search(self.block.titles[at])
        } - {None, "%", "％"}
        return said.pop() if len(said) == 1 and any(self.block.titles) else ""

    def _related(self, label: str, unit: str, texts: Sequence[str], own: str) -> _Row:
        """The row as part of what stands above it, where `own`, its last title, says 其中 or it has no number of its own."""
        is_marked, own = bool(_CHILD.match(label) or _CHILD.match(own)), unit or unit_in(label)
        numbered = self.columns.numbers_at is not None and self.columns.numbers_at < len(texts)
        unnumbered = numbered and not texts[self.columns.numbers_at or 0]
        goes_on = self.is_child and not own and not (numbered and not unnumbered)
        self.is_child = bool(self.parent.label) and bool(is_marked or unnumbered or goes_on)
        if self.is_child:
            return _Row(label, own or self.parent.unit, self.parent.label, self.block.caption)
        self.parent = _Row(label, own, "")
        return _Row(label, unit, "", f"{self.section}|{self.block.caption}")

    def _cell(self, cell: Cell, row: _Row, at: int, cells: Sequence[Cell]) -> Iterator[Said]:
        title = self.block.titles[at]
        number = NUMBER.fullmatch(cell.text)
        both = row.label + title
        time = self.times.of(row.label, title)
        planned = bool(PLAN.search(title) or re.match("目标|计划", row.label))
        if two := list(self._two(cell, row, title, time)):
            yield from two
            return
        if number is None or _NOTE.search(title):
            yield from self._sentences(cell, row, title, time, planned)
            return
        start = cell.start + number.start("number")
        unit, units = self._unit(number, row, at), self.block.units
        names = [one.replace(time.period, "") if time.months else one for one in (row.label, row.last, title)]
        name = name_of(names[0], names[2]) or ("" if row.label else bare(names[2]))
        told = Said(name, start, number["number"], unit, row.context, row.head, units, planned)
        last = self.block.lasts[at]
        pairs = [*product([names[0], *filter(None, [names[1]])], [names[2], *filter(None, [last])])]
        narrow = tuple(dict.fromkeys(name_of(*one) for one in pairs[1:]))
        told = replace(told, narrow=narrow, title=name_of("", names[2]))
        label = _CHILD.sub("", bare(row.last or row.label))
        told = replace(told, time=time, label=label, column=at, total=self._total(label, title))
        told = replace(told, is_one_of=self.columns.may_be_any(cells, at))
        told = replace(told, row=self.number, goal=self._goal(row, at, cells) if _RATE_OF_GOAL.search(title) else "")
        if tells_change(both) or number["sign"] or number["arrow"]:
            yield self._change(told, number, at, cells)
        else:
            when = time.when
            yield replace(told, before=f"{when}{told.before}", narrow=tuple(f"{when}{one}" for one in told.narrow))

    @staticmethod
    def _total(label: str, title: str) -> Literal["column", "row", ""]:
        return (
            "column" if _TOTAL.fullmatch(_THAT_YEAR.sub("", label)) else "row" if _TOTAL.fullmatch(bare(title)) else ""
        )

    def _unit(self, number: re.Match[str], row: _Row, at: int) -> str:
        """What a number is counted in, by what stands with it, or in the titles of its row and column."""
        title, units = self.block.titles[at], self.block.units
        titled = unit_in(self.block.lasts[at]) or unit_in(title) or unit_in(row.label)
        unit = number["unit"] or row.unit or titled or self.column_units.get(at, "")
        is_share = "率" in row.label + title or SHARE.fullmatch(bare(title))
        unit = unit or ("%" if is_share else "") or ending_of(title) or ending_of(row.label)
        unit = unit or (units[0] if len(units) == 1 else "") or ("" if name_of("", title) else row.beside)
        return unit.replace("％", "%").strip("/／—- ")

    def _goal(self, row: _Row, at: int, cells: Sequence[Cell]) -> str:
        """The one goal that a row names, with its unit."""
        goals = [
            f"{number['number']}{self._unit(number, row, place)}"
            for place, cell in enumerate(cells)
            if place != at and _GOAL.search(self.block.titles[place]) and (number := NUMBER.fullmatch(cell.text))
        ]
        return goals[0] if len(goals) == 1 else ""

    def _two(self, cell: Cell, row: _Row, title: str, time: Time) -> Iterator[Said]:
        """Two figures in a cell, as its title lists them: 14/6042 under 演练（场/参与人次）, 14/12 under 本年/上年."""
        two = _TWO.fullmatch(cell.text)
        lines = (row.label + title, f"（{title}）", self.block.caption.rpartition("\n")[2]) if two else ()
        listed = [re.split("[/／]", one["two"])[:2] for line in lines for one in BRACKETS.finditer(line) if one["two"]]
        if not two or not listed:
            return
        for place, words in enumerate(listed[0], 1):
            is_time = bool(_OF_YEAR.search(words)) and not name_of("", words)
            tail = None if is_time else _TAIL.search(words)
            unit = two[f"unit{place}"] or (tail[0] if tail else row.unit or unit_in(row.label) or ending_of(row.label))
            own = self.times.of(row.label, words) if is_time else time
            what = "" if is_time else f"{_TAIL.sub('', words)}{'金额' if unit.endswith('元') else ''}"
            name = f"{own.when}{name_of(row.label, '' if is_time else title)}{what}"
            start = cell.start + two.start(f"number{place}")
            yield Said(name, start, two[f"number{place}"], unit.replace("％", "%"), row.context, row.head, time=own)

    def _sentences(self, cell: Cell, row: _Row, title: str, time: Time, planned: bool) -> Iterator[Said]:
        """A cell with more than a number, sentence by sentence."""
        label = bare(_CHILD.sub("", row.label))
        if not SAYS_NOTHING.sub("", label) or not _GENERIC.search(title):
            label += "" if _NOTE.search(title) else SAYS_NOTHING.sub("", bare(title))
        when, against = time.when, "比上年" if tells_change(title) else ""
        if aside := _ASIDE.match(cell.text):
            time = replace(time, period=aside[0], months=None)
        for number, match in enumerate(_SENTENCE.finditer(cell.text)):
            mark = "" if _COMPARED.match(match[0]) else "："
            before = f"{when}{label}{against}{mark}" if not number and label else ""
            context = f"{label}|{row.context}"
            narrow = (when,) if before else ()
            yield Said(
                before,
                cell.start + match.start(),
                match[0],
                "" if match[0].rstrip().endswith(("。", "；", ";")) else "。",
                context,
                row.head,
                self.block.units,
                planned,
                narrow,
                time,
            )

    def _change(self, told: Said, number: re.Match[str], at: int, cells: Sequence[Cell]) -> Said:
        """A change against the year before, as a number or in percent."""
        sign = (number["sign"] or "") + (number["arrow"] or "")
        unit = self._unit_of_change(told, (number["unit"] or "").replace("％", "%"), at, cells)
        against, *ways = ("同比", "下降", "增长") if unit == "%" else ("比上年", "减少", "增加")
        is_one_of = not name_of("", self.block.titles[at]) and self.columns.bases > 1
        told = replace(told, is_one_of=told.is_one_of or is_one_of)
        words = f"{against}{ways[0 if re.search('[-−–－↓▼]|减|降|少', sign) else 1]}"
        return replace(
            told, before=f"{told.before}{words}", narrow=tuple(f"{one}{words}" for one in told.narrow), after=unit
        )

    def _unit_of_change(self, told: Said, own: str, at: int, cells: Sequence[Cell]) -> str:
        """Percent, percentage points where a rate's difference is told, or what the row is counted in; `own` is the cell's."""
        title = self.block.titles[at]
        if "百分点" in told.after:
            return told.after
        title = title if tells_change(title) else cells[0].text
        relative = own == "%" if own else self.columns.is_relative(at, title)
        is_rate = "率" in told.before or self.columns.unit_of(cells) in ("%", "％")
        by_title = re.search("幅|率", SAYS_NOTHING.sub("", title) or title)
        if is_rate and not by_title and (relative or told.after == "%"):
            return "个百分点"
        return "%" if relative else told.after.replace("%", "")
