"""The gate over OLE compound files (.xls and others): chains, sizes, stream names. Layout after [MS-CFB]."""

import struct
from dataclasses import dataclass

from fazhi.intake.model import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_LAST_SECTOR = 0xFFFFFFF9
_BROKEN = "文件内部结构已损坏；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
_FILEPASS = 0x2F
_BOF, _EOF = 0x0809, 0x0A


@dataclass(frozen=True)
class Entry:
    """A stream or storage of the directory; `kind` 1 storage, 2 stream, 5 root."""

    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True)
class Compound:
    """The tables of one compound file."""

    data: bytes
    sector_bytes: int
    fat: tuple[int, ...]
    mini_fat: tuple[int, ...]
    mini_cutoff: int
    entries: list[Entry]

    def find(self, *names: str) -> Entry | None:
        """The first stream with one of these names, letter case aside."""
        wanted = {name.lower() for name in names}
        return next((e for e in self.entries if e.kind == 2 and e.name.lower() in wanted), None)

    def stream(self, entry: Entry) -> bytes:
        """The whole content of a stream."""
        if entry.size >= self.mini_cutoff:
            return _join(self.data, self.sector_bytes, self.fat, entry.start)[: entry.size]
        root = next((e for e in self.entries if e.kind == 5), None)
        if root is None:
            raise Refused(_BROKEN)
        container = _join(self.data, self.sector_bytes, self.fat, root.start)
        sectors = chain(self.mini_fat, entry.start)
        return b"".join(container[s * 64 : s * 64 + 64] for s in sectors)[: entry.size]


def open_compound(data: bytes) -> Compound:
    """The file's tables, every chain of them followed once; refused where one loops or leaves the file."""
    try:
        return _open(data)
    except struct.error:
        raise Refused(_BROKEN) from None


def _open(data: bytes) -> Compound:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise Refused(_BROKEN)
    sector_bytes = 1 << shift
    directory, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    fat = _read_fat(data, sector_bytes)
    mini = _join(data, sector_bytes, fat, mini_start) if mini_start <= _LAST_SECTOR else b""
    entries = _entries(_join(data, sector_bytes, fat, directory), wide=shift == 12)
    return Compound(data, sector_bytes, fat, _numbers(mini), cutoff, entries)


def _read_fat(data: bytes, sector_bytes: int) -> tuple[int, ...]:
    """The sector table, from the header's list and the chain of further lists."""
    listed = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while more <= _LAST_SECTOR:
        if more in seen:
            raise Refused(_BROKEN)
        seen.add(more)
        numbers = _numbers(_sector(data, sector_bytes, more))
        listed.extend(numbers[:-1])
        more = numbers[-1]
    sectors = [s for s in listed if s <= _LAST_SECTOR]
    if len(set(sectors)) != len(sectors):
        raise Refused(_BROKEN)
    return _numbers(b"".join(_sector(data, sector_bytes, s) for s in sectors))


def _sector(data: bytes, sector_bytes: int, number: int) -> bytes:
    start = (number + 1) * sector_bytes
    if start >= len(data):
        raise Refused(_BROKEN)
    # Some writers leave the last sector short.
    return data[start : start + sector_bytes].ljust(sector_bytes, b"\0")


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def chain(table: tuple[int, ...], start: int) -> list[int]:
    """Sector numbers from `start` to the end of the chain; refused when it loops or leaves the table."""
    found: list[int] = []
    seen: set[int] = set()
    while start != END:
        if start >= len(table) or start in seen:
            raise Refused(_BROKEN)
        seen.add(start)
        found.append(start)
        start = table[start]
    return found


def _join(data: bytes, sector_bytes: int, fat: tuple[int, ...], start: int) -> bytes:
    return b"".join(_sector(data, sector_bytes, s) for s in chain(fat, start))


def _entries(directory: bytes, wide: bool) -> list[Entry]:
    entries = []
    for offset in range(0, len(directory) - 127, 128):
        raw, length, kind = struct.unpack_from("<64sHB", directory, offset)
        start, size = struct.unpack_from("<IQ", directory, offset + 116)
        if kind in (1, 2, 5):
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            entries.append(Entry(name, kind, start, size if wide else size & 0xFFFFFFFF))
    return entries


def kind_of(data: bytes) -> str:
    """xls, encrypted or other."""
    compound = open_compound(data)
    if compound.find("EncryptedPackage"):
        return "encrypted"
    book = compound.find("Workbook", "Book")
    if book is None:
        return "other"
    return "encrypted" if _has_password(compound.stream(book)) else "xls"


def holds_word(data: bytes) -> bool:
    """Whether the file is a Word document of the old format."""
    return open_compound(data).find("WordDocument") is not None


def _has_password(stream: bytes) -> bool:
    """Whether the workbook's globals hold a FILEPASS record ([MS-XLS] 2.4.117).

    Refused where the chain of records breaks off or runs into noughts: both readers would pass over what is lost.
    """
    offset, depth = 0, 0
    while offset + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, offset)
        if record == _FILEPASS:
            return True
        depth += (record == _BOF) - (record == _EOF)
        if depth <= 0 and record != _EOF:
            break
        # Crystal Reports writes single empty records of type 0; two in a row are a stretch that was wiped.
        if not any(stream[offset : offset + 8]) and offset + 8 <= len(stream):
            raise Refused(_BROKEN)
        offset += 4 + length
    if depth > 0:
        raise Refused(_BROKEN)
    return False
