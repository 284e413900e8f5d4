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
_ADVICE = "请用 Excel 另存为“CSV UTF-8”或 .xlsx 后重新提交"


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 or UTF-32 with a mark, else of strict UTF-8, else of strict GB18030."""
    text = _decode(data).removesuffix("\x1a")
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = "空字符（NUL）" if found[0] == "\x00" else "控制字符"
        raise Refused(f"第 {line} 行含有{what}，不是正常文本或已损坏；{_ADVICE}")
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"第 {line} 行附近的文字编码无法识别（不是 UTF-8、UTF-16 或 GB18030）；{_ADVICE}") from None
