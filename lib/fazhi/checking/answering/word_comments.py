"""A Word draft given back with a comment at each figure to mend: whoever knows only Word needs nothing else."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from fazhi.checking.reading.draft import Passage
from fazhi.checking.reading.word_parts import OUR_NAMES, W, paragraphs, parse_part, place_in, run_text, runs
from fazhi.workspace.files import repacked

BODY = "word/document.xml"
NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}  # Word has comments in the body only
MAXIMUM = 500  # comments in one document; the page has them all
Note = tuple[Passage, int, int, str]  # a passage, where a figure starts and ends in it, what is to be said
_MOST_WORK = 300_000  # runs gone through
_MORE = 20  # lines of the comment at the beginning
_OURS = re.compile(rb'<w:comment [^>]*w:author="' + OUR_NAMES[0].encode() + rb'"[^>]*>')


def commented(data: bytes, notes: Sequence[Note], general: Sequence[str]) -> bytes | None:
    """The Word file in `data` with a comment for each note, and one at its beginning for what has no place of its own.

    Nothing but comments is added, and fazhi's own of earlier are taken away; None where the file cannot be written again (macros, missing parts).
    """
    import docx
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        _take_away_ours(document)
        body = list(paragraphs(document.element))
        left, marks = len(notes), _marks(data, notes, document.element)
        for passage, start, end, text in _affordable(notes, body):
            left -= _comment(document, _touched(passage, start, end, body, marks), text)
        if left:
            general = [f"另有 {left} 处没有批注，见核对网页。", *general]
        if general:
            first = next((found for one in body if (found := [run for run in runs(one) if run_text(run)])), [])
            _comment(document, first[:1], "\n".join(general[:_MORE]))
        saved = io.BytesIO()
        document.save(saved)
    except (ValueError, KeyError, AttributeError, LxmlError, zipfile.BadZipFile):
        return None
    return repacked(saved.getvalue(), edit=_without_clock)


def _take_away_ours(document: Any) -> None:
    """Take away what fazhi has remarked before, the evidence in its draft and an earlier check: what is to be mended stands alone."""
    ours = {one.comment_id for one in document.comments if one.author in OUR_NAMES}
    for part in document.comments._comments_elm.comment_lst if ours else ():
        if part.id in ours:
            part.getparent().remove(part)
    tags = [f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"]
    for mark in list(document.element.iter(*tags)) if ours else ():
        if mark.get(f"{W}id", "").isdigit() and int(mark.get(f"{W}id")) in ours:
            holder = mark.getparent()
            holder.remove(mark)
            if holder.tag == f"{W}r" and not any(child.tag != f"{W}rPr" for child in holder):
                holder.getparent().remove(holder)


def _affordable(notes: Sequence[Note], body: Sequence[Any]) -> Iterator[Note]:
    """The notes, as long as it takes no minutes to place them: a paragraph is gone through for each."""
    runs_of: dict[int, int] = {}
    work = 0
    for note in notes[:MAXIMUM]:
        number = note[0].number
        if note[0].part != BODY:
            yield note
            continue
        runs_of.setdefault(number, sum(1 for _ in body[number].iter(f"{W}r")))
        work += runs_of[number]
        if work > _MOST_WORK:
            return
        yield note


def _touched(
    passage: Passage, start: int, end: int, body: Sequence[Any], marks: Mapping[tuple[str, int], Any]
) -> list[Any]:
    """The runs that hold a figure; of one in a note the mark by which the body refers to that, of one in a text box what anchors it.

    Word has comments in neither.
    """
    if passage.part == BODY:
        box = list(body[passage.number].iterancestors(f"{W}txbxContent"))
        return [next(box[-1].iterancestors(f"{W}r"))] if box else _exactly(body[passage.number], start, end)
    mark = marks.get((passage.part, passage.number))
    return [] if mark is None else [mark]


def _marks(data: bytes, notes: Sequence[Note], body: Any) -> dict[tuple[str, int], Any]:
    """For each paragraph of footnotes and endnotes in which something is to be said, the run of the body that refers to it."""
    found = {}
    for part in {note[0].part for note in notes} & NOTES.keys():
        kind = NOTES[part]
        marks = {mark.get(f"{W}id"): mark.getparent() for mark in body.iter(f"{W}{kind}Reference")}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            root = parse_part(package.read(part))
        for number, paragraph in enumerate(paragraphs(root)):
            whole = next(paragraph.iterancestors(f"{W}{kind}"), None)
            if whole is not None and whole.get(f"{W}id") in marks:
                found[part, number] = marks[whole.get(f"{W}id")]
    return found


def _comment(document: Any, touched: Sequence[Any], text: str) -> bool:
    """Whether there was a place for the comment."""
    from docx.text.run import Run

    if touched:
        ends = [Run(touched[0], document), Run(touched[-1], document)]
        document.add_comment(ends, text=text, author=OUR_NAMES[0], initials="核")
    return bool(touched)


def _exactly(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that hold a stretch of a paragraph and nothing else, cut where they hold more."""
    for place in (start, end):
        _cut(paragraph, place)
    touched, at = [], 0
    for run in runs(paragraph):
        length = len(run_text(run))
        if length and at < end and at + length > start:
            touched.append(run)
        at += length
    return touched


def _cut(paragraph: Any, place: int) -> None:
    """Cut in two the run of plain text in which a place lies."""
    at = 0
    for run in runs(paragraph):
        text = run_text(run)
        if at < place < at + len(text) and all(child.tag in (f"{W}t", f"{W}rPr") for child in run):
            rest, written = deepcopy(run), "".join(node.text or "" for node in run.iter(f"{W}t"))
            here = place_in(written, place - at)
            _write(run, written[:here])
            _write(rest, written[here:])
            run.addnext(rest)
            return
        at += len(text)


def _write(run: Any, text: str) -> None:
    first, *others = run.findall(f"{W}t")
    for other in others:
        run.remove(other)
    first.text = text
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _without_clock(name: str, content: bytes) -> bytes:
    """Our comments carry the moment they were made: taken out, so that the same draft gives the same bytes."""
    if name != "word/comments.xml":
        return content
    return _OURS.sub(lambda match: re.sub(rb' w:date="[^"]*"', b"", match[0]), content)
