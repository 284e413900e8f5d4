"""`fazhi run --watch`: the year is brought up to date whenever a copy into data/raw has come to rest."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

from watchfiles import Change, watch

from fazhi.errors import FazhiError, LedgerError
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs.notebook_runner import notebook_runner
from fazhi.runs.pipeline import Outcome, run
from fazhi.workspace.paths import Workspace, latest_year, place
from fazhi.workspace.run_record import read_run

REST = 1.0  # seconds between two looks at the files; a copy is complete when both see the same
POLL_MS = 2000  # between two looks for changes where the system does not tell of them (network drives)
TRIES = 3  # a file that vanishes while it is read: look again, so many times
_PASSING = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", "~")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})

Say = Callable[[str], None]


def watch_command(folder: Path | None, year: int | None, *, jobs: int, poll: bool) -> int:
    """Run at once and after every change below data/raw, until Ctrl-C. 0, or 2 where the last run could not be done."""
    workspace = place(folder)
    if not workspace.raw_root.is_dir():
        raise LedgerError(f"{workspace.root} 不是工作区（没有 data/raw）。请先用 fazhi new 建立。")
    done = True
    say(f"正在监视 {workspace.raw_root}，有改动就重做。按 Ctrl-C 结束。")
    changes = watch(
        workspace.raw_root, watch_filter=is_lasting, rust_timeout=1000, yield_on_timeout=True,
        force_polling=poll or None, poll_delay_ms=POLL_MS, ignore_permission_denied=True,
    )  # fmt: skip
    first = True  # made once the changes are being heard, so that none is missed in between
    try:
        with notebook_runner(jobs) as runner, Surveyor(remember=True) as surveyor:  # warm from the second run on
            bring_up = partial(run, runner=runner, surveyor=surveyor)
            for changed in changes:
                if changed or first:
                    wait_for_rest(workspace.raw_root)
                    done = run_once(workspace, year, bring_up, say)
                first = False
    except KeyboardInterrupt:
        say("已停止监视。结果都是完整的。")
    return 0 if done else 2


def say(line: str) -> None:
    """A line with the time of day."""
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)


def is_lasting(_: Change, path: str) -> bool:
    """Whether a changed file may be a ledger or a setting: not a lock, not a download under way, not hidden."""
    name = PurePath(path).name.lower()
    return not (name.startswith(("~$", ".")) or name.endswith(_PASSING) or name in _SYSTEM)


def wait_for_rest(folder: Path, pause: float = REST) -> None:
    """Come back when no file below `folder` has changed for `pause` seconds and all can be opened."""
    before = None
    while (now := _marks(folder)) is None or now != before:
        before = now
        time.sleep(pause)


def _marks(folder: Path) -> dict[str, tuple[int, int]] | None:
    """Size and time of every file; None while one is being written by a program that holds it, or has just gone."""
    found = {}
    try:
        for path in folder.rglob("*"):
            if path.is_file() and is_lasting(Change.modified, str(path)):
                with path.open("rb"):
                    stat = path.stat()
                found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    except OSError:
        return None
    return found


def run_once(workspace: Workspace, year: int | None, bring_up: Callable[[Workspace, int], Outcome], say: Say) -> bool:
    """One run, by `bring_up`, and its line; whether it could be done. A file that goes while it is read costs another try."""
    for _ in range(TRIES):
        try:
            wanted = latest_year(workspace, year)
            outcome = bring_up(workspace, wanted)
        except FazhiError as error:
            say(f"没有完成：{error}")
            return False
        except OSError:
            wait_for_rest(workspace.raw_root)
            continue
        errors = read_run(outcome.folder).open.counts["error"]
        for label, message in outcome.failed.items():
            say(f"{label}没有完成：{message}")
        say(_line(wanted, list(outcome.ran), errors))
        return not outcome.failed
    say("没有完成：台账在读取时被移走或正被占用。文件放好后会再做。")
    return False


def _line(year: int, ran: list[str], errors: int) -> str:
    steps = "、".join(ran[:4]) + ("等" if len(ran) > 4 else "")
    made = f"重做 {len(ran)} 步（{steps}）" if ran else "没有需要重做的"
    return f"{year}年：{made}，须处理 {errors} 处。"
