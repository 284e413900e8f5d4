"""When a figure of a table is of: its year and the part of the year, by its titles and what stands above the table."""

import re
from dataclasses import dataclass

from fazhi.checking.binding.known_figures import Months
from fazhi.checking.binding.periods import months_of
from fazhi.checking.table_binding.blocks import Block
from fazhi.checking.table_binding.titles import NAMED_YEAR, SAYS_NOTHING, bare, tells_change

_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_YEARS = re.compile(r"20\d\d年?\s*[-—–~～至到]+\s*20\d\d年(?!\d)")  # a sum of several years
_THIS = re.compile("[本今当]年")
_LAST = re.compile(r"上年|去年|上一年")
_SUMMED = re.compile(r"合\s*计|总\s*计|共\s*计|累\s*计|平\s*均|均值")
_WHOLE = re.compile(r"1\s*月?份?\s*[-—–~至到]+\s*12\s*月份?|全年")
_PERIOD = re.compile(
    r"[前第]?[一二三四1-4](?:个)?季度?|\d{1,2}\s*月?份?\s*[-—–~至到]+\s*\d{1,2}\s*月份?|\d{1,2}\s*月份?(?!\d*日)"
    r"|[一二三四五六七八九十]{1,2}月份?|[上下]半年|[上中下]旬|[本当][月季]度?"
)
_REPORTED = re.compile(r"20\d\d年(\d{1,2})月(?!\d)")


@dataclass(frozen=True)
class Time:
    """`when` names the year where it is not the reported one; a figure of a `period` is no year's, `months` say which they are."""

    when: str = ""
    period: str = ""
    months: Months | None = None


YEAR = Time()


class Times:
    """Tells the time of a block's cells."""

    def __init__(self, block: Block, year: int) -> None:
        lines = _DATE.sub("", block.caption).split("\n")
        caption = lines[-1] if NAMED_YEAR.search(lines[-1]) else "\n".join(lines)
        titles, firsts = "|".join(block.titles), "|".join(row[0].text for row in block.rows if row)
        self.year, self.own = year, year
        self.down = {text for text in firsts.split("|") if NAMED_YEAR.search(text)}
        self.across = {one for one in block.titles if NAMED_YEAR.search(one) and not tells_change(one)}
        above = [int(one) for one in NAMED_YEAR.findall(caption)]
        named = {*above, *(int(one) for one in NAMED_YEAR.findall(f"{titles}|{firsts}"))}
        if named and year not in named and not _THIS.search(titles):
            self.own = above[-1] if above else 0
        several = _YEARS.search(caption)
        self.several = several[0] if several and not (self.down or self.across) else ""
        month = _REPORTED.search(block.caption)
        self.month = int(month[1]) if month else 0

    def of(self, label: str, title: str) -> Time:
        """The time of the cell in that row and column."""
        both = f"{label}|{title}"
        named = NAMED_YEAR.search(both)
        year = int(named[1]) if named else self.own - 1 if _LAST.search(both) else self.own
        years = _YEARS.search(both)
        period = years[0] if years else self.several or self._summed(label, title)
        if not named and not self.own:
            period = period or "另一年"
        match = _PERIOD.search(_WHOLE.sub("", both))
        months = self._months(match[0]) if match and _is_only(match[0], label if match[0] in label else title) else None
        if tells_change(both) and self.own != self.year:
            period = period or f"{self.own}年"
        when = "" if year == self.year or not (named or self.own) else f"{year}年"
        return Time(when, period or (match[0] if match else ""), None if period else months)

    def _summed(self, label: str, title: str) -> str:
        """What a sum or mean of several years is called, in a table that has a column or a row for each."""
        both = ((title, self.across), (label, self.down))
        return next((one for one, years in both if len(years) > 1 and _SUMMED.search(one)), "")

    def _months(self, period: str) -> Months | None:
        """The months of a part of the year that is named; those of 本月 where the table says which it is."""
        if period.startswith(("本月", "当月")):
            return (self.month, self.month) if self.month else None
        return months_of(period)


def _is_only(period: str, title: str) -> bool:
    """Whether a title names that part of the year and nothing else."""
    return not re.sub(r"[（()）\s]", "", SAYS_NOTHING.sub("", bare(title.replace(period, ""))))
