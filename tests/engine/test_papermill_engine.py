"""The papermill engine and the kernel provisioner: the same warm parent for unmodified clients."""

import asyncio
import os
import signal
import time
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from papermill.engines import papermill_engines

from fazhi.engine import shared_parent
from fazhi.engine.kernel_provisioner import jupyter_folder
from made.engine_notebooks.written import write_notebook

KERNELS = [str(jupyter_folder() / "kernels")]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the warm parent needs fork")


@pytest.fixture(autouse=True)
def engine() -> None:
    from fazhi.engine.papermill_engine import WarmEngine

    papermill_engines.register("fazhi-warm", WarmEngine)


def execute(folder: Path, cells: list[Any], **options: Any) -> Any:
    source = write_notebook(folder / "in.ipynb", cells)
    options = {"engine_name": "fazhi-warm", "progress_bar": False, "cwd": folder, **options}
    return papermill.execute_notebook(source, folder / "out.ipynb", **options)


def test_papermill_by_the_warm_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAZHI_ASKED", "yes")
    cells = [("year = 1", "parameters"), "import os\nprint(year, os.environ['FAZHI_ASKED'], os.getcwd())", "year"]
    nb = execute(tmp_path, cells, parameters={"year": 2025})
    assert nb == nbformat.read(tmp_path / "out.ipynb", 4)
    assert nb.cells[2].outputs[0].text == f"2025 yes {tmp_path}\n"
    assert nb.cells[3].outputs[0].data == {"text/plain": "2025"}
    assert nb.metadata.papermill.duration > 0 and nb.cells[3].metadata.execution["iopub.status.idle"]
    assert nb.metadata.language_info.name == "python"


def test_papermill_raises_as_with_its_own_engine(tmp_path: Path) -> None:
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError") as caught:
        execute(tmp_path, ["1", "1 / 0", "2"])
    assert caught.value.exec_count == 2
    assert "papermill-error-cell" in (tmp_path / "out.ipynb").read_text()
    with pytest.raises(Exception, match="进程意外结束"):
        execute(tmp_path, ["import os; os._exit(1)"])
    with pytest.raises(TimeoutError):
        execute(tmp_path, ["while True: pass"], execution_timeout=1)


def test_papermill_options_reach_the_client(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="papermill")
    with (tmp_path / "log").open("w") as log, pytest.raises(papermill.PapermillExecutionError):
        execute(
            tmp_path,
            ["print('a')\nprint('b')", "1 / 0", "'after'"],
            allow_errors=True,
            stdout_file=log,
            log_output=True,
        )
    assert (tmp_path / "log").read_text() == "a\nb\n"
    assert [record.message for record in caplog.records].count("a\nb\n") == 1
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[-1].outputs[0].data == {"text/plain": "'after'"}


def warm_manager() -> AsyncKernelManager:
    """As if JupyterLab were started with our folder in JUPYTER_PATH."""
    return AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=KERNELS))


@pytest.fixture
def provisioner() -> None:
    group = KernelProvisionerFactory.GROUP_NAME
    entry = EntryPoint("fazhi-warm", "fazhi.engine.kernel_provisioner:WarmProvisioner", group)
    KernelProvisionerFactory.instance().provisioners["fazhi-warm"] = entry


async def talk(manager: AsyncKernelManager, code: str) -> tuple[str, list[Any]]:
    heard: list[Any] = []
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=30)
    reply = await client.execute_interactive(code, timeout=30, output_hook=heard.append)
    client.stop_channels()
    return reply["content"]["status"], heard


CODE = "import os, matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint(__name__, os.getcwd(), os.environ['FAZHI_ASKED'])"


async def use_a_kernel(folder: Path) -> None:
    manager = warm_manager()
    await manager.start_kernel(cwd=str(folder), env={**os.environ, "FAZHI_ASKED": "yes"})
    try:
        status, heard = await talk(manager, CODE)
        contents = {message["msg_type"]: message["content"] for message in heard}
        assert status == "ok"
        assert contents["stream"]["text"] == f"__main__ {folder} yes\n"
        assert "image/png" in contents["display_data"]["data"]
        await interrupt(manager)
        assert await manager.is_alive()
    finally:
        await manager.shutdown_kernel()
    assert not await manager.is_alive()


async def interrupt(manager: AsyncKernelManager) -> None:
    """A cell that runs is broken off, and the kernel keeps what it knows."""
    asyncio.get_running_loop().call_later(0.5, lambda: asyncio.ensure_future(manager.interrupt_kernel()))
    status, _ = await talk(manager, "kept = 1\nimport time\ntime.sleep(60)")
    assert status == "error"
    assert (await talk(manager, "kept"))[0] == "ok"


async def kill_a_kernel() -> None:
    manager = warm_manager()
    await manager.start_kernel()
    pid = manager.provisioner.pid  # type: ignore[union-attr]
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while await manager.is_alive() and time.monotonic() < end:
        await asyncio.sleep(0.02)
    assert not await manager.is_alive()
    await manager.restart_kernel()
    assert (await talk(manager, "1"))[0] == "ok"
    await manager.shutdown_kernel(now=True)


def test_kernels_from_the_provisioner(tmp_path: Path, provisioner: None) -> None:
    asyncio.run(use_a_kernel(tmp_path))
    asyncio.run(kill_a_kernel())


def test_a_parent_that_died_is_replaced(tmp_path: Path) -> None:
    parent = shared_parent.shared_parent()
    execute(tmp_path, ["1"])
    parent.close()
    assert execute(tmp_path, ["1 + 1"]).cells[0].outputs[0].data == {"text/plain": "2"}
    assert shared_parent.shared_parent() is not parent
