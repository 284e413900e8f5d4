"""What a file is, by its content. The name is asked for one thing only: files that systems leave beside ledgers."""

import codecs
import re
from pathlib import PurePosixPath

from fazhi.intake import ole
from fazhi.intake.model import Finding
from fazhi.intake.xlsx import package

_SYSTEM_NAMES = {".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".directory"}
# Excel's owner file has 55 or 165 bytes, WPS's and LibreOffice's less than 200; a real workbook has more than 1,024.
_LOCK_BYTES = 1024
_SPACE = b" \t\r\n\x00\x0c"
_ADVICE = "不是台账；请提交 Excel 工作簿（.xlsx）或 CSV 文本"
_OLD_WORD = "是旧格式的 Word 文档（.doc、.rtf 等）；请用 Word 或 WPS 打开，另存为 .docx 后重新提交"
_PDF = "是 PDF 文档，其中的表格无法准确读取；请提交做成它的 Excel 或 Word 文件（.xlsx、.docx）"
# SYLK and DIF, the exchange formats of the eighties: text, but no table of fields.
_OLD_TEXT = re.compile(r"id;p|table\s+0,1\s")
# A page cut within its first tag.
_CUT_TAG = re.compile(r"<(?:[!?a-z][^<>\n]{0,99})?")
_MAGIC: list[tuple[bytes, str]] = [
    (b"%PDF", "PDF 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"SQLite format 3", "SQLite 数据库"),
]


def kind_of(data: bytes, name: str) -> str:
    """One of RawFile's kinds for the file whose content is `data`."""
    by_name = _left_by_a_system(data, name)
    if by_name:
        return by_name
    if not data.removeprefix(codecs.BOM_UTF8).strip(_SPACE):
        return "empty"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK00") or data[:4] == b"PK\x07\x08":
        return package.kind_of(data)
    if data[:8] == ole.MAGIC:
        return ole.kind_of(data)
    if _other_name(data) or _is_stub(data):
        return "other"
    return _kind_of_text(data)


def _left_by_a_system(data: bytes, name: str) -> str | None:
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    if (base.startswith("~$") or base.startswith(".~lock.")) and len(data) <= _LOCK_BYTES:
        return "lock"
    apple_double = base.startswith("._") and data[:4] in (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")
    return "system" if base in _SYSTEM_NAMES or apple_double else None


def _other_name(data: bytes) -> str | None:
    for magic, name in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:64]):
            return name
    if data[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08") and data[2:4] in (
        b"\x04\x00",
        b"\x06\x00",
        b"\x08\x00",
        b"\x10\x00",
    ):
        return "Excel 4.0 及更早的旧表格"
    return None


def _is_stub(data: bytes) -> bool:
    """Whether only the first bytes of a workbook or a page are left: they would pass for a word of text."""
    return bool(data) and (
        b"PK\x03\x04".startswith(data) or ole.MAGIC.startswith(data) or _CUT_TAG.fullmatch(_head(data)) is not None
    )


def _kind_of_text(data: bytes) -> str:
    """csv unless the text is markup, which a line of something else may stand before."""
    head = _head(data)
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and re.search(r"<(\w+:)?workbook[\s>]", head):
        return "spreadsheetml"
    if not head.startswith("<"):
        if re.search(r"<table[\s>][^,]*<tr[\s>]", head):
            return "html"
        return "other" if _OLD_TEXT.match(head) or head.startswith("mime-version:") else "csv"
    if "urn:oasis:names:tc:opendocument:xmlns:office" in head and 'opendocument.spreadsheet"' in head:
        return "ods"
    if re.search(r"<(!doctype\s+html|html|head|body|table|meta|style|div|tr)[\s>]", head):
        return "html"
    return "other" if re.match(r"<(\?xml|\w[\w:.-]*[\s/>]|!)", head) else "csv"


def _head(data: bytes) -> str:
    """The first characters in lower case, whatever the encoding: markup is ASCII in all of them."""
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        text = head.decode("latin-1").removeprefix("\xef\xbb\xbf")
    return text.lstrip().lower()


def ignored(kind: str) -> Finding:
    """The note that a file left by a system was passed over."""
    what = "办公软件的临时锁文件" if kind == "lock" else "系统自动生成的文件"
    return Finding("info", "", None, None, f"{what}，已跳过", "无需处理", "可以删除")


def refusal(kind: str, data: bytes) -> str:
    """One line for a file that is no ledger."""
    if kind == "empty":
        return "文件是空的，没有任何内容；请重新导出后提交"
    if kind == "encrypted":
        return "文件设有密码，打不开；请解除密码后另存再提交"
    if kind == "xlsb":
        return "是二进制工作簿（.xlsb）；请用 Excel 另存为 .xlsx 后重新提交"
    if _is_stub(data):
        return "文件只剩开头几个字节，传送时已损坏；请重新提交"
    if data[:2] == b"PK":
        return package.describe(data)
    if data[:8] == ole.MAGIC:
        return _OLD_WORD if ole.holds_word(data) else "是 PPT 等其他文档，不是表格；请提交 Excel 工作簿（.xlsx）"
    if data.startswith(b"{\\rtf") or 'progid="word.document"' in _head(data):
        return _OLD_WORD
    if data.startswith(b"%PDF"):
        return _PDF
    if _head(data).startswith("mime-version:"):
        return "是“单个文件网页”（MHTML）；请用 Excel 打开，另存为 .xlsx 后重新提交"
    if _OLD_TEXT.match(_head(data)):
        return "是旧式交换文件（SYLK 或 DIF）；请用 Excel 打开，另存为 .xlsx 后重新提交"
    name = _other_name(data)
    if name and "Excel" in name:
        return f"是 {name}；请用 Excel 打开，另存为 .xlsx 后重新提交"
    return f"是 {name}，{_ADVICE}" if name else f"是一般的 XML 文件，{_ADVICE}"
