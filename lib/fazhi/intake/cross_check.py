"""Whether the two readings of a sheet agree, and the findings where they do not."""

import datetime
import math
import re
from collections.abc import Collection, Sequence

from fazhi.intake.model import (
    Cell,
    CellError,
    Finding,
    Position,
    RawSheet,
    Rows,
    Uncached,
    column_letters,
    rows_with_content,
)
from fazhi.intake.references import serial_of
from fazhi.intake.rich_text import unescaped

_SPAN = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2}(?:\.\d+)?)S")
# Readers round moments to the millisecond; serial numbers of our century carry them to 1e-11 days.
_MOMENT = 2e-8
RESAVE = "请用 Excel 或 WPS 打开核对行数，另存为 .xlsx 后重新提交；核对前，依据本表的数字不可靠"


def same_value(kind: str, text: str, value: Cell, is_1904: bool) -> bool:
    """Whether a cell written with type `kind` and `text` in the XML was read as `value`."""
    if isinstance(value, bool):
        return kind == "b" and value == (text.lower() in ("1", "true"))
    if isinstance(value, str):
        return _plain(value) in (_plain(text), _plain(unescaped(text)))
    if isinstance(value, int | float):
        number = _number(text)
        return number == value or (number is not None and math.isnan(number) and math.isnan(value))
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        serial = _duration(text) if kind == "t" else _iso_serial(text) if kind == "d" else _number(text)
        return serial is not None and abs(serial - serial_of(value, is_1904 and kind != "d")) < _MOMENT
    return value is not None


def differences(rows: Rows, cells: dict[Position, tuple[str, str]], is_1904: bool) -> list[Position]:
    """Places where `rows` and the second reading's `cells` (type and text by 1-based place) differ, in order."""
    read = {(r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell is not None}
    places = list(cells.keys() ^ read.keys())
    for place in cells.keys() & read.keys():
        if not same_value(*cells[place], read[place], is_1904):
            places.append(place)
    return sorted(places)


def _plain(text: str) -> str:
    """Text without outer space, line ends made one: readers differ in both, and neither changes a ledger's meaning."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _iso_serial(text: str) -> float | None:
    """Serial number of `2025-03-05`, `2025-03-05T10:00:00` (written in the 1900 system) or `10:00:00`."""
    try:
        if ":" in text[:3]:
            return serial_of(datetime.time.fromisoformat(text.strip()), is_1904=False)
        return serial_of(datetime.datetime.fromisoformat(text.strip()).replace(tzinfo=None), is_1904=False)
    except ValueError:
        return None


def _duration(text: str) -> float | None:
    """Days of `PT10H30M00S`."""
    match = _SPAN.fullmatch(text.strip())
    return (int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])) / 86_400 if match else None


def distinct(names: Sequence[str]) -> tuple[list[str], list[Finding]]:
    """The sheets' names, each made its own where an earlier sheet has the same, and a warning for each of those."""
    own: list[str] = []
    findings = []
    for name in names:
        number = 1 + sum(1 for earlier in names[: len(own)] if earlier == name)
        while (mine := f"{name}（{number}）" if number > 1 else name) in own:
            number += 1
        if mine != name:
            found = f"有两张工作表同名，后一张记作“{mine}”"
            advice = "工作表名称各不相同", "请核对两张表是否重复，并改名"
            findings.append(Finding("warning", mine, None, None, found, *advice))
        own.append(mine)
    return own, findings


def count_findings(sheet: RawSheet) -> list[Finding]:
    """An error when the rows read are not the rows counted."""
    read = rows_with_content(sheet.rows)
    if read == sheet.counted_rows:
        return []
    found = f"读出 {read} 行，另一种方法数得 {sheet.counted_rows} 行"
    return [Finding("error", sheet.name, None, None, found, "两次清点的行数应相等", RESAVE)]


def value_finding(sheet: str, places: list[Position]) -> list[Finding]:
    """An error when cells were read differently by the two means (1-based places)."""
    if not places:
        return []
    row, column = places[0]
    found = f"有 {len(places)} 个单元格两种方法读出的内容不同"
    return [Finding("error", sheet, row, column_letters(column - 1), found, "两种方法读出的内容应相同", RESAVE)]


def put_back(rows: Rows, marked: dict[Position, CellError | Uncached]) -> None:
    """Set cells that the reader left blank, at their 1-based places."""
    for (row, column), cell in marked.items():
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = cell


def put_back_negatives(rows: Rows, cells: dict[Position, tuple[str, str]]) -> None:
    """Set numbers below nought in date cells, which the reader makes times of day: Excel shows no date for them."""
    for (row, column), (kind, text) in cells.items():
        if kind == "n" and text.startswith("-") and row <= len(rows) and column <= len(rows[row - 1]):
            value, number = rows[row - 1][column - 1], _number(text)
            if isinstance(value, datetime.date | datetime.time) and number is not None:
                rows[row - 1][column - 1] = int(number) if number.is_integer() else number


def repeated_findings(sheet: str, places: list[Position]) -> list[Finding]:
    """An error where the file gives a cell twice: only one of the two can be read."""
    if not places:
        return []
    row, column = places[0]
    found = f"有 {len(places)} 个单元格在文件里出现两次"
    return [Finding("error", sheet, row, column_letters(column - 1), found, "每个单元格只出现一次", RESAVE)]


def box_cells(places: Collection[Position]) -> int:
    """Cells of the rectangle around these places: what a reader sets aside for a sheet."""
    rows, columns = zip(*places, strict=True) if places else ((0,), (0,))
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def marked_findings(sheet: str, marked: dict[Position, CellError | Uncached]) -> list[Finding]:
    """One warning for each column with error cells, one for each with formulas that have no stored result."""
    groups: dict[tuple[int, bool], list[int]] = {}
    for row, column in sorted(marked):
        groups.setdefault((column, isinstance(marked[row, column], CellError)), []).append(row)
    return [_marked(sheet, column, is_error, rows) for (column, is_error), rows in sorted(groups.items())]


def _marked(sheet: str, column: int, is_error: bool, rows: list[int]) -> Finding:
    found, expected = f"有 {len(rows)} 个公式没有保存计算结果", "公式应带计算结果"
    advice = "请用 Excel 打开并保存一次，或把公式改为数值"
    if is_error:
        found, expected = f"有 {len(rows)} 个错误值（如 #REF!）", "应为内容或留空"
        advice = "请修正公式，或按原件填写数值"
    return Finding("warning", sheet, rows[0], column_letters(column - 1), found, expected, advice)
