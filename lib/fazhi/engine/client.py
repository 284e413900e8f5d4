"""papermill's client on a cell process: it sends sources, and papermill's own code turns messages into outputs."""

import base64
import json
import os
import select
import signal
import socket
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from fazhi.engine.output_capture import STREAMS, CaptureReader

GRACE = 2  # seconds for a cell that was interrupted to say where it was


class TidyClient(PapermillNotebookClient):
    """Joins what a cell prints between two other outputs: standard output first, then errors.

    A stock kernel cuts its streams every 0.2 s, wherever the clock finds them; joined they depend on the cell only.
    """

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if msg["msg_type"] == "stream" and not hooked and not self.clear_before_next_output:
            name, text = msg["content"]["name"], msg["content"]["text"]
            tail = list(takewhile(lambda out: out.output_type == "stream", reversed(outs)))
            for out in tail:
                if out.name == name:
                    out.text += text
                    return type(out)(out, text=text)  # papermill logs what is returned: the new part
            if name == "stdout" and tail:
                return _insert_before_last(outs, super().output([], msg, display_id, cell_index))
        return super().output(outs, msg, display_id, cell_index)


def _insert_before_last(outs: list[Any], out: Any) -> Any:
    outs.insert(len(outs) - 1, out)
    return out


class CellsDied(DeadKernelError):
    """The cell process ended in the middle of the notebook; the text says how, in Chinese, as far as it is known."""


class CellProcess:
    """A running cell process as its driver sees it: the socket, the captured streams, and its process id (and group)."""

    def __init__(self, connection: socket.socket, captures: tuple[int, ...], pid: int) -> None:
        self.pid = pid
        self._connection = connection
        self._streams = [CaptureReader(capture) for capture in captures]
        self._pending = bytearray()
        self._guardian = os.getppid()

    def request(self, what: dict[str, Any]) -> None:
        """Send one cell's source (`code` and an `id` for it), or a message for a widget (`comm`)."""
        try:
            self._connection.sendall(json.dumps(what, default=str).encode() + b"\n")
        except OSError as error:
            raise CellsDied(self.how_it_ended()) from error

    def receive(self, deadline: float | None) -> dict[str, Any]:
        """The next message; TimeoutError after `deadline` (monotonic seconds), CellsDied when the process is gone."""
        while b"\n" not in self._pending:
            wait = 0.2 if deadline is None else min(0.2, deadline - time.monotonic())
            if wait <= 0:
                raise TimeoutError
            if self._readable(wait):
                try:
                    data = self._connection.recv(1 << 20)
                except ConnectionError:
                    data = b""
                if not data:
                    raise CellsDied(self.how_it_ended())
                self._pending += data
            elif not self.is_alive():
                raise CellsDied(self.how_it_ended())
        line, _, rest = self._pending.partition(b"\n")
        self._pending = rest
        return json.loads(line)

    def read_streams(self, reach: list[int] | None = None) -> list[tuple[str, str]]:
        """What was printed since the last call, (stream, text), up to `reach` bytes (None: all there is)."""
        ends: list[int | None] = [*reach] if reach else [None, None]
        texts = [stream.read(end) for stream, end in zip(self._streams, ends, strict=True)]
        return [(name, text) for name, text in zip(STREAMS, texts, strict=True) if text]

    def interrupt(self) -> None:
        """Break off the cell that runs, as Ctrl-C does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """End the process and everything it started."""
        with suppress(ProcessLookupError, PermissionError):  # macOS answers EPERM for a group of zombies
            os.killpg(self.pid, signal.SIGKILL)

    def how_it_ended(self) -> str:
        """The signal or exit code of a process that is gone; it is known to its own parent only."""
        try:
            ended = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        except ChildProcessError:
            ended = None
        if ended is None:
            return "运行单元的进程意外结束"
        if ended.si_code == os.CLD_EXITED:
            return f"运行单元的进程自行退出（退出码 {ended.si_status}）"
        return f"运行单元的进程被信号 {signal.Signals(ended.si_status).name} 终止"

    def finish(self, patience: float = 5) -> None:
        """Let the process end by itself (its atexit functions run), then end what it left behind."""
        self._connection.close()
        end = time.monotonic() + patience
        while time.monotonic() < end and self.is_alive():
            time.sleep(0.002)
        self.kill()
        with suppress(ChildProcessError):  # not our child: the warm parent collects it
            os.waitpid(self.pid, 0)
        for stream in self._streams:
            stream.close()

    def _readable(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        return bool(poll.poll(max(1, seconds * 1000)))

    def is_alive(self) -> bool:
        """Whether the process runs. A driver whose own parent is gone stops its cells and itself."""
        if os.getppid() != self._guardian:
            self.kill()
            os._exit(1)
        return _is_running(self.pid)


def _is_running(pid: int) -> bool:
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:  # not our child: the warm parent collects it
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class WidgetChannel:
    """What nbclient's output widget needs of a kernel client: a session to make messages, and a channel to send them."""

    def __init__(self, cells: CellProcess) -> None:
        self.session = Session()
        self.shell_channel = self
        self._cells = cells

    def send(self, message: dict[str, Any]) -> None:
        """Pass a message on to the kernel's side of the widget."""
        self._cells.request({"comm": {**message, "buffers": []}})


