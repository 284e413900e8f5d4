"""The rows of a table: which are data, which are totals, footers, blanks; what stands in each cell once filled down."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import compress, count
from operator import not_

from fazhi.intake import Cell, RawSheet
from fazhi.intake.model import Position
from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.row_words import PERIOD, PERIOD_LINE, is_nil_period, numbers_columns, sums_up
from fazhi.values.dates import parse_date
from fazhi.values.normalise import bare, compact, is_blank, is_ditto, normalise
from fazhi.values.parsed import is_nothing, is_zero
from fazhi.values.titles import IGNORED_TITLES, title_key

_TOTAL = re.compile(
    rf"^(?:{PERIOD}|.{{0,12}}?)(?:小计|合计|总计|共计|累计|总数|总合计|过次页|转下页|[承接][前上]页)(?:[(:].*|\d.*)?$"
)
_EXCELS_TOTAL = re.compile(r"(?:.{1,12} )?(?:汇总|计数|总计数)")  # as Excel's subtotals and table totals are called
_FOOTER = re.compile(
    r"^(?:填表|填报|制表|审核|审批|审签|复核|统计|经办|报送|分管|主管|主要|单位|部门|科室|站所)?"
    r"(?:负责人|领导|人员|人|单位|部门|时间|日期|电话|签字|签章|盖章|公章|联系人|联系电话|说明|审核|审批|复核|制表|填表|填报|统计)"
    r"(?:\((?:签字|盖章|签章|公章)\))?[:]"
)
_NOTE = re.compile(
    r"^(?:填表|填报|制表|报送|上报)(?:日期|时间)$|^(?:填表|填报|填写)?(?:说明|备注|附注|注|注意|注意事项|要求)\d{0,2}[:.、]|^(?:说明|注)$|^[(]?以下空白[)]?$|^此表|^本表"
)
_WHOLE_DATE = re.compile(r"\d{4}(?:-\d{1,2}-|\.\d{1,2}\.|/\d{1,2}/|年\d{1,2}月)\d{1,2}日?$")
_VOID = re.compile(r"作废|作癈|撤销|撤消")
_DENIED = r"(?:未|不|没有|无需|非|不予|未予|尚未|驳回|申请|请求|建议|拟)[^,，。;；]{0,3}"
_NOT_VOID = re.compile(rf"{_DENIED}(?:作废|撤销|撤消)")


@dataclass(frozen=True)
class Entries:
    """What stands below a table's header. Its records are columns, all in step; rows are numbered from 1."""

    numbers: Sequence[int]  # the records' rows
    columns: Mapping[str, Sequence[Cell]]  # canonical column -> a cell for each record, filled down
    others: Mapping[int, str]  # the other rows -> what they are: blank, total, footer, header, title
    remarks: Mapping[int, str]  # row of a record -> its remark
    struck: Set[int]
    partly_struck: Set[int]


def entries(table: Table) -> Entries:
    """The records of a table and what its other rows are."""
    sheet, kinds = table.sheet, _Kinds(table)
    others = kinds.others()
    numbers = [number for number in range(table.first_data_row + 1, len(sheet.rows) + 1) if number not in others]
    columns = {name: _filled_down(table, place, numbers, kinds.merged) for name, place in table.columns.items()}
    struck = {number: _is_struck(sheet, number) for number in sheet.struck.keys() & set(numbers)}
    wholly = {number for number, whole in struck.items() if whole}
    return Entries(numbers, columns, others, _remarks(table, numbers), wholly, struck.keys() - wholly)


def cells_at(table: Table, place: int, numbers: Sequence[int]) -> list[Cell]:
    """What stands in a cell column of the rows of these numbers, all below the header, as it was read."""
    below, before = table.below(place), table.first_data_row + 1
    return below if len(numbers) == len(below) else [below[number - before] for number in numbers]


def _filled_down(table: Table, place: int, numbers: Sequence[int], merged: Mapping[Position, Cell]) -> list[Cell]:
    """A column's cells, merged ranges filled down and 同上 made the value above."""
    cells = cells_at(table, place, numbers)
    if merged:
        cells = [merged.get((number - 1, place), cell) for number, cell in zip(numbers, cells, strict=True)]
    marks = set(filter(_repeats, table.sheet.texts_in(place)))
    above: Cell = None
    cells = list(cells) if marks else cells
    for at, cell in enumerate(cells) if marks else ():
        above = cells[at] = above if cell in marks else cell
    return cells


def _repeats(cell: Cell) -> bool:
    # What begins with a letter or digit other than 同 and 上 is no mark for the value above: nearly all cells.
    return isinstance(cell, str) and (not cell[:1].isalnum() or cell[0] in "同上") and is_ditto(cell)


