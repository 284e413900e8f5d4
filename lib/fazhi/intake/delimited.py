"""Text tables: records and fields exactly as written, or refused by line."""

import csv
import io
import itertools
import re
from collections import Counter

from fazhi.intake import cross_check
from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, Finding, RawSheet, Refused, Rows, Texts, trimmed
from fazhi.intake.text_decoding import decode

_DELIMITERS = ",\t;|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"\s*[¥￥]?[1-9]\d{0,2},\d{3}(?:\.\d+)?\D{0,3}")
_SAMPLE_CHARACTERS = 200_000
_ADVICE = "请用 Excel 打开核对，另存为 .xlsx 后重新提交"


def read_delimited(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """The one table of a text file; every cell is text."""
    text = decode(data)
    delimiter, skipped = _delimiter(text)
    rows = _records(text, delimiter, limits)
    if skipped and rows:
        rows[0] = []
    overfull = _overfull_rows(rows)
    sheet = RawSheet("", trimmed(rows), counted_rows=_second_count(text, delimiter) - skipped)
    return [sheet], cross_check.count_findings(sheet) + overfull + _lost_characters(text)


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter and 1 when the first line only names it (`sep=;`, as Excel writes)."""
    first = text.split("\n", 1)[0].strip("\r")
    named = _SEPARATOR_LINE.fullmatch(first)
    if named:
        return named[1], 1
    lines = [line for line in _unquoted(text[:_SAMPLE_CHARACTERS]).split("\n") if line.strip()]
    tables = {mark: _table_of(mark, lines) for mark in _DELIMITERS}
    # Marks within a column of text begin below the header; a title line with marks of its own is one line.
    most = max(alike for _, alike, _ in tables.values())
    likely = [mark for mark in _DELIMITERS if tables[mark][1] * 3 >= most > 0] or [","]
    return min(likely, key=lambda mark: (tables[mark][0], -tables[mark][2], _DELIMITERS.index(mark))), 0


def _table_of(mark: str, lines: list[str]) -> tuple[int, int, int]:
    """For the commonest count of the mark on a line: its first line (or one with more), its lines, its marks in all."""
    counts = [line.count(mark) for line in lines]
    tally = Counter(count for count in counts if count)
    if not tally:
        return len(lines), 0, 0
    commonest = max(tally, key=lambda count: (tally[count] * count, count))
    first = next(at for at, count in enumerate(counts) if count >= commonest)
    return first, tally[commonest], tally[commonest] * commonest


def _unquoted(text: str) -> str:
    """The text with each quoted field (a quote after a delimiter or line start) made one letter or nothing; line ends `\\n`."""
    quoted = '"' in text
    plain = re.sub(r'(?:(?<=[,\t;|\r\n])|\A)"(?:[^"]|"")*"', _placeholder, text) if quoted else text
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _placeholder(quoted: re.Match[str]) -> str:
    return "x" if quoted[0][1:-1].strip() else ""


def _second_count(text: str, delimiter: str) -> int:
    """Lines with anything but delimiters and space on them, quoted fields taken as one letter."""
    lines = _unquoted(text).replace(delimiter, " ").split("\n")
    return len(lines) - lines.count("") - sum(map(str.isspace, lines))


def _records(text: str, delimiter: str, limits: Limits) -> Rows:
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    texts = Texts()
    start = 1
    try:
        for record in reader:
            rows.append(list(map(texts.__getitem__, record)))
            start = reader.line_num + 1
            if len(record) > limits.columns or len(rows) > limits.rows:
                raise Refused(f"第 {start - 1} 行超出表格的行列上限；{_ADVICE}")
    except csv.Error as error:
        what = "内容过长或引号没有成对" if "limit" in str(error) else "引号没有成对"
        raise Refused(f"从第 {start} 行开始{what}，无法确定各列的内容；{_ADVICE}") from None
    return rows


def _overfull_rows(rows: Rows) -> list[Finding]:
    """A warning where rows have more fields than the header: a delimiter within a field (1,200) moved the others on."""
    widths = Counter(len(row) for row in rows if len(row) - row.count(None) > 1)
    usual = max(widths, key=lambda width: (widths[width], -width), default=0)
    width = next((len(row) for row in rows if len(row) >= usual), 0)
    places = [number for number, row in enumerate(rows, 1) if len(row) > width and _is_overfull(row, width)]
    if not places:
        return []
    found = f"有 {len(places)} 行的列比表头多，可能是内容里的分隔符（如 1,200 里的逗号）没有加引号"
    return [Finding("warning", "", places[0], None, found, "各行的列数与表头相同", _ADVICE)]


def _is_overfull(row: list[Cell], width: int) -> bool:
    """Whether something stands beyond the header, or two fields in a row look like one number in thousands."""
    pairs = itertools.pairwise(row)
    return any(row[width:]) or any(_THOUSANDS.fullmatch(f"{one},{other}") for one, other in pairs)


def _lost_characters(text: str) -> list[Finding]:
    """A warning where the file already holds replacement characters: its office lost text before sending it."""
    place = text.find("\ufffd")
    if place < 0:
        return []
    line = text.count("\n", 0, place) + 1
    found = "含有无法显示的替代字符（�），原文字在提交前已丢失"
    return [Finding("warning", "", line, None, found, "应为完整的文字", "请按原件补正后重新提交")]
