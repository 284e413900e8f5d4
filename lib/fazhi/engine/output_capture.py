"""What a cell process writes to its standard output and error, whoever writes it: Python, C code or a subprocess.

Both streams are files without a name, shared by the cell process (which appends) and the process that drives it
(which reads). Each message says how far the files reached when it was sent, so text and figures keep their order.
"""

import codecs
import io
import os
import tempfile
from contextvars import ContextVar
from pathlib import Path
from typing import Any

STREAMS = ("stdout", "stderr")


def open_capture() -> int:
    """A file descriptor of an empty nameless file that is only ever appended to."""
    if hasattr(os, "memfd_create"):
        import fcntl

        descriptor = os.memfd_create("fazhi-output")
        fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND)
        return descriptor
    handle, path = tempfile.mkstemp()
    os.close(handle)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND)
    Path(path).unlink()
    return descriptor


class OutStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell: what is written is in the file at once. Named as ipykernel names its own."""

    encoding = "UTF-8"

    def __init__(self, name: str, descriptor: int) -> None:
        self.name = name
        self._descriptor = descriptor
        self._cell: ContextVar[str] = ContextVar("cell")
        self._current = ""

    def set_parent(self, parent: dict[str, Any]) -> None:
        """ipykernel's shell says by it that a cell begins."""
        self._current = parent["header"]["msg_id"]
        self._cell.set(self._current)

    def write(self, text: str) -> int:
        """What a task of an earlier cell writes has no place in this one; a thread has no cell of its own."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if self._cell.get(self._current) != self._current:
            return len(text)
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._descriptor, data) :]
        return len(text)

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


class CaptureReader:
    """The driver's view of one capture file: the text that was not read yet."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._position = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, end: int | None = None) -> str:
        """The text up to byte `end` (None: all of it)."""
        end = os.fstat(self._descriptor).st_size if end is None else end
        parts = []
        while self._position < end:
            data = os.pread(self._descriptor, min(end - self._position, 1 << 22), self._position)
            if not data:
                break
            self._position += len(data)
            parts.append(self._decoder.decode(data))
        return "".join(parts)

    def close(self) -> None:
        os.close(self._descriptor)