def _is_struck(sheet: RawSheet, number: int) -> bool:
    """Whether most of a row's cells are struck through."""
    return sheet.struck[number] * 2 > sum(1 for cell in sheet.rows[number - 1] if not is_blank(cell))


def _remarks(table: Table, numbers: Sequence[int]) -> dict[int, str]:
    if table.remark is None:
        return {}
    texts = ((number, text_at(table.sheet, number - 1, table.remark)) for number in numbers)
    return {number: text for number, text in texts if text}


class _Kinds:
    """Tells rows from top to bottom; holds what one needs of those above it: the last date, whether a footer was passed."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.sheet = table.sheet
        self.date_place = table.columns.get(table.date_column or "")
        self.date_above: Cell = None
        dates = () if self.date_place is None else self.sheet.distinct_in(self.date_place)
        self.whole_dates = {cell for cell in dates if _is_whole_date(cell)}
        self.after_footer = False
        self.merged = _merged_values(table)
        self.wide = {top for top, left, bottom, right in table.sheet.merged if right - left >= 2}
        self.numbering = {
            i
            for i, names in enumerate(table.header.titles)
            if names and (bare(names[0]) in IGNORED_TITLES or title_key(names[0]) in IGNORED_TITLES)
        }
        self.header_titles = {bare(name) for names in table.header.titles for name in names}

    def others(self) -> dict[int, str]:
        """The rows below the header (from 1) that are no data: blank, total, footer, header, title."""
        plain = self._plainly_data()
        told = {number - 1 for number in self.table.others if 0 < number - self.table.first_data_row <= len(plain)}
        found, last = {}, self.table.first_data_row - 1
        for row in sorted({*compress(count(self.table.first_data_row), map(not_, plain)), *told}):
            if row - 1 > last:  # plain rows between them
                self.date_above, self.after_footer = self._cell(row - 1, self.date_place or 0), False
            last, kind = row, self._kind(row, plain=plain[row - self.table.first_data_row])
            if kind != "data":
                found[row + 1] = kind
        return found

    def _kind(self, row: int, *, plain: bool) -> str:
        """What the row (0-based) is."""
        kind = "data" if plain else self._judged(row)
        kind = self.table.others.get(row + 1, kind) if kind in ("data", "blank") else kind
        if kind == "data":
            self.date_above = self._date(row)
        self.after_footer = kind == "footer" or (self.after_footer and kind not in ("header", "data"))
        return kind

    def _cell(self, row: int, column: int) -> Cell:
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def _date(self, row: int) -> Cell:
        """The ledger's date in a row, filled down."""
        if self.date_place is None:
            return None
        cell = self.merged.get((row, self.date_place), self._cell(row, self.date_place))
        return self.date_above if cell not in self.whole_dates and _repeats(cell) else cell

    def _plainly_data(self) -> list[bool]:
        """The common case at a glance, of each row below the header: a whole date in its column and most columns filled."""
        filled = self.sheet.filled[self.table.first_data_row :]
        if self.date_place is None:
            return [False] * len(filled)
        dates, least = self.table.below(self.date_place), len(self.table.columns) / 2
        return [there > least and cell in self.whole_dates for cell, there in zip(dates, filled, strict=True)]

    def _judged(self, row: int) -> str:
        texts = {i: text_at(self.sheet, row, i) for i, cell in enumerate(self.sheet.rows[row]) if not is_blank(cell)}
        filled = [i for i in texts if i not in self.numbering]
        if not filled:
            words = [text for text in texts.values() if text and not re.fullmatch(r"[\d.]+", text)]
            return _kind_of_words(words[0]) if words else "blank"
        if self._says_nothing(row, texts, filled):
            return "blank"
        if self._is_header(texts) or numbers_columns(texts.values()):
            return "header"
        words = [text for text in texts.values() if text]
        leading = words[:3]
        closing = [_is_closing(word) for word in words]
        if any(closing) and all(end or _WHOLE_DATE.match(word) for end, word in zip(closing, words, strict=True)):
            return "footer"
        if len(words) == 1 and PERIOD_LINE.match(compact(words[0])):
            return "title"
        if words and _is_total(words[0]) and parse_date(self._date(row), year=2000).value is None:
            return "total"  # before the date: 合计 may stand under 序号, and 24件 under the date
        if self._dated and (kind := sums_up(words)) and parse_date(self._date(row), year=2000).value is None:
            return kind
        if self._has_date(row):
            return "data"
        if any(_TOTAL.match(compact(text)) or _is_total(text) for text in leading[:1]) or (
            (len(filled) <= 4 or self._dated) and any(_is_total(t) for t in leading)
        ):
            return "total"
        return self._kind_without_date(row, texts, filled)

    def _says_nothing(self, row: int, texts: Mapping[int, str], filled: list[int]) -> bool:
        """A nil return (无 or a stroke in every column), or the 0 of a formula that was filled down in advance."""
        words = [texts[i] for i in filled if not is_nothing(texts[i]) or is_ditto(texts[i])]
        if not words or (len(words) == 1 and is_nil_period(words[0], alone=len(filled) == 1)):
            return True
        return self._dated and all(is_zero(self._cell(row, i)) for i in filled)

    def _kind_without_date(self, row: int, texts: Mapping[int, str], filled: list[int]) -> str:
        words = [text for text in texts.values() if text]
        first = words[0] if words else ""
        known = sum(1 for i in filled if i in self.table.columns.values())
        if _is_closing(first) and (known * 2 <= len(self.table.columns) or all(_is_closing(word) for word in words)):
            return "footer"
        alone = len(filled) == len(texts) == 1 and isinstance(self._cell(row, filled[0]), str)
        if alone and (
            self.after_footer or row in self.wide or PERIOD_LINE.match(compact(first)) or len(self.table.columns) > 2
        ):
            return "footer" if self.after_footer else "title"
        if self.after_footer and len(filled) <= 2 and self._dated:
            return "footer"
        return "data"

    @property
    def _dated(self) -> bool:
        return self.table.date_column is not None

    def _has_date(self, row: int) -> bool:
        """Whether the ledger's date is filled in with something that holds a digit or is a date."""
        cell = self._date(row)
        return not is_blank(cell) and (not isinstance(cell, str) or _looks_like_a_date(compact(cell)))

    def _is_header(self, texts: Mapping[int, str]) -> bool:
        """The header again: at least two cells, and most of them, are titles of it."""
        words = [bare(text) for text in texts.values() if text]
        same = sum(word in self.header_titles for word in words)
        return same >= 2 and same * 3 >= len(words) * 2


