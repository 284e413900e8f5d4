"""The engine's runner: results, messages, parameters, order, bytes, and what a notebook finds and leaves."""

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from fazhi.engine import Job, Runner
from fazhi.engine.workers import module_entry
from fazhi.errors import FazhiError
from made.engine_notebooks.runners import BACKENDS, fast, limit, make_job, needs_fork, run_one, runner, runners, texts
from made.engine_notebooks.written import Cell, write_notebook

__all__ = ["fast", "runner", "runners"]  # fixtures


def test_result_of_a_notebook_that_runs(runner: Runner, tmp_path: Path) -> None:
    result = run_one(runner, tmp_path, "print(1)", "print(__import__('os').getcwd())")
    assert (result.status, result.message, result.output) == ("done", "", tmp_path / "out" / "book.ipynb")
    assert texts(result.output) == ["1\n", f"{tmp_path}\n"]
    assert not list((tmp_path / "out").glob(".*"))


def test_failing_cell_is_named_and_marked(runner: Runner, tmp_path: Path) -> None:
    result = run_one(runner, tmp_path, "1", "raise KeyError('受理日期')", "print('never')")
    assert result.status == "failed"
    assert result.message == "笔记本 book.ipynb 运行到单元 In [2] 时出错：KeyError: '受理日期'"
    cells = nbformat.read(result.output, 4).cells
    assert "An Exception was encountered at" in cells[0].source and "In [2]" in cells[0].source
    assert [cell.id for cell in cells] == ["fazhi-0", "c0", "fazhi-2", "c1", "c2"]
    states = [cell.metadata.papermill for cell in cells if "papermill" in cell.metadata]
    assert [state["status"] for state in states] == ["completed", "failed", "pending"]


PARAMETERS: Cell = (
    "year: int = 2024  # 报告年度\nname = '镇'\nshare: float = 0.5\nflag = True\nfree = None",
    "parameters",
)


def test_parameters_are_injected_as_papermill_does(runner: Runner, tmp_path: Path) -> None:
    given = {"year": 2025, "name": "青木\"'镇", "share": 1, "flag": False}
    result = run_one(runner, tmp_path, PARAMETERS, "print(year, name, share, flag, free)", parameters=given)
    assert result.message == ""
    nb = nbformat.read(result.output, 4)
    assert nb.cells[1].metadata.tags == ["injected-parameters"]
    assert texts(result.output)[2] == "2025 青木\"'镇 1 False None\n"
    assert nb.metadata.papermill.parameters == given
    assert (nb.metadata.papermill.input_path, nb.metadata.papermill.output_path) == ("book.ipynb", "book.ipynb")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"yaer": 1}, "没有参数“yaer”，最接近的是“year”（已有：year、name、share、flag、free）"),
        ({"year": "2025"}, "参数“year”应为 int（整数），给的是 str（文字）"),
        ({"year": True}, "参数“year”应为 int（整数），给的是 bool（True/False）"),
        ({"name": 5}, "参数“name”应为 str（文字），给的是 int（整数）"),
        (
            {"flag": 1, "x": 2},
            "没有参数“x”（已有：year、name、share、flag、free）；参数“flag”应为 bool（True/False），给的是 int（整数）",
        ),
    ],
)
def test_wrong_parameters_stop_before_the_start(
    fast: Runner, tmp_path: Path, given: dict[str, Any], message: str
) -> None:
    result = run_one(fast, tmp_path, PARAMETERS, "open('started', 'w')", parameters=given)
    assert (result.status, result.message) == ("failed", f"笔记本 book.ipynb 未运行：{message}")
    assert not result.output.exists() and not (tmp_path / "started").exists()


def test_parameters_for_a_notebook_without_any(fast: Runner, tmp_path: Path) -> None:
    result = run_one(fast, tmp_path, "1", parameters={"year": 1})
    assert result.message == "笔记本 book.ipynb 未运行：没有参数“year”：笔记本没有标签为 parameters 的单元"


def test_unreadable_notebook_and_missing_folder(fast: Runner, tmp_path: Path) -> None:
    contents = {"broken": "{", "empty": "", "other": "{}", "list": "[]", "cells": '{"cells": 1}', "binary": "\x00"}
    for name, content in contents.items():
        (tmp_path / f"{name}.ipynb").write_text(content)
    names = [*contents, "absent"]
    results = fast.run([Job(name, tmp_path / f"{name}.ipynb", tmp_path / "o.ipynb", cwd=tmp_path) for name in names])
    for name, result in zip(names, results, strict=True):
        assert result.status == "failed" and result.message.startswith(f"读不了笔记本 {name}.ipynb：")
    homeless = Job("homeless", write_notebook(tmp_path / "h.ipynb", ["1"]), tmp_path / "c.ipynb", cwd=tmp_path / "gone")
    assert fast.run([homeless])[0].message == "笔记本 h.ipynb 的工作目录不存在：gone"


