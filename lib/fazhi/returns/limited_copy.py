"""The workbook that goes back, made in a child process bounded in memory and time: it opens raw bytes with openpyxl.

What a copy costs shows only while it is made (formats, comments, empty sheets without number), so one that costs too much
is made again from the cells that were read, of the faulty rows only; the other offices' workbooks do not hear of it.
"""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal

from openpyxl.workbook import Workbook

from fazhi.intake import RawFile
from fazhi.intake.guarded import Ended, GuardedProcess, limit_memory, limit_time, serve_requests
from fazhi.returns.annotate import Fault, annotate, packed
from fazhi.returns.office_copy import Copy, extract, office_copy

MEMORY_BYTES = 1 << 30  # a copy of 40,000 cells takes a tenth of it
SECONDS = 10.0  # of processor time; a copy of 40,000 cells takes 3
PATIENCE = 6.0  # time by the clock, as a multiple of it
_FROM_WORD = "原文件是 Word 文档，表格抄在这里，表号、行号与原文相同。请在本工作簿中更正，存盘后报回，代替原文件。"

Extent = Literal["whole", "rows", "list"]
_ABOUT: Mapping[Extent, str] = {
    "whole": "请在本工作簿中直接更正，存盘后报回。公式已换成它的结果；图片、宏和外部链接没有带回。",
    "rows": "原工作簿太大或写法特殊，这里只有表头和有问题的行，“原行号”是原工作簿中的行号。请在原工作簿中更正后报回。",
    "list": "原工作簿太大，这里只列出问题，行、列是原工作簿中的。请在原工作簿中更正后报回。",
}


@dataclass(frozen=True)
class CopyRequest:
    """What one workbook is made of: the raw file at `path` as it was read, its faults, and how many there are in all.

    `headers`: sheet -> row (1-based) of its column titles. `counts`: faults to mend, and to look at. `seconds`: of processor time.
    """

    path: str
    file: RawFile
    faults: Sequence[Fault]
    headers: Mapping[str, int]
    counts: tuple[int, int]
    town: str
    year: int
    extent: Extent = "whole"
    seconds: float = SECONDS


class LimitedCopies:
    """Makes workbooks one after the other; what one costs too much costs only itself."""

    def __init__(self) -> None:
        self._process = GuardedProcess(__name__)

    def __enter__(self) -> "LimitedCopies":
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.close()

    def make(self, request: CopyRequest) -> tuple[bytes, bool]:
        """Make the workbook in a process with limits on memory and time; one that is too much for them is made of less.

        Returns
        -------
        bytes, bool
            The workbook as .xlsx, and whether it is the office's own as a whole.
        """
        extents: tuple[Extent, ...] = ("whole", "rows")
        for extent in extents:
            try:
                made = self._process.ask(replace(request, extent=extent), request.seconds * PATIENCE)
            except Ended:
                continue
            if made is not None:
                content, whole = made
                return bytes(content), bool(whole)
        return make_copy(replace(request, extent="list")), False


def make_copy(request: CopyRequest) -> bytes:
    """The workbook's bytes, to the extent that is asked for."""
    return packed(_marked(request).book, request.town, request.year)


def refusals(faults: Sequence[Fault], files: str, town: str, year: int) -> bytes:
    """A list of an office's files that could not be read: there is no workbook to mark."""
    copy = _blank()
    annotate(copy, faults, files, [f"有 {len(faults)} 个文件没有读入，其中的内容都没有计入。"])
    return packed(copy.book, town, year)


def _blank() -> Copy:
    copy = Copy(Workbook(), rows={})
    copy.book.remove(copy.book.worksheets[0])
    return copy


def _marked(request: CopyRequest) -> Copy:
    file, faulty = request.file, dict[str, set[int]]()
    for fault in request.faults:
        if fault.row is not None:
            faulty.setdefault(fault.sheet, set()).add(fault.row)
    if request.extent == "whole":
        copy = office_copy(file, Path(request.path).read_bytes(), faulty, request.headers)
    elif request.extent == "rows":
        copy = extract(file, faulty, request.headers)
    else:
        copy = _blank()
    annotate(copy, request.faults, file.path, _about(request, copy))
    return copy


def _about(request: CopyRequest, copy: Copy) -> list[str]:
    extent: Extent = "rows" if request.extent == "whole" and copy.rows is not None else request.extent
    lines = [f"须更正 {request.counts[0]} 处，请核实 {request.counts[1]} 处。", _how_to_mend(request, extent)]
    if sum(request.counts) > len(request.faults):
        listed = len(request.faults)
        lines.append(f"只列出前 {listed} 处，另有 {sum(request.counts) - listed} 处。")
    return lines


def _how_to_mend(request: CopyRequest, extent: Extent) -> str:
    if request.file.kind != "docx":
        return _ABOUT[extent]
    return _FROM_WORD if extent == "whole" else _ABOUT[extent].replace("原工作簿", "原文件")


def serve(mapped: int = 0) -> None:
    """The child's work; of its address space `mapped` bytes were there before and do not count against the limit."""

    def answer(request: CopyRequest, answers: BinaryIO) -> None:
        limit_memory(MEMORY_BYTES + mapped)
        limit_time(request.seconds)
        made: tuple[bytes, bool] | None
        try:
            copy = _marked(request)
            made = packed(copy.book, request.town, request.year), copy.rows is None
        except Exception:  # openpyxl raises whatever it runs into; less of the workbook is asked for then
            made = None
        pickle.dump(made, answers, protocol=5)

    serve_requests(answer)
