"""Outputs of the engine against those of stock papermill, cell by cell, over general notebooks."""

import contextlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError

from fazhi.engine import Job, Runner
from fazhi.engine.jobs import child_environment
from made.engine_notebooks.general import GENERAL
from made.engine_notebooks.runners import fast, runners
from made.engine_notebooks.written import write_notebook

__all__ = ["fast", "runners"]  # fixtures

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the warm parent needs fork")


def run_warm(runner: Runner, folder: Path, name: str) -> Any:
    (folder / name).mkdir()
    job = Job(name, folder / f"{name}.ipynb", folder / f"{name}.warm.ipynb", cwd=folder / name)
    runner.run([job])
    return nbformat.read(job.output, 4)


def run_stock(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The same by stock papermill. On a busy machine its client may wait for ever for an idle kernel: then once more."""
    for key, value in child_environment(os.environ).items():
        monkeypatch.setenv(key, value)
    output = folder / f"{name}.stock.ipynb"
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it ipykernel does not capture what is not written by Python
    for attempt in range(3):
        cwd = folder / f"stock{attempt}" / name
        cwd.mkdir(parents=True)
        with contextlib.suppress(CellTimeoutError):
            with contextlib.suppress(papermill.PapermillExecutionError):
                source = folder / f"{name}.ipynb"
                papermill.execute_notebook(source, output, cwd=cwd, progress_bar=False, execution_timeout=60)
            return nbformat.read(output, 4)
    raise AssertionError("stock papermill did not end in three attempts")


def comparable(cell: Any) -> dict[str, Any]:
    """A cell without what differs between any two stock runs: addresses, process ids, cuts in streams."""
    outputs = [_plain(out) for out in _joined(cell.get("outputs", []))]
    status = cell.metadata.get("papermill", {}).get("status")
    return {"source": cell.source, "count": cell.get("execution_count"), "status": status, "outputs": outputs}


def _joined(outputs: list[Any]) -> list[Any]:
    joined: list[Any] = []
    pending: dict[str, Any] = {}
    for out in [*outputs, None]:
        if out is not None and out.output_type == "stream":
            pending.setdefault(out.name, dict(out, text=""))["text"] += out.text
            continue
        joined += [pending[name] for name in ("stdout", "stderr") if name in pending]
        pending = {}
        if out is not None:
            joined.append(out)
    return joined


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        value = re.sub(r"0x[0-9a-f]{6,}", "0x", value)
        return re.sub(rf"{tempfile.gettempdir()}/ipykernel_\d+/", "ipykernel/", value)
    return value


@pytest.mark.parametrize("name", GENERAL)
def test_every_cell_equals_that_of_stock_papermill(
    name: str, fast: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebook(tmp_path / f"{name}.ipynb", GENERAL[name])
    warm = run_warm(fast, tmp_path, name)
    stock = run_stock(tmp_path, name, monkeypatch)
    for mine, theirs in zip(map(comparable, warm.cells), map(comparable, stock.cells), strict=True):
        assert mine == theirs
    assert warm.metadata["language_info"] == stock.metadata["language_info"]
