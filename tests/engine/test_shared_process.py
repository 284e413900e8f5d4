"""Runs of one notebook in one process: each is as it would be alone, and what goes wrong in one stays in it."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
import pytest

from fazhi.engine import Job, Result, Runner
from made.engine_notebooks.runners import fast, needs_fork, runners, texts
from made.engine_notebooks.written import Cell, write_notebook

__all__ = ["fast", "runners"]  # fixtures

pytestmark = needs_fork
PID: Cell = "import os\nprint(os.getpid())"


def run_in_turn(
    runner: Runner, folder: Path, cells: Sequence[Cell], number: int = 2, environ: Mapping[str, str] | None = None
) -> list[Result]:
    """The same notebook `number` times, with parameter `n` from 0, one after the other."""
    notebook = write_notebook(folder / "book.ipynb", [("n = 0", "parameters"), *cells])
    jobs = [
        Job(
            str(n), notebook, folder / f"{n}.ipynb", {"n": n}, folder, behind=(str(n - 1),) if n else (),
            environ=(environ or {}) | {f"RUN{n}": str(n)}, shares_process=True, max_attempts=2,
        )
        for n in range(number)
    ]  # fmt: skip
    return runner.run(jobs)


def printed(results: Sequence[Result]) -> list[list[str]]:
    return [texts(result.output)[2:] for result in results]


def test_a_process_is_shared_and_nothing_of_the_run_before_is_seen(fast: Runner, tmp_path: Path) -> None:
    cells = [
        PID,
        "print(n, 'left' in globals(), len(In), sorted(name for name in os.environ if name.startswith('RUN')))",
        "left = 1; os.environ['RUNAWAY'] = 'yes'; os.chdir('/'); 5",
        "import warnings\nwarnings.warn('shown in each')",
        "print(os.getcwd())",
    ]
    results = run_in_turn(fast, tmp_path, cells)
    first, second = printed(results)
    assert first[0] == second[0]
    assert first[1] == "0 False 5 ['RUN0']\n" and second[1] == "1 False 5 ['RUN1']\n"
    assert "shown in each" in first[3] and first[3] == second[3]
    notebooks = [nbformat.read(result.output, 4) for result in results]
    counts = [[cell.execution_count for cell in nb.cells] for nb in notebooks]
    assert counts[0] == counts[1] == [1, 2, 3, 4, 5, 6, 7]
    assert notebooks[0].cells[4].outputs == notebooks[1].cells[4].outputs
    assert notebooks[0].metadata.papermill.parameters == {"n": 0}


def test_the_next_run_begins_in_the_folder_of_the_job(fast: Runner, tmp_path: Path) -> None:
    cells = ["import os\nprint(os.getcwd())", "os.chdir('/')"]
    assert [lines[0] for lines in printed(run_in_turn(fast, tmp_path, cells))] == [f"{tmp_path}\n"] * 2


@pytest.mark.parametrize("end", ["1 / 0", "os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_after_a_failure_the_next_run_has_a_process_of_its_own(fast: Runner, tmp_path: Path, end: str) -> None:
    (tmp_path / "pids").mkdir()
    mark = "import os\nfrom pathlib import Path\nPath(f'pids/{n}').write_text(str(os.getpid()))"
    first, second = run_in_turn(fast, tmp_path, [mark, f"if n == 0:\n    {end}", "print('done')"])
    assert second.status == "done" and printed([second])[0][-1] == "done\n"
    assert first.status == "failed"
    assert (tmp_path / "pids" / "0").read_text() != (tmp_path / "pids" / "1").read_text()


def test_other_notebooks_have_processes_of_their_own(fast: Runner, tmp_path: Path) -> None:
    books = [write_notebook(tmp_path / f"{name}.ipynb", [PID]) for name in "ab"]
    jobs = [
        Job(str(n), book, tmp_path / "out" / f"{n}.ipynb", cwd=tmp_path, shares_process=True, behind=(str(n - 1),) if n else ())
        for n, book in enumerate([books[0], books[1], books[0]])
    ]  # fmt: skip
    pids = [texts(result.output)[0] for result in fast.run(jobs)]
    assert len(set(pids)) == 3


def test_a_process_ends_after_some_runs_and_with_its_runner(tmp_path: Path) -> None:
    results = run_in_turn(Runner(jobs=1), tmp_path, [PID], 14)
    pids = [lines[0] for lines in printed(results)]
    assert 1 < len(set(pids)) < 14
    for pid in set(pids):
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
