"""Runners that stay warm for a whole test module, and what tests do with them. Fixtures are imported where they are used."""

import dataclasses
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest

from fazhi.engine import Job, Result, Runner
from made.engine_notebooks.written import Cell, write_notebook

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the warm parent needs fork")
needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks at /proc")
BACKENDS = ["warm", "stock"] if hasattr(os, "fork") else ["stock"]


@pytest.fixture(scope="module")
def runners() -> Iterator[Mapping[str, Runner]]:
    made = {name: Runner(jobs=2, timeout=60, backend=name) for name in BACKENDS}  # type: ignore[arg-type]
    for runner in made.values():
        runner.__enter__()
    yield made
    for runner in made.values():
        runner.close()


@pytest.fixture(params=BACKENDS)
def runner(request: pytest.FixtureRequest, runners: Mapping[str, Runner]) -> Runner:
    return runners[request.param]


@pytest.fixture
def fast(runners: Mapping[str, Runner]) -> Runner:
    return runners[BACKENDS[0]]


def limit(monkeypatch: pytest.MonkeyPatch, runner: Runner, **limits: Any) -> Runner:
    """The running `runner` with other limits, so that no test waits for another warm-up."""
    monkeypatch.setattr(runner, "_limits", dataclasses.replace(runner._limits, **limits))
    return runner


def make_job(folder: Path, name: str, cells: Sequence[Cell], **options: Any) -> Job:
    notebook = write_notebook(folder / f"{name}.ipynb", cells)
    return Job(name, notebook, folder / "out" / f"{name}.ipynb", cwd=folder, **options)


def run_one(runner: Runner, folder: Path, *cells: Cell, **options: Any) -> Result:
    return runner.run([make_job(folder, "book", cells, **options)])[0]


def texts(path: Path) -> list[str]:
    """What each code cell printed."""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    return ["".join(out.get("text", "") for out in cell.outputs) for cell in cells]
