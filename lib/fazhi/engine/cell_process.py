"""The process that runs the cells: ipykernel's own kernel object, fed over a socket instead of ZeroMQ.

`make_kernel` is called once in the warm parent; each forked child calls `serve`. Using ipykernel's classes unchanged
is what makes outputs equal to those of a stock kernel: the same shell, display hooks, magics and error reports.
"""

import asyncio
import base64
import fnmatch
import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ipykernel import ipkernel, zmqshell
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from traitlets import Type
from traitlets.config import Config

from fazhi.engine.output_capture import STREAMS, OutStream


class Wire(Session):
    """A session whose messages go to the driver as lines of JSON, each with the reach of the captured streams."""

    connection: socket.socket | None = None
    captures: tuple[int, ...] = ()
    _sending = threading.Lock()

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **extra: Any) -> Any:  # type: ignore[override]
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content, parent)
        buffers = [base64.b64encode(buffer).decode() for buffer in extra.get("buffers") or ()]
        if self.connection is not None:
            with self._sending:
                reach = [os.fstat(capture).st_size for capture in self.captures]
                self.connection.sendall(self._line(message, reach, buffers))
        return message

    def _line(self, message: dict[str, Any], reach: list[int], buffers: list[str]) -> bytes:
        kept = {"msg_type": message["msg_type"], "content": message["content"], "reach": reach, "buffers": buffers}
        return self.pack({**kept, "parent": message["parent_header"].get("msg_id")}) + b"\n"


class MemoryStore(dict[str, Any]):
    """What %cd, %bookmark and %store keep, for this process only; `keys` takes a pattern as IPython's own store does."""

    def keys(self, pattern: str = "*") -> Any:
        return [key for key in dict.keys(self) if fnmatch.fnmatchcase(key, pattern)]


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """ipykernel's shell that leaves the home folder alone."""

    __module__ = zmqshell.__name__  # libraries look for the name of the class and of its module

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """No folder is made."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """No profile is read or made: a run does not depend on who runs it."""
        self.db = MemoryStore()


class CellKernel(ipkernel.IPythonKernel):
    """ipykernel's kernel without sockets, threads or debugger."""

    shell_class = Type(ZMQInteractiveShell)


def make_kernel() -> CellKernel:
    """The process's one kernel with its shell, history in memory only."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.IPKernelApp.connection_file = "kernel.json"
    kernel: CellKernel = CellKernel.instance(session=Wire(), config=config, user_ns=None, log=_silent_log())
    app = IPKernelApp.instance(kernel=kernel, connection_file="kernel.json")  # what %matplotlib and libraries ask for
    app.init_path()
    app.init_pdb()
    shell: Any = kernel.shell
    shell.extension_manager.load_extension("IPython.extensions.storemagic")  # as IPKernelApp does
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=None)
    return kernel


def _silent_log() -> logging.Logger:
    """The kernel's own log, which like IPKernelApp's is none of the notebook's: a level set there does not concern it."""
    log = logging.Logger("IPKernelApp")
    log.addHandler(logging.NullHandler())
    return log


def redirect_streams(captures: tuple[int, ...]) -> None:
    """Point descriptors 0, 1, 2 and Python's streams away from the parent's: nothing to read, output to the captures."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - lives as long as the process
    for name, descriptor, capture in zip(STREAMS, (1, 2), captures, strict=True):
        os.dup2(capture, descriptor)
        setattr(sys, name, OutStream(name, descriptor))


Again = Callable[[dict[str, str]], None]


def serve(kernel: CellKernel, connection: socket.socket, captures: tuple[int, ...], again: Again) -> None:
    """Run the cells that arrive on `connection` until it closes or the notebook asks to exit.

    `again` makes all as it was at the start, with some environment variables more, for another run of the notebook.
    """
    redirect_streams(captures)
    wire: Any = kernel.session
    wire.connection, wire.captures = connection, captures
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    requests: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    _watch(loop, connection, requests)
    task = loop.create_task(_work(kernel, requests, again))
    loop.run_forever()
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error


def _watch(loop: asyncio.AbstractEventLoop, connection: socket.socket, requests: asyncio.Queue[Any]) -> None:
    pending = bytearray()

    def read() -> None:
        data = connection.recv(1 << 16)
        pending.extend(data)
        *lines, rest = pending.split(b"\n")
        pending[:] = rest
        for line in lines:
            requests.put_nowait(json.loads(line))
        if not data:
            loop.remove_reader(connection)
            requests.put_nowait(None)

    loop.add_reader(connection, read)


async def _work(kernel: CellKernel, requests: asyncio.Queue[dict[str, Any] | None], again: Again) -> None:
    from tornado.ioloop import IOLoop

    kernel.io_loop = IOLoop.current()  # exit() asks it to stop
    try:
        while (request := await requests.get()) is not None:
            if "again" in request:
                again(request["again"])
            else:
                await (_execute(kernel, request) if "code" in request else _update_widget(kernel, request["comm"]))
    finally:
        asyncio.get_running_loop().stop()


async def _execute(kernel: CellKernel, request: dict[str, Any]) -> None:
    """Answer one request as ipykernel's `execute_request` does: announce the count, run, reply."""
    session: Any = kernel.session
    parent = session.msg("execute_request", {"code": request["code"]})
    parent["header"]["msg_id"] = request["id"]
    kernel.set_parent([], parent, channel="shell")
    session.send(None, "execute_input", {"execution_count": kernel.execution_count}, parent)
    reply = await kernel.do_execute(request["code"], False, store_history=True, allow_stdin=False)
    kept = {key: reply.get(key) for key in ("status", "ename", "evalue", "traceback")}
    session.send(None, "execute_reply", kept)


async def _update_widget(kernel: CellKernel, message: dict[str, Any]) -> None:
    """Hand a message from the front end's side of a widget to the kernel's."""
    kernel.set_parent([], message, channel="shell")
    kernel.shell_handlers[message["header"]["msg_type"]](None, [], message)
