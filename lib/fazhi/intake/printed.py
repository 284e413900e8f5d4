"""The header and footer that a sheet is printed with, as texts."""

import re

# &L &C &R begin a part; &"font,style" &12 &K000000 are looks; &P &N &D &T &F &A &Z &G stand for page, date, file.
_PART = re.compile("&[LCR]")
_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d{1,3}|&[PNDTFAZGBIUESXYOH]|&(?=&)', re.IGNORECASE)


def printed_texts(code: str) -> list[str]:
    """The words of each part of a header or footer as Excel writes it (`&R单位：万元`)."""
    texts = (_CODE.sub("", part).strip() for part in _PART.split(code))
    return [text for text in texts if text]
