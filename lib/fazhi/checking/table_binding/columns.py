"""What the columns of a table hold: measure words, numbers of rows, changes in percent or not."""

import re
from collections.abc import Sequence
from functools import cached_property

from fazhi.checking.reading.tables import Cell
from fazhi.checking.table_binding.blocks import Block
from fazhi.checking.table_binding.times import Times
from fazhi.checking.table_binding.titles import CHANGE, MEASURE, NAMED_YEAR, NUMBER, UNIT, is_figure, name_of

UNIT_TITLE = re.compile(r"^(?:(?:计量|数量)?单位|计量)$")
_NOTED = re.compile(rf"\s*[（(]?单位[:：]\s*({UNIT})[)）]?\s*")
_NUMBERING = re.compile(r"^(?:序号|编号|№|No\.?)$", re.IGNORECASE)
NO_VALUE = re.compile(r"序号|编号|代码|编码|行次|责任|时限|排名|位次|文号|日期|联系电话")
PLAN = re.compile(
    r"目标|计划|任务数|预期|标准|要求|下达|应完成|权重|分值|满分|得分|评分|完成率|完成比例|完成进度|达标|进度"
)
NO_BASE = re.compile(f"{CHANGE.pattern}|{PLAN.pattern}|[本当][月季]")  # titles beside which a change may stand
_RELATIVE, _ABSOLUTE = (
    re.compile(r"[%％率幅]|百分比"),
    re.compile(r"数|量|额|值|增减|变[化动]|升降|增加|[件场次人家个]"),
)


class Columns:
    """Looks at a block's columns."""

    def __init__(self, block: Block, times: Times) -> None:
        self.block, self.times = block, times
        titles = list(enumerate(block.titles))
        self.unit_at = next((at for at, title in titles if self._measures(at, title)), None)
        self.numbers_at = next((at for at, title in titles if _NUMBERING.match(title)), None)
        self.figures = {at for at, title in titles if title and self._are_mostly_figures(at)}

    def _measures(self, at: int, title: str) -> bool:
        """Whether a column holds measure words, whatever it is called; one called 单位 may as well name offices."""
        texts = [row[at].text for row in self.block.rows if at < len(row)]
        is_called_so = bool(UNIT_TITLE.match(title)) or (at > 0 and len({*filter(None, map(str.strip, texts))}) > 1)
        return is_called_so and all(map(MEASURE.fullmatch, texts))

    def unit_of(self, row: Sequence[Cell]) -> str:
        """The measure word that a row has in a column of them, or in a note: 单位：个."""
        if self.unit_at is not None and self.unit_at < len(row):
            return row[self.unit_at].text.strip()
        return next((noted[1] for cell in row if (noted := _NOTED.fullmatch(cell.text))), "")

    def may_be_any(self, row: Sequence[Cell], at: int) -> bool:
        """Whether numbers stand side by side without titles: which of them is this year's nobody knows."""
        beside = (*row[max(0, at - 1) : at], *row[at + 1 : at + 2])
        return not any(self.block.titles) and any(NUMBER.fullmatch(one.text) for one in beside)

    @cached_property
    def bases(self) -> int:
        """How many things the columns count: a change beside several may be of any."""
        counted = [
            title
            for at, title in enumerate(self.block.titles)
            if at != self.unit_at and not (NO_BASE.search(title) or NO_VALUE.search(title))
        ]
        figures = {title for at, title in enumerate(self.block.titles) if self._are_figures(at)}
        names = (title.replace(self.times.of("", title).period, "") for title in counted if title in figures)
        return len({name_of("", one) for one in names})

    def _are_mostly_figures(self, at: int) -> bool:
        """Whether most texts of a column have a figure, as in cards of titles over numbers."""
        texts = [row[at].text.strip() for row in self.block.rows if at < len(row) and row[at].text.strip()]
        years = sum(bool(NAMED_YEAR.search(text)) for text in texts)
        figures = [text for text in texts if is_figure(re.sub(r"[（(][^（()）]*[)）]", "", text))]
        return not years and 2 * len(figures) > len(texts)

    def _are_figures(self, at: int) -> bool:
        return any(NUMBER.fullmatch(row[at].text) for row in self.block.rows if at < len(row))

    def is_relative(self, at: int, title: str) -> bool:
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
