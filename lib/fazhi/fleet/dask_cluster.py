"""Towns on a Dask cluster: Dask carries which town, and back how it went; ledgers and results stay in the shared folder.

A worker needs this package, of the same version, and the shared folder: under the same path, or under the one that its
environment names (`FAZHI_FLEET_DIR`). It keeps one process for its towns, as a fleet on one machine does, and is itself
free to answer the scheduler. A town whose worker dies is done again by another.
"""

import os
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi import __version__
from fazhi.errors import FazhiError
from fazhi.fleet.local_processes import Crew
from fazhi.fleet.town_result import TownRun, name_of
from fazhi.fleet.towns import Found
from fazhi.runs.code_fingerprint import code_fingerprint
from fazhi.workspace.paths import Workspace

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 10  # seconds for the scheduler to answer, and for a first worker to come
SHARED = "FAZHI_FLEET_DIR"  # on a worker: where the shared folder lies, if not where it lies for the caller

OnTown = Callable[[TownRun], None]

_lock = threading.Lock()  # one town at a time in a process, however many threads it was given
_crew = Crew(1)


# --- on a worker -------------------------------------------------------------------------------------------------------


def on_worker(root: str, path: str, year: int, program: str) -> dict[str, Any]:
    """The task: one town's year. Raises FazhiError where this worker cannot be trusted with it."""
    if message := unfit(root, path, program):
        raise FazhiError(message)
    town_runs: list[TownRun] = []
    with _lock:
        _crew.work(Found(_shared(root), (path,)), [path], year, town_runs.append)
    return town_runs[0].as_dict()


def unfit(root: str, path: str, program: str) -> str:
    """Why this worker cannot do the town `path`, in Chinese; empty where it can."""
    if program != program_id():
        return (
            f"工作节点 {socket.gethostname()} 上的程序（fazhi {__version__}）与本机不同。请在各节点安装同一版本后重试。"
        )
    if not Workspace(_shared(root) / path).raw_root.is_dir():
        return (
            f"工作节点 {socket.gethostname()} 看不到共享文件夹 {_shared(root)}。请挂载到同一路径，"
            f"或在该节点用环境变量 {SHARED} 指明所在路径后重试。"
        )
    return ""


def close_worker() -> None:
    """End the process that this worker has kept, unless a town is under way."""
    if _lock.acquire(blocking=False):  # this runs in the worker's event loop, which must not wait
        try:
            _crew.close()
        finally:
            _lock.release()


def program_id() -> str:
    """What must be equal on all machines: the version, and the code itself."""
    return f"{__version__} {code_fingerprint()}"


def _shared(root: str) -> Path:
    return Path(os.environ.get(SHARED) or root)


# --- at the caller's ---------------------------------------------------------------------------------------------------


def run_on_cluster(found: Found, towns: Sequence[str], year: int, address: str, on_event: OnTown) -> None:
    """Bring the towns up to date on a Dask cluster. After Ctrl-C, towns under way are still finished there.

    Parameters
    ----------
    found, towns
        The workspaces, and which of them (paths of `found`) are to be run.
    year
        The year of all towns.
    address
        The scheduler's, as `tcp://host:8786`.
    on_event
        Called with each town's `TownRun` as it ends, in that order; a town that failed is one of them.

    Raises
    ------
    FazhiError
        The cluster cannot be used at all: no scheduler there, no worker, another version, a folder that is not shared.
    """
    with _connected(address) as client:
        _check_workers(client, found, towns[0])
        tasks = [(str(found.root), town, year, program_id()) for town in towns]
        futures = {client.submit(on_worker, *task, pure=False): task[1] for task in tasks}
        try:
            for future in _as_completed(list(futures)):
                on_event(_outcome(found, futures[future], future))
                future.release()
        finally:
            client.cancel(list(futures), force=True)
            client.run(close_worker, on_error="ignore")


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError:
        raise FazhiError(
            '没有安装 Dask。请先运行 pip install "fazhi[fleet]"，或去掉 --scheduler 在本机运行。'
        ) from None
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise FazhiError(
            f"连不上 Dask 调度器 {address}（{type(error).__name__}）。请检查地址、网络和 dask scheduler 是否已启动，"
            "或去掉 --scheduler 在本机运行。"
        ) from None


def _as_completed(futures: "list[Future]") -> "Any":
    from distributed import as_completed

    return as_completed(futures, loop=futures[0].client.loop)


def _check_workers(client: "Client", found: Found, town: str) -> None:
    """All workers know this program and see the shared folder. Raises FazhiError with what is wrong on the first few."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise FazhiError("Dask 调度器上没有工作节点。请先在各机器上运行 dask worker 后重试。") from None
    answers = client.run(unfit, str(found.root), town, program_id(), on_error="return")
    wrong = sorted({_complaint(worker, answer) for worker, answer in answers.items() if answer})
    if wrong:
        raise FazhiError("\n".join(wrong[:5]))


def _complaint(worker: str, answer: object) -> str:
    if isinstance(answer, str):
        return answer
    return f"工作节点 {worker} 上没有可用的 fazhi（{type(answer).__name__}）。请在该节点安装与本机同一版本后重试。"


def _outcome(found: Found, town: str, future: "Future") -> TownRun:
    """The task's answer; a task without one (its workers died, it was cancelled) is a failure of that town."""
    if future.status == "finished":
        return TownRun.read(future.result())
    error = future.exception() if future.status == "error" else None
    if isinstance(error, FazhiError):
        reason = str(error)
    elif type(error).__name__ == "KilledWorker":
        reason = "处理它的工作节点连续中断，可能是内存不足。请单独运行该镇（fazhi run --workspace）查看。"
    else:
        reason = "与集群的连接中断，没有结果。请再运行一次。"
    return TownRun(town, name_of(found.workspace(town)), "failed", (reason,))
