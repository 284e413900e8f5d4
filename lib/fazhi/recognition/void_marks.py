"""Records said to be void elsewhere than in the remark: in another cell, in a comment, by a line above them. Asked about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fazhi.dictionary.models import Ledger
from fazhi.recognition.headers import Table, texts_above
from fazhi.recognition.return_sheet import office_comments
from fazhi.values.normalise import compact, normalise
from fazhi.values.titles import IGNORED_TITLES, title_key

_COMMENT = re.compile(r"作废|撤销|注销|无效|重复登记")
_CELL = re.compile(
    r"[(\[【](?:已)?(?:作废|撤销|注销|无效|取消|退休|调离|调出|离职|辞职)[)\]】]|^(?:已)?(?:作废|撤销|注销)$"
)
_NO_NUMBER = re.compile(r"[(]?(?:已?作?废|撤销?|删除?|取消|重复|不计|注销|无效|[×xX✗✘╳])[)]?")
_HINT = re.compile("[废销效消休离职出]")
_LINE = re.compile(
    r"以下.{0,8}(?:作废|撤销|无效|注销|取消|删除|不计|重复|未|待|拟|计划|预计|[上去往前明下]年|暂|示例|模板|测试|参考|外[镇乡]|(?:非|不属于?)本)|(?:作废|撤销|注销|删除)(?:登记|记录|部分)?[:：]?$"
)
_NUMBERED = re.compile(r"^[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]+")
_WORK = r"(?:工作|演练|活动|宣传|检查|培训|会议|事项|部分|项目|记录|安排)"
_TO_COME = re.compile(
    rf"(?:下半年|第?[一二三四1-4]季度|下[季月]度?|下一?步|明年|次年|20\d\d年度?|\d{{1,2}}月份?|后续|剩余)?{_WORK}?"
    rf"(?:(?:拟|计划|预计|待)(?:开展|举行|举办|实施|进行|组织|召开)?|(?:尚未|未)(?:开展|举行|举办|实施|召开))的?{_WORK}{{0,2}}[:]?"
)
_CARRIED = re.compile(
    r"^(?:[上去往历]年度?|以前年度|20\d\d年度?)(?:结转|遗留|未[办了]?结|转入|积案|旧案|移交)|^(?:结转|遗留|旧存)(?:案件|纠纷|事项)?[:]?$"
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)(?!年\d{1,2}月\d{1,2}日)")
_LONGEST = 20  # characters of a line that heads records
_SHOWS_YEAR = re.compile(r"(?:19|20)\d\d|^\d\d[年./-]\d{1,2}[月./-]\d|二[〇零○]")


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


def void_numbers(table: Table) -> Iterator[Doubt]:
    """Records whose running number is a word or a cross that says they are void."""
    for position, titles in enumerate(table.header.titles):
        if not titles or title_key(titles[0]) not in IGNORED_TITLES:
            continue
        said = {cell for cell in table.sheet.texts_in(position) if _NO_NUMBER.fullmatch(compact(cell))}
        for number, cell in enumerate(table.below(position) if said else (), table.first_data_row + 1):
            if cell in said and table.sheet.filled[number - 1] > 2:
                yield Doubt("column_decides", titles[0], f"写着“{normalise(cell)}”", number)


def void_comments(table: Table) -> Iterator[Doubt]:
    """Comments on cells of records that say the row is void."""
    for (row, _), comment in office_comments(table.sheet).items():
        if row > table.first_data_row and (said := _COMMENT.search(normalise(comment))):
            yield Doubt("column_decides", "", f"批注里写着“{said[0]}”", row)


def void_lines(table: Table) -> Iterator[Doubt]:
    """A line across the table that says the rows below it are void, still to come, or of another year that their dates do not show."""
    sheet = table.sheet
    lines = {}
    for row in range(table.first_data_row, len(sheet.rows)):
        if not 0 < sheet.filled[row] <= 2:  # a record: told at once, also in a large table
            continue
        filled = [cell for cell in sheet.rows[row] if cell not in (None, "")]
        if len(filled) == 1 and isinstance(filled[0], str):
            lines[row] = normalise(filled[0])
    ends = [*lines, len(sheet.rows)][1:]
    above = _years(texts_above(sheet, table.header))
    years = above | _years(lines.values())
    for (row, text), end in zip(lines.items(), ends, strict=True):
        end = len(sheet.rows) if _LINE.search(text) else end
        below = [at for at in range(row + 1, end) if sheet.filled[at]]
        plain = _NUMBERED.sub("", text.replace(" ", ""))
        own = _years([text])
        late = not above and sheet.filled[table.first_data_row] > 2  # under records that were under no year
        carried = _CARRIED.search(plain) or (own and (len(years) > 1 or late))
        if below and (_LINE.search(text) or _TO_COME.fullmatch(plain) or (carried and _without_year(table, below))):
            yield Doubt("column_decides", "", f"这一行写着“{text[:20]}”，下面还有 {len(below)} 行", row + 1)


def _years(texts: Iterable[str]) -> set[str]:
    """The years that short texts name; not in a day, on which something was drawn up."""
    return {year for text in texts if len(text) <= _LONGEST for year in _YEAR.findall(normalise(text))}


def _without_year(table: Table, rows: Sequence[int]) -> bool:
    """Whether one of these rows (from 0) has a date that shows no year, or the table no date at all."""
    place = table.columns.get(table.date_column or "")
    if place is None:
        return True
    cells = (table.sheet.rows[row][place : place + 1] for row in rows)
    return any(isinstance(cell, str) and not _SHOWS_YEAR.search(normalise(cell)) for one in cells for cell in one)