def test_results_in_order_and_dependants_of_a_failure_skipped(fast: Runner, tmp_path: Path) -> None:
    jobs = [
        make_job(tmp_path, "last", ["open('first.txt').read()"], after=("first", "free")),
        make_job(tmp_path, "never", ["1"], after=("bad",)),
        make_job(tmp_path, "nor", ["1"], after=("never",)),
        make_job(tmp_path, "bad", ["1 / 0"]),
        make_job(tmp_path, "first", ["import time; time.sleep(0.3); open('first.txt', 'w').close()"]),
        make_job(tmp_path, "free", ["1"]),
    ]
    heard: list[tuple[str, str]] = []
    results = fast.run(jobs, lambda event, job, result: heard.append((event, job.name)))
    assert [(result.name, result.status) for result in results] == [
        ("last", "done"), ("never", "skipped"), ("nor", "skipped"), ("bad", "failed"), ("first", "done"), ("free", "done"),
    ]  # fmt: skip
    assert results[1].message == "笔记本 never.ipynb 未运行：前面的 bad 没有完成"
    assert heard.index(("start", "last")) > heard.index(("end", "first"))
    assert sorted(name for event, name in heard if event == "end") == sorted(job.name for job in jobs)


def test_impossible_plans_are_refused(tmp_path: Path) -> None:
    a, b = (Job(name, tmp_path, tmp_path, after=(other,)) for name, other in ("ab", "ba"))
    for jobs, word in (([a, b], "wait for each other"), ([a], "unknown"), ([a, a], "one name")):
        with pytest.raises(ValueError, match=word):
            Runner().run(jobs)


SAME = [
    "import warnings, sys\nwarnings.warn('w'); print('o'); print('e', file=sys.stderr); {'a', 'b', 'c'}",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]}).plot(title='t'); pd.DataFrame({'a': [1]})",
    ("1 / 0", "raises-exception"),
    "await __import__('asyncio').sleep(0)\nprint('end')",
]


def test_same_bytes_twice_and_by_both_backends(runners: Mapping[str, Runner], tmp_path: Path) -> None:
    contents = []
    for number, name in enumerate([*BACKENDS, BACKENDS[0]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        contents.append(run_one(runners[name], folder, PARAMETERS, *SAME, parameters={"year": 1}).output.read_bytes())
    assert len(set(contents)) == 1
    assert str(tmp_path).encode() not in contents[0] and b"start_time" not in contents[0]


def test_cell_ids_are_fixed_where_the_source_has_none(fast: Runner, tmp_path: Path) -> None:
    path = write_notebook(tmp_path / "old.ipynb", [PARAMETERS, "1 / 0"])
    source = json.loads(path.read_text())
    source["nbformat_minor"] = 4
    for cell in source["cells"]:
        del cell["id"]
    path.write_text(json.dumps(source))
    job = Job("old", path, tmp_path / "out.ipynb", {"year": 1}, tmp_path)
    contents = []
    for _ in range(2):
        fast.run([job])
        contents.append(job.output.read_bytes())
    assert contents[0] == contents[1]


def test_true_times_on_demand(fast: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_one(limit(monkeypatch, fast, deterministic=False), tmp_path, "1")
    nb = nbformat.read(result.output, 4)
    assert nb.metadata.papermill.duration > 0 and nb.cells[0].metadata.papermill.start_time
    assert nb.cells[0].metadata.execution["shell.execute_reply"].endswith("Z")
    assert nb.metadata.papermill.output_path == str(result.output)


@needs_fork
def test_random_numbers_differ_between_notebooks(fast: Runner, tmp_path: Path) -> None:
    jobs = [
        make_job(tmp_path, f"r{n}", ["import random, numpy\nprint(random.random(), numpy.random.random())"])
        for n in (1, 2)
    ]
    fast.run(jobs)
    drawn = [text for job in jobs for text in texts(job.output)[0].split()]
    assert len(set(drawn)) == 4


@needs_fork
def test_notebooks_leave_nothing_to_each_other(fast: Runner, tmp_path: Path) -> None:
    spoil = "import os, sys, pandas as pd, matplotlib as m\nos.environ['LEFT'] = sys.left = '1'; leaked = 1\npd.options.display.max_rows = 1; m.rcParams['figure.dpi'] = 7"
    look = "import os, sys, pandas as pd, matplotlib as m\nprint('LEFT' in os.environ, hasattr(sys, 'left'), 'leaked' in globals(), pd.options.display.max_rows, m.rcParams['figure.dpi'])"
    fast.run([make_job(tmp_path, "spoil", [spoil]), (job := make_job(tmp_path, "look", [look], after=("spoil",)))])
    assert texts(job.output) == ["False False False 60 100.0\n"]


@needs_fork
def test_functions_for_the_end_of_the_process_run(fast: Runner, tmp_path: Path) -> None:
    run_one(
        fast,
        tmp_path,
        "import atexit, tempfile\natexit.register(lambda: open('ended', 'w').close())\nfolder = tempfile.TemporaryDirectory(dir='.')",
    )
    assert (tmp_path / "ended").exists()
    assert not list(tmp_path.glob("tmp*"))


@pytest.mark.parametrize("backend", BACKENDS)
def test_home_is_left_alone(backend: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("MPLCONFIGDIR", os.environ.get("MPLCONFIGDIR") or str(Path("~/.cache/matplotlib").expanduser()))
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert run_one(Runner(jobs=1, backend=backend), tmp_path, "%cd -q .\n%history").message == ""
    written = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in written if "ipython" in str(path).lower() or "jupyter" in str(path).lower()] == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_code_of_the_folder_one_stands_in_is_not_run(
    backend: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every module that a notebook's process loads, planted where the command was given; and a matplotlibrc."""
    here, stage = tmp_path / "here", tmp_path / "stage"
    here.mkdir(), stage.mkdir()
    loaded = {name.split(".")[0] for name in sys.modules} - set(sys.builtin_module_names)
    for name in loaded | {"pandas", "matplotlib", "IPython", "ipykernel", "papermill", "pyarrow", "fazhi"}:
        (here / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})", encoding="utf-8")
    (here / "matplotlibrc").write_text("lines.linewidth: 77", encoding="utf-8")
    monkeypatch.chdir(here)
    with Runner(jobs=1, backend=backend) as own:
        job = make_job(stage, "a", ["import pandas, matplotlib\nprint(matplotlib.rcParams['lines.linewidth'])"])
        [result] = own.run([job])
    assert (result.message, texts(result.output)) == ("", ["1.5\n"])
    assert not (tmp_path / "ran").exists()


def start_a_thread() -> None:
    """A warm-up that must be refused."""
    import threading

    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()


@needs_fork
def test_warm_up_that_starts_threads_or_fails_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])]))
    with pytest.raises(FazhiError, match="预热的模块启动了线程（共 2 个）"):
        run_one(Runner(jobs=1, warm=f"{Path(__file__).stem}:start_a_thread"), tmp_path, "1")
    with pytest.raises(FazhiError, match=r"后台进程启动失败.*nosuchmodule"):
        run_one(Runner(jobs=1, warm=["nosuchmodule"]), tmp_path, "1")


