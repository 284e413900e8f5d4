"""Plain papermill, no engine named, on a notebook of this project: one sentence each, no traceback."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from fazhi.engine.papermill_plain import NotebookStopped, checked
from fazhi.workspace.notebook_pairs import MARK
from made.engine_notebooks.written import write_notebook

DECLARED = "year: int = 2024  # 报告年度\nyears: str = ''\nshare: float = 0.5"


def notebook(folder: Path, *cells: str, ours: bool = True) -> Path:
    path = write_notebook(folder / "in.ipynb", [(DECLARED, "parameters"), *cells])
    nb = nbformat.read(path, 4)
    nb.metadata |= {MARK: {}} if ours else {}
    nbformat.write(nb, path)
    return path


def papermill(source: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    program = "import sys; from papermill.__main__ import papermill; sys.exit(papermill())"
    command = [sys.executable, "-c", program, str(source), str(source.with_name("out.ipynb")), "--no-progress-bar"]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, cwd=source.parent, check=False)


def test_a_misspelt_parameter_stops_before_anything_runs(tmp_path):
    source = notebook(tmp_path, "open('ran', 'w')")
    done = papermill(source, "-p", "yaer", "2025")
    assert done.returncode == 2
    assert "笔记本未运行：没有参数“yaer”，最接近的是“year”（已有：year、years、share）。\n" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "ran").exists() and not (tmp_path / "out.ipynb").exists()


def test_an_error_that_is_a_sentence_is_told_as_one_and_stands_in_the_notebook(tmp_path):
    source = notebook(tmp_path, "from fazhi.errors import SpecError\nraise SpecError('没有 2025 年的统计。')")
    done = papermill(source, "-r", "year", "2025", "-p", "years", "2025")
    assert done.returncode == 2
    assert done.stderr.endswith("笔记本在 In [3] 停下：没有 2025 年的统计。\n")
    assert "Traceback" not in done.stdout + done.stderr
    nb = nbformat.read(tmp_path / "out.ipynb", 4)
    injected = next(cell.source for cell in nb.cells if "injected-parameters" in cell.metadata.get("tags", []))
    assert {'years = "2025"', "year = 2025"} < set(injected.splitlines())
    assert nb.cells[-1].outputs[0].traceback == ["SpecError: 没有 2025 年的统计。"]


def test_other_notebooks_and_other_errors_are_as_papermill_has_them(tmp_path):
    done = papermill(notebook(tmp_path, "print(yaer)", ours=False), "-p", "yaer", "2025")
    assert done.returncode == 0
    done = papermill(notebook(tmp_path, "1 / 0"))
    assert (done.returncode, "PapermillExecutionError" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"year": "2025年"}, "参数“year”应为 int（整数），给的是 str（文字）"),
        ({"year": 2025.0}, "参数“year”应为 int（整数），给的是 float（数）"),
        ({"years": True}, "参数“years”应为 str（文字），给的是 bool（True/False）"),
        ({"share": "a", "towns": 1}, "没有参数“towns”"),
    ],
)
def test_what_does_not_say_the_same_in_the_declared_type_is_refused(tmp_path, given, said):
    nb = nbformat.read(notebook(tmp_path), 4)
    nb.metadata["papermill"] = {"parameters": given}
    with pytest.raises(NotebookStopped) as stopped:
        checked(nb, "python3")
    assert said in str(stopped.value)
