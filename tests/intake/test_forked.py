"""The forked reading process: the same answers as a fresh one, and no harm when it dies."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "raw" / "2024" / "应急管理办" / "应急管理办-应急演练台账2024.xlsx"

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs fork and /proc")


def _in_fresh_process(body: str) -> str:
    """What a single-threaded process with the worker loaded prints."""
    program = f"import os, sys\nfrom pathlib import Path\nfrom fazhi.intake import Reader\npath = Path({str(SAMPLE)!r})\n{body}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_forked_reader_reads_what_a_fresh_one_reads():
    body = """
with Reader() as fresh:
    first = fresh.read(path, "a.xlsx")
import fazhi.intake.worker
from fazhi.intake.forked import ForkedChild
with Reader() as reader:
    print(type(reader._process.child) is ForkedChild, reader.read(path, "a.xlsx") == first, len(first.sheets[0].rows) > 10)
"""
    assert _in_fresh_process(body) == "True True True"


def test_a_reader_that_is_busy_ends_with_its_caller():
    """It may be in a loop of C, where it hears nothing."""
    body = """
with Reader() as reader:
    reader.read(Path(os.__file__), "os.py")
    print(reader._process.child.pid, flush=True)
    os.kill(reader._process.child.pid, 19)  # SIGSTOP: as deaf as can be
    os.kill(os.getpid(), 9)
"""
    program = f"import os, sys\nfrom pathlib import Path\nfrom fazhi.intake import Reader\n{body}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    stat, end = Path("/proc", done.stdout.strip(), "stat"), time.monotonic() + 10
    while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z" and time.monotonic() < end:
        time.sleep(0.05)
    assert done.stdout and (not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.parametrize("served", [0, 1])
def test_a_reader_killed_by_somebody_else_refuses_no_file(served):
    body = f"""
with Reader() as reader:
    for _ in range({served}):
        reader.read(path, "a.xlsx")
    reader._process.child.kill()
    print(reader.read(path, "a.xlsx").refused)
"""
    assert _in_fresh_process(body) == "None"


def test_the_reader_outlives_a_forked_child_that_dies():
    body = """
import fazhi.intake.worker
with Reader() as reader:
    before = reader.read(path, "a.xlsx")
    reader._process.child.kill()
    print(reader.read(path, "a.xlsx") == before)
"""
    assert _in_fresh_process(body) == "True"


def test_a_process_with_threads_does_not_fork():
    body = """
import threading, fazhi.intake.worker
from fazhi.intake.forked import can_fork
print(can_fork("fazhi.intake.worker"))
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(can_fork("fazhi.intake.worker"), flush=True)
os._exit(0)
"""
    assert _in_fresh_process(body).split() == ["True", "False"]
