"""A draft as Word files as people hand them round: runs cut at random, changes tracked, sentences in tables and footnotes."""

import io
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .sentences import Slot

_RULE = re.compile(r"[\s|:-]+")
Mark = tuple[int, int, str]  # as in other_drafts


def from_lines(text: str, marks: list[Mark], draw: random.Random) -> tuple[bytes, list[Mark]]:
    """A text as Word, lines of cells as tables, every run cut at random; and where its marks stand in what is read of it."""
    document, moved, at, table = docx.Document(), [], 0, []
    places: list[tuple[int, int, int]] = []  # start and end in the text, start in the document
    begin = 0
    for line in [*text.split("\n"), ""]:
        cells = list(_cells(line, begin)) if line.count("|") > 1 or "\t" in line else []
        if cells and not _RULE.fullmatch(line):
            table.append(cells)
        elif not cells:
            at = _add_table(document, table, places, at, draw)
            table = []
            _cut_up(document.add_paragraph(), line, draw)
            places.append((begin, begin + len(line), at))
            at += len(line) + 1
        begin += len(line) + 1
    for start, end, wrong in marks:
        low, _, there = next(place for place in places if place[0] <= start and end <= place[1])
        moved.append((there + start - low, there + end - low, wrong))
    return _saved(document), moved


def _cells(line: str, begin: int) -> Iterator[tuple[int, str]]:
    """Each cell of a line: where its text begins, and its text."""
    for match in re.finditer(r"(?:(?<=[|\t])|^)[^|\t]*", line.strip("|")):
        inner = match[0].strip()
        at = begin + line.startswith("|") + match.start() + (match[0].index(inner) if inner else 0)
        yield at, inner


def _add_table(
    document: Any, rows: list[list[tuple[int, str]]], places: list[tuple[int, int, int]], at: int, draw: random.Random
) -> int:
    """Add a table; cells that hold `<` or `^` are merged. Where the text after it begins in the document."""
    if not rows:
        return at
    wide = max(map(len, rows))
    table = document.add_table(rows=len(rows), cols=wide)
    for number, row in enumerate(rows):
        for column, (begin, text) in enumerate(row):
            if text not in ("<", "^"):
                _cut_up(table.cell(number, column).paragraphs[0], text, draw)
                places.append((begin, begin + len(text), -1))
    _merge(table._tbl, rows, wide)
    for row in rows:
        for begin, text in [*row, *[(0, "")] * (wide - len(row))]:
            if text == "<":
                continue
            shown = "" if text == "^" else text
            if (begin, begin + len(text), -1) in places:
                places[places.index((begin, begin + len(text), -1))] = (begin, begin + len(text), at)
            at += len(shown) + 1
    return at


def _merge(table: Any, rows: list[list[tuple[int, str]]], wide: int) -> None:
    """As Word writes merged cells: a span over columns, and restart and go on over rows."""
    for number, row in enumerate(rows):
        cells = table.tr_lst[number].tc_lst
        for column in range(len(row) - 1, -1, -1):
            below = number + 1 < len(rows) and column < len(rows[number + 1]) and rows[number + 1][column][1] == "^"
            if row[column][1] == "^" or below:
                merge = OxmlElement("w:vMerge")
                if row[column][1] != "^":
                    merge.set(qn("w:val"), "restart")
                cells[column].get_or_add_tcPr().append(merge)
            if row[column][1] == "<":
                table.tr_lst[number].remove(cells[column])
            elif column + 1 < len(row) and row[column + 1][1] == "<":
                span = next((at for at in range(column + 1, len(row)) if row[at][1] != "<"), len(row)) - column
                cells[column].get_or_add_tcPr().get_or_add_gridSpan().set(qn("w:val"), str(span))


def _cut_up(paragraph: Any, text: str, draw: random.Random) -> None:
    """The text in runs of one to four characters."""
    at = 0
    while at < len(text):
        length = draw.randint(1, 4)
        paragraph.add_run(text[at : at + length]).bold = bool(draw.getrandbits(1))
        at += length


def split_at_random(sentences: list[str], draw: random.Random) -> bytes:
    """A paragraph a sentence, every run cut into pieces of one to four characters; each fifth sentence in a table."""
    document = docx.Document()
    for number, text in enumerate(sentences):
        place = (
            document.add_table(rows=1, cols=1).rows[0].cells[0].paragraphs[0]
            if number % 5 == 4
            else document.add_paragraph()
        )
        _cut_up(place, text, draw)
    return _saved(document)


def tracked(changes: list[tuple[str, Slot, str]]) -> bytes:
    """A paragraph a sentence: what stood in the slot is deleted, the other figure inserted, both as tracked changes."""
    document = docx.Document()
    for number, (text, slot, figure) in enumerate(changes):
        paragraph = document.add_paragraph(text[: slot.start])
        for tag, words in (("w:del", text[slot.start : slot.end]), ("w:ins", figure)):
            paragraph._p.append(_change(tag, words, number))
        paragraph.add_run(text[slot.end :])
    return _saved(document)


def _change(tag: str, words: str, number: int) -> Any:
    change, run = OxmlElement(tag), OxmlElement("w:r")
    text = OxmlElement("w:delText" if tag == "w:del" else "w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    change.append(run)
    for name, value in (("w:id", str(900 + number)), ("w:author", "审稿人"), ("w:date", "2026-01-05T09:00:00Z")):
        change.set(qn(name), value)
    return deepcopy(change)


def _saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