def test_warm_functions_are_named_for_another_process() -> None:
    assert module_entry(start_a_thread).endswith("test_runner:start_a_thread")
    with pytest.raises(ValueError, match="importable"):
        module_entry(lambda: None)


def test_output_that_cannot_be_written(fast: Runner, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    job = Job("x", write_notebook(tmp_path / "x.ipynb", ["1"]), tmp_path / "file" / "x.ipynb", cwd=tmp_path)
    result = fast.run([job])[0]
    assert result.status == "failed" and result.error == "StorageError" and "x.ipynb 写不进去：" in result.message


def test_a_call_runs_beside_the_notebooks_and_hands_back_its_value(runner: Runner, tmp_path: Path) -> None:
    write_notebook(tmp_path / "a.ipynb", ["1"])
    given = {"prefix": tmp_path.name}
    good = Job("good", tmp_path / "a.ipynb", tmp_path / "o", given, tmp_path, call="os.path:commonprefix_of")
    results = runner.run([good, make_job(tmp_path, "well", ["1"], after=("good",))])
    assert results[0].message.startswith("笔记本 a.ipynb 未能运行或写出：AttributeError")
    assert results[1].status == "skipped"
    size = Job("size", tmp_path / "a.ipynb", tmp_path / "o", {}, tmp_path, call="os.path:getsize")
    assert runner.run([size])[0].value == (tmp_path / "a.ipynb").stat().st_size


def test_other_languages_are_refused(fast: Runner, tmp_path: Path) -> None:
    job = make_job(tmp_path, "r", ["1"])
    nb = nbformat.read(job.notebook, 4)
    nb.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(nb, job.notebook)
    assert fast.run([job])[0].message == "笔记本 r.ipynb 的语言是 r，只能运行 Python 笔记本"


def test_a_job_that_is_not_due_is_kept_and_counts_as_done(fast: Runner, tmp_path: Path) -> None:
    jobs = [make_job(tmp_path, "a", ["1"]), make_job(tmp_path, "b", ["2"], after=("a",))]
    results = fast.run(jobs, is_stale=lambda job: job.name != "a")
    assert [result.status for result in results] == ["kept", "done"]
    assert [result.output.exists() for result in results] == [False, True]


@needs_fork
def test_what_is_loaded_later_is_there_for_later_notebooks(tmp_path: Path) -> None:
    """Also for those whose process would have been one that an earlier notebook left idle."""
    job = make_job(tmp_path, "a", ["import sys\nprint('wsgiref.validate' in sys.modules)"])
    with Runner(jobs=1, later=["wsgiref.validate"]) as runner:
        found = (texts(runner.run([job])[0].output) == ["True\n"] for _ in range(100))
        assert any(found)
