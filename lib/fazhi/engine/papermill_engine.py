"""The papermill engine `fazhi-warm`: `papermill --engine fazhi-warm in.ipynb out.ipynb`.

papermill loads this module while it is itself being imported, so the class is made when it is first asked for.
"""

import os
import sys
from pathlib import Path
from typing import Any

from fazhi.engine.jobs import notebook_language
from fazhi.engine.papermill_plain import checked, raise_spoken
from fazhi.workspace.notebook_pairs import MARK


def __getattr__(name: str) -> Any:
    if name == "WarmEngine":
        return _engine_class()
    raise AttributeError(name)


def _engine_class() -> Any:
    from papermill.engines import NBClientEngine, papermill_engines

    if "WarmEngine" in globals():  # the import above led papermill here already
        return globals()["WarmEngine"]

    class SpokenEngine(NBClientEngine):
        """papermill's own engine, which checks the parameters of a notebook of this project and says what stopped it."""

        @classmethod
        def execute_notebook(cls, nb: Any, kernel_name: str, *args: Any, **options: Any) -> Any:
            if MARK not in nb.metadata:
                return super().execute_notebook(nb, kernel_name, *args, **options)
            executed = super().execute_notebook(checked(nb, kernel_name), kernel_name, *args, **options)
            raise_spoken(executed)
            return executed

    papermill_engines.register(None, SpokenEngine)  # where no engine is named: there is no other way to check first

    class WarmEngine(SpokenEngine):
        """Runs notebooks for this interpreter's kernel in children of one warm parent a process; all others, and where
        there is no fork, as stock.
        """

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
            if not (hasattr(os, "fork") and notebook_language(nb_man.nb) == "python" and is_own_kernel(kernel_name)):
                return super().execute_managed_notebook(nb_man, kernel_name, **options)
            return execute_warm(nb_man, kernel_name, **options)

    globals()["WarmEngine"] = WarmEngine
    return WarmEngine


def is_own_kernel(name: str) -> bool:
    """Whether the kernel of that name is a plain ipykernel of this interpreter. An unknown one is for stock to refuse."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        return False
    program, *rest = spec.argv
    ours = program in ("python", "python3") or Path(program).absolute() == Path(sys.executable).absolute()
    return ours and rest[:2] == ["-m", "ipykernel_launcher"] and not spec.env


def execute_warm(
    nb_man: Any, kernel_name: str, execution_timeout: int | None = None, start_timeout: int = 60, **options: Any
) -> Any:
    """Run the notebook of papermill's `nb_man`; options are nbclient's, as with papermill's own engine."""
    from papermill.log import logger

    from fazhi.engine.client import WarmClient
    from fazhi.engine.shared_parent import shared_parent

    for unused in ("input_path", "startup_timeout"):
        options.pop(unused, None)
    timeout = execution_timeout or options.pop("timeout", None)
    cells, language_info = shared_parent().open_cells(str(Path.cwd()), os.environ)
    try:
        client = WarmClient(
            nb_man, cells, language_info, kernel_name=kernel_name, timeout=timeout, log=logger, **options
        )
        return client.execute()
    except BaseException:
        cells.kill()
        raise
    finally:
        cells.finish()
