"""docx: each table of a Word document is a sheet 表1, 表2 …; every cell is text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fazhi.intake import cross_check
from fazhi.intake.docx.document import WordDocument, WordTable
from fazhi.intake.docx.grid import Grid, read_grid
from fazhi.intake.docx.names import name_of
from fazhi.intake.limits import Limits
from fazhi.intake.model import (
    Finding,
    Position,
    RawSheet,
    Refused,
    Severity,
    column_letters,
    rows_with_content,
    trimmed,
)
from fazhi.intake.xlsx.package import Package

_NO_TABLE = "是 Word 文档，里面没有表格；如是台账，请做成表格（每条一行）后重新提交，如不是，请移出"
_RESAVE = "请在 Word 或 WPS 中打开核对行数，另存为 .docx 后重新提交；核对前，依据本表的数字不可靠"
_EMBEDDED = re.compile(r"excel|word|et\.|wps", re.IGNORECASE)
# Of `Grid.marks`: severity, found (of n cells), expected, advice.
_MARKS: dict[str, tuple[Severity, str, str, str]] = {
    "changed": (
        "warning", "带有尚未接受的修订，已按全部接受后的内容读入（删去的不算，插入的算）", "没有待接受的修订",
        "请在 Word 中逐条接受或拒绝修订后重新提交",
    ),
    "hidden": (
        "warning", "里有隐藏文字，看不见，没有读入", "存的和看到的一致", "如有用，请取消“隐藏”；如无用，请删去",
    ),
    "unclear": (
        "error", "里有公式对象或认不出的符号，读出的内容可能不全", "普通文字", "请改为普通文字后重新提交",
    ),
    "nested": (
        "warning", "里又嵌有表格，已作为另一张表读入，没有算作单元格的内容", "单元格里只有文字", "请核对；如有关，请改写为文字",
    ),
    "lost": (
        "warning", "已被合并，里面却另有文字，Word 中看不见，没有读入", "合并处只有一处文字", "请取消合并核对后重新提交",
    ),
}  # fmt: skip


def read_docx(data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """All tables and what is to be said of them."""
    document = WordDocument(Package(data, limits))
    tables = document.tables()
    if not tables:
        raise Refused(_NO_TABLE)
    notes, page = document.notes(), document.page_texts()
    sheets: list[RawSheet] = []
    findings = _embedded(document)
    before: Grid | None = None
    for number, table in enumerate(tables, 1):
        grid = read_grid(table.elements, document.styles, limits)
        again = [row for at in table.numbers for row in document.second.tables[at]]
        sheet = _sheet(f"表{number}", grid, [*table.words, *page])
        sheet.comments.update(
            {
                place: "\n".join(said)
                for place, ids in grid.notes.items()
                if (said := [notes[i] for i in ids if i in notes])
            }
        )
        findings += _goes_on(sheets[-1], sheet) if sheets and before and _continues(table, before, grid) else []
        sheet, said_of_it = _checked(sheet, grid, again)
        findings += said_of_it
        sheets.append(sheet)
        before = grid
    return sheets, findings


def _sheet(name: str, grid: Grid, words: Sequence[str]) -> RawSheet:
    return RawSheet(
        name,
        trimmed(grid.rows),
        sorted(grid.merged.values()),
        frozenset(grid.hidden_rows),
        grid.struck,
        above=tuple(dict.fromkeys(words)),
        fills=grid.fills,
    )


def _checked(sheet: RawSheet, grid: Grid, again: list[list[str]]) -> tuple[RawSheet, list[Finding]]:
    """The sheet with its rows counted twice, and what is said of its cells."""
    places = _differences(grid.written, again)
    counted = sum(1 for row in again if any(row)) if places else rows_with_content(sheet.rows)
    said = [replace(one, advice=_RESAVE) for one in cross_check.value_finding(sheet.name, places)]
    for what, (severity, found, expected, advice) in _MARKS.items():
        if marked := grid.marks.get(what):
            row, column = marked[0]
            place = sheet.name, row, column_letters(column - 1)
            said.append(Finding(severity, *place, f"有 {len(marked)} 个单元格{found}", expected, advice))
    return replace(sheet, counted_rows=counted), said


def _differences(written: list[list[str]], again: list[list[str]]) -> list[Position]:
    """Cells (row and number of the cell in it, from 1) whose texts the two readings do not agree on."""
    if [len(row) for row in written] != [len(row) for row in again]:
        return [(1, 1)]
    return [
        (row, at)
        for row, (one, other) in enumerate(zip(written, again, strict=True), 1)
        for at in range(1, len(one) + 1)
        if one[at - 1] != other[at - 1]
    ]


def _continues(table: WordTable, before: Grid, grid: Grid) -> bool:
    """Whether a table looks like the rest of the one before: nothing between, as many columns, and no titles of its own."""
    width = max((places[-1] for places in grid.borders), default=0)
    if not table.is_next or width < 3 or width != max((places[-1] for places in before.borders), default=0):
        return False
    first = grid.rows[0] if grid.rows else []
    return first not in before.rows[:3] and any(re.match(r"\d", str(cell)) for cell in first if cell is not None)


def _goes_on(before: RawSheet, sheet: RawSheet) -> list[Finding]:
    """An error of the table before, whose figures it may change."""
    found = f"下面紧接的“{sheet.name}”列数相同、没有表头，像是这张表的后半部分，没有并入"
    advice = "请在 Word 中把两张表连成一张（删去中间的空行），或给后一张加上表头，再重新提交"
    return [Finding("error", before.name, None, None, found, "一张台账一张表，或每张都有表头", advice)]


def _embedded(document: WordDocument) -> list[Finding]:
    """A warning where the document holds other documents, whose content is not in it."""
    objects = [
        one.get("ProgID") or "" for one in document.body.iter("{urn:schemas-microsoft-com:office:office}OLEObject")
    ]
    chunks = [one for one in document.body.iter("{*}altChunk", "{*}subDoc") if name_of(one) in ("altChunk", "subDoc")]
    if not chunks and not any(map(_EMBEDDED.match, objects)):
        return []
    found = "文档里嵌有别的文件（如 Excel 工作表），其中的内容没有读入"
    return [Finding("warning", "", None, None, found, "表格直接写在文档里", "请把嵌入的内容另存为单独的文件一并提交")]