class WarmClient(TidyClient):
    """Runs cells in a `CellProcess`. The cell loop, statuses and outputs are papermill's and nbclient's."""

    def __init__(self, nb_man: Any, cells: CellProcess, language_info: dict[str, Any], **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._cells = cells
        self._language_info = language_info
        self._id = ""  # of the cell that runs
        self.kc: Any = WidgetChannel(cells)

    def execute(self, **kwargs: Any) -> Any:
        """Run all cells; returns the notebook. Raises CellsDied and nbclient's CellTimeoutError."""
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = self._language_info
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        """As nbclient's: skips what is not code, raises CellExecutionError unless the cell may fail."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        cell.outputs = []
        cell.metadata.pop("execution", None)
        self.clear_before_next_output = False
        self._record(cell, "iopub.status.busy", "iopub.execute_input")
        reply = self._run(cell, cell_index)
        self._record(cell, "iopub.status.idle", "shell.execute_reply")
        self.code_cells_executed += 1
        allowed = self.allow_errors or "raises-exception" in tags or reply.get("ename") in self.allow_error_names
        if reply["status"] == "error" and (self.force_raise_errors or not allowed):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _record(self, cell: Any, *moments: str) -> None:
        if self.record_timing:
            now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
            cell.metadata.setdefault("execution", {}).update(dict.fromkeys(moments, now))

    def _run(self, cell: Any, cell_index: int) -> dict[str, Any]:
        timeout = self._get_timeout(cell)
        deadline = time.monotonic() + timeout if timeout else None
        self._id = uuid.uuid4().hex
        try:
            self._cells.request({"code": cell.source, "id": self._id})
            return self._receive_reply(cell, cell_index, deadline)
        except TimeoutError:
            return self._break_off(cell, cell_index, timeout)
        except CellsDied:
            self._cells.kill()
            self._print(cell, cell_index, None)
            raise

    def _receive_reply(self, cell: Any, cell_index: int, deadline: float | None) -> dict[str, Any]:
        """The reply to the cell's request; what comes before it are the cell's outputs."""
        while (message := self._cells.receive(deadline))["msg_type"] != "execute_reply":
            self._print(cell, cell_index, message["reach"])
            if message["parent"] == self._id:  # what an earlier cell began has no place in this one
                self._process(cell, cell_index, message)
        self._print(cell, cell_index, message["reach"])
        return message["content"]

    def _break_off(self, cell: Any, cell_index: int, timeout: Any) -> dict[str, Any]:
        """Interrupt a cell that takes too long, so that it shows where it was; raises CellTimeoutError, or goes on where
        nbclient is told to (`interrupt_on_timeout`).
        """
        self._cells.interrupt()
        try:
            self._receive_reply(cell, cell_index, time.monotonic() + GRACE)
        except (CellsDied, TimeoutError):
            self._cells.kill()
            self._print(cell, cell_index, None)
        if self.interrupt_on_timeout:
            return {"status": "error", **self.error_on_timeout} if self.error_on_timeout else {"status": "ok"}
        raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell) from None

    def _print(self, cell: Any, cell_index: int, reach: list[int] | None) -> None:
        for name, text in self._cells.read_streams(reach):
            self._process(cell, cell_index, {"msg_type": "stream", "content": {"name": name, "text": text}})

    def _process(self, cell: Any, cell_index: int, message: dict[str, Any]) -> None:
        buffers = [base64.b64decode(buffer) for buffer in message.get("buffers", ())]
        header = {"msg_type": message["msg_type"], "date": datetime.now(UTC)}
        full = {
            "msg_type": message["msg_type"],
            "header": header,
            "parent_header": {"msg_id": self._id},
            "metadata": {},
            "content": message["content"],
        }
        self.process_message({**full, "buffers": buffers}, cell, cell_index)
