"""An .xls that a reader refuses, without what does not concern its cells: quirks of writers that Excel passes over.

Records of decoration are left out, lengths that the format fixes are put right, and the strings are counted by walking through
them, as their own count may be wrong and bytes may be left over behind the last. Cells stay as they are: both readers then
read what is left, and have to agree as ever. Layout after [MS-XLS].
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import takewhile

from fazhi.intake import ole

Record = tuple[int, bytes]
_SST, _CONTINUE, _LABELSST, _BOUNDSHEET, _BOF, _CODEPAGE = 0xFC, 0x3C, 0xFD, 0x85, 0x0809, 0x42
# Names, links, styles' names, page breaks, panes, zoom, widths, print settings, conditional formats, the writer's name, extents.
_DECORATION = frozenset((
    0x17, 0x18, 0x1A, 0x1B, 0x1D, 0x23, 0x26, 0x27, 0x28, 0x29, 0x33, 0x41, 0x4D, 0x55, 0x5C, 0x7D, 0x8C, 0x99, 0xA0, 0xA1, 0xAB,
    0xD7, 0xFF, 0x15F, 0x1AE, 0x1B0, 0x1B1, 0x1B2, 0x1B8, 0x1BE, 0x200, 0x20B, 0x225, 0x23E, 0x293, 0x800,
))  # fmt: skip
_FIXED = {0xE0: 20, _LABELSST: 10}  # bytes of a cell's style (what is cut off are its colours) and of a text cell
_NEVER_CUT = {_LABELSST}
_MOST = 109 * 128 * 512  # what the header's own list of a compound file's sectors reaches


def mended(data: bytes) -> tuple[bytes, bytes] | None:
    """The workbook's stream mended, and a compound file of it; None where it is not one, or its strings cannot be counted."""
    compound = ole.open_compound(data)
    book = compound.find("Workbook")  # of Excel 97 and later
    records = _records(compound.stream(book)) if book else []
    if not records or records[0][0] != _BOF or records[0][1][:2] != b"\x00\x06":
        return None
    kept = [_fitted(kind, body) for kind, body in records if kind not in _DECORATION and kind != _CODEPAGE]
    counted, places = _with_strings_counted(kept), _places(records)
    stream = _packed(counted, places) if counted is not None and places is not None else b""
    return (stream, _compound(stream)) if 0 < len(stream) < _MOST else None


def _records(stream: bytes) -> list[Record]:
    found, at = [], 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def _fitted(kind: int, body: bytes) -> Record:
    """The record at the length that the format fixes."""
    length = _FIXED.get(kind, len(body))
    short = kind in _NEVER_CUT and len(body) < length
    return kind, body if short else body[:length].ljust(length, b"\0")


def _with_strings_counted(records: Sequence[Record]) -> list[Record] | None:
    """The records with as many strings as there are, or as the cells need; None where these cannot be told apart."""
    at = next((place for place, (kind, _) in enumerate(records) if kind == _SST), None)
    if at is None or len(records[at][1]) < 8:
        return list(records) if at is None else None
    further = list(takewhile(lambda record: record[0] == _CONTINUE, records[at + 1 :]))
    parts = [records[at][1][8:], *(body for _, body in further)]
    needed = 1 + max(
        (struct.unpack_from("<I", body, 6)[0] for kind, body in records if _is_text(kind, body)), default=-1
    )
    ends = _string_ends(parts)
    if len(ends) < needed:
        return None
    declared = struct.unpack_from("<I", records[at][1], 4)[0]
    count = declared if needed <= declared <= len(ends) else len(ends) if declared > len(ends) else needed
    strings = _cut(parts, ends[count - 1] if count else (0, 0))
    head = records[at][1][:4] + struct.pack("<I", count)
    made = [(_SST, head + strings[0]), *((_CONTINUE, part) for part in strings[1:])]
    return [*records[:at], *made, *records[at + 1 + len(further) :]]


def _is_text(kind: int, body: bytes) -> bool:
    return kind == _LABELSST and len(body) == _FIXED[kind]


