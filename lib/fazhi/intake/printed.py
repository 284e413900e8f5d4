"""The header and footer that a sheet is printed with, as texts."""

import re
import struct

# &L &C &R begin a part; &"font,style" &12 &K000000 are looks; &P &N &D &T &F &A &Z &G stand for page, date, file.
_PART = re.compile("&[LCR]")
_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d{1,3}|&[PNDTFAZGBIUESXYOH]|&(?=&)', re.IGNORECASE)


def printed_texts(code: str) -> list[str]:
    """The words of each part of a header or footer as Excel writes it (`&R单位：万元`)."""
    texts = (_CODE.sub("", part).strip() for part in _PART.split(code))
    return [text for text in texts if text]


_HEADER, _FOOTER, _BOF, _EOF = 0x14, 0x15, 0x809, 0x0A


def page_texts(records: bytes, position: int, version: int, encoding: str | None) -> tuple[str, ...]:
    """The header's and footer's texts of the .xls sheet whose records lie at `position`."""
    texts: list[str] = []
    depth = 1  # within the sheet; charts lie deeper
    while depth and position + 4 <= len(records):
        code, size = struct.unpack_from("<HH", records, position)
        body = bytes(records[position + 4 : position + 4 + size])
        position += 4 + size
        depth += (code == _BOF) - (code == _EOF)
        if code in (_HEADER, _FOOTER) and depth == 1 and body:
            texts += printed_texts(_string(body, version, encoding or "gb18030"))
    return tuple(dict.fromkeys(texts))


def _string(body: bytes, version: int, encoding: str) -> str:
    if version < 80:
        return body[1:].decode(encoding, "replace")
    wide = len(body) > 2 and body[2] & 1
    return body[3:].decode("utf-16-le" if wide else "latin-1", "replace")