def _is_whole_date(cell: Cell) -> bool:
    return (isinstance(cell, date) and cell.year > 1900) or (
        isinstance(cell, str) and _WHOLE_DATE.match(cell) is not None
    )


def _looks_like_a_date(text: str) -> bool:
    """Mostly digits and the words of dates: an unreadable date is still a record's, a sentence is not."""
    dated = re.findall(r"[\d〇零○一二三四五六七八九十廿卅元年月日号时分秒.:/\-、t]", text)
    return (
        bool(re.search(r"[\d〇零○一二三四五六七八九十廿卅]", text))
        and len(dated) >= 0.6 * len(text)
        and not _is_total(text)
    )


def _is_closing(text: str) -> bool:
    """Whether a text belongs below a table: 填表人, 审核人, 说明 and the like."""
    return bool(_FOOTER.match(compact(text)) or _NOTE.match(compact(text)))


def _kind_of_words(text: str) -> str:
    """What a row is that holds words under the running number alone."""
    if _is_total(text):
        return "total"
    return "footer" if _is_closing(text) else "title"


def _merged_values(table: Table) -> dict[tuple[int, int], Cell]:
    """The value of every cell under a range merged downwards in a known column."""
    values: dict[tuple[int, int], Cell] = {}
    known = set(table.columns.values())
    for top, left, bottom, _ in table.sheet.merged:
        if top >= table.first_data_row and bottom > top and left in known:
            cells = table.sheet.rows[top] if top < len(table.sheet.rows) else []
            value = cells[left] if left < len(cells) else None
            for row in range(top, bottom + 1):
                values[row, left] = value
    return values


@lru_cache(maxsize=4096)
def _is_total(text: str) -> bool:
    short = len(compact(text)) <= 16
    return short and bool(_TOTAL.match(compact(text)) or _EXCELS_TOTAL.fullmatch(normalise(text)))


def is_total(text: str) -> bool:
    """Whether a text calls its row or column a total: 合计, 小计, 累计."""
    return _is_total(normalise(text))


@lru_cache(maxsize=4096)
def voided(remark: str) -> bool:
    """Whether a remark says the entry is void: 作废 or 撤销, not negated and not merely asked for."""
    return bool(_VOID.search(compact(remark))) and not _NOT_VOID.search(compact(remark))


@lru_cache(maxsize=4096)
def void_in_passing(remark: str) -> bool:
    """Whether a remark speaks of 作废 or 撤销 without plainly saying it of this entry: to be confirmed."""
    return bool(_VOID.search(compact(remark))) and (not voided(remark) or len(compact(remark)) > 12)


@lru_cache(maxsize=4096)
def says_dropped(remark: str, word: str) -> bool:
    """Whether a remark says of this entry that it was dropped in this word (撤案), not denied and not merely asked for."""
    text = compact(remark)
    return word in text and not re.search(_DENIED + re.escape(word), text)
