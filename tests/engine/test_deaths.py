"""Notebooks that die, hang or eat memory, and callers that go away: what is said, and that nothing is left running."""

import os
import signal
import subprocess
import sys
import textwrap
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest

from fazhi.engine import Runner
from made.engine_notebooks.runners import (
    BACKENDS,
    fast,
    limit,
    make_job,
    needs_fork,
    needs_proc,
    run_one,
    runner,
    runners,
    texts,
)
from made.engine_notebooks.written import write_notebook

__all__ = ["fast", "runner", "runners"]  # fixtures

DEATHS = [
    ("import os, signal\nprint('before', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)", "被信号 SIGKILL 终止"),
    ("import os, signal\nprint('before')\nos.kill(os.getpid(), signal.SIGSEGV)", "被信号 SIGSEGV 终止"),
    ("import os\nprint('before')\nos._exit(3)", "自行退出（退出码 3）"),
]


@needs_fork
@pytest.mark.parametrize(("source", "how"), DEATHS)
def test_a_dying_cell_is_named_and_others_go_on(fast: Runner, tmp_path: Path, source: str, how: str) -> None:
    dying = make_job(tmp_path, "dying", ["print('first')", source, "1"])
    results = fast.run([dying, make_job(tmp_path, "well", ["1"])])
    assert results[0].message == f"笔记本 dying.ipynb 运行到单元 In [2] 时出错：运行单元的进程{how}"
    assert results[1].status == "done"
    assert texts(dying.output)[:2] == ["first\n", "before\n"]
    cell = nbformat.read(dying.output, 4).cells[3]
    assert cell.metadata.papermill.status == "failed" and how in cell.outputs[-1].evalue


@needs_fork
def test_a_job_whose_process_was_killed_is_tried_again(fast: Runner, tmp_path: Path) -> None:
    once = "import os, signal, pathlib\nif not pathlib.Path('tried').exists():\n    open('tried', 'w').close()\n    os.kill(os.getpid(), signal.SIGKILL)"
    job = make_job(tmp_path, "killed", [once, "print('well')"], max_attempts=2)
    assert fast.run([job])[0].status == "done"
    assert texts(job.output)[1] == "well\n"


def test_a_dying_stock_kernel_is_named(runners: Mapping[str, Runner], tmp_path: Path) -> None:
    result = run_one(runners["stock"], tmp_path, "1", "import os\nos._exit(3)")
    assert result.message == "笔记本 book.ipynb 运行到单元 In [2] 时出错：运行单元的进程意外结束"


def processes_with(mark: str) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if mark in (folder / "cmdline").read_text():
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


def none_left(mark: str, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not processes_with(mark):
            return True
        time.sleep(0.05)
    return False


def sleeper(mark: str) -> str:
    """A cell that starts a process of its own and then hangs."""
    return textwrap.dedent(f"""
        import subprocess, sys, time
        subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)', '{mark}'])
        open('started', 'w').close()
        time.sleep(300)
    """)


@needs_proc
def test_a_notebook_that_takes_too_long_is_ended_with_its_children(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = uuid.uuid4().hex
    jobs = [make_job(tmp_path, "slow", ["1", sleeper(mark)]), make_job(tmp_path, "well", ["1"])]
    for seconds in (2.5, 10, 60):  # a busy machine may need the first of them to start a kernel at all
        results = limit(monkeypatch, runner, timeout=seconds).run(jobs)
        if (tmp_path / "started").exists():
            break
    assert results[0].message == f"笔记本 slow.ipynb 运行到单元 In [2] 时出错：超过时限 {seconds:g} 秒，已终止"
    assert results[1].status == "done"
    assert (tmp_path / "started").exists() and none_left(mark)


@needs_fork
def test_time_limit_holds_for_code_that_never_returns_to_python(
    fast: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run_one(limit(monkeypatch, fast, timeout=1), tmp_path, "import re\nre.match('(a+)+$', 'a' * 60 + 'b')")
    assert "超过时限 1 秒" in result.message


@needs_fork
@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS is not enforced elsewhere")
def test_memory_limit(fast: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limited = limit(monkeypatch, fast, memory_bytes=200 * 2**20)
    result = run_one(limited, tmp_path, "x = bytearray(50 * 2**20); len(x)", "y = bytearray(500 * 2**20)")
    assert result.message == "笔记本 book.ipynb 运行到单元 In [2] 时出错：内存超过限额 200 MB"


CALLER = """
import signal, sys
from pathlib import Path
from fazhi.engine import Job, Runner
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started deaf to it
folder = Path(sys.argv[1])
Runner(jobs=1, backend=sys.argv[2]).run([Job("slow", folder / "slow.ipynb", folder / "out.ipynb", cwd=folder)])
"""


@needs_proc
@pytest.mark.parametrize(
    ("backend", "number"),
    [(BACKENDS[0], signal.SIGINT), (BACKENDS[0], signal.SIGKILL), ("stock", signal.SIGKILL)],
)
def test_an_interrupted_or_killed_caller_leaves_no_process(backend: str, number: int, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    write_notebook(tmp_path / "slow.ipynb", ["1", sleeper(mark)])
    environ = {**os.environ, "FAZHI_MARK": mark}
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, str(tmp_path), backend], env=environ, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (tmp_path / "started").exists()
    caller.send_signal(number)
    _, errors = caller.communicate(timeout=20)
    assert (b"KeyboardInterrupt" in errors) == (number == signal.SIGINT)
    assert none_left(mark)
    assert no_process_with_environment(mark)
    assert not (tmp_path / "out.ipynb").exists()


def no_process_with_environment(mark: str) -> bool:
    """Whether workers, drivers and kernels are gone; all of them inherited the caller's environment."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        found = []
        for folder in Path("/proc").iterdir():
            try:
                found += [folder.name] if mark.encode() in (folder / "environ").read_bytes() else []
            except OSError:
                continue
        if not found:
            return True
        time.sleep(0.05)
    return False


@needs_proc
def test_a_warm_parent_that_still_loads_ends_with_its_caller(tmp_path: Path) -> None:
    """It hears nothing then: one import may take long on a busy machine."""
    (tmp_path / "slow_module.py").write_text(
        f"import time\nopen({str(tmp_path / 'started')!r}, 'w').close()\nwhile True: time.sleep(0.01)"
    )
    mark = uuid.uuid4().hex
    environ = {**os.environ, "FAZHI_MARK": mark, "PYTHONPATH": str(tmp_path)}
    start = "from fazhi.engine import Runner\nRunner(warm='slow_module', backend='warm').start()\nimport time; time.sleep(300)"
    caller = subprocess.Popen([sys.executable, "-c", start], env=environ, cwd=tmp_path)
    deadline = time.monotonic() + 60
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    caller.kill()
    caller.wait()
    assert (tmp_path / "started").exists() and no_process_with_environment(mark)


@needs_fork
@needs_proc
def test_what_a_notebook_left_running_ends_with_it(fast: Runner, tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    start = f"import subprocess, sys\np = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)', '{mark}'])"
    assert run_one(fast, tmp_path, start).status == "done"
    assert none_left(mark)
