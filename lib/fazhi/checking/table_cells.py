"""What each cell of a table says, as a sentence made of the titles of its row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fazhi.checking.table_blocks import Block, alone_in, blocks
from fazhi.checking.table_titles import (
    BRACKETS,
    MEASURE,
    NAMED_YEAR,
    NUMBER,
    SAYS_NOTHING,
    UNIT,
    bare,
    ending_of,
    is_figure,
    labels_of,
    name_of,
    period_of,
    unit_in,
)
from fazhi.checking.tables import Cell, Table

_WHOSE = re.compile("单位|科室|部门|站所|牵头")  # who answers for what the row names
_TWO = re.compile(r"\s*(\d[\d,.]*)\s*[/／]\s*(\d[\d,.]*)\s*")
_UNIT_TITLE = re.compile(r"^(?:计量|数量)?单位$")
_NUMBERING = re.compile(r"^(?:序号|编号|№|No\.?)$", re.IGNORECASE)
_NO_VALUE = re.compile(r"序号|编号|责任|时限|排名|位次|文号|日期|联系电话")
_NOTE = re.compile("备注|说明")
_PLAN = re.compile(
    r"目标|计划|任务数|预期|标准|要求|下达|应完成|权重|分值|满分|得分|评分|完成率|完成比例|完成进度|达标|进度"
)
_LAST = re.compile(r"上年|去年|上一年")
_CHANGE = re.compile(r"增减|增幅|增长|增加|升降|同比|变[化动]|较上年|比上年|较去年|比去年|与上年|与去年|差值|差额")
_NO_BASE = re.compile(f"{_CHANGE.pattern}|{_PLAN.pattern}|[本当][月季]")  # titles beside which a change may stand
_RELATIVE, _ABSOLUTE = (
    re.compile(r"[%％率幅]|百分比"),
    re.compile(r"数|量|额|值|增减|变[化动]|升降|增加|[件场次人家个]"),
)
_SUBTOTAL = re.compile(r"小\s*计")
_OF_YEARS = re.compile(r"合\s*计|总\s*计|共\s*计|累\s*计|平\s*均|均值")
_TOTAL = re.compile(r"(?:合|总|共)\s*计|全[镇乡]|(?:全)?街道|总数")
_CHILD = re.compile(r"^\s*(?:#|—+|-+)?\s*其\s*中[:：]?")
_GENERIC = re.compile(r"措施|做法|内容|进展|成效|落实|工作|任务|情况|完成|结果|实绩|数量|事项|项目|指标|主要|成绩|亮点")
_TAIL = re.compile(rf"(?:{UNIT})$")
_SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")


@dataclass(frozen=True)
class Said:
    """What a cell says: `before`, the part of its text from `start` on, `after`, which is empty where nothing tells its unit.

    `narrow` says it without what stands before the row's last title (执法监管, 罚没款); `context` is what the row belongs to, `head`
    stands above, `units` are the ones that the table is said to be in; a `planned` figure is no result, one of a `period` no year's,
    a change that `is_one_of` several columns' may be any's.
    """

    before: str
    start: int
    text: str
    after: str
    context: str = ""
    head: str = ""
    units: tuple[str, ...] = ()
    planned: bool = False
    narrow: str | None = None
    period: str = ""
    is_one_of: bool = False
    label: str = ""  # the row's
    column: int = 0
    is_total: bool = False
    title: str = ""  # the column's, which may make something else of it: 待核实数


@dataclass(frozen=True)
class _Row:
    """What a row's cells have in common."""

    label: str
    unit: str
    context: str
    head: str = ""
    last: str = ""  # the last of several titles


def said(table: Table, year: int, caption: str = "") -> Iterator[Said]:
    """What each cell says in which a figure stands."""
    for block in blocks(table, caption):
        yield from _Reader(block, year).said()


