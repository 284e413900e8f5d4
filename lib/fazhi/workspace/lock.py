"""One run of a workspace at a time: the second waits, or says who has it. What a dead run left behind is recognised.

The lock is the operating system's, on `data/processed/.lock`: it ends with its process. Beside it lies who holds it; where
that note is another machine's although the lock is free (shared folders do not always pass locks on), nothing is guessed.
"""

import getpass
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from os import getpid
from pathlib import Path
from typing import Any

from fazhi.errors import FazhiError, StorageError
from fazhi.workspace.files import read_json, write_json
from fazhi.workspace.paths import Workspace

LOCK, NOTE = ".lock", ".lock.json"


class LockedError(FazhiError):
    """Another run has, or may have, the workspace."""


@contextmanager
def run_lock(
    workspace: Workspace, *, wait: bool = True, on_message: Callable[[str], None] = lambda _: None
) -> Iterator[bool]:
    """Hold the workspace while the body runs.

    Parameters
    ----------
    wait
        Wait while another run has it.
    on_message
        Called with a sentence: why there is a wait, or that an earlier run was cut short.

    Yields
    ------
    bool
        Whether there was a wait: files may have changed in it.

    Raises
    ------
    LockedError
        The workspace is taken and there is to be no `wait`, or another machine may have it.
    """
    from filelock import FileLock, Timeout

    note = workspace.processed_root / NOTE
    waited = False
    lock = FileLock(_made(workspace.processed_root) / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        said = f"另一次运行正在进行（{_holder(note)}）"
        if not wait:
            raise LockedError(f"{said}，请等它结束后再运行。") from None
        on_message(f"{said}，等它结束后接着运行；要放弃请按 Ctrl+C。")
        lock.acquire()
        waited = True
    except OSError as error:
        raise StorageError.of(Path(lock.lock_file), error) from error
    try:
        _look_at_left_behind(note, on_message)
        write_json(note, {"user": user_name(), "machine": platform.node(), "pid": getpid(), "since": _now()})
        try:
            yield waited
        finally:
            with suppress(OSError):  # the next run will say that this one was cut short
                note.unlink(missing_ok=True)
    finally:
        lock.release()


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError.of(folder, error) from error
    return folder


def _look_at_left_behind(note: Path, on_message: Callable[[str], None]) -> None:
    """A note whose lock is free: of this machine, its process is gone; of another one, that cannot be known."""
    left = _read(note)
    if left is None:
        return
    if left.get("machine") == platform.node():
        on_message(f"上一次运行（{_holder(note)}）中途断了，现在重新运行。")
        return
    raise LockedError(
        f"这个工作区可能正由另一台电脑运行（{_holder(note)}，{_age(note)}前开始）。请等它结束；确已中断的，删去 data/processed/{NOTE} 再运行。"
    )


def _read(note: Path) -> dict[str, Any] | None:
    try:
        left = read_json(note)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return left if isinstance(left, dict) else {}


def _holder(note: Path) -> str:
    left = _read(note) or {}
    return f"{left.get('user') or '不知是谁'}，电脑 {left.get('machine') or '不详'}，进程 {left.get('pid') or '不详'}，自 {left.get('since') or '不详'}"


def _age(note: Path) -> str:
    minutes = max(0, int(time.time() - note.stat().st_mtime)) // 60
    return f"{minutes // 60} 小时" if minutes >= 120 else f"{minutes} 分钟"


def user_name() -> str:
    """The name of whoever runs this, "" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _now() -> str:
    return datetime.now().strftime("%Y-%m-%d %H:%M")
