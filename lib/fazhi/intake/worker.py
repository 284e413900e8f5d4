"""The child process: takes paths on standard input, answers with a RawFile each, and may die of any of them."""

import contextlib
import dataclasses
import gc
import hashlib
import pickle
from pathlib import Path
from typing import BinaryIO

from fazhi.intake import file_type
from fazhi.intake.default_password import opened
from fazhi.intake.guarded import limit_memory, limit_time, serve_requests
from fazhi.intake.limits import Limits
from fazhi.intake.lost_digits import damaged_numbers
from fazhi.intake.model import Finding, RawFile, RawSheet, Refused
from fazhi.intake.mojibake import garbled_texts

_BROKEN = "内容已损坏，读不出来；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新提交"
_TOO_LARGE = "读取所需内存超过限制；请删去多余的行列和图片，另存为 .xlsx 后重新提交"
_MERGED = "合并单元格过多或互相重叠，文件不正常；请取消多余的合并，另存为 .xlsx 后重新提交"
_NO_SHEET = "文件里没有工作表（可能只有图表）；请把有表格的工作簿交来"

_BLOCK_ROWS = 20_000


def serve(mapped: int = 0) -> None:
    """Answer requests on descriptor 0 until it ends, on 1.

    `mapped` bytes of address space were there before the work began and do not count against the limit.
    """

    def answer(request: tuple[str, str, Limits], answers: BinaryIO) -> None:
        path, relative, limits = request
        limit_memory(limits.memory_bytes + mapped)
        with contextlib.suppress(OSError):  # one that is gone is told of by `read_file`
            limit_time(limits.seconds_for(Path(path).stat().st_size))
        file = read_file(Path(path), relative, limits)
        _send(file, answers)
        if any(len(sheet.rows) > _BLOCK_ROWS for sheet in file.sheets):
            del file
            gc.collect()

    serve_requests(answer)


def _send(answer: RawFile, answers: BinaryIO) -> None:
    """Blocks of rows as (sheet number, rows), then the file: the parent unpacks one while the next is packed."""
    for number, sheet in enumerate(answer.sheets):
        for start in range(0, len(sheet.rows), _BLOCK_ROWS):
            pickle.dump((number, sheet.rows[start : start + _BLOCK_ROWS]), answers, protocol=5)
    sheets = [dataclasses.replace(sheet, rows=[]) for sheet in answer.sheets]
    pickle.dump(dataclasses.replace(answer, sheets=sheets), answers, protocol=5)


def read_file(path: Path, relative: str, limits: Limits) -> RawFile:
    """One file read once, hashed, told apart by content and read; every failure becomes a refusal."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            return RawFile(relative, "other", "", refused=_oversize(size, limits))
        data = path.read_bytes()
    except OSError:
        return RawFile(relative, "other", "", refused="文件打不开（可能正被占用或没有权限）；请关闭打开它的程序后重试")
    sha256 = hashlib.sha256(data).hexdigest()
    return read_bytes(data, relative, sha256, limits)


def _oversize(size: int, limits: Limits) -> str:
    return f"文件有 {size >> 20} MB，超过 {limits.file_bytes >> 20} MB 的上限；请删去图片和无关工作表后重新提交"


def read_bytes(data: bytes, relative: str, sha256: str, limits: Limits) -> RawFile:
    """The file whose whole content is `data`."""
    kind = "other"
    try:
        kind = file_type.kind_of(data, relative)
        if kind == "encrypted":
            data = opened(data, limits)
            kind = file_type.kind_of(data, relative)
        sheets, findings = _read_kind(kind, data, limits)
        if not sheets and kind not in ("lock", "system"):
            raise Refused(_NO_SHEET)
        if any(_merges_too_much(sheet, limits) for sheet in sheets):
            raise Refused(_MERGED)
    except Refused as refusal:
        return _refused(relative, kind, sha256, str(refusal))
    except MemoryError:
        return _refused(relative, kind, sha256, _TOO_LARGE)
    except BaseException:  # a reader's panic is a BaseException; this process exists to contain it
        return _refused(relative, kind, sha256, _BROKEN)
    findings = [*findings, *damaged_numbers(sheets), *garbled_texts(sheets)]
    findings = [dataclasses.replace(one, advice=_advice(kind, one.advice)) for one in findings]
    return RawFile(relative, kind, sha256, sheets, findings)


def _refused(relative: str, kind: str, sha256: str, why: str) -> RawFile:
    word = kind == "other" and relative.lower().endswith(".docx")  # too broken to tell by its content
    return RawFile(relative, kind, sha256, refused=_advice("docx" if word else kind, why))


def _advice(kind: str, text: str) -> str:
    """Advice as it is given for workbooks, in the words for a Word document where the file is one."""
    return text.replace("用 Excel", "用 Word").replace(".xlsx", ".docx") if kind == "docx" else text


def _merges_too_much(sheet: RawSheet, limits: Limits) -> bool:
    """Whether the merged ranges, within the sheet's content, cover more than any sheet's cells."""
    covered = 0
    for top, left, bottom, right in sheet.merged:
        covered += max(0, min(bottom, len(sheet.rows)) - top + 1) * min(right - left + 1, limits.columns)
    return len(sheet.merged) > limits.merged_ranges or covered > limits.box_cells


def _read_kind(kind: str, data: bytes, limits: Limits) -> tuple[list[RawSheet], list[Finding]]:
    """Dispatch to the module for the kind; each is imported when first needed."""
    if kind in ("lock", "system"):
        return [], [file_type.ignored(kind)]
    if kind in ("xlsx", "xlsm"):
        from fazhi.intake.xlsx.read_xlsx import read_xlsx

        return read_xlsx(data, limits)
    if kind == "xls":
        from fazhi.intake.xls import read_xls

        return read_xls(data, limits)
    if kind == "csv":
        from fazhi.intake.delimited import read_delimited

        return read_delimited(data, limits)
    if kind == "html":
        from fazhi.intake.html import read_html

        return read_html(data, limits)
    if kind == "spreadsheetml":
        from fazhi.intake.spreadsheetml.read_spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(data, limits)
    if kind == "ods":
        from fazhi.intake.ods.read_ods import read_ods

        return read_ods(data, limits)
    if kind == "docx":
        from fazhi.intake.docx.read_docx import read_docx

        return read_docx(data, limits)
    raise Refused(file_type.refusal(kind, data))
