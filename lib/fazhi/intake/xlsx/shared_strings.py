"""The shared strings of an xlsx file, for the second reading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from fazhi.intake.model import Refused
from fazhi.intake.rich_text import RichText, local_name, unescaped
from fazhi.intake.runs import Run, is_plain
from fazhi.intake.xlsx.package import Package

# Strings without runs that hold a visible ASCII or common Chinese character and begin with no escape, as most do in every writer's files.
_PLAIN = re.compile(rb'(?:<si><t(?: xml:space="preserve")?>(?!_x)[^<&]*[!-%\'-;=-~\xe4-\xe9][^<&]*</t></si>)+')
_COUNT = re.compile(rb"""(?<=\s)(?:uniqueCount|count)\s*=\s*["'][^"'<>]{0,99}["']""")


@dataclass
class SharedStrings:
    """`texts` by index (left empty when only counting); indexes of blank strings; what rich text says of strike.

    `rich`: the runs of strings whose runs differ in a way that tells what is read.
    """

    texts: list[str] = field(default_factory=list)
    count: int = 0
    blank: set[int] = field(default_factory=set)
    struck: dict[int, bool] = field(default_factory=dict)
    rich: dict[int, list[Run]] = field(default_factory=dict)

    def skip(self, count: int) -> None:
        """Count strings that are neither blank nor rich."""
        self.count += count

    def add(self, found: RichText, keep_text: bool) -> None:
        text, struck = found.text(), found.struck()
        if not unescaped(text).strip():
            self.blank.add(self.count)
        if struck is not None:
            self.struck[self.count] = struck
        if not is_plain(found.runs):
            self.rich[self.count] = found.runs
        if keep_text:
            self.texts.append(text)
        self.count += 1


def read_strings(package: Package, part: str | None, keep_text: bool) -> SharedStrings:
    """The strings in order. Without `keep_text` plain ones are only counted, ten times faster."""
    found = SharedStrings()
    if part is None:
        return found
    parser = expat.ParserCreate()
    parser.buffer_text = True
    text = RichText()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal text
        local = local_name(name)
        if local == "si":
            text = RichText()
        elif local == "skipped":
            found.skip(int(attributes["n"]))
        else:
            text.start(local, attributes)

    def end(name: str) -> None:
        local = local_name(name)
        if local == "si":
            found.add(text, keep_text)
        else:
            text.end(local)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda characters: text.characters(characters)
    chunks = package.chunks(part)
    if not keep_text:
        refuse_cdata(parser)
    package.feed(parser, chunks if keep_text else _without_plain(chunks))
    return found


def refuse_cdata(parser: "expat.XMLParserType") -> None:
    """Refuse CDATA, which the reader of values passes over: in a large workbook, whose cells are not compared, unseen."""
    parser.StartCdataSectionHandler = _no_cdata


def _no_cdata() -> None:
    raise Refused("内部的文字写法（CDATA）读不准；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交")


def uncounted(content: bytes) -> bytes:
    """The part without its count of strings, for which the reader of values would set memory aside unseen."""
    return _COUNT.sub(b"", content, count=2)


def _without_plain(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The XML with each run of plain strings made one `<skipped n="…"/>`."""
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        cut = block.rfind(b"</si>") + 5
        if cut < 5:
            rest = block
            continue
        yield _PLAIN.sub(_skipped, block[:cut])
        rest = block[cut:]
    yield rest


def _skipped(match: re.Match[bytes]) -> bytes:
    return b'<skipped n="%d"/>' % match[0].count(b"<si>")
