"""The gate over zip packages (xlsx, ods): every part we use is unpacked once, within limits, its checksum proved."""

import io
import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from fazhi.intake.limits import Limits
from fazhi.intake.model import Refused
from fazhi.intake.text_decoding import as_utf8, needs_utf8

BROKEN = "压缩结构已损坏；请用 Excel 或 WPS 打开修复，另存为 .xlsx 后重新提交"
_CHUNK = 1 << 18
_SUPPORTED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def canonical(name: str) -> str:
    """A part's name as compared: `/` between, no leading one, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


@dataclass(frozen=True)
class Part:
    """One part still packed, as it can be laid into another zip."""

    method: int
    checksum: int
    packed: bytes
    size: int


class Package:
    """A zip file's parts by canonical name. Refuses doubles, bombs, passwords and unknown packings."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
            raise Refused(BROKEN) from None
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        _check_sizes(infos, limits)
        if any(info.header_offset + info.compress_size > len(data) for info in infos):
            raise Refused(BROKEN)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = canonical(info.filename)
            if not self._is_named_alike(info):
                raise Refused(BROKEN)
            if name in self._infos:
                raise Refused("压缩包里同一部件出现两次，无法判断以哪个为准；请用 Excel 打开，另存为 .xlsx 后重新提交")
            self._infos[name] = info

    def _is_named_alike(self, info: zipfile.ZipInfo) -> bool:
        """Whether the part's own header has the directory's name: a damaged name would make the part vanish."""
        raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
        start = info.header_offset + 30
        return self._data[start : start + len(raw)] == raw

    def __contains__(self, name: str) -> bool:
        return canonical(name) in self._infos

    def names(self) -> list[str]:
        """Canonical names of all parts."""
        return list(self._infos)

    def chunks(self, name: str) -> Iterator[bytes]:
        """An XML part's content piece by piece, as UTF-8; the checksum is proved with the last one."""
        pieces = self._unpacked(name)
        first = next(pieces, b"")
        if needs_utf8(first):
            return iter([as_utf8(first + b"".join(pieces))])
        return itertools.chain([first], pieces)

    def _unpacked(self, name: str) -> Iterator[bytes]:
        info = self._infos[canonical(name)]
        if info.flag_bits & 1:
            raise Refused("文件设有密码，打不开；请解除密码后另存再提交")
        if info.compress_type not in _SUPPORTED:
            raise Refused("压缩方式不受支持；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, struct.error):
            raise Refused(BROKEN) from None

    def read(self, name: str) -> bytes:
        """The part's whole content."""
        return b"".join(self.chunks(name))

    def packed(self, name: str) -> Part:
        """The part to be laid into another zip: as it lies here where it is UTF-8, else made so."""
        first = next(self._unpacked(name), b"")
        if needs_utf8(first):
            return stored(self.read(name))
        info = self._infos[canonical(name)]
        name_length, extra_length = struct.unpack_from("<HH", self._data, info.header_offset + 26)
        start = info.header_offset + 30 + name_length + extra_length
        return Part(info.compress_type, info.CRC, self._data[start : start + info.compress_size], info.file_size)

    def feed(self, parser: "expat.XMLParserType", chunks: Iterator[bytes]) -> None:
        """Feed a part's content to an expat parser; document types and entities are refused."""
        feed(parser, chunks)

    def size(self, name: str) -> int:
        """The part's size unpacked, as declared (and enforced)."""
        return self._infos[canonical(name)].file_size


def feed(parser: "expat.XMLParserType", chunks: Iterator[bytes]) -> None:
    """Feed XML to an expat parser; refused where it declares a document type or is not well formed."""
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Refused("内部 XML 已损坏；请用 Excel 或 WPS 打开修复，另存为 .xlsx 后重新提交") from None


def _no_doctype(*_: object) -> None:
    raise Refused("内部含有文档类型声明（正常表格没有），可能有害，未读取；请用 Excel 打开，另存为 .xlsx 后重新提交")


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by what the directory declares: unpacking never goes beyond it."""
    if len(infos) > limits.parts:
        raise Refused(f"压缩包里有 {len(infos)} 个部件，超过 {limits.parts} 的上限；请另存为 .xlsx 后重新提交")
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise Refused("解压后过大，疑似压缩炸弹；请删去图片和多余的行列，另存为 .xlsx 后重新提交")
    for info in infos:
        if info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * max(1, info.compress_size):
            raise Refused("压缩比异常，疑似压缩炸弹；请用 Excel 打开，另存为 .xlsx 后重新提交")


def build(parts: dict[str, Part]) -> bytes:
    """A zip file of these parts in this order, packed content taken over as it is."""
    body, directory = io.BytesIO(), io.BytesIO()
    for name, part in parts.items():
        raw_name = name.encode("ascii")
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0, part.method, 0, 0x21, part.checksum, len(part.packed), part.size, len(raw_name), 0
        )
        offset = body.tell()
        body.write(b"PK\x03\x04" + common + raw_name)
        body.write(part.packed)
        directory.write(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw_name)
    start, listed = body.tell(), directory.getvalue()
    body.write(listed + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), start, 0))
    return body.getvalue()


def stored(content: bytes) -> Part:
    """A part made here, not packed."""
    return Part(zipfile.ZIP_STORED, zlib.crc32(content), content, len(content))


_MAIN_TYPES = [
    (rb"spreadsheetml\.sheet\.main\+xml|spreadsheetml\.template\.main\+xml", "xlsx"),
    (rb"ms-excel\.(sheet|template|addin)\.macroenabled\.main\+xml", "xlsm"),
    (rb"ms-excel\.sheet\.binary\.macroenabled\.main", "xlsb"),
    (rb"wordprocessingml\.(document|template)\.main\+xml", "docx"),
    (rb"ms-word\.(document|template)\.macroenabled(template)?\.main\+xml", "docx"),
]


def kind_of(data: bytes) -> str:
    """xlsx, xlsm, xlsb, ods, docx, encrypted or other, by the package's own list of content types."""
    package = Package(data, Limits())
    names = set(package.names())
    if "mimetype" in names and package.read("mimetype").strip().startswith(
        b"application/vnd.oasis.opendocument.spreadsheet"
    ):
        manifest = package.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in names else b""
        return "encrypted" if b"encryption-data" in manifest else "ods"
    types = package.read("[content_types].xml").lower() if "[content_types].xml" in names else b""
    for pattern, kind in _MAIN_TYPES:
        if re.search(pattern, types):
            return kind
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(re.fullmatch(r"(xl/)?workbook\d*\.xml", name) for name in names):
        return "xlsx"
    return "docx" if "word/document.xml" in names else "other"


def describe(data: bytes) -> str:
    """What a zip that is no workbook is, and what to do."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = [canonical(info.filename) for info in archive.infolist()]
    if any(name.startswith("word/") for name in names):
        return "是 Word 文档，但缺少正文，文件不完整；请用 Word 或 WPS 打开，另存为 .docx 后重新提交"
    if "mimetype" in archive.namelist() and b"opendocument.text" in archive.read("mimetype"):
        return "是 OpenDocument 文字文档（.odt）；请用 WPS 或 LibreOffice 另存为 .docx 后重新提交"
    if any(name.startswith("ppt/") for name in names):
        return "是演示文稿，不是表格；请提交 Excel 工作簿（.xlsx）"
    if any(name.endswith((".xlsx", ".xls", ".csv")) for name in names):
        return "是压缩包，里面有表格；请解压后把表格放进来"
    return "是压缩包，不是台账；请提交 Excel 工作簿（.xlsx）或 CSV 文本"
