"""The forked reading process: the same answers as a fresh one, and no harm when it dies."""

import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "2024" / "应急管理办" / "应急管理办-应急演练台账2024.xlsx"

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
    print(type(reader._child) is ForkedChild, reader.read(path, "a.xlsx") == first, len(first.sheets[0].rows) > 10)
"""
    assert _in_fresh_process(body) == "True True True"


def test_the_reader_outlives_a_forked_child_that_dies():
    body = """
import fazhi.intake.worker
with Reader() as reader:
    before = reader.read(path, "a.xlsx")
    reader._child.kill()
    print(reader.read(path, "a.xlsx") == before)
"""
    assert _in_fresh_process(body) == "True"


def test_a_process_with_threads_does_not_fork():
    body = """
import threading, fazhi.intake.worker
from fazhi.intake.forked import can_fork
print(can_fork())
threading.Thread(target=threading.Event().wait, daemon=True).start()
print(can_fork(), flush=True)
os._exit(0)
"""
    assert _in_fresh_process(body).split() == ["True", "False"]
