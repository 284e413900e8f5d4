"""Nothing private is published: every output is searched for every private value of the raw ledgers.

A value is sought in normalised form (width, spaces, case, zero-width characters folded). A short name that is also a
stretch of the project's own words (安全, 和平) proves nothing inside a sentence; it is then sought as a whole cell only.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fazhi.cells import name_keys
from fazhi.recognition import Recogniser
from fazhi.rows import walk
from fazhi.sources import Survey
from fazhi.values import compact, normalise

KIND_LABELS = {"person": "姓名", "persons": "姓名", "party": "当事人", "identity": "证件号", "phone": "电话"}
_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"[\u3400-\u9fff·]+|[0-9a-z]*\d{6,}[0-9a-z]*")
_JOINED = re.compile(r"(?<=\d)[\s\-](?=[\dx])")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_BLANKS = re.compile(r"\s+")
_INSIDE_A_NAME = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff](?![\u3400-\u9fff]))")
SHORT = 3  # a name this short may be a word


@dataclass(frozen=True)
class Secrets:
    """Private values, compact -> kind. `anywhere` may stand nowhere; `alone` not as a whole cell or word."""

    anywhere: Mapping[str, str]
    alone: Mapping[str, str]

    def found_in(self, texts: Iterable[str]) -> set[str]:
        """The kinds of private value that stand in the texts."""
        lengths = {len(value) for value in self.anywhere}
        kinds: set[str] = set()
        for text in texts:
            for word in _WORDS.findall(_JOINED.sub("", compact_spaces(text))):
                if word in self.alone:
                    kinds.add(self.alone[word])
                for length in lengths:
                    pieces = {word[i : i + length] for i in range(len(word) - length + 1)}
                    kinds |= {self.anywhere[piece] for piece in pieces & self.anywhere.keys()}
        return kinds


def compact_spaces(text: str) -> str:
    """Folded as the values are, words still apart: spaces go only where they stand inside a name (between two characters).

    Whole outputs pass through here, so it is done by expressions over the text and not cell by cell.
    """
    text = _BLANKS.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    return _INSIDE_A_NAME.sub("", text).casefold()


def secrets(survey: Survey, known: Recogniser) -> Secrets:
    """Every value of a private column in the year's raw files."""
    values: dict[str, str] = {}
    for source in survey.sources:
        for table in source.tables:
            columns = known.specs.ledgers[table.ledger].columns
            private = [name for name in table.columns if columns[name].private]
            for row in walk(table):
                for name in private if row.kind == "data" else ():
                    for text in _sought(row.cells.get(name), columns[name].kind):
                        values[text] = columns[name].kind
    words = own_words(known)
    ours = {words[i : i + size] for size in (2, SHORT) for i in range(len(words))}
    alone = {value: kind for value, kind in values.items() if value in ours}
    return Secrets({value: kind for value, kind in values.items() if value not in alone}, alone)


def _sought(cell: object, kind: str) -> Iterator[str]:
    """The texts to look for: names one by one, numbers without dashes. What is too short to name anyone is left out."""
    if not isinstance(cell, str | int | float):
        return
    text = normalise(cell)
    if kind in ("identity", "phone"):
        digits = re.sub(r"\D(?!$)", "", compact(text))
        if len(digits) >= 7:
            yield digits
    else:
        yield from (key for key in (name_keys(text) if kind != "party" else [compact(text)]) if len(key) >= 2)


def own_words(known: Recogniser) -> str:
    """All words that are ours or the town's to print: specs, templates, code, villages, offices."""
    unit = known.unit
    return "|".join((_package_words(), unit.name, unit.issuer, *unit.villages, *unit.offices, *unit.heads))


@cache
def _package_words() -> str:
    root = Path(str(resources.files("fazhi")))
    files = sorted(path for path in root.rglob("*") if path.suffix in {".py", ".yml", ".md", ".html", ".typ"})
    return re.sub(r"\s+", "", "|".join(path.read_text(encoding="utf-8") for path in files))


def offences(outputs: Mapping[str, bytes], hidden: Secrets) -> dict[str, set[str]]:
    """Output -> kinds of private value found in it. Empty when all may be put in place."""
    found = {name: hidden.found_in(texts(name, data)) for name, data in outputs.items()}
    return {name: kinds for name, kinds in found.items() if kinds}


def texts(name: str, data: bytes) -> Iterable[str]:
    """Every text in an output: cells, paragraphs, metadata, file names in it."""
    suffix = Path(name).suffix.lower()
    if suffix == ".parquet":
        return _parquet_texts(data)
    if suffix in (".docx", ".xlsx", ".zip"):
        return _zip_texts(data)
    if suffix == ".pdf":
        return _pdf_texts(data)
    if suffix in (".png", ".jpg"):
        return ()
    text = data.decode("utf-8")
    return [_TAG.sub(" ", text) if suffix in (".html", ".svg") else _unescaped(text)]


def _unescaped(text: str) -> str:
    """JSON and notebooks with their `\\n` and tags as spaces, so that words stand apart as they are read."""
    return _TAG.sub(" ", text.replace("\\n", " ").replace('\\"', " "))


def _parquet_texts(data: bytes) -> Iterator[str]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    for name, column in zip(table.column_names, table.columns, strict=True):
        if str(column.type) in ("string", "large_string"):
            yield name
            yield from (str(value) for value in column.unique().to_pylist() if value)


def _zip_texts(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            yield part
            if part.endswith((".xml", ".rels")):
                yield _TAG.sub("", archive.read(part).decode("utf-8").replace("</w:p>", "\n").replace("</si>", "\n"))


def _pdf_texts(data: bytes) -> Iterator[str]:
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)
    try:
        yield from (str(value) for value in document.get_metadata_dict().values())
        for page in document:
            yield page.get_textpage().get_text_range().replace("\r\n", "")
    finally:
        document.close()
