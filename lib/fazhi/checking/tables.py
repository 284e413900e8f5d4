"""The tables of a draft: what each cell with a figure says, as a sentence made of the titles of its row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from fazhi.quantities import MEASURES


@dataclass(frozen=True)
class Cell:
    """The text of one cell, and where it stands in the draft."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Said:
    """What a cell says: `before`, the part of its text from `start` on, `after`, which is empty where nothing tells its unit."""

    before: str
    start: int
    text: str
    after: str


Table = tuple[tuple[Cell, ...], ...]

_NUMBER = re.compile(
    rf"\s*(?P<sign>[-−–－+＋↑↓])?\s*(?P<number>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>%|％|个?百分点|[百千]?[万亿]元?|{'|'.join(map(re.escape, MEASURES))})?\s*"
)
_MEASURE = re.compile(rf"\s*(?:[/／—-]|%|％|[百千]?[万亿]元|{'|'.join(map(re.escape, MEASURES))})?\s*")
_WHOSE = re.compile("单位|科室|部门|站所|牵头")  # who answers for what the row names
_RULE = re.compile(r"[\s|:：-]+")
_BRACKETS = re.compile(r"[(（](?P<unit>[^()（）]{1,6})[)）]")
_UNIT_TITLE = re.compile(r"^(?:计量)?单位$")
_NO_LABEL = re.compile(r"^(?:序号|编号|№|备注|说明)$|^[\d\s.、一二三四五六七八九十]*$")
_NO_VALUE = re.compile(r"序号|编号|备注|说明|责任|时限|排名|位次|文号|日期|联系电话")
_LAST = re.compile(r"上年|去年|上一年")
_NAMED_YEAR = re.compile(r"(20\d\d)年?度?")
_CHANGE = re.compile(r"增减|增幅|增长|增加|升降|同比|变化|较上年|比上年|较去年|比去年")
_RELATIVE = re.compile(r"[%％]|幅|率|同比")
_SAYS_NOTHING = re.compile(
    r"上年|去年|上一年|本年|今年|当年|同期|20\d\d年?度?|全年|数量|数值|总数|数据|实绩|实际|合计|总计|小计|累计|完成情况|完成数?|情况|指标值?|结果"
    r"|(?:较|比)?(?:上年|去年)?(?:同期)?(?:增减|增幅|增长率?|升降|同比|变化)[量率数额值]?(?:情况)?"
)


def tables_in(text: str) -> list[Table]:
    """The tables that a plain text holds: rows of cells between strokes or tabs."""
    found: list[Table] = []
    at, lines = 0, []
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    for is_row, group in groupby(lines, key=lambda one: one[1].count("|") >= 2 or one[1].strip().count("\t") >= 1):
        rows = [_cells(start, line) for start, line in group if not _RULE.fullmatch(line)] if is_row else []
        if len(rows) > 1 and max(map(len, rows)) > 1:
            found.append(tuple(rows))
    return found


def _cells(start: int, line: str) -> tuple[Cell, ...]:
    inner = line.strip()
    mark = "|" if inner.count("|") >= 2 else "\t"
    at = start + line.index(inner)
    cells = []
    for piece in inner.split(mark):
        cells.append(Cell(at, at + len(piece), piece))
        at += len(piece) + 1
    framed = mark == "|" and inner.startswith("|")
    return tuple(cells[1 : -1 if inner.endswith("|") else None] if framed else cells)


def is_of_year(text: str, table: Table, year: int) -> bool:
    """Whether what a table tells is this year's: the line above it, or a title of its own, names no other year alone."""
    above = text[: table[0][0].start].rstrip("\n |").rpartition("\n")[2]
    titles = "|".join(cell.text for cell in table[0])
    named = _NAMED_YEAR.findall(above) + _NAMED_YEAR.findall(titles)
    return not named or str(year) in named or bool(re.search("[本今当]年", titles))


def said(table: Table, year: int) -> Iterator[Said]:
    """What each cell says in which a figure stands."""
    head = [cell.text.strip() for cell in table[0]]
    if any(_NUMBER.fullmatch(one) and not _NAMED_YEAR.fullmatch(one) for one in head):
        return
    unit_at = next((at for at, title in enumerate(head) if _UNIT_TITLE.match(title) and _measures(table, at)), None)
    above: dict[int, str] = {}
    for row in table[1:]:
        texts = [cell.text.strip() for cell in row]
        unit = texts[unit_at] if unit_at is not None and unit_at < len(texts) else ""
        above = _labels([text if at != unit_at else "" for at, text in enumerate(texts)], above)
        named = [text for at, text in above.items() if not (at < len(head) and _WHOSE.search(head[at]))]
        label = "".join(named or above.values())
        for at, cell in enumerate(row):
            title = head[at] if at < len(head) else ""
            is_value = at != unit_at and at not in above and not _NO_VALUE.search(title)
            if is_value and label and re.search(r"[\d一二三四五六七八九十百]", cell.text):
                yield _said(cell, label, title, unit, year)


def _measures(table: Table, at: int) -> bool:
    """Whether a column called 单位 holds measure words: it may as well name offices."""
    return all(_MEASURE.fullmatch(row[at].text) for row in table[1:] if at < len(row))


def _labels(texts: Sequence[str], above: Mapping[int, str]) -> dict[int, str]:
    """What names a row, by column: its texts up to the first figure; in a blank or merged cell stands what stood above it."""
    found: dict[int, str] = {}
    for at, text in enumerate(texts):
        if not text and at in above:
            found[at] = above[at]
        elif found and _NUMBER.fullmatch(text):
            break
        elif not _NO_LABEL.match(text):
            if found and re.search(r"\d", text):
                break
            found[at] = text
    return found


def _said(cell: Cell, label: str, title: str, unit: str, year: int) -> Said:
    number = _NUMBER.fullmatch(cell.text)
    if number is None:
        return Said(f"{label}：", cell.start, cell.text, "。")
    start = cell.start + number.start("number")
    both = label + title
    told = next((one["unit"] for one in _BRACKETS.finditer(title + label) if _MEASURE.fullmatch(one["unit"])), "")
    unit = number["unit"] or unit or told or ("%" if re.search("率|占比", both) else "")
    unit = unit.replace("％", "%")
    name = "".join(_SAYS_NOTHING.sub("", _BRACKETS.sub("", one)) for one in (label, title))
    if _CHANGE.search(both):
        down = (number["sign"] or "+") in "-−–－↓"
        relative = unit == "%" or bool(_RELATIVE.search(title))
        unit = unit if "百分点" in unit else "%" if relative else unit
        words = ("同比", "下降", "增长") if unit == "%" else ("比上年", "减少", "增加")
        return Said(f"{name}{words[0]}{words[1 if down else 2]}", start, number["number"], unit)
    named = _NAMED_YEAR.search(both)
    when = f"{named[1]}年" if named else f"{year - 1}年" if _LAST.search(both) else ""
    return Said(f"{when if when != f'{year}年' else ''}{name}", start, number["number"], unit)
