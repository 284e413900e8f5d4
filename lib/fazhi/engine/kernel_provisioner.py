"""A jupyter_client kernel provisioner: an ordinary ipykernel, forked from the warm parent instead of started.

A kernelspec names it (`jupyter_folder`), and JupyterLab, nbclient and plain papermill use it unchanged. Without fork, or
for another command than ipykernel's, it is jupyter_client's own local provisioner.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

_LAUNCHER = "ipykernel_launcher"


def jupyter_folder() -> Path:
    """The folder for JUPYTER_PATH whose kernel `python3` is this interpreter's own, forked from the warm parent."""
    return Path(__file__).with_name("jupyter")


class WarmProvisioner(LocalProvisioner):
    """Forked kernels look to jupyter_client like started ones: `process` answers as a Popen does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        if not hasattr(os, "fork") or _LAUNCHER not in cmd or cmd[0] != sys.executable:
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(_LAUNCHER) + 1 :]
        environ = kwargs.get("env") or os.environ
        cwd = str(kwargs.get("cwd") or Path.cwd())
        process: Any = await asyncio.to_thread(ForkedKernel, arguments, cwd, environ)
        self.process = process
        self.pid = self.pgid = process.pid
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """A request to a kernel that is dead is dropped: the next one is forked so soon that it would get it and obey."""
        control: Any = getattr(self.parent, "_control_socket", None)
        if control is not None and await self.poll() is not None:
            control.linger = 0


class ForkedKernel:
    """What LocalProvisioner needs of `subprocess.Popen`, for a child of the warm parent."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: Sequence[str], cwd: str, environ: Any) -> None:
        from fazhi.engine.shared_parent import shared_parent

        self._parent = shared_parent()
        self.pid = self._parent.open_kernel(arguments, cwd, environ)

    def poll(self) -> int | None:
        return self._parent.exit_code(self.pid)

    def wait(self, timeout: float | None = None) -> int | None:
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)
