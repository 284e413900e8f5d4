"""A notebook of this project run by papermill itself: what is wrong is one Chinese sentence, on the command line as well.

papermill only warns of a parameter that no cell declares, and goes on with the default; it makes numbers of texts that look
like them; and it shows what a cell raises as its own traceback.
"""

from typing import Any

from click import ClickException, echo

from fazhi.engine.parameters import as_declared, parameter_problems
from fazhi.errors import FazhiError


class NotebookStopped(FazhiError, ClickException):
    """A notebook did not run, or not to its end; papermill's command prints the message alone, and ends with 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        echo(self.message, file, err=True)


def checked(nb: Any, kernel_name: str) -> Any:
    """The notebook with its parameters in the types their cell declares. Raises NotebookStopped on any that it does not."""
    from papermill.parameterize import parameterize_notebook

    given = nb.metadata.papermill.get("parameters", {})
    declared = as_declared(nb, given)
    if problems := parameter_problems(nb, declared):
        raise NotebookStopped("笔记本未运行：" + "；".join(problems) + "。")
    return nb if declared == given else parameterize_notebook(nb, declared, kernel_name=kernel_name)


def raise_spoken(nb: Any) -> None:
    """Raise NotebookStopped where a cell ended with an error that is a sentence (`FazhiError`); papermill raises others.

    The executed notebook is written first, with papermill's own marks of where it stopped.
    """
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors

    try:
        raise_for_execution_errors(nb, nb.metadata.papermill["output_path"])
    except PapermillExecutionError as error:
        if error.traceback == [f"{error.ename}: {error.evalue}"]:
            raise NotebookStopped(f"笔记本在 In [{error.exec_count}] 停下：{error.evalue}") from None
        raise
