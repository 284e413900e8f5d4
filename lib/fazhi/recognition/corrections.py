"""Hand corrections: one line a cell in `corrections.csv`, applied before cleaning. The workbook keeps what it holds.

    file,sheet,row,column,was,is,who,when,why
    司法所/纠纷.xlsx,第一季度,12,受理日期,2042-03-05,2024-03-05,王某,2025-12-20,笔误，已与司法所核对

Chinese headings do as well: 文件,工作表,行,列,原为,改为,更正人,日期,原因. `column` is the title above the cell, or Excel's letter. A line applies only where the cell holds just what `was` says, however
a date or a number is spelt: Excel respells both when it saves the file.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from fazhi.errors import LedgerError
from fazhi.intake import Cell, RawFile, RawSheet, YearlessDate
from fazhi.issues import Issue
from fazhi.recognition.headers import text_at
from fazhi.values.normalise import bare, normalise

COLUMNS = ("file", "sheet", "row", "column", "was", "is", "who", "when", "why")
NAME = "corrections.csv"
_HEADINGS = {
    "文件": "file", "工作表": "sheet", "行": "row", "行号": "row", "列": "column", "列名": "column", "原为": "was", "改为": "is",
    "更正人": "who", "日期": "when", "更正日期": "when", "原因": "why",
}  # fmt: skip
_EXCESS = "beyond the titles"
_NUMBER = re.compile(r"¥?(-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?)")
# The year is left out where a cell shows none.
_MOMENT = re.compile(
    r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)


@dataclass(frozen=True)
class Correction:
    """One line of the file; `line` is its number there, `row` is 1-based."""

    line: int
    file: str
    sheet: str
    row: int
    column: str
    was: str
    value: str
    who: str
    when: str
    why: str


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of a year, none where there is no file. Raises `LedgerError` for a file that cannot be understood."""
    if not path.exists():
        return []
    reader = csv.DictReader(io.StringIO(_decoded(path), newline=""), restkey=_EXCESS, restval="")
    try:
        reader.fieldnames = [_HEADINGS.get(bare(title), title.strip()) for title in reader.fieldnames or []]
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            chinese = "文件、工作表、行、列、原为、改为、更正人、日期、原因"
            raise LedgerError(f"{NAME} 缺少列：{'、'.join(missing)}。应有列：{'、'.join(COLUMNS)}，或者 {chinese}。")
        return [_correction(reader.line_num, row) for row in reader if any(row[name].strip() for name in COLUMNS)]
    except csv.Error:
        raise LedgerError(f"{NAME} 第 {reader.line_num + 1} 行的内容过长，请改正后重试。") from None


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LedgerError(f"{NAME} 不是 UTF-8 或 GB18030 文本，请另存为 UTF-8 编码的 CSV。")


def _correction(number: int, row: dict[str, str]) -> Correction:
    text = {name: row[name].strip() for name in COLUMNS}
    if any(row.get(_EXCESS, "")):
        raise LedgerError(f"{NAME} 第 {number} 行的列比标题多：内容里有逗号的，请用引号括起。")
    if not (text["row"].isdecimal() and len(text["row"]) < 8):
        raise LedgerError(f"{NAME} 第 {number} 行的 row 应为行号（整数）。")
    if not (text["who"] and text["when"] and text["why"]):
        raise LedgerError(f"{NAME} 第 {number} 行没有写明 who、when、why（谁、何时、为何更正）。")
    texts = (text[name] for name in ("column", "was", "is", "who", "when", "why"))
    return Correction(number, text["file"].replace("\\", "/"), text["sheet"], int(text["row"]), *texts)


def apply(file: RawFile, corrections: Sequence[Correction]) -> tuple[RawFile, list[Issue]]:
    """The file with its corrections made, and an issue for each: made (说明), or not to be made (须处理)."""
    sheets = {sheet.name: sheet for sheet in file.sheets}
    issues = []
    for correction in corrections:
        if correction.file == file.path:
            mended, fault = _apply(sheets.get(correction.sheet), correction)
            if mended is not None:
                sheets[correction.sheet] = mended
            issues.append(_issue(correction, fault))
    return replace(file, sheets=list(sheets.values())), issues


def _apply(sheet: RawSheet | None, correction: Correction) -> tuple[RawSheet | None, str]:
    """The sheet with one cell changed, or why it is not."""
    if sheet is None:
        return None, "没有这张工作表"
    row = correction.row - 1
    column = column_of(sheet, row, correction.column)
    if not 0 <= row < len(sheet.rows) or column is None:
        return None, "没有这一行" if not 0 <= row < len(sheet.rows) else "没有这一列"
    cells = sheet.rows[row] + [None] * (column + 1 - len(sheet.rows[row]))
    if _readings(cells[column]).isdisjoint(_readings(correction.was)):
        return None, "单元格现在的内容与 was 不符"
    changed = [*cells[:column], correction.value or None, *cells[column + 1 :]]
    return replace(sheet, rows=[*sheet.rows[:row], changed, *sheet.rows[row + 1 :]]), ""


def _readings(cell: Cell) -> set[str | Decimal | tuple[str, ...]]:
    """What a cell or `was` says, so that the spellings of one date or number meet: Excel saves 2042-03-05 as 2042/3/5."""
    text = normalise(cell)
    readings: set[str | Decimal | tuple[str, ...]] = {text}
    if number := _NUMBER.fullmatch(text):
        readings.add(Decimal(number[1].replace(",", "")))
    if moment := _MOMENT.fullmatch(text):
        year, *others = ((part or "").lstrip("0") for part in moment.groups())
        readings |= {(year, *others), ("" if isinstance(cell, YearlessDate) else year, *others)}
    return readings


def column_of(sheet: RawSheet, row: int, written: str) -> int | None:
    """The 0-based cell column under the nearest title that reads `written`, else the one of that letter."""
    for above in range(min(row, len(sheet.rows)) - 1, -1, -1):
        for column in range(len(sheet.rows[above])):
            if bare(text_at(sheet, above, column)) == bare(written):
                return column
    if re.fullmatch(r"[A-Za-z]{1,3}", written):
        number = 0
        for letter in written.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        return number - 1
    return None


def unused(corrections: Sequence[Correction], files: set[str]) -> list[Issue]:
    """Lines that name a file which is not there."""
    return [_issue(correction, "没有这个文件") for correction in corrections if correction.file not in files]


def _issue(correction: Correction, fault: str) -> Issue:
    """Contents are left out: they may be private."""
    return Issue.of(
        "correction_unused" if fault else "correction", correction.file, correction.sheet, row=correction.row,
        column=correction.column, line=correction.line, fault=fault, who=correction.who, when=correction.when,
        why=correction.why,
    )  # fmt: skip