class _Reader:
    """Reads a block row by row."""

    def __init__(self, block: Block, year: int) -> None:
        self.block, self.year = block, year
        self.unit_at = next(
            (at for at, title in enumerate(block.titles) if _UNIT_TITLE.match(title) and self._measures(at)), None
        )
        self.numbers_at = next((at for at, title in enumerate(block.titles) if _NUMBERING.match(title)), None)
        self.column_units: Mapping[int, str] = {}
        self.above: dict[int, str] = {}
        firsts = [row[0].text for row in block.rows if row]
        self.down = {text for text in firsts if NAMED_YEAR.search(text)}
        self.across = {one for one in block.titles if NAMED_YEAR.search(one) and not _CHANGE.search(one)}
        self.section, self.parent, self.is_child = "", _Row("", "", ""), False

    def said(self) -> Iterator[Said]:
        """What the cells say, row by row."""
        for row in self.block.rows:
            alone = alone_in(row)
            if alone and not is_figure(alone):
                self.section, self.above = alone, {}
            elif self._is_row_of_units(row):
                self.column_units = {at: cell.text.strip() for at, cell in enumerate(row) if at}
            else:
                yield from self._row(row)

    def _measures(self, at: int) -> bool:
        """Whether a column called 单位 holds measure words: it may as well name offices."""
        return all(MEASURE.fullmatch(row[at].text) for row in self.block.rows if at < len(row))

    def _is_row_of_units(self, row: Sequence[Cell]) -> bool:
        rest = [cell.text for cell in row[1:] if cell.text.strip()]
        return bool(_UNIT_TITLE.match(row[0].text.strip()) and rest and all(map(MEASURE.fullmatch, rest)))

    def _row(self, row: Sequence[Cell]) -> Iterator[Said]:
        titles = self.block.titles
        texts = [cell.text.strip() if at != self.unit_at else "" for at, cell in enumerate(row)]
        labels = labels_of(texts, self.above, titled=any(titles))
        unit = row[self.unit_at].text.strip() if self.unit_at is not None and self.unit_at < len(row) else ""
        named = [text for at, text in labels.items() if not _WHOSE.search(titles[at])] or list(labels.values())
        told = self._related("".join(named), unit, texts)
        told = replace(told, last=named[-1]) if len(named) > 1 else told
        self.above = labels
        for at, cell in enumerate(row):
            if at == self.unit_at or at in labels or _NO_VALUE.search(titles[at]) or _SUBTOTAL.search(told.label):
                continue
            if not any(titles) and at and texts[at] and not is_figure(texts[at]):
                told = _Row(texts[at], "", "", self.block.caption)
            elif re.search(r"[\d一二三四五六七八九十百]", cell.text) and (told.label or titles[at] or not any(titles)):
                yield from self._cell(cell, told, at, row)

    def _related(self, label: str, unit: str, texts: Sequence[str]) -> _Row:
        """The row as part of what stands above it, where it says 其中 or has no number of its own."""
        own = unit or unit_in(label)
        numbered = self.numbers_at is not None and self.numbers_at < len(texts)
        unnumbered = numbered and not texts[self.numbers_at or 0]
        goes_on = self.is_child and not own and not (numbered and not unnumbered)
        self.is_child = bool(self.parent.label) and bool(_CHILD.match(label) or unnumbered or goes_on)
        if self.is_child:
            return _Row(label, own or self.parent.unit, self.parent.label, self.block.caption)
        self.parent = _Row(label, own, "")
        return _Row(label, unit, "", f"{self.section}|{self.block.caption}")

    def _cell(self, cell: Cell, row: _Row, at: int, cells: Sequence[Cell]) -> Iterator[Said]:
        title = self.block.titles[at]
        number = NUMBER.fullmatch(cell.text)
        both = row.label + title
        named = NAMED_YEAR.search(both)
        when = f"{named[1]}年" if named else f"{self.year - 1}年" if _LAST.search(both) else ""
        when = "" if when == f"{self.year}年" else when
        planned = bool(_PLAN.search(title) or re.match("目标|计划", row.label))
        if two := list(self._two(cell, row, title, when)):
            yield from two
            return
        if number is None or _NOTE.search(title):
            yield from self._sentences(cell, row, title, when, planned)
            return
        start = cell.start + number.start("number")
        unit = number["unit"] or row.unit or unit_in(title) or unit_in(row.label) or self.column_units.get(at, "")
        unit = unit or ("%" if re.search("率|占比", both) else "") or ending_of(title) or ending_of(row.label)
        units = self.block.units
        unit = (unit or (units[0] if len(units) == 1 else "")).replace("％", "%").strip("/／—- ")
        told = Said(name_of(row.label, title), start, number["number"], unit, row.context, row.head, units, planned)
        told = replace(told, narrow=name_of(row.last, title) if row.last else None, title=name_of("", title))
        label = bare(row.last or row.label)
        period = period_of(both) or self._years(row.label, title)
        told = replace(told, period=period, label=label, column=at, is_total=bool(_TOTAL.fullmatch(label)))
        if _CHANGE.search(both) or number["sign"] or number["arrow"]:
            yield self._change(told, number, at, cells)
        else:
            yield replace(told, before=f"{when}{told.before}", narrow=told.narrow and f"{when}{told.narrow}")

    def _two(self, cell: Cell, row: _Row, title: str, when: str) -> Iterator[Said]:
        """Two figures in a cell, as its title lists them: 14/6042 under 演练（场/参与人次）."""
        two = _TWO.fullmatch(cell.text)
        listed = next((one["two"] for one in BRACKETS.finditer(row.label + title) if one["two"]), "") if two else ""
        if not two or not listed:
            return
        for place, words in enumerate(re.split("[/／]", listed)[:2], 1):
            tail = _TAIL.search(words)
            unit = tail[0] if tail else ""
            name = f"{when}{name_of(row.label, title)}{_TAIL.sub('', words)}{'金额' if unit.endswith('元') else ''}"
            yield Said(
                name,
                cell.start + two.start(place),
                two[place],
                unit,
                row.context,
                row.head,
                period=period_of(row.label + title),
            )

    def _sentences(self, cell: Cell, row: _Row, title: str, when: str, planned: bool) -> Iterator[Said]:
        """A cell with more than a number, sentence by sentence."""
        label = bare(_CHILD.sub("", row.label))
        if not SAYS_NOTHING.sub("", label) or not _GENERIC.search(title):
            label += "" if _NOTE.search(title) else SAYS_NOTHING.sub("", bare(title))
        against = "比上年" if _CHANGE.search(title) else ""
        for number, match in enumerate(_SENTENCE.finditer(cell.text)):
            before = f"{when}{label}{against}：" if not number and label else ""
            context = f"{label}|{row.context}"
            narrow, period = (when if before else None), period_of(row.label + title)
            yield Said(
                before,
                cell.start + match.start(),
                match[0],
                "。",
                context,
                row.head,
                self.block.units,
                planned,
                narrow,
                period,
            )

    def _years(self, label: str, title: str) -> str:
        """What a sum or mean of several years is called, in a table that has a column or a row for each."""
        sums = [
            one for one, years in ((title, self.across), (label, self.down)) if len(years) > 1 and _OF_YEARS.search(one)
        ]
        return sums[0] if sums else ""

    def _change(self, told: Said, number: re.Match[str], at: int, cells: Sequence[Cell]) -> Said:
        """A change against the year before, as a number or in percent."""
        sign = (number["sign"] or "") + (number["arrow"] or "")
        unit = self._unit_of_change(told, (number["unit"] or "").replace("％", "%"), at, cells)
        against, *ways = ("同比", "下降", "增长") if unit == "%" else ("比上年", "减少", "增加")
        told = replace(told, is_one_of=not name_of("", self.block.titles[at]) and self._bases > 1)
        words = f"{against}{ways[0 if re.search('[-−–－↓▼]|减|降|少', sign) else 1]}"
        return replace(told, before=f"{told.before}{words}", narrow=told.narrow and f"{told.narrow}{words}", after=unit)

    @cached_property
    def _bases(self) -> int:
        """How many things the columns count: a change beside several may be of any."""
        counted = [
            title for at, title in enumerate(self.block.titles) if at != self.unit_at and not _NO_BASE.search(title)
        ]
        figures = {title for at, title in enumerate(self.block.titles) if self._are_figures(at)}
        return len({name_of("", title) for title in counted if title in figures})

    def _are_figures(self, at: int) -> bool:
        return any(NUMBER.fullmatch(row[at].text) for row in self.block.rows if at < len(row))

    def _unit_of_change(self, told: Said, own: str, at: int, cells: Sequence[Cell]) -> str:
        """Percent, percentage points where a rate's difference is told, or what the row is counted in; `own` is the cell's."""
        title = self.block.titles[at]
        if "百分点" in told.after:
            return told.after
        title = title if _CHANGE.search(title) else cells[0].text
        relative = own == "%" if own else self._is_relative(at, title)
        is_rate = "率" in told.before or (self.unit_at is not None and cells[self.unit_at].text.strip() in ("%", "％"))
        by_title = re.search("幅|率", SAYS_NOTHING.sub("", title) or title)
        if is_rate and not by_title and (relative or told.after == "%"):
            return "个百分点"
        return "%" if relative else told.after.replace("%", "")

    def _is_relative(self, at: int, title: str) -> bool:
        """Whether a column of changes is in percent: by its title, else by how its numbers are written."""
        if _RELATIVE.search(title) or _ABSOLUTE.search(title):
            return bool(_RELATIVE.search(title))
        decimals = any(re.fullmatch(r"[-+\s]*\d+\.\d+\s*", row[at].text) for row in self.block.rows if at < len(row))
        return decimals or ("同比" in title and not self._are_differences(at))

    def _are_differences(self, at: int) -> bool:
        """Whether most numbers of a column are the difference of two others in their row."""
        hits = 0
        for row in self.block.rows:
            numbers = [
                (place, int(cell.text))
                for place, cell in enumerate(row)
                if re.fullmatch(r"\s*[-+]?\d{1,9}\s*", cell.text)
            ]
            own = next((abs(value) for place, value in numbers if place == at), None)
            others = [value for place, value in numbers if place < at][-2:]
            hits += 1 if own is not None and len(others) == 2 and abs(others[0] - others[1]) == own else -1
        return hits > 0
