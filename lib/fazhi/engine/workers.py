"""A worker process on the caller's side: the warm parent, or a process that drives stock kernels."""

import importlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from fazhi.engine.jobs import child_environment
from fazhi.errors import FazhiError

_ERROR = re.compile(r"[\w.]*(?:Error|Exception|Interrupt|Exit)\b")
Answer = Callable[["Worker", dict[str, Any]], None]


class Worker:
    """Sends requests as lines of JSON; a thread hands every answer, and `{"gone": true}` at the end, to `on_answer`."""

    def __init__(self, module: str, arguments: Sequence[str], on_answer: Answer, *, by_socket: bool) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        start = f"import sys; sys.path[:] = [p for p in sys.path if p]; from {module} import main; main()"
        command = [
            sys.executable,
            "-c",
            start,
            str(os.getpid()),
            *arguments,
        ]  # not -m, which would look for modules in this folder first
        # In the package's own folder: code and settings (matplotlibrc) of the folder one stands in are not ours.
        home = Path(__file__).parent
        options: dict[str, Any] = {"env": child_environment(os.environ), "stderr": self._stderr, "cwd": home}
        if sys.platform == "win32":
            options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
        else:
            options["start_new_session"] = True  # Ctrl-C reaches the caller only, which then ends its workers
        self.socket: socket.socket | None = None
        if by_socket:
            self.socket, theirs = socket.socketpair()
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, **options
            )
            theirs.close()
            self._answers: Any = self.socket.makefile("rb")
        else:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
            self._answers = self._process.stdout
        self._on_answer = on_answer
        self._ready = not by_socket
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Send one request, with open files where the worker has a socket."""
        line = json.dumps(message).encode() + b"\n"
        try:
            if self.socket is None:
                assert self._process.stdin is not None
                self._process.stdin.write(line)
                self._process.stdin.flush()
            elif descriptors:
                socket.send_fds(self.socket, [line], list(descriptors))
            else:
                self.socket.sendall(line)
        except OSError as error:
            raise self.failure() from error

    def failure(self) -> FazhiError:
        """What to tell when the worker is gone: the last line it wrote to its standard error."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._stderr.seek(0)
        lines = self._stderr.read().decode("utf-8", "replace").strip().splitlines()
        told = [line for line in lines if _ERROR.match(line)] or lines  # behind it Python may tell of its own end
        return FazhiError(f"运行笔记本的后台进程启动失败或意外结束：{told[-1] if told else '没有留下信息'}")

    def close(self, patience: float = 5) -> None:
        """Hang up, which ends the worker and all it runs, and wait for it. A second call does nothing."""
        if self._stderr.closed:
            return
        if self.socket is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
        else:
            self.socket.shutdown(socket.SHUT_WR)
        if not self._ready:
            self._process.kill()  # still importing, no child yet
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._thread.join(1)
        self._answers.close()
        if self.socket is not None:
            self.socket.close()
        self._stderr.close()

    def _listen(self) -> None:
        try:
            for line in self._answers:
                answer = json.loads(line)
                self._ready = self._ready or "ready" in answer
                self._on_answer(self, answer)
        except (OSError, ValueError):
            pass  # closed under our hands, or a last line cut short: either way the worker is gone
        self._on_answer(self, {"gone": True})


def module_entry(warm: Any) -> str:
    """`module:function` of a callable defined at a module's top level, for a process that imports it afresh."""
    if isinstance(warm, str):
        return warm
    if "." in warm.__qualname__ or warm.__module__ == "__main__":
        raise ValueError(f"a warm-up function must be importable: {warm.__module__}.{warm.__qualname__}")
    return f"{warm.__module__}:{warm.__name__}"


def load_entry(entry: str) -> Any:
    """The function that `module:function` names, or the module where none is named."""
    module, _, function = entry.partition(":")
    loaded = importlib.import_module(module)
    return getattr(loaded, function) if function else loaded
