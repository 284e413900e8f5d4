"""Bytes to text, strictly: what cannot be decoded for certain is refused, and nothing is replaced."""

import codecs
import re

from fazhi.intake.model import Refused

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TASTE = 200_000
_ADVICE = "请用 Excel 另存为“CSV UTF-8”或 .xlsx 后重新提交"


def decode(data: bytes, declared: str = "") -> str:
    """Text of UTF-8, UTF-16 or UTF-32 with a mark, else of strict UTF-8, else of strict GB18030.

    `declared` is the encoding that a page claims: what is GB18030 by chance only is refused.
    """
    text = _decode(data, declared).removesuffix("\x1a")
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = "空字符（NUL）" if found[0] == "\x00" else "控制字符"
        raise Refused(f"第 {line} 行含有{what}，不是正常文本或已损坏；{_ADVICE}")
    return text


def _decode(data: bytes, declared: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(data, "gb18030")
    if (declared and not _is_chinese(declared)) or (not declared and _mostly_rare(text)):
        raise Refused(f"文字不是简体中文编码（UTF-8、UTF-16 或 GB18030），读出来会是乱码；{_ADVICE}")
    return text


def _is_chinese(declared: str) -> bool:
    """Whether a declared encoding is GB18030 or a part of it, or UTF-8 or no encoding at all: then it lies, and the text tells."""
    try:
        return codecs.lookup(declared).name in ("gb2312", "gbk", "gb18030", "utf-8", "ascii")
    except LookupError:
        return True


def _mostly_rare(text: str) -> bool:
    """Whether most characters beyond ASCII are none of the 7,445 of GB 2312: Big5 or Latin letters look so in GB18030."""
    beyond = [char for char in text[:_TASTE] if char > "\x7f"]
    rare = sum(1 for char in beyond if not char.encode("gb2312", "ignore"))
    return rare * 2 > len(beyond)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"第 {line} 行附近的文字编码无法识别（不是 UTF-8、UTF-16 或 GB18030）；{_ADVICE}") from None


_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml.*?\?>", re.DOTALL)


def needs_utf8(head: bytes) -> bool:
    """Whether XML that begins so is in another encoding than UTF-8: not all readers know others."""
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\x00" in head[:4]:
        return True
    declared = _DECLARED.match(head)
    return declared is not None and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def as_utf8(data: bytes) -> bytes:
    """An XML document in UTF-8, its declaration left out."""
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ""
    if not encoding and b"\x00" in data[:4]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    if not encoding:
        declared = _DECLARED.match(data)
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    encoding = {"gb2312": "gb18030", "gbk": "gb18030"}.get(encoding.lower(), encoding)
    try:
        return _DECLARATION.sub("", data.decode(encoding)).encode("utf-8")
    except (UnicodeError, LookupError):
        raise Refused("内部 XML 的文字编码已损坏；请用 Excel 打开，另存为 .xlsx 后重新提交") from None
