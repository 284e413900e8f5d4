"""A draft as Word files as people hand them round: runs cut at random, changes tracked, sentences in tables and footnotes."""

import io
import random
from copy import deepcopy
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .sentences import Slot


def split_at_random(sentences: list[str], draw: random.Random) -> bytes:
    """A paragraph a sentence, every run cut into pieces of one to four characters; each fifth sentence in a table."""
    document = docx.Document()
    for number, text in enumerate(sentences):
        place = (
            document.add_table(rows=1, cols=1).rows[0].cells[0].paragraphs[0]
            if number % 5 == 4
            else document.add_paragraph()
        )
        at = 0
        while at < len(text):
            length = draw.randint(1, 4)
            place.add_run(text[at : at + length]).bold = bool(draw.getrandbits(1))
            at += length
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