def _cut(parts: Sequence[bytes], end: tuple[int, int]) -> list[bytes]:
    """The parts up to the end of the last string; what lies behind it is left over."""
    part, at = end
    return [*parts[:part], parts[part][:at]] if at or not part else list(parts[:part])


def _string_ends(parts: Sequence[bytes]) -> list[tuple[int, int]]:
    """Where each string ends, as part and place in it, as far as whole ones follow one another ([MS-XLS] 2.5.293)."""
    ends: list[tuple[int, int]] = []
    part = at = 0
    while True:
        while part < len(parts) and at >= len(parts[part]):
            part, at = part + 1, at - len(parts[part])
        place = _end_of_string(parts, part, at) if part < len(parts) else None
        if place is None:
            return ends
        ends.append(place)
        part, at = place


def _end_of_string(parts: Sequence[bytes], part: int, at: int) -> tuple[int, int] | None:
    """Where the string that begins there ends; None where it has no end."""
    body = parts[part]
    if at + 3 > len(body):
        return None
    characters, flags = struct.unpack_from("<HB", body, at)
    rich, phonetic = bool(flags & 8), bool(flags & 4)
    if flags & ~0x0D or at + 3 + 2 * rich + 4 * phonetic > len(body):
        return None
    runs = struct.unpack_from("<H", body, at + 3)[0] if rich else 0
    beside = struct.unpack_from("<I", body, at + 3 + 2 * rich)[0] if phonetic else 0
    at += 3 + 2 * rich + 4 * phonetic
    while characters:
        wide = 1 + (flags & 1)
        here = min(characters, (len(parts[part]) - at) // wide)
        characters, at = characters - here, at + here * wide
        if characters:
            part, at = part + 1, 1  # a further part repeats how wide its characters are
            if part >= len(parts) or not parts[part]:
                return None
            flags = parts[part][0]
    rest = runs * 4 + beside
    while rest > len(parts[part]) - at:
        rest, part, at = rest - (len(parts[part]) - at), part + 1, 0
        if part >= len(parts):
            return None
    return part, at + rest


def _places(records: Sequence[Record]) -> list[int] | None:
    """For each sheet, which of the substreams is its; None where one has none."""
    begins = list(_starts(records))
    named = [struct.unpack_from("<I", body)[0] for kind, body in records if kind == _BOUNDSHEET and len(body) >= 8]
    return [begins.index(start) for start in named] if set(named) <= set(begins) else None


def _starts(records: Sequence[Record]) -> Iterator[int]:
    """Where each substream begins."""
    at = 0
    for kind, body in records:
        if kind == _BOF:
            yield at
        at += 4 + len(body)


def _packed(records: Sequence[Record], places: Sequence[int]) -> bytes:
    """The records as a stream; each sheet is the substream of that number."""
    begins = list(_starts(records))
    sheets = iter([begins[place] for place in places])
    made = []
    for kind, body in records:
        whole = struct.pack("<I", next(sheets)) + body[4:] if kind == _BOUNDSHEET and len(body) >= 8 else body
        made.append(struct.pack("<HH", kind, len(whole)) + whole)
    return b"".join(made)


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream, `Workbook`: the header, the stream's sectors, the directory, the table of sectors."""
    size = max(len(stream), 4096)  # what is shorter would lie in the small sectors
    data = stream.ljust(-(-size // 512) * 512, b"\0")
    sectors = len(data) // 512
    tables = next(n for n in range(1, 110) if n * 128 >= sectors + 1 + n)
    fat = [*range(1, sectors), ole.END, ole.END, *[ole.TABLE] * tables]
    fat += [ole.FREE] * (tables * 128 - len(fat))
    lists = [*range(sectors + 1, sectors + 1 + tables), *[ole.FREE] * (109 - tables)]
    header = ole.MAGIC + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<6I", tables, sectors, 0, 4096, ole.END, 0) + struct.pack("<2I", ole.END, 0)
    directory = _entry("Root Entry", 5, 1, ole.END, 0) + _entry("Workbook", 2, ole.FREE, 0, size) + bytes(256)
    return header + struct.pack("<109I", *lists) + data + directory + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(written), kind, 1, ole.FREE, ole.FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
