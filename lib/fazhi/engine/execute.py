"""One notebook from its file to the executed file, in papermill's format; how the cells run is the client's matter."""

import json
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import NotebookExecutionManager
from papermill.exceptions import PapermillExecutionError
from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from fazhi.engine.client import CellsDied, TidyClient
from fazhi.engine.deterministic import make_deterministic
from fazhi.engine.jobs import DEAD, Job, Limits, notebook_language
from fazhi.engine.parameters import parameter_problems
from fazhi.engine.workers import load_entry
from fazhi.errors import FazhiError
from fazhi.workspace.files import write_text

OpenClient = Callable[["Progress", dict[str, Any]], AbstractContextManager[TidyClient]]


class Progress(NotebookExecutionManager):
    """papermill's bookkeeping of statuses and times; it remembers the cell that runs and writes nothing by itself."""

    cell_index = 0
    cell_failed = False

    def __init__(self, nb: Any) -> None:
        super().__init__(nb, output_path=None, progress_bar=False, autosave_cell_every=0)

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        self.cell_index = cell_index or 0
        super().cell_start(cell, cell_index, **kwargs)

    def cell_exception(self, cell: Any, *args: Any, **kwargs: Any) -> None:
        self.cell_failed = True
        super().cell_exception(cell, *args, **kwargs)


def run_notebook(job: Job, limits: Limits, open_client: OpenClient) -> tuple[str, str]:
    """Run `job` and write its output whole; returns ('', '') or the Chinese message of what went wrong and its class.

    Nothing is written when the notebook cannot be read or its parameters are wrong.
    """
    try:
        nb, source_ids = _read(job)
    except (OSError, ValueError, TypeError, AttributeError, LookupError, nbformat.ValidationError) as error:
        what = f"读不了笔记本 {job.notebook.name}：{_first_line(error)}。请检查文件是否存在、是否为完好的 .ipynb"
        return what, type(error).__name__
    if (language := notebook_language(nb)) != "python":
        return f"笔记本 {job.notebook.name} 的语言是 {language}，只能运行 Python 笔记本", "ValueError"
    if not job.cwd.is_dir():
        return f"笔记本 {job.notebook.name} 的工作目录不存在：{job.cwd.name}", "FileNotFoundError"
    if problems := parameter_problems(nb, job.parameters):
        return f"笔记本 {job.notebook.name} 未运行：" + "；".join(problems), "ValueError"
    nb = _prepare(nb, job)
    answer = _execute(nb, job, limits, open_client)
    if limits.deterministic:
        make_deterministic(nb, source_ids)
    write_text(job.output, nbformat.writes(nb) + "\n")
    return answer


def answer_to(job: Job, limits: Limits, open_client: OpenClient) -> dict[str, Any]:
    """Run a job, notebook or call, whatever happens: its Chinese message and class of error ('' when all went well)."""
    value, message, error = None, "", ""
    try:
        if job.call:
            value = load_entry(job.call)(job.notebook, **job.parameters)
        else:
            message, error = run_notebook(job, limits, open_client)
    except FazhiError as expected:
        message, error = str(expected), type(expected).__name__
    except Exception as broken:
        traceback.print_exc()
        error = type(broken).__name__
        message = f"笔记本 {job.notebook.name} 未能运行或写出：{error}: {broken}"
    return {"message": message, "error": error, "value": value}


def _read(job: Job) -> tuple[Any, set[str]]:
    """The notebook, and the cell ids its file has (nbformat makes up the missing ones)."""
    source_ids = {cell.get("id", "") for cell in json.loads(job.notebook.read_bytes())["cells"]}
    return load_notebook_node(str(job.notebook)), source_ids


def _prepare(nb: Any, job: Job) -> Any:
    if job.parameters:
        nb = parameterize_notebook(nb, dict(job.parameters), kernel_name="python3", language="python")
    return remove_error_markers(prepare_notebook_metadata(nb, str(job.notebook), str(job.output)))


def _execute(nb: Any, job: Job, limits: Limits, open_client: OpenClient) -> tuple[str, str]:
    progress = Progress(nb)
    deadline = time.monotonic() + limits.timeout
    options = {
        "timeout_func": lambda cell: max(0.001, deadline - time.monotonic()),
        "record_timing": not limits.deterministic,
    }
    progress.notebook_start()
    stopped = ""
    try:
        with open_client(progress, options) as client:
            client.execute()
    except (DeadKernelError, CellTimeoutError) as error:
        stopped = _why_stopped(error, limits)
        _mark_stopped(progress, type(error), stopped)
    finally:
        progress.notebook_complete()
    try:
        raise_for_execution_errors(nb, None)  # puts papermill's banner above the cell
    except PapermillExecutionError as error:
        what = stopped or _cell_error(error, limits)
        return f"笔记本 {job.notebook.name} 运行到单元 In [{error.exec_count}] 时出错：{what}", error.ename
    return "", ""


def _why_stopped(error: Exception, limits: Limits) -> str:
    if isinstance(error, CellTimeoutError):
        return f"超过时限 {limits.timeout:g} 秒，已终止"
    return str(error) if isinstance(error, CellsDied) else "运行单元的进程意外结束"


def _cell_error(error: PapermillExecutionError, limits: Limits) -> str:
    if error.ename == "MemoryError" and limits.memory_bytes is not None:
        return f"内存超过限额 {limits.memory_bytes // 2**20} MB"
    if error.traceback == [f"{error.ename}: {error.evalue}"]:
        return str(error.evalue).strip()  # of a FazhiError, which is a sentence for the analyst
    return f"{error.ename}: {_first_line(error.evalue)}"


def _mark_stopped(progress: Progress, kind: type[Exception], why: str) -> None:
    """Leave in the cell that ran an error a reader of the executed notebook can see."""
    cell = progress.nb.cells[progress.cell_index]
    if cell.execution_count is None:  # a stock kernel may die before it says so
        cell.execution_count = 1 + sum(1 for done in progress.nb.cells if done.get("execution_count"))
    progress.cell_exception(cell)
    ename = "CellTimeoutError" if issubclass(kind, CellTimeoutError) else DEAD
    cell.outputs.append(nbformat.v4.new_output("error", ename=ename, evalue=why, traceback=[f"{ename}: {why}"]))


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or [""])[0]
