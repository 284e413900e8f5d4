"""A draft as one text: from Word, PDF, Markdown or plain text, however it was split, with tracked changes taken as accepted."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import filterfalse
from pathlib import Path
from typing import Any

from fazhi.checking.reading.pdf_text import certain_rows, pdf_text
from fazhi.checking.reading.tables import Cell, Table, tables_in
from fazhi.checking.reading.tracked import tracked_figures
from fazhi.checking.reading.word_parts import (
    OUR_NAMES,
    W,
    goes_on,
    is_deleted_row,
    paragraphs,
    parse_part,
    run_text,
    runs,
    seen,
)
from fazhi.errors import LedgerError
from fazhi.intake.limits import Limits
from fazhi.intake.model import Refused
from fazhi.intake.text_decoding import decode
from fazhi.intake.xlsx.package import Package

PARTS = {
    "word/document.xml": "",
    "word/footnotes.xml": "脚注",
    "word/endnotes.xml": "尾注",
    "word/comments.xml": "批注",
}
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
LONGEST = 3_000_000  # characters; 5,000 pages hold fewer
_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True)
class Passage:
    """A paragraph of a draft: where its text begins and ends in the whole, what part it stands in, its number there from 0."""

    start: int
    end: int
    part: str
    number: int


@dataclass(frozen=True)
class Draft:
    """The text of a draft, its passages in order, the tracked changes that touch a figure, and its tables."""

    text: str
    passages: tuple[Passage, ...]
    tracked: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    def passage_at(self, place: int) -> Passage:
        """The passage in which a place of the text lies."""
        return self.passages[bisect_right(self.passages, place, key=lambda one: one.start) - 1]


def read_draft(path: Path) -> Draft:
    """The draft in a file.

    Raises LedgerError, in Chinese, for what is too large, broken, protected or of another kind.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= _BYTES else b""
    except FileNotFoundError:
        raise LedgerError(f"没有找到文件 {path}。请核对文件名。") from None
    if not data:
        raise LedgerError(f"{path.name} 是空文件，或者超过 {_BYTES >> 20} MB，没有核对。")
    try:
        draft = _read(path, data)
    except Refused as refusal:
        why = re.sub("请用 Excel .*", "请用 Word 打开，另存为 .docx 后再核对", str(refusal))
        raise LedgerError(f"{path.name} 没有核对：{why}") from None
    if len(draft.text) > LONGEST:
        raise LedgerError(f"{path.name} 有 {len(draft.text)} 字，超过 {LONGEST} 字，没有核对。请分成几份。")
    if not draft.text.strip():
        raise LedgerError(f"{path.name} 里没有文字（扫描件？）。请用 Word 或者可以选中文字的 PDF。")
    return draft


def _read(path: Path, data: bytes) -> Draft:
    if data.startswith(b"PK"):
        return _word(data)
    if data.startswith(b"%PDF"):
        draft = _lines(pdf_text(data))
        return replace(draft, tables=certain_rows(draft.tables))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("是旧格式或加密的文档，请在 Word 中打开，另存为 .docx")
    if path.suffix.lower() not in (".txt", ".md", ".markdown", ".text"):
        raise Refused("不是 .docx、.pdf、.md 或 .txt")
    return _lines(decode(data))


def _lines(text: str) -> Draft:
    text = seen(text.replace("\r\n", "\n"))
    passages, at = [], 0
    for number, line in enumerate(text.split("\n")):
        passages.append(Passage(at, at + len(line), "", number))
        at += len(line) + 1
    return Draft(text, tuple(passages), tables=tuple(tables_in(text)))


def _word(data: bytes) -> Draft:
    package = Package(data, Limits())
    if "word/document.xml" not in package:
        raise Refused("不是 Word 文档")
    texts: list[str] = []
    passages: list[Passage] = []
    tracked: list[str] = []
    tables: list[Table] = []
    at = 0
    for part, root in _parts(package):
        tracked += tracked_figures(root)
        places: dict[Any, Cell] = {}
        for number, paragraph in enumerate(paragraphs(root)):
            if paragraph.getparent().get(f"{W}author") in OUR_NAMES:
                continue  # what fazhi itself has remarked
            text = "".join(run_text(run) for run in runs(paragraph))
            passages.append(Passage(at, at + len(text), part, number))
            end = "" if goes_on(paragraph) else "\n"
            texts.append(text + end)
            cell = next(paragraph.iterancestors(f"{W}tc"), None)
            if cell is not None:
                places[cell] = _longer(places.get(cell), at, text)
            at += len(text + end)
        tables += _tables(root, places)
    text = "".join(texts).removesuffix("\n")
    return Draft(text, tuple(passages), tuple(tracked), (*tables, *tables_in(text, tables)))


def _longer(cell: Cell | None, at: int, text: str) -> Cell:
    """A cell with one more paragraph, which stands at that place; what follows a table within it is no text of the cell."""
    if cell is None:
        return Cell(at, at + len(text), text)
    between = "\n" * (at - cell.end)
    return Cell(cell.start, at + len(text), cell.text + between + text) if len(between) < 2 else cell


def _parts(package: Package) -> Iterator[tuple[str, Any]]:
    """The parts with text, in order; of headers and footers that say the same, one."""
    told = set()
    margins = sorted(name for name in package.names() if _MARGIN.fullmatch(name))
    for part in (*filter(package.__contains__, PARTS), *margins):
        root = parse_part(package.read(part))
        text = "".join(root.itertext(f"{W}t"))
        if part in PARTS or (text.strip() and text not in told):
            yield part, root
        told.add(text)


def part_label(part: str) -> str:
    """What a part is called: 脚注, 页眉; nothing for the body."""
    margin = _MARGIN.fullmatch(part)
    return {"header": "页眉", "footer": "页脚"}[margin[1]] if margin else PARTS.get(part, "")


def _tables(root: Any, cells: Mapping[Any, Cell]) -> Iterator[Table]:
    """The tables of a part, those in a cell of another too; a cell over several columns stands in the first."""
    for table in root.iter(f"{W}tbl"):
        rows, at = [], next((cells[cell].start for cell in table.iter(f"{W}tc") if cell in cells), 0)
        for row in filterfalse(is_deleted_row, _own(table, "tr", "tbl")):
            made: list[Cell] = []
            for cell in _own(row, "tc", "tr"):
                here = cells.get(cell, Cell(at, at, ""))
                at = here.end
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = span.get(f"{W}val") if span is not None else "1"
                more = min(int(wide), 64) - 1 if wide.isdigit() else 0
                made += [here, *[Cell(here.end, here.end, "")] * more]
            rows.append(tuple(made))
        if len(rows) > 1 and all(rows) and max(map(len, rows)) > 1:
            yield tuple(rows)


def _own(whole: Any, name: str, kind: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, without those of a table within."""
    return (one for one in whole.iter(W + name) if next(one.iterancestors(W + kind)) is whole)
